"""What a session tells its listeners. Every event is frozen and carries `at`, the time it was due.

All times are whole milliseconds on the clock that the session is driven with.
"""

from dataclasses import dataclass
from enum import StrEnum

from relief_app.core.anatomy import Leg


class Phase(StrEnum):
    """What the person does now: gets into position, holds, rests, or changes legs."""

    GET_READY = "get_ready"
    ACTIVE = "active"
    REST = "rest"
    SWITCH = "switch"


class Outcome(StrEnum):
    """How a hold or a whole session came to its end."""

    COMPLETED = "completed"
    SKIPPED = "skipped"
    EASED = "eased"
    STOPPED = "stopped"
    LIMITED = "limited"
    """The leg has had all the massage it may have."""


class AlarmReason(StrEnum):
    """Why an alarm was raised."""

    LASTED_TOO_LONG = "lasted_too_long"


@dataclass(frozen=True, slots=True)
class Event:
    """Something that happened in a session, at the time it was due."""

    at: int


@dataclass(frozen=True, slots=True)
class SessionStarted(Event):
    """A session of `holds` holds has begun on `leg`."""

    routine: str
    leg: Leg
    holds: int


@dataclass(frozen=True, slots=True)
class PhaseStarted(Event):
    """A phase of hold `index` has begun; `duration_ms` is its length as planned.

    `repetition` counts from 1. During get-ready, rest and switch, `exercise` and `leg` are those of
    the hold that comes next.
    """

    index: int
    phase: Phase
    exercise: str
    leg: Leg
    repetition: int
    duration_ms: int
    open_ended: bool


@dataclass(frozen=True, slots=True)
class Countdown(Event):
    """Three, two, one: `seconds` are left of the running phase."""

    seconds: int


@dataclass(frozen=True, slots=True)
class Halfway(Event):
    """Half of a hold is done."""

    index: int


@dataclass(frozen=True, slots=True)
class Counted(Event):
    """Movement `number` (from 1) of a counted exercise is done."""

    number: int


@dataclass(frozen=True, slots=True)
class DoseReached(Event):
    """An open-ended hold has lasted its dose and goes on, counting up, until it eases."""

    index: int


@dataclass(frozen=True, slots=True)
class HoldEnded(Event):
    """A hold is over after `held_ms`; `left` holds of the set and `to_come` of the session remain."""

    index: int
    repetition: int
    outcome: Outcome
    held_ms: int
    left: int
    to_come: int


@dataclass(frozen=True, slots=True)
class MassageLimitReached(Event):
    """`leg` has been massaged for as long as it may be: hold `index` ends, or does not begin."""

    index: int
    leg: Leg


@dataclass(frozen=True, slots=True)
class Paused(Event):
    """The session's time stands still (the ten-minute alarm's does not)."""


@dataclass(frozen=True, slots=True)
class Resumed(Event):
    """The session's time runs on."""


@dataclass(frozen=True, slots=True)
class Extended(Event):
    """The running phase is `by_ms` longer (shorter where negative)."""

    index: int
    by_ms: int


@dataclass(frozen=True, slots=True)
class LegChanged(Event):
    """The leg was corrected; no time was lost."""

    leg: Leg


@dataclass(frozen=True, slots=True)
class Eased(Event):
    """The cramp let go, `release_ms` of cramping after the session began."""

    release_ms: int


@dataclass(frozen=True, slots=True)
class CameBack(Event):
    """The cramp is back; the stretch goes on."""


@dataclass(frozen=True, slots=True)
class AlarmRaised(Event):
    """Something must be attended to; `after_ms` of cramping have passed."""

    reason: AlarmReason
    after_ms: int


@dataclass(frozen=True, slots=True)
class SessionEnded(Event):
    """The session is over."""

    outcome: Outcome
