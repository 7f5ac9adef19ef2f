"""Keys of a terminal and lines of a pipe, as actions."""

import os
import re
import select
import signal
import stat
from collections.abc import Iterator, Sequence

from relief_app.core.anatomy import Leg
from relief_app.core.steering import EXTEND_MS
from relief_app.terminal.actions import Act, Action
from relief_app.terminal.tty import Signals

ESCAPE_S = 0.05
"""How long the rest of an arrow key may take to arrive after its first byte, as over a slow line."""
LONGEST_LINE = 4096
LONGEST_EXTENSION_S = 3600

_KEYS = {
    " ": Action(Act.SPACE),
    "p": Action(Act.PAUSE_OR_RESUME),
    "\r": Action(Act.NEXT),
    "\n": Action(Act.NEXT),
    "n": Action(Act.NEXT),
    "b": Action(Act.BACK),
    "+": Action(Act.EXTEND),
    "=": Action(Act.EXTEND),
    "-": Action(Act.EXTEND, -EXTEND_MS),
    "l": Action(Act.LEG),
    "e": Action(Act.EASED),
    "w": Action(Act.WRONG),
    "1": Action(Act.YES),
    "y": Action(Act.YES),
    "2": Action(Act.NO),
    "q": Action(Act.STOP),
    "\x04": Action(Act.STOP),  # Ctrl-D
    "\x1b": Action(Act.ESCAPE),
    "\x1b[C": Action(Act.NEXT),
    "\x1bOC": Action(Act.NEXT),
    "\x1b[6~": Action(Act.NEXT),  # page down: presentation clickers
    "\x1b[D": Action(Act.BACK),
    "\x1bOD": Action(Act.BACK),
    "\x1b[5~": Action(Act.BACK),
}
_SIGNALS = {getattr(signal, "SIGTSTP", None): Act.AWAY}
# An arrow or function key, an Alt combination, Escape itself, or one character.
_KEY = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO.|\x1b[^\x1b\[O]|.", re.DOTALL)
_KEYS_ONLY = (Act.SPACE, Act.PAUSE_OR_RESUME, Act.ESCAPE, Act.UNKNOWN, Act.AWAY, Act.INTERRUPT)
_WORDS = {act.value: act for act in Act if act not in _KEYS_ONLY}
_ANSWERS = {"1": Act.YES, "y": Act.YES, "2": Act.NO, "n": Act.NO}
"""What the keys of a question are as lines."""


class _Input:
    """A descriptor that is read when it has something; `signals` are waited for beside it."""

    def __init__(self, descriptor: int | None, signals: Signals | None = None) -> None:
        self._descriptor = descriptor
        self._signals = signals

    @property
    def is_open(self) -> bool:
        """False when nothing can come any more."""
        return self._descriptor is not None

    def wait(self, timeout_s: float | None) -> Sequence[Action]:
        """What was asked for within `timeout_s`."""
        sources = [source for source in (self._descriptor, self._signals) if source is not None]
        ready, _, _ = select.select(sources, [], [], timeout_s)
        actions: list[Action] = []
        if self._signals is not None and self._signals in ready:
            actions += (Action(_SIGNALS.get(number, Act.INTERRUPT)) for number in self._signals.take())
        if self._descriptor in ready:
            actions += self._actions(self._read())
        return tuple(actions)

    def _actions(self, data: bytes | None) -> Iterator[Action]:
        """What `data` asks for; None: there will be no more."""
        raise NotImplementedError

    def _read(self) -> bytes | None:
        """What is there, None where it has ended."""
        assert self._descriptor is not None  # noqa: S101 - the caller saw it ready
        try:
            data = os.read(self._descriptor, 1024)
        except BlockingIOError:
            return b""
        except OSError:  # a terminal that was hung up
            data = b""
        if not data:
            self._descriptor = None
        return data or None


class TerminalKeys(_Input):
    """Single keys from a terminal in cbreak mode."""

    def _actions(self, data: bytes | None) -> Iterator[Action]:
        if data is None:
            yield Action(Act.INTERRUPT)
            return
        if data.endswith(b"\x1b"):
            data += self._rest_of_key()
        for key in _KEY.findall(data.decode("utf-8", "replace")):
            action = _KEYS.get(key) or _KEYS.get(key.lower())
            if action is not None:
                yield action

    def _rest_of_key(self) -> bytes:
        """What follows an Escape at once: then it was no Escape but the beginning of another key."""
        waited_for = [] if self._descriptor is None else [self._descriptor]
        return (self._read() or b"") if select.select(waited_for, [], [], ESCAPE_S)[0] else b""


class LineKeys(_Input):
    """Commands from a pipe, one a line; nothing from anything else."""

    def __init__(self, descriptor: int | None, signals: Signals | None = None) -> None:
        super().__init__(descriptor if descriptor is not None and _is_pipe(descriptor) else None, signals)
        self._received = b""

    def _actions(self, data: bytes | None) -> Iterator[Action]:
        self._received += b"\n" if data is None else data
        *lines, rest = self._received.split(b"\n")
        self._received = rest[:LONGEST_LINE]
        return (line_action(line.decode("utf-8", "replace")) for line in lines if line.strip())


def line_action(line: str) -> Action:
    """The action that a line asks for, as `pause`, `extend 10`, `leg left`."""
    word, *values = line.split()[:3] or [""]
    act = _WORDS.get(word) or _ANSWERS.get(word)
    value = values[0] if len(values) == 1 else None
    if act is Act.EXTEND and value is not None and (by_ms := _milliseconds(value)) is not None:
        return Action(act, by_ms)
    if act is Act.LEG and value in tuple(Leg):
        return Action(act, leg=Leg(value))
    return Action(act) if act is not None and not values else Action(Act.UNKNOWN, text=line.strip())


def known_words() -> tuple[str, ...]:
    """What a line may begin with."""
    return tuple(_WORDS)


def _milliseconds(text: str) -> int | None:
    try:
        seconds = float(text)
    except ValueError:
        return None
    return round(seconds * 1000) if abs(seconds) <= LONGEST_EXTENSION_S else None


def _is_pipe(descriptor: int) -> bool:
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
