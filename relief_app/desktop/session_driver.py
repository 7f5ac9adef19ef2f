"""Drives a session with real time: the one place where commands, timer and events meet."""

from collections import deque
from collections.abc import Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from relief_app.core.anatomy import Leg
from relief_app.core.events import Event, PhaseStarted
from relief_app.core.session import Session
from relief_app.core.session_state import IllegalCommandError, Snapshot, State, View
from relief_app.core.sleeping import SHORTEST_SLEEP_MS, sleep_through, stands_still
from relief_app.core.steering import EXTEND_MS, Steer, steer
from relief_app.ports import Clock, Doorkeeper

LONGEST_TIMER_MS = 2**31 - 1


class SessionDriver(QObject):
    """Runs one session at a time and tells its listeners, in order, what happens.

    A rehearsal runs `rate` times as fast as real time. Where the computer was suspended the session is
    paused at the moment it fell asleep, except for a pack on the skin (`core.sleeping`).
    """

    happened = Signal(object)
    """One `core.events.Event`."""
    due = Signal(object)
    """The same, before anybody paints it: for ears, to which a tenth of a second is late."""
    dropped = Signal()
    """The session was let go of without a word."""

    def __init__(self, clock: Clock, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.doorkeeper: Doorkeeper | None = None
        self._clock = clock
        self._session: Session | None = None
        self._base = 0
        self._rate = 1
        self._asleep = clock.asleep_ms()
        self._began_wall_s = 0.0
        self._waiting: deque[Event] = deque()
        self._telling = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.advance)

    @property
    def session(self) -> Session | None:
        """The session being driven, finished ones included, until the next begins."""
        return self._session

    @property
    def rate(self) -> int:
        """How many times faster than real time the session runs."""
        return self._rate

    @property
    def began_wall_s(self) -> float:
        """When the session being driven began, in Unix seconds."""
        return self._began_wall_s

    @property
    def is_live(self) -> bool:
        """True while a session is neither finished nor absent."""
        return self._session is not None and self._session.state is not State.FINISHED

    def now(self) -> int:
        """The session's time in milliseconds."""
        return self._base + (self._clock.boot_ms() - self._base) * self._rate

    def late_ms(self, event: Event) -> int:
        """How long ago, in real milliseconds, an event of the session was due."""
        return (self.now() - event.at) // self._rate

    def due_in_ms(self) -> int | None:
        """In how many real milliseconds something is due, None where nothing is."""
        deadline = self._session.next_deadline() if self._session is not None else None
        return None if deadline is None else max(-((self.now() - deadline) // self._rate), 0)

    def view(self) -> View | None:
        """What there is to show now."""
        return self._session.view(self._awake_now(self._session)) if self._session is not None else None

    def phase_now(self) -> PhaseStarted | None:
        """The beginning of the phase that runs now, for who came too late for it; None where none runs."""
        view = self.view()
        if view is None or view.state is not State.RUNNING:
            return None
        return PhaseStarted(
            at=self.now(),
            index=view.index,
            phase=view.phase,
            exercise=view.hold.exercise.id,
            leg=view.hold.leg,
            repetition=view.repetition,
            duration_ms=view.duration_ms,
            open_ended=view.hold.open_ended,
        )

    def snapshot(self) -> Snapshot | None:
        """What the journal keeps, or None where nothing is worth keeping."""
        return self._session.snapshot(self.now()) if self._session is not None and self.is_live else None

    def begin(self, session: Session, *, urgent: bool = False, rate: int = 1) -> None:
        """Start `session` now; a running one is stopped first.

        Where both are about a cramp that has not eased it is the same cramp, and its time goes on.
        """
        self.advance()
        same_pace = self.is_live and rate == self._rate
        view = self.view() if same_pace and session.is_cramp else None
        cramped = view.cramp_ms if view is not None and view.release_ms is None else 0
        self._take(session, rate)
        self._tell(session.start(self.now(), urgent=urgent, cramped_ms=cramped))

    def adopt(self, session: Session, *, rate: int = 1, began_wall_s: float | None = None) -> None:
        """Go on with a restored session, which was restored at this clock's `boot_ms`.

        `began_wall_s` is when it began (Unix seconds), where that is known.
        """
        self._take(session, rate)
        if began_wall_s is not None:
            self._began_wall_s = began_wall_s
        self._tell(session.advance(self.now()))

    def steer(self, command: Steer, *, by_ms: int = EXTEND_MS, leg: Leg | None = None) -> bool:
        """Give a command; False where the doorkeeper holds it back.

        Raises IllegalCommandError after telling what came due before it.
        """
        if self._done_by_sleep(command):
            return True
        if self.doorkeeper is not None and not self.doorkeeper.lets_steer(command):
            return False
        self.force(command, by_ms=by_ms, leg=leg)
        return True

    def force(self, command: Steer, *, by_ms: int = EXTEND_MS, leg: Leg | None = None) -> None:
        """Give a command past the doorkeeper; raises as `steer` does."""
        if self._done_by_sleep(command) or self._session is None:
            return
        try:
            events = steer(self._session, command, self.now(), by_ms=by_ms, leg=leg)
        except IllegalCommandError as refused:
            self._tell(refused.events)
            raise
        self._tell(events)

    def advance(self) -> None:
        """Tell everything that is due."""
        self._advance()

    def drop(self) -> None:
        """Let go of the session without a word to its listeners: it is kept elsewhere."""
        self._timer.stop()
        self._session = None
        self.dropped.emit()

    def _take(self, session: Session, rate: int) -> None:
        if self.is_live:
            self.force(Steer.STOP)
        self._session, self._rate, self._base = session, rate, self._clock.boot_ms()
        self._asleep = self._clock.asleep_ms()
        self._began_wall_s = self._clock.wall_s()

    def _done_by_sleep(self, command: Steer) -> bool:
        """Tell everything that is due; True where that left nothing to do: a suspension was the pause."""
        slept, session = self._advance(), self._session
        return slept and command is Steer.PAUSE and session is not None and session.state is State.PAUSED

    def _advance(self) -> bool:
        """Tell everything that is due; True where the computer was suspended since the last look."""
        if self._session is None:
            return False
        now, slept = self.now(), self._slept()
        self._asleep = self._clock.asleep_ms()
        if slept:
            self._tell(sleep_through(self._session, now - slept, now))
        else:
            self._tell(self._session.advance(now))
        return slept > 0

    def _slept(self) -> int:
        """How much of the session's time since the last look the computer was suspended for."""
        real = self._clock.asleep_ms() - self._asleep
        return real * self._rate if real >= SHORTEST_SLEEP_MS else 0

    def _awake_now(self, session: Session) -> int:
        """The session's time, without a suspension that is still to be told of and will pause it."""
        now = self.now()
        return now - self._slept() if stands_still(session, now) else now

    def _tell(self, events: Sequence[Event]) -> None:
        """Emit in order, also when a listener gives a command while it is told of an event."""
        for event in events:
            self.due.emit(event)
        self._waiting.extend(events)
        self._rearm()
        if self._telling:
            return
        self._telling = True
        try:
            while self._waiting:
                self.happened.emit(self._waiting.popleft())
        finally:
            self._telling = False

    def _rearm(self) -> None:
        delay = self.due_in_ms()
        if delay is None:
            self._timer.stop()
        else:
            self._timer.start(min(delay, LONGEST_TIMER_MS))
