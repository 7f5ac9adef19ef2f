"""The terminal itself: single keys while the guide runs, and everything as it was afterwards."""

import contextlib
import os
import signal
import sys
import threading
from collections.abc import Callable
from types import FrameType
from typing import TextIO

try:
    import termios
    import tty

    HAS_KEYS = True
except ImportError:  # pragma: no cover - only where there are no such terminals (Windows)
    HAS_KEYS = False

ENDING = ("SIGINT", "SIGTERM", "SIGHUP")
Handler = Callable[[int, FrameType | None], object]


def is_live(stdin: TextIO, out: TextIO, term: str) -> bool:
    """True where keys can be read one by one and the screen can be painted; `term` is $TERM."""
    return HAS_KEYS and term not in ("", "dumb") and _is_tty(stdin) and _is_tty(out)


def descriptor_of(stream: TextIO | None) -> int | None:
    """The stream's descriptor, None where it is closed or has none."""
    try:
        return None if stream is None else stream.fileno()
    except (OSError, ValueError):
        return None


class SingleKeys:
    """Keys come one by one and unechoed until given back; Ctrl-C and Ctrl-Z keep their meanings."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor
        self._before = termios.tcgetattr(descriptor)

    def take(self) -> None:
        """Keys one by one from now on."""
        tty.setcbreak(self._descriptor)

    def give_back(self) -> None:
        """As it was before."""
        # A terminal that was hung up has nothing left to restore.
        with contextlib.suppress(termios.error):
            termios.tcsetattr(self._descriptor, termios.TCSADRAIN, self._before)

    def background(self) -> None:
        """Stop this process as Ctrl-Z would, the terminal as it was; returns when it is brought back."""
        self.give_back()
        signal.raise_signal(signal.SIGSTOP)
        self.take()


class Signals:
    """What the system and the person signal, to be waited for like keys.

    Nothing is raised where a signal happens to strike: in the middle of painting that would leave half
    a screen behind. A second Ctrl-C or SIGTERM has the meaning it had before.
    """

    def __init__(self, *, background: bool) -> None:
        """`background`: Ctrl-Z too, for who has a terminal to give back first."""
        self._names = (*ENDING, "SIGTSTP") if background else ENDING
        self._before: dict[int, Handler | int | None] = {}
        self._reading, self._writing = os.pipe()
        os.set_blocking(self._reading, False)
        os.set_blocking(self._writing, False)

    def __enter__(self) -> "Signals":
        if threading.current_thread() is threading.main_thread():
            for name in self._names:
                self._take_over(getattr(signal, name, None))
        return self

    def __exit__(self, *_: object) -> None:
        for number, before in self._before.items():
            signal.signal(number, before)
        os.close(self._reading)
        os.close(self._writing)

    def fileno(self) -> int:
        """Readable when there is something to take."""
        return self._reading

    def take(self) -> list[int]:
        """The signals that came since."""
        with contextlib.suppress(BlockingIOError):
            return list(os.read(self._reading, 64))
        return []

    def _take_over(self, number: int | None) -> None:
        # What is ignored stays ignored: so it is under nohup.
        if number is not None and signal.getsignal(number) is not signal.SIG_IGN:
            self._before[number] = signal.signal(number, self._note)

    def _note(self, number: int, _frame: FrameType | None) -> None:
        with contextlib.suppress(BlockingIOError):
            os.write(self._writing, bytes([number]))
        if number != getattr(signal, "SIGTSTP", None):
            signal.signal(number, self._before[number])


def _is_tty(stream: TextIO | None) -> bool:
    descriptor = descriptor_of(stream)
    return descriptor is not None and stream is not None and stream.isatty()


def replace_what_cannot_be_shown(out: TextIO) -> None:
    """Characters that the terminal's encoding has not become "?" instead of an error."""
    if out is sys.stdout and hasattr(out, "reconfigure"):
        out.reconfigure(errors="replace")
