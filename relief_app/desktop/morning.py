"""What is asked on the morning after a cramp: whether the calf is still sore, and about a cream."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relief_app.core.exercise import Kind
from relief_app.core.morning import is_morning_after
from relief_app.desktop.pack_questions import BadChoice, Question, UnknownQuestion
from relief_app.ports import NotKept

if TYPE_CHECKING:
    from relief_app.ports import Clock, MorningMemory, PackAnswers, SessionStore

STILL_SORE, MORNING_CREAM = "still_sore", "morning_cream"
QUESTIONS = (STILL_SORE, MORNING_CREAM)
NO, YES = "no", "yes"


class Morning(QObject):
    """Asks once for each night; it keeps no session waiting, and whatever begins takes the question away."""

    changed = Signal()
    """There is another question, or there is none any more: look again."""
    sore = Signal()
    """The calf is still sore, swollen or hot."""
    cream = Signal()
    """A cream was used: heat is locked for a day."""
    not_kept = Signal(object)
    """A NotKept: the answer counts, but may be asked for again."""

    def __init__(
        self,
        sessions: "SessionStore",
        memory: "MorningMemory",
        answers: "Callable[[], PackAnswers]",
        clock: "Clock",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._sessions, self._memory, self._answers, self._clock = sessions, memory, answers, clock
        self._open: list[str] = []
        self._cramp_s = 0.0
        self._asked_ms = 0
        self._let_be = False

    @property
    def question(self) -> Question | None:
        """What is asked now; None where nothing is."""
        return Question(self._open[0], (NO, YES), self._asked_ms, Kind.HOLD) if self._open else None

    def look(self, *, is_night: bool) -> None:
        """Ask about the last cramp where it is time to; not again in this run once it was let be."""
        if self._open or self._let_be:
            return
        try:
            ended_s = self._sessions.last_cramp_s()
        except NotKept:
            return  # said elsewhere, by whoever needs what is kept
        if ended_s is not None and is_morning_after(ended_s, self._clock.wall_s(), is_night=is_night):
            self._cramp_s, self._asked_ms = ended_s, self._clock.boot_ms()
            self._open = [one for one in QUESTIONS if self._memory.asked_until(one) < ended_s]
            self.changed.emit()

    def answer(self, question_id: str, choice: str) -> None:
        """Answer the question. Raises UnknownQuestion and BadChoice."""
        question = self.question
        if question is None or question_id != question.id:
            raise UnknownQuestion(question_id, None if question is None else question.id)
        if choice not in question.choices:
            raise BadChoice(question, choice)
        self._keep(question.id, choice)
        self._open.pop(0)
        self._asked_ms = self._clock.boot_ms()
        if choice == YES:
            (self.sore if question.id == STILL_SORE else self.cream).emit()
        self.changed.emit()

    def let_be(self) -> None:
        """Not now: it is asked when the app is opened the next time."""
        self._let_be = True
        self.withdraw()

    def withdraw(self) -> None:
        """Something else comes first."""
        if self._open:
            self._open = []
            self.changed.emit()

    def _keep(self, question: str, choice: str) -> None:
        """The lock on heat before the note that it was asked."""
        try:
            if question == MORNING_CREAM and choice == YES:
                self._answers().note_cream()
            self._memory.note_asked(question, self._cramp_s)
        except NotKept as problem:
            self.not_kept.emit(problem)
