"""The card of the morning after a cramp: one short question at a time."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.pages.plain_page import GAP, PlainPage, is_plain, shares
from relief_app.ui.widgets.answer_buttons import AnswerButton
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.icons import Icon
from relief_app.ui.widgets.themed import SMALLEST_TARGET, text_scale
from relief_app.ui.widgets.touch_button import TouchButton, Weight


class MorningPage(PlainPage):
    """Keys 1 and 2 answer; Esc is "not now"; C and S still are "Cramp now"."""

    answered = Signal(str)
    """"no" or "yes"."""
    let_be = Signal()
    routine_wanted = Signal(str)
    something_wrong = Signal()
    night_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("morning_page", parent)
        self._heading = CueLabel("heading_label", largest=20, role="muted", parent=self)
        self._heading.setText(self.tr("After the cramp"))
        self._question = CueLabel("morning_question_label", largest=38, bold=True, parent=self)
        self._no = AnswerButton("morning_no_button", self.tr("No"), hint="1", parent=self)
        self._yes = AnswerButton("morning_yes_button", self.tr("Yes"), hint="2", parent=self)
        self._no.clicked.connect(lambda: self.answered.emit("no"))
        self._yes.clicked.connect(lambda: self.answered.emit("yes"))
        self._later = TouchButton("morning_later_button", self.tr("Not now"), parent=self)
        self._later.clicked.connect(self.let_be.emit)
        self._wrong = self._wrong_button()
        for button in (self._no, self._yes):
            button.set_text_size(34)

    def present(self, question: str) -> None:
        """Ask one of `relief_app.desktop.morning.QUESTIONS`."""
        words = {
            "still_sore": self.tr("Is the calf still sore, swollen or hot?"),
            "morning_cream": self.tr(
                "Was a menthol, methyl salicylate or capsaicin cream used on this calf in the last 24 hours?"
            ),
        }
        self._question.setText(words[question])
        self.setAccessibleName(words[question])
        self.setFocus()
        self.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Nothing is answered by Enter or Space before a button has been pointed at."""
        actions: dict[int, Callable[[], object]] = {
            Qt.Key.Key_1: self._no.click,
            Qt.Key.Key_2: self._yes.click,
            Qt.Key.Key_Left: lambda: self._no.setFocus(Qt.FocusReason.TabFocusReason),
            Qt.Key.Key_Right: lambda: self._yes.setFocus(Qt.FocusReason.TabFocusReason),
            Qt.Key.Key_Escape: self._later.click,
            Qt.Key.Key_C: lambda: self.routine_wanted.emit("cramp-bed"),
            Qt.Key.Key_S: lambda: self.routine_wanted.emit("cramp-standing"),
            Qt.Key.Key_N: self.night_wanted.emit,
            Qt.Key.Key_W: self.something_wrong.emit,
        }
        action = actions.get(event.key()) if is_plain(event) else None
        if action is not None:
            action()

    def arrange(self) -> None:
        """The question in the middle of what is left above the answers."""
        body, growth = self.body(), self.growth()
        self._question.set_largest(38 * growth)
        target = SMALLEST_TARGET
        answers = round(min(max(body.height() * 0.24, 2 * target), 240))
        foot = body.bottom() + 1 - target
        heading = round(30 * min(text_scale(), 2)) + GAP
        self._heading.setGeometry(body.x(), body.y(), body.width(), heading)
        top = foot - 2 * GAP - answers
        words = QRect(body.x(), body.y() + heading, body.width(), top - body.y() - heading - GAP)
        self._question.setGeometry(words)
        row = QRect(body.x(), top, body.width(), answers)
        for button, place in zip((self._no, self._yes), shares(row, 2), strict=True):
            button.setGeometry(place)
        low = QRect(body.x(), foot, body.width(), target)
        later, wrong = shares(low, 2)
        self._later.setGeometry(later)
        self._wrong.setGeometry(wrong)

    def _wrong_button(self) -> TouchButton:
        text = self.tr("Something is wrong")
        name = "something_wrong_button"
        button = TouchButton(name, text, weight=Weight.WARNING, icon=Icon.WARNING, parent=self)
        button.clicked.connect(self.something_wrong.emit)
        return button
