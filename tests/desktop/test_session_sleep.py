"""A suspended computer: holds stand still, a pack goes on, the alarm of a cramp goes on."""

from collections.abc import Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QTimer

from relief_app.core.events import (
    AlarmRaised,
    AlarmReason,
    HoldEnded,
    Outcome,
    Paused,
    Phase,
    PhaseStarted,
    SessionEnded,
)
from relief_app.core.routine import Step
from relief_app.core.session import Session
from relief_app.core.session_state import State, View
from relief_app.core.steering import Steer
from relief_app.desktop.journal_keeper import JournalKeeper
from relief_app.desktop.session_driver import SessionDriver
from tests.core.sample import LEAN, PULL, cramp, open_ended, session
from tests.desktop.desk import HOUR_MS, Ear, HandClock, MemoryJournal, host_of, kinds

pytestmark = pytest.mark.usefixtures("qapp")

WARM = Step("warm", duration_ms=900_000)
COOL = Step("cool", duration_ms=600_000)


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def driver(clock: HandClock) -> Iterator[SessionDriver]:
    driver = SessionDriver(clock)
    yield driver
    driver.drop()


def view_of(driver: SessionDriver) -> View:
    view = driver.view()
    assert view is not None
    return view


def test_a_hold_pauses_where_the_computer_fell_asleep(driver: SessionDriver, clock: HandClock) -> None:
    driver.begin(session(PULL), urgent=True)
    ear = Ear(driver)
    clock.move(4_000)
    fell_asleep = clock.boot
    clock.sleep(HOUR_MS)
    driver.advance()
    assert ear.take() == [Paused(fell_asleep)]
    assert (view_of(driver).state, view_of(driver).elapsed_ms) == (State.PAUSED, 4_000)
    clock.move(7_000)
    driver.steer(Steer.RESUME)
    clock.move(16_000)
    driver.advance()
    assert isinstance(ear.heard[-1], SessionEnded)


def test_what_came_due_before_sleep_is_told_and_nothing_after_it(
    driver: SessionDriver, clock: HandClock
) -> None:
    driver.begin(session(PULL, LEAN))
    ear = Ear(driver)
    clock.move(3_500)
    clock.sleep(HOUR_MS)
    driver.advance()
    assert kinds(ear.heard) == ["Countdown", "Countdown", "Paused"]
    driver.advance()
    assert len(ear.heard) == 3


def test_until_it_is_noticed_a_suspension_is_not_shown_as_held(
    driver: SessionDriver, clock: HandClock
) -> None:
    driver.begin(session(PULL), urgent=True)
    clock.move(4_000)
    clock.sleep(HOUR_MS)
    assert view_of(driver).remaining_ms == 16_000
    assert view_of(driver).state is State.RUNNING


@pytest.mark.parametrize(
    ("asleep_ms", "state", "held_ms"), [(999, State.RUNNING, 4_999), (1_000, State.PAUSED, 4_000)]
)
def test_less_than_a_second_is_no_suspension(
    driver: SessionDriver, clock: HandClock, asleep_ms: int, state: State, held_ms: int
) -> None:
    driver.begin(session(PULL), urgent=True)
    clock.move(4_000)
    clock.sleep(asleep_ms)
    driver.advance()
    assert (view_of(driver).state, view_of(driver).elapsed_ms) == (state, held_ms)


def test_a_command_after_waking_meets_a_paused_session(driver: SessionDriver, clock: HandClock) -> None:
    driver.begin(session(PULL, LEAN), urgent=True)
    ear = Ear(driver)
    clock.move(4_000)
    clock.sleep(HOUR_MS)
    driver.steer(Steer.PAUSE)  # pressed before anybody noticed: what was asked for is so
    assert kinds(ear.take()) == ["Paused"]
    clock.sleep(HOUR_MS)
    driver.steer(Steer.RESUME)
    assert kinds(ear.take()) == ["Resumed"]
    clock.sleep(HOUR_MS)
    driver.steer(Steer.NEXT)
    assert ear.take()[0] == Paused(clock.boot - HOUR_MS)
    assert (view_of(driver).index, view_of(driver).state) == (1, State.PAUSED)


def test_a_paused_or_finished_session_stays_as_it_is(driver: SessionDriver, clock: HandClock) -> None:
    driver.begin(session(PULL), urgent=True)
    ear = Ear(driver)
    clock.move(4_000)
    driver.steer(Steer.PAUSE)
    clock.sleep(HOUR_MS)
    driver.advance()
    assert kinds(ear.take()) == ["Paused"]
    driver.steer(Steer.STOP)
    ear.take()
    clock.sleep(HOUR_MS)
    driver.advance()
    assert ear.take() == []


def test_a_session_that_ended_before_sleep_has_ended(driver: SessionDriver, clock: HandClock) -> None:
    driver.begin(session(LEAN), urgent=True)
    ear = Ear(driver)
    clock.move(10_000)
    clock.sleep(HOUR_MS)
    driver.advance()
    assert ear.heard[-1] == SessionEnded(clock.boot - HOUR_MS, Outcome.COMPLETED)


def test_sleep_before_a_session_does_not_pause_it(driver: SessionDriver, clock: HandClock) -> None:
    clock.sleep(HOUR_MS)
    driver.begin(session(PULL))
    clock.move(1_000)
    driver.advance()
    assert view_of(driver).state is State.RUNNING


@pytest.mark.parametrize(("asleep_ms", "alarms"), [(500_000, []), (599_000, ["AlarmRaised"])])
def test_the_alarm_of_a_cramp_goes_on_through_sleep(
    driver: SessionDriver, clock: HandClock, asleep_ms: int, alarms: list[str]
) -> None:
    driver.begin(cramp(open_ended(PULL)), urgent=True)
    began, ear = clock.boot, Ear(driver)
    clock.move(1_000)
    clock.sleep(asleep_ms)
    driver.advance()
    assert kinds(ear.heard) == ["Paused", *alarms]
    if alarms:
        assert ear.heard[-1] == AlarmRaised(began + 600_000, AlarmReason.LASTED_TOO_LONG, 600_000)
        clock.sleep(HOUR_MS)
        driver.advance()
        assert kinds(ear.heard) == ["Paused", "AlarmRaised"]


def test_the_same_cramp_guided_anew_after_sleep_has_lasted_all_the_while(
    driver: SessionDriver, clock: HandClock
) -> None:
    driver.begin(cramp(open_ended(PULL)), urgent=True)
    clock.move(1_000)
    clock.sleep(100_000)
    driver.begin(cramp(LEAN), urgent=True)
    assert view_of(driver).cramp_ms == 101_000


@pytest.mark.parametrize("pack", [WARM, COOL])
def test_a_pack_goes_on_through_sleep(driver: SessionDriver, clock: HandClock, pack: Step) -> None:
    driver.begin(session(pack), urgent=True)
    clock.move(60_000)
    clock.sleep(100_000)
    assert view_of(driver).elapsed_ms == 160_000
    driver.advance()
    assert (view_of(driver).state, view_of(driver).elapsed_ms) == (State.RUNNING, 160_000)


def test_a_pack_that_is_over_ends_at_once_and_what_follows_waits(
    driver: SessionDriver, clock: HandClock
) -> None:
    driver.begin(session(WARM, PULL), urgent=True)
    over, ear = clock.boot + 900_000, Ear(driver)
    clock.move(60_000)
    clock.sleep(HOUR_MS)
    driver.advance()
    ended = [event for event in ear.heard if isinstance(event, HoldEnded)]
    assert [(event.at, event.outcome) for event in ended] == [(over, Outcome.COMPLETED)]
    assert isinstance(ear.heard[-2], PhaseStarted)
    assert ear.heard[-1] == Paused(over)
    assert (view_of(driver).phase, view_of(driver).elapsed_ms) == (Phase.GET_READY, 0)


def test_getting_ready_for_a_pack_waits(driver: SessionDriver, clock: HandClock) -> None:
    driver.begin(session(WARM))
    clock.move(1_000)
    clock.sleep(HOUR_MS)
    driver.advance()
    assert (view_of(driver).phase, view_of(driver).state) == (Phase.GET_READY, State.PAUSED)


def test_the_heartbeat_notices_where_nobody_tells(clock: HandClock) -> None:
    journal = MemoryJournal()
    host = host_of(clock, journal)
    keeper = JournalKeeper(host, journal, lambda problem: None)
    host.start("plain", host.leg, urgent=True)
    clock.move(4_000)
    clock.sleep(HOUR_MS)
    (beat,) = keeper.findChildren(QTimer)
    beat.timeout.emit()
    assert journal.entry is not None
    assert (journal.entry.session["state"], journal.entry.session["elapsed_ms"]) == ("paused", 4_000)
    host.driver.drop()
    beat.stop()


AWAKE = st.tuples(st.just("awake"), st.integers(0, 90_000))
ASLEEP = st.tuples(st.just("asleep"), st.integers(1_000, HOUR_MS * 10))
DOING = st.tuples(st.sampled_from(["look", "pause", "resume"]), st.just(0))


@given(steps=st.lists(st.one_of(AWAKE, ASLEEP, DOING), max_size=30), rate=st.sampled_from([1, 7]))
def test_time_held_is_time_awake(steps: list[tuple[str, int]], rate: int) -> None:
    clock = HandClock()
    driver = SessionDriver(clock)
    driver.begin(Session("law", session(open_ended(PULL)).holds), urgent=True, rate=rate)
    held, running, slept = 0, True, False
    for what, ms in steps:
        if what == "awake":
            clock.move(ms)
            held += ms * rate if running else 0
        elif what == "asleep":
            clock.sleep(ms)
            slept = True
        else:
            running, slept = running and not slept, False
            if what == "look":
                driver.advance()
            elif what == "pause":
                _steer(driver, Steer.PAUSE)
                running = False
            else:
                _steer(driver, Steer.RESUME)
                running = True
        assert view_of(driver).elapsed_ms == held
    driver.drop()


def _steer(driver: SessionDriver, command: Steer) -> None:
    """Give the command where it is possible; the driver notices a suspension either way."""
    driver.advance()
    state = State.RUNNING if command is Steer.PAUSE else State.PAUSED
    if driver.session is not None and driver.session.state is state:
        driver.steer(command)


@given(asleep=st.integers(1_000, HOUR_MS * 3), awake=st.integers(0, 1_200_000), rate=st.sampled_from([1, 7]))
def test_a_pack_ends_when_its_time_is_over_whatever_sleeps(asleep: int, awake: int, rate: int) -> None:
    clock = HandClock()
    driver = SessionDriver(clock)
    driver.begin(session(WARM, PULL), urgent=True, rate=rate)
    over, ear = driver.now() + 900_000, Ear(driver)
    clock.move(awake // 2)
    clock.sleep(asleep)
    clock.move(awake - awake // 2)
    driver.advance()
    ended = [event.at for event in ear.heard if isinstance(event, HoldEnded)]
    assert ended[:1] == ([over] if driver.now() >= over else [])
    driver.drop()
