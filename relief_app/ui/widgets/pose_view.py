"""The picture of the pose."""

from itertools import takewhile

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.painting import paint
from relief_app.pictures.shapes import Picture
from relief_app.ui.theme import Theme
from relief_app.ui.widgets.themed import Themed

Room = tuple[Picture, Theme, QSize]
"""What stands still, in which theme, at which size in pixels."""


class PoseView(Themed):
    """Paints one pose, as large as it fits; the same state paints the same pixels.

    The room behind the body does not move while a pose is held: it is painted once and kept.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pose_view")
        self._state: PoseState | None = None
        self._picture: Picture | None = None
        self._veil = 0.0
        self._asked: Room | None = None
        self._kept: Room | None = None
        self._pixels = QPixmap()

    @property
    def state(self) -> PoseState | None:
        """The pose that is shown."""
        return self._state

    def show_pose(self, state: PoseState, *, veil: float = 0.0) -> None:
        """Show `state`; `veil` 0..1 fades the picture towards the window's colour."""
        if (state, veil) != (self._state, self._veil):
            self._state, self._veil, self._picture = state, veil, None
            self.update()

    def prepare(self) -> Picture | None:
        """Build the picture now, so that the next painting has it at hand."""
        if self._picture is None and self._state is not None:
            self._picture = pose_picture(self._state)
        return self._picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the room as it was kept, and the body anew."""
        picture = self.prepare()
        if picture is None:
            return
        still = tuple(takewhile(lambda shape: not shape.moving, picture.shapes))
        painter = QPainter(self)
        if self._keep_room(picture._replace(shapes=still, markers=())):
            painter.drawPixmap(0, 0, self._pixels)
            picture = picture._replace(shapes=picture.shapes[len(still) :])
        paint(painter, picture, self.theme.pictures, QRectF(self.rect()))
        if self._veil:
            painter.setOpacity(self._veil)
            painter.fillRect(self.rect(), self.theme.colour("window"))
        painter.end()

    def _keep_room(self, room: Picture) -> bool:
        """True where `_pixels` shows `room`; it is painted when it is asked for the second time running.

        A room seen once, as in a change of position, is not worth keeping, and a first picture is in a hurry.
        """
        asked = (room, self.theme, self.size() * self.devicePixelRatioF())
        again, self._asked = asked == self._asked, asked
        if again and self._kept != asked:
            self._kept, self._pixels = asked, self._painted(room)
        return again

    def _painted(self, room: Picture) -> QPixmap:
        ratio = self.devicePixelRatioF()
        pixels = QPixmap(self.size() * ratio)
        pixels.setDevicePixelRatio(ratio)
        pixels.fill(self.theme.colour("window"))
        painter = QPainter(pixels)
        paint(painter, room, self.theme.pictures, QRectF(self.rect()))
        painter.end()
        return pixels
