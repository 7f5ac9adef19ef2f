"""The picture of the pose."""

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.painting import paint
from relief_app.ui.widgets.themed import Themed


class PoseView(Themed):
    """Paints one pose, as large as it fits; the same state paints the same pixels."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("pose_view")
        self._state: PoseState | None = None
        self._veil = 0.0

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
        """Paint the pose."""
        if self._state is None:
            return
        painter = QPainter(self)
        paint(painter, pose_picture(self._state), self.theme.pictures, QRectF(self.rect()))
        if self._veil:
            painter.setOpacity(self._veil)
            painter.fillRect(self.rect(), self.theme.colour("window"))
        painter.end()
