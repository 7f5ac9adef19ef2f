"""The real program: in a terminal of its own, and with pipes at both ends."""

import fcntl
import os
import pty
import re
import select
import signal
import struct
import subprocess
import sys
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path

import pytest

from tests.support.waiting import PATIENCE_S

GUIDE = """
import fcntl, signal, sys, termios
for number in (signal.SIGINT, signal.SIGTSTP, signal.SIGHUP):
    if signal.getsignal(number) is signal.SIG_IGN:  # whoever runs the tests in the background ignores them
        signal.signal(number, signal.SIG_DFL if number != signal.SIGINT else signal.default_int_handler)
from relief_app.commands.terminal import guide
from relief_app.core.anatomy import Leg
if sys.stdin.isatty():
    fcntl.ioctl(0, termios.TIOCSCTTY, 0)  # or Ctrl-C would be nobody's
"""
REPOSITORY = Path(__file__).parents[2]
ALT_SCREEN, MAIN_SCREEN, CURSOR = "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25h"


def guide_program(call: str) -> list[str]:
    return [sys.executable, "-c", f"{GUIDE}sys.exit({call})"]


class Terminal:
    """A terminal with a program in it."""

    def __init__(self, call: str, rows: int = 24, columns: int = 80) -> None:
        self._mine, theirs = pty.openpty()
        fcntl.ioctl(theirs, termios.TIOCSWINSZ, struct.pack("HHHH", rows, columns, 0, 0))
        env = {key: value for key, value in os.environ.items() if key not in ("COLUMNS", "LINES", "NO_COLOR")}
        self.process = subprocess.Popen(
            guide_program(call),
            stdin=theirs,
            stdout=theirs,
            stderr=theirs,
            cwd=REPOSITORY,
            env=env | {"TERM": "xterm-256color"},
            start_new_session=True,
        )
        self._theirs = theirs
        self.written = ""

    def press(self, keys: str) -> None:
        os.write(self._mine, keys.encode())

    def wait_for(self, text: str) -> None:
        """Read until `text` comes after what has been waited for before."""
        self._read_until(lambda: text in self.written, text)
        self.written = self.written[self.written.index(text) + len(text) :]

    def wait_for_end(self) -> int:
        """Read to the end; the exit status."""
        self._read_until(lambda: self.process.poll() is not None, "the end")
        while self._read(0):
            pass
        return self.process.wait()

    @property
    def is_as_before(self) -> bool:
        """Lines are edited and echoed."""
        flags = termios.tcgetattr(self._theirs)[3]
        return bool(flags & termios.ICANON) and bool(flags & termios.ECHO)

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self._mine)
        os.close(self._theirs)

    def _read_until(self, seen: Callable[[], bool], what: str) -> None:
        deadline = time.monotonic() + PATIENCE_S
        while not seen():
            if time.monotonic() > deadline:
                pytest.fail(f"{what!r} did not come; the last of it: {self.written[-2_000:]!r}")
            self._read(0.05)

    def _read(self, timeout: float) -> bool:
        if not select.select([self._mine], [], [], timeout)[0]:
            return False
        with suppress(OSError):
            self.written += os.read(self._mine, 65_536).decode("utf-8", "replace")
            return True
        return False


@pytest.fixture
def terminals() -> Iterator[list[Terminal]]:
    opened: list[Terminal] = []
    yield opened
    for terminal in opened:
        terminal.close()


def test_a_cramp_from_the_first_cue_until_it_lets_go(terminals: list[Terminal]) -> None:
    terminal = Terminal("guide('cramp-bed', Leg.LEFT, urgent=True)")
    terminals.append(terminal)
    terminal.wait_for(ALT_SCREEN)
    terminal.wait_for("Step 1 of 4, left leg")
    terminal.wait_for("Pull your toes toward your shin.")
    assert not terminal.is_as_before
    terminal.press("l")
    terminal.wait_for("right leg")
    terminal.press("w")
    terminal.wait_for("Emergency: call your local emergency number")
    terminal.wait_for("Chest pain")
    terminal.press("w")
    terminal.wait_for("Space it let go")
    terminal.press("\x1b[C")
    terminal.wait_for("Step 2 of 4")
    terminal.press("p")
    terminal.wait_for("paused")
    terminal.press(" ")
    terminal.wait_for("Space it is back")
    terminal.press(" ")
    terminal.wait_for("Space it let go")
    terminal.press(" ")
    terminal.wait_for("Rest. Keep your feet relaxed.")
    terminal.press("\n")
    assert terminal.wait_for_end() == 0
    last = terminal.written.rpartition(MAIN_SCREEN)[2]
    assert re.fullmatch(r"It let go after \d+ s\. Stand up slowly when you do\.", last.strip())
    assert terminal.is_as_before


@pytest.mark.parametrize("how", ["q", "\x1b", "\x03", "\x04", "SIGTERM"])
def test_leaving_leaves_the_terminal_as_it_was(terminals: list[Terminal], how: str) -> None:
    terminal = Terminal("guide('bedtime', Leg.LEFT)", rows=10, columns=20)
    terminals.append(terminal)
    terminal.wait_for("get ready")
    if how == "SIGTERM":
        terminal.process.send_signal(signal.SIGTERM)
    else:
        terminal.press(how)
    assert terminal.wait_for_end() == 0
    assert terminal.written.count(MAIN_SCREEN) == 1
    assert CURSOR in terminal.written
    assert terminal.written.rpartition(MAIN_SCREEN)[2].split() == ["Stopped."]
    assert terminal.is_as_before


def test_an_error_in_the_middle_leaves_the_terminal_as_it_was(terminals: list[Terminal]) -> None:
    broken = "__import__('relief_app.terminal.live').terminal.live"
    call = f"setattr({broken}, 'guide_keys', None) or guide('bedtime', Leg.LEFT)"
    terminal = Terminal(call)
    terminals.append(terminal)
    assert terminal.wait_for_end() == 1
    last = terminal.written.rpartition(MAIN_SCREEN)[2].splitlines()
    assert last[1:-1] == ["Stopped."] or last[0] == "Stopped."
    assert last[-1].startswith("something in Relief went wrong (TypeError, live.py:")
    assert terminal.is_as_before


def test_ctrl_z_gives_the_terminal_back_and_stands_still(terminals: list[Terminal]) -> None:
    terminal = Terminal("guide('bedtime', Leg.LEFT)")
    terminals.append(terminal)
    terminal.wait_for("get ready")
    terminal.press("\x1a")
    terminal.wait_for(MAIN_SCREEN)
    os.waitid(os.P_PID, terminal.process.pid, os.WSTOPPED | os.WNOWAIT)
    assert terminal.is_as_before
    terminal.process.send_signal(signal.SIGCONT)
    terminal.wait_for(ALT_SCREEN)
    terminal.wait_for("get ready")
    terminal.press("q")
    assert terminal.wait_for_end() == 0


def run(call: str, given: str | None = None, **options: str) -> "subprocess.CompletedProcess[str]":
    stdin = {"stdin": subprocess.DEVNULL} if given is None else {"input": given}
    return subprocess.run(
        guide_program(call),
        capture_output=True,
        text=True,
        check=False,
        cwd=REPOSITORY,
        timeout=PATIENCE_S,
        env=os.environ | options,
        **stdin,
    )


def test_plain_lines_need_no_input() -> None:
    done = run("guide('micro-break', Leg.LEFT, rate=60)")
    assert (done.returncode, done.stderr) == (0, "")
    lines = done.stdout.splitlines()
    assert lines[:2] == ["0:00 Micro-break", "0:00 get ready 5 s, next: Ankle pumps, left leg"]
    assert lines[-1].endswith(" done")


def test_a_cramp_in_bed_on_the_last_leg_is_what_is_guided_unless_told_otherwise() -> None:
    done = run("guide(None, None, urgent=True)", "stop\n")
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.splitlines() == [
        "0:00 Cramp, in bed",
        "0:00 right leg: Pull your toes toward your shin. Don't point them. (30 s)",
        "0:00 stopped",
    ]


def test_a_pipe_steers() -> None:
    done = run("guide(None, Leg.LEFT, urgent=True)", "extend 5\nleg right\nnonsense\neased\nnext\n")
    assert done.returncode == 0
    texts = [line.partition(" ")[2] for line in done.stdout.splitlines()]
    assert "5 s longer" in texts
    assert "right leg" in texts
    assert any(line.startswith('"nonsense" is not known; there are: ') for line in done.stdout.splitlines())
    assert texts[-1] == "done"


def test_a_reader_that_goes_away_ends_it_without_a_word() -> None:
    program = subprocess.Popen(
        guide_program("guide('bedtime', Leg.LEFT, rate=60)"),
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        cwd=REPOSITORY,
    )
    assert program.stdout is not None
    assert program.stdout.readline() == b"0:00 Before bed\n"
    program.stdout.close()
    assert program.stderr is not None
    assert program.stderr.read() == b""
    program.stderr.close()
    assert program.wait(PATIENCE_S) == 0


def test_a_narrow_alphabet_is_no_obstacle() -> None:
    done = run("guide('bedtime', Leg.LEFT)", "\u1e9e\nstop\n", PYTHONIOENCODING="ascii", PYTHONUTF8="0")
    assert done.returncode == 0
    assert '"?" is not known' in done.stdout
