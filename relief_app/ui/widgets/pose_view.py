"""The picture of the pose."""

from itertools import takewhile

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.painting import paint
from relief_app.pictures.palette import Palette
from relief_app.pictures.shapes import Picture
from relief_app.ui.widgets.themed import Themed


class PoseView(Themed):
    """Paints one pose, as large as it fits; the same state paints the same pixels.

    The room behind the body does not move while a pose is held: it is painted once and kept.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pose_view")
        self._state: PoseState | None = None
        self._veil = 0.0
        self._room: tuple[Picture, Palette, QPixmap] | None = None

    @property
    def state(self) -> PoseState | None:
        """The pose that is shown."""
        return self._state

    def show_pose(self, state: PoseState, *, veil: float = 0.0) -> None:
        """Show `state`; `veil` 0..1 fades the picture towards the window's colour."""
        if (state, veil) != (self._state, self._veil):
            self._state, self._veil = state, veil
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the room as it was kept, and the body anew."""
        if self._state is None:
            return
        picture = pose_picture(self._state)
        still = tuple(takewhile(lambda shape: not shape.moving, picture.shapes))
        painter = QPainter(self)
        painter.drawPixmap(0, 0, self._painted_room(picture._replace(shapes=still, markers=())))
        body = picture._replace(shapes=picture.shapes[len(still) :])
        paint(painter, body, self.theme.pictures, QRectF(self.rect()))
        if self._veil:
            painter.setOpacity(self._veil)
            painter.fillRect(self.rect(), self.theme.colour("window"))
        painter.end()

    def _painted_room(self, room: Picture) -> QPixmap:
        palette, ratio = self.theme.pictures, self.devicePixelRatioF()
        size = self.size() * ratio
        if self._room is not None:
            kept, worn, pixels = self._room
            if pixels.size() == size and worn is palette and kept == room:
                return pixels
        pixels = QPixmap(size)
        pixels.setDevicePixelRatio(ratio)
        pixels.fill(self.theme.colour("window"))
        painter = QPainter(pixels)
        paint(painter, room, palette, QRectF(self.rect()))
        painter.end()
        self._room = (room, palette, pixels)
        return pixels
