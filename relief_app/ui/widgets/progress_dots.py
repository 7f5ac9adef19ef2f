"""Progress over all holds of a session: one dot a hold, filled when done."""

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.themed import Themed

LARGEST_RADIUS = 6.0


class ProgressDots(Themed):
    """Filled for what is done, a larger ring for the present hold, hollow for what comes."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("progress_dots")
        self._index, self._count = 0, 0

    @property
    def progress(self) -> tuple[int, int]:
        """How many holds are done, and of how many."""
        return self._index, self._count

    def show_progress(self, index: int, count: int) -> None:
        """`index` holds of `count` are done."""
        if (index, count) != (self._index, self._count):
            self._index, self._count = index, count
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Dots in a row."""
        if not self._count:
            return
        pitch = min(self.width() / self._count, LARGEST_RADIUS * 4)
        radius = min(pitch * 0.3, LARGEST_RADIUS)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        for number in range(self._count):
            centre = QPointF((number + 0.5) * pitch, self.height() / 2)
            self._paint_dot(painter, centre, radius, number)
        painter.end()

    def _paint_dot(self, painter: QPainter, centre: QPointF, radius: float, number: int) -> None:
        colour = self.theme.colour("ring" if number <= self._index else "muted")
        painter.setPen(QPen(colour, 1.6))
        painter.setBrush(colour if number < self._index else self.theme.colour("window"))
        painter.drawEllipse(centre, radius, radius)
        if number == self._index:
            painter.setBrush(colour)
            painter.drawEllipse(centre, radius * 0.5, radius * 0.5)
