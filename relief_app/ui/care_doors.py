"""What may be started on the Care page now, and what stands in the way of the rest."""

from typing import TYPE_CHECKING

from relief_app.core.exercise import Kind
from relief_app.core.pack_checks import without_pack_questions
from relief_app.core.safety import offer_problem
from relief_app.ports import NotKept
from relief_app.ui.pack_words import next_allowed, no_record, why_limited
from relief_app.ui.pages.care import Door
from relief_app.ui.problem_words import not_offered
from relief_app.ui.words import content

if TYPE_CHECKING:
    from relief_app.core.gates import Verdict
    from relief_app.desktop.pack_care import PackCare
    from relief_app.ports import RoutineSource, SafetyQuestions

KEYS = {"heat": "H", "ice": "I", "massage": "M", "post-run": "A"}
"""The routines behind the door, each with its key."""

KINDS = {"heat": Kind.HEAT, "ice": Kind.ICE}


def care_doors(
    routines: "RoutineSource", questions: "SafetyQuestions", care: "PackCare", now_s: float
) -> list[Door]:
    """The doors in order, at `now_s` (Unix seconds)."""
    verdict = without_pack_questions(questions.verdict())
    return [
        Door(
            routine=name,
            title=content(routines.routine(name).title),
            key=key,
            problem=_gated(name, routines, verdict) or _limited(name, care, now_s),
        )
        for name, key in KEYS.items()
    ]


def _gated(name: str, routines: "RoutineSource", verdict: "Verdict") -> str:
    problem = offer_problem(routines.routine(name), routines.exercises, verdict)
    return "" if problem is None else not_offered(problem)


def _limited(name: str, care: "PackCare", now_s: float) -> str:
    """Too soon, or too many; a pack whose limits nobody knows is not started."""
    if name not in KINDS:
        return ""
    try:
        found = care.next_allowed(KINDS[name])
    except NotKept:
        return no_record()
    return "" if found is None else f"{next_allowed(found, now_s)} {why_limited(found)}"
