"""The inset: the calf from behind, with the working structures lit."""

from collections import OrderedDict

from PySide6.QtCore import QRectF, QSize
from PySide6.QtGui import QPainter, QPaintEvent, QPixmap
from PySide6.QtWidgets import QWidget

from relief_app.pictures.calf import CalfState, calf_picture
from relief_app.pictures.painting import paint
from relief_app.ui.plates import PlateOf
from relief_app.ui.theme import Theme
from relief_app.ui.widgets.themed import Themed

KEPT = 6
"""Plates that are kept painted: a hold shows three tints, and holds alternate between the legs."""


class CalfView(Themed):
    """Paints an anatomical plate; `plate_of(view)` hands over the parsed plate when it is first painted.

    A plate takes ten times as long to paint as a frame may: what was shown lately is kept as pixels.
    """

    def __init__(self, plate_of: PlateOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calf_view")
        self._plate_of = plate_of
        self._state = CalfState()
        self._kept: OrderedDict[CalfState, QPixmap] = OrderedDict()
        self._kept_for: tuple[Theme, QSize, float] | None = None

    @property
    def state(self) -> CalfState:
        """What is shown."""
        return self._state

    def show_calf(self, state: CalfState) -> None:
        """Show `state`."""
        if state != self._state:
            self._state = state
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the plate."""
        pixels = self._pixels()
        if pixels is None:
            return
        painter = QPainter(self)
        painter.drawPixmap(0, 0, pixels)
        painter.end()

    def _pixels(self) -> QPixmap | None:
        """The plate as it was painted lately, or painted now."""
        asked_for = (self.theme, self.size(), self.devicePixelRatioF())
        if asked_for != self._kept_for:
            self._kept_for = asked_for
            self._kept.clear()
        if self._state not in self._kept:
            painted = self._painted()
            if painted is None:
                return None
            self._kept[self._state] = painted
        self._kept.move_to_end(self._state)
        while len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return self._kept[self._state]

    def _painted(self) -> QPixmap | None:
        plate = self._plate_of(self._state.view)
        if plate is None or self.size().isEmpty():
            return None
        ratio = self.devicePixelRatioF()
        pixels = QPixmap(self.size() * ratio)
        pixels.setDevicePixelRatio(ratio)
        pixels.fill(self.theme.colour("window"))
        painter = QPainter(pixels)
        paint(painter, calf_picture(self._state, plate), self.theme.pictures, QRectF(self.rect()))
        painter.end()
        return pixels
