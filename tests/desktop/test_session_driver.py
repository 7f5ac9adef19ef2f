from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer
from pytestqt.exceptions import capture_exceptions

from relief_app.core.events import (
    Countdown,
    Event,
    Halfway,
    HoldEnded,
    Outcome,
    Paused,
    Phase,
    PhaseStarted,
    SessionEnded,
    SessionStarted,
)
from relief_app.core.session import Session
from relief_app.core.session_state import IllegalCommandError, State
from relief_app.core.steering import Steer
from relief_app.desktop.session_driver import LONGEST_TIMER_MS, SessionDriver
from tests.core.sample import LEAN, PULL, cramp, open_ended, session
from tests.desktop.desk import Ear, HandClock, kinds

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def driver(clock: HandClock) -> Iterator[SessionDriver]:
    driver = SessionDriver(clock)
    yield driver
    driver.drop()


@pytest.fixture
def ear(driver: SessionDriver) -> Ear:
    return Ear(driver)


def timer_of(driver: SessionDriver) -> QTimer:
    (timer,) = driver.findChildren(QTimer)
    return timer


def test_without_a_session_nothing_is_shown_and_nothing_runs(driver: SessionDriver, ear: Ear) -> None:
    driver.advance()
    driver.steer(Steer.NEXT)
    assert (driver.session, driver.view(), driver.snapshot(), driver.is_live) == (None, None, None, False)
    assert ear.heard == []
    assert not timer_of(driver).isActive()


def test_a_session_begins_at_once_and_its_events_come_in_order_of_time(
    driver: SessionDriver, ear: Ear, clock: HandClock
) -> None:
    start = clock.boot
    driver.begin(session(PULL, LEAN))
    assert kinds(ear.take()) == ["SessionStarted", "PhaseStarted"]
    clock.move(60_000)
    driver.advance()
    heard = ear.take()
    assert [event.at for event in heard] == sorted(event.at for event in heard)
    assert heard[-1] == SessionEnded(start + 5_000 + 20_000 + 5_000 + 10_000, Outcome.COMPLETED)
    assert sum(isinstance(event, HoldEnded) for event in heard) == 2
    assert not driver.is_live


def test_an_urgent_session_skips_getting_ready(driver: SessionDriver, ear: Ear) -> None:
    driver.begin(cramp(PULL), urgent=True)
    assert isinstance(ear.heard[1], PhaseStarted)
    assert ear.heard[1].phase is Phase.ACTIVE


def test_events_stay_in_order_when_a_listener_steers_while_it_is_told(
    driver: SessionDriver, clock: HandClock
) -> None:
    told: list[Event] = []

    def pause_at_halfway(event: Event) -> None:
        if isinstance(event, Halfway):
            driver.steer(Steer.PAUSE)

    driver.happened.connect(pause_at_halfway)
    driver.happened.connect(told.append)
    driver.begin(session(PULL))
    clock.move(5_000 + 10_000)
    driver.advance()
    assert kinds(told)[-2:] == ["Halfway", "Paused"]
    assert driver.view() is not None
    assert driver.session is not None
    assert driver.session.state is State.PAUSED


def test_what_came_due_together_is_told_before_what_a_listener_asks_for(
    driver: SessionDriver, clock: HandClock
) -> None:
    told: list[Event] = []

    def skip_once(event: Event) -> None:
        if isinstance(event, Countdown) and event.seconds == 3:
            driver.happened.disconnect(skip_once)
            driver.steer(Steer.NEXT)

    driver.happened.connect(skip_once)
    driver.happened.connect(told.append)
    driver.begin(session(PULL, LEAN))
    clock.move(4_500)  # the 3, 2 and 1 of getting ready are all due
    driver.advance()
    assert [event.seconds for event in told if isinstance(event, Countdown)] == [3, 2, 1]
    assert kinds(told)[-1] == "PhaseStarted"


def test_a_listener_that_breaks_does_not_stop_the_session(driver: SessionDriver, clock: HandClock) -> None:
    def broken(event: Event) -> None:
        raise RuntimeError("a listener")

    told: list[Event] = []
    driver.happened.connect(told.append)
    driver.begin(session(LEAN))
    driver.happened.connect(broken)
    clock.move(5_000)
    with capture_exceptions() as errors:
        driver.advance()
        clock.move(10_000)
        driver.advance()
    assert errors
    assert kinds(told)[-1] == "SessionEnded"


def test_a_rehearsal_runs_faster(driver: SessionDriver, ear: Ear, clock: HandClock) -> None:
    driver.begin(session(PULL), rate=10)
    assert driver.rate == 10
    clock.move(2_499)
    driver.advance()
    assert kinds(ear.heard)[-1] == "Countdown"
    clock.move(1)
    driver.advance()
    assert kinds(ear.heard)[-1] == "SessionEnded"
    assert ear.heard[-1].at - ear.heard[0].at == 25_000


def test_a_refused_command_loses_no_event(driver: SessionDriver, ear: Ear, clock: HandClock) -> None:
    driver.begin(session(PULL, LEAN))
    clock.move(5_000)
    ear.take()
    with pytest.raises(IllegalCommandError) as refused:
        driver.steer(Steer.RESUME)
    assert refused.value.command == "resume"
    assert kinds(ear.take()) == ["Countdown", "Countdown", "Countdown", "PhaseStarted"]
    clock.move(60_000)
    with pytest.raises(IllegalCommandError):
        driver.steer(Steer.PAUSE)
    assert kinds(ear.take())[-1] == "SessionEnded"


def test_a_new_session_stops_the_former_one(driver: SessionDriver, ear: Ear, clock: HandClock) -> None:
    driver.begin(session(PULL))
    first = driver.session
    clock.move(6_000)
    ear.take()
    driver.begin(session(LEAN), rate=2)
    heard = ear.take()
    ended = kinds(heard).index("SessionEnded")
    assert heard[ended] == SessionEnded(clock.boot, Outcome.STOPPED)
    assert isinstance(heard[ended + 1], SessionStarted)
    assert first is not None
    assert first.state is State.FINISHED
    assert driver.session is not first
    assert driver.rate == 2


def test_a_finished_session_is_not_stopped_again(driver: SessionDriver, ear: Ear, clock: HandClock) -> None:
    driver.begin(session(LEAN))
    clock.move(60_000)
    driver.advance()
    ear.take()
    driver.begin(session(LEAN))
    assert kinds(ear.take()) == ["SessionStarted", "PhaseStarted"]


def test_steering_reaches_the_session_with_its_values(
    driver: SessionDriver, ear: Ear, clock: HandClock
) -> None:
    driver.begin(session(PULL))
    clock.move(5_000)
    driver.steer(Steer.EXTEND, by_ms=7_000)
    driver.steer(Steer.PAUSE)
    assert isinstance(ear.heard[-1], Paused)
    view = driver.view()
    assert view is not None
    assert (view.remaining_ms, view.state) == (27_000, State.PAUSED)


def test_the_timer_is_set_for_what_is_due_next(driver: SessionDriver, clock: HandClock) -> None:
    driver.begin(session(PULL))
    assert timer_of(driver).interval() == 2_000  # the 3 of getting ready
    assert timer_of(driver).isSingleShot()
    clock.move(5_000)
    driver.advance()
    assert timer_of(driver).interval() == 10_000  # half of the hold
    driver.steer(Steer.PAUSE)
    assert not timer_of(driver).isActive()
    driver.steer(Steer.RESUME)
    assert timer_of(driver).isActive()
    clock.move(60_000)
    driver.advance()
    assert not timer_of(driver).isActive()


def test_a_pause_leaves_the_alarm_due(driver: SessionDriver, clock: HandClock) -> None:
    driver.begin(cramp(PULL))
    clock.move(1_000)
    driver.steer(Steer.PAUSE)
    assert timer_of(driver).interval() == 599_000


def test_in_a_rehearsal_the_timer_comes_not_before_the_deadline(
    driver: SessionDriver, clock: HandClock
) -> None:
    driver.begin(session(PULL), rate=7)
    assert timer_of(driver).interval() == 286  # 2000 / 7 is 285.7
    clock.move(286)
    driver.advance()
    assert timer_of(driver).interval() == 143  # (3000 - 2002) / 7


def test_no_deadline_is_too_far_for_the_timer(driver: SessionDriver, clock: HandClock) -> None:
    held = cramp(open_ended(PULL), alarm_after_ms=LONGEST_TIMER_MS * 4)
    driver.begin(held, urgent=True)
    clock.move(20_000)
    driver.advance()
    assert timer_of(driver).interval() == LONGEST_TIMER_MS


def test_the_timer_itself_advances_the_session(driver: SessionDriver, ear: Ear, clock: HandClock) -> None:
    driver.begin(session(LEAN))
    ear.take()
    clock.move(5_000)
    timer_of(driver).timeout.emit()
    assert kinds(ear.take())[-1] == "PhaseStarted"
    timer_of(driver).timeout.emit()  # too early: nothing is told twice
    assert ear.take() == []


def test_a_restored_session_tells_what_came_due_meanwhile(
    driver: SessionDriver, ear: Ear, clock: HandClock
) -> None:
    kept = cramp(PULL)
    kept.start(0, urgent=True)
    snapshot = kept.snapshot(8_000)
    restored = Session.restore(cramp(PULL), snapshot, clock.boot, away_ms=700_000)
    driver.adopt(restored)
    assert kinds(ear.take()) == ["AlarmRaised"]
    assert driver.is_live


def test_dropping_tells_nobody(driver: SessionDriver, ear: Ear, clock: HandClock) -> None:
    driver.begin(session(PULL))
    ear.take()
    driver.drop()
    clock.move(60_000)
    driver.advance()
    assert ear.take() == []
    assert driver.session is None
    assert not timer_of(driver).isActive()


def test_a_finished_session_is_not_worth_keeping(driver: SessionDriver, clock: HandClock) -> None:
    driver.begin(session(LEAN))
    assert driver.snapshot() is not None
    driver.steer(Steer.STOP)
    assert driver.snapshot() is None
    assert driver.view() is not None
