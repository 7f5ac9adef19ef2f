"""What is offered while no safety question has been asked."""

import pytest

from relief_app.core.exercise import Exercise, Kind
from relief_app.core.routine import Routine
from relief_app.core.safety import NotOffered, NotOfferedReason, offer_problem, skipped_kinds
from relief_app.storage.catalogue import BUILT_IN, Catalogue
from relief_app.storage.first_look import GATED

OFFERED = {"cramp-bed", "cramp-standing", "bedtime", "micro-break"}


@pytest.mark.parametrize("routine_id", BUILT_IN)
def test_four_built_in_routines_are_offered(routine_id: str) -> None:
    catalogue = Catalogue()
    problem = offer_problem(catalogue.routine(routine_id), catalogue.exercises)
    if routine_id in OFFERED:
        assert problem is None
    else:
        assert problem == NotOffered(routine_id, NotOfferedReason.NEEDS_QUESTIONS)


def test_packs_and_massage_are_left_out_of_sessions() -> None:
    assert skipped_kinds() == {Kind.HEAT, Kind.ICE, Kind.MASSAGE}
    assert {kind.value for kind in skipped_kinds()} == GATED


def test_one_pack_among_stretches_is_enough_to_hold_a_routine_back() -> None:
    catalogue = Catalogue()
    heat, bedtime = catalogue.routine("heat"), catalogue.routine("bedtime")
    mixed = _with_steps(bedtime, heat)
    assert offer_problem(mixed, catalogue.exercises) is not None
    massage = _with_steps(bedtime, catalogue.routine("massage"))
    assert offer_problem(massage, catalogue.exercises) is None


def _with_steps(routine: Routine, other: Routine) -> Routine:
    from dataclasses import replace

    return replace(routine, id="mine", steps=(*routine.steps, *other.steps))


def test_the_catalogue_knows_what_is_prescribed_only() -> None:
    exercises: dict[str, Exercise] = dict(Catalogue().exercises)
    assert {key for key, exercise in exercises.items() if exercise.prescribed_only} == {
        "heel-drop",
        "heel-raise",
    }
