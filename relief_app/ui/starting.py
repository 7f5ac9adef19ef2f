"""Starting a routine from a page, and the line to show where that may not be."""

from typing import TYPE_CHECKING

from relief_app.core.safety import NotOffered
from relief_app.ui.problem_words import dropped, not_offered

if TYPE_CHECKING:
    from relief_app.core.anatomy import Leg
    from relief_app.desktop.session_host import SessionHost


def start(host: "SessionHost", routine: str, leg: "Leg") -> str | None:
    """Start `routine` on `leg`; the line that says why it may not be, None where it runs."""
    try:
        host.start(routine, leg)
    except NotOffered as problem:
        return not_offered(problem)
    return None


def go_on(host: "SessionHost") -> str | None:
    """Go on with the kept session; the line that says why it cannot be, None where it runs."""
    gone = host.go_on()
    return None if gone is None else dropped(gone)
