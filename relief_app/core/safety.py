"""What may be offered to whom: the gates' verdict upon a routine."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Exercise, Kind, Position
from relief_app.core.gates import Alter, Asked, Block, Gate, Reason, Verdict
from relief_app.core.pack_limits import Limit
from relief_app.core.profile import Answer
from relief_app.core.routine import Hold, Routine, plan

COOL_DOWN = "post-run"
CRAMPING_NOW = "cramp-standing"
"""What a cramp before the cool-down leads to."""

STANDING = frozenset({"cramp-standing", "demonstration"})
"""Built-in routines that are about standing: who starts one has chosen to stand."""


class NotOfferedReason(StrEnum):
    """Why a routine cannot be started."""

    GATED = "gated"
    """An answer stands in its way."""
    UNANSWERED = "unanswered"
    """Questions of the profile that are not answered stand in its way."""
    NEEDS_QUESTIONS = "needs_questions"
    """It needs questions right before it, which nobody asks yet."""
    NO_TABLE = "no_table"
    """The table of questions cannot be read."""
    NO_SIGNS = "no_signs"
    """A sign was reported, and the table that says what it forbids cannot be read."""
    LIMIT = "limit"
    """Too soon after another pack, or one too many."""
    NO_RECORD = "no_record"
    """What packs there were cannot be read, or this one's time could not be kept."""
    MIXED = "mixed"
    """It asks for heat and ice, or for a pack in the middle of a cramp."""


@dataclass(frozen=True, slots=True)
class NotOffered(Exception):  # noqa: N818 - an answer with a reason, not an accident
    """A routine that may not be started now, why, and the gates that stand in its way."""

    routine: str
    reason: NotOfferedReason
    because: tuple[Gate, ...] = ()
    limit: Limit | None = None


def offer_problem(routine: Routine, exercises: Mapping[str, Exercise], verdict: Verdict) -> NotOffered | None:
    """Why `routine` is not offered under `verdict`, or None where it is.

    Massage and standing steps can be left out of a routine. One that loses anything else, or all but
    resting, is not offered.
    """
    steps = {hold.step: hold.exercise for hold in _whole(routine, exercises, Leg.RIGHT, verdict)}
    against = {step: against_exercise(found, routine, verdict) for step, found in steps.items()}
    lost = [step for step, reasons in against.items() if reasons]
    needed = [step for step in lost if _is_needed(steps[step], verdict)]
    if needed:
        return not_offered(routine, [reason for step in needed for reason in against[step]])
    if lost and all(against[step] or found.is_rest for step, found in steps.items()):
        return not_offered(routine, [reason for step in lost for reason in against[step]])
    return None


def asks_for_cramp(routine: Routine) -> bool:
    """True where "cramping now, or cool down?" comes first (clinical content, section 8, routine 3)."""
    return routine.id == COOL_DOWN


def performed(
    routine: Routine, exercises: Mapping[str, Exercise], leg: Leg, verdict: Verdict
) -> tuple[Hold, ...]:
    """The holds of `routine` as they may be performed under `verdict`, starting with `leg`."""
    holds = _whole(routine, exercises, leg, verdict)
    return tuple(hold for hold in holds if not against_exercise(hold.exercise, routine, verdict))


def is_seated(routine: Routine, verdict: Verdict) -> bool:
    """True where steps of `routine` that have a seated version are done seated.

    They are, unless the person has chosen to stand and is not known to be unsteady.
    """
    return routine.id not in STANDING or bool(_against_standing(routine, verdict))


def against_exercise(exercise: Exercise, routine: Routine, verdict: Verdict) -> tuple[Reason, ...]:
    """What stands in the way of `exercise` as a step of `routine`; nothing where it may be done."""
    found = verdict.because(_BLOCKS[exercise.kind])
    if exercise.kind is Kind.MASSAGE and not routine.is_cramp:
        found += verdict.because(Block.MASSAGE_SESSION)
    if exercise.position is Position.STANDING:
        found += _against_standing(routine, verdict)
    return found


_BLOCKS: Mapping[Kind, Block] = {
    Kind.HOLD: Block.HOLD,
    Kind.MASSAGE: Block.MASSAGE,
    Kind.HEAT: Block.HEAT,
    Kind.ICE: Block.ICE,
    Kind.MOVEMENT: Block.MOVEMENT,
}


def _whole(
    routine: Routine, exercises: Mapping[str, Exercise], leg: Leg, verdict: Verdict
) -> tuple[Hold, ...]:
    return plan(routine, exercises, leg, seated=is_seated(routine, verdict))


def _against_standing(routine: Routine, verdict: Verdict) -> tuple[Reason, ...]:
    """Who has chosen to stand is held back by an answer, and not by the want of one."""
    reasons = verdict.because(Alter.SEATED)
    chosen = routine.id in STANDING
    return tuple(reason for reason in reasons if reason.answer is Answer.YES or not chosen)


def _is_needed(exercise: Exercise, verdict: Verdict) -> bool:
    """True where no routine is itself without `exercise`: what is blocked is neither massage nor standing."""
    return exercise.kind is not Kind.MASSAGE and bool(verdict.because(_BLOCKS[exercise.kind]))


def not_offered(routine: Routine, reasons: Iterable[Reason]) -> NotOffered:
    """What `reasons` (at least one) come to.

    Answers come before questions, and questions that nobody asks yet before those answered in vain.
    """
    found = tuple(reasons)
    answered = tuple(reason.gate for reason in found if reason.answer is Answer.YES)
    asked = {reason.gate.asked for reason in found}
    if answered:
        return NotOffered(routine.id, NotOfferedReason.GATED, tuple(dict.fromkeys(answered)))
    if any(reason.gate is LOST_SIGN.gate for reason in found):
        return NotOffered(routine.id, NotOfferedReason.NO_SIGNS)
    if Asked.NEVER in asked:
        return NotOffered(routine.id, NotOfferedReason.NO_TABLE)
    if Asked.PACK in asked:
        return NotOffered(routine.id, NotOfferedReason.NEEDS_QUESTIONS)
    gates = tuple(dict.fromkeys(reason.gate for reason in found))
    return NotOffered(routine.id, NotOfferedReason.UNANSWERED, gates)


class Urgency(StrEnum):
    """How soon a red flag needs help."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    TODAY = "today"
    DOCTOR = "doctor"


class RedFlag(NamedTuple):
    """A sign that this is no ordinary cramp: what is seen or felt, what to do now, what it blocks."""

    code: str
    trigger: str
    action: str
    urgency: Urgency
    blocks: frozenset[Block] = frozenset()
    question: str = ""
    picture: str | None = None


def sign_gate(flag: RedFlag) -> Gate:
    """`flag` as a gate: reported, it blocks; not reported, it clears nothing.

    A reported sign is a dated fact of the profile. It does not lapse with time, however long ago or far
    ahead its date is, and feeling better does not lift it: it holds until the person says that a clinician
    has looked at it, which takes the fact away, for each sign by itself (our choice; the clinical content
    names no end).
    """
    return Gate(
        key=flag.code,
        text=flag.trigger,
        why=flag.trigger,
        instead=flag.action,
        source="design",
        asked=Asked.SIGN,
        blocks=flag.blocks,
        unknown_blocks=frozenset(),
    )


LOST_SIGN = Reason(
    Gate("lost_sign", "", "", "", "", Asked.NEVER),
    Answer.UNKNOWN,
    frozenset({Block.HOLD, Block.MASSAGE, Block.HEAT, Block.ICE, Block.MOVEMENT, Block.HYDRATION}),
    frozenset(),
)
"""Stands in the way of everything where a sign was reported and nobody can look up what it forbids."""


def steps_blocked(holds: Iterable[Hold], verdict: Verdict) -> bool:
    """True where `verdict` forbids what one of `holds` does: a session of them may not go on."""
    return any(verdict.because(_BLOCKS[hold.exercise.kind]) for hold in holds)
