"""What a cramp sees while everything behind it is still loading: its cue and number, and then its picture.

The words are read first, by people too; they need no picture to be imported, made and painted. That follows
at once, before the engine.
"""

from typing import TYPE_CHECKING

from relief_app.storage.first_look import first_step
from relief_app.ui.pages.guide_text import GuideText, GuideWords
from relief_app.ui.words import content, next_text, step_text

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief
    from relief_app.storage.first_look import FirstStep


class FirstLook:
    """The first step of a cramp, shown in two frames."""

    def __init__(self, relief: "Relief", step: "FirstStep") -> None:
        self._window, self._leg, self._step = relief.window, relief.leg, step
        self._words = GuideWords(
            cue=content(step.cue),
            following=next_text(step.following),
            number=str(step.seconds),
            word=relief.tr("seconds"),
            fraction=1.0,
            step=step_text(1, step.holds, relief.leg),
        )

    def show_words(self) -> None:
        """Show cue and number, each in its place."""
        page = GuideText(self._window)
        page.show_words(self._words)
        self._window.show_first(page)

    def show_picture(self) -> None:
        """Show the same with all that belongs to it, painted when this returns."""
        from relief_app.ui.pages.guide_face import GuideFace

        face = GuideFace({}, self._window)
        face.show_words(self._words)
        face.show_first_look(self._step.exercise, self._leg, self._step.holds)
        self._window.show_first(face)
        self._window.repaint()


def first_look(relief: "Relief") -> FirstLook | None:
    """What is shown first; None where nothing is urgent, or the long way round says what is wrong."""
    from relief_app.core.refusal import RoutineRefused
    from relief_app.storage.assets import AssetMissing

    opening = relief.opening
    if not opening.urgent:
        return None
    try:
        return FirstLook(relief, first_step(str(opening.routine), relief.paths.profile))
    except (AssetMissing, RoutineRefused, LookupError, ValueError):
        return None
