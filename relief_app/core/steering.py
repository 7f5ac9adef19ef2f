"""The commands that steer a running session, by the names the command line and the keys use."""

from enum import StrEnum

from relief_app.core.anatomy import Leg
from relief_app.core.events import Event
from relief_app.core.session import Session

EXTEND_MS = 30_000
"""One press of + or -."""


class Steer(StrEnum):
    """One command to a session."""

    PAUSE = "pause"
    RESUME = "resume"
    NEXT = "next"
    BACK = "back"
    EXTEND = "extend"
    EASED = "eased"
    BACK_AGAIN = "back-again"
    LEG = "leg"
    STOP = "stop"


def steer(
    session: Session, command: Steer, now: int, *, by_ms: int = EXTEND_MS, leg: Leg | None = None
) -> tuple[Event, ...]:
    """Give `command` to `session` at `now` (ms); `by_ms` is for extend, `leg` for leg.

    Raises IllegalCommandError where the session's state does not allow it.
    """
    if command is Steer.EXTEND:
        return session.extend(now, by_ms)
    if command is Steer.LEG:
        return session.correct_leg(now, leg or session.view(now).hold.leg.other)
    plain = {
        Steer.PAUSE: session.pause,
        Steer.RESUME: session.resume,
        Steer.NEXT: session.skip,
        Steer.BACK: session.back,
        Steer.EASED: session.eased,
        Steer.BACK_AGAIN: session.back_again,
        Steer.STOP: session.stop,
    }
    return plain[command](now)
