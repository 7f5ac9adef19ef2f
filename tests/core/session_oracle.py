"""A second session, made to be obviously right rather than fast: it lives every single millisecond.

It knows no deadlines and looks at nothing ahead. Each tick adds one to a few counters, and what the
counters then say is what happens.
"""

from collections.abc import Callable, Sequence
from dataclasses import replace

from relief_app.core.anatomy import Leg
from relief_app.core.events import (
    AlarmRaised,
    AlarmReason,
    CameBack,
    Countdown,
    Counted,
    DoseReached,
    Eased,
    Event,
    Extended,
    Halfway,
    HoldEnded,
    LegChanged,
    MassageLimitReached,
    Outcome,
    Paused,
    Phase,
    PhaseStarted,
    Resumed,
    SessionEnded,
    SessionStarted,
)
from relief_app.core.exercise import Kind
from relief_app.core.routine import Hold
from relief_app.core.session_state import State

RUNNING, PAUSED, ALARM, FINISHED = State.RUNNING, State.PAUSED, State.ALARM, State.FINISHED
LONGEST = {Kind.HEAT: 1_200_000, Kind.ICE: 600_000, Kind.MASSAGE: 300_000}


class RefusedError(Exception):
    """The command is not possible now."""


class Oracle:
    """Say what is done and when; `told` grows by every event."""

    def __init__(self, holds: Sequence[Hold], *, cramp: bool, alarm_after_ms: int | None) -> None:
        self.holds = list(holds)
        self.cramp = cramp
        self.alarm_after = alarm_after_ms if cramp else None
        self.told: list[Event] = []
        self.clock = 0
        self.state = FINISHED
        self.index = 0
        self.phase = Phase.GET_READY
        self.repetition = 1
        self.elapsed = 0
        self.length = 0
        self.cramping = False
        self.cramped = 0
        self.to_alarm = self.alarm_after
        self.moments: set[int] = set()
        self.dose_reached = False
        self.release: int | None = None
        self.eased_in: int | None = None
        self.massaged = dict.fromkeys(Leg, 0)

    @property
    def hold(self) -> Hold:
        return self.holds[self.index]

    @property
    def may_ease(self) -> bool:
        return self.cramping and self.state is not FINISHED

    @property
    def may_come_back(self) -> bool:
        return self.eased_in is not None and self.state is not FINISHED

    # Time

    def live_until(self, now: int) -> None:
        while self.clock < now and self.state is not FINISHED:
            self.clock += 1
            if self.cramping:
                self.cramped += 1
            if self.state is RUNNING:
                self.elapsed += 1
                if self.phase is Phase.ACTIVE and self.hold.exercise.kind is Kind.MASSAGE:
                    self.massaged[self.hold.leg] += 1
                if self.elapsed in self.moments:
                    self._look()
            if self.to_alarm is not None and self.cramping and self.state is not ALARM:
                self.to_alarm -= 1
                if self.to_alarm <= 0:
                    self._alarm()
        self.clock = max(self.clock, now)

    def _watch(self) -> None:
        """Note the milliseconds of the phase that are worth a look (looking at all takes too long)."""
        length, tempo = self.length, self.hold.tempo_ms
        self.moments = {length - 3_000, length - 2_000, length - 1_000, length // 2, length}
        if tempo:
            self.moments.update(range(tempo, length + 1, tempo))

    def _alarm(self) -> None:
        self.to_alarm = None
        self.state = ALARM
        self._tell(AlarmRaised(self.clock, AlarmReason.LASTED_TOO_LONG, self.cramped))

    def _look(self) -> None:
        """See what this very millisecond of the phase brings."""
        if self.dose_reached:
            return
        left = self.length - self.elapsed
        active = self.phase is Phase.ACTIVE
        if active and self.hold.count is not None:
            if self.elapsed % self.hold.tempo_ms == 0:
                self._tell(Counted(self.clock, self.elapsed // self.hold.tempo_ms))
        elif left in (3_000, 2_000, 1_000) and self.length >= 5_000:
            self._tell(Countdown(self.clock, left // 1_000))
        elif active and self.elapsed == self.length // 2 and self.length >= 20_000:
            self._tell(Halfway(self.clock, self.index))
        if left == 0:
            self._over()

    def _over(self) -> None:
        """The phase has run its length."""
        hold = self.hold
        if self.phase is not Phase.ACTIVE:
            self._phase(Phase.ACTIVE, hold.duration_ms)
        elif hold.open_ended and not hold.rest_ms:
            self.dose_reached = True
            self._tell(DoseReached(self.clock, self.index))
        elif hold.open_ended:
            self._hold_ended(Outcome.COMPLETED)
            self.repetition += 1
            self._phase(Phase.REST, hold.rest_ms)
        elif self.elapsed < hold.duration_ms and not self._may_begin(hold):
            self._hold_ended(Outcome.LIMITED)
            self._tell(MassageLimitReached(self.clock, self.index, hold.leg))
            self._next()
        else:
            self._hold_ended(Outcome.COMPLETED)
            self._next()

    def _may_begin(self, hold: Hold) -> bool:
        return hold.exercise.kind is not Kind.MASSAGE or self.massaged[hold.leg] < LONGEST[Kind.MASSAGE]

    def _at_most(self) -> int:
        """How long the phase may be for the sake of the massage that its leg has had."""
        if self.phase is not Phase.ACTIVE or self.hold.exercise.kind is not Kind.MASSAGE:
            return 10**9
        return self.elapsed + max(0, LONGEST[Kind.MASSAGE] - self.massaged[self.hold.leg])

    def _cut(self) -> None:
        if self._at_most() < self.length:
            self.length = max(self.elapsed, self._at_most())
        self._watch()

    # Going from hold to hold

    def _next(self) -> None:
        before, after = self.hold, self._passed_over(self.index + 1)
        if after == len(self.holds):
            self._finish(Outcome.COMPLETED)
            return
        hold = self.holds[after]
        self.index, self.repetition = after, hold.repetition
        if not hold.exercise.targets and hold.exercise.kind is Kind.HOLD:
            self._phase(Phase.ACTIVE, hold.duration_ms)
        elif hold.leg is not before.leg:
            self._phase(Phase.SWITCH, 5_000)
        elif hold.step != before.step:
            self._phase(Phase.GET_READY, 5_000)
        elif before.rest_ms:
            self._phase(Phase.REST, before.rest_ms)
        else:
            self._phase(Phase.ACTIVE, hold.duration_ms)

    def _passed_over(self, index: int) -> int:
        first = index
        while index < len(self.holds) and not self._may_begin(self.holds[index]):
            index += 1
        if index > first:
            self._tell(MassageLimitReached(self.clock, first, self.holds[first].leg))
        return index

    def _at_once(self, index: int) -> None:
        index = self._passed_over(index)
        if index == len(self.holds):
            self._finish(Outcome.COMPLETED)
            return
        self.index, self.repetition = index, self.holds[index].repetition
        self._phase(Phase.ACTIVE, self.hold.duration_ms)

    def _phase(self, phase: Phase, length: int) -> None:
        self.phase, self.elapsed, self.length = phase, 0, length
        self.dose_reached = False
        self._cut()
        hold, length = self.hold, self.length
        self._tell(
            PhaseStarted(
                self.clock,
                self.index,
                phase,
                hold.exercise.id,
                hold.leg,
                self.repetition,
                length,
                hold.open_ended,
            )
        )

    def _hold_ended(self, outcome: Outcome) -> None:
        if self.phase is Phase.ACTIVE:
            hold = self.hold
            to_come = self.holds[self.index + 1 :]
            left = sum(later.step == hold.step for later in to_come)
            again = hold.open_ended and outcome is Outcome.COMPLETED
            told = (self.clock, self.index, self.repetition, outcome, self.elapsed)
            self._tell(HoldEnded(*told, left + again, len(to_come) + again))

    def _finish(self, outcome: Outcome) -> None:
        self.state, self.cramping = FINISHED, False
        self._tell(SessionEnded(self.clock, outcome))

    def _tell(self, event: Event) -> None:
        self.told.append(event)

    # Commands

    def command(self, now: int, do: Callable[[], None]) -> None:
        """Let time run to `now`, then `do` it."""
        self.live_until(now)
        do()

    def _only(self, *states: State) -> None:
        if self.state not in states:
            raise RefusedError

    def start(self, now: int, *, urgent: bool, routine: str) -> None:
        self.clock, self.state, self.cramping = now, RUNNING, self.cramp
        self._tell(SessionStarted(now, routine, self.hold.leg, len(self.holds)))
        if urgent or (not self.hold.exercise.targets and self.hold.exercise.kind is Kind.HOLD):
            self._phase(Phase.ACTIVE, self.hold.duration_ms)
        else:
            self._phase(Phase.GET_READY, 5_000)

    def pause(self) -> None:
        self._only(RUNNING)
        self.state = PAUSED
        self._tell(Paused(self.clock))

    def resume(self) -> None:
        self._only(PAUSED)
        self.state = RUNNING
        self._tell(Resumed(self.clock))
        if self.elapsed == self.length:
            self._over()

    def _go_on(self) -> None:
        """Whatever stood still runs again."""
        if self.state is PAUSED:
            self._tell(Resumed(self.clock))
        self.state = RUNNING

    def skip(self) -> None:
        self._only(RUNNING, PAUSED)
        self._hold_ended(Outcome.SKIPPED)
        self._next()

    def back(self) -> None:
        self._only(RUNNING, PAUSED)
        self._hold_ended(Outcome.SKIPPED)
        before = self.hold
        index = self._passed_over(max(0, self.index - 1))
        if index == len(self.holds):
            self._finish(Outcome.COMPLETED)
            return
        self.index = index
        self.repetition = self.hold.repetition
        if not self.hold.exercise.targets and self.hold.exercise.kind is Kind.HOLD:
            self._phase(Phase.ACTIVE, self.hold.duration_ms)
        elif self.hold.leg is not before.leg:
            self._phase(Phase.SWITCH, 5_000)
        else:
            self._phase(Phase.GET_READY, 5_000)

    def extend(self, by_ms: int) -> None:
        self._only(RUNNING, PAUSED)
        if self.dose_reached:
            raise RefusedError
        most = max(600_000, self.length)
        if self.phase is Phase.ACTIVE:
            most = min(self._stop() or most, self._at_most())
        length = max(self.elapsed, min(self.length + by_ms, most))
        by_ms, self.length = length - self.length, length
        self._watch()
        self._tell(Extended(self.clock, self.index, by_ms))
        if self.length == self.elapsed and self.state is RUNNING:
            self._over()

    def _stop(self) -> int | None:
        """A leg's five, ten or twenty minutes; a share of them cannot grow."""
        kind = self.hold.exercise.kind
        others = [hold for hold in self.holds if (hold.exercise.kind, hold.leg) == (kind, self.hold.leg)]
        return None if kind not in LONGEST else LONGEST[kind] if len(others) == 1 else self.hold.duration_ms

    def correct_leg(self, leg: Leg) -> None:
        self._only(RUNNING, PAUSED, ALARM)
        if self.hold.leg is not leg:
            self.holds = [replace(hold, leg=hold.leg.other) for hold in self.holds]
            self.massaged = dict.fromkeys(Leg, max(self.massaged.values()))
            self._cut()
            self._tell(LegChanged(self.clock, leg))
            if self.elapsed == self.length and self.state is RUNNING and not self.dose_reached:
                self._over()

    def eased(self) -> None:
        self._only(RUNNING, PAUSED, ALARM)
        if not self.cramping:
            raise RefusedError
        self._hold_ended(Outcome.EASED)
        self.cramping = False
        self.release, self.eased_in = self.cramped, self.index
        self._tell(Eased(self.clock, self.cramped))
        begun = self.phase is Phase.ACTIVE
        for index in range(self.index + begun, len(self.holds)):
            if not (self.holds[index].exercise.targets and self.holds[index].exercise.kind is Kind.HOLD):
                self._go_on()
                self._at_once(index)
                return
        self._finish(Outcome.COMPLETED)

    def back_again(self) -> None:
        self._only(RUNNING, PAUSED)
        if self.eased_in is None:
            raise RefusedError
        self._hold_ended(Outcome.SKIPPED)
        self._tell(CameBack(self.clock))
        self._go_on()
        self.cramping, self.release = True, None
        if self.to_alarm is None:
            self.to_alarm = self.alarm_after
        index, self.eased_in = self.eased_in, None
        self._at_once(index)

    def stop(self) -> None:
        self._only(RUNNING, PAUSED, ALARM)
        self._hold_ended(Outcome.STOPPED)
        self._finish(Outcome.STOPPED)

    def away(self, ms: int) -> None:
        """The session was kept and brought back: the cramp noticed, and the leg that was rubbed."""
        rubbing = self.phase is Phase.ACTIVE and self.hold.exercise.kind is Kind.MASSAGE
        if rubbing and self.state is RUNNING:
            self.massaged[self.hold.leg] += min(ms, 5_000)
            self._cut()
            if self.elapsed == self.length:
                self._over()
        if self.cramping:
            self.cramped += ms
            if self.to_alarm is not None and self.state is not ALARM:
                self.to_alarm -= ms
                if self.to_alarm <= 0:
                    self._alarm()
