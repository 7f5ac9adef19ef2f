"""How routines unfold into holds, and where hard stops cut in."""

from dataclasses import replace

import pytest

from relief_app.core.anatomy import Leg, Structure
from relief_app.core.exercise import Exercise, Kind, Position, SafetyMark
from relief_app.core.routine import (
    MINUTE,
    Audience,
    Routine,
    Side,
    Step,
    StopExceeded,
    hard_stop_ms,
    plan,
    stop_exceeded,
)


def exercise(name: str, kind: Kind = Kind.HOLD, position: Position = Position.SITTING) -> Exercise:
    return Exercise(
        id=name,
        letter="Z",
        name=name,
        kind=kind,
        position=position,
        targets=(Structure.SOLEUS,),
        knee_deg=45,
        dorsiflexion_deg=15,
        dorsiflexion_max_deg=30,
        safety=frozenset({SafetyMark.STOP_AT_PAIN}),
        cue=f"Do the {name}.",
        source="design",
    )


EXERCISES = {
    one.id: one
    for one in (
        exercise("lean", position=Position.STANDING),
        exercise("pull"),
        exercise("rub", Kind.MASSAGE),
        exercise("warm", Kind.HEAT),
        exercise("cool", Kind.ICE),
    )
}


def routine(*steps: Step, side: Side = Side.CHOSEN) -> Routine:
    return Routine("test", "Test", "", Audience.EVERYONE, side, "design", steps)


def legs_and_repetitions(found: Routine, leg: Leg = Leg.LEFT) -> list[tuple[str, str, int]]:
    return [(hold.exercise.id, hold.leg.value, hold.repetition) for hold in plan(found, EXERCISES, leg)]


@pytest.mark.parametrize("side", [Side.CRAMPED, Side.CHOSEN])
def test_one_leg_does_every_repetition(side: Side) -> None:
    found = routine(Step("pull", 10_000, repetitions=2), side=side)
    assert legs_and_repetitions(found) == [("pull", "left", 1), ("pull", "left", 2)]


def test_both_legs_finish_a_step_one_after_the_other() -> None:
    found = routine(Step("pull", 10_000, repetitions=2), side=Side.BOTH)
    expected = [("pull", "right", 1), ("pull", "right", 2), ("pull", "left", 1), ("pull", "left", 2)]
    assert legs_and_repetitions(found, Leg.RIGHT) == expected


def test_alternate_changes_legs_hold_by_hold() -> None:
    found = routine(Step("pull", 10_000, repetitions=2), side=Side.ALTERNATE)
    expected = [("pull", "left", 1), ("pull", "right", 1), ("pull", "left", 2), ("pull", "right", 2)]
    assert legs_and_repetitions(found) == expected


def test_a_side_of_the_step_wins_over_that_of_the_routine() -> None:
    found = routine(Step("pull", 10_000, side=Side.CHOSEN), Step("lean", 10_000), side=Side.BOTH)
    assert legs_and_repetitions(found) == [("pull", "left", 1), ("lean", "left", 1), ("lean", "right", 1)]


def test_a_hold_carries_what_the_step_says() -> None:
    step = Step("pull", 0, count=10, tempo_ms=2_000, rest_ms=5_000, open_ended=True, repetitions=3)
    hold = plan(routine(step), EXERCISES, Leg.LEFT)[1]
    assert (hold.duration_ms, hold.count, hold.tempo_ms) == (20_000, 10, 2_000)
    assert (hold.rest_ms, hold.open_ended, hold.repetition, hold.repetitions) == (5_000, True, 2, 3)


def test_cue_and_angles_come_from_the_exercise_unless_the_step_has_its_own() -> None:
    plain, own = plan(
        routine(Step("pull", 1_000), Step("pull", 1_000, cue="Now.", knee_deg=0, dorsiflexion_deg=0)),
        EXERCISES,
        Leg.LEFT,
    )
    assert (plain.cue, plain.knee_deg, plain.dorsiflexion_deg) == ("Do the pull.", 45, 15)
    assert (own.cue, own.knee_deg, own.dorsiflexion_deg) == ("Now.", 0, 0)


SEATED = Step(
    "lean", 10_000, instead_seated="pull", repetitions=3, cue="Lean.", knee_deg=0, dorsiflexion_deg=25
)


def test_seated_does_what_the_step_names_instead_with_its_own_cue_and_angles() -> None:
    hold = plan(routine(SEATED), EXERCISES, Leg.LEFT)[0]
    assert (hold.exercise.id, hold.cue, hold.knee_deg, hold.dorsiflexion_deg) == (
        "pull",
        "Do the pull.",
        45,
        15,
    )
    assert (hold.duration_ms, hold.repetitions) == (10_000, 3)


def test_standing_does_the_exercise_as_written() -> None:
    hold = plan(routine(SEATED), EXERCISES, Leg.LEFT, seated=False)[0]
    assert (hold.exercise.id, hold.cue, hold.knee_deg, hold.dorsiflexion_deg) == ("lean", "Lean.", 0, 25)


def test_seated_leaves_steps_without_another_way_alone() -> None:
    assert plan(routine(Step("lean", 1_000)), EXERCISES, Leg.LEFT)[0].exercise.id == "lean"


STOPS = [("warm", Kind.HEAT, 20 * MINUTE), ("cool", Kind.ICE, 10 * MINUTE), ("rub", Kind.MASSAGE, 5 * MINUTE)]


@pytest.mark.parametrize(("name", "kind", "bound"), STOPS)
def test_a_hard_stop_is_reached_but_not_passed(name: str, kind: Kind, bound: int) -> None:
    half = Step(name, bound // 2)
    assert hard_stop_ms(kind) == bound
    assert stop_exceeded(routine(half, half), EXERCISES) is None
    more = routine(half, half, Step("pull", 1_000), Step(name, 1))
    assert stop_exceeded(more, EXERCISES) == StopExceeded(3, kind, bound + 1, bound)


@pytest.mark.parametrize(("name", "kind", "bound"), STOPS)
def test_repetitions_and_counted_movements_are_summed(name: str, kind: Kind, bound: int) -> None:
    thrice = routine(Step(name, bound // 2, repetitions=3))
    assert stop_exceeded(thrice, EXERCISES) == StopExceeded(0, kind, bound // 2 * 3, bound)
    counted = routine(Step(name, count=11, tempo_ms=bound // 10))
    assert stop_exceeded(counted, EXERCISES) == StopExceeded(0, kind, bound // 10 * 11, bound)


@pytest.mark.parametrize(("name", "kind", "bound"), STOPS)
def test_what_is_done_seated_instead_is_summed_too(name: str, kind: Kind, bound: int) -> None:
    hidden = routine(Step("lean", bound, instead_seated=name), Step(name, 1))
    assert stop_exceeded(hidden, EXERCISES) == StopExceeded(1, kind, bound + 1, bound)


@pytest.mark.parametrize(("name", "kind", "bound"), STOPS)
def test_what_has_a_hard_stop_may_not_be_open_ended(name: str, kind: Kind, bound: int) -> None:
    endless = routine(Step(name, 1_000, open_ended=True))
    assert stop_exceeded(endless, EXERCISES) == StopExceeded(0, kind, 1_000, bound)


def test_stretches_have_no_hard_stop() -> None:
    assert hard_stop_ms(Kind.HOLD) is None
    assert hard_stop_ms(Kind.MOVEMENT) is None
    assert stop_exceeded(routine(Step("pull", 600 * MINUTE, open_ended=True)), EXERCISES) is None


def test_only_a_routine_for_the_cramped_leg_is_about_a_cramp() -> None:
    assert [routine(side=side).is_cramp for side in Side] == [True] + [False] * (len(Side) - 1)


def test_other_legs() -> None:
    assert [leg.other for leg in Leg] == [Leg.RIGHT, Leg.LEFT]


def test_plan_leaves_the_routine_as_it_was() -> None:
    found = routine(SEATED)
    plan(found, EXERCISES, Leg.LEFT)
    assert found == routine(replace(SEATED))
