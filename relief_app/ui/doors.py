"""What is behind each door of the first page, and what stands in the way of it now."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from relief_app.core.exercise import Kind
from relief_app.core.pack_checks import without_pack_questions
from relief_app.core.safety import offer_problem
from relief_app.ports import NotKept
from relief_app.ui.doorways import CARE, PREPARE, SHOW
from relief_app.ui.pack_words import next_allowed, no_record, why_limited
from relief_app.ui.pages.doors import Door
from relief_app.ui.problem_words import not_offered_in_short
from relief_app.ui.words import content

if TYPE_CHECKING:
    from relief_app.core.gates import Verdict
    from relief_app.desktop.pack_care import PackCare
    from relief_app.ports import RoutineSource, SafetyQuestions

ANATOMY, BEDSIDE = "anatomy", "bedside"
"""Doors that lead to a page and not to a routine."""

BEHIND = {
    PREPARE: {"bedtime": "B", "post-run": "R", "micro-break": "M", BEDSIDE: "Z"},
    CARE: {"heat": "H", "ice": "I", "massage": "M"},
    SHOW: {"demonstration": "D", ANATOMY: "A"},
}
"""What is behind each doorway, with its key."""

KINDS = {"heat": Kind.HEAT, "ice": Kind.ICE}


def doors_behind(
    doorway: str, routines: "RoutineSource", questions: "SafetyQuestions", care: "PackCare", now_s: float
) -> list[Door]:
    """The doors behind `doorway` in order, at `now_s` (Unix seconds)."""
    verdict = without_pack_questions(questions.verdict())

    def door(name: str, key: str) -> Door:
        if name == ANATOMY:
            return Door(name, QCoreApplication.translate("doors", "Anatomy"), key)
        if name == BEDSIDE:
            return _bedside(key, care)
        problem = _gated(name, routines, verdict) or _limited(name, care, now_s)
        return Door(name, content(routines.routine(name).title), key, problem)

    return [door(name, key) for name, key in BEHIND[doorway].items()]


def _bedside(key: str, care: "PackCare") -> Door:
    problem = QCoreApplication.translate("doors", "The pack comes off first.") if care.is_on else ""
    return Door(BEDSIDE, QCoreApplication.translate("doors", "Bedside mode"), key, problem)


def _gated(name: str, routines: "RoutineSource", verdict: "Verdict") -> str:
    problem = offer_problem(routines.routine(name), routines.exercises, verdict)
    return "" if problem is None else not_offered_in_short(problem)


def _limited(name: str, care: "PackCare", now_s: float) -> str:
    """Too soon, or too many; a pack whose limits nobody knows is not started."""
    if name not in KINDS:
        return ""
    try:
        found = care.next_allowed(KINDS[name])
    except NotKept:
        return no_record()
    return "" if found is None else f"{next_allowed(found, now_s)} {why_limited(found)}"
