"""The inset: the calf from behind, with the working structures lit."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from relief_app.pictures.calf import CalfState, calf_picture
from relief_app.pictures.painting import paint
from relief_app.ui.plates import PlateOf
from relief_app.ui.widgets.themed import Themed


class CalfView(Themed):
    """Paints an anatomical plate; `plate_of(view)` hands over the parsed plate when it is first painted."""

    def __init__(self, plate_of: PlateOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calf_view")
        self._plate_of = plate_of
        self._state = CalfState()

    def show_calf(self, state: CalfState) -> None:
        """Show `state`."""
        if state != self._state:
            self._state = state
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate."""
        plate = self._plate_of(self._state.view)
        if plate is None:
            return
        picture = calf_picture(self._state, plate)
        painter = QPainter(self)
        paint(painter, picture, self.theme.pictures, QRectF(self.rect()))
        painter.end()
