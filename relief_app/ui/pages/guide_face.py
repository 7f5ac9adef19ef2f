"""The face of the Guide page: its parts and where they stand, before any session is behind it.

It knows no engine, so that a cramp sees its first picture and cue while the engine is still loading.
"""

from collections.abc import Mapping
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import Leg
from relief_app.pictures.figure import PoseState
from relief_app.ui.pages.guide_controls import STEERING_COUNT, TOOL_COUNT, Action, GuideControls
from relief_app.ui.pages.guide_keys import GuideKey
from relief_app.ui.pages.guide_layout import GuidePlaces, places
from relief_app.ui.widgets.countdown_ring import CountdownRing
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.pose_view import PoseView
from relief_app.ui.widgets.progress_dots import ProgressDots
from relief_app.ui.widgets.themed import Themed, text_scale

FOLLOWING_SHARE = 0.26
"""Share of the room for words that what comes next has at least."""
FOLLOWING_SIZE = 0.65
"""Share of its largest size to which it shrinks before it takes more."""
DOTS_HIGH = 22


class GuideWords(NamedTuple):
    """Texts of one moment and the ring's fraction (0..1 left)."""

    cue: str
    following: str
    number: str
    word: str
    fraction: float
    step: str


class GuideFace(Themed):
    """Picture, cue, ring and buttons, laid out for the page's size."""

    def __init__(self, actions: Mapping[GuideKey, Action], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        left = Qt.AlignmentFlag.AlignLeft
        self.words_place = QRect()
        self.progress = ProgressDots(self)
        self.step = CueLabel("step_label", largest=16, role="muted", align=left, parent=self)
        self.pose = PoseView(self)
        self.pose.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.cue = CueLabel("cue_label", largest=56, bold=True, parent=self)
        self.following = CueLabel("next_label", largest=24, role="muted", parent=self)
        self.ring = CountdownRing(self)
        self.controls = GuideControls(self, actions)

    def show_words(self, words: GuideWords) -> None:
        """Show the texts of one moment."""
        self.cue.setText(words.cue)
        if words.following != self.following.text():
            self.following.setText(words.following)
            self.share_words()
        self.step.setText(words.step)
        self.ring.show_time(words.number, words.word, words.fraction)

    def show_first_look(self, exercise: str, leg: Leg, words: GuideWords, holds: int) -> None:
        """Show the first moment of a cramp of `holds` holds."""
        self.arrange(cramp=True)
        self.show_words(words)
        self.progress.show_progress(0, holds)
        self.pose.show_pose(PoseState(exercise, phase=0.0, leg=leg))

    def arrange(self, *, cramp: bool) -> GuidePlaces:
        """Put everything in its place."""
        spots = places(
            self.width(),
            self.height(),
            cramp=cramp,
            tools=TOOL_COUNT,
            steering=STEERING_COUNT,
            scale=text_scale(),
        )
        height = self.height()
        self.cue.set_largest(max(52.0, height * 0.078))
        self.following.set_largest(max(22.0, height * 0.032))
        self.step.set_largest(max(15.0, height * 0.021))
        dots = min(spots.progress.height() // 3, DOTS_HIGH)
        for part in (self.progress, self.step):
            part.setVisible(not spots.progress.isEmpty())
        self.progress.setGeometry(spots.progress.adjusted(0, 0, 0, dots - spots.progress.height()))
        self.step.setGeometry(spots.progress.adjusted(0, dots, 0, 0))
        self.pose.setGeometry(spots.picture)
        self.words_place = spots.cue.united(spots.following)
        self.share_words()
        self.ring.setGeometry(spots.ring)
        self.controls.place(spots)
        self.controls.show_eased(shown=cramp)
        return spots

    def share_words(self) -> None:
        """What comes next, or a notice, takes from the cue's room what it needs, up to a half."""
        place = self.words_place
        usual, most = round(place.height() * FOLLOWING_SHARE), round(place.height() * 0.5)
        low = min(max(usual, self.following.height_at(place.width(), FOLLOWING_SIZE)), most)
        self.cue.setGeometry(place.adjusted(0, 0, 0, -low - round(place.height() * 0.06)))
        self.following.setGeometry(place.adjusted(0, place.height() - low, 0, 0))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        self.arrange(cramp=True)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page's ground."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.colour("window"))
        painter.end()
