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

from relief_app.core.anatomy import Leg
from relief_app.core.events import (
    CameBack,
    Eased,
    Event,
    Extended,
    LegChanged,
    Outcome,
    Paused,
    Phase,
    SessionStarted,
)
from relief_app.core.limits import UNKEPT_MS, MassageTime
from relief_app.core.session_phases import SessionPhases
from relief_app.core.session_state import IllegalCommandError, Snapshot, State, View, check_fits
from relief_app.core.timeline import lead_anew


class Session(SessionPhases):
    """One run through a planned list of holds."""

    # What can be asked

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
        left = self._leave(Outcome.SKIPPED)
        return (*events, *left, *self._enter(max(self._index - 1, 0), self._now, lead_anew))

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
        held = self._elapsed(self._now) if self._phase is Phase.ACTIVE else 0
        self._massaged = self._massaged.leg_corrected(self._hold, held)
        self._swap_legs()
        self._keep_to_limit(self._now)
        return (*events, LegChanged(self._now, leg), *self.advance(self._now))

    def eased(self, now: int) -> tuple[Event, ...]:
        """The cramp let go: what is left of the stretching is skipped, the time to release kept."""
        events = self._command("eased", now, State.RUNNING, State.PAUSED, State.ALARM)
        if not self.may_ease():
            raise IllegalCommandError("eased", self._state, events)
        left, release = self._leave(Outcome.EASED), self._cramp_ms(self._now)
        self._cramp_until, self._eased_index = self._now, self._index
        if self._alarm_at is not None:
            self._alarm_left, self._alarm_at = self._alarm_at - self._now, None
        return (*events, *left, Eased(self._now, release), *self._run_on(self._next_other()))

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
            massaged_left_ms=self._massaged.left_ms,
            massaged_right_ms=self._massaged.right_ms,
        )

    @classmethod
    def restore(cls, prepared: "Session", snapshot: Snapshot, now: int, *, away_ms: int = 0) -> "Session":
        """Bring a freshly made, unstarted session to where `snapshot` was taken.

        The phase goes on where it was left; a cramp went on while nobody looked, so `away_ms` counts
        towards the alarm, and what may have been massaged since is not massaged again. Raises
        SnapshotError where the routine is no longer the one that was kept.
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
        self._massaged = MassageTime(snapshot.massaged_left_ms, snapshot.massaged_right_ms)
        if self._state is State.RUNNING and self._phase is Phase.ACTIVE:
            self._massaged = self._massaged.after(self._hold, min(away_ms, UNKEPT_MS))
        self._keep_to_limit(now)
        cramping = self.may_ease()
        self._cramp_from = now - snapshot.cramp_ms - (away_ms if cramping else 0)
        self._cramp_until = None if cramping else now
        return self
