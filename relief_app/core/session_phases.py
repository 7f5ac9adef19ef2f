"""How a session's holds run, one phase after the other: what is due when, and what follows on it.

Commands stand in `session`, which tells how time runs. Deadlines are absolute milliseconds.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from relief_app.core.events import (
    AlarmRaised,
    AlarmReason,
    DoseReached,
    Event,
    HoldEnded,
    MassageLimitReached,
    Outcome,
    Phase,
    PhaseStarted,
    Resumed,
    SessionEnded,
)
from relief_app.core.limits import MassageTime
from relief_app.core.routine import MINUTE, Hold, longest_hold_ms
from relief_app.core.session_state import IllegalCommandError, State
from relief_app.core.timeline import after_stretching, at_once, lead_in, marks, phase_ms

LONGEST_PHASE_MS = 10 * MINUTE
"""How far *extend* reaches where the exercise's kind has no hard stop of its own."""


class SessionPhases:
    """Holds that run by themselves; every event is told when it is due."""

    def __init__(
        self,
        routine: str,
        holds: Sequence[Hold],
        *,
        cramp: bool = False,
        alarm_after_ms: int | None = None,
    ) -> None:
        """Prepare a session over `holds` (at least one); `start` begins it."""
        if not holds:
            raise ValueError("a session needs at least one hold")
        self.routine = routine
        self.is_cramp = cramp
        self._holds = tuple(holds)
        self._alarm_after = alarm_after_ms if cramp else None
        self._state = State.RUNNING
        self._now = 0
        self._index = 0
        self._phase = Phase.GET_READY
        self._repetition = 1
        self._start = 0
        self._end = 0
        self._marked = 0
        self._dose_reached = False
        self._stood_at = 0
        self._alarm_at: int | None = None
        self._alarm_left = self._alarm_after
        self._cramp_from = 0
        self._cramp_until: int | None = 0
        self._eased_index: int | None = None
        self._massaged = MassageTime()

    @property
    def state(self) -> State:
        """Where the session stands."""
        return self._state

    @property
    def holds(self) -> tuple[Hold, ...]:
        """The holds as they will be performed."""
        return self._holds

    def next_deadline(self) -> int | None:
        """When `advance` will next have something to tell, or None."""
        due = [self._alarm_at] if self._alarm_at is not None else []
        if self._state is State.RUNNING:
            due += [event.at for event in self._marks_left()[:1]]
            due += [] if self._dose_reached else [self._end]
        return min(due, default=None)

    def advance(self, now: int) -> tuple[Event, ...]:
        """Every event due up to `now`, in order."""
        events: list[Event] = []
        while (due := self.next_deadline()) is not None and due <= now:
            events += self._fire(due)
        self._now = max(now, self._now)
        return tuple(events)

    @property
    def _hold(self) -> Hold:
        return self._holds[self._index]

    def _command(self, name: str, now: int, *allowed: State) -> tuple[Event, ...]:
        """Bring the session to `now`, then refuse the command unless the state allows it."""
        events = self.advance(now)
        if self._state not in allowed:
            raise IllegalCommandError(name, self._state, events)
        return events

    def _elapsed(self, now: int) -> int:
        """Milliseconds of the running phase, pauses left out."""
        return (now if self._state is State.RUNNING else self._stood_at) - self._start

    def _longest_ms(self) -> int:
        """How long the running phase may become."""
        longest = max(LONGEST_PHASE_MS, self._end - self._start)
        if self._phase is not Phase.ACTIVE:
            return longest
        return self._massaged.cut(self._hold, longest_hold_ms(self._holds, self._index) or longest)

    def _keep_to_limit(self, now: int) -> None:
        """End the running hold no later than its leg may be massaged, and no earlier than `now`."""
        length = self._end - self._start
        if self._phase is Phase.ACTIVE and self._massaged.cut(self._hold, length) < length:
            here = self._start + self._elapsed(now)
            self._end = max(self._start + self._massaged.cut(self._hold, length), here)
            self._marked = max(self._marked, here)

    def _cramp_ms(self, now: int) -> int:
        return (now if self._cramp_until is None else self._cramp_until) - self._cramp_from

    def _release_ms(self) -> int | None:
        return None if self._eased_index is None else self._cramp_ms(self._now)

    def _swap_legs(self) -> None:
        self._holds = tuple(replace(hold, leg=hold.leg.other) for hold in self._holds)

    def _marks_left(self) -> tuple[Event, ...]:
        """Marks of the running phase that have not been told."""
        if self._dose_reached:
            return ()
        known = marks(self._index, self._hold, self._phase, self._start, self._end)
        return tuple(event for event in known if event.at > self._marked)

    def _fire(self, due: int) -> tuple[Event, ...]:
        """What falls due at `due`: marks before the end of their phase, the alarm last."""
        if self._state is State.RUNNING:
            told = tuple(event for event in self._marks_left() if event.at == due)
            if told:
                self._marked = due
                return told
            if due == self._end and not self._dose_reached:
                return self._end_phase(due)
        return (self._raise_alarm(due),)

    def _raise_alarm(self, due: int) -> Event:
        if self._state is State.RUNNING:
            self._stood_at = due
        self._state, self._alarm_at, self._alarm_left = State.ALARM, None, self._alarm_after
        return AlarmRaised(due, AlarmReason.LASTED_TOO_LONG, due - self._cramp_from)

    def _end_phase(self, due: int) -> tuple[Event, ...]:
        if self._phase is not Phase.ACTIVE:
            return (self._begin(Phase.ACTIVE, due),)
        if not self._hold.open_ended:
            return (*self._completed(due), *self._enter(self._index + 1, due))
        if self._hold.rest_ms == 0:
            self._dose_reached = True
            return (DoseReached(due, self._index),)
        ended = self._ended(Outcome.COMPLETED, due)
        self._repetition += 1
        return (ended, self._begin(Phase.REST, due))

    def _completed(self, at: int) -> tuple[Event, ...]:
        """The running hold ends with its time; where that is a leg's massage, it says so."""
        held = self._elapsed(at)
        if not self._massaged.after(self._hold, held).stops(self._hold, held):
            return (self._ended(Outcome.COMPLETED, at),)
        return (self._ended(Outcome.LIMITED, at), MassageLimitReached(at, self._index, self._hold.leg))

    def _ended(self, outcome: Outcome, at: int) -> Event:
        goes_on = self._hold.open_ended and outcome is Outcome.COMPLETED
        to_come = len(self._holds) - self._index - 1
        left = sum(hold.step == self._hold.step for hold in self._holds[self._index + 1 :])
        held = self._elapsed(at)
        self._massaged = self._massaged.after(self._hold, held)
        return HoldEnded(at, self._index, self._repetition, outcome, held, left + goes_on, to_come + goes_on)

    def _leave(self, outcome: Outcome) -> tuple[Event, ...]:
        """The running hold ends early; one that was never begun ends without a word."""
        return (self._ended(outcome, self._now),) if self._phase is Phase.ACTIVE else ()

    def _enter(self, index: int, at: int, lead: Callable[[Hold, Hold], Phase] = lead_in) -> tuple[Event, ...]:
        """Begin hold `index` at `at` with its lead-in, or finish behind the last one.

        A hold whose leg may not be massaged any more is passed over, which is told.
        """
        found = self._massaged.first_allowed(self._holds, index)
        told = () if found == index else (MassageLimitReached(at, index, self._holds[index].leg),)
        if found >= len(self._holds):
            return (*told, self._finish(at, Outcome.COMPLETED))
        before, self._index = self._hold, found
        self._repetition = self._hold.repetition
        return (*told, self._begin(lead(before, self._hold), at))

    def _begin(self, phase: Phase, at: int) -> Event:
        """Begin `phase` of the present hold at `at`; a paused session stands at its start."""
        hold, length = self._hold, phase_ms(phase, self._hold, self._hold.rest_ms)
        self._phase, self._dose_reached = phase, False
        length = self._massaged.cut(hold, length) if phase is Phase.ACTIVE else length
        self._start = self._marked = self._stood_at = at
        self._end = at + length
        return PhaseStarted(
            at, self._index, phase, hold.exercise.id, hold.leg, self._repetition, length, hold.open_ended
        )

    def _unpause(self) -> Event:
        """Shift the running phase by the time it stood still."""
        shift = self._now - self._stood_at
        self._start, self._end, self._marked = self._start + shift, self._end + shift, self._marked + shift
        self._state = State.RUNNING
        return Resumed(self._now)

    def _run_on(self, index: int) -> tuple[Event, ...]:
        """Go to hold `index` at once, without a lead-in, whatever stood still before; or finish."""
        if index == len(self._holds):
            return (self._finish(self._now, Outcome.COMPLETED),)
        resumed = (Resumed(self._now),) if self._state is State.PAUSED else ()
        self._state = State.RUNNING
        return (*resumed, *self._enter(index, self._now, at_once))

    def _next_other(self) -> int:
        """The next hold that is no stretch; one not yet begun is still to come."""
        return after_stretching(self._holds, self._index + (self._phase is Phase.ACTIVE))

    def _finish(self, at: int, outcome: Outcome) -> Event:
        if self._state is State.RUNNING:
            self._stood_at = at
        if self._cramp_until is None:
            self._cramp_until = at
        self._state, self._alarm_at = State.FINISHED, None
        return SessionEnded(at, outcome)
