"""A plain list of paragraphs that scrolls: what is the matter in bold, what to do below it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.scrolled import Scrolled
from relief_app.ui.widgets.themed import Themed, scaled_font

GAP = 14.0
TEXT_SIZE = 18.0
_WRAP = int(Qt.TextFlag.TextWordWrap)


class Paragraph(Themed):
    """One entry; as high as its words need at its width."""

    def __init__(self, head: str, body: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._head, self._body = head, body
        self.setAccessibleName(f"{head}. {body}")

    def fit(self, width: int) -> int:
        """Take `width` and return the height needed, in device-independent pixels."""
        height = sum(self._heights(width)) + 2 * GAP
        self.resize(width, round(height))
        return round(height)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bold head, plain body, a thin line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("window"))
        head, body = self._heights(self.width())
        painter.setPen(self.theme.colour("text"))
        painter.setFont(scaled_font(TEXT_SIZE, bold=True))
        painter.drawText(QRectF(0, GAP, self.width(), head), _WRAP, self._head)
        painter.setFont(scaled_font(TEXT_SIZE))
        painter.drawText(QRectF(0, GAP + head, self.width(), body), _WRAP, self._body)
        painter.setPen(self.theme.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _heights(self, width: int) -> tuple[float, float]:
        return _height(self._head, width, bold=True), _height(self._body, width, bold=False)


class FlagList(Scrolled):
    """Paragraphs below each other."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._entries: list[Paragraph] = []

    def set_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Show (head, body) pairs."""
        for old in self._entries:
            old.setParent(None)
            old.deleteLater()
        self._entries = [Paragraph(head, body, self.ground) for head, body in entries]
        self.set_theme(self.theme)
        for entry in self._entries:
            entry.show()
        self.restack()

    def stack(self, width: int) -> int:
        """Each paragraph as high as its words need."""
        top = 0
        for entry in self._entries:
            height = entry.fit(width)
            entry.move(0, top)
            top += height
        return top


def _height(text: str, width: int, *, bold: bool) -> float:
    metrics = QFontMetricsF(scaled_font(TEXT_SIZE, bold=bold))
    return metrics.boundingRect(QRectF(0, 0, width, 10_000), _WRAP, text).height()
