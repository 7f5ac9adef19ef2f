"""The ring and the one huge number."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPainterPath, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from relief_app.ui.theme import Theme
from relief_app.ui.widgets.text_flags import CENTRE, WRAP
from relief_app.ui.widgets.themed import Themed, fitting_font, text_scale, write_in

FULL_TURN = 360 * 16
TOP = 90
"""Degrees, as Qt counts them."""
SMALL, TINY = 180, 90
"""Below these sides, at usual text size, a ring is small, and tiny."""


class CountdownRing(Themed):
    """A ring that empties clockwise round a number, with a word below the number."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("countdown_ring")
        self._number, self._word, self._turn = "", "", FULL_TURN

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme`."""
        super().set_theme(theme)
        write_in(self, theme.colour("text"))

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
        if self._turn < FULL_TURN:
            painter.strokePath(_circle(box), self._pen("ring_track", width))
        if self._turn:
            painter.strokePath(self._left(box), self._pen("ring", width))
        self._paint_text(painter, box)
        painter.end()

    def _left(self, box: QRectF) -> QPainterPath:
        """What is left of the ring, from the top."""
        if self._turn == FULL_TURN:
            return _circle(box)
        path = QPainterPath()
        path.arcMoveTo(box, TOP)
        path.arcTo(box, TOP, -self._turn / 16)
        return path

    def _pen(self, role: str, width: float) -> QPen:
        """What is left ends round; a full ring has no ends."""
        pen = QPen()
        pen.setColor(self.theme.colour(role))
        pen.setWidthF(width)
        if self._turn != FULL_TURN:
            from PySide6.QtCore import Qt  # late: see `text_flags`

            pen.setCapStyle(Qt.PenCapStyle.RoundCap)
        return pen

    def _paint_text(self, painter: QPainter, box: QRectF) -> None:
        side = box.width()
        # A small ring, or large text: the word below needs what the number can spare.
        word_high = 0.36 if side < TINY else 0.28 if side < SMALL * text_scale() else 0.17
        low, top = 0.83 - word_high, 0.2 if word_high < 0.2 else 0.13
        number = QRectF(box.left() + side * 0.12, box.top() + side * top, side * 0.76, side * (low - top))
        painter.setFont(fitting_font(self._number, number.width(), number.height(), side * 0.46, bold=True))
        painter.drawText(number, CENTRE, self._number)
        if self._word:
            word = QRectF(box.left() + side * 0.19, box.top() + side * low, side * 0.62, side * word_high)
            painter.setFont(fitting_font(self._word, word.width(), word.height(), side * 0.11 + 2))
            painter.drawText(word, CENTRE | WRAP, self._word)


def _circle(box: QRectF) -> QPainterPath:
    path = QPainterPath()
    path.addEllipse(box)
    return path
