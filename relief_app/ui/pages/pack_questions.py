"""The questions before a pack, one a screen: each names a risk, so only *no* goes on to the next."""

from enum import StrEnum
from typing import NamedTuple

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.gates import Gate
from relief_app.core.pack_checks import UNHEARD
from relief_app.pictures.figure import PoseState
from relief_app.pictures.pack_signs import pack_sign
from relief_app.pictures.painting import paint
from relief_app.ui.pack_words import POSES, question_number, source_line
from relief_app.ui.pages.plain_page import GAP, PlainPage, is_plain, shares
from relief_app.ui.widgets.answer_buttons import AnswerButton
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.pose_view import PoseView
from relief_app.ui.widgets.themed import SMALLEST_TARGET, Themed, target_side, text_scale
from relief_app.ui.widgets.touch_button import TouchButton, Weight
from relief_app.ui.words import content, sentence

LEAST_PICTURE = 150
LARGE_TEXT = 1.4
"""From this text scale on the words get more of the width."""


class SoundState(StrEnum):
    """What is known of the test sound."""

    TRYING = "trying"
    """It was just asked for."""
    PLAYED = "played"
    MUTED = "muted"
    """It was played, but the system's output is muted or at zero."""
    NO_DEVICE = "no_device"
    """Nothing can be heard: no pack can be started."""


class _SignView(Themed):
    """The pictogram of a question."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("pack_sign_view")
        self.sign = ""

    def show_sign(self, key: str) -> None:
        self.sign = key
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.colour("window"))
        picture = pack_sign(self.sign)
        if picture is not None:
            paint(painter, picture, self.theme.pictures, QRectF(self.rect()))
        painter.end()


class PackAsk(NamedTuple):
    """One question of `out_of`; `number` from 1, `source` as a reader finds it ("" for none)."""

    gate: Gate
    kind: Kind
    leg: Leg
    number: int
    out_of: int
    source: str = ""


class PackQuestionsPage(PlainPage):
    """A question with two large answers; after a *yes*, why there is no pack and what is possible."""

    answered = Signal(str)
    """"no" or "yes", to the question on screen."""
    closed = Signal()
    test_sound_wanted = Signal()
    night_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pack_questions_page", parent)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        top = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        self._ask: PackAsk | None = None
        self._sound = SoundState.TRYING
        self._is_wide = False
        self._pose = PoseView(self)
        self._sign = _SignView(self)
        self._number = CueLabel("number_label", largest=19, role="muted", align=left, parent=self)
        self._heading = CueLabel("heading_label", largest=38, bold=True, align=left, parent=self)
        self._why = CueLabel("why_label", largest=20, role="muted", align=top, parent=self)
        self._heard = CueLabel("sound_label", largest=20, bold=True, align=left, parent=self)
        self._no = self._answer("pack_no_button", self.tr("No"), "1", "no")
        self._yes = self._answer("pack_yes_button", self.tr("Yes"), "2", "yes")
        self._again = TouchButton("test_sound_button", self.tr("Play again"), hint="P", parent=self)
        self._again.clicked.connect(self.test_sound_wanted.emit)
        self._leave = TouchButton("pack_leave_button", self.tr("No pack now"), hint="Esc", parent=self)
        self._leave.clicked.connect(self.closed.emit)
        self._home = TouchButton(
            "pack_home_button", self.tr("Back to the first page"), weight=Weight.PRIMARY, parent=self
        )
        self._home.set_text_size(22)
        self._home.clicked.connect(self.closed.emit)

    @property
    def asks(self) -> PackAsk | None:
        """The question on screen, None after a *yes*."""
        return self._ask

    def ask(self, asked: PackAsk) -> None:
        """Show a question; the same one again changes nothing. The test sound begins with its own."""
        if asked == self._ask:
            return
        self._ask = asked
        gate = asked.gate
        self._number.setText(question_number(asked.kind, asked.number, asked.out_of))
        is_sound = gate.key == UNHEARD
        # A gate names a risk; "not heard" put as a question that is answered "no" would be misread.
        self._heading.setText(self.tr("Did you hear the test sound?") if is_sound else content(gate.text))
        self._why.setText(f"{content(gate.why)} {source_line(asked.source)}".strip())
        self._pose.show_pose(PoseState(POSES[asked.kind], leg=asked.leg))
        self._sign.show_sign(gate.key)
        self._sound = SoundState.TRYING
        self._name_answers(heard=is_sound)
        self._show(asking=True)
        if is_sound:
            self.test_sound_wanted.emit()

    def refuse(self, gate: Gate, kind: Kind) -> None:
        """Show that `gate` stands against a pack, and what is possible instead."""
        self._ask = None
        self._number.setText(self.tr("No heat pack now") if kind is Kind.HEAT else self.tr("No ice pack now"))
        self._heading.setText(content(gate.why))
        self._why.setText(content(gate.instead))
        self._show(asking=False)

    def show_sound(self, state: SoundState) -> None:
        """Say what became of the test sound; without a device nobody can go on."""
        if self._ask is None or self._ask.gate.key != UNHEARD:
            return
        self._sound = state
        self._show_sound()
        self.arrange()

    def forget(self) -> None:
        """Ask anew the next time, whatever was asked last."""
        self._ask = None

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 and 2 answer, arrows choose and Enter answers what is chosen; Esc leaves without a pack."""
        key = event.key()
        if not is_plain(event):
            return
        if key == Qt.Key.Key_Escape:
            self.closed.emit()
        elif key == Qt.Key.Key_N:
            self.night_wanted.emit()
        elif self._ask is not None:
            self._press(Qt.Key(key))
        elif key in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.closed.emit()

    def arrange(self) -> None:
        """Picture beside the words where it is wide, above them where it is high, else none."""
        body = self._arrange_picture(self.body())
        target = target_side(self.height())
        foot = QRect(body.x(), body.bottom() + 1 - target, body.width(), target)
        small = [button for button in (self._leave, self._again) if not button.isHidden()]
        for button, place in zip(small, shares(foot, len(small)), strict=True):
            button.setGeometry(place)
        self._arrange_words(body.adjusted(0, 0, 0, -target - GAP if small else 0))

    # How it works inside

    def _answer(self, name: str, text: str, key: str, answer: str) -> AnswerButton:
        button = AnswerButton(name, text, hint=key, parent=self)
        button.set_text_size(26)
        button.clicked.connect(lambda: self.answered.emit(answer) if self._ask is not None else None)
        return button

    def _name_answers(self, *, heard: bool) -> None:
        """The first answer goes on, to each question."""
        self._no.set_words(self.tr("I heard it") if heard else self.tr("No"), "1")
        self._yes.set_words(self.tr("Not heard") if heard else self.tr("Yes"), "2")

    def _press(self, key: Qt.Key) -> None:
        match key:
            case Qt.Key.Key_1:
                self._no.click()
            case Qt.Key.Key_2:
                self._yes.click()
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._no.setFocus(Qt.FocusReason.OtherFocusReason)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._yes.setFocus(Qt.FocusReason.OtherFocusReason)
            case Qt.Key.Key_P if self._again.isVisible():
                self._again.click()

    def _show(self, *, asking: bool) -> None:
        for button in (self._no, self._yes, self._leave):
            button.setVisible(asking)
            # One that stays where it was must not look chosen because the pointer still rests on it.
            button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
        self._home.setVisible(not asking)
        heard = asking and self._ask is not None and self._ask.gate.key == UNHEARD
        for part in (self._heard, self._again):
            part.setVisible(heard)
        self._show_sound()
        self.setAccessibleName(
            " ".join(sentence(part.text()) for part in (self._number, self._heading, self._why))
        )
        self.arrange()
        # Enter pressed by habit must not run through all questions: each begins with nothing chosen.
        self.setFocus()

    def _show_sound(self) -> None:
        self._heard.setText(
            {
                SoundState.TRYING: self.tr("The test sound plays now."),
                SoundState.PLAYED: self.tr("The test sound was played."),
                SoundState.MUTED: self.tr(
                    "The sound of this computer is muted. Turn it up, then play again."
                ),
                SoundState.NO_DEVICE: self.tr(
                    "No sound device works: the alarm could not be heard, and no pack can be started."
                ),
            }[self._sound]
        )
        self.setAccessibleDescription("" if self._heard.isHidden() else self._heard.text())
        # Pressed by habit before anybody could know, *no* would pass a computer that has no sound.
        unheard = self._ask is not None and self._ask.gate.key == UNHEARD
        self._no.setEnabled(not unheard or self._sound in (SoundState.PLAYED, SoundState.MUTED))

    def _arrange_picture(self, body: QRect) -> QRect:
        self._is_wide = wide = body.width() >= 700 and body.width() > body.height()
        high = round(body.height() * 0.36)
        for picture in (self._pose, self._sign):
            picture.setVisible(self._ask is not None and (wide or high >= LEAST_PICTURE))
        if self._pose.isHidden():
            return body
        if wide:
            side = round(body.width() * (0.42 if text_scale() < LARGE_TEXT else 0.34))
            self._pose.setGeometry(body.x(), body.y(), side, body.height())
            return body.adjusted(side + 2 * GAP, 0, 0, 0)
        # On a high page the sign stands beside the pose, on a wide one above the words.
        pose = body.width() - high - GAP
        self._pose.setGeometry(body.x(), body.y(), pose, high)
        self._sign.setGeometry(body.x() + pose + GAP, body.y(), high, high)
        return body.adjusted(0, high + GAP, 0, 0)

    def _arrange_words(self, body: QRect) -> None:
        """Number, question, why, what is known of the sound, and the answers below."""
        growth = self.growth()
        for label, size in ((self._number, 19), (self._heading, 38), (self._why, 20), (self._heard, 20)):
            label.set_largest(size * growth)
        scale = min(text_scale(), 1.6) * growth
        x, w, height = body.x(), body.width(), body.height()
        answers = min(max(round(height * 0.24), SMALLEST_TARGET + GAP), round(130 * growth))
        words = height - answers - GAP
        number = round(min(self._number.height_at(w), words * 0.14))
        sound = 0 if self._heard.isHidden() else round(min(self._heard.height_at(w), words * 0.3))
        why = round(min(max(self._why.height_at(w), 64 * growth), words * 0.32))
        question = min(words - number - sound - why, round(170 * scale))
        # A little above the middle, near enough to the answers.
        spare = max(words - number - question - why - sound, 0)
        top = body.y() + spare * 2 // 3
        if self._is_wide:
            side = min(round(spare * 0.6), round(150 * growth))
            self._sign.setGeometry(x, top - side - GAP, side, side)
        self._number.setGeometry(x, top, w, number)
        self._heading.setGeometry(x, top + number, w, question)
        self._why.setGeometry(x, top + number + question, w, why)
        self._heard.setGeometry(x, top + number + question + why, w, sound)
        row = QRect(x, body.y() + height - answers, w, answers)
        for button, place in zip((self._no, self._yes), shares(row, 2), strict=True):
            button.setGeometry(place)
        self._home.setGeometry(row)
