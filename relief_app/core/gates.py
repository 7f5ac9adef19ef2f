"""Gates: what an answer blocks or alters, and the law that puts answers together.

The table of gates is data (`assets/gates.toml`, clinical content, sections 4, 6 and 7). The law is one
sentence: every answer forbids what it forbids, and nothing that another one forbids is given back.
"""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple

from relief_app.core.profile import Answer, Profile


class Block(StrEnum):
    """What is not done at all."""

    HOLD = "hold"
    MASSAGE = "massage"
    """No massage step anywhere."""
    MASSAGE_SESSION = "massage_session"
    """No massage but the brief rub of a cramp routine."""
    HEAT = "heat"
    ICE = "ice"
    MOVEMENT = "movement"
    HYDRATION = "hydration"


class Alter(StrEnum):
    """What is done in another way."""

    SEATED = "seated"
    """Bed and seated steps only."""
    SUGGEST_REVIEW = "suggest_review"
    """Suggest a review of the medicine; never that it be stopped."""
    HIDE_POTASSIUM = "hide_potassium"
    """Say nothing in favour of potassium."""


class Asked(StrEnum):
    """When a gate's question is asked."""

    PROFILE = "profile"
    """Once, at set-up; changed when the person likes."""
    PACK = "pack"
    """Before every pack."""
    SIGN = "sign"
    """Never: a sign that the person reports. That it was not reported clears nothing."""
    NEVER = "never"
    """The table of questions cannot be read."""


class Gate(NamedTuple):
    """One question and what hangs on it. `text`, `why` and `instead` are English, from the data.

    `blocks` and `alters` hold for *yes*. They hold for *unknown* too, unless `unknown_blocks` or
    `unknown_alters` say otherwise. `unless` names a gate that takes this one's effect away where it is
    answered *no*. A gate with `lasts_s` asks when something happened and holds for that long after it.
    """

    key: str
    text: str
    why: str
    instead: str
    source: str
    asked: Asked = Asked.PROFILE
    blocks: frozenset[Block] = frozenset()
    alters: frozenset[Alter] = frozenset()
    unknown_blocks: frozenset[Block] | None = None
    unknown_alters: frozenset[Alter] | None = None
    unless: str | None = None
    lasts_s: float | None = None
    picture: str | None = None

    @property
    def is_dated(self) -> bool:
        """True where the answer is a time."""
        return self.lasts_s is not None


class Reason(NamedTuple):
    """One gate that stands in the way, what was answered, and what that takes away."""

    gate: Gate
    answer: Answer
    blocks: frozenset[Block]
    alters: frozenset[Alter]


class Verdict(NamedTuple):
    """What may not be done, or not as usual, and why; nothing stands in the way of the empty one."""

    reasons: tuple[Reason, ...] = ()

    @property
    def blocks(self) -> frozenset[Block]:
        """All that is blocked."""
        return frozenset().union(*(reason.blocks for reason in self.reasons))

    @property
    def alters(self) -> frozenset[Alter]:
        """All that is altered."""
        return frozenset().union(*(reason.alters for reason in self.reasons))

    def because(self, effect: Block | Alter) -> tuple[Reason, ...]:
        """The reasons that block or alter `effect`, in the order of the table."""
        return tuple(reason for reason in self.reasons if effect in reason.blocks | reason.alters)


def verdict(gates: Iterable[Gate], profile: Profile, now_s: float) -> Verdict:
    """The most cautious of what each gate says to `profile` at `now_s` (Unix seconds)."""
    reasons = (_reason(gate, profile, now_s) for gate in gates)
    return Verdict(tuple(reason for reason in reasons if reason.blocks or reason.alters))


def _reason(gate: Gate, profile: Profile, now_s: float) -> Reason:
    answer = _answer(gate, profile, now_s)
    if answer is Answer.NO:
        return Reason(gate, answer, frozenset(), frozenset())
    if answer is Answer.YES:
        return Reason(gate, answer, gate.blocks, gate.alters)
    blocks = gate.blocks if gate.unknown_blocks is None else gate.unknown_blocks
    alters = gate.alters if gate.unknown_alters is None else gate.unknown_alters
    return Reason(gate, answer, blocks, alters)


def _answer(gate: Gate, profile: Profile, now_s: float) -> Answer:
    """What `profile` says to `gate`; *no* as well where another answer takes the gate away."""
    if gate.asked is Asked.SIGN and gate.key in profile.facts:
        return Answer.YES
    if gate.unless is not None and profile.answer(gate.unless) is Answer.NO:
        return Answer.NO
    if gate.lasts_s is None:
        return profile.answer(gate.key)
    # A time that lies ahead comes from a clock that was wrong once: it counts as just now.
    at = profile.facts.get(gate.key)
    return Answer.YES if at is not None and now_s - at < gate.lasts_s else Answer.NO


CAUTIOUS = Verdict(
    (
        Reason(
            Gate("questions", "", "", "", "", Asked.NEVER),
            Answer.UNKNOWN,
            frozenset({Block.MASSAGE, Block.HEAT, Block.ICE, Block.HYDRATION}),
            frozenset({Alter.SEATED, Alter.HIDE_POTASSIUM}),
        ),
    )
)
"""The verdict where not even the questions are known: as with none of them answered."""
