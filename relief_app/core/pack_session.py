"""The session that shows a pack on the skin, brought to the time that has really passed."""

from collections.abc import Mapping, Sequence
from dataclasses import replace

from relief_app.core.events import Phase
from relief_app.core.exercise import Exercise, Kind
from relief_app.core.exposure import Exposure
from relief_app.core.pack_checks import PACKS
from relief_app.core.routine import Hold, Routine, plan
from relief_app.core.session import Session
from relief_app.core.session_state import Snapshot, SnapshotError, State


def is_about_packs(holds: Sequence[Hold]) -> bool:
    """True where one of `holds` is a pack's."""
    return any(hold.exercise.kind in PACKS for hold in holds)


def packs_of(routine: Routine, exercises: Mapping[str, Exercise]) -> tuple[Kind, ...]:
    """The kinds of pack that `routine` asks for."""
    kinds = {exercises[step.exercise].kind for step in routine.steps}
    return tuple(kind for kind in PACKS if kind in kinds)


def with_pack(prepared: Session, kept: Snapshot, exposure: Exposure, elapsed_ms: int, now: int) -> Session:
    """`prepared` at the hold it was `kept` in, the pack having been on for `elapsed_ms`.

    Raises SnapshotError where that was no hold of this pack.
    """
    if not 0 <= kept.index < len(prepared.holds):
        raise SnapshotError("index")
    if prepared.holds[kept.index].exercise.kind is not exposure.kind or kept.phase is not Phase.ACTIVE:
        raise SnapshotError("phase")
    return Session.restore(prepared, _at(kept, exposure, elapsed_ms), now)


def rebuilt(
    routine: Routine, exercises: Mapping[str, Exercise], exposure: Exposure, elapsed_ms: int, now: int
) -> Session:
    """A session of the built-in `routine` for the pack, where nothing was kept of its own."""
    session = Session(routine.id, plan(routine, exercises, exposure.leg))
    session.start(now, urgent=True)
    return Session.restore(
        Session(routine.id, session.holds), _at(session.snapshot(now), exposure, elapsed_ms), now
    )


def _at(kept: Snapshot, exposure: Exposure, elapsed_ms: int) -> Snapshot:
    elapsed = min(max(elapsed_ms, 0), exposure.planned_ms)
    return replace(
        kept,
        state=State.RUNNING,
        leg=exposure.leg,
        elapsed_ms=elapsed,
        planned_ms=exposure.planned_ms,
        marked_ms=elapsed,
    )
