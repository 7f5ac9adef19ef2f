"""The picture of the pose."""

from math import ceil, floor
from typing import NamedTuple

from PySide6.QtCore import QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QImage, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.painting import Stroke, paint_within, placement, stroke_of
from relief_app.pictures.shapes import Picture
from relief_app.ui.theme import Theme
from relief_app.ui.widgets.themed import Themed

Place = tuple[tuple[float, float, float, float], bool, Theme, int, int]
"""View box, turned or not, theme and size: while these are the same a shape's stroke can be used again."""


GRID = 32
"""What is painted again is a multiple of this many pixels."""


class PoseView(Themed):
    """Paints one pose, as large as it fits; the same state paints the same pixels.

    From one frame to the next only what lies where something moved is painted again.
    """

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pose_view")
        self.setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._state: PoseState | None = None
        self._picture: Picture | None = None
        self._veil = 0.0
        self._place: Place | None = None
        self._strokes: list[Stroke] = []
        self._still = 0
        self._asked: Ground | None = None
        self._kept: Ground | None = None
        self._pixels = QImage()

    @property
    def state(self) -> PoseState | None:
        """The pose that is shown."""
        return self._state

    def show_pose(self, state: PoseState, *, veil: float = 0.0) -> None:
        """Show `state`; `veil` 0..1 fades the picture towards the window's colour."""
        if (state, veil) == (self._state, self._veil):
            return
        before, veiled = self._picture, veil or self._veil
        self._state, self._veil, self._picture = state, veil, None
        if before is None or veiled or not self.isVisible():
            self.update()
        else:
            self._update_from(before)

    def prepare(self) -> Picture | None:
        """Build the picture now, so that the next painting has it at hand."""
        if self._picture is None and self._state is not None:
            self._picture = pose_picture(self._state)
        return self._picture

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint what lies in the part that is asked for."""
        area = event.rect()
        painter = QPainter(self)
        picture = self.prepare()
        if picture is None:
            painter.fillRect(area, self.theme.colour("window"))
        else:
            self._paint(painter, self._ready(picture), area)
            painter.setOpacity(self._veil)
            if self._veil:
                painter.fillRect(area, self.theme.colour("window"))
        painter.end()

    def _paint(self, painter: QPainter, strokes: list[Stroke], area: QRect) -> None:
        """Paint the strokes; those behind the first that moves are painted once and kept as pixels.

        What is asked for once, as in a change of position, is not worth keeping.
        """
        ground = Ground(area, tuple(strokes[: self._still]))
        again, self._asked = ground == self._asked, ground
        if area == self.rect() or not again:
            painter.fillRect(area, self.theme.colour("window"))
            paint_within(painter, strokes, QRectF(area))
            return
        if ground != self._kept:
            self._kept, self._pixels = ground, self._painted(ground)
        painter.drawImage(0, 0, self._pixels)
        paint_within(painter, strokes[self._still :], QRectF(area))

    def _painted(self, ground: "Ground") -> QImage:
        """`ground` in its own place and unclipped: moved or clipped paint is rounded differently."""
        ratio, corner = self.devicePixelRatioF(), ground.area.bottomRight() + QPoint(1, 1)
        pixels = QImage(QSize(corner.x(), corner.y()) * ratio, QImage.Format.Format_RGB32)
        pixels.setDevicePixelRatio(ratio)
        painter = QPainter(pixels)
        painter.fillRect(ground.area, self.theme.colour("window"))
        paint_within(painter, ground.strokes, QRectF(ground.area))
        painter.end()
        return pixels

    def _update_from(self, before: Picture) -> None:
        """Ask for the part that differs from `before`, which is on screen or will be."""
        from relief_app.pictures.changes import changed_box  # after the first picture, which is in a hurry

        picture = self.prepare()
        box = None if picture is None else changed_box(before, picture)
        if picture is None or box is None:
            self.update()
        elif box[0] <= box[2]:
            self.update(self._around(picture, QRectF(box[0], box[1], box[2] - box[0], box[3] - box[1])))

    def _around(self, picture: Picture, box: QRectF) -> QRect:
        """The pixels that `box` (picture units) may touch."""
        place = placement(picture, QRectF(self.rect()))
        exact = place.mapRect(box).adjusted(-2, -2, 2, 2)
        # On a grid, so that frame after frame of a breath asks for the same part.
        corner = QPoint(GRID * floor(exact.left() / GRID), GRID * floor(exact.top() / GRID))
        end = QPoint(GRID * ceil(exact.right() / GRID) - 1, GRID * ceil(exact.bottom() / GRID) - 1)
        return QRect(corner, end) & self.rect()

    def _ready(self, picture: Picture) -> list[Stroke]:
        """The picture's strokes; those of shapes that stand where they stood are used again."""
        place = (picture.view_box, picture.is_turned, self.theme, self.width(), self.height())
        if place != self._place:
            self._place, self._strokes = place, []
        way, palette = placement(picture, QRectF(self.rect())), self.theme.pictures
        kept = self._strokes if len(self._strokes) == len(picture.shapes) else [None] * len(picture.shapes)
        ready = [
            stroke if stroke and stroke.shape == shape else stroke_of(shape, palette, way)
            for stroke, shape in zip(kept, picture.shapes, strict=True)
        ]
        same = (old is new for old, new in zip(kept, ready, strict=True))
        self._still = next((number for number, still in enumerate(same) if not still), len(ready))
        self._strokes = ready
        return ready


class Ground(NamedTuple):
    """A part of the picture and the strokes at its back that stand still."""

    area: QRect
    strokes: tuple[Stroke, ...]
