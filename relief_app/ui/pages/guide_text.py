"""The words of the Guide page: cue, what comes next, and the number in its ring.

By themselves they are the first thing that a cramp sees. So nothing here imports pictures, or Qt's namespace
`Qt` (see `text_flags`): a test looks whether that is still true.
"""

from typing import NamedTuple

from PySide6.QtCore import QRect
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.pages.guide_layout import STEERING_COUNT, TOOL_COUNT, GuidePlaces, places
from relief_app.ui.widgets.countdown_ring import CountdownRing
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.themed import Themed, text_scale

FOLLOWING_SHARE = 0.26
"""Share of the room for words that what comes next has at least."""
FOLLOWING_SIZE = 0.65
"""Share of its largest size to which it shrinks before it takes more."""


class GuideWords(NamedTuple):
    """Texts of one moment and the ring's fraction (0..1 left)."""

    cue: str
    following: str
    number: str
    word: str
    fraction: float
    step: str


class GuideText(Themed):
    """The words where they stand on the whole page, which leaves them there when it comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide_page")
        self.words_place = QRect()
        self.cue = CueLabel("cue_label", largest=56, bold=True, parent=self)
        self.following = CueLabel("next_label", largest=24, role="muted", parent=self)
        self.ring = CountdownRing(self)

    def show_words(self, words: GuideWords) -> None:
        """Show the texts of one moment."""
        self.cue.setText(words.cue)
        if words.following != self.following.text():
            self.following.setText(words.following)
            self.share_words()
        self.ring.show_time(words.number, words.word, words.fraction)

    def arrange(self, *, cramp: bool) -> GuidePlaces:
        """Put everything in its place."""
        height = self.height()
        spots = places(
            self.width(),
            height,
            cramp=cramp,
            tools=TOOL_COUNT,
            steering=STEERING_COUNT,
            scale=text_scale(),
        )
        self.cue.set_largest(max(52.0, height * 0.078))
        self.following.set_largest(max(22.0, height * 0.032))
        self.words_place = spots.cue.united(spots.following)
        self.share_words()
        self.ring.setGeometry(spots.ring)
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
