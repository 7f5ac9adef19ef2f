"""What is written where on a window, in which size and colour: asked of the painting itself.

While a window is painted into a picture, each `QPainter.drawText` is written down with the widget that
painted it. Painted once more without its words, the same window tells what stands behind each of them.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QObject, QPoint, QRectF
from PySide6.QtGui import QFontMetricsF, QPainter
from PySide6.QtWidgets import QApplication, QWidget

from tests.ui.stage import channels


class Words(NamedTuple):
    """One piece of text; rectangles are (left, top, width, height) in the window's pixels."""

    widget: QWidget
    text: str
    place: QRectF
    """Where it was to be written."""
    box: QRectF
    """What it takes there, which may be more."""
    pixels: int
    """Size of its font."""
    opacity: float

    @property
    def name(self) -> str:
        """The name of the widget, or its nearest parent's that has one."""
        widget: QWidget | None = self.widget
        while widget is not None and not widget.objectName():
            widget = widget.parentWidget()
        return widget.objectName() if widget is not None else ""


class _Painted(QObject):
    """Knows which widget is painted just now."""

    def __init__(self) -> None:
        super().__init__()
        self.widget: QWidget | None = None

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 # Qt calls it so
        if event.type() == QEvent.Type.Paint and isinstance(watched, QWidget):
            self.widget = watched
        return False


@contextmanager
def _writing(words: list[Words], *, visibly: bool) -> Iterator[None]:
    app, painted, draw_text = QApplication.instance(), _Painted(), QPainter.drawText
    assert app is not None

    def write(painter: QPainter, place: object, flags: object = None, text: object = None) -> None:
        assert isinstance(place, QRectF), "texts are written into rectangles"
        assert isinstance(flags, int)
        assert isinstance(text, str)
        assert painted.widget is not None
        box = QFontMetricsF(painter.font()).boundingRect(place, flags, text)
        way = painter.deviceTransform()
        words.append(
            Words(
                painted.widget,
                text,
                way.mapRect(place),
                way.mapRect(box),
                painter.font().pixelSize(),
                painter.opacity(),
            )
        )
        if visibly:
            draw_text(painter, place, flags, text)

    app.installEventFilter(painted)
    QPainter.drawText = write  # type: ignore[assignment,method-assign] # every page writes with it
    try:
        yield
    finally:
        QPainter.drawText = draw_text  # type: ignore[method-assign] # as it was
        app.removeEventFilter(painted)


def written_on(window: QWidget) -> list[Words]:
    """Everything written on `window` now, in the order of painting."""
    words: list[Words] = []
    with _writing(words, visibly=True):
        window.grab()
    return [each for each in words if each.text.strip()]


def with_and_without(
    window: QWidget,
) -> tuple[list[Words], npt.NDArray[np.uint8], npt.NDArray[np.uint8]]:
    """The words on `window`, and its pixels (blue, green, red) with and without them."""
    words: list[Words] = []
    with _writing(words, visibly=True):
        full = channels(window.grab().toImage())
    with _writing([], visibly=False):
        bare = channels(window.grab().toImage())
    return [each for each in words if each.text.strip()], full, bare


def seen_rect(widget: QWidget) -> QRectF:
    """The part of `widget` that its parents do not cut off, in the window's pixels."""
    window = widget.window()
    seen = QRectF(QPoint(), window.size())
    part: QWidget | None = widget
    while part is not None:
        seen &= QRectF(part.mapTo(window, QPoint()), part.size())
        part = part.parentWidget() if part is not window else None
    return seen


def in_sight(window: QWidget, words: Words) -> bool:
    """Whether nothing lies over `words`, as a question lies over the page that it is asked on."""
    hit = window.childAt(words.box.center().toPoint())
    return hit is None or hit is words.widget or hit.isAncestorOf(words.widget)
