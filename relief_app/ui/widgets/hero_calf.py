"""The living calf of the first page: the pointer names a muscle, a press opens the anatomy."""

from PySide6.QtCore import QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import Structure
from relief_app.pictures.calf import CalfState
from relief_app.ui.plates import PlateOf
from relief_app.ui.widgets.calf_view import CalfView


class HeroCalf(CalfView):
    """A CalfView that can be pressed."""

    pressed = Signal(object)
    """The structure under the pointer, or None beside the leg."""

    def __init__(self, plate_of: PlateOf, parent: QWidget | None = None) -> None:
        super().__init__(plate_of, parent)
        self._plate_of_view = plate_of
        self._shown = CalfState()
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("The calf; press for anatomy"))

    def show_calf(self, state: CalfState) -> None:
        """Show `state`."""
        self._shown = state
        super().show_calf(state)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the anatomy of what is pressed."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(self._at(event.position()))

    def _at(self, position: QPointF) -> Structure | None:
        from relief_app.pictures.painting import placement
        from relief_app.pictures.picking import structure_at
        from relief_app.pictures.shapes import Picture

        plate = self._plate_of_view(self._shown.view)
        if plate is None:
            return None
        back, _ = placement(Picture(plate.view_box, (), ()), QRectF(self.rect())).inverted()
        point = back.map(position)
        return structure_at(self._shown, plate, (point.x(), point.y()))
