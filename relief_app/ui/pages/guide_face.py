"""The face of the Guide page: its parts and where they stand, before any session is behind it.

It knows no engine, so that a cramp sees its first picture while the engine is still loading.
"""

from collections.abc import Mapping

from PySide6.QtCore import Qt
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import Leg
from relief_app.pictures.figure import PoseState
from relief_app.ui.pages.guide_controls import Action, GuideControls
from relief_app.ui.pages.guide_keys import GuideKey
from relief_app.ui.pages.guide_layout import GuidePlaces
from relief_app.ui.pages.guide_text import GuideText, GuideWords
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.pose_view import PoseView
from relief_app.ui.widgets.progress_dots import ProgressDots
from relief_app.ui.widgets.text_flags import LEFT

DOTS_HIGH = 22


class GuideFace(GuideText):
    """Picture, cue, ring and buttons, laid out for the page's size."""

    def __init__(self, actions: Mapping[GuideKey, Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.progress = ProgressDots(self)
        self.step = CueLabel("step_label", largest=16, role="muted", align=LEFT, parent=self)
        self.pose = PoseView(self)
        self.pose.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.controls = GuideControls(self, actions)

    def show_words(self, words: GuideWords) -> None:
        """Show the texts of one moment."""
        super().show_words(words)
        self.step.setText(words.step)

    def show_first_look(self, exercise: str, leg: Leg, holds: int) -> None:
        """Show the first picture of a cramp of `holds` holds."""
        self.progress.show_progress(0, holds)
        self.pose.show_pose(PoseState(exercise, phase=0.0, leg=leg))

    def arrange(self, *, cramp: bool) -> GuidePlaces:
        """Put everything in its place."""
        spots = super().arrange(cramp=cramp)
        self.step.set_largest(max(15.0, self.height() * 0.021))
        dots = min(spots.progress.height() // 3, DOTS_HIGH)
        for part in (self.progress, self.step):
            part.setVisible(not spots.progress.isEmpty())
        self.progress.setGeometry(spots.progress.adjusted(0, 0, 0, dots - spots.progress.height()))
        self.step.setGeometry(spots.progress.adjusted(0, dots, 0, 0))
        self.pose.setGeometry(spots.picture)
        self.controls.place(spots)
        self.controls.show_eased(shown=cramp)
        return spots

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page's ground."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.colour("window"))
        painter.end()
