"""Warning signs to press: a picture and a plain question each, in one column or two that scroll."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter
from PySide6.QtWidgets import QWidget

from relief_app.pictures.painting import paint
from relief_app.pictures.signs import sign_picture
from relief_app.ui.theme import Theme
from relief_app.ui.widgets.scrolled import Scrolled
from relief_app.ui.widgets.themed import Themed, scaled_font, text_scale
from relief_app.ui.widgets.touch_button import TouchButton

GAP = 10
TEXT_SIZE = 18.0
NOTE_SIZE = 15.0
PICTURE = 92.0
TWO_COLUMNS_FROM = 660
_WRAP = int(Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignVCenter)


class SignView(Themed):
    """One pictogram, as large as fits."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sign_view")
        self.sign: str | None = None
        """The pictogram that is shown, if any."""

    def show_sign(self, name: str | None) -> None:
        """Show the pictogram `name`, or nothing."""
        self.sign = name
        self.update()

    def paintEvent(self, event: object) -> None:
        """The pictogram in the theme's colours."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("window"))
        paint_sign(painter, self.sign, self.theme, QRectF(self.rect()))
        painter.end()


class SignCard(TouchButton):
    """A picture, a question, and when it was reported before."""

    def __init__(self, name: str, question: str, picture: str | None, parent: QWidget | None = None) -> None:
        super().__init__(name, question, parent=parent)
        self._picture, self._note = picture, ""

    def set_note(self, note: str) -> None:
        """Say `note` below the question; a card with a note stands out."""
        self._note = note
        self.setCheckable(bool(note))
        self.setChecked(bool(note))
        self.setAccessibleName(f"{self.text()} {note}".strip())
        self.update()

    def nextCheckState(self) -> None:
        """Pressing changes nothing about what was reported before."""

    def fit(self, width: int) -> int:
        """The height needed at `width`, in device-independent pixels."""
        words = self._words_width(width)
        text = _height(self.text(), words, self._size(words))
        note = _height(self._note, words, NOTE_SIZE, bold=False) if self._note else 0.0
        return round(max(text + note, self._picture_side(width)) + 2 * GAP)

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """A second click of a double click would press what stands there next."""
        event.accept()

    def _picture_side(self, width: int) -> float:
        return min(PICTURE, width * 0.26) if self._picture else 0.0

    def _words_width(self, width: int) -> float:
        side = self._picture_side(width)
        return width - side - (3 if side else 2) * GAP - 6

    def _size(self, width: float) -> float:
        """Text size at which the longest word fits."""
        metrics = QFontMetricsF(scaled_font(TEXT_SIZE, bold=True))
        longest = max(map(metrics.horizontalAdvance, self.text().split()), default=1.0)
        return TEXT_SIZE * min(1.0, width / (longest + 2))

    def _paint_words(self, painter: QPainter) -> None:
        side = self._picture_side(self.width())
        box = QRectF(GAP, (self.height() - side) / 2, side, side)
        paint_sign(painter, self._picture, self._theme, box)
        words = self._words_width(self.width())
        left = self.width() - words - GAP
        note = _height(self._note, words, NOTE_SIZE, bold=False) if self._note else 0.0
        area = QRectF(left, GAP, words, self.height() - 2 * GAP)
        painter.setPen(self._theme.colour("text"))
        painter.setFont(scaled_font(self._size(words), bold=True))
        painter.drawText(area.adjusted(0, 0, 0, -note), _WRAP, self.text())
        painter.setPen(self._theme.colour("warning_text"))
        painter.setFont(scaled_font(NOTE_SIZE))
        painter.drawText(area.adjusted(0, area.height() - note, 0, 0), _WRAP, self._note)


class SignCards(Scrolled):
    """Cards in one column, or in two where there is room; arrows walk from card to card."""

    def __init__(self, name: str, cards: Sequence[SignCard], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self.cards = tuple(cards)
        self._columns = 1
        for card in self.cards:
            card.setParent(self.ground)

    def stack(self, width: int) -> int:
        """Rows of cards of one height."""
        self._columns = 2 if width >= TWO_COLUMNS_FROM * min(text_scale(), 1.4) else 1
        each = (width - GAP * (self._columns - 1)) // self._columns
        top = 0
        for first in range(0, len(self.cards), self._columns):
            row = self.cards[first : first + self._columns]
            high = max(card.fit(each) for card in row)
            for column, card in enumerate(row):
                card.setGeometry(column * (each + GAP), top, each, high)
            top += high + GAP
        return top - GAP

    def walk(self, key: Qt.Key) -> bool:
        """Move the keyboard to another card by an arrow or page key; False for any other key."""
        page = max(self.viewport().height() // max(self.cards[0].height() + GAP, 1), 1) * self._columns
        steps = {
            Qt.Key.Key_Down: self._columns,
            Qt.Key.Key_Up: -self._columns,
            Qt.Key.Key_Right: 1,
            Qt.Key.Key_Left: -1,
            Qt.Key.Key_PageDown: page,
            Qt.Key.Key_PageUp: -page,
            Qt.Key.Key_Home: -len(self.cards),
            Qt.Key.Key_End: len(self.cards),
        }
        if key not in steps:
            return False
        at = next((n for n, card in enumerate(self.cards) if card.hasFocus()), None)
        to = 0 if at is None else min(max(at + steps[key], 0), len(self.cards) - 1)
        self.cards[to].setFocus(Qt.FocusReason.TabFocusReason)
        self.ensureWidgetVisible(self.cards[to], 0, GAP)
        return True


def paint_sign(painter: QPainter, name: str | None, theme: Theme, box: QRectF) -> None:
    """Paint the pictogram `name` into `box`."""
    if name is not None:
        paint(painter, sign_picture(name), theme.pictures, box)


def _height(text: str, width: float, size: float, *, bold: bool = True) -> float:
    metrics = QFontMetricsF(scaled_font(size, bold=bold))
    return metrics.boundingRect(QRectF(0, 0, width, 10_000), _WRAP, text).height()
