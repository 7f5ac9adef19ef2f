"""The session of a pack, at the time that has really passed."""

from dataclasses import replace

import pytest

from relief_app.core.anatomy import Leg
from relief_app.core.events import Phase
from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure, Stamp
from relief_app.core.pack_session import is_about_packs, packs_of, rebuilt, with_pack
from relief_app.core.routine import Step, plan
from relief_app.core.session import Session
from relief_app.core.session_state import Snapshot, SnapshotError
from tests.core.sample import CATALOGUE, LEAN, PULL, routine

WARM = Step("warm", duration_ms=600_000)
PACK = Exposure(Kind.HEAT, Leg.RIGHT, 720_000, Stamp("a", 0, 0.0))
MIXED = routine(PULL, WARM, LEAN)


def fresh() -> Session:
    return Session("mixed", plan(MIXED, CATALOGUE, Leg.LEFT))


def kept_in(index: int, phase: Phase = Phase.ACTIVE) -> Snapshot:
    session = fresh()
    session.start(0, urgent=True)
    return replace(session.snapshot(0), index=index, exercise=session.holds[index].exercise.id, phase=phase)


def test_it_goes_on_where_the_pack_is_however_long_it_was_away() -> None:
    view = with_pack(fresh(), kept_in(1), PACK, 500_000, 9_000_000).view(9_000_000)
    assert (view.index, view.elapsed_ms, view.remaining_ms) == (1, 500_000, 220_000)
    assert view.hold.leg is Leg.RIGHT


@pytest.mark.parametrize(
    ("kept", "field"),
    [
        (kept_in(0), "phase"),
        (kept_in(1, Phase.GET_READY), "phase"),
        (replace(kept_in(1), index=7), "index"),
        (replace(kept_in(1), index=-1), "index"),
    ],
)
def test_what_was_no_hold_of_this_pack_is_refused(kept: Snapshot, field: str) -> None:
    with pytest.raises(SnapshotError) as refused:
        with_pack(fresh(), kept, PACK, 0, 0)
    assert refused.value.field == field


@pytest.mark.parametrize(("elapsed", "left"), [(0, 720_000), (700_000, 20_000), (999_999, 0), (-5, 720_000)])
def test_without_anything_kept_it_is_made_anew(elapsed: int, left: int) -> None:
    view = rebuilt(routine(WARM, name="heat"), CATALOGUE, PACK, elapsed, 77).view(77)
    assert (view.routine, view.phase, view.remaining_ms) == ("heat", Phase.ACTIVE, left)


def test_which_packs_a_routine_asks_for() -> None:
    assert packs_of(MIXED, CATALOGUE) == (Kind.HEAT,)
    assert packs_of(routine(PULL), CATALOGUE) == ()
    assert is_about_packs(fresh().holds)
    assert not is_about_packs(plan(routine(PULL), CATALOGUE, Leg.LEFT))
