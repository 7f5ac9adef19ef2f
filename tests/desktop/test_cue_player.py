"""Which sounds of a driven session are heard, and when, and what is spared after a hold-up."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QTimer

from relief_app.core.events import Event
from relief_app.core.session import Session
from relief_app.core.steering import Steer
from relief_app.desktop.cue_player import WAKE_MS, CuePlayer
from relief_app.desktop.session_driver import SessionDriver
from tests.core.sample import LEAN, PULL, session
from tests.desktop.desk import HandClock

pytestmark = pytest.mark.usefixtures("qapp")

LONG = replace(PULL, duration_ms=30_000)
TICKS = ["tick"] * 3


class Room:
    """A driver, a slow painter who listens first, and the sounds, in the order in which things happen."""

    def __init__(self) -> None:
        self.order: list[str] = []
        self.sounds: list[str] = []
        self.clock = HandClock()
        self.driver = SessionDriver(self.clock)
        self.driver.happened.connect(self.paint)
        self.cues = CuePlayer(self.driver, self.play, self.wake, self.driver)
        self.cues.played.connect(lambda name: self.order.append(f"told {name}"))

    def paint(self, event: Event) -> None:
        self.order.append(type(event).__name__)

    def play(self, sound: str) -> None:
        self.order.append(sound)
        self.sounds.append(sound)

    def wake(self) -> None:
        self.order.append("wake")

    @property
    def waking(self) -> QTimer:
        found = self.cues.findChild(QTimer, "waking")
        assert isinstance(found, QTimer)
        return found

    def begin(self, driven: Session) -> None:
        self.driver.begin(driven, urgent=True)

    def move(self, ms: int, by_ms: int = 500) -> None:
        """Time passes; the driver looks every `by_ms`."""
        for _ in range(ms // by_ms):
            self.clock.move(by_ms)
            self.driver.advance()
            QCoreApplication.processEvents()


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    yield room
    room.driver.drop()


def test_a_session_is_heard_from_its_first_cue_to_its_last(room: Room) -> None:
    room.driver.begin(session(LEAN))
    room.move(15_000)
    assert room.sounds == ["get_ready", *TICKS, *TICKS, "finished"]


def test_a_sound_is_played_before_its_event_is_painted_and_told_after_it(room: Room) -> None:
    room.begin(session(LONG))
    room.order.clear()
    room.move(15_000)
    assert room.order == ["halfway", "Halfway", "told halfway"]


def test_after_a_hold_up_the_missed_cues_do_not_come_at_once(room: Room) -> None:
    room.begin(session(replace(LONG, repetitions=2)))
    room.order.clear()
    room.move(40_000, by_ms=40_000)
    assert room.sounds == ["step_end"]
    assert room.order[-1] == "told step_end"


def test_who_comes_too_late_for_the_beginning_hears_that_it_is_time_to_get_ready(room: Room) -> None:
    room.cues.catch_up()
    room.driver.begin(session(LEAN))
    room.order.clear()
    room.cues.catch_up()
    assert room.order == ["get_ready", "told get_ready"]
    room.move(6_000)
    room.order.clear()
    room.cues.catch_up()
    assert room.order == []


def test_the_device_is_woken_in_time_for_the_next_moment_and_let_sleep_through_a_pause(room: Room) -> None:
    room.begin(session(LONG))
    assert room.waking.interval() == 15_000 - WAKE_MS
    room.waking.timeout.emit()
    assert room.order[-1] == "wake"
    room.move(1_000)
    room.driver.steer(Steer.PAUSE)
    assert not room.waking.isActive()
    room.driver.steer(Steer.RESUME)
    assert room.waking.interval() == 14_000 - WAKE_MS
    room.driver.drop()
    assert not room.waking.isActive()


def test_in_a_rehearsal_the_moments_come_sooner(room: Room) -> None:
    room.driver.begin(session(LONG), urgent=True, rate=5)
    assert room.waking.interval() == 3_000 - WAKE_MS
