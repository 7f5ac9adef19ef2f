from collections.abc import Iterator

import pytest
from PySide6.QtCore import QTimer

from relief_app.core.anatomy import Leg
from relief_app.core.steering import Steer
from relief_app.desktop.journal_keeper import HEARTBEAT_MS, JournalKeeper
from relief_app.desktop.session_host import SessionHost
from relief_app.ports import NotKept, NotKeptReason
from tests.desktop.desk import HandClock, MemoryJournal, host_of

pytestmark = pytest.mark.usefixtures("qapp")


class Desk:
    """A host with its keeper over a journal in memory."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.journal = MemoryJournal()
        self.host: SessionHost = host_of(self.clock, self.journal)
        self.said: list[NotKept] = []
        self.keeper = JournalKeeper(self.host, self.journal, self.said.append)

    @property
    def beat(self) -> QTimer:
        (timer,) = self.keeper.findChildren(QTimer)
        return timer

    def written(self) -> bool:
        """Whether something was written since the last call."""
        writes, self.journal.writes = self.journal.writes, 0
        return writes > 0

    def kept_index(self) -> object:
        assert self.journal.entry is not None
        return self.journal.entry.session["index"]

    def move(self, ms: int) -> None:
        self.clock.move(ms)
        self.host.driver.advance()

    def end(self) -> None:
        self.host.driver.drop()
        self.keeper.keep()


@pytest.fixture
def desk() -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.end()


def test_every_transition_is_written(desk: Desk) -> None:
    desk.host.start("plain", Leg.LEFT)
    assert desk.written()
    desk.move(5_000)
    assert desk.written()
    assert desk.kept_index() == 0
    desk.host.driver.steer(Steer.NEXT)
    assert desk.written()
    assert desk.kept_index() == 1


@pytest.mark.parametrize(
    "command", [Steer.PAUSE, Steer.EXTEND, Steer.LEG, Steer.NEXT, Steer.BACK, Steer.EASED]
)
def test_every_command_is_written(desk: Desk, command: Steer) -> None:
    desk.host.start("cramp", Leg.LEFT, urgent=True)
    desk.move(1_000)
    desk.written()
    desk.host.driver.steer(command)
    assert desk.written()
    assert desk.journal.entry is not None
    assert desk.journal.entry.boot_ms == desk.clock.boot


def test_counting_seconds_is_not_worth_a_write(desk: Desk) -> None:
    desk.host.start("plain", Leg.LEFT)
    desk.written()
    desk.move(4_500)  # three, two, one
    assert not desk.written()
    desk.move(500)
    assert desk.written()
    desk.move(10_000)  # half-way
    assert not desk.written()


def test_counted_movements_are_not_worth_a_write(desk: Desk) -> None:
    desk.host.start("both", Leg.LEFT)
    desk.move(5_000)
    desk.written()
    desk.move(2_500)
    assert not desk.written()


def test_the_alarm_is_written(desk: Desk) -> None:
    desk.host.start("cramp", Leg.LEFT, urgent=True)
    desk.host.driver.steer(Steer.PAUSE)
    desk.written()
    desk.move(600_000)
    assert desk.written()
    assert desk.journal.entry is not None
    assert desk.journal.entry.session["state"] == "alarm"


def test_the_heart_beats_only_while_a_session_lives(desk: Desk) -> None:
    assert not desk.beat.isActive()
    desk.host.start("plain", Leg.LEFT)
    assert desk.beat.isActive()
    assert desk.beat.interval() == HEARTBEAT_MS
    desk.host.driver.steer(Steer.STOP)
    assert not desk.beat.isActive()


def test_the_heart_stops_when_the_session_finishes_by_itself(desk: Desk) -> None:
    desk.host.start("plain", Leg.LEFT)
    desk.move(60_000)
    assert not desk.beat.isActive()
    assert desk.journal.entry is None


def test_a_beat_notes_the_time_held(desk: Desk) -> None:
    desk.host.start("plain", Leg.LEFT)
    desk.move(5_000)
    desk.written()
    desk.clock.move(HEARTBEAT_MS)
    desk.beat.timeout.emit()
    assert desk.written()
    assert desk.journal.entry is not None
    assert desk.journal.entry.session["elapsed_ms"] == HEARTBEAT_MS


def test_leaving_writes_the_last_moment_and_ends_the_beat(desk: Desk) -> None:
    desk.host.start("plain", Leg.LEFT)
    desk.move(5_000)
    desk.clock.move(3_210)
    desk.host.leave()
    assert desk.journal.entry is not None
    assert desk.journal.entry.session["elapsed_ms"] == 3_210
    desk.beat.timeout.emit()
    assert not desk.beat.isActive()
    assert desk.journal.entry is not None


def test_an_ended_session_is_forgotten(desk: Desk) -> None:
    desk.host.start("plain", Leg.LEFT)
    assert desk.journal.entry is not None
    desk.host.driver.steer(Steer.STOP)
    assert desk.journal.entry is None


def test_a_session_that_takes_the_place_of_another_is_the_one_kept(desk: Desk) -> None:
    desk.host.start("plain", Leg.LEFT)
    desk.host.start("both", Leg.RIGHT)
    assert desk.journal.entry is not None
    assert desk.journal.entry.routine == "both"
    assert desk.beat.isActive()


def test_a_session_that_runs_already_is_written_at_once(desk: Desk) -> None:
    host = host_of(desk.clock, desk.journal)
    host.start("plain", Leg.LEFT)
    keeper = JournalKeeper(host, desk.journal, desk.said.append)
    assert desk.journal.entry is not None
    host.driver.steer(Steer.STOP)
    assert not any(timer.isActive() for timer in keeper.findChildren(QTimer))


def test_what_cannot_be_kept_is_said_once_and_the_session_goes_on(desk: Desk) -> None:
    desk.journal.writable = False
    desk.host.start("plain", Leg.LEFT)
    desk.move(5_000)
    desk.beat.timeout.emit()
    assert [problem.reason for problem in desk.said] == [NotKeptReason.NO_SPACE]
    assert desk.host.driver.is_live
    desk.journal.writable = True
    desk.beat.timeout.emit()
    assert desk.journal.entry is not None
    assert len(desk.said) == 1
