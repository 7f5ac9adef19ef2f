"""A plain list of paragraphs that scrolls: what is the matter in bold, what to do below it."""

from collections.abc import Sequence

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget

from relief_app.ui.theme import LIGHT, Theme
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


class FlagList(QScrollArea):
    """Paragraphs below each other; wheel, arrows and touch scroll, a thin bar of ours shows where."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = LIGHT
        self._entries: list[Paragraph] = []
        self._ground = Themed()
        self.setWidget(self._ground)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A stock scroll bar is painted by the system's style: grey on a red night.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = _Thumb(self)
        self.verticalScrollBar().valueChanged.connect(self._bar.update)

    def set_entries(self, entries: Sequence[tuple[str, str]]) -> None:
        """Show (head, body) pairs."""
        for old in self._entries:
            old.deleteLater()
        self._entries = [Paragraph(head, body, self._ground) for head, body in entries]
        self.set_theme(self._theme)
        for entry in self._entries:
            entry.show()
        self._stack()

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.colour("window"))
        palette.setColor(self._ground.backgroundRole(), theme.colour("window"))
        self.setPalette(palette)
        self.viewport().setPalette(palette)
        self._ground.setPalette(palette)
        self._bar.set_theme(theme)
        for entry in self._entries:
            entry.set_theme(theme)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Wrap anew."""
        super().resizeEvent(event)
        self._stack()

    def sizeHint(self) -> QSize:
        """Room for a few entries."""
        return QSize(480, 400)

    def _stack(self) -> None:
        width = self.viewport().width() - 16
        top = 0
        for entry in self._entries:
            height = entry.fit(width)
            entry.move(0, top)
            top += height
        self._ground.resize(self.viewport().width(), top)
        self._bar.setGeometry(self.width() - 8, 0, 8, self.height())
        self._bar.raise_()


class _Thumb(Themed):
    """Where the list stands, drawn in the theme's colours."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        bar = self._area.verticalScrollBar()
        if bar.maximum() <= 0:
            return
        whole = bar.maximum() + bar.pageStep()
        top = self.height() * bar.value() / whole
        length = self.height() * bar.pageStep() / whole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("muted"))
        painter.drawRoundedRect(QRectF(2, top + 2, 4, length - 4), 2, 2)
        painter.end()


def _height(text: str, width: int, *, bold: bool) -> float:
    metrics = QFontMetricsF(scaled_font(TEXT_SIZE, bold=bold))
    return metrics.boundingRect(QRectF(0, 0, width, 10_000), _WRAP, text).height()
