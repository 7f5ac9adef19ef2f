"""The law of the gates, against a table typed from the clinical content and not from the data."""

from itertools import combinations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.gates import CAUTIOUS, Alter, Asked, Block, Gate, verdict
from relief_app.core.profile import Answer, Profile
from relief_app.storage.gates import read_gates

GATES = read_gates()
RISKS = [gate for gate in GATES if gate.asked is Asked.PROFILE]
PACKS = [gate for gate in GATES if gate.asked is Asked.PACK]

RUB, SESSION, HEAT, ICE, DRINK = "massage", "massage_session", "heat", "ice", "hydration"
SEATED, REVIEW, POTASSIUM = "seated", "suggest_review", "hide_potassium"

# Key: what a yes takes away or changes, what no answer does (sections 4, 6 and 7).
ORACLE: dict[str, tuple[set[str], set[str]]] = {
    "unsteady": ({SEATED}, {SEATED}),
    "blood_thinner": ({RUB}, {RUB}),
    "pregnancy": ({SESSION}, {RUB}),
    "poor_circulation": ({HEAT, ICE, RUB}, {HEAT, ICE, RUB}),
    "impaired_sensation": ({HEAT, ICE}, {HEAT, ICE}),
    "diabetes": ({HEAT, ICE}, {HEAT, ICE}),
    "foot_feeling_unconfirmed": (set(), set()),
    "heart_disease": ({HEAT, ICE}, {HEAT, ICE}),
    "cancer": ({HEAT, ICE}, {HEAT, ICE}),
    "broken_skin": ({HEAT, ICE}, {HEAT, ICE}),
    "bad_reaction": ({HEAT, ICE}, {HEAT, ICE}),
    "cannot_remove_pack": ({HEAT, ICE}, {HEAT, ICE}),
    "raynaud": ({ICE}, {ICE}),
    "cold_urticaria": ({ICE}, {ICE}),
    "fluid_limit": ({DRINK}, {DRINK}),
    "potassium_limit": ({POTASSIUM}, {POTASSIUM}),
    "cramp_medicine": ({REVIEW}, set()),
}
DAY_S = 86_400.0


def effects(answers: dict[str, str], facts: dict[str, float] | None = None, now: float = 0.0) -> set[str]:
    profile = Profile({key: Answer(answer) for key, answer in answers.items()}, facts or {})
    found = verdict(RISKS, profile, now)
    return {str(effect) for effect in found.blocks | found.alters}


def expected(answers: dict[str, str]) -> set[str]:
    """The most cautious of the parts, by the table above."""
    found: set[str] = set()
    for key, (for_yes, for_unknown) in ORACLE.items():
        answer = answers.get(key, "unknown")
        confirmed = key == "diabetes" and answers.get("foot_feeling_unconfirmed") == "no"
        if not confirmed:
            found |= {"yes": for_yes, "unknown": for_unknown, "no": set()}[answer]
    return found


def test_the_table_has_every_question() -> None:
    assert [gate.key for gate in RISKS if not gate.is_dated] == list(ORACLE)
    assert [gate.key for gate in RISKS if gate.is_dated] == ["cream_used_at"]


@pytest.mark.parametrize("key", ORACLE)
@pytest.mark.parametrize("answer", list(Answer))
def test_each_answer_alone(key: str, answer: Answer) -> None:
    rest = dict.fromkeys(ORACLE, "no") | {"foot_feeling_unconfirmed": "yes"}
    assert effects(rest | {key: answer}) == expected(rest | {key: answer})


@pytest.mark.parametrize(("one", "other"), list(combinations(ORACLE, 2)))
def test_every_pair_of_answers(one: str, other: str) -> None:
    for first in Answer:
        for second in Answer:
            answers = dict.fromkeys(ORACLE, "no") | {one: str(first), other: str(second)}
            assert effects(answers) == expected(answers)


ANY = st.sampled_from(["yes", "no", "unknown"])
ANSWERS = st.fixed_dictionaries({}, optional=dict.fromkeys(ORACLE, ANY))


@given(answers=ANSWERS)
def test_any_answers_are_as_cautious_as_their_parts(answers: dict[str, str]) -> None:
    assert effects(answers) == expected(answers)


@given(answers=ANSWERS, key=st.sampled_from(list(ORACLE)), worse=st.sampled_from(["yes", "unknown"]))
def test_a_no_less_never_gives_anything_back(answers: dict[str, str], key: str, worse: str) -> None:
    before, after = effects(answers | {key: "no"}), effects(answers | {key: worse})
    # Where no massage is allowed, no session of it is either.
    assert before - ({SESSION} if RUB in after else set()) <= after


def test_with_nothing_answered_it_is_the_cautious_choice() -> None:
    found = verdict(GATES, Profile(), 0.0)
    assert found.blocks == {Block.MASSAGE, Block.HEAT, Block.ICE, Block.HYDRATION}
    assert found.alters == {Alter.SEATED, Alter.HIDE_POTASSIUM}
    assert (CAUTIOUS.blocks, CAUTIOUS.alters) == (found.blocks, found.alters)


def test_with_every_risk_denied_only_the_questions_before_a_pack_are_left() -> None:
    denied = Profile({gate.key: Answer.NO for gate in RISKS})
    assert verdict(RISKS, denied, 0.0).reasons == ()
    found = verdict(GATES, denied, 0.0)
    assert found.blocks == {Block.HEAT, Block.ICE}
    assert [reason.gate for reason in found.because(Block.ICE)] == [
        gate for gate in PACKS if gate.key != "pack_injury"
    ]
    assert [reason.gate for reason in found.because(Block.HEAT)] == PACKS


@pytest.mark.parametrize("gate", PACKS, ids=lambda gate: gate.key)
def test_each_question_before_a_pack_is_enough_to_refuse_it(gate: Gate) -> None:
    fine = {other.key: Answer.NO for other in (*RISKS, *PACKS)}
    assert verdict(GATES, Profile(fine), 0.0).blocks == frozenset()
    for answer in (Answer.YES, Answer.UNKNOWN):
        found = verdict(GATES, Profile(fine | {gate.key: answer}), 0.0)
        assert Block.HEAT in found.blocks
        assert [(reason.gate.key, reason.answer) for reason in found.reasons] == [(gate.key, answer)]


@pytest.mark.parametrize(
    ("used_at", "now", "locked"),
    [
        (None, 0.0, False),
        (1_000.0, 1_000.0, True),
        (1_000.0, 1_000.0 + DAY_S - 0.001, True),
        (1_000.0, 1_000.0 + DAY_S, False),
        (1_000.0, 999.0, True),
        (1e12, 1_000.0, True),
    ],
)
def test_a_cream_locks_heat_for_a_day(used_at: float | None, now: float, locked: bool) -> None:
    facts = {} if used_at is None else {"cream_used_at": used_at}
    assert effects(dict.fromkeys(ORACLE, "no"), facts, now) == ({HEAT} if locked else set())


def test_a_profile_is_changed_by_making_another() -> None:
    first = Profile().with_answer("a", Answer.NO).with_fact("b", 5.0)
    second = first.with_answer("a", Answer.YES).with_fact("b", None).with_fact("c", None)
    assert (first.answer("a"), first.facts) == (Answer.NO, {"b": 5.0})
    assert (second.answer("a"), second.facts, second.answer("z")) == (Answer.YES, {}, Answer.UNKNOWN)
