"""A part of a page that scrolls: wheel, touch and keys move it, a thin bar of ours shows where it stands."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

from relief_app.ui.theme import LIGHT, Theme
from relief_app.ui.widgets.themed import Themed

BAR = 16
"""Room that is kept for the bar, in device-independent pixels."""
EDGE = 10
"""Room that is kept above and below what has the keyboard."""


class Scrolled(QScrollArea):
    """Its parts stand on `ground`; a kind of its own lays them out in `stack`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.theme = LIGHT
        self.ground = Themed()
        self.setWidget(self.ground)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        # A stock scroll bar is painted by the system's style: grey on a red night.
        self.setVerticalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._bar = _Thumb(self)
        self.verticalScrollBar().valueChanged.connect(self._bar.update)
        # Qt scrolls to what Tab reaches from inside only, not to what it comes back to from outside.
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._follow_focus)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self.theme = theme
        palette = self.palette()
        palette.setColor(self.backgroundRole(), theme.colour("window"))
        palette.setColor(self.ground.backgroundRole(), theme.colour("window"))
        self.setPalette(palette)
        self.viewport().setPalette(palette)
        self.ground.setPalette(palette)
        self._bar.set_theme(theme)
        self.ground.set_theme(theme)

    def stack(self, width: int) -> int:
        """Lay out what stands on the ground in `width`, and return the height of it."""
        raise NotImplementedError

    def restack(self) -> None:
        """Lay out anew."""
        height = self.stack(self.viewport().width() - BAR)
        self.ground.resize(self.viewport().width(), height)
        self._bar.setGeometry(self.width() - 8, 0, 8, self.height())
        self._bar.raise_()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        super().resizeEvent(event)
        self.restack()
        self._follow_focus(None, QApplication.focusWidget())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key is the page's."""
        event.ignore()

    def _follow_focus(self, _: QWidget | None, now: QWidget | None) -> None:
        if now is not None and self.ground.isAncestorOf(now):
            self.ensureWidgetVisible(now, 0, EDGE)

    def sizeHint(self) -> QSize:
        """Room for a few entries."""
        return QSize(480, 400)


class _Thumb(Themed):
    """Where the list stands, drawn in the theme's colours."""

    def __init__(self, area: QScrollArea) -> None:
        super().__init__(area)
        self._area = area
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        bar = self._area.verticalScrollBar()
        if bar.maximum() <= 0:
            return
        whole = bar.maximum() + bar.pageStep()
        top = self.height() * bar.value() / whole
        length = self.height() * bar.pageStep() / whole
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.colour("muted"))
        painter.drawRoundedRect(QRectF(2, top + 2, 4, length - 4), 2, 2)
        painter.end()
