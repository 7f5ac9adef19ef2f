"""The questions before a pack."""

from relief_app.core.exercise import Kind
from relief_app.core.gates import Alter, Asked, Block, Gate, Reason, Verdict
from relief_app.core.pack_checks import PackChecks, without_pack_questions
from relief_app.core.profile import Answer

BOTH = frozenset({Block.HEAT, Block.ICE})


def gate(key: str, asked: Asked = Asked.PACK, blocks: frozenset[Block] = BOTH) -> Gate:
    return Gate(key, f"{key}?", "why", "instead", "design", asked, blocks)


TABLE = (
    gate("asked_once", Asked.PROFILE),
    gate("skin"),
    gate("injury", blocks=frozenset({Block.HEAT})),
    gate("heard"),
)


def keys(checks: PackChecks) -> list[tuple[str, int]]:
    asked = []
    while checks.current is not None:
        asked.append((checks.current.key, checks.number))
        assert checks.answer(Answer.NO) is None
    return asked


def test_what_concerns_the_kind_is_asked_in_the_tables_order() -> None:
    assert keys(PackChecks(Kind.HEAT, TABLE)) == [("skin", 1), ("injury", 2), ("heard", 3)]
    ice = PackChecks(Kind.ICE, TABLE)
    assert ice.count == 2
    assert keys(ice) == [("skin", 1), ("heard", 2)]


def test_anything_but_no_is_what_blocks() -> None:
    checks = PackChecks(Kind.ICE, TABLE)
    for answer in (Answer.YES, Answer.UNKNOWN):
        assert checks.answer(answer) == TABLE[1]
        assert checks.current == TABLE[1]


def test_only_what_waits_for_the_pack_is_taken_out_of_a_verdict() -> None:
    nothing: frozenset[Alter] = frozenset()
    waiting = Reason(gate("skin"), Answer.UNKNOWN, BOTH, nothing)
    answered = Reason(gate("heard"), Answer.YES, BOTH, nothing)
    asked_once = Reason(gate("asked_once", Asked.PROFILE), Answer.UNKNOWN, BOTH, nothing)
    assert without_pack_questions(Verdict((waiting, answered, asked_once))) == Verdict((answered, asked_once))
