"""A slider that can be hit with a thumb: a fat line, a large knob, marks where they mean something."""

from collections.abc import Sequence

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QMouseEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QSlider, QStyle, QWidget

from relief_app.ui.theme import LIGHT, Theme
from relief_app.ui.widgets.themed import SMALLEST_TARGET

KNOB = 13.0
"""Radius of the knob in pixels; what can be hit is the whole height."""


class TouchSlider(QSlider):
    """A level slider over whole numbers; a press anywhere takes the knob there."""

    def __init__(
        self,
        name: str,
        told: str,
        span: tuple[int, int],
        *,
        marks: Sequence[int] = (),
        parent: QWidget | None = None,
    ) -> None:
        """`told`: accessible name; `span`: least and largest value; `marks`: the values with a mark."""
        super().__init__(Qt.Orientation.Horizontal, parent)
        self.setObjectName(name)
        self.setAccessibleName(told)
        self.setRange(*span)
        self._marks = tuple(marks)
        self._theme = LIGHT
        self.setMinimumSize(SMALLEST_TARGET, SMALLEST_TARGET)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.update()

    def position_of(self, value: int) -> float:
        """Where the knob stands for `value`, in pixels from the left."""
        room = round(self.width() - 2 * KNOB - 4)
        return (
            KNOB
            + 2
            + QStyle.sliderPositionFromValue(self.minimum(), self.maximum(), value, room, self._runs_left())
        )

    def minimumSizeHint(self) -> QSize:
        """A target's size."""
        return QSize(SMALLEST_TARGET, SMALLEST_TARGET)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Take the knob to the pointer."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.setSliderDown(True)
            self.setValue(self._value_at(event.position().x()))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Let the knob follow."""
        if self.isSliderDown():
            self.setValue(self._value_at(event.position().x()))

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Let go."""
        self.setSliderDown(False)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Line, marks, knob, focus."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        middle = self.height() / 2
        painter.setPen(QPen(self._theme.colour("edge"), 6, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        painter.drawLine(QPointF(KNOB + 2, middle), QPointF(self.width() - KNOB - 2, middle))
        painter.setPen(QPen(self._theme.colour("muted"), 2))
        for value in self._marks:
            x = self.position_of(value)
            painter.drawLine(QPointF(x, middle - 8), QPointF(x, middle + 8))
        self._paint_knob(painter, QPointF(self.position_of(self.value()), middle))
        painter.end()

    def _paint_knob(self, painter: QPainter, at: QPointF) -> None:
        painter.setPen(QPen(self._theme.colour("text"), 2))
        painter.setBrush(self._theme.colour("primary"))
        painter.drawEllipse(at, KNOB - 2, KNOB - 2)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.3, 1.3, -1.3, -1.3), 12, 12)

    def _value_at(self, x: float) -> int:
        room = round(self.width() - 2 * KNOB - 4)
        return QStyle.sliderValueFromPosition(
            self.minimum(), self.maximum(), round(x - KNOB - 2), room, self._runs_left()
        )

    def _runs_left(self) -> bool:
        return self.layoutDirection() is Qt.LayoutDirection.RightToLeft
