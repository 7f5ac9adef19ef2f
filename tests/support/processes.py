"""Processes as /proc shows them: their state, their parents, and who guards whom."""

import os
import signal
from contextlib import suppress
from pathlib import Path
from typing import Protocol

from tests.support.waiting import PATIENCE_S, wait_until

GUARD = b"/relief_app/desktop/guard_process.py"
STOPPED_OR_GONE = ("", "T", "Z", "X")


class Process(Protocol):
    """What a test does with a running program."""

    @property
    def pid(self) -> int:
        """Its id."""
        ...

    @property
    def returncode(self) -> int | None:
        """How it ended, as far as it was asked."""
        ...

    def poll(self) -> int | None:
        """How it ended, None while it runs."""
        ...

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end; how it ended."""
        ...

    def send_signal(self, sig: int) -> None:
        """Send it a signal, unless it has ended."""
        ...

    def terminate(self) -> None:
        """Ask it to end."""
        ...

    def kill(self) -> None:
        """End it."""
        ...


class OtherProcess:
    """A program that somebody else started; how it ended is not known, so 0 stands for that it did."""

    def __init__(self, pid: int) -> None:
        self.pid = pid
        self.returncode: int | None = None

    def poll(self) -> int | None:
        """Return 0 once it has ended."""
        if self.returncode is None and not lives(self.pid):
            self.returncode = 0
        return self.returncode

    def wait(self, timeout: float | None = None) -> int:
        """Wait for its end."""
        wait_until(lambda: self.poll() is not None, timeout or PATIENCE_S, f"the end of {self.pid}")
        return 0

    def send_signal(self, sig: int) -> None:
        """Send it a signal, unless it has ended."""
        if self.poll() is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, sig)

    def terminate(self) -> None:
        """Ask it to end."""
        self.send_signal(signal.SIGTERM)

    def kill(self) -> None:
        """End it."""
        self.send_signal(signal.SIGKILL)


def state(pid: int) -> str:
    """Return the state letter, empty when the process is gone."""
    fields = _stat(pid)
    return fields[0] if fields else ""


def lives(pid: int) -> bool:
    """Read the state: a killed process may stay a zombie for a while, and signal 0 reaches zombies too."""
    return state(pid) not in ("", "Z", "X")


def zombies_of(pid: int) -> list[int]:
    """Return the ended children that the process has not looked after."""
    return [child for child in all_pids() if _parent(child) == pid and state(child) == "Z"]


def guards_of(pid: int) -> list[int]:
    """Return the recovery guards of a program: one that it started, or one that started it."""
    guards = (other for other in all_pids() if lives(other) and _is_guard(other))
    mine = _parent(pid)
    return [guard for guard in guards if _parent(guard) == pid or guard == mine]


def kill_for_good(process: Process) -> None:
    """End a program and its guard with SIGKILL, at the same moment: nothing starts it again."""
    process.send_signal(signal.SIGSTOP)
    wait_until(lambda: state(process.pid) in STOPPED_OR_GONE, what="the program to stand still")
    for guard in guards_of(process.pid):
        with suppress(ProcessLookupError):
            os.kill(guard, signal.SIGKILL)
    process.kill()
    process.wait()


def all_pids() -> list[int]:
    """Return the ids of all processes of this machine that can be seen."""
    return [int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit()]


def command_of(pid: int) -> tuple[bytes, ...]:
    """Return the words of the command line."""
    try:
        return tuple(Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")[:-1])
    except OSError:
        return ()


def _is_guard(pid: int) -> bool:
    """Look at every word: a test run may name a file like the guard's."""
    words = command_of(pid)
    return words[1:3] == (b"-I", b"-S") and words[-1].endswith(GUARD)


def _parent(pid: int) -> int:
    fields = _stat(pid)
    return int(fields[1]) if fields else 0


def _stat(pid: int) -> list[str]:
    """Return the fields behind the name, empty when the process is gone."""
    try:
        return Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    except OSError:
        return []
