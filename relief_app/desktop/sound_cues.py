"""Which sound belongs to which event."""

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
