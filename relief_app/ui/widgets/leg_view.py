"""The leg that the knee and ankle sliders move."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from relief_app.pictures.moving_leg import LegState, leg_picture
from relief_app.pictures.painting import paint
from relief_app.ui.widgets.themed import Themed


class LegView(Themed):
    """Paints one leg; the same state paints the same pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("leg_view")
        self._state = LegState()

    @property
    def state(self) -> LegState:
        """What is shown."""
        return self._state

    def show_leg(self, state: LegState) -> None:
        """Show `state`."""
        if state != self._state:
            self._state = state
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the leg."""
        painter = QPainter(self)
        paint(painter, leg_picture(self._state), self.theme.pictures, QRectF(self.rect()))
        painter.end()
