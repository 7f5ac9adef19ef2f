"""What a person at the terminal asks for, whatever key or line said it."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Protocol

from relief_app.core.anatomy import Leg
from relief_app.core.steering import EXTEND_MS


class Act(StrEnum):
    """One thing to do. The values are the words that a piped input understands."""

    SPACE = "space"
    """It let go or it is back in a cramp routine; pause or go on elsewhere."""
    PAUSE_OR_RESUME = "p"
    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    BACK = "back"
    EXTEND = "extend"
    EASED = "eased"
    BACK_AGAIN = "back-again"
    LEG = "leg"
    WRONG = "wrong"
    STOP = "stop"
    ESCAPE = "escape"
    """Out of "Something is wrong", or out of the guide."""
    YES = "yes"
    NO = "no"
    UNKNOWN = "unknown"
    INTERRUPT = "interrupt"
    """Ctrl-C, SIGTERM, a terminal that was hung up: end whatever stands."""
    AWAY = "away"
    """Ctrl-Z: into the background."""


@dataclass(frozen=True, slots=True)
class Action:
    """An act with its values: `by_ms` for extend, `leg` for leg (None: the other), `text` for unknown."""

    act: Act
    by_ms: int = EXTEND_MS
    leg: Leg | None = None
    text: str = ""


class Keys(Protocol):
    """Where actions come from."""

    @property
    def is_open(self) -> bool:
        """False when nothing can come any more."""
        ...

    def wait(self, timeout_s: float | None) -> Sequence[Action]:
        """What came within `timeout_s`; returns early when something does. None: however long it takes."""
        ...
