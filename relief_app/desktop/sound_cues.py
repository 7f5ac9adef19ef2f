"""Which sound belongs to which event, and which of them are worth hearing late."""

from enum import Enum, auto

from relief_app.core.events import (
    AlarmRaised,
    Countdown,
    Eased,
    Event,
    Halfway,
    HoldEnded,
    Outcome,
    Phase,
    PhaseStarted,
    SessionEnded,
)


def sound_of(event: Event) -> str | None:
    """The name of the sound for `event`, or None: one event, one sound at most."""
    match event:
        case PhaseStarted(phase=Phase.GET_READY):
            return "get_ready"
        case Countdown():
            return "tick"
        case Halfway():
            return "halfway"
        case HoldEnded(outcome=Outcome.COMPLETED | Outcome.LIMITED, to_come=to_come, left=left):
            if to_come == 0:
                return None
            return "step_end" if left else "set_end"
        case SessionEnded(outcome=Outcome.COMPLETED):
            return "finished"
        case Eased():
            return "eased"
        case AlarmRaised():
            return "alarm"
        case _:
            return None


LATE_MS = 1_000
"""A cue this much behind its moment is late: the program was stopped, or the computer very busy."""

_OF_THE_MOMENT = frozenset({"get_ready", "tick", "halfway"})
_ENDS = frozenset({"step_end", "set_end"})


class Hearing(Enum):
    """Whether a sound is to be heard."""

    NOW = auto()
    LAST = auto()
    """Where no later one of its kind follows at once."""
    NEVER = auto()


def hearing(sound: str, late_ms: int) -> Hearing:
    """What comes of `sound`, `late_ms` behind its moment: no burst of missed cues, and no alarm missed."""
    if late_ms < LATE_MS or sound not in _OF_THE_MOMENT | _ENDS:
        return Hearing.NOW
    return Hearing.LAST if sound in _ENDS else Hearing.NEVER
