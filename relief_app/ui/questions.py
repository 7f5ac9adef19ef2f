"""Which safety questions a page asks, and what their answers leave of the built-in routines."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from relief_app.core.anatomy import Leg
from relief_app.core.gates import Alter, Asked, Block, Gate, Reason, Verdict
from relief_app.core.profile import Answer
from relief_app.core.safety import NotOfferedReason, against_exercise, offer_problem, performed
from relief_app.ui.words import content

if TYPE_CHECKING:
    from relief_app.core.routine import Routine
    from relief_app.ports import RoutineSource, SafetyQuestions

FIRST: frozenset[Block | Alter] = frozenset(
    {Block.HOLD, Block.MOVEMENT, Block.MASSAGE, Block.MASSAGE_SESSION, Alter.SEATED}
)
"""What stretching, massage and standing hang on: questions on this come first."""

SHOWN = ("cramp-bed", "cramp-standing", "bedtime", "micro-break", "massage", "heat", "ice", "post-run")


def first_questions(port: "SafetyQuestions") -> tuple[Gate, ...]:
    """The questions that massage and standing steps hang on, in the order of the table."""
    return tuple(gate for gate in _asked(port) if _is_first(gate))


def further_questions(port: "SafetyQuestions") -> tuple[Gate, ...]:
    """All others that yes or no can answer: packs, drinking, medicines."""
    return tuple(gate for gate in _asked(port) if not _is_first(gate))


def is_unanswered(port: "SafetyQuestions") -> bool:
    """True while one of the first questions was never answered; "not sure" is an answer."""
    answers = port.profile().answers
    return any(gate.key not in answers for gate in first_questions(port))


def what_is_possible(port: "SafetyQuestions", routines: "RoutineSource") -> list[tuple[str, str]]:
    """Title of each built-in routine, and whether it is complete, shortened or not offered, and why."""
    verdict = port.verdict()
    found = (routines.routine(name) for name in SHOWN)
    return [(content(routine.title), _possible(routine, routines, verdict)) for routine in found]


def _asked(port: "SafetyQuestions") -> tuple[Gate, ...]:
    gates = port.gates or ()
    return tuple(gate for gate in gates if gate.asked is Asked.PROFILE and not gate.is_dated)


def _is_first(gate: Gate) -> bool:
    return bool((gate.blocks | gate.alters) & FIRST)


def shortened(routine: "Routine", routines: "RoutineSource", verdict: Verdict) -> str | None:
    """Why steps of an offered `routine` are left out, and the key to change that; None where none are."""
    reasons = _reasons(routine, routines, verdict)
    if not reasons:
        return None
    text = _tr("Shortened. %1 (key Q on the first page)")
    return text.replace("%1", " ".join(dict.fromkeys(map(_why, reasons))))


def _reasons(routine: "Routine", routines: "RoutineSource", verdict: Verdict) -> list[Reason]:
    """What stands in the way of steps that `routine` has for whom nothing does."""
    whole = performed(routine, routines.exercises, Leg.RIGHT, Verdict())
    return [reason for hold in whole for reason in against_exercise(hold.exercise, routine, verdict)]


def _possible(routine: "Routine", routines: "RoutineSource", verdict: Verdict) -> str:
    problem = offer_problem(routine, routines.exercises, verdict)
    if problem is not None and problem.reason is NotOfferedReason.NEEDS_QUESTIONS:
        return _tr("Not part of this version yet.")
    reasons = _reasons(routine, routines, verdict)
    if problem is None and not reasons:
        return _tr("Complete.")
    text = _tr("Shortened. %1") if problem is None else _tr("Not offered. %1")
    return text.replace("%1", " ".join(dict.fromkeys(map(_why, reasons))))


def _why(reason: Reason) -> str:
    """What an answer, or the want of one, means."""
    if reason.gate.asked is Asked.NEVER:
        return _tr("The safety questions cannot be read.")
    if reason.gate.asked is Asked.SIGN:
        return _tr("Reported: %1.").replace("%1", content(reason.gate.why))
    if reason.answer is Answer.YES:
        return content(reason.gate.why)
    return _tr("Not answered: %1").replace("%1", content(reason.gate.text))


def _tr(text: str) -> str:
    return QCoreApplication.translate("questions", text)
