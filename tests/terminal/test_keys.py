import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from relief_app.core.anatomy import Leg
from relief_app.terminal.actions import Act, Action
from relief_app.terminal.keys import LineKeys, TerminalKeys, line_action

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
    assert [action.act for action in keys.wait(None)] == [Act.STOP]
    assert not keys.is_open


def test_ctrl_z_is_told_before_anything_is_read(pipe: Pipe) -> None:
    keys = TerminalKeys(pipe[0])
    keys.go_away()
    os.write(pipe[1], b"q")
    assert [[action.act for action in keys.wait(0)] for _ in range(2)] == [[Act.AWAY], [Act.STOP]]


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
