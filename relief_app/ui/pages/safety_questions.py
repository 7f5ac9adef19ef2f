"""The safety questions, one at a time; every answer is kept at once, and what is skipped stays cautious."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.profile import Answer
from relief_app.pictures.figure import PoseState
from relief_app.ports import NotKept
from relief_app.ui import problem_words
from relief_app.ui.pages.list_page import MARGIN, ListPage
from relief_app.ui.questions import first_questions, further_questions, what_is_possible
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.pose_view import PoseView
from relief_app.ui.widgets.themed import SMALLEST_TARGET, text_scale
from relief_app.ui.widgets.touch_button import TouchButton
from relief_app.ui.words import content, sentence

if TYPE_CHECKING:
    from relief_app.core.gates import Gate
    from relief_app.ports import RoutineSource, SafetyQuestions

GAP = 8
LEAST_PICTURE = 150


class _AnswerButton(TouchButton):
    """A second click of a double click would answer the next question unread."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        event.accept()


class SafetyQuestionsPage(ListPage):
    """A plain question and three large answers; at the end, what is possible now."""

    night_wanted = Signal()

    def __init__(
        self, port: "SafetyQuestions", routines: "RoutineSource", parent: QWidget | None = None
    ) -> None:
        super().__init__("safety_questions_page", parent)
        self._port, self._routines = port, routines
        self._questions: tuple[Gate, ...] = ()
        self._index = 0
        self._pose = PoseView(self)
        self._notice = CueLabel("notice_label", largest=15, role="muted", parent=self)
        self._answers = {
            Answer.YES: self._answer_button("yes_button", self.tr("Yes"), "Y", Answer.YES),
            Answer.NO: self._answer_button("no_button", self.tr("No"), "N", Answer.NO),
            Answer.UNKNOWN: self._answer_button("unsure_button", self.tr("Not sure"), "U", Answer.UNKNOWN),
        }
        self._back = self.add_button("questions_back_button", self.tr("Back"), self.back)
        self._skip = self.add_button("skip_button", self.tr("Skip"), self.skip)
        self._more = self.add_button("more_questions_button", self.tr("More questions"), self.more)
        self._done = self.add_button("questions_done_button", self.tr("Done"), self.closed.emit)

    @property
    def is_asking(self) -> bool:
        """True while a question stands, False at the end."""
        return self._index < len(self._questions)

    def begin(self) -> None:
        """Ask from the first question that was never answered; from the start where all were."""
        self._questions = first_questions(self._port)
        self._notice.setText("")
        answers = self._port.profile().answers
        keys = [gate.key for gate in self._questions]
        self._go_to(next((at for at, key in enumerate(keys) if key not in answers), 0))

    def answer(self, answer: Answer) -> None:
        """Keep `answer` to the question on screen, and go on to the next."""
        if not self.is_asking:
            return
        try:
            self._port.answer(self._questions[self._index].key, answer)
            self._notice.setText("")
        except NotKept as problem:
            self._notice.setText(problem_words.not_kept(problem))
        self._go_to(self._index + 1)

    def back(self) -> None:
        """The question before, where there is one."""
        if self._index > 0:
            self._go_to(self._index - 1)

    def skip(self) -> None:
        """Leave the rest as it is: what is not answered counts as cautiously as can be."""
        self._go_to(len(self._questions))

    def more(self) -> None:
        """Go on with the questions that neither massage nor standing hangs on."""
        first = first_questions(self._port)
        self._questions = first + further_questions(self._port)
        self._go_to(len(first))

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Y, N, U answer; left goes back; Esc skips, and closes at the end."""
        asking: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Y: self._answers[Answer.YES].click,
            Qt.Key.Key_N: self._answers[Answer.NO].click,
            Qt.Key.Key_U: self._answers[Answer.UNKNOWN].click,
            Qt.Key.Key_Escape: self.skip,
        }
        # At the end N is night again.
        ended: dict[int, Callable[[], object]] = {Qt.Key.Key_N: self.night_wanted.emit}
        actions = (asking if self.is_asking else ended) | {Qt.Key.Key_Left: self.back}
        action = actions.get(event.key())
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if action is None or held:
            super().keyPressEvent(event)
        elif not event.isAutoRepeat():
            action()

    def arrange(self) -> None:
        """The question with its answers, or the list of what is possible."""
        super().arrange()
        if self.is_asking:
            self._arrange_question()
        elif self._notice.text():
            high = self._notice.height_at(self.list.width())
            self._notice.setGeometry(
                self.list.x(), self.list.geometry().bottom() - high, self.list.width(), high
            )
            self.list.resize(self.list.width(), self.list.height() - high - GAP)

    # How it works inside

    def _answer_button(self, name: str, text: str, key: str, answer: Answer) -> TouchButton:
        button = _AnswerButton(name, text, hint=key, parent=self)
        button.setCheckable(True)
        button.set_text_size(22)
        button.clicked.connect(lambda: self.answer(answer))
        return button

    def _go_to(self, index: int) -> None:
        self._index = index
        asking = self.is_asking
        for button in self._answers.values():
            button.setVisible(asking)
        self._skip.setVisible(asking)
        self.list.setVisible(not asking)
        self._done.setVisible(not asking)
        further = further_questions(self._port)
        self._more.setVisible(not asking and bool(further) and further[-1] not in self._questions)
        self._back.setVisible(index > 0)
        self._notice.setVisible(bool(self._notice.text()))
        self._show_question() if asking else self._show_end()
        self.arrange()
        self._forget_pointer()
        self.setFocus()

    def _forget_pointer(self) -> None:
        """A button that moved away from under the pointer would stay shaded, as if it were the answer."""
        for button in self._answers.values():
            button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)

    def _show_question(self) -> None:
        gate = self._questions[self._index]
        self.heading.setText(content(gate.text))
        progress = self.tr("%1 of %2").replace("%1", str(self._index + 1))
        self.line.setText(progress.replace("%2", str(len(self._questions))))
        answered = self._port.profile().answers.get(gate.key)
        for answer, button in self._answers.items():
            button.setChecked(answer is answered)
        if gate.picture is not None:
            self._pose.show_pose(PoseState(gate.picture))
        self.setAccessibleName(f"{self.line.text()}. {self.heading.text()}")
        self.setAccessibleDescription("")

    def _show_end(self) -> None:
        self._pose.hide()
        self.heading.setText(self.tr("What is possible now"))
        self.line.setText(self.tr("Guidance, not diagnosis."))
        entries = what_is_possible(self._port, self._routines)
        self.list.set_entries(entries)
        self.setAccessibleName(f"{self.heading.text()}. {self.line.text()}")
        self.setAccessibleDescription(" ".join(sentence(f"{head}: {body}") for head, body in entries))

    def _arrange_question(self) -> None:
        """Picture beside the words on a wide page, above them on a high one, left out on a small one."""
        width = self.column()
        body = QRect((self.width() - width) // 2, MARGIN, width, self.foot() - GAP - MARGIN)
        self._arrange_words(self._arrange_picture(body))

    def _arrange_picture(self, body: QRect) -> QRect:
        """Place the picture, and answer with the room that is left."""
        wide = body.width() >= 700 and body.width() > body.height()
        high = round(body.height() * 0.42)
        pictured = self._questions[self._index].picture is not None
        self._pose.setVisible(pictured and (wide or high >= LEAST_PICTURE))
        if self._pose.isHidden():
            return body
        if wide:
            side = round(body.width() * 0.42)
            self._pose.setGeometry(body.x(), body.y(), side, body.height())
            return body.adjusted(side + MARGIN, 0, 0, 0)
        self._pose.setGeometry(body.x(), body.y(), body.width(), high)
        return body.adjusted(0, high + GAP, 0, 0)

    def _arrange_words(self, body: QRect) -> None:
        scale = min(text_scale(), 1.6)
        line = self.line.height_at(body.width())
        each = min(max(round(body.height() * 0.22), SMALLEST_TARGET + GAP), 120)
        notice = min(self._notice.height_at(body.width()), round(body.height() * 0.2))
        x, w = body.x(), body.width()
        question = min(body.height() - line - each - notice - 3 * GAP, round(220 * scale))
        spare = (body.height() - line - question - each - notice - 3 * GAP) // 3
        top = body.y() + max(spare, 0)
        self.line.setGeometry(x, top, w, line)
        self.heading.setGeometry(x, top + line, w, question)
        low = top + line + question + GAP
        share = (w - 2 * GAP) // 3
        for number, button in enumerate(self._answers.values()):
            button.setGeometry(x + number * (share + GAP), low, share, each)
        self._notice.setGeometry(x, low + each + GAP, w, notice)
