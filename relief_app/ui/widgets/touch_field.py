"""A line to type in, large and in the theme's colours: a stock one is painted by the system's style."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit, QProxyStyle, QStyle, QStyleOption, QWidget

from relief_app.ui.theme import LIGHT, Theme
from relief_app.ui.widgets.themed import SMALLEST_TARGET, scaled_font

CARET = 2
"""Width of the caret in pixels."""
_STYLE = (
    "QLineEdit {{ background: {surface}; color: {text}; border: 2px solid {edge}; border-radius: 10px;"
    " padding: 0 12px; selection-background-color: {text}; selection-color: {window};"
    " placeholder-text-color: {muted}; }}"
    "QLineEdit:focus {{ border: 4px solid {focus}; padding: 0 10px; }}"
)


class _NoCaret(QProxyStyle):
    """The stock caret inverts what lies under it: white in a red night. The field paints one of its own."""

    def pixelMetric(
        self,
        metric: QStyle.PixelMetric,
        option: QStyleOption | None = None,
        widget: QWidget | None = None,
    ) -> int:
        if metric is QStyle.PixelMetric.PM_TextCursorWidth:
            return 0
        return super().pixelMetric(metric, option, widget)


class TouchField(QLineEdit):
    """One line of text; `told` is its accessible name."""

    def __init__(self, name: str, told: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setAccessibleName(told)
        # The system's menu would be a white frame in a red night; its keys work without it.
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        self.setMinimumSize(SMALLEST_TARGET, SMALLEST_TARGET)
        self.setFont(scaled_font(18))
        style = _NoCaret()
        style.setParent(self)
        self.setStyle(style)
        self.set_theme(LIGHT)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.setStyleSheet(_STYLE.format(**theme._asdict()))

    def sizeHint(self) -> QSize:
        """Room for a path."""
        return QSize(360, SMALLEST_TARGET)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The field, and a caret in the colour of its text."""
        super().paintEvent(event)
        if self.hasFocus():
            at = self.cursorRect().center()
            painter = QPainter(self)
            high = self.fontMetrics().height()
            painter.fillRect(at.x(), at.y() - high // 2, CARET, high, self._theme.colour("text"))
            painter.end()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc, Tab and the arrows up and down are the page's, every other key is typed."""
        if event.key() in (Qt.Key.Key_Escape, Qt.Key.Key_Up, Qt.Key.Key_Down):
            event.ignore()
        else:
            super().keyPressEvent(event)
