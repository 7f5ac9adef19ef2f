"""The one door to packs: what is asked before, during and after, and what has to wait for a pack to be off.

Two machines run side by side: the session, which shows the pose and counts its hold, and the exposure,
which is about the skin and outlives every session. This is where they meet.
"""

from collections.abc import Callable
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from relief_app.core.anatomy import Leg
from relief_app.core.events import (
    Event,
    Extended,
    HoldEnded,
    LegChanged,
    Outcome,
    Phase,
    PhaseStarted,
    SessionEnded,
)
from relief_app.core.exercise import Kind
from relief_app.core.exposure import ExposureAlarm, ExposureEnded, ExposureEvent, PackReason, SkinCheckDue
from relief_app.core.pack_checks import CREAM, PACKS, PackChecks
from relief_app.core.pack_limits import DAY, Limit, limit
from relief_app.core.pack_session import packs_of
from relief_app.core.profile import Answer
from relief_app.core.routine import Routine
from relief_app.core.safety import NotOffered, NotOfferedReason
from relief_app.core.steering import Steer
from relief_app.desktop.exposure_host import ExposureHost
from relief_app.desktop.pack_guide import PackGuide
from relief_app.desktop.pack_questions import (
    FINE,
    NOT_FINE,
    OFF,
    PACK_OFF,
    SKIN_AFTER,
    SKIN_CHECK,
    STILL_ON,
    BadChoice,
    ExposureView,
    Question,
    UnknownQuestion,
)
from relief_app.desktop.session_host import SessionHost
from relief_app.ports import NotKept, PackAnswers

TAKES_IT_OFF = frozenset({Steer.PAUSE, Steer.NEXT, Steer.BACK, Steer.STOP})
"""Commands to a pack's hold that mean that the pack comes off: its time stands still for nobody."""


class _Waiting(NamedTuple):
    """A routine whose questions are being asked."""

    routine: Routine
    leg: Leg
    rate: int
    checks: PackChecks


class PackCare(QObject):
    """Asks, refuses, and lets nothing pass a pack that is on. Fits `ports.Doorkeeper`."""

    happened = Signal(object)
    """One event of `core.exposure`."""
    changed = Signal()
    """The question or the exposure is another one: look again."""
    refused = Signal(object)
    """A NotOffered: the answer to a question, or what could not be kept, ended it."""
    not_kept = Signal(object)
    """A NotKept: it counts for this run all the same."""

    def __init__(
        self,
        host: SessionHost,
        exposures: ExposureHost,
        answers: PackAnswers,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._host, self._exposures, self._answers = host, exposures, answers
        self._guide = PackGuide(host.driver)
        self._waiting: _Waiting | None = None
        self._then: Callable[[], object] | None = None
        self._asks_off = self._asks_after = False
        self._last_kind = Kind.HEAT
        self._asked_ms = 0
        self._refusal: NotOffered | None = None
        self.refused.connect(self._note_refusal)
        host.doorkeeper = host.driver.doorkeeper = self
        host.driver.happened.connect(self._on_session)
        exposures.happened.connect(self._on_exposure)
        exposures.not_kept.connect(self.not_kept)

    # What can be asked

    @property
    def question(self) -> Question | None:
        """What is asked now, the most pressing first; None where nothing is."""
        pack = self._exposures.pack
        if pack is not None and pack.reason is not None:
            return None
        if pack is not None and pack.is_asking:
            return self._question(SKIN_CHECK, (FINE, NOT_FINE), pack.kind)
        if pack is not None and self._asks_off:
            return self._question(PACK_OFF, (STILL_ON, OFF), pack.kind)
        if self._asks_after and not self._guide.guides_cramp:
            return self._question(SKIN_AFTER, (FINE, NOT_FINE), self._last_kind)
        return self._check_question()

    @property
    def exposure(self) -> ExposureView | None:
        """The pack on the skin, None where there is none."""
        pack, record = self._exposures.pack, self._exposures.record
        if pack is None or record is None:
            return None
        now = self._exposures.now()
        return ExposureView(
            kind=pack.kind,
            leg=pack.leg,
            started_wall_s=record.began.wall_s,
            elapsed_ms=now,
            ends_in_ms=pack.left_ms(now),
            planned_ms=pack.planned_ms,
            alarm=pack.reason is not None,
            reason=pack.reason,
            check_left_ms=pack.answer_left_ms(now),
            rate=record.rate,
        )

    @property
    def is_on(self) -> bool:
        """True while a pack counts as on the skin."""
        return self._exposures.pack is not None

    @property
    def waiting_routine(self) -> str | None:
        """The routine whose questions are being asked."""
        return None if self._waiting is None else self._waiting.routine.id

    @property
    def waiting_leg(self) -> Leg | None:
        """The leg that routine is for."""
        return None if self._waiting is None else self._waiting.leg

    @property
    def alarm_at_ms(self) -> int | None:
        """When the alarm comes where nobody is there any more, in milliseconds since boot; 0: it stands."""
        return self._exposures.alarm_at_ms()

    # Answers

    def answer(self, question_id: str, choice: str) -> None:
        """Answer the question that is asked. Raises UnknownQuestion and BadChoice."""
        question = self.question
        if question is None or question.id != question_id:
            raise UnknownQuestion(question_id, None if question is None else question.id)
        if choice not in question.choices:
            raise BadChoice(question, choice)
        self._refusal = None
        if question_id == SKIN_CHECK:
            self._exposures.answer_check(fine=choice == FINE)
        elif question_id == PACK_OFF:
            self._answer_off(choice)
        elif question_id == SKIN_AFTER:
            self._answer_after(fine=choice == FINE)
        else:
            self._answer_check(choice)
        self.changed.emit()

    def acknowledge(self) -> None:
        """The pack is off, and nothing else; raises NotNowError where none is on."""
        self._exposures.acknowledge()

    def next_allowed(self, kind: Kind, *, rehearsed: bool = False) -> Limit | None:
        """What keeps the next pack of `kind` waiting, None where nothing does. Raises NotKept."""
        past = self._exposures.since(DAY, rehearsed=rehearsed)
        return limit(kind, past, self._exposures.stamp())

    def withdraw(self) -> None:
        """Give up the questions before a pack: there is none."""
        if self._waiting is not None:
            self._waiting = None
            self.changed.emit()

    def ask_off(self, then: Callable[[], object] | None = None) -> bool:
        """True where no pack is on; else "pack off first" is asked, and `then` comes after it."""
        if not self.is_on:
            return True
        self._then, self._asks_off = then, True
        self._note_asked()
        self.changed.emit()
        return False

    def take_refusal(self) -> NotOffered | None:
        """What the last answer came to, once, where it ended the questions."""
        refusal, self._refusal = self._refusal, None
        return refusal

    def advance(self) -> None:
        """Tell what is due: the computer may have slept."""
        self._exposures.advance()

    # The door

    def lets_start(self, routine: Routine, leg: Leg, *, urgent: bool, rate: int) -> bool:
        """Whether `routine` may begin now; else it begins once what is asked is answered.

        A cramp waits for nobody. Raises NotOffered where a limit stands in the way.
        """
        kinds = packs_of(routine, self._host.routines.exercises)
        if urgent or (routine.is_cramp and not kinds):
            self.withdraw()
            return True
        if not self.ask_off(lambda: self._start(routine, leg, rate)):
            return False
        if not kinds:
            self.withdraw()
            return True
        self._check_limits(routine, kinds, rate)
        self._host.leave()
        checks = PackChecks(kinds[0], self._answers.gates or ())
        self._waiting = _Waiting(routine, leg, rate, checks)
        self._note_asked()
        self.changed.emit()
        return False

    def lets_steer(self, command: Steer) -> bool:
        """Whether the session may be given `command` now; a pack comes off before its hold ends."""
        if not self._guide.is_about_pack:
            return True
        pack = self._exposures.pack
        if pack is None:
            return not (command is Steer.BACK and self._guide.pack_lies_behind)
        if pack.reason is None and command in TAKES_IT_OFF:
            self.ask_off()
            return False
        return pack.reason is None or command is Steer.LEG

    def lets_leave(self) -> bool:
        """Whether the session may be left now: not that of a pack that is on."""
        return not self._guide.is_about_pack or self.ask_off()

    # Coming back

    def recover(self) -> bool:
        """Take up a pack that an earlier run left on the skin; False where there is none.

        Raises NotKept where what was kept cannot be read.
        """
        kept = self._exposures.find_open()
        if kept is None:
            return False
        self._exposures.resume(kept)
        pack, record = self._exposures.pack, self._exposures.record
        if pack is None or record is None or pack.reason is not None:
            self._host.forget_pack()
        elif not self._host.go_on_with_pack(record, self._exposures.now()):
            self.ask_off()
        self.changed.emit()
        return True

    # How it works inside

    def _question(self, question_id: str, choices: tuple[str, ...], kind: Kind) -> Question:
        return Question(question_id, choices, self._asked_ms, kind)

    def _check_question(self) -> Question | None:
        gate = self._waiting.checks.current if self._waiting is not None else None
        if gate is None or self._waiting is None:
            return None
        checks = self._waiting.checks
        choices = (Answer.NO.value, Answer.YES.value)
        return Question(gate.key, choices, self._asked_ms, checks.kind, gate, checks.number, checks.count)

    def _note_refusal(self, problem: NotOffered) -> None:
        self._refusal = problem

    def _note_asked(self) -> None:
        self._asked_ms = self._exposures.stamp().boot_ms

    def _check_limits(self, routine: Routine, kinds: tuple[Kind, ...], rate: int) -> None:
        """Raises NotOffered: too soon, too often, mixed with what it does not go with, or nobody knows."""
        if self._answers.gates is None:
            raise NotOffered(routine.id, NotOfferedReason.NO_TABLE)
        if len(kinds) > 1 or routine.is_cramp:
            raise NotOffered(routine.id, NotOfferedReason.MIXED)
        try:
            found = self.next_allowed(kinds[0], rehearsed=rate > 1)
        except NotKept:
            raise NotOffered(routine.id, NotOfferedReason.NO_RECORD) from None
        if found is not None:
            raise NotOffered(routine.id, NotOfferedReason.LIMIT, limit=found)

    def _answer_check(self, choice: str) -> None:
        waiting = self._waiting
        if waiting is None:
            return
        gate = waiting.checks.answer(Answer(choice))
        self._note_asked()
        if gate is not None:
            self._waiting = None
            if gate.key == CREAM:
                self._note(self._answers.note_cream)
            self.refused.emit(NotOffered(waiting.routine.id, NotOfferedReason.GATED, (gate,)))
        elif waiting.checks.current is None:
            self._waiting = None
            self._host.begin(waiting.routine, waiting.leg, rate=waiting.rate, packs_cleared=True)

    def _answer_after(self, *, fine: bool) -> None:
        self._asks_after = False
        if not fine:
            self._note(self._answers.note_reaction)
        self._go_on(fine=fine)

    def _answer_off(self, choice: str) -> None:
        self._asks_off = False
        if choice == OFF:
            self.acknowledge()
        else:
            self._then = None

    def _note(self, keep: Callable[[], None]) -> None:
        try:
            keep()
        except NotKept as problem:
            self.not_kept.emit(problem)

    def _start(self, routine: Routine, leg: Leg, rate: int) -> None:
        try:
            self._host.start(routine.id, leg, rate=rate)
        except NotOffered as problem:
            self.refused.emit(problem)

    def _go_on(self, *, fine: bool) -> None:
        """Carry out what waited for the pack to come off."""
        then, self._then = self._then, None
        if then is not None and fine:
            then()

    def _on_session(self, event: Event) -> None:
        if isinstance(event, LegChanged) and self._guide.is_about_pack:
            self._exposures.correct_leg(event.leg)
        elif isinstance(event, SessionEnded):
            self.changed.emit()
        elif isinstance(event, PhaseStarted | HoldEnded | Extended):
            self._on_hold(event)

    def _on_hold(self, event: PhaseStarted | HoldEnded | Extended) -> None:
        session = self._host.driver.session
        kind = None if session is None else session.holds[event.index].exercise.kind
        if kind not in PACKS:
            return
        if isinstance(event, Extended):
            self._exposures.extend(event.by_ms)
        elif isinstance(event, HoldEnded) and event.outcome is Outcome.COMPLETED:
            self._exposures.raise_alarm(PackReason.TIME_UP)
        elif isinstance(event, PhaseStarted) and event.phase is Phase.ACTIVE:
            self._begin(kind, event)

    def _begin(self, kind: Kind, event: PhaseStarted) -> None:
        if self.is_on:
            return
        driver = self._host.driver
        late = driver.late_ms(event)
        try:
            self._exposures.begin(kind, event.leg, event.duration_ms, rate=driver.rate, late_ms=late)
        except NotKept:
            self._host.driver.force(Steer.STOP)
            session = self._host.driver.session
            routine = session.routine if session is not None else kind.value
            self.refused.emit(NotOffered(routine, NotOfferedReason.NO_RECORD))

    def _on_exposure(self, event: ExposureEvent) -> None:
        """Tell it first: nothing that follows may keep an alarm from being heard."""
        self.happened.emit(event)
        if isinstance(event, ExposureAlarm):
            self._asks_off = False
            self._guide.stand_still()
            if event.reason is PackReason.SKIN:
                self._note(self._answers.note_reaction)
        elif isinstance(event, ExposureEnded):
            self._pack_off(event)
        elif isinstance(event, SkinCheckDue):
            self._note_asked()
        self.changed.emit()

    def _pack_off(self, event: ExposureEnded) -> None:
        """The pack's hold is over with it. The skin is looked at once more before anything else."""
        self._asks_off, self._asks_after, self._last_kind = False, True, event.kind
        self._note_asked()
        self._guide.run_on()
        if self._guide.guides_cramp:
            self._go_on(fine=True)
