"""The panel over whatever page stands, for what a pack asks: a look at the skin, or the pack off first.

It is no window of its own: it takes the keyboard within ours and never from another program. What is
pressed by habit (Space, Enter, arrows) answers nothing.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QPainter, QPaintEvent, QPen, QShowEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.pages.plain_page import GAP, PlainPage, is_plain, shares
from relief_app.ui.widgets.answer_buttons import AnswerButton
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.themed import SMALLEST_TARGET, target_side, text_scale
from relief_app.ui.widgets.touch_button import TouchButton, Weight

PADDING = 22
CARD_WIDTH, CARD_HEIGHT = 760, 470
LOOK_MS = 250
SCRIM = 0.8
"""How much of the page below is covered."""


class Choice(NamedTuple):
    """One answer: what it is called outside, its button's object name, its words."""

    value: str
    button: str
    text: str
    weight: Weight = Weight.QUIET


class PanelAsk(NamedTuple):
    """A question: its id, what is to be done, what counts, and the two answers (keys 1 and 2)."""

    id: str
    title: str
    line: str
    first: Choice
    second: Choice
    escape: str | None = None
    """What Esc answers, None where it answers nothing."""


class PackPanel(PlainPage):
    """Asks one question over the page; what is left to answer it is shown as it passes."""

    answered = Signal(str, str)
    """Question id, and the chosen value."""
    something_wrong = Signal()
    night_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pack_panel", parent)
        self._asked: PanelAsk | None = None
        self._left: Callable[[], str] = str
        self._title = CueLabel("panel_title_label", largest=44, bold=True, parent=self)
        self._line = CueLabel("panel_line_label", largest=26, parent=self)
        self._time = CueLabel("panel_time_label", largest=22, role="muted", parent=self)
        self._buttons: list[AnswerButton] = []
        self._wrong = TouchButton(
            "something_wrong_button", self.tr("Something is wrong"), weight=Weight.WARNING, parent=self
        )
        self._wrong.clicked.connect(self.something_wrong.emit)
        self._looks = QTimer(self)
        self._looks.setInterval(LOOK_MS)
        self._looks.timeout.connect(self._look)
        self.hide()

    @property
    def asked(self) -> PanelAsk | None:
        """The question on screen."""
        return self._asked if self.isVisible() else None

    def ask(self, asked: PanelAsk, left: Callable[[], str]) -> None:
        """Show a question and `left`, a line that changes with time."""
        self._left = left
        if asked != self._asked:
            self._asked = asked
            self._title.setText(asked.title)
            self._line.setText(asked.line)
            self._make_buttons(asked)
            self.setAccessibleName(f"{asked.title}. {asked.line}")
        self._look()
        self.arrange()
        self.show()
        self.raise_()
        if not any(button.hasFocus() for button in (*self._buttons, self._wrong)):
            self.setFocus()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 and 2 answer; N is night, W something wrong; nothing else, and nothing goes on to the page."""
        event.accept()
        if self._asked is None or not is_plain(event):
            return
        match event.key():
            case Qt.Key.Key_1:
                self._buttons[0].click()
            case Qt.Key.Key_2:
                self._buttons[1].click()
            case Qt.Key.Key_N:
                self.night_wanted.emit()
            case Qt.Key.Key_W:
                self.something_wrong.emit()
            case Qt.Key.Key_Escape if self._asked.escape is not None:
                self.answered.emit(self._asked.id, self._asked.escape)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes round among what is on the card, never to the page below."""
        ring = [self, *self._buttons, self._wrong]
        at = next((number for number, part in enumerate(ring) if part.hasFocus()), 0)
        step = 1 if forward else -1
        there = (at + step) % len(ring) or step % len(ring)
        ring[there].setFocus(Qt.FocusReason.TabFocusReason)
        return True

    def showEvent(self, event: QShowEvent) -> None:
        """Follow the time while it is seen."""
        self._looks.start()
        super().showEvent(event)

    def hideEvent(self, event: QHideEvent) -> None:
        """Nothing runs for nobody."""
        self._looks.stop()
        super().hideEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page below recedes, and a card stands on it."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        scrim = self.theme.colour("window")
        scrim.setAlphaF(SCRIM)
        painter.fillRect(self.rect(), scrim)
        painter.setPen(QPen(self.theme.colour("primary" if self.theme.name == "light" else "ring"), 4.0))
        painter.setBrush(self.theme.colour("surface"))
        painter.drawRoundedRect(QRectF(self._card()).adjusted(2, 2, -2, -2), 18.0, 18.0)
        painter.end()

    def arrange(self) -> None:
        """Title, what counts, time left, two answers, and the warning that always stands."""
        room = self._card().adjusted(PADDING, PADDING, -PADDING, -PADDING)
        if min(self.width(), self.height()) < 460:
            room.adjust(-PADDING // 2, -PADDING // 2, PADDING // 2, PADDING // 2)
        for label, size in ((self._title, 44), (self._line, 26), (self._time, 22)):
            label.set_largest(size * self.growth())
        x, w, height = room.x(), room.width(), room.height()
        answers = min(max(round(height * 0.26), SMALLEST_TARGET + GAP), round(140 * self.growth()))
        target = target_side(self.height())
        words = height - answers - target - 2 * GAP
        title, line = round(words * 0.42), round(words * 0.36)
        self._title.setGeometry(x, room.y(), w, title)
        self._line.setGeometry(x, room.y() + title, w, line)
        self._time.setGeometry(x, room.y() + title + line, w, words - title - line)
        top = room.y() + words + GAP
        for button, place in zip(self._buttons, shares(QRect(x, top, w, answers), 2), strict=False):
            button.setGeometry(place)
        wrong = min(round(280 * min(text_scale(), 1.8)), w)
        self._wrong.setGeometry(x + (w - wrong) // 2, room.bottom() + 1 - target, wrong, target)

    # How it works inside

    def _card(self) -> QRect:
        margin = 24 if min(self.width(), self.height()) >= 460 else 6
        scale = min(max(text_scale(), self.height() / 800), 1.8)
        width = min(round(CARD_WIDTH * scale), self.width() - 2 * margin)
        height = min(round(CARD_HEIGHT * scale), self.height() - 2 * margin)
        return QRect((self.width() - width) // 2, (self.height() - height) // 2, width, height)

    def _make_buttons(self, asked: PanelAsk) -> None:
        for old in self._buttons:
            old.hide()
            old.deleteLater()
            old.setParent(None)
        self._buttons = [
            self._make(asked.id, choice, str(key))
            for key, choice in enumerate((asked.first, asked.second), 1)
        ]

    def _make(self, question: str, choice: Choice, key: str) -> AnswerButton:
        button = AnswerButton(choice.button, choice.text, weight=choice.weight, hint=key, parent=self)
        button.set_text_size(24)
        button.set_theme(self.theme)
        button.clicked.connect(lambda: self.answered.emit(question, choice.value))
        button.show()
        return button

    def _look(self) -> None:
        self._time.setText(self._left())
