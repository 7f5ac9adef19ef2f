"""What every widget of ours shares: it knows its theme and paints itself with it."""

from functools import cache

from PySide6.QtCore import QObject, QRectF
from PySide6.QtGui import QAccessible, QAccessibleInterface, QColor, QFont, QFontMetricsF, QPalette
from PySide6.QtWidgets import QApplication, QWidget

from relief_app.ui.theme import LIGHT, Theme
from relief_app.ui.widgets.text_flags import WRAP

SMALLEST_TEXT = 10.0
"""Words shrink to this many pixels, and no further, before they are cut off."""

MEASURED_AT = 24.0
"""The size in pixels at which words are measured once to guess the size that fits."""

SMALLEST_TARGET = 48
"""Smallest side of anything to press, in device-independent pixels."""

MOST_TARGET_GROWTH = 1.5
"""Buttons grow with the text, up to this much."""

TARGET_SHARE = 0.09
"""Of a page's height, the most that a row of such buttons takes."""


class Themed(QWidget):
    """A widget with a theme; setting it repaints."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = LIGHT

    @property
    def theme(self) -> Theme:
        """The theme it paints with."""
        return self._theme

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on, children too."""
        self._theme = theme
        for child in self.children():
            paint_with = getattr(child, "set_theme", None)
            if paint_with is not None:
                paint_with(theme)
        self.update()


@cache
def tell_screen_readers() -> None:
    """From now on a screen reader that asks hears what our widgets are; to be called before one is shown."""
    QAccessible.installFactory(_interface_of)


def _interface_of(kind: str, thing: QObject) -> QAccessibleInterface | None:
    from relief_app.ui.accessible.interfaces import interface_of

    return interface_of(kind, thing)


def put_on_ground(widget: QWidget, theme: Theme) -> None:
    """Give `widget` the ground of `theme`; Qt paints it before anything else, from the first frame on."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.Window, theme.colour("window"))
    widget.setPalette(palette)
    widget.setAutoFillBackground(True)


def write_in(widget: QWidget, colour: QColor) -> None:
    """Have every painter on `widget` begin with a pen of this colour."""
    palette = widget.palette()
    palette.setColor(QPalette.ColorRole.WindowText, colour)
    widget.setPalette(palette)


def is_seen(widget: QWidget) -> bool:
    """False where nobody can see `widget`: not shown, its window minimised, or on another workspace."""
    window = widget.window()
    return widget.isVisible() and window.windowHandle().isExposed() and not window.isMinimized()


def text_scale() -> float:
    """How much larger than usual the person wants text: 1 where the system's text is 10 points."""
    size = QApplication.font().pointSizeF()
    return max(size / 10.0, 0.8) if size > 0 else 1.0


def target_side(room: float = 800.0, scale: float | None = None) -> int:
    """Side of what is pressed: it grows with the text, as far as a page `room` pixels high has room for it.

    `scale`: the text's, where it is known already.
    """
    wanted = SMALLEST_TARGET * min(text_scale() if scale is None else scale, MOST_TARGET_GROWTH)
    return round(max(min(wanted, room * TARGET_SHARE), SMALLEST_TARGET))


def scaled_font(pixels: float, *, bold: bool = False) -> QFont:
    """The app's font `pixels` high at usual text size, larger where the person wants it larger."""
    font = QFont(QApplication.font())
    font.setPixelSize(max(round(pixels * text_scale()), 8))
    font.setBold(bold)
    return font


def fitting_font(text: str, width: float, height: float, largest: float, *, bold: bool = False) -> QFont:
    """The largest font up to `largest` pixels in which `text`, word-wrapped, fits `width` x `height`.

    Guessed from one measurement and then tried, going smaller: each size tried makes a font, which is not
    free.
    """
    size = min(largest, _guess(text, width, height, bold=bold))
    while size * text_scale() > SMALLEST_TEXT:
        font = scaled_font(size, bold=bold)
        box = QFontMetricsF(font).boundingRect(QRectF(0, 0, width, 10_000), WRAP, text)
        if box.height() <= height and box.width() <= width:
            return font
        size *= 0.95
    return scaled_font(size, bold=bold)


def _guess(text: str, width: float, height: float, *, bold: bool) -> float:
    """A size that is a little too large rather than too small, whatever number of lines serves best."""
    metrics = QFontMetricsF(scaled_font(MEASURED_AT, bold=bold))
    across, line = max(metrics.horizontalAdvance(text), 1.0), metrics.lineSpacing()
    lines = range(1, 9)
    return max(min(height / (n * line), n * width / across) for n in lines) * MEASURED_AT * 1.02
