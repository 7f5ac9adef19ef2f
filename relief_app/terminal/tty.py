"""The terminal itself: single keys while the guide runs, and everything as it was afterwards."""

import contextlib
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from types import FrameType
from typing import TextIO

try:
    import termios
    import tty

    HAS_KEYS = True
except ImportError:  # pragma: no cover - only where there are no such terminals (Windows)
    HAS_KEYS = False

_ENDING = ("SIGTERM", "SIGHUP")
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


@contextlib.contextmanager
def ended_by_signals() -> Iterator[None]:
    """SIGTERM and a hang-up end the guide as Ctrl-C does; a second one is not waited for."""

    def end(number: int, _frame: FrameType | None) -> None:
        signal.signal(number, signal.SIG_IGN)
        raise KeyboardInterrupt

    with contextlib.ExitStack() as stack:
        for name in _ENDING:
            stack.enter_context(_handled(name, end))
        yield


@contextlib.contextmanager
def told_of_background(tell: Callable[[], object]) -> Iterator[None]:
    """`tell` is called at Ctrl-Z, which does nothing else; see `SingleKeys.background`."""
    with _handled("SIGTSTP", lambda *_: tell()):
        yield


@contextlib.contextmanager
def _handled(name: str, handler: Handler) -> Iterator[None]:
    """`handler` for the signal `name`, where there is one and this thread may set it."""
    number = getattr(signal, name, None)
    # What is ignored stays ignored: so it is under nohup.
    if (
        number is None
        or threading.current_thread() is not threading.main_thread()
        or signal.getsignal(number) is signal.SIG_IGN
    ):
        yield
        return
    before = signal.signal(number, handler)
    try:
        yield
    finally:
        signal.signal(number, before)


def _is_tty(stream: TextIO | None) -> bool:
    descriptor = descriptor_of(stream)
    return descriptor is not None and stream is not None and stream.isatty()


def replace_what_cannot_be_shown(out: TextIO) -> None:
    """Characters that the terminal's encoding has not become "?" instead of an error."""
    if out is sys.stdout and hasattr(out, "reconfigure"):
        out.reconfigure(errors="replace")
