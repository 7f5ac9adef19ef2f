"""The engine against the oracle: whatever is done, whenever, both tell the same events."""

import json
from collections.abc import Callable
from dataclasses import asdict, replace

from hypothesis import HealthCheck, settings
from hypothesis import Phase as Stage
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, initialize, invariant, precondition, rule

from relief_app.core.anatomy import Leg
from relief_app.core.events import (
    AlarmRaised,
    Event,
    HoldEnded,
    Outcome,
    Paused,
    Phase,
    PhaseStarted,
    Resumed,
    SessionEnded,
)
from relief_app.core.exercise import Kind
from relief_app.core.keeping import plain, snapshot_of
from relief_app.core.routine import Side, Step
from relief_app.core.session import Session
from relief_app.core.session_state import IllegalCommandError, Snapshot, State
from tests.core.sample import planned
from tests.core.session_oracle import Oracle, RefusedError

DURATIONS = st.sampled_from((1, 999, 3_000, 4_999, 5_000, 19_999, 20_000, 30_001))
RESTS = st.sampled_from((0, 1, 2_500, 6_000))
GAPS = st.one_of(
    st.integers(0, 3_000),
    st.integers(0, 9_000),
    st.sampled_from((1_000, 2_000, 5_000, 10_000)),
    st.integers(3_000, 30_000),
)
NO_CRAMP = -1
ALARMS = st.sampled_from((NO_CRAMP, None, 5_000, 40_000, 100_001))
JUMPS = st.integers(-1_000_000, 1_000_000)


@st.composite
def steps(draw: st.DrawFn) -> Step:
    repetitions, rest_ms = draw(st.integers(1, 3)), draw(RESTS)
    side = draw(st.sampled_from((None, *Side)))
    if draw(st.integers(0, 3)) == 0:
        count, tempo_ms = draw(st.integers(1, 4)), draw(st.sampled_from((700, 2_000, 6_000)))
        return Step(
            "pump", count=count, tempo_ms=tempo_ms, repetitions=repetitions, rest_ms=rest_ms, side=side
        )
    name = draw(st.sampled_from(("pull", "pull", "lean", "rub", "walk", "warm", "cool", "lie")))
    open_ended = name in {"pull", "lean"} and draw(st.booleans())
    return Step(
        name,
        duration_ms=draw(DURATIONS),
        open_ended=open_ended,
        repetitions=1 if open_ended else repetitions,
        rest_ms=rest_ms,
        side=side,
    )


STEPS = st.lists(steps(), min_size=2, max_size=5)


class Ledger:
    """Where the time went, by the events alone: every millisecond in one phase, or standing still."""

    def __init__(self) -> None:
        self.began = 0
        self.at: int | None = None
        self.ran = 0
        self.stood = 0
        self.stands = False
        self.alarmed = False
        self.of_phase = 0
        self.phase: Phase | None = None

    def take(self, event: Event) -> None:
        if self.at is None:
            self.began = self.at = event.at
        assert event.at >= self.at
        self.until(event.at)
        if isinstance(event, HoldEnded):
            assert self.phase is Phase.ACTIVE
            assert event.held_ms == self.of_phase
        if isinstance(event, PhaseStarted):
            self.phase, self.of_phase = event.phase, 0
        if isinstance(event, Paused | AlarmRaised | SessionEnded):
            self.stands, self.alarmed = True, isinstance(event, AlarmRaised)
        if isinstance(event, Resumed) or (isinstance(event, PhaseStarted) and self.alarmed):
            self.stands = self.alarmed = False

    def until(self, at: int) -> None:
        assert self.at is not None
        gone, self.at = at - self.at, at
        if self.stands:
            self.stood += gone
        else:
            self.ran += gone
            self.of_phase += gone


def goes_on(machine: "SessionMachine") -> bool:
    """A finished session refuses everything, which the tests by value say once."""
    return machine.session.state is not State.FINISHED


class SessionMachine(RuleBasedStateMachine):
    """`clock` is the time since the start; the engine's own clock is `offset` ahead of it and jumps."""

    @initialize(
        steps=STEPS,
        side=st.sampled_from(Side),
        leg=st.sampled_from(Leg),
        alarm_after=ALARMS,
        offset=JUMPS,
        urgent=st.booleans(),
    )
    def begin(
        self,
        steps: list[Step],
        side: Side,
        leg: Leg,
        alarm_after: int | None,
        offset: int,
        urgent: bool,
    ) -> None:
        self.begin_one(steps, side, leg, alarm_after, offset, urgent)

    @precondition(lambda self: self.session.state is State.FINISHED)
    @rule(steps=STEPS, side=st.sampled_from(Side), alarm_after=ALARMS, urgent=st.booleans())
    def begin_another(self, steps: list[Step], side: Side, alarm_after: int | None, urgent: bool) -> None:
        self.ends_once()
        self.begin_one(steps, side, Leg.LEFT, alarm_after, 0, urgent)

    def begin_one(
        self,
        steps: list[Step],
        side: Side,
        leg: Leg,
        alarm_after: int | None,
        offset: int,
        urgent: bool,
    ) -> None:
        cramp = alarm_after != NO_CRAMP
        holds = planned(*steps, side=side, leg=leg)
        self.make: Callable[[], Session] = lambda: Session(
            "sample", holds, cramp=cramp, alarm_after_ms=alarm_after
        )
        self.offset, self.clock = offset, 0
        self.session = self.make()
        self.oracle = Oracle(holds, cramp=cramp, alarm_after_ms=alarm_after)
        self.told: list[Event] = []
        self.ledger = Ledger()
        self.compared = 0
        self.oracle.start(0, urgent=urgent, routine="sample")
        self.tell(self.session.start(offset, urgent=urgent))

    def tell(self, events: tuple[Event, ...]) -> None:
        for event in events:
            here = replace(event, at=event.at - self.offset)
            self.told.append(here)
            self.ledger.take(here)

    def both(self, gap: int, engine: Callable[[int], tuple[Event, ...]], oracle: Callable[[], None]) -> None:
        """Give both the same command after `gap`; what one refuses the other must refuse."""
        self.clock += gap
        refused = False
        try:
            self.tell(engine(self.clock + self.offset))
        except IllegalCommandError as error:
            self.tell(error.events)
            refused = True
        try:
            self.oracle.command(self.clock, oracle)
        except RefusedError:
            assert refused
        else:
            assert not refused

    @rule(gap=GAPS)
    def wait(self, gap: int) -> None:
        self.both(gap, self.session.advance, lambda: None)

    @precondition(goes_on)
    @rule(gap=st.integers(1, 15_000), pieces=st.integers(2, 60))
    def wait_in_pieces(self, gap: int, pieces: int) -> None:
        for piece in range(1, pieces):
            self.tell(self.session.advance(self.clock + self.offset + gap * piece // pieces))
        self.both(gap, self.session.advance, lambda: None)

    @rule()
    def wait_for_the_deadline(self) -> None:
        due = self.session.next_deadline()
        before = len(self.told)
        if due is not None:
            self.both(due - self.offset - self.clock, self.session.advance, lambda: None)
            assert len(self.told) > before

    @precondition(goes_on)
    @rule(early=st.integers(0, 100_000))
    def look_at_an_earlier_clock(self, early: int) -> None:
        kept = self.session.snapshot(self.clock + self.offset)
        self.tell(self.session.advance(self.clock + self.offset - early))
        assert self.session.snapshot(self.clock + self.offset) == kept

    @precondition(goes_on)
    @rule(gap=GAPS)
    def pause(self, gap: int) -> None:
        self.both(gap, self.session.pause, self.oracle.pause)

    @precondition(goes_on)
    @rule(gap=GAPS)
    def resume(self, gap: int) -> None:
        self.both(gap, self.session.resume, self.oracle.resume)

    @precondition(goes_on)
    @rule(gap=GAPS)
    def skip(self, gap: int) -> None:
        self.both(gap, self.session.skip, self.oracle.skip)

    @precondition(goes_on)
    @rule(gap=GAPS)
    def back(self, gap: int) -> None:
        self.both(gap, self.session.back, self.oracle.back)

    @precondition(goes_on)
    @rule(gap=GAPS, by_ms=st.one_of(st.integers(-40_000, 40_000), st.sampled_from((-600_000, 0, 2_000_000))))
    def extend(self, gap: int, by_ms: int) -> None:
        self.both(gap, lambda now: self.session.extend(now, by_ms), lambda: self.oracle.extend(by_ms))

    @precondition(goes_on)
    @rule(gap=GAPS, leg=st.sampled_from(Leg))
    def correct_leg(self, gap: int, leg: Leg) -> None:
        self.both(gap, lambda now: self.session.correct_leg(now, leg), lambda: self.oracle.correct_leg(leg))

    @precondition(goes_on)
    @rule(gap=GAPS)
    def ease(self, gap: int) -> None:
        self.both(gap, self.session.eased, self.oracle.eased)

    @precondition(lambda self: self.session.may_come_back())
    @rule(gap=GAPS)
    def come_back(self, gap: int) -> None:
        self.both(gap, self.session.back_again, self.oracle.back_again)

    @precondition(goes_on)
    @rule(gap=GAPS, really=st.integers(0, 5))
    def stop(self, gap: int, really: int) -> None:
        if really == 0:
            self.both(gap, self.session.stop, self.oracle.stop)

    @precondition(goes_on)
    @rule(gap=GAPS, jump=JUMPS, away=st.sampled_from((0, 0, 1, 4_000, 100_000)))
    def keep_and_restore(self, gap: int, jump: int, away: int) -> None:
        """A killed app comes back with another clock."""
        self.both(gap, self.session.advance, lambda: None)
        kept = self.keep(self.clock)
        self.bring_back(kept, jump, away)
        begun = self.oracle.index, self.oracle.phase
        self.oracle.away(away)
        self.tell(self.session.advance(self.clock + self.offset))
        gone_on = (self.oracle.index, self.oracle.phase) != begun
        if self.session.state is not State.FINISHED and not gone_on:
            assert asdict(self.keep(self.clock)) == {**asdict(kept), **self.changed_by_being_away()}

    @precondition(goes_on)
    @rule(gap=GAPS, jump=JUMPS)
    def keep_too_late_and_restore(self, gap: int, jump: int) -> None:
        """What was due and not told is told by the session that comes back."""
        due = self.session.next_deadline()
        kept = self.keep(self.clock + gap)
        self.clock += gap if due is None else min(gap, due - self.offset - self.clock)
        self.bring_back(kept, jump, 0)
        self.oracle.live_until(self.clock)
        self.tell(self.session.advance(self.clock + self.offset))

    def keep(self, clock: int) -> Snapshot:
        return snapshot_of(json.loads(json.dumps(plain(self.session.snapshot(clock + self.offset)))))

    def bring_back(self, kept: Snapshot, jump: int, away: int) -> None:
        self.offset += jump
        self.session = Session.restore(self.make(), kept, self.clock + self.offset, away_ms=away)

    def changed_by_being_away(self) -> dict[str, object]:
        oracle = self.oracle
        left = oracle.alarm_after if oracle.to_alarm is None else oracle.to_alarm
        armed = oracle.cramping and oracle.to_alarm is not None
        return {
            "state": oracle.state,
            "cramp_ms": oracle.cramped,
            "alarm_left_ms": left,
            "alarm_armed": armed,
            "planned_ms": oracle.length,
            **self.massage_kept(),
        }

    def massage_kept(self) -> dict[str, object]:
        """What was massaged before the running hold, which the oracle counts from its first moment on."""
        oracle, running = self.oracle, dict.fromkeys(Leg, 0)
        if oracle.phase is Phase.ACTIVE and oracle.hold.exercise.kind is Kind.MASSAGE:
            running[oracle.hold.leg] = oracle.elapsed
        return {f"massaged_{leg}_ms": oracle.massaged[leg] - running[leg] for leg in Leg}

    @invariant()
    def tells_what_the_oracle_tells(self) -> None:
        new, expected = self.told[self.compared :], self.oracle.told[self.compared :]
        assert new == expected
        self.compared = len(self.told)

    @invariant()
    def is_where_the_oracle_is(self) -> None:
        now, oracle = self.clock + self.offset, self.oracle
        view = self.session.view(now)
        assert (view.state, view.index, view.phase) == (oracle.state, oracle.index, oracle.phase)
        assert (view.repetition, view.elapsed_ms) == (oracle.repetition, oracle.elapsed)
        assert (view.duration_ms, view.cramp_ms) == (oracle.length, oracle.cramped)
        assert (view.release_ms, view.hold.leg) == (oracle.release, oracle.hold.leg)
        assert self.session.holds == tuple(oracle.holds)
        assert self.session.may_ease() is oracle.may_ease
        assert self.session.may_come_back() is oracle.may_come_back
        past = oracle.dose_reached
        assert view.remaining_ms == (0 if past else view.duration_ms - view.elapsed_ms)

    @invariant()
    def looks_ahead(self) -> None:
        due = self.session.next_deadline()
        assert due is None or due > self.clock + self.offset
        if self.session.state is State.RUNNING:
            assert due is not None or self.oracle.dose_reached

    @invariant()
    def accounts_for_every_millisecond(self) -> None:
        self.ledger.until(self.clock)
        assert self.ledger.of_phase == self.session.view(self.clock + self.offset).elapsed_ms
        assert self.ledger.ran + self.ledger.stood == self.clock

    def teardown(self) -> None:
        self.ends_once()

    def ends_once(self) -> None:
        ended = [event for event in getattr(self, "told", []) if isinstance(event, SessionEnded)]
        assert len(ended) <= 1
        assert all(event.outcome in {Outcome.COMPLETED, Outcome.STOPPED} for event in ended)


SessionMachine.TestCase.settings = settings(
    derandomize=True,
    deadline=None,
    database=None,
    max_examples=100,
    # Shrinking such long stories takes minutes: a failure prints its commands, the seed is fixed.
    phases=(Stage.explicit, Stage.generate),
    report_multiple_bugs=False,
    stateful_step_count=30,
    suppress_health_check=list(HealthCheck),
)
TestSession = SessionMachine.TestCase
