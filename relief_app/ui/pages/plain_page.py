"""What the pages of packs share: a ground, a place for the keyboard, a layout of their own."""

from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.themed import Themed, text_scale

MARGIN = 20
GAP = 10
WIDEST = 1100


class PlainPage(Themed):
    """Fills the window; `arrange` places its parts in `body`."""

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def growth(self) -> float:
        """How much larger than usual everything may be on a large window, 1 to 1.8."""
        return min(max(min(self.height() / 800, self.width() / WIDEST), 1.0), 1.8)

    def body(self) -> QRect:
        """The room for everything: no wider than eyes like to go."""
        margin = MARGIN if min(self.width(), self.height()) >= 460 else MARGIN // 2
        width = min(self.width() - 2 * margin, round(WIDEST * max(self.growth(), min(text_scale(), 1.8))))
        return QRect((self.width() - width) // 2, margin, width, self.height() - 2 * margin)

    def arrange(self) -> None:
        """Place every part."""

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        self.arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page's ground."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.colour("window"))
        painter.end()


def is_plain(event: QKeyEvent) -> bool:
    """Whether a key was pressed by itself, once: nothing held, no repetition."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return not held and not event.isAutoRepeat()


def shares(row: QRect, count: int, gap: int = GAP) -> tuple[QRect, ...]:
    """`row` in `count` equal parts beside each other."""
    each = (row.width() - gap * (count - 1)) // max(count, 1)
    return tuple(QRect(row.x() + i * (each + gap), row.y(), each, row.height()) for i in range(count))
