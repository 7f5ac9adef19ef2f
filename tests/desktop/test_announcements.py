"""What a screen reader is told of a driven session and of a pack: enough, once, and never every second."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QTimer

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import ExposureAlarm, ExposureEnded, PackReason
from relief_app.core.session import Session
from relief_app.core.steering import Steer
from relief_app.desktop.announcements import LAST_MS, Announcements
from relief_app.desktop.pack_questions import SKIN_CHECK, Question
from relief_app.desktop.session_driver import SessionDriver
from tests.core.sample import LEAN, PULL, PUMP, cramp, open_ended, session
from tests.desktop.desk import HandClock

pytestmark = pytest.mark.usefixtures("qapp")

LONG = replace(PULL, duration_ms=30_000)
STEP_MS = 500


class Room:
    """A driver, its clock, and what is told."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.driver = SessionDriver(self.clock)
        self.announcements = Announcements(self.driver, self.driver)
        self.told: list[tuple[str, bool]] = []
        self.announcements.announced.connect(lambda text, urgent: self.told.append((text, urgent)))

    @property
    def texts(self) -> list[str]:
        return [text for text, _ in self.told]

    @property
    def timer(self) -> QTimer:
        timer = self.announcements.findChild(QTimer)
        assert isinstance(timer, QTimer)
        return timer

    def begin(self, driven: Session, *, urgent: bool = False) -> None:
        self.driver.begin(driven, urgent=urgent)
        QCoreApplication.processEvents()

    def move(self, ms: int) -> None:
        """Time passes as it does for an app that is never late; the timer rings at its moment."""
        for _ in range(ms // STEP_MS):
            self.clock.move(STEP_MS)
            self.driver.advance()
            view = self.driver.view()
            if self.timer.isActive() and view is not None and view.remaining_ms == LAST_MS:
                self.timer.stop()
                self.timer.timeout.emit()
            QCoreApplication.processEvents()

    def steer(self, command: Steer, by_ms: int = 30_000) -> None:
        self.driver.steer(command, by_ms=by_ms)
        QCoreApplication.processEvents()


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    yield room
    room.driver.drop()
    QCoreApplication.processEvents()


def test_a_hold_is_told_in_milestones_and_not_in_seconds(room: Room) -> None:
    room.begin(session(LONG))
    room.move(40_000)
    assert room.texts == [
        "get ready. Pull.",
        "Do pull. 30 seconds.",
        "Halfway.",
        "10 seconds left.",
        "All done.",
    ]


def test_a_short_hold_has_no_last_ten_seconds(room: Room) -> None:
    room.begin(session(PULL))
    room.move(30_000)
    assert room.texts == ["get ready. Pull.", "Do pull. 20 seconds.", "Halfway.", "All done."]


def test_movements_are_told_by_their_number_and_not_counted(room: Room) -> None:
    room.begin(session(PUMP))
    room.move(30_000)
    assert room.texts == ["get ready. Pump.", "Do pump. 3 movements.", "All done."]


def test_a_rest_says_what_comes_next(room: Room) -> None:
    room.begin(session(replace(LEAN, rest_ms=5_000, repetitions=2)))
    room.move(16_000)
    assert room.texts[2:] == ["rest. Next: once more."]


def test_the_last_ten_seconds_follow_a_pause_and_a_longer_step(room: Room) -> None:
    room.begin(session(LONG), urgent=True)
    assert room.timer.interval() == 20_000
    room.move(5_000)
    room.steer(Steer.PAUSE)
    assert not room.timer.isActive()
    room.steer(Steer.RESUME)
    assert room.timer.interval() == 15_000
    room.steer(Steer.EXTEND)
    assert room.timer.interval() == 45_000
    room.move(60_000)
    assert room.texts.count("10 seconds left.") == 1


def test_it_let_go_is_told_with_what_follows(room: Room) -> None:
    room.begin(cramp(open_ended(PULL), LEAN), urgent=True)
    room.steer(Steer.EASED)
    assert room.told[0] == ("Do pull. 20 seconds.", False)
    assert room.texts[1].startswith("It let go.")
    assert not room.driver.is_live or len(room.told) == 2


def test_a_session_that_is_left_is_told_to_have_ended(room: Room) -> None:
    room.begin(session(LONG), urgent=True)
    room.steer(Steer.STOP)
    assert room.texts[-1] == "The session has ended."


def test_the_alarm_of_a_cramp_does_not_wait(room: Room) -> None:
    room.begin(cramp(open_ended(LONG)), urgent=True)
    room.move(601_000)
    assert room.told[-1] == (
        "This cramp has lasted ten minutes. Stop stretching. Get medical help urgently.",
        True,
    )


def test_who_came_late_is_told_where_the_session_stands(room: Room) -> None:
    room.driver.begin(cramp(open_ended(LONG)), urgent=True)
    QCoreApplication.processEvents()
    room.told.clear()
    room.announcements.catch_up()
    QCoreApplication.processEvents()
    assert room.texts == ["Do pull. 30 seconds."]


def test_a_pack_is_told_by_its_questions_its_alarm_and_its_end(room: Room) -> None:
    question = Question(SKIN_CHECK, ("fine", "not_fine"), 1, Kind.HEAT)
    for asked in (question, question, None):
        room.announcements.ask(asked)
        QCoreApplication.processEvents()
    alarm = ExposureAlarm(at=1, kind=Kind.HEAT, leg=Leg.LEFT, reason=PackReason.TIME_UP)
    for event in (alarm, ExposureEnded(at=2, kind=Kind.HEAT, leg=Leg.LEFT)):
        room.announcements.hear_pack(event)
        QCoreApplication.processEvents()
    assert room.told == [
        ("Look at your skin now. Burning, blotches or blisters? That is not fine.", False),
        ("Take the pack off now. The time is up.", True),
        ("The pack is off.", False),
    ]


def test_a_question_is_told_as_the_page_puts_it(room: Room) -> None:
    room.announcements.ask(Question("pack_unheard", ("no", "yes"), 1, Kind.HEAT), "Did you hear it?")
    QCoreApplication.processEvents()
    assert room.texts == ["Did you hear it?"]


def test_lines_of_one_moment_are_told_together(room: Room) -> None:
    room.announcements.say("No sound device was found")
    room.begin(session(LONG), urgent=True)
    assert room.texts == ["No sound device was found. Do pull. 30 seconds."]


def test_a_notice_does_not_take_the_place_of_a_step(room: Room) -> None:
    room.driver.begin(session(LONG), urgent=True)
    room.announcements.say("No sound device was found")
    QCoreApplication.processEvents()
    assert room.texts == ["No sound device was found. Do pull. 30 seconds."]
