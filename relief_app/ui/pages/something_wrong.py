"""The "Something is wrong" page: the emergency number first, then the signs by picture, then what to do.

It never reassures: whoever finds none of the signs is told that this proves nothing.
"""

from collections.abc import Callable, Sequence
from enum import Enum
from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.safety import RedFlag
from relief_app.ports import NotKept
from relief_app.ui import problem_words
from relief_app.ui.pages.list_page import ListPage
from relief_app.ui.sign_words import forbidden_text, none_entries, reported_text, urgency_text
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.sign_card import SignCard, SignCards, SignView
from relief_app.ui.widgets.themed import text_scale
from relief_app.ui.widgets.touch_button import TouchButton, Weight
from relief_app.ui.words import content

if TYPE_CHECKING:
    from relief_app.ports import SafetyQuestions

GAP = 10
CLINICIAN = "clinician"
"""The pictogram of who looks at it."""


class Stand(Enum):
    """What the page shows."""

    ASKING = "asking"
    SIGN = "sign"
    """What to do about a sign that was pressed just now."""
    REPORTED = "reported"
    """The same about one that was reported before."""
    CLEARING = "clearing"
    """Whether a clinician has looked at it, asked once more."""
    NONE = "none"
    """None of the signs."""


class SomethingWrongPage(ListPage):
    """Opened by button, key or command; what ran stands still while it is read."""

    eased = Signal()
    ended = Signal()
    reported = Signal(object)
    """A sign (RedFlag) that was pressed and is kept: what must stop, stops."""

    def __init__(
        self, flags: Sequence[RedFlag], port: "SafetyQuestions", parent: QWidget | None = None
    ) -> None:
        super().__init__("something_wrong_page", parent)
        self._flags, self._port = tuple(flags), port
        self._stand = Stand.ASKING
        self._flag: RedFlag | None = None
        self._before: float | None = None
        self._alarm = self._session = self._stopped = False
        self._notice = ""
        self._cards = self._make_cards()
        self._view = SignView(self)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._action = CueLabel("action_label", largest=30, bold=True, align=left, parent=self)
        self._make_buttons()

    @property
    def stand(self) -> Stand:
        """What the page shows."""
        return self._stand

    def present(self, number: str | None, *, alarm: bool, session: bool) -> None:
        """Show the emergency `number` (None: not confirmed); `alarm` after ten minutes of cramp."""
        call = self.tr("Emergency: call %1").replace("%1", number or self.tr("your local emergency number"))
        self.heading.setText(call)
        self.follow(alarm=alarm, session=session)
        self._note_reported()
        self._cards.verticalScrollBar().setValue(0)
        self._go_to(Stand.ASKING)

    def follow(self, *, alarm: bool, session: bool) -> None:
        """Whether the ten-minute alarm stands and a session runs, which may change while this is read."""
        self._alarm, self._session = alarm, session
        self.may_close = not alarm

    def press(self, flag: RedFlag) -> None:
        """Keep that `flag` is seen or felt, and say what to do; one that was reported is only shown."""
        self._flag, self._before = flag, self._port.profile().facts.get(flag.code)
        self._notice, self._stopped = "", False
        if self._before is not None:
            self._go_to(Stand.REPORTED)
            return
        try:
            self._port.report(flag.code)
        except NotKept as problem:
            self._notice = problem_words.not_kept(problem)
        self._tell(flag)
        self._go_to(Stand.SIGN)

    def show_reported(self, code: str, *, now: bool = False) -> None:
        """Show what to do about the sign `code`, which was reported before; nothing for a strange one.

        `now`: nobody has stopped yet what it forbids.
        """
        flag = next((flag for flag in self._flags if flag.code == code), None)
        if flag is None or code not in self._port.profile().facts:
            return
        self.press(flag)
        if now:
            self._tell(flag)
            self._go_to(Stand.REPORTED)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Arrows walk through the signs, Enter and Space press; Esc goes back."""
        if self._stand is Stand.ASKING:
            if not self._cards.walk(Qt.Key(event.key())):
                super().keyPressEvent(event)
        elif event.key() == Qt.Key.Key_Escape:
            self._back_to_signs()
        else:
            super().keyPressEvent(event)

    def arrange(self) -> None:
        """The number on top; below it the signs, or the picture and the action with what else there is."""
        super().arrange()
        body = self.list.geometry()
        self._cards.setGeometry(body)
        if self._stand is not Stand.ASKING:
            self._arrange_action(body)

    # How it works inside

    def _tell(self, flag: RedFlag) -> None:
        """What `flag` forbids stops, and that is said."""
        ran = self._session
        self.reported.emit(flag)
        self._stopped = ran and not self._session

    def _make_cards(self) -> SignCards:
        cards = [self._card(flag) for flag in self._flags]
        none = SignCard("none_of_these_button", self.tr("None of these"), CLINICIAN)
        none.clicked.connect(lambda: self._go_to(Stand.NONE))
        return SignCards("signs_view", [*cards, none], self)

    def _card(self, flag: RedFlag) -> SignCard:
        card = SignCard(f"sign_{flag.code}_button", content(flag.question or flag.trigger), flag.picture)
        card.clicked.connect(lambda: self.press(flag))
        return card

    def _make_buttons(self) -> None:
        self._back = self.add_button("wrong_back_button", self.tr("Back"), self.closed.emit)
        self._others = self.add_button("other_signs_button", self.tr("Other signs"), self._back_to_signs)
        self._mistake = self.add_button("mistake_button", self.tr("I pressed the wrong one"), self._take_back)
        self._looked_at = self.add_button(
            "clinician_button",
            self.tr("A clinician has looked at it"),
            lambda: self._go_to(Stand.CLEARING),
        )
        self._yes = self.add_button("clinician_yes_button", self.tr("Yes, it was looked at"), self._clear)
        self._no = self.add_button(
            "clinician_no_button", self.tr("Not yet"), lambda: self._go_to(Stand.REPORTED)
        )
        self._eased = self.add_button("wrong_eased_button", self.tr("It let go"), self.eased.emit)
        self._end = self.add_button(
            "end_session_button", self.tr("End the session"), self.ended.emit, Weight.WARNING
        )

    def _go_to(self, stand: Stand) -> None:
        self._stand = stand
        shown = self._shown_buttons()
        for button in self.buttons:
            button.setVisible(button in shown)
            button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse, on=False)
        asking = stand is Stand.ASKING
        self._cards.setVisible(asking)
        for part in (self.list, self._view, self._action):
            part.setVisible(not asking)
        self._say()
        self.line.set_bold(bold=stand in (Stand.SIGN, Stand.REPORTED) or self._alarm)
        self.arrange()
        self.setAccessibleName(f"{self.heading.text()}. {self.line.text()} {self._action.text()}")
        self.setFocus()

    def _shown_buttons(self) -> list[TouchButton]:
        if self._stand is Stand.CLEARING:
            return [self._yes, self._no]
        asking = self._stand is Stand.ASKING
        wanted = {
            self._back: asking and not self._alarm,
            self._others: not asking,
            self._mistake: self._stand is Stand.SIGN,
            self._looked_at: self._stand is Stand.REPORTED,
            self._eased: self._alarm,
            self._end: self._session,
        }
        return [button for button, shown in wanted.items() if shown]

    def _say(self) -> None:
        """The line below the number, the action, and the list."""
        say: dict[Stand, Callable[[], None]] = {
            Stand.ASKING: self._say_questions,
            Stand.NONE: self._say_none,
            Stand.CLEARING: self._say_clearing,
        }
        say.get(self._stand, self._say_sign)()

    def _say_questions(self) -> None:
        ten = self.tr("This cramp has lasted ten minutes. Stop stretching. Get medical help urgently.")
        self.line.setText(ten if self._alarm else self.tr("Is one of these true? Press it."))
        self._action.setText("")

    def _say_sign(self) -> None:
        if self._flag is None:
            return
        self._view.show_sign(self._flag.picture)
        self.line.setText(urgency_text(self._flag.urgency))
        self._action.setText(content(self._flag.action))
        self.list.set_entries(self._sign_entries(self._flag))

    def _sign_entries(self, flag: RedFlag) -> list[tuple[str, str]]:
        head = self.tr("You pressed") if self._before is None else reported_text(self._before)
        kept = self.tr("The session has stopped.") if self._stopped else self.tr("Kept")
        entries = [(head, content(flag.trigger)), (kept, forbidden_text(flag))]
        return [(self._notice, ""), *entries] if self._notice else entries

    def _say_clearing(self) -> None:
        if self._flag is None:
            return
        self._view.show_sign(CLINICIAN)
        self.line.setText(content(self._flag.trigger))
        self._action.setText(self.tr("Has a clinician looked at it since?"))
        said = self.tr("Only then. That it feels better, or that time has passed, is not enough.")
        self.list.set_entries([(said, self._notice)])

    def _say_none(self) -> None:
        self._view.show_sign(CLINICIAN)
        self.line.setText(self.tr("None of these"))
        self._action.setText(self.tr("This does not mean that all is well. If in doubt, ask a doctor."))
        self.list.set_entries(none_entries(self._flags))

    def _back_to_signs(self) -> None:
        """To the signs again; from the question whether it was looked at, to the sign."""
        self._go_to(Stand.REPORTED if self._stand is Stand.CLEARING else Stand.ASKING)
        self._note_reported()
        self.arrange()

    def _note_reported(self) -> None:
        facts = self._port.profile().facts
        for flag, card in zip(self._flags, self._cards.cards, strict=False):
            at_s = facts.get(flag.code)
            card.set_note("" if at_s is None else reported_text(at_s))
        self._cards.restack()

    def _take_back(self) -> None:
        """It was the wrong card: no report, as far as the person says so before the page is left."""
        if self._flag is not None and self._forget(self._flag):
            self._back_to_signs()
        else:
            self._go_to(Stand.SIGN)

    def _clear(self) -> None:
        if self._flag is not None and self._forget(self._flag):
            self._go_to(Stand.ASKING)
            self._note_reported()
            self.arrange()
        else:
            self._go_to(Stand.CLEARING)

    def _forget(self, flag: RedFlag) -> bool:
        """Take the report of `flag` away; where that cannot be written it stays, and that is said."""
        try:
            self._port.clear(flag.code)
        except NotKept as problem:
            self._notice = problem_words.not_kept(problem)
            return False
        self._notice = ""
        return True

    def _arrange_action(self, body: QRect) -> None:
        """Picture beside the action; the list below scrolls, so that number and action always stand."""
        scale = min(text_scale(), 1.6)
        side = min(round(body.height() * 0.42), round(body.width() * 0.34), 240)
        words = min(max(side, round(64 * scale)), round(body.height() * 0.55))
        self._view.setGeometry(body.x(), body.y(), side, min(side, words))
        left = body.x() + side + GAP
        self._action.setGeometry(left, body.y(), body.right() - left, words)
        top = body.y() + words + GAP
        self.list.setGeometry(body.x(), top, body.width(), max(body.bottom() - top, 1))
