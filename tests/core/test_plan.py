"""How a routine unfolds into holds: legs, repetitions, what a step says over what an exercise says."""

from dataclasses import replace

import pytest

from relief_app.core.anatomy import Leg, Zone
from relief_app.core.routine import Hold, Side, Step
from tests.core.sample import CATALOGUE, LIE, PULL, PUMP, RUB, planned

LEFT, RIGHT = Leg.LEFT, Leg.RIGHT


@pytest.mark.parametrize(
    ("side", "expected"),
    [
        (Side.CRAMPED, [(RIGHT, 1), (RIGHT, 2)]),
        (Side.CHOSEN, [(RIGHT, 1), (RIGHT, 2)]),
        (Side.BOTH, [(RIGHT, 1), (RIGHT, 2), (LEFT, 1), (LEFT, 2)]),
        (Side.ALTERNATE, [(RIGHT, 1), (LEFT, 1), (RIGHT, 2), (LEFT, 2)]),
        (Side.LEG_BY_LEG, [(RIGHT, 1), (RIGHT, 2), (LEFT, 1), (LEFT, 2)]),
    ],
)
def test_the_order_of_legs(side: Side, expected: list[tuple[Leg, int]]) -> None:
    holds = planned(replace(PULL, repetitions=2), side=side, leg=RIGHT)
    assert [(hold.leg, hold.repetition) for hold in holds] == expected
    assert {hold.repetitions for hold in holds} == {2}


def test_a_step_may_have_a_side_of_its_own() -> None:
    holds = planned(PULL, replace(RUB, side=Side.BOTH), LIE)
    assert [(hold.step, hold.leg) for hold in holds] == [(0, LEFT), (1, LEFT), (1, RIGHT), (2, LEFT)]


def test_leg_by_leg_is_the_whole_of_it_on_one_leg_first() -> None:
    twice = replace(PUMP, repetitions=2)
    holds = planned(PULL, twice, side=Side.LEG_BY_LEG)
    one_leg = [(0, 1), (1, 1), (1, 2)]
    assert [(hold.leg, hold.step, hold.repetition) for hold in holds] == [
        (leg, *place) for leg in (LEFT, RIGHT) for place in one_leg
    ]


def test_steps_between_which_all_else_comes_are_taken_leg_by_leg_on_their_own() -> None:
    """A step with another side ends the run: what stands behind it is not done before it."""
    holds = planned(PULL, replace(LIE, side=Side.CHOSEN), PUMP, side=Side.LEG_BY_LEG)
    assert [(hold.step, hold.leg) for hold in holds] == [
        (0, LEFT),
        (0, RIGHT),
        (1, LEFT),
        (2, LEFT),
        (2, RIGHT),
    ]


def test_a_step_takes_what_it_does_not_say_from_its_exercise() -> None:
    assert planned(PULL) == (
        Hold(
            step=0,
            exercise=CATALOGUE["pull"],
            leg=LEFT,
            repetition=1,
            repetitions=1,
            duration_ms=20_000,
            rest_ms=0,
            open_ended=False,
            cue="Do pull.",
            knee_deg=10.0,
            dorsiflexion_deg=5.0,
        ),
    )


def test_what_a_step_says_counts() -> None:
    (hold,) = planned(
        Step(
            "rub",
            duration_ms=9_000,
            open_ended=True,
            rest_ms=700,
            cue="Gently.",
            zone=Zone.LOWER,
            knee_deg=0.0,
            dorsiflexion_deg=0.0,
        )
    )
    assert (hold.duration_ms, hold.open_ended, hold.rest_ms, hold.cue) == (9_000, True, 700, "Gently.")
    assert (hold.zone, hold.knee_deg, hold.dorsiflexion_deg) == (Zone.LOWER, 0.0, 0.0)


def test_a_count_at_a_tempo_is_a_duration() -> None:
    (hold,) = planned(PUMP)
    assert (hold.count, hold.tempo_ms, hold.duration_ms) == (3, 2_000, 6_000)
