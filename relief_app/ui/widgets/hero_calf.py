"""The living calf of the first page: the pointer names a muscle, a press opens the anatomy."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import QFontMetricsF, QMouseEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import Structure
from relief_app.pictures.calf import CalfState
from relief_app.ui.plates import PlateOf
from relief_app.ui.widgets.calf_view import CalfView
from relief_app.ui.widgets.themed import scaled_font

NAME_TEXT = 15.0


class HeroCalf(CalfView):
    """A CalfView that answers the pointer."""

    pressed = Signal(object)
    """The structure under the pointer, or None beside the leg."""

    def __init__(
        self, plate_of: PlateOf, name_of: Callable[[Structure], str], parent: QWidget | None = None
    ) -> None:
        """`name_of` gives a structure's name in the app's language."""
        super().__init__(plate_of, parent)
        self._name_of = name_of
        self._pointed: Structure | None = None
        self.setMouseTracking(True)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAccessibleName(self.tr("The calf; press for anatomy"))

    @property
    def pointed(self) -> Structure | None:
        """The structure that is named now."""
        return self._pointed

    def show_calf(self, state: CalfState) -> None:
        """Show `state`."""
        self._pointed = None
        super().show_calf(state)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name what is under the pointer."""
        self._point_at(self._at(event.position()))

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        self._point_at(None)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Open the anatomy of what is pressed."""
        if event.button() is Qt.MouseButton.LeftButton:
            self.pressed.emit(self._at(event.position()))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The calf, and the name of what is pointed at below it."""
        super().paintEvent(event)
        if self._pointed is None:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font, name = scaled_font(NAME_TEXT, bold=True), self._name_of(self._pointed)
        wrap = Qt.TextFlag.TextWordWrap | Qt.AlignmentFlag.AlignCenter
        box = QFontMetricsF(font).boundingRect(QRectF(0, 0, self.width() - 16, 10_000), int(wrap), name)
        box.moveCenter(QPointF(self.width() / 2, self.height() - box.height() / 2 - 8))
        painter.setPen(self.theme.colour("line"))
        painter.setBrush(self.theme.colour("surface"))
        painter.drawRoundedRect(box.adjusted(-8, -4, 8, 4), 8, 8)
        painter.setFont(font)
        painter.setPen(self.theme.colour("text"))
        painter.drawText(box.adjusted(-8, 0, 8, 0), int(wrap), name)
        painter.end()

    def _point_at(self, structure: Structure | None) -> None:
        if structure is not self._pointed:
            self._pointed = structure
            self.update()

    def _at(self, position: QPointF) -> Structure | None:
        # Only who points pays for these: Home has to stand at once.
        from relief_app.pictures.painting import placement
        from relief_app.pictures.picking import structure_at
        from relief_app.pictures.shapes import Picture

        plate = self._plate_of(self._state.view)
        if plate is None:
            return None
        back, _ = placement(Picture(plate.view_box, (), ()), QRectF(self.rect())).inverted()
        point = back.map(position)
        return structure_at(self._state, plate, (point.x(), point.y()))
