"""What of a driven session is heard: each cue once, at its moment, and no burst after a hold-up."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QCoreApplication

from relief_app.desktop.cue_player import CuePlayer
from relief_app.desktop.session_driver import SessionDriver
from tests.core.sample import LEAN, PULL, session
from tests.desktop.desk import HandClock

pytestmark = pytest.mark.usefixtures("qapp")


class Room:
    """A driver, its clock, and what was heard."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.driver = SessionDriver(self.clock)
        self.heard: list[str] = []
        self.cues = CuePlayer(self.driver, self.heard.append, self.driver)

    def move(self, ms: int, by_ms: int = 500) -> None:
        """Time passes; the app looks every `by_ms`."""
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
    ticks = ["tick"] * 3
    assert room.heard == ["get_ready", *ticks, *ticks, "finished"]


def test_after_a_hold_up_only_the_last_of_the_ends_is_heard(room: Room) -> None:
    room.driver.begin(session(LEAN, PULL, LEAN))
    room.move(1_000)
    room.heard.clear()
    room.move(45_000, by_ms=45_000)
    assert room.heard == ["set_end"]
    room.move(10_000)
    assert room.heard == ["set_end", "tick", "tick", "tick", "finished"]


def test_who_comes_too_late_for_the_beginning_hears_that_it_is_time_to_get_ready(room: Room) -> None:
    room.cues.catch_up()
    room.driver.begin(session(LEAN))
    room.heard.clear()
    room.cues.catch_up()
    assert room.heard == ["get_ready"]
    room.move(6_000)
    room.heard.clear()
    room.cues.catch_up()
    assert room.heard == []
