"""What the diary gets of a session: once, when it is over, and of rehearsals nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from relief_app.core.anatomy import Leg
from relief_app.core.diary import SessionRecord
from relief_app.core.events import Outcome
from relief_app.core.steering import Steer
from relief_app.desktop.journal_keeper import JournalKeeper
from relief_app.desktop.session_host import SessionHost
from relief_app.desktop.session_recorder import SessionRecorder
from relief_app.ports import NotKept, NotKeptReason
from tests.desktop.desk import HandClock, MemoryJournal, host_of

BEGAN = 1_700_000_000.0


class MemoryDiary:
    """Fits `relief_app.ports.SessionStore`; `writable` off makes the disk full."""

    def __init__(self) -> None:
        self.rows: list[SessionRecord] = []
        self.writable = True

    def add(self, record: SessionRecord) -> SessionRecord:
        if not self.writable:
            raise NotKept(Path("/full/relief.db"), NotKeptReason.NO_SPACE)
        self.rows.append(replace(record, id=len(self.rows) + 1))
        return self.rows[-1]

    def last_cramp_s(self) -> float | None:
        return max((row.ended_wall_s for row in self.rows if row.is_cramp), default=None)


class Desk:
    """A host whose sessions are recorded and kept in a journal, on a clock moved by hand."""

    def __init__(self, clock: HandClock | None = None, journal: MemoryJournal | None = None) -> None:
        self.clock = clock or HandClock(wall=BEGAN)
        self.journal = journal or MemoryJournal()
        self.host: SessionHost = host_of(self.clock, self.journal)
        self.driver = self.host.driver
        self.diary = MemoryDiary()
        self.keeper = JournalKeeper(self.host, self.journal, lambda _: None, self.driver)
        self.recorder = SessionRecorder(self.driver, self.diary, self.clock, self.driver)

    def move(self, ms: int) -> None:
        self.clock.move(ms)
        self.driver.advance()

    def reach(self, index: int) -> float:
        """Go on until hold `index`; the answer is how many seconds that took."""
        before = self.clock.wall
        while (view := self.driver.view()) is not None and view.index < index:
            self.move(1_000)
        return self.clock.wall - before

    def leave(self) -> None:
        self.host.leave()
        self.keeper.keep()  # nothing more to keep: its timer rests

    def only(self) -> SessionRecord:
        (row,) = self.diary.rows
        return row


@pytest.fixture
def desk(qtbot: QtBot) -> Desk:
    return Desk()


def test_a_session_to_its_end(desk: Desk) -> None:
    desk.host.start("plain", Leg.LEFT)
    desk.move(600_000)
    row = desk.only()
    assert (row.routine, row.leg, row.outcome) == ("plain", Leg.LEFT, Outcome.COMPLETED)
    assert (row.holds_done, row.holds) == (2, 2)
    assert (row.began_wall_s, row.ended_wall_s) == (BEGAN, BEGAN + 600)
    assert (row.is_cramp, row.cramp_ms, row.release_ms, row.lasted_too_long) == (False, 0, None, False)


def test_the_offset_of_the_place_is_kept(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "UTC-5:30")
    time.tzset()
    desk.host.start("plain", Leg.LEFT)
    desk.driver.steer(Steer.STOP)
    monkeypatch.undo()
    time.tzset()
    assert desk.only().utc_offset_s == 19_800


def test_a_cramp_that_eased(desk: Desk) -> None:
    desk.host.start("cramp", Leg.RIGHT, urgent=True)
    desk.move(50_000)
    desk.driver.steer(Steer.EASED)
    desk.move(1_000)
    desk.driver.steer(Steer.LEG, leg=Leg.LEFT)
    desk.driver.steer(Steer.STOP)
    row = desk.only()
    assert (row.is_cramp, row.cramp_ms, row.release_ms, row.leg) == (True, 50_000, 50_000, Leg.LEFT)
    assert row.outcome is Outcome.STOPPED


def test_a_cramp_that_came_back_has_not_been_released(desk: Desk) -> None:
    desk.host.start("cramp", Leg.RIGHT, urgent=True)
    desk.move(50_000)
    desk.driver.steer(Steer.EASED)
    desk.driver.steer(Steer.BACK_AGAIN)
    desk.move(10_000)
    desk.driver.steer(Steer.STOP)
    row = desk.only()
    assert (row.release_ms, row.cramp_ms, row.lasted_too_long) == (None, 60_000, False)


def test_a_cramp_that_lasted_too_long(desk: Desk) -> None:
    desk.host.start("cramp", Leg.RIGHT, urgent=True)
    desk.move(600_000)
    desk.driver.steer(Steer.STOP)
    assert desk.only().lasted_too_long


def test_what_was_skipped_is_not_done_and_what_was_done_twice_counts_once(desk: Desk) -> None:
    desk.host.start("plain", Leg.LEFT)
    desk.driver.steer(Steer.NEXT)
    desk.move(60_000)
    assert desk.only().holds_done == 1
    desk.diary.rows.clear()
    desk.host.start("both", Leg.LEFT)
    desk.reach(1)
    desk.driver.steer(Steer.BACK)
    desk.move(600_000)
    assert desk.only().holds_done == desk.only().holds


def test_one_session_after_the_other_has_a_record_each(desk: Desk) -> None:
    desk.host.start("plain", Leg.LEFT)
    desk.move(10_000)
    desk.host.start("both", Leg.RIGHT)
    desk.move(1_000)
    desk.driver.steer(Steer.STOP)
    assert [(row.routine, row.began_wall_s, row.ended_wall_s) for row in desk.diary.rows] == [
        ("plain", BEGAN, BEGAN + 10),
        ("both", BEGAN + 10, BEGAN + 11),
    ]


@pytest.mark.parametrize("rate", [2, 60])
def test_a_rehearsal_is_never_written_down(desk: Desk, rate: int) -> None:
    desk.host.start("plain", Leg.LEFT, rate=rate)
    desk.move(600_000)
    assert desk.diary.rows == []
    desk.host.start("plain", Leg.LEFT)
    desk.driver.steer(Steer.STOP)
    assert desk.only().outcome is Outcome.STOPPED


def test_a_session_that_was_left_and_goes_on_is_one(desk: Desk) -> None:
    """Another run of the program ends it: when it began, and what was done before, is not forgotten."""
    desk.host.start("plain", Leg.LEFT)
    left_s = desk.reach(1)
    desk.leave()
    assert desk.diary.rows == []
    desk.clock.move(3_600_000)
    again = Desk(desk.clock, desk.journal)
    again.host.look_for_kept()
    again.host.go_on()
    again.move(600_000)
    row = again.only()
    assert (row.began_wall_s, row.ended_wall_s) == (BEGAN, BEGAN + left_s + 3_600 + 600)
    assert (row.holds_done, row.holds, row.outcome) == (2, 2, Outcome.COMPLETED)


def test_a_session_of_an_older_journal_began_when_it_was_taken_up(desk: Desk) -> None:
    desk.host.start("plain", Leg.LEFT)
    desk.leave()
    assert desk.journal.entry is not None
    desk.journal.entry = desk.journal.entry._replace(began_wall_s=None)
    desk.clock.move(60_000)
    again = Desk(desk.clock, desk.journal)
    again.host.look_for_kept()
    again.host.go_on()
    again.driver.steer(Steer.STOP)
    assert again.only().began_wall_s == BEGAN + 60


def test_begun_before_anybody_listened_it_is_whole(qtbot: QtBot) -> None:
    """The first picture of a cramp waits for no diary."""
    clock = HandClock(wall=BEGAN)
    host = host_of(clock)
    host.start("cramp", Leg.LEFT, urgent=True)
    clock.move(5_000)
    diary = MemoryDiary()
    recorder = SessionRecorder(host.driver, diary, clock, host.driver)
    host.driver.steer(Steer.STOP)
    assert recorder is not None
    (row,) = diary.rows
    assert (row.began_wall_s, row.cramp_ms, row.holds_done) == (BEGAN, 5_000, 0)


def test_what_cannot_be_kept_is_told_and_the_session_is_over(desk: Desk) -> None:
    told: list[NotKept] = []
    desk.recorder.not_kept.connect(told.append)
    desk.diary.writable = False
    desk.host.start("plain", Leg.LEFT)
    desk.move(600_000)
    assert [problem.reason for problem in told] == [NotKeptReason.NO_SPACE]
    assert not desk.driver.is_live
