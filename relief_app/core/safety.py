"""What may be offered to whom.

Until the questions before a pack and a massage are asked by the app, whatever needs them is not offered
at all: the cautious answer to a question nobody asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from relief_app.core.exercise import Exercise, Kind
from relief_app.core.routine import Routine

GATED_KINDS = frozenset({Kind.HEAT, Kind.ICE, Kind.MASSAGE})
"""Kinds with the mark V, "gates must be clear" (clinical content, section 8)."""

NOT_OFFERED = frozenset({"post-run", "demonstration"})
"""Built-in routines that ask questions of their own before they begin."""


class NotOfferedReason(StrEnum):
    """Why a routine cannot be started."""

    NEEDS_QUESTIONS = "needs_questions"


@dataclass(frozen=True, slots=True)
class NotOffered(Exception):  # noqa: N818 - an answer with a reason, not an accident
    """A routine that may not be started now, and why."""

    routine: str
    reason: NotOfferedReason


def offer_problem(routine: Routine, exercises: Mapping[str, Exercise]) -> NotOffered | None:
    """Why `routine` is not offered, or None where it is.

    A routine whose every step needs questions, or any of whose steps is a pack, is not offered.
    Massage steps of other routines are left out (see `skipped_kinds`).
    """
    kinds = {exercises[step.exercise].kind for step in routine.steps}
    packs = kinds & {Kind.HEAT, Kind.ICE}
    if routine.id in NOT_OFFERED or packs or kinds <= GATED_KINDS:
        return NotOffered(routine.id, NotOfferedReason.NEEDS_QUESTIONS)
    return None


def skipped_kinds() -> frozenset[Kind]:
    """Kinds of exercise that are left out of a session: no gate has been cleared."""
    return GATED_KINDS


class Urgency(StrEnum):
    """How soon a red flag needs help."""

    EMERGENCY = "emergency"
    URGENT = "urgent"
    TODAY = "today"
    DOCTOR = "doctor"


class RedFlag(NamedTuple):
    """A sign that this is no ordinary cramp: what is seen or felt, and what to do now."""

    code: str
    trigger: str
    action: str
    urgency: Urgency
