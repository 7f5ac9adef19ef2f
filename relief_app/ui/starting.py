"""Starting a routine from a page, and the line to show where that may not be."""

from typing import TYPE_CHECKING, NamedTuple

from relief_app.core.gates import Asked
from relief_app.core.safety import NotOffered
from relief_app.ui.problem_words import dropped, not_offered

if TYPE_CHECKING:
    from relief_app.core.anatomy import Leg
    from relief_app.desktop.session_host import SessionHost
    from relief_app.ports import SafetyQuestions
    from relief_app.ui.main_window import MainWindow
    from relief_app.ui.surroundings import Surroundings


class Started(NamedTuple):
    """Whether a routine runs; where it does not and there is no `problem`, something is asked first."""

    runs: bool
    problem: NotOffered | None = None


def start(host: "SessionHost", routine: str, leg: "Leg", *, urgent: bool = False) -> Started:
    """Start `routine` on `leg`, or find out why that may not be."""
    try:
        return Started(host.start(routine, leg, urgent=urgent))
    except NotOffered as problem:
        return Started(runs=False, problem=problem)


def begin(
    window: "MainWindow", host: "SessionHost", around: "Surroundings", routine: str, *, urgent: bool
) -> None:
    """Start `routine` on the chosen leg and show it; or show what stands in its way."""
    runs, problem = start(host, routine, around.leg(), urgent=urgent)
    sign = sign_against(problem) if problem is not None else None
    if sign is not None:
        window.show_wrong(sign)
    elif problem is not None:
        window.show_home()
        window.say(not_offered(problem))
    elif runs:
        window.show_guide()
        if left := left_out(host, around.questions()):
            window.say(left)


def sign_against(problem: NotOffered) -> str | None:
    """The code of the reported sign that stands in the way of a routine, None where something else does."""
    return next((gate.key for gate in problem.because if gate.asked is Asked.SIGN), None)


def left_out(host: "SessionHost", questions: "SafetyQuestions") -> str | None:
    """What the running session has to do without, in one line; None in a cramp, where nothing is asked."""
    from relief_app.ui.questions import shortened

    session = host.driver.session
    if host.routine is None or session is None or session.is_cramp:
        return None
    return shortened(host.routine, host.routines, questions.verdict())


def go_on(host: "SessionHost") -> str | None:
    """Go on with the kept session; the line that says why it cannot be, None where it runs."""
    gone = host.go_on()
    return None if gone is None else dropped(gone)
