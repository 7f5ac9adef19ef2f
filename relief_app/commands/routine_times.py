"""How long a routine takes, as it would be performed."""

from collections.abc import Mapping

from relief_app.core.anatomy import Leg
from relief_app.core.events import Phase
from relief_app.core.exercise import Exercise
from relief_app.core.gates import Verdict
from relief_app.core.routine import MINUTE, Routine, plan
from relief_app.core.safety import offer_problem, performed
from relief_app.core.timeline import lead_anew, lead_in, phase_ms


def planned_ms(routine: Routine, exercises: Mapping[str, Exercise], verdict: Verdict) -> int:
    """Length of `routine` with its lead-ins; an open-ended step counts with its dose.

    Without the steps that `verdict` leaves out; in full where it does not offer the routine at all.
    """
    if offer_problem(routine, exercises, verdict) is None:
        holds = performed(routine, exercises, Leg.RIGHT, verdict)
    else:
        holds = plan(routine, exercises, Leg.RIGHT)
    total, before = 0, None
    for hold in holds:
        lead = lead_anew(hold, hold) if before is None else lead_in(before, hold)
        if lead is not Phase.ACTIVE:
            total += phase_ms(lead, hold, 0 if before is None else before.rest_ms)
        total += hold.duration_ms
        before = hold
    return total


def minutes(milliseconds: int) -> int:
    """Whole minutes, never none."""
    return max(1, round(milliseconds / MINUTE))
