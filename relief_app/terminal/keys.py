"""Keys of a terminal and lines of a pipe, as actions."""

import os
import re
import select
import stat
from collections.abc import Iterator, Sequence

from relief_app.core.anatomy import Leg
from relief_app.core.steering import EXTEND_MS
from relief_app.terminal.actions import Act, Action

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
# An arrow or function key, an Alt combination, Escape itself, or one character.
_KEY = re.compile(r"\x1b\[[0-?]*[ -/]*[@-~]|\x1bO.|\x1b[^\x1b\[O]|.", re.DOTALL)
_KEYS_ONLY = (Act.SPACE, Act.PAUSE_OR_RESUME, Act.ESCAPE, Act.UNKNOWN, Act.AWAY)
_WORDS = {act.value: act for act in Act if act not in _KEYS_ONLY}


class _Input:
    """A descriptor that is read when it has something."""

    def __init__(self, descriptor: int | None) -> None:
        self._descriptor = descriptor

    @property
    def is_open(self) -> bool:
        """False when nothing can come any more."""
        return self._descriptor is not None

    def _read(self, timeout_s: float | None) -> bytes | None:
        """What is there within `timeout_s`: b"" for nothing, None where it has ended."""
        waited_for = [] if self._descriptor is None else [self._descriptor]
        ready, _, _ = select.select(waited_for, [], [], timeout_s)
        if not ready:
            return b""
        try:
            data = os.read(ready[0], 1024)
        except BlockingIOError:
            return b""
        except OSError:  # a terminal that was hung up
            data = b""
        if not data:
            self._descriptor = None
        return data or None


class TerminalKeys(_Input):
    """Single keys from a terminal in cbreak mode."""

    def __init__(self, descriptor: int | None) -> None:
        super().__init__(descriptor)
        self._away = False

    def go_away(self) -> None:
        """Ctrl-Z was pressed; the next `wait` tells."""
        self._away = True

    def wait(self, timeout_s: float | None) -> Sequence[Action]:
        """The keys pressed within `timeout_s`."""
        if self._away:
            self._away = False
            return (Action(Act.AWAY),)
        data = self._read(timeout_s)
        if data is None:
            return (Action(Act.STOP),)
        if data.endswith(b"\x1b"):
            data += self._read(ESCAPE_S) or b""
        return tuple(_key_actions(data.decode("utf-8", "replace")))


class LineKeys(_Input):
    """Commands from a pipe, one a line; nothing from anything else."""

    def __init__(self, descriptor: int | None) -> None:
        super().__init__(descriptor if descriptor is not None and _is_pipe(descriptor) else None)
        self._received = b""

    def wait(self, timeout_s: float | None) -> Sequence[Action]:
        """The commands that came within `timeout_s`."""
        data = self._read(timeout_s)
        self._received += b"\n" if data is None else data
        *lines, rest = self._received.split(b"\n")
        self._received = rest[:LONGEST_LINE]
        return tuple(line_action(line.decode("utf-8", "replace")) for line in lines if line.strip())


def line_action(line: str) -> Action:
    """The action that a line asks for, as `pause`, `extend 10`, `leg left`."""
    word, *values = line.split()[:3] or [""]
    act = _WORDS.get(word)
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


def _key_actions(text: str) -> Iterator[Action]:
    for key in _KEY.findall(text):
        action = _KEYS.get(key) or _KEYS.get(key.lower())
        if action is not None:
            yield action


def _is_pipe(descriptor: int) -> bool:
    try:
        mode = os.fstat(descriptor).st_mode
    except OSError:
        return False
    return stat.S_ISFIFO(mode) or stat.S_ISSOCK(mode)
