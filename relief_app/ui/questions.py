"""Which safety questions a page asks, and what their answers leave of the built-in routines."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from relief_app.core.anatomy import Leg
from relief_app.core.gates import Alter, Asked, Block, Gate, Verdict
from relief_app.core.profile import Answer
from relief_app.core.safety import against_exercise, offer_problem, performed
from relief_app.ui.problem_words import not_offered
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
    """Title of each built-in routine, and whether it is whole, shortened or not offered, and why."""
    verdict = port.verdict()
    found = (routines.routine(name) for name in SHOWN)
    return [(content(routine.title), _possible(routine, routines, verdict)) for routine in found]


def _asked(port: "SafetyQuestions") -> tuple[Gate, ...]:
    gates = port.gates or ()
    return tuple(gate for gate in gates if gate.asked is Asked.PROFILE and not gate.is_dated)


def _is_first(gate: Gate) -> bool:
    return bool((gate.blocks | gate.alters) & FIRST)


def _possible(routine: "Routine", routines: "RoutineSource", verdict: Verdict) -> str:
    problem = offer_problem(routine, routines.exercises, verdict)
    if problem is not None:
        return _tr("Not offered. %1").replace("%1", not_offered(problem))
    whole = performed(routine, routines.exercises, Leg.RIGHT, Verdict())
    left = performed(routine, routines.exercises, Leg.RIGHT, verdict)
    if len(left) == len(whole):
        return _tr("Whole.")
    reasons = (reason for hold in whole for reason in against_exercise(hold.exercise, routine, verdict))
    why = (
        content(reason.gate.why)
        if reason.answer is Answer.YES
        else _tr("Not answered: %1").replace("%1", content(reason.gate.text))
        for reason in reasons
    )
    return _tr("Shortened. %1").replace("%1", " ".join(dict.fromkeys(why)))


def _tr(text: str) -> str:
    return QCoreApplication.translate("questions", text)
