"""A line of text as large as its place allows."""

from math import ceil

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QFontMetricsF, QPainter, QPaintEvent
from PySide6.QtWidgets import QLabel, QWidget

from relief_app.ui.theme import LIGHT, Theme
from relief_app.ui.widgets.text_flags import CENTRE, WRAP
from relief_app.ui.widgets.themed import fitting_font, scaled_font, write_in

AIR = 4
"""Pixels that a text has above and below together where its place is as high as it needs."""


class CueLabel(QLabel):
    """Word-wrapped text in the largest size that fits, up to `largest` pixels.

    A QLabel for what a screen reader makes of it; it paints itself to keep to the theme's colours.
    """

    def __init__(
        self,
        name: str,
        *,
        largest: float = 40.0,
        role: str = "text",
        bold: bool = False,
        align: int = CENTRE,
        parent: QWidget | None = None,
    ) -> None:
        """`align` is one of Qt's alignment flags."""
        super().__init__(parent)
        self.setObjectName(name)
        self.setWordWrap(True)
        self._largest, self._role, self._bold, self._align = largest, role, bold, align
        self.set_theme(LIGHT)

    def setText(self, text: str) -> None:
        """Change the text; the same text again costs nothing."""
        if text != self.text():
            super().setText(text)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        write_in(self, theme.colour(self._role))

    def set_largest(self, pixels: float) -> None:
        """Largest text size in pixels at usual text size."""
        if pixels != self._largest:
            self._largest = pixels
            self.update()

    def set_bold(self, *, bold: bool) -> None:
        """Speak louder, or as usual again."""
        self._bold = bold
        self.update()

    def height_at(self, width: int, share: float = 1.0) -> int:
        """How high the text is in `width` at that share of its largest size; 0 where there is none."""
        if not self.text():
            return 0
        metrics = QFontMetricsF(scaled_font(self._largest * share, bold=self._bold))
        box = metrics.boundingRect(QRectF(0, 0, width, 10_000), WRAP, self.text())
        return ceil(box.height()) + AIR

    def minimumSizeHint(self) -> QSize:
        """It shrinks its text rather than ask for room."""
        return QSize(1, 1)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Draw the text in the largest font that fits."""
        if not self.text():
            return
        painter = QPainter(self)
        box = QRectF(self.rect())
        high = box.height() - AIR / 2
        painter.setFont(fitting_font(self.text(), box.width(), high, self._largest, bold=self._bold))
        painter.drawText(box, self._align | WRAP, self.text())
        painter.end()
