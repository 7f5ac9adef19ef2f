"""What a session does when the computer was suspended: holds stand still, a pack on the skin goes on."""

from relief_app.core.events import Event, Phase
from relief_app.core.exercise import Kind
from relief_app.core.routine import SECOND
from relief_app.core.session import Session
from relief_app.core.session_state import State

SHORTEST_SLEEP_MS = SECOND
"""A suspension shorter than this is passed over: nobody left the hold for it."""

_PACKS = frozenset({Kind.HEAT, Kind.ICE})


def stands_still(session: Session, now: int) -> bool:
    """True where `session` would be paused by a suspension that began at `now`."""
    if session.state is not State.RUNNING:
        return False
    view = session.view(now)
    return view.phase is not Phase.ACTIVE or view.hold.exercise.kind not in _PACKS


def sleep_through(session: Session, fell_asleep: int, now: int) -> tuple[Event, ...]:
    """Bring `session` to `now`, nobody having held anything since `fell_asleep`; both in its milliseconds.

    The session is paused where sleep began. A hold with a pack on the skin goes on, because the skin does
    not sleep, and what would have come after it is paused. The alarm of a cramp goes on as through any
    pause.
    """
    events = [*session.advance(fell_asleep)]
    at = fell_asleep
    while not stands_still(session, at) and (due := session.next_deadline()) is not None and due <= now:
        events += session.advance(due)
        at = due
    if stands_still(session, at):
        events += session.pause(at)
    return (*events, *session.advance(now))
