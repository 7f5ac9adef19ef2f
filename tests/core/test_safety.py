"""What needs questions is not offered; what is left stays offered without it."""

import pytest

from relief_app.core.exercise import Kind
from relief_app.core.routine import Step
from relief_app.core.safety import GATED_KINDS, NotOffered, NotOfferedReason, offer_problem, skipped_kinds
from tests.core.sample import CATALOGUE, PULL, RUB, routine

WARM, COOL = Step("warm", duration_ms=60_000), Step("cool", duration_ms=60_000)


@pytest.mark.parametrize("steps", [(WARM,), (COOL,), (RUB,), (PULL, WARM), (COOL, PULL), (RUB, RUB)])
def test_a_pack_anywhere_or_massage_alone_is_not_offered(steps: tuple[Step, ...]) -> None:
    problem = offer_problem(routine(*steps, name="cosy"), CATALOGUE)
    assert problem == NotOffered("cosy", NotOfferedReason.NEEDS_QUESTIONS)


@pytest.mark.parametrize("name", ["post-run", "demonstration"])
def test_built_in_routines_with_questions_of_their_own_are_not_offered(name: str) -> None:
    problem = offer_problem(routine(PULL, name=name), CATALOGUE)
    assert problem == NotOffered(name, NotOfferedReason.NEEDS_QUESTIONS)


@pytest.mark.parametrize("steps", [(PULL,), (PULL, RUB)])
def test_stretching_is_offered_and_massage_in_it_left_out(steps: tuple[Step, ...]) -> None:
    assert offer_problem(routine(*steps), CATALOGUE) is None
    assert skipped_kinds() == GATED_KINDS == {Kind.HEAT, Kind.ICE, Kind.MASSAGE}
