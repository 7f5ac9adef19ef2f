import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest

from relief_app.core.anatomy import Leg
from relief_app.terminal.actions import Act, Action
from relief_app.terminal.keys import LineKeys, TerminalKeys, line_action
from relief_app.terminal.tty import Signals

Pipe = tuple[int, int]


@pytest.fixture
def pipe() -> Iterator[Pipe]:
    """Reading and writing end."""
    reading, writing = os.pipe()
    yield reading, writing
    for end in (reading, writing):
        try:
            os.close(end)
        except OSError:
            continue


def pressed(pipe: Pipe, data: bytes) -> list[Act]:
    os.write(pipe[1], data)
    return [action.act for action in TerminalKeys(pipe[0]).wait(0)]


@pytest.mark.parametrize(
    ("data", "acts"),
    [
        (b" ", [Act.SPACE]),
        (b"p", [Act.PAUSE_OR_RESUME]),
        (b"P", [Act.PAUSE_OR_RESUME]),
        (b"\n", [Act.NEXT]),
        (b"\r", [Act.NEXT]),
        (b"\x1b[C", [Act.NEXT]),
        (b"\x1bOC", [Act.NEXT]),
        (b"\x1b[6~", [Act.NEXT]),
        (b"\x1b[D", [Act.BACK]),
        (b"\x1b[5~", [Act.BACK]),
        (b"b", [Act.BACK]),
        (b"l", [Act.LEG]),
        (b"w", [Act.WRONG]),
        (b"e", [Act.EASED]),
        (b"q", [Act.STOP]),
        (b"Q", [Act.STOP]),
        (b"\x04", [Act.STOP]),
        (b"\x1b", [Act.ESCAPE]),
        (b"\x1b\x1b[C", [Act.ESCAPE, Act.NEXT]),
        (b"  b", [Act.SPACE, Act.SPACE, Act.BACK]),
        # Keys that mean nothing do nothing, and least of all leave the guide.
        (b"\x1b[A", []),
        (b"\x1b[1;5C", []),
        (b"\x1b[15~", []),
        (b"\x1bx", []),
        (b"\x1b[200~", []),
        ("ä€\U0001f9b5".encode(), []),
        (b"\xff\xfe\x00", []),
        (b"", []),
    ],
)
def test_keys(pipe: Pipe, data: bytes, acts: list[Act]) -> None:
    assert pressed(pipe, data) == acts


def test_plus_and_minus_are_thirty_seconds(pipe: Pipe) -> None:
    os.write(pipe[1], b"+=-")
    assert [action.by_ms for action in TerminalKeys(pipe[0]).wait(0)] == [30_000, 30_000, -30_000]


def test_an_arrow_that_arrives_in_two_parts_is_one_arrow(pipe: Pipe, monkeypatch: pytest.MonkeyPatch) -> None:
    parts = iter([b"\x1b", b"[C"])
    monkeypatch.setattr(os, "read", lambda *_: next(parts))
    os.write(pipe[1], b"anything")
    assert [action.act for action in TerminalKeys(pipe[0]).wait(0)] == [Act.NEXT]


def test_a_terminal_that_is_gone_ends_the_guide(pipe: Pipe) -> None:
    os.close(pipe[1])
    keys = TerminalKeys(pipe[0])
    assert [action.act for action in keys.wait(None)] == [Act.INTERRUPT]
    assert not keys.is_open


@pytest.mark.parametrize(
    ("number", "act"),
    [
        (signal.SIGINT, Act.INTERRUPT),
        (signal.SIGTERM, Act.INTERRUPT),
        (signal.SIGHUP, Act.INTERRUPT),
        (signal.SIGTSTP, Act.AWAY),
    ],
)
def test_signals_come_like_keys_and_before_them(pipe: Pipe, number: signal.Signals, act: Act) -> None:
    found = signal.signal(number, before := signal.SIG_DFL)  # a run in the background finds SIGINT ignored
    os.write(pipe[1], b"b")
    with Signals(background=True) as signals:
        keys = TerminalKeys(pipe[0], signals)
        signal.raise_signal(number)
        assert [action.act for action in keys.wait(None)] == [act, Act.BACK]
        assert keys.wait(0) == ()
        # The second time it has its old meaning, except for Ctrl-Z.
        assert (signal.getsignal(number) == before) == (act is Act.INTERRUPT)
    assert signal.getsignal(number) == before
    signal.signal(number, found)


def test_a_signal_is_heard_without_any_input() -> None:
    with Signals(background=False) as signals:
        signal.raise_signal(signal.SIGTERM)
        assert [action.act for action in LineKeys(None, signals).wait(None)] == [Act.INTERRUPT]


def test_what_is_ignored_stays_ignored() -> None:
    before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
    try:
        with Signals(background=True) as signals:
            assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
            signal.raise_signal(signal.SIGHUP)
            assert signals.take() == []
    finally:
        signal.signal(signal.SIGHUP, before)


def test_another_thread_leaves_signals_alone() -> None:
    found: list[object] = []

    def run() -> None:
        with Signals(background=True):
            found.append(signal.getsignal(signal.SIGTERM))

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    assert found == [signal.getsignal(signal.SIGTERM)]


@pytest.mark.parametrize(
    ("line", "action"),
    [
        ("eased", Action(Act.EASED)),
        ("  back-again \r", Action(Act.BACK_AGAIN)),
        ("extend", Action(Act.EXTEND)),
        ("extend 12.5", Action(Act.EXTEND, 12_500)),
        ("extend -10", Action(Act.EXTEND, -10_000)),
        ("leg", Action(Act.LEG)),
        ("leg left", Action(Act.LEG, leg=Leg.LEFT)),
        ("wrong", Action(Act.WRONG)),
        ("stop", Action(Act.STOP)),
    ],
)
def test_lines(line: str, action: Action) -> None:
    assert line_action(line) == action


@pytest.mark.parametrize(
    "line",
    [
        *("x", "EASED!", "eased now", "extend nan", "extend inf", "extend 1e99", "extend 3601", "extend x"),
        *("leg both", "leg left right", "p", "space", "escape", "away", "unknown", "extend 1 2 3 4"),
    ],
)
def test_lines_that_mean_nothing_are_named(line: str) -> None:
    assert line_action(line) == Action(Act.UNKNOWN, text=line)


def test_lines_come_whole_and_the_last_one_without_its_end(pipe: Pipe) -> None:
    keys = LineKeys(pipe[0])
    os.write(pipe[1], b"pau")
    assert keys.wait(0) == ()
    os.write(pipe[1], b"se\n\n  \nresume\nea")
    assert [action.act for action in keys.wait(0)] == [Act.PAUSE, Act.RESUME]
    os.write(pipe[1], b"sed")
    assert keys.wait(0) == ()
    os.close(pipe[1])
    assert [action.act for action in keys.wait(None)] == [Act.EASED]
    assert not keys.is_open
    assert keys.wait(0) == ()


def test_a_line_without_an_end_does_not_grow_without_bound(pipe: Pipe) -> None:
    keys = LineKeys(pipe[0])
    for _ in range(300):
        os.write(pipe[1], b"\xff" * 1000)
        assert keys.wait(0) == ()
    os.write(pipe[1], b"\n")
    (action,) = keys.wait(0)
    assert action.act is Act.UNKNOWN
    assert len(action.text) <= 4096


def test_files_devices_and_closed_descriptors_bring_nothing(tmp_path: Path) -> None:
    path = tmp_path / "commands"
    path.write_text("stop\n")
    with path.open() as file, Path(os.devnull).open() as nothing:
        assert not LineKeys(file.fileno()).is_open
        assert not LineKeys(nothing.fileno()).is_open
    assert not LineKeys(None).is_open
    assert not LineKeys(987).is_open


def test_the_terminal_guide_imports_neither_qt_nor_for_lines_rich() -> None:
    # As in `tests.support.no_qt`, for one process.
    program = """
import sys
class Refuser:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in ("PySide6", "shiboken6", "rich"):
            raise ImportError(f"{name} must not be imported here")
sys.meta_path.insert(0, Refuser())
import relief_app.commands.terminal, relief_app.commands.client, relief_app.commands.routines
import relief_app.commands.settings, relief_app.commands.draw, relief_app.commands.status_lines
"""
    run = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False)
    assert (run.returncode, run.stderr) == (0, "")
