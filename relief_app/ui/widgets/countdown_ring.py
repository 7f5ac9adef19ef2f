"""The ring and the one huge number."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.themed import Themed, fitting_font

FULL_TURN = 360 * 16
TOP = 90 * 16


class CountdownRing(Themed):
    """A ring that empties clockwise round a number, with a word below the number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("countdown_ring")
        self._number, self._word, self._turn = "", "", FULL_TURN

    @property
    def number(self) -> str:
        """The number as shown."""
        return self._number

    def show_time(self, number: str, word: str, fraction: float) -> None:
        """Show `number` and `word`; `fraction` (0..1) of the ring is left."""
        turn = round(min(max(fraction, 0.0), 1.0) * FULL_TURN)
        if (number, word) != (self._number, self._word):
            self._number, self._word = number, word
            self.setAccessibleName(f"{number} {word}".strip())
            self.update()
        # A hundredth of the ring is about a pixel's breadth of change: less is not worth a repaint.
        if abs(turn - self._turn) >= FULL_TURN // 200 or turn in (0, FULL_TURN):
            if turn != self._turn:
                self.update()
            self._turn = turn

    def paintEvent(self, event: QPaintEvent) -> None:
        """Track, what is left, number, word."""
        side = min(self.width(), self.height()) - 8.0
        width = max(side * 0.06, 5.0)
        box = QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side)
        box.adjust(width / 2, width / 2, -width / 2, -width / 2)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(QPen(self.theme.colour("ring_track"), width))
        painter.drawEllipse(box)
        pen = QPen(self.theme.colour("ring"), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
        painter.setPen(pen)
        if self._turn:
            painter.drawArc(box, TOP, -self._turn)
        self._paint_text(painter, box)
        painter.end()

    def _paint_text(self, painter: QPainter, box: QRectF) -> None:
        side = box.width()
        painter.setPen(self.theme.colour("text"))
        number = QRectF(box.left() + side * 0.12, box.top() + side * 0.2, side * 0.76, side * 0.46)
        painter.setFont(fitting_font(self._number, number.width(), number.height(), side * 0.46, bold=True))
        painter.drawText(number, int(Qt.AlignmentFlag.AlignCenter), self._number)
        if self._word:
            word = QRectF(box.left() + side * 0.2, box.top() + side * 0.66, side * 0.6, side * 0.17)
            painter.setPen(self.theme.colour("muted"))
            painter.setFont(fitting_font(self._word, word.width(), word.height(), side * 0.11))
            painter.drawText(word, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), self._word)
