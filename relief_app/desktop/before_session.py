"""What is asked before a session that is no pack's: whether the cramp is there now, before a cool-down."""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, Signal

from relief_app.core.safety import CRAMPING_NOW, asks_for_cramp
from relief_app.desktop.pack_questions import BadChoice, Question, UnknownQuestion

if TYPE_CHECKING:
    from relief_app.core.anatomy import Leg
    from relief_app.core.routine import Routine
    from relief_app.desktop.session_host import SessionHost
    from relief_app.ports import Clock

CRAMPING = "cramping"
NO, YES = "no", "yes"


class _Waiting(NamedTuple):
    """The routine that waits for an answer, and since when (ms since boot)."""

    routine: "Routine"
    leg: "Leg"
    rate: int
    asked_ms: int


class BeforeSession(QObject):
    """Holds a routine back until its question is answered; *no* goes on with it, *yes* is a cramp."""

    changed = Signal()
    """There is a question, or there is none any more: look again."""

    def __init__(self, host: "SessionHost", clock: "Clock", parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._host, self._clock = host, clock
        self._waiting: _Waiting | None = None

    @property
    def question(self) -> Question | None:
        """What is asked now; None where nothing is."""
        waiting = self._waiting
        if waiting is None:
            return None
        kind = self._host.routines.exercises[waiting.routine.steps[0].exercise].kind
        return Question(CRAMPING, (NO, YES), waiting.asked_ms, kind)

    @property
    def waiting_routine(self) -> str | None:
        """The routine whose question is asked."""
        return None if self._waiting is None else self._waiting.routine.id

    @property
    def leg(self) -> "Leg | None":
        """The leg that the waiting routine is to begin with."""
        return None if self._waiting is None else self._waiting.leg

    def lets_start(self, routine: "Routine", leg: "Leg", *, urgent: bool, rate: int) -> bool:
        """Whether `routine` may begin now; else it begins once what is asked is answered.

        A session that runs is left, to be offered again.
        """
        if urgent or not asks_for_cramp(routine):
            self.withdraw()
            return True
        self._host.leave()
        self._waiting = _Waiting(routine, leg, rate, self._clock.boot_ms())
        self.changed.emit()
        return False

    def answer(self, question_id: str, choice: str) -> None:
        """Answer the question. Raises UnknownQuestion and BadChoice, and NotOffered from the start."""
        question, waiting = self.question, self._waiting
        if question is None or waiting is None or question_id != question.id:
            raise UnknownQuestion(question_id, None if question is None else question.id)
        if choice not in question.choices:
            raise BadChoice(question, choice)
        self._waiting = None
        try:
            if choice == NO:
                self._host.begin(waiting.routine, waiting.leg, rate=waiting.rate)
            else:
                self._host.start(CRAMPING_NOW, waiting.leg, urgent=True, rate=waiting.rate)
        finally:
            self.changed.emit()

    def withdraw(self) -> None:
        """Give up the question: there is none."""
        if self._waiting is not None:
            self._waiting = None
            self.changed.emit()
