"""The engine by value: each command and each rule of time, with the numbers written out."""

from dataclasses import asdict, replace

import pytest

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
    Outcome,
    Paused,
    Phase,
    PhaseStarted,
    Resumed,
    SessionEnded,
    SessionStarted,
)
from relief_app.core.routine import Side, Step
from relief_app.core.session import Session
from relief_app.core.session_state import IllegalCommandError, Snapshot, SnapshotError, State
from tests.core.sample import LEAN, LIE, PULL, PUMP, RUB, cramp, open_ended, planned, session

LEFT, RIGHT = Leg.LEFT, Leg.RIGHT
GET_READY, ACTIVE, REST, SWITCH = Phase.GET_READY, Phase.ACTIVE, Phase.REST, Phase.SWITCH
COMPLETED, SKIPPED, STOPPED = Outcome.COMPLETED, Outcome.SKIPPED, Outcome.STOPPED
TOWEL = open_ended(PULL, rest_ms=10_000)
ENDLESS = open_ended(PULL)


def phases(events: tuple[Event, ...]) -> list[tuple[int, int, Phase, int]]:
    """When, which hold, which phase, how long."""
    return [(e.at, e.index, e.phase, e.duration_ms) for e in events if isinstance(e, PhaseStarted)]


def kinds(events: tuple[Event, ...]) -> list[type[Event]]:
    return [type(event) for event in events]


class TestRunning:
    def test_one_hold_from_start_to_finish(self) -> None:
        run = session(PULL)
        assert run.start(100) == (
            SessionStarted(100, "sample", LEFT, 1),
            PhaseStarted(100, 0, GET_READY, "pull", LEFT, 1, 5_000, False),
        )
        assert run.advance(25_100) == (
            Countdown(2_100, 3),
            Countdown(3_100, 2),
            Countdown(4_100, 1),
            PhaseStarted(5_100, 0, ACTIVE, "pull", LEFT, 1, 20_000, False),
            Halfway(15_100, 0),
            Countdown(22_100, 3),
            Countdown(23_100, 2),
            Countdown(24_100, 1),
            HoldEnded(25_100, 0, 1, COMPLETED, 20_000, 0, 0),
            SessionEnded(25_100, COMPLETED),
        )
        assert run.state is State.FINISHED
        assert run.next_deadline() is None

    def test_nothing_is_told_a_millisecond_early(self) -> None:
        run = session(PULL)
        run.start(0)
        assert run.next_deadline() == 2_000
        assert run.advance(1_999) == ()
        assert run.advance(2_000) == (Countdown(2_000, 3),)

    def test_an_urgent_session_begins_with_the_hold(self) -> None:
        assert phases(session(PULL, LEAN).start(0, urgent=True)) == [(0, 0, ACTIVE, 20_000)]

    def test_resting_needs_no_getting_ready_even_first(self) -> None:
        assert phases(session(LIE).start(0)) == [(0, 0, ACTIVE, 3_000)]

    def test_rest_between_repetitions_get_ready_before_another_exercise(self) -> None:
        run = session(replace(RUB, repetitions=2, rest_ms=1_500), LEAN)
        run.start(0)
        assert phases(run.advance(19_500)) == [
            (5_000, 0, ACTIVE, 4_000),
            (9_000, 1, REST, 1_500),
            (10_500, 1, ACTIVE, 4_000),
            (14_500, 2, GET_READY, 5_000),
            (19_500, 2, ACTIVE, 10_000),
        ]

    def test_no_rest_means_at_once(self) -> None:
        run = session(replace(RUB, repetitions=2))
        run.start(0, urgent=True)
        assert phases(run.advance(4_000)) == [(4_000, 1, ACTIVE, 4_000)]

    def test_the_change_of_legs_is_the_rest(self) -> None:
        run = session(replace(RUB, rest_ms=1_500), side=Side.BOTH)
        run.start(0, urgent=True)
        assert run.advance(4_000) == (
            HoldEnded(4_000, 0, 1, COMPLETED, 4_000, 1, 1),
            PhaseStarted(4_000, 1, SWITCH, "rub", RIGHT, 1, 5_000, False),
        )

    def test_counted_movements_are_counted_not_counted_down(self) -> None:
        run = session(PUMP)
        run.start(0, urgent=True)
        assert run.advance(6_000) == (
            Counted(2_000, 1),
            Counted(4_000, 2),
            Counted(6_000, 3),
            HoldEnded(6_000, 0, 1, COMPLETED, 6_000, 0, 0),
            SessionEnded(6_000, COMPLETED),
        )

    def test_an_earlier_clock_changes_nothing(self) -> None:
        run = session(PULL)
        run.start(0)
        run.advance(6_000)
        assert run.advance(1_000) == ()
        assert run.pause(2_000) == (Paused(6_000),)

    def test_small_steps_and_one_late_call_tell_the_same(self) -> None:
        steps = (TOWEL, PUMP, replace(RUB, repetitions=3, rest_ms=700), LIE)
        small, late = cramp(*steps, alarm_after_ms=70_001), cramp(*steps, alarm_after_ms=70_001)
        small.start(0)
        late.start(0)
        assert tuple(e for at in range(0, 100_000, 7) for e in small.advance(at)) == late.advance(99_995)

    def test_a_session_needs_a_hold(self) -> None:
        with pytest.raises(ValueError, match="at least one hold"):
            Session("empty", ())


class TestOpenEnded:
    def test_held_rested_and_held_again(self) -> None:
        run = cramp(TOWEL, RUB)
        run.start(0, urgent=True)
        events = run.advance(50_000)
        assert phases(events) == [
            (20_000, 0, REST, 10_000),
            (30_000, 0, ACTIVE, 20_000),
            (50_000, 0, REST, 10_000),
        ]
        assert [e for e in events if isinstance(e, HoldEnded)] == [
            HoldEnded(20_000, 0, 1, COMPLETED, 20_000, 1, 2),
            HoldEnded(50_000, 0, 2, COMPLETED, 20_000, 1, 2),
        ]
        assert run.view(50_000).repetition == 3

    def test_without_a_rest_it_counts_up_past_its_dose(self) -> None:
        run = session(ENDLESS, RUB)
        run.start(0, urgent=True)
        assert kinds(run.advance(20_000)) == [Halfway, Countdown, Countdown, Countdown, DoseReached]
        assert run.next_deadline() is None
        assert run.advance(90_000) == ()
        view = run.view(90_000)
        assert (view.elapsed_ms, view.remaining_ms, view.duration_ms) == (90_000, 0, 20_000)
        assert run.skip(90_000)[0] == HoldEnded(90_000, 0, 1, SKIPPED, 90_000, 0, 1)

    def test_past_its_dose_there_is_no_end_to_move(self) -> None:
        run = session(ENDLESS)
        run.start(0, urgent=True)
        with pytest.raises(IllegalCommandError) as refused:
            run.extend(20_000, 30_000)
        assert refused.value.events[-1] == DoseReached(20_000, 0)
        assert refused.value.command == "extend"


class TestPausing:
    def test_time_stands_still(self) -> None:
        run = session(PULL)
        run.start(0, urgent=True)
        assert run.pause(4_000) == (Paused(4_000),)
        assert run.state is State.PAUSED
        assert run.next_deadline() is None
        assert run.advance(1_000_000) == ()
        assert run.view(1_000_000).elapsed_ms == 4_000
        assert run.resume(1_000_000) == (Resumed(1_000_000),)
        assert run.view(1_000_000).state is State.RUNNING
        assert run.next_deadline() == 1_006_000
        assert run.advance(1_006_000) == (Halfway(1_006_000, 0),)

    def test_a_pause_at_the_end_of_a_hold_comes_after_it(self) -> None:
        run = session(PULL, LIE)
        run.start(0, urgent=True)
        assert kinds(run.pause(20_000))[-3:] == [HoldEnded, PhaseStarted, Paused]
        assert run.view(20_000).index == 1

    def test_pause_and_resume_are_refused_in_the_wrong_state(self) -> None:
        run = session(PULL)
        run.start(0)
        with pytest.raises(
            IllegalCommandError, match="resume is not possible while the session is running"
        ) as no:
            run.resume(2_000)
        assert no.value.events == (Countdown(2_000, 3),)
        assert no.value.state is State.RUNNING
        run.pause(2_000)
        with pytest.raises(IllegalCommandError, match="pause is not possible while the session is paused"):
            run.pause(2_000)


class TestSkippingAndGoingBack:
    def test_skip_from_the_hold(self) -> None:
        run = session(PULL, LEAN)
        run.start(0, urgent=True)
        assert run.skip(3_000) == (
            HoldEnded(3_000, 0, 1, SKIPPED, 3_000, 0, 1),
            PhaseStarted(3_000, 1, GET_READY, "lean", LEFT, 1, 5_000, False),
        )

    def test_skip_before_the_hold_began_ends_nothing(self) -> None:
        run = session(PULL, LEAN)
        run.start(0)
        assert kinds(run.skip(1_000)) == [PhaseStarted]

    def test_skip_past_the_end_finishes_even_a_paused_session(self) -> None:
        run = session(PULL)
        run.start(0, urgent=True)
        run.pause(1_000)
        assert run.skip(5_000) == (
            HoldEnded(5_000, 0, 1, SKIPPED, 1_000, 0, 0),
            SessionEnded(5_000, COMPLETED),
        )
        assert run.view(9_000).elapsed_ms == 1_000

    def test_a_paused_session_stays_paused(self) -> None:
        run = session(PULL, LEAN)
        run.start(0, urgent=True)
        run.pause(1_000)
        run.skip(2_000)
        assert run.state is State.PAUSED
        assert run.view(60_000).elapsed_ms == 0
        assert phases(run.resume(60_000) + run.advance(65_000)) == [(65_000, 1, ACTIVE, 10_000)]
        run.pause(66_000)
        assert phases(run.back(67_000)) == [(67_000, 0, GET_READY, 5_000)]
        assert run.state is State.PAUSED

    def test_back_from_the_first_begins_it_again(self) -> None:
        run = session(PULL)
        run.start(0, urgent=True)
        assert run.back(2_000) == (
            HoldEnded(2_000, 0, 1, SKIPPED, 2_000, 0, 0),
            PhaseStarted(2_000, 0, GET_READY, "pull", LEFT, 1, 5_000, False),
        )

    def test_back_to_a_repetition_gets_ready_anew(self) -> None:
        run = session(replace(RUB, repetitions=2))
        run.start(0, urgent=True)
        run.advance(4_000)
        assert phases(run.back(4_500)) == [(4_500, 0, GET_READY, 5_000)]
        assert run.view(4_500).repetition == 1

    def test_back_to_the_other_leg_switches(self) -> None:
        run = session(RUB, side=Side.BOTH)
        run.start(0, urgent=True)
        run.advance(4_000)
        assert run.back(4_500) == (PhaseStarted(4_500, 0, SWITCH, "rub", LEFT, 1, 5_000, False),)

    def test_back_to_resting_begins_at_once(self) -> None:
        run = session(LIE, PULL)
        run.start(0)
        run.advance(3_000)
        assert phases(run.back(4_000)) == [(4_000, 0, ACTIVE, 3_000)]


class TestExtending:
    def test_the_end_moves_and_the_marks_with_it(self) -> None:
        run = session(LEAN)
        run.start(0, urgent=True)
        assert run.extend(8_500, 30_000) == (
            Countdown(7_000, 3),
            Countdown(8_000, 2),
            Extended(8_500, 0, 30_000),
        )
        assert run.next_deadline() == 20_000
        assert run.advance(37_000) == (Halfway(20_000, 0), Countdown(37_000, 3))
        assert run.view(37_000).duration_ms == 40_000

    def test_never_before_now(self) -> None:
        run = session(PULL)
        run.start(0, urgent=True)
        assert run.extend(7_000, -30_000) == (
            Extended(7_000, 0, -13_000),
            HoldEnded(7_000, 0, 1, COMPLETED, 7_000, 0, 0),
            SessionEnded(7_000, COMPLETED),
        )

    def test_a_paused_phase_cut_to_now_ends_when_time_runs_on(self) -> None:
        run = session(PULL)
        run.start(0, urgent=True)
        run.pause(7_000)
        assert run.extend(8_000, -30_000) == (Extended(8_000, 0, -13_000),)
        assert kinds(run.resume(9_000)) == [Resumed, HoldEnded, SessionEnded]

    @pytest.mark.parametrize(
        ("exercise", "most"), [("pull", 600_000), ("warm", 1_200_000), ("cool", 600_000), ("rub", 300_000)]
    )
    def test_never_past_the_hard_stop(self, exercise: str, most: int) -> None:
        run = session(Step(exercise, duration_ms=200_000))
        run.start(0, urgent=True)
        assert run.extend(1_000, 9_000_000)[-1] == Extended(1_000, 0, most - 200_000)
        assert run.extend(2_000, 1)[-1] == Extended(2_000, 0, 0)

    @pytest.mark.parametrize("exercise", ["warm", "cool", "rub"])
    def test_a_share_of_a_leg_s_hard_stop_does_not_grow(self, exercise: str) -> None:
        step = Step(exercise, duration_ms=60_000)
        run = session(step, PULL, step)
        run.start(0, urgent=True)
        assert run.extend(1_000, 30_000)[-1] == Extended(1_000, 0, 0)
        assert run.extend(2_000, -30_000)[-1] == Extended(2_000, 0, -30_000)
        assert run.extend(3_000, 60_000)[-1] == Extended(3_000, 0, 30_000)
        assert run.skip(4_000)
        assert run.extend(5_000, 30_000)[-1] == Extended(5_000, 1, 30_000)

    @pytest.mark.parametrize("exercise", ["warm", "cool", "rub"])
    def test_each_leg_has_a_hard_stop_of_its_own(self, exercise: str) -> None:
        run = session(Step(exercise, duration_ms=60_000), side=Side.BOTH)
        run.start(0, urgent=True)
        assert run.extend(1_000, 30_000)[-1] == Extended(1_000, 0, 30_000)

    def test_a_hold_planned_longer_is_not_cut_by_extending_it(self) -> None:
        run = session(Step("walk", duration_ms=900_000))
        run.start(0, urgent=True)
        assert run.extend(1_000, 30_000)[-1] == Extended(1_000, 0, 0)

    def test_the_hard_stop_is_of_the_pack_not_of_the_rest_between(self) -> None:
        run = session(Step("cool", duration_ms=1_000, repetitions=2, rest_ms=900_000))
        run.start(0, urgent=True)
        assert run.extend(2_000, 30_000)[-1] == Extended(2_000, 1, 0)
        assert run.view(2_000).duration_ms == 900_000


class TestTheLeg:
    def test_correcting_it_loses_no_time(self) -> None:
        run = session(RUB, side=Side.BOTH)
        run.start(0, urgent=True)
        due = run.next_deadline()
        assert run.correct_leg(1_000, RIGHT) == (LegChanged(1_000, RIGHT),)
        assert run.next_deadline() == due
        assert [hold.leg for hold in run.holds] == [RIGHT, LEFT]
        assert run.correct_leg(1_500, RIGHT) == ()


class TestTheCramp:
    def test_eased_skips_the_stretching_and_keeps_the_time(self) -> None:
        run = cramp(TOWEL, LEAN, RUB)
        run.start(0, urgent=True)
        assert run.may_ease()
        assert run.eased(12_000) == (
            Halfway(10_000, 0),
            HoldEnded(12_000, 0, 1, Outcome.EASED, 12_000, 0, 2),
            Eased(12_000, 12_000),
            PhaseStarted(12_000, 2, ACTIVE, "rub", LEFT, 1, 4_000, False),
        )
        view = run.view(14_000)
        assert (view.cramp_ms, view.release_ms) == (12_000, 12_000)
        assert not run.may_ease()
        assert run.may_come_back()

    def test_eased_with_nothing_left_but_stretching_finishes(self) -> None:
        run = cramp(TOWEL, LEAN)
        run.start(0)
        run.pause(1_000)
        assert run.eased(2_000) == (Eased(2_000, 2_000), SessionEnded(2_000, COMPLETED))
        assert not run.may_come_back()
        assert run.view(9_000).release_ms == 2_000

    def test_eased_before_a_massage_began_goes_on_with_that_massage(self) -> None:
        run = cramp(LEAN, RUB, LIE)
        run.start(0, urgent=True)
        run.advance(10_000)
        assert run.view(11_000).phase is GET_READY
        assert phases(run.eased(11_000)) == [(11_000, 1, ACTIVE, 4_000)]

    def test_eased_during_a_massage_goes_on_behind_it(self) -> None:
        run = cramp(RUB, LEAN, LIE)
        run.start(0, urgent=True)
        assert phases(run.eased(1_000)) == [(1_000, 2, ACTIVE, 3_000)]

    def test_eased_runs_a_paused_session_on(self) -> None:
        run = cramp(TOWEL, RUB)
        run.start(0, urgent=True)
        run.pause(1_000)
        assert kinds(run.eased(3_000)) == [HoldEnded, Eased, Resumed, PhaseStarted]
        assert run.state is State.RUNNING
        assert run.view(3_000).release_ms == 3_000

    def test_eased_is_for_a_cramp_and_once(self) -> None:
        plain, run = session(PULL), cramp(TOWEL, RUB)
        plain.start(0)
        assert not plain.may_ease()
        with pytest.raises(IllegalCommandError, match="eased"):
            plain.eased(0)
        run.start(0)
        run.eased(1_000)
        with pytest.raises(IllegalCommandError, match="eased"):
            run.eased(2_000)

    def test_back_again_returns_to_the_stretch_and_the_time_goes_on(self) -> None:
        run = cramp(TOWEL, RUB, alarm_after_ms=60_000)
        run.start(0, urgent=True)
        run.eased(12_000)
        assert run.next_deadline() == 16_000
        assert run.back_again(13_000) == (
            HoldEnded(13_000, 1, 1, SKIPPED, 1_000, 0, 0),
            CameBack(13_000),
            PhaseStarted(13_000, 0, ACTIVE, "pull", LEFT, 1, 20_000, True),
        )
        view = run.view(15_000)
        assert (view.cramp_ms, view.release_ms) == (14_000, None)
        assert run.advance(61_000)[-1] == AlarmRaised(61_000, AlarmReason.LASTED_TOO_LONG, 60_000)

    def test_back_again_needs_to_have_eased(self) -> None:
        run = cramp(TOWEL)
        run.start(0)
        with pytest.raises(IllegalCommandError, match="back-again"):
            run.back_again(1_000)

    def test_back_again_without_an_alarm(self) -> None:
        run = cramp(TOWEL, RUB, alarm_after_ms=None)
        run.start(0, urgent=True)
        run.eased(1_000)
        run.pause(2_000)
        assert kinds(run.back_again(3_000)) == [HoldEnded, CameBack, Resumed, PhaseStarted]
        assert run.snapshot(3_000).alarm_left_ms is None

    def test_the_cramp_lasts_until_the_session_is_stopped_in_a_pause(self) -> None:
        run = cramp(TOWEL)
        run.start(0, urgent=True)
        run.pause(1_000)
        run.stop(30_000)
        assert run.view(99_000).cramp_ms == 30_000
        assert run.view(99_000).elapsed_ms == 1_000


class TestTheAlarm:
    def test_it_runs_through_pauses(self) -> None:
        run = cramp(TOWEL, RUB, alarm_after_ms=30_000)
        run.start(0)
        run.pause(6_000)
        assert run.next_deadline() == 30_000
        assert run.advance(31_000) == (AlarmRaised(30_000, AlarmReason.LASTED_TOO_LONG, 30_000),)
        assert run.state is State.ALARM
        assert run.next_deadline() is None
        assert run.view(40_000).elapsed_ms == 1_000

    def test_what_falls_due_with_it_comes_first(self) -> None:
        run = cramp(PULL, RUB, alarm_after_ms=20_000)
        run.start(0, urgent=True)
        assert kinds(run.advance(20_000))[-3:] == [HoldEnded, PhaseStarted, AlarmRaised]

    def test_it_allows_the_leg_easing_and_stopping_only(self) -> None:
        run = cramp(TOWEL, RUB, alarm_after_ms=10_001)
        run.start(0, urgent=True)
        run.advance(10_001)
        for refused in (run.pause, run.resume, run.skip, run.back, run.back_again):
            with pytest.raises(IllegalCommandError, match="while the session is alarm"):
                refused(11_000)
        with pytest.raises(IllegalCommandError, match="extend"):
            run.extend(11_000, 1)
        assert run.correct_leg(12_000, RIGHT) == (LegChanged(12_000, RIGHT),)
        assert run.eased(15_000) == (
            HoldEnded(15_000, 0, 1, Outcome.EASED, 10_001, 0, 1),
            Eased(15_000, 15_000),
            PhaseStarted(15_000, 1, ACTIVE, "rub", RIGHT, 1, 4_000, False),
        )
        assert run.state is State.RUNNING

    def test_after_easing_it_runs_on_in_full(self) -> None:
        run = cramp(TOWEL, RUB, alarm_after_ms=10_000)
        run.start(0, urgent=True)
        run.eased(15_000)
        run.back_again(16_000)
        assert run.advance(26_000)[-1] == AlarmRaised(26_000, AlarmReason.LASTED_TOO_LONG, 25_000)

    def test_it_can_be_stopped(self) -> None:
        run = cramp(TOWEL, alarm_after_ms=10_000)
        run.start(0, urgent=True)
        run.advance(10_000)
        assert run.stop(12_000) == (
            HoldEnded(12_000, 0, 1, STOPPED, 10_000, 0, 0),
            SessionEnded(12_000, STOPPED),
        )
        assert run.view(50_000).cramp_ms == 12_000

    def test_easing_cancels_it(self) -> None:
        run = cramp(TOWEL, LIE, alarm_after_ms=10_000)
        run.start(0, urgent=True)
        run.eased(9_999)
        assert kinds(run.advance(50_000)) == [HoldEnded, SessionEnded]

    def test_only_a_cramp_has_one(self) -> None:
        run = Session("sample", planned(PULL), alarm_after_ms=10)
        run.start(0)
        assert run.next_deadline() == 2_000
        assert run.snapshot(0).alarm_left_ms is None


class TestStopping:
    def test_while_getting_ready_no_hold_ends(self) -> None:
        run = session(PULL)
        run.start(0)
        assert run.stop(1_000) == (SessionEnded(1_000, STOPPED),)

    def test_a_finished_session_refuses_everything(self) -> None:
        run = cramp(TOWEL)
        run.start(0)
        run.stop(1_000)
        commands = (run.pause, run.resume, run.skip, run.back, run.eased, run.back_again, run.stop)
        for refused in commands:
            with pytest.raises(IllegalCommandError, match="while the session is finished"):
                refused(2_000)
        with pytest.raises(IllegalCommandError, match="leg is not possible"):
            run.correct_leg(2_000, RIGHT)


class TestView:
    def test_what_it_says_while_getting_ready(self) -> None:
        run = session(PULL, LEAN)
        run.start(0)
        view = run.view(1_200)
        assert (view.state, view.routine, view.index, view.count) == (State.RUNNING, "sample", 0, 2)
        assert (view.phase, view.repetition, view.elapsed_ms) == (GET_READY, 1, 1_200)
        assert (view.remaining_ms, view.duration_ms) == (3_800, 5_000)
        assert (view.hold, view.following) == run.holds
        assert (view.cramp_ms, view.release_ms) == (0, None)

    def test_before_the_start_no_cramp_has_lasted(self) -> None:
        assert cramp(TOWEL).view(70_000).cramp_ms == 0

    def test_nothing_follows_the_last(self) -> None:
        run = session(PULL)
        run.start(0)
        assert run.view(0).following is None

    def test_every_phase_and_state_is_reached(self) -> None:
        run = cramp(TOWEL, replace(LEAN, side=Side.BOTH), alarm_after_ms=60_000)
        told, states = run.start(0), {run.state}
        told += run.advance(40_000) + run.skip(40_000) + run.skip(41_000) + run.pause(42_000)
        states.add(run.state)
        told += run.advance(60_000)
        states.add(run.state)
        run.stop(61_000)
        states.add(run.state)
        assert {phase for _, _, phase, _ in phases(told)} == set(Phase)
        assert states == set(State)


class TestKeeping:
    @pytest.fixture
    def kept(self) -> Snapshot:
        run = cramp(TOWEL, RUB, alarm_after_ms=60_000)
        run.start(500, urgent=True)
        run.advance(12_500)
        return run.snapshot(12_500)

    @staticmethod
    def fresh() -> Session:
        return cramp(TOWEL, RUB, alarm_after_ms=60_000)

    def test_what_is_kept(self, kept: Snapshot) -> None:
        assert asdict(kept) == {
            "state": "running",
            "index": 0,
            "exercise": "pull",
            "phase": "active",
            "leg": "left",
            "repetition": 1,
            "elapsed_ms": 12_000,
            "planned_ms": 20_000,
            "marked_ms": 10_000,
            "dose_reached": False,
            "alarm_left_ms": 48_000,
            "alarm_armed": True,
            "cramp_ms": 12_000,
            "release_ms": None,
            "eased_index": None,
            "massaged_left_ms": 0,
            "massaged_right_ms": 0,
        }

    def test_it_goes_on_where_it_was_left(self, kept: Snapshot) -> None:
        run = Session.restore(self.fresh(), kept, 1_000_000)
        assert run.snapshot(1_000_000) == kept
        assert kinds(run.advance(1_008_000)) == [Countdown, Countdown, Countdown, HoldEnded, PhaseStarted]

    def test_the_leg_comes_back_too(self, kept: Snapshot) -> None:
        run = Session.restore(self.fresh(), replace(kept, leg=RIGHT), 0)
        assert {hold.leg for hold in run.holds} == {RIGHT}

    def test_the_cramp_went_on_meanwhile(self, kept: Snapshot) -> None:
        run = Session.restore(self.fresh(), kept, 0, away_ms=40_000)
        assert run.view(0).cramp_ms == 52_000
        assert run.advance(8_000)[-1] == AlarmRaised(8_000, AlarmReason.LASTED_TOO_LONG, 60_000)

    def test_an_alarm_missed_while_away_is_raised_at_once(self, kept: Snapshot) -> None:
        run = Session.restore(self.fresh(), kept, 700, away_ms=100_000)
        assert run.advance(700) == (AlarmRaised(700, AlarmReason.LASTED_TOO_LONG, 112_000),)
        assert run.view(900).elapsed_ms == 12_000
        again = Session.restore(self.fresh(), run.snapshot(900), 0)
        assert again.state is State.ALARM

    def test_an_eased_cramp_did_not_go_on(self) -> None:
        run = self.fresh()
        run.start(0, urgent=True)
        run.eased(9_000)
        back = Session.restore(self.fresh(), run.snapshot(10_000), 0, away_ms=500_000)
        assert (back.view(0).cramp_ms, back.view(0).release_ms) == (9_000, 9_000)
        back.back_again(1_000)
        assert back.snapshot(1_000).alarm_left_ms == 51_000

    def test_neither_did_a_stopped_one(self) -> None:
        run = self.fresh()
        run.start(0)
        run.stop(9_000)
        back = Session.restore(self.fresh(), run.snapshot(20_000), 0, away_ms=500_000)
        assert back.state is State.FINISHED
        assert back.view(50_000).cramp_ms == 9_000

    def test_a_late_snapshot_still_tells_what_was_due(self) -> None:
        run = self.fresh()
        run.start(0, urgent=True)
        back = Session.restore(self.fresh(), run.snapshot(10_300), 0)
        assert back.advance(0) == (Halfway(0, 0),)

    def test_past_the_dose_it_goes_on_counting_up(self) -> None:
        run = session(ENDLESS)
        run.start(0, urgent=True)
        run.advance(50_000)
        back = Session.restore(session(ENDLESS), run.snapshot(50_000), 0)
        assert back.view(1_000).elapsed_ms == 51_000
        assert back.advance(1_000_000) == ()

    @pytest.mark.parametrize(
        ("field", "value"),
        [
            ("index", -1),
            ("index", 2),
            ("exercise", "lean"),
            ("repetition", 0),
            ("eased_index", -1),
            ("eased_index", 2),
            ("release_ms", 5),
            ("dose_reached", True),
            ("elapsed_ms", -1),
            ("elapsed_ms", 20_001),
            ("planned_ms", -1),
            ("marked_ms", -1),
            ("marked_ms", 12_001),
            ("cramp_ms", -1),
            ("alarm_left_ms", -1),
        ],
    )
    def test_what_does_not_fit_is_refused_by_its_name(
        self, kept: Snapshot, field: str, value: object
    ) -> None:
        values = {name: getattr(kept, name) for name in Snapshot.__dataclass_fields__}
        with pytest.raises(SnapshotError, match=field) as refused:
            Session.restore(self.fresh(), Snapshot(**{**values, field: value}), 0)
        assert refused.value.field == field

    def test_no_damaged_file_warms_longer_than_the_hard_stop(self) -> None:
        run = session(Step("warm", duration_ms=60_000))
        run.start(0, urgent=True)
        kept = replace(run.snapshot(0), planned_ms=1_200_001)
        with pytest.raises(SnapshotError, match="planned_ms"):
            Session.restore(session(Step("warm", duration_ms=60_000)), kept, 0)


class TestTheSameCrampInAnotherSession:
    """Pressed again, in bed or standing: the ten minutes are those of the cramp."""

    def test_its_time_and_its_alarm_go_on(self) -> None:
        run = Session("cramp", planned(PULL, LIE), cramp=True, alarm_after_ms=600_000)
        run.start(1_000, urgent=True, cramped_ms=590_000)
        assert run.view(1_000).cramp_ms == 590_000
        alarms = [event for event in run.advance(30_000) if isinstance(event, AlarmRaised)]
        assert alarms == [AlarmRaised(11_000, AlarmReason.LASTED_TOO_LONG, 600_000)]

    def test_an_alarm_that_was_due_is_raised_at_once(self) -> None:
        run = Session("cramp", planned(PULL, LIE), cramp=True, alarm_after_ms=600_000)
        run.start(1_000, urgent=True, cramped_ms=700_000)
        assert run.next_deadline() == 1_000
        run.advance(1_000)
        assert run.state is State.ALARM
