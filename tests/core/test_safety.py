"""What is offered, and what of it is performed, under a verdict."""

from collections.abc import Mapping
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Exercise
from relief_app.core.gates import CAUTIOUS, Alter, Asked, Block, Gate, Verdict, verdict
from relief_app.core.profile import Answer, Profile
from relief_app.core.routine import Routine, Side, Step
from relief_app.core.safety import (
    LOST_SIGN,
    NotOffered,
    NotOfferedReason,
    asks_for_cramp,
    is_seated,
    offer_problem,
    performed,
    sign_gate,
    steps_blocked,
)
from relief_app.storage.catalogue import BUILT_IN, Catalogue
from relief_app.storage.gates import read_gates
from relief_app.storage.red_flags import read_red_flags

CATALOGUE = Catalogue()
GATES = {gate.key: gate for gate in read_gates()}
ASKED = [key for key, gate in GATES.items() if gate.asked is Asked.PROFILE]
Answers = Mapping[str, str]
CLEAR = dict.fromkeys(ASKED, "no")


def said(answers: Answers) -> Verdict:
    profile = Profile({key: Answer(answer) for key, answer in answers.items()})
    return verdict(GATES.values(), profile, 0.0)


def problem(routine: str | Routine, answers: Answers) -> NotOffered | None:
    subject = CATALOGUE.routine(routine) if isinstance(routine, str) else routine
    return offer_problem(subject, CATALOGUE.exercises, said(answers))


def letters(routine: str | Routine, answers: Answers) -> str:
    """The exercises performed, by their letters in the clinical content, repetitions once."""
    subject = CATALOGUE.routine(routine) if isinstance(routine, str) else routine
    holds = performed(subject, CATALOGUE.exercises, Leg.LEFT, said(answers))
    steps = dict.fromkeys((hold.step, hold.exercise.letter) for hold in holds)
    return "".join(letter for _, letter in steps)


# Routine, answers that are not "no", letters of the steps that are left; "" is not offered. Typed from the
# clinical content, sections 7 and 8.
ROUTINES = [
    ("cramp-bed", {}, "ABMAS"),
    ("cramp-bed", {"unsteady": "yes"}, "ABMAS"),
    ("cramp-bed", {"unsteady": "unknown"}, "ABMAS"),
    ("cramp-bed", {"blood_thinner": "yes"}, "ABAS"),
    ("cramp-bed", {"blood_thinner": "unknown"}, "ABAS"),
    ("cramp-bed", {"pregnancy": "yes"}, "ABMAS"),
    ("cramp-bed", {"pregnancy": "unknown"}, "ABAS"),
    ("cramp-bed", {"poor_circulation": "yes"}, "ABAS"),
    ("cramp-bed", {"diabetes": "yes", "foot_feeling_unconfirmed": "yes", "cancer": "yes"}, "ABMAS"),
    ("cramp-standing", {}, "GCDMWS"),
    ("cramp-standing", {"unsteady": "unknown"}, "GCDMWS"),
    ("cramp-standing", {"unsteady": "yes"}, "BAMS"),
    ("cramp-standing", {"unsteady": "yes", "blood_thinner": "unknown"}, "BAS"),
    ("bedtime", {}, "BJ"),
    ("bedtime", {"unsteady": "unknown"}, "BJ"),
    ("bedtime", {"unsteady": "yes"}, "BJ"),
    ("massage", {}, "NMMMN"),
    ("massage", {"pregnancy": "yes"}, ""),
    ("massage", {"pregnancy": "unknown"}, ""),
    ("massage", {"blood_thinner": "yes"}, ""),
    ("massage", {"unsteady": "yes"}, "NMMMN"),
    ("micro-break", {}, "QDE"),
    ("micro-break", {"unsteady": "unknown"}, "Q"),
    ("micro-break", {"unsteady": "yes"}, "Q"),
    ("post-run", {}, "WDEN"),
    ("post-run", {"blood_thinner": "yes"}, "WDE"),
    ("post-run", {"unsteady": "yes"}, "N"),
    ("heat", {}, ""),
    ("ice", {}, ""),
    ("demonstration", {}, "DE"),
    ("demonstration", {"unsteady": "yes"}, ""),
]


@pytest.mark.parametrize(("routine", "answers", "left"), ROUTINES)
def test_what_is_left_of_a_routine(routine: str, answers: Answers, left: str) -> None:
    answers = CLEAR | dict(answers)
    assert (problem(routine, answers) is None) == bool(left)
    if left:
        assert letters(routine, answers) == left


@pytest.mark.parametrize("routine_id", BUILT_IN)
def test_with_nothing_answered(routine_id: str) -> None:
    """No massage step anywhere, no heat or ice, and standing steps only where standing was chosen."""
    expected = {"cramp-bed": "ABAS", "cramp-standing": "GCDWS", "bedtime": "BJ", "micro-break": "Q"} | {
        "demonstration": "DE"
    }
    assert (problem(routine_id, {}) is None) == (routine_id in expected)
    if routine_id in expected:
        assert letters(routine_id, {}) == expected[routine_id]
        cautious = performed(CATALOGUE.routine(routine_id), CATALOGUE.exercises, Leg.LEFT, CAUTIOUS)
        assert cautious == performed(CATALOGUE.routine(routine_id), CATALOGUE.exercises, Leg.LEFT, said({}))


REASONS = [
    ("massage", {}, NotOfferedReason.UNANSWERED, ("blood_thinner", "pregnancy", "poor_circulation")),
    ("massage", CLEAR | {"pregnancy": "yes"}, NotOfferedReason.GATED, ("pregnancy",)),
    ("massage", {"blood_thinner": "yes"}, NotOfferedReason.GATED, ("blood_thinner",)),
    ("massage", CLEAR | {"pregnancy": "unknown"}, NotOfferedReason.UNANSWERED, ("pregnancy",)),
    ("heat", {}, NotOfferedReason.NEEDS_QUESTIONS, ()),
    ("heat", CLEAR, NotOfferedReason.NEEDS_QUESTIONS, ()),
    ("ice", {"cancer": "yes", "raynaud": "yes"}, NotOfferedReason.GATED, ("cancer", "raynaud")),
    (
        "post-run",
        {},
        NotOfferedReason.UNANSWERED,
        ("unsteady", "blood_thinner", "pregnancy", "poor_circulation"),
    ),
]


@pytest.mark.parametrize(("routine", "answers", "reason", "gates"), REASONS)
def test_a_refusal_names_what_stands_in_the_way(
    routine: str, answers: Answers, reason: NotOfferedReason, gates: tuple[str, ...]
) -> None:
    assert problem(routine, answers) == NotOffered(routine, reason, tuple(GATES[key] for key in gates))


def test_where_the_questions_cannot_be_read_that_is_the_reason() -> None:
    massage = CATALOGUE.routine("massage")
    found = offer_problem(massage, CATALOGUE.exercises, CAUTIOUS)
    assert found == NotOffered("massage", NotOfferedReason.NO_TABLE)


def test_one_pack_among_stretches_is_enough_to_hold_a_routine_back() -> None:
    assert problem(own("towel-stretch", "heat-pack"), CLEAR) is not None
    assert problem(own("towel-stretch", "circle-massage"), {}) is None


def test_who_writes_a_routine_has_not_chosen_to_stand() -> None:
    mine = own("heel-raise", "towel-stretch", "rest")
    assert letters(mine, {}) == "BS"
    assert letters(mine, CLEAR) == "RBS"
    assert problem(own("heel-raise", "rest"), CLEAR) is None
    refused = problem(own("heel-raise", "rest"), {})
    assert refused == NotOffered("mine", NotOfferedReason.UNANSWERED, (GATES["unsteady"],))


def test_resting_alone_is_a_routine_of_its_own() -> None:
    assert problem(own("rest"), {}) is None


def test_only_known_unsteadiness_takes_back_a_choice_to_stand() -> None:
    standing, bedtime = CATALOGUE.routine("cramp-standing"), CATALOGUE.routine("bedtime")
    assert [is_seated(standing, said({"unsteady": answer})) for answer in Answer] == [True, False, False]
    assert [is_seated(bedtime, said({"unsteady": answer})) for answer in Answer] == [True, True, True]


def own(*exercises: str) -> Routine:
    steps = tuple(Step(exercise, duration_ms=30_000) for exercise in exercises)
    return replace(CATALOGUE.routine("bedtime"), id="mine", side=Side.BOTH, steps=steps)


# Red flags: what a reported one takes away (clinical content, section 7), typed apart from the data.
STRETCH, RUB, WARM, COLD, MOVE, DRINK = (
    Block.HOLD,
    Block.MASSAGE,
    Block.HEAT,
    Block.ICE,
    Block.MOVEMENT,
    Block.HYDRATION,
)
ALL = {STRETCH, RUB, WARM, COLD, MOVE}
FLAGS: dict[str, set[Block]] = {
    "chest_or_breath": ALL,
    "swollen_warm_leg": {STRETCH, RUB, WARM, COLD},
    "pop_or_gap": {STRETCH, RUB, WARM},
    "tense_or_numb": ALL,
    "dark_urine_or_confusion": ALL | {DRINK},
    "over_ten_minutes": ALL,
    "cold_pale_leg": ALL,
    "foot_pain_at_night": ALL,
    "walking_pain": {WARM, COLD, RUB},
    "weak_in_sport": ALL,
    "dirty_wound": set(),
    "often_or_severe": set(),
}
SIGNS = {flag.code: sign_gate(flag) for flag in read_red_flags()}


@given(reported=st.sets(st.sampled_from(sorted(FLAGS))))
def test_reported_signs_take_away_the_sum_of_what_each_does(reported: set[str]) -> None:
    assert set(SIGNS) == set(FLAGS)
    profile = Profile(dict.fromkeys(reported, Answer.YES))
    found = verdict(SIGNS.values(), profile, 0.0)
    assert found.blocks == set().union(*(FLAGS[code] for code in reported))
    assert found.alters == set()


@pytest.mark.parametrize("code", [code for code, blocks in FLAGS.items() if STRETCH in blocks])
def test_a_sign_that_forbids_stretching_forbids_every_routine_that_stretches(code: str) -> None:
    clear = Profile(dict.fromkeys(ASKED, Answer.NO) | {code: Answer.YES})
    found = verdict([*GATES.values(), SIGNS[code]], clear, 0.0)
    for routine in ("cramp-bed", "cramp-standing", "bedtime", "micro-break"):
        refused = offer_problem(CATALOGUE.routine(routine), CATALOGUE.exercises, found)
        assert refused is not None
        assert refused.because == (SIGNS[code],)


# Which of the routines each sign forbids, with every question answered "no", and what is left of the others;
# typed apart from the data. Post-run, heat and ice are not among them: they ask questions of their own.
STRETCHED = {"cramp-bed", "cramp-standing", "bedtime", "micro-break", "demonstration"}
FORBIDDEN: dict[str, set[str]] = {
    "chest_or_breath": STRETCHED | {"massage"},
    "cold_pale_leg": STRETCHED | {"massage"},
    "tense_or_numb": STRETCHED | {"massage"},
    "dark_urine_or_confusion": STRETCHED | {"massage"},
    "weak_in_sport": STRETCHED | {"massage"},
    "swollen_warm_leg": STRETCHED | {"massage"},
    "pop_or_gap": STRETCHED | {"massage"},
    "over_ten_minutes": STRETCHED | {"massage"},
    "foot_pain_at_night": STRETCHED | {"massage"},
    "walking_pain": {"massage"},
    "dirty_wound": set(),
    "often_or_severe": set(),
}
WHOLE = {"cramp-bed": "ABMAS", "cramp-standing": "GCDMWS", "bedtime": "BJ", "micro-break": "QDE"} | {
    "demonstration": "DE",
    "massage": "NMMMN",
}
RUBBED_OUT = WHOLE | {"cramp-bed": "ABAS", "cramp-standing": "GCDWS"}


@pytest.mark.parametrize("routine_id", sorted(WHOLE))
@pytest.mark.parametrize("code", sorted(FORBIDDEN))
def test_what_a_reported_sign_leaves_of_a_routine(code: str, routine_id: str) -> None:
    clear = Profile(dict.fromkeys(ASKED, Answer.NO), {code: 1.0})
    found, routine = verdict([*GATES.values(), *SIGNS.values()], clear, 9e9), CATALOGUE.routine(routine_id)
    refused = offer_problem(routine, CATALOGUE.exercises, found)
    if routine_id in FORBIDDEN[code]:
        assert refused == NotOffered(routine_id, NotOfferedReason.GATED, (SIGNS[code],))
        return
    assert refused is None
    holds = performed(routine, CATALOGUE.exercises, Leg.LEFT, found)
    left = "".join(letter for _, letter in dict.fromkeys((hold.step, hold.exercise.letter) for hold in holds))
    assert left == (RUBBED_OUT if code == "walking_pain" else WHOLE)[routine_id]


@pytest.mark.parametrize("at_s", [0.0, 1e12])
def test_no_time_lifts_a_sign_and_no_answer_does(at_s: float) -> None:
    profile = Profile({"pop_or_gap": Answer.NO}, {"pop_or_gap": at_s})
    assert verdict(SIGNS.values(), profile, 1.7e9).blocks == FLAGS["pop_or_gap"]
    lifted = profile.with_fact("pop_or_gap", None)
    assert verdict(SIGNS.values(), lifted, 1.7e9) == Verdict()


@pytest.mark.parametrize("code", sorted(FLAGS))
def test_a_session_may_not_go_on_with_a_step_that_a_sign_forbids(code: str) -> None:
    found = verdict(SIGNS.values(), Profile(facts={code: 1.0}), 2.0)
    whole = performed(CATALOGUE.routine("cramp-bed"), CATALOGUE.exercises, Leg.LEFT, said(CLEAR))
    rubs = [hold for hold in whole if hold.exercise.letter == "M"]
    rests = [hold for hold in whole if hold.exercise.is_rest]
    assert steps_blocked(whole, found) == bool({STRETCH, RUB} & FLAGS[code])
    assert steps_blocked(rubs, found) == (RUB in FLAGS[code])
    assert steps_blocked(rests, found) == (STRETCH in FLAGS[code])
    assert not steps_blocked([], found)


def test_a_sign_that_cannot_be_looked_up_forbids_all() -> None:
    for routine_id in BUILT_IN:
        refused = offer_problem(CATALOGUE.routine(routine_id), CATALOGUE.exercises, Verdict((LOST_SIGN,)))
        assert refused == NotOffered(routine_id, NotOfferedReason.NO_SIGNS)


ANY = st.sampled_from(["yes", "no", "unknown"])
ANSWERS = st.fixed_dictionaries({}, optional=dict.fromkeys(ASKED, ANY))


@given(answers=ANSWERS, routine=st.sampled_from(BUILT_IN))
def test_whatever_is_answered(answers: dict[str, str], routine: str) -> None:
    """Sessions hold what the verdict allows, and what is offered has something to do."""
    found, subject = said(answers), CATALOGUE.routine(routine)
    if offer_problem(subject, CATALOGUE.exercises, found) is not None:
        return
    holds = performed(subject, CATALOGUE.exercises, Leg.RIGHT, found)
    assert any(not hold.exercise.is_rest for hold in holds)
    assert not {hold.exercise.kind.value for hold in holds} & {block.value for block in found.blocks}
    if answers.get("unsteady") == "yes":
        assert "standing" not in {hold.exercise.position for hold in holds}


@given(answers=ANSWERS, key=st.sampled_from(ASKED), worse=st.sampled_from(["yes", "unknown"]))
def test_a_no_less_never_allows_more(answers: dict[str, str], key: str, worse: str) -> None:
    for routine in ("cramp-bed", "cramp-standing", "massage", "micro-break"):
        before, after = answers | {key: "no"}, answers | {key: worse}
        if problem(routine, before) is not None:
            assert problem(routine, after) is not None
        elif problem(routine, after) is None and not (key == "unsteady" and routine == "cramp-standing"):
            assert set(letters(routine, after)) <= set(letters(routine, before))


def test_the_catalogue_knows_what_is_prescribed_only() -> None:
    exercises: dict[str, Exercise] = dict(Catalogue().exercises)
    assert {key for key, exercise in exercises.items() if exercise.prescribed_only} == {
        "heel-drop",
        "heel-raise",
    }


def test_a_table_alone_alters_nothing() -> None:
    gate = Gate("walks", "", "", "", "design", alters=frozenset({Alter.SEATED}), unknown_alters=frozenset())
    assert verdict([gate], Profile(), 0.0) == Verdict()


def test_only_after_a_run_is_asked_whether_it_cramps_now() -> None:
    asked = [name for name in BUILT_IN if asks_for_cramp(CATALOGUE.routine(name))]
    assert asked == ["post-run"]
