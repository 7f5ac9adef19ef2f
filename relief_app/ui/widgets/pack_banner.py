"""The line above a page that has to stay usable while a pack is on: a cramp's, or "Something is wrong"."""

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.answer_buttons import AnswerButton
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.themed import Themed, target_side, text_scale
from relief_app.ui.widgets.touch_button import Weight

GAP = 10


class PackBanner(Themed):
    """Says that the pack comes off first, with the button that says so; it stays until that is pressed."""

    acknowledged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pack_banner")
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._is_urgent = False
        self._words = CueLabel(
            "pack_banner_label", largest=30, role="warning_text", bold=True, align=left, parent=self
        )
        self._off = AnswerButton(
            "acknowledge_button", self.tr("The pack is off"), weight=Weight.PRIMARY, parent=self
        )
        self._off.set_text_size(20)
        self._off.clicked.connect(self.acknowledged.emit)
        self.hide()

    def present(self, *, urgent: bool) -> None:
        """Show what comes first; `urgent` while the alarm stands."""
        self._is_urgent = urgent
        self._words.setText(self.tr("Take the pack off now") if urgent else self.tr("Pack off first"))
        self.setAccessibleName(self._words.text())
        self.update()

    def wanted_height(self) -> int:
        """How much of the page it takes, in device-independent pixels."""
        return target_side(self.window().height()) + 2 * GAP

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Words left, button right."""
        button = min(round(220 * min(text_scale(), 1.8)), self.width() // 2)
        self._off.setGeometry(self.width() - button - GAP, GAP, button, self.height() - 2 * GAP)
        self._words.setGeometry(QRect(2 * GAP, GAP, self.width() - button - 4 * GAP, self.height() - 2 * GAP))

    def paintEvent(self, event: QPaintEvent) -> None:
        """A ground that stands out, louder in an alarm."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("warning"))
        edge = 6 if self._is_urgent else 2
        painter.fillRect(
            0,
            self.height() - edge,
            self.width(),
            edge,
            self.theme.colour("ring" if self._is_urgent else "line"),
        )
        painter.end()
