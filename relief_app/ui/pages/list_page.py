"""A page with a large heading, a list of paragraphs and a row of buttons."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.flag_list import FlagList
from relief_app.ui.widgets.themed import Themed, target_side, text_scale
from relief_app.ui.widgets.touch_button import TouchButton, Weight

MARGIN = 20
WIDEST = 1000
HEADING_GAP = 10
MOST_WORDS = 0.4
"""Share of the page that heading and line may take from the list."""


class ListPage(Themed):
    """Heading, list, buttons; Esc is the first button."""

    closed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self.heading = CueLabel("heading_label", largest=34, bold=True, align=left, parent=self)
        self.line = CueLabel("line_label", largest=19, align=left, parent=self)
        self.list = FlagList("list_view", self)
        self.buttons: list[TouchButton] = []
        self.may_close = True
        """Whether Esc closes the page."""

    def add_button(
        self, name: str, text: str, action: Callable[[], object], weight: Weight = Weight.QUIET
    ) -> TouchButton:
        """A button in the row at the foot."""
        button = TouchButton(name, text, weight=weight, parent=self)
        button.clicked.connect(lambda: action())
        self.buttons.append(button)
        return button

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; arrows and Page keys scroll."""
        bar = self.list.verticalScrollBar()
        steps = {
            Qt.Key.Key_Down: 60,
            Qt.Key.Key_Up: -60,
            Qt.Key.Key_PageDown: bar.pageStep(),
            Qt.Key.Key_PageUp: -bar.pageStep(),
        }
        if event.key() == Qt.Key.Key_Escape and self.may_close:
            self.closed.emit()
        elif event.key() in steps:
            bar.setValue(bar.value() + steps[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        self.arrange()

    def arrange(self) -> None:
        """Heading on top, buttons at the foot, the list between them."""
        width = self.column()
        x = (self.width() - width) // 2
        heading, line = self.heading.height_at(width) + HEADING_GAP, self.line.height_at(width)
        # Large text grows smaller again before it takes the page from the list.
        squeeze = min(1.0, MOST_WORDS * self.height() / max(heading + line, 1))
        heading, line = round(heading * squeeze), round(line * squeeze)
        self.heading.setGeometry(x, MARGIN, width, heading)
        self.line.setGeometry(x, MARGIN + heading, width, line)
        foot = self.foot()
        top = MARGIN + heading + line + 8
        self.list.setGeometry(x, top, width, max(foot - 12 - top, 40))
        self._arrange_buttons(x, foot, width)

    def column(self) -> int:
        """Width of everything: no wider than eyes like to go."""
        return min(self.width() - 2 * MARGIN, round(WIDEST * max(text_scale(), 1.0)))

    def foot(self) -> int:
        """Where the row of buttons begins."""
        return self.height() - MARGIN - target_side(self.height())

    def _arrange_buttons(self, x: int, foot: int, width: int) -> None:
        """Buttons of one width; where the words of one need more, each gets its share."""
        shown = [button for button in self.buttons if not button.isHidden()]
        room = width - 8 * (len(shown) - 1)
        wishes = [button.sizeHint().width() for button in shown]
        if wishes and max(wishes) * len(shown) <= room:
            wishes = [1] * len(shown)
        for button, wish in zip(shown, wishes, strict=True):
            each = room * wish // sum(wishes)
            button.setGeometry(x, foot, each, self.height() - MARGIN - foot)
            x += each + 8

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page's ground."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.colour("window"))
        painter.end()
