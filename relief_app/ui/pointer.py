"""The pointer: drawn by us at night, as a stock one is white, and out of the way while nobody moves it."""

from PySide6.QtCore import QEvent, QObject, QPointF, QTimer
from PySide6.QtGui import QColor, QCursor, QGuiApplication, QMouseEvent, QPainter, QPen, QPixmap, QPolygonF
from PySide6.QtWidgets import QWidget

from relief_app.ui.theme import Theme

STILL_AFTER_MS = 3_000
HIDES_ON, NEVER_ON = "guide_page", "bedside_page"
SIDE = 24
"""Of the arrow, in device-independent pixels; its tip is at `TIP`."""
TIP = 2
_ARROW = ((0, 0), (0, 17), (4.3, 13.4), (7.2, 19.6), (10, 18.3), (7.2, 12.2), (12.6, 12.2))
_MOVES = (QEvent.Type.MouseMove, QEvent.Type.MouseButtonPress)


class Pointer(QObject):
    """The one of `window`, over every part of it. What moves it shows it for a while.

    It goes in front of the shapes that the parts ask for: not one of them may bring a white one back.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._theme: Theme | None = None
        self._page = ""
        self._is_still = True
        self._at: QPointF | None = None
        self._arrow: tuple[str, QCursor] | None = None
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setInterval(STILL_AFTER_MS)
        self._timer.timeout.connect(self._come_to_rest)
        window.installEventFilter(self)

    def wear(self, theme: Theme, page: str) -> None:
        """Look as `theme` does; at night and on the guide it hides when nobody moves it."""
        self._theme, self._page = theme, page
        if self._hides and not self._is_still:
            self._timer.start()
        if self._window.isVisible():
            self._show()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """Follow the window as it comes and goes, and every move over it."""
        kind = event.type()
        if watched is self._window:
            if kind == QEvent.Type.Show:
                self._window.windowHandle().installEventFilter(self)
                self._show()
            elif kind == QEvent.Type.Hide:
                _put_on(None)
        elif kind in _MOVES and isinstance(event, QMouseEvent):
            self._follow(event)
        return False

    @property
    def _hides(self) -> bool:
        return self._page == HIDES_ON or (self._theme is not None and self._theme.name == "night")

    def _follow(self, event: QMouseEvent) -> None:
        """A window that comes to lie under the pointer hears of a move, too; that is none."""
        at, before = event.globalPosition(), self._at
        self._at = at
        if at == before or (before is None and event.type() == QEvent.Type.MouseMove):
            return
        if self._hides:
            self._timer.start()
        if self._is_still:
            self._is_still = False
            self._show()

    def _come_to_rest(self) -> None:
        self._is_still = True
        self._show()

    def _show(self) -> None:
        if self._theme is None:
            return
        if self._page == NEVER_ON or (self._hides and self._is_still):
            _put_on(_blank())
        elif self._theme.name == "night":
            _put_on(self._own(self._theme.text))
        else:
            _put_on(None)

    def _own(self, colour: str) -> QCursor:
        if self._arrow is None or self._arrow[0] != colour:
            self._arrow = (colour, arrow(colour, self._window.devicePixelRatioF()))
        return self._arrow[1]


def arrow(colour: str, ratio: float = 1.0) -> QCursor:
    """An arrow in `colour` with a black edge, so that it is seen on anything lit; the rest lets through."""
    from PySide6.QtCore import Qt  # late: see `text_flags`

    picture = QPixmap(round(SIDE * ratio), round(SIDE * ratio))
    picture.setDevicePixelRatio(ratio)
    picture.fill(Qt.GlobalColor.transparent)
    painter = QPainter(picture)
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.setPen(QPen(Qt.GlobalColor.black, 1.5))
    painter.setBrush(QColor(colour))
    painter.drawPolygon(QPolygonF([QPointF(x + TIP, y + TIP) for x, y in _ARROW]))
    painter.end()
    return QCursor(picture, TIP, TIP)


def _blank() -> QCursor:
    """Nothing to be seen: a pixel that lets through."""
    picture = QPixmap(1, 1)
    picture.fill(QColor(0, 0, 0, 0))
    return QCursor(picture)


def _put_on(cursor: QCursor | None) -> None:
    """In place of whatever the parts of the window ask for; None gives them their say back."""
    if cursor is None:
        while QGuiApplication.overrideCursor() is not None:
            QGuiApplication.restoreOverrideCursor()
    elif QGuiApplication.overrideCursor() is None:
        QGuiApplication.setOverrideCursor(cursor)
    else:
        QGuiApplication.changeOverrideCursor(cursor)
