"""The session: commands and time go in, frozen events come out.

The engine never reads a clock. Every command and `advance` takes `now`, whole milliseconds on any
clock that does not run backwards, and returns the events that became due, in order. Deadlines are
absolute: the next phase starts when the last one was due to end, however late the call came, so no
time is lost to a busy event loop.

How time runs:

* Each hold has a lead-in: *get ready* before the first hold and before a new exercise, *switch*
  before a hold on the other leg, *rest* between repetitions. Resting needs no getting ready. An urgent
  session starts its first hold at once.
* An open-ended hold with a rest is held, rested and held again until the cramp eases; without a rest
  it counts up past its dose.
* Pausing stops the session's time. The alarm of a cramp session is about the cramp, so it runs
  through pauses; *eased* stops it and *back again* lets it run on from there.
* A raised alarm stops the stretching: the cramp may ease or the session be stopped, nothing else.
"""

from collections.abc import Sequence
from dataclasses import replace

from relief_app.core.anatomy import Leg
from relief_app.core.events import (
    AlarmRaised,
    AlarmReason,
    CameBack,
    DoseReached,
    Eased,
    Event,
    Extended,
    HoldEnded,
    LegChanged,
    Outcome,
    Paused,
    Phase,
    PhaseStarted,
    Resumed,
    SessionEnded,
    SessionStarted,
)
from relief_app.core.routine import MINUTE, Hold, longest_hold_ms
from relief_app.core.session_state import IllegalCommandError, Snapshot, State, View, check_fits
from relief_app.core.timeline import lead_anew, lead_in, marks, phase_ms

LONGEST_PHASE_MS = 10 * MINUTE
"""How far *extend* reaches where the exercise's kind has no hard stop of its own."""


class Session:
    """One run through a planned list of holds."""

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

    # What can be asked

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

    def view(self, now: int) -> View:
        """The session as it stands at `now`."""
        hold, elapsed = self._hold, self._elapsed(now)
        open_end = self._phase is Phase.ACTIVE and self._dose_reached
        return View(
            state=self._state,
            routine=self.routine,
            index=self._index,
            count=len(self._holds),
            hold=hold,
            phase=self._phase,
            repetition=self._repetition,
            elapsed_ms=elapsed,
            remaining_ms=0 if open_end else max(self._end - self._start - elapsed, 0),
            duration_ms=self._end - self._start,
            following=self._holds[self._index + 1] if self._index + 1 < len(self._holds) else None,
            cramp_ms=self._cramp_ms(now),
            release_ms=self._release_ms(),
            is_cramp=self.is_cramp,
        )

    def may_ease(self) -> bool:
        """True while a cramp session has not been eased."""
        return self.is_cramp and self._eased_index is None and self._state is not State.FINISHED

    def may_come_back(self) -> bool:
        """True after it eased and before the session is over."""
        return self._eased_index is not None and self._state in (State.RUNNING, State.PAUSED)

    # Time and commands

    def start(self, now: int, *, urgent: bool = False, cramped_ms: int = 0) -> tuple[Event, ...]:
        """Begin; an urgent session skips getting ready for its first hold.

        `cramped_ms` is how long the same cramp has lasted already, guided by another session.
        """
        self._now, self._cramp_from = now, now - cramped_ms
        self._cramp_until = None if self.is_cramp else now
        if self._alarm_after is not None:
            self._alarm_at = now + max(self._alarm_after - cramped_ms, 0)
        first = Phase.ACTIVE if urgent else lead_anew(self._hold, self._hold)
        started = SessionStarted(now, self.routine, self._hold.leg, len(self._holds))
        return (started, self._begin(first, now))

    def advance(self, now: int) -> tuple[Event, ...]:
        """Every event due up to `now`, in order."""
        events: list[Event] = []
        while (due := self.next_deadline()) is not None and due <= now:
            events += self._fire(due)
        self._now = max(now, self._now)
        return tuple(events)

    def pause(self, now: int) -> tuple[Event, ...]:
        """Let the session's time stand still."""
        events = self._command("pause", now, State.RUNNING)
        self._state, self._stood_at = State.PAUSED, self._now
        return (*events, Paused(self._now))

    def resume(self, now: int) -> tuple[Event, ...]:
        """Let the session's time run on."""
        events = self._command("resume", now, State.PAUSED)
        return (*events, self._unpause(), *self.advance(self._now))

    def skip(self, now: int) -> tuple[Event, ...]:
        """Go to the next hold; from the last one the session finishes."""
        events = self._command("next", now, State.RUNNING, State.PAUSED)
        return (*events, *self._leave(Outcome.SKIPPED), *self._enter(self._index + 1, self._now))

    def back(self, now: int) -> tuple[Event, ...]:
        """Go to the hold before; the first one starts again."""
        events = self._command("back", now, State.RUNNING, State.PAUSED)
        index = max(self._index - 1, 0)
        lead = lead_anew(self._hold, self._holds[index])
        return (*events, *self._leave(Outcome.SKIPPED), *self._enter(index, self._now, lead))

    def extend(self, now: int, by_ms: int) -> tuple[Event, ...]:
        """Make the running phase longer, or shorter where `by_ms` is negative.

        Never past the hard stop of the exercise's kind, never before now. A hold that counts up
        past its dose has no end to move.
        """
        events = self._command("extend", now, State.RUNNING, State.PAUSED)
        if self._dose_reached:
            raise IllegalCommandError("extend", self._state, events)
        here = self._start + self._elapsed(self._now)
        end = max(min(self._end + by_ms, self._start + self._longest_ms()), here)
        by_ms, self._end, self._marked = end - self._end, end, max(self._marked, here)
        return (*events, Extended(self._now, self._index, by_ms), *self.advance(self._now))

    def correct_leg(self, now: int, leg: Leg) -> tuple[Event, ...]:
        """The running hold is on `leg` after all; every other hold changes with it."""
        events = self._command("leg", now, State.RUNNING, State.PAUSED, State.ALARM)
        if self._hold.leg is leg:
            return events
        self._swap_legs()
        return (*events, LegChanged(self._now, leg))

    def eased(self, now: int) -> tuple[Event, ...]:
        """The cramp let go: what is left of the stretching is skipped, the time to release kept."""
        events = self._command("eased", now, State.RUNNING, State.PAUSED, State.ALARM)
        if not self.may_ease():
            raise IllegalCommandError("eased", self._state, events)
        left, release = self._leave(Outcome.EASED), self._cramp_ms(self._now)
        self._cramp_until, self._eased_index = self._now, self._index
        if self._alarm_at is not None:
            self._alarm_left, self._alarm_at = self._alarm_at - self._now, None
        return (*events, *left, Eased(self._now, release), *self._run_on(self._after_stretching()))

    def back_again(self, now: int) -> tuple[Event, ...]:
        """The cramp is back: return to the stretch that it eased in, at once."""
        events = self._command("back-again", now, State.RUNNING, State.PAUSED)
        if self._eased_index is None:
            raise IllegalCommandError("back-again", self._state, events)
        left, index = self._leave(Outcome.SKIPPED), self._eased_index
        self._cramp_from, self._cramp_until = self._now - self._cramp_ms(self._now), None
        if self._alarm_left is not None:
            self._alarm_at = self._now + self._alarm_left
        self._eased_index = None
        return (*events, *left, CameBack(self._now), *self._run_on(index))

    def stop(self, now: int) -> tuple[Event, ...]:
        """End the session where it is."""
        events = self._command("stop", now, State.RUNNING, State.PAUSED, State.ALARM)
        return (*events, *self._leave(Outcome.STOPPED), self._finish(self._now, Outcome.STOPPED))

    # Keeping and coming back

    def snapshot(self, now: int) -> Snapshot:
        """The session at `now`, free of any clock; at the first thing due that is still to be told."""
        due = self.next_deadline()
        now = now if due is None else min(now, due)
        return Snapshot(
            state=self._state,
            index=self._index,
            exercise=self._hold.exercise.id,
            phase=self._phase,
            leg=self._hold.leg,
            repetition=self._repetition,
            elapsed_ms=self._elapsed(now),
            planned_ms=self._end - self._start,
            marked_ms=self._marked - self._start,
            dose_reached=self._dose_reached,
            alarm_left_ms=self._alarm_left if self._alarm_at is None else self._alarm_at - now,
            alarm_armed=self._alarm_at is not None,
            cramp_ms=self._cramp_ms(now),
            release_ms=self._release_ms(),
            eased_index=self._eased_index,
        )

    @classmethod
    def restore(cls, prepared: "Session", snapshot: Snapshot, now: int, *, away_ms: int = 0) -> "Session":
        """Bring a freshly made, unstarted session to where `snapshot` was taken.

        The phase goes on where it was left; a cramp went on while nobody looked, so `away_ms` counts
        towards the alarm. Raises SnapshotError where the routine is no longer the one that was kept.
        """
        self = prepared
        check_fits(snapshot, self._holds)
        self._now, self._index, self._phase = now, snapshot.index, snapshot.phase
        self._state, self._repetition = snapshot.state, snapshot.repetition
        if self._hold.leg is not snapshot.leg:
            self._swap_legs()
        self._start = now - snapshot.elapsed_ms
        self._end, self._marked = self._start + snapshot.planned_ms, self._start + snapshot.marked_ms
        self._stood_at, self._dose_reached = now, snapshot.dose_reached
        self._eased_index, self._alarm_left = snapshot.eased_index, snapshot.alarm_left_ms
        if snapshot.alarm_armed and self._alarm_left is not None:
            self._alarm_at = now + max(self._alarm_left - away_ms, 0)
        cramping = self.may_ease()
        self._cramp_from = now - snapshot.cramp_ms - (away_ms if cramping else 0)
        self._cramp_until = None if cramping else now
        return self

    # How it works inside

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
        stop = longest_hold_ms(self._holds, self._index) if self._phase is Phase.ACTIVE else None
        return stop or max(LONGEST_PHASE_MS, self._end - self._start)

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
            return (self._ended(Outcome.COMPLETED, due), *self._enter(self._index + 1, due))
        if self._hold.rest_ms == 0:
            self._dose_reached = True
            return (DoseReached(due, self._index),)
        ended = self._ended(Outcome.COMPLETED, due)
        self._repetition += 1
        return (ended, self._begin(Phase.REST, due))

    def _ended(self, outcome: Outcome, at: int) -> Event:
        goes_on = self._hold.open_ended and outcome is Outcome.COMPLETED
        to_come = len(self._holds) - self._index - 1
        left = sum(hold.step == self._hold.step for hold in self._holds[self._index + 1 :])
        held = self._elapsed(at)
        return HoldEnded(at, self._index, self._repetition, outcome, held, left + goes_on, to_come + goes_on)

    def _leave(self, outcome: Outcome) -> tuple[Event, ...]:
        """The running hold ends early; one that was never begun ends without a word."""
        return (self._ended(outcome, self._now),) if self._phase is Phase.ACTIVE else ()

    def _enter(self, index: int, at: int, lead: Phase | None = None) -> tuple[Event, ...]:
        """Begin hold `index` at `at` with its lead-in, or finish behind the last one."""
        if index >= len(self._holds):
            return (self._finish(at, Outcome.COMPLETED),)
        before, self._index = self._hold, index
        self._repetition = self._hold.repetition
        return (self._begin(lead or lead_in(before, self._hold), at),)

    def _begin(self, phase: Phase, at: int) -> Event:
        """Begin `phase` of the present hold at `at`; a paused session stands at its start."""
        hold, length = self._hold, phase_ms(phase, self._hold, self._hold.rest_ms)
        self._phase, self._dose_reached = phase, False
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
        return (*resumed, *self._enter(index, self._now, Phase.ACTIVE))

    def _after_stretching(self) -> int:
        """The next hold that is no stretch; one not yet begun is still to come."""
        later = range(self._index + (self._phase is Phase.ACTIVE), len(self._holds))
        return next((i for i in later if not self._holds[i].exercise.is_stretch), len(self._holds))

    def _finish(self, at: int, outcome: Outcome) -> Event:
        if self._state is State.RUNNING:
            self._stood_at = at
        if self._cramp_until is None:
            self._cramp_until = at
        self._state, self._alarm_at = State.FINISHED, None
        return SessionEnded(at, outcome)
