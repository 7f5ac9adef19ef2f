"""Which sounds of a driven session are heard, when and how loud."""

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication

from relief_app.core.events import Event
from relief_app.core.preferences import Settings
from relief_app.core.session import Session
from relief_app.desktop.cue_player import CuePlayer
from relief_app.desktop.night_level import UNKNOWN_DB, WHISPER_DB
from relief_app.desktop.session_driver import SessionDriver
from relief_app.desktop.sound import Gain
from tests.core.sample import PULL, cramp, open_ended, session
from tests.desktop.desk import HandClock

pytestmark = pytest.mark.usefixtures("qapp")

LONG = replace(PULL, duration_ms=30_000)
SETTINGS = Settings(volume=0.6, tick_volume=0.2, alarm_volume=0.9)


class Player:
    """Fits what a CuePlayer needs of a SoundPlayer; a gain is asked for as it is there."""

    def __init__(self, told: list[str | tuple[str, float]]) -> None:
        self.muted = False
        self.told = told

    def play(self, name: str, *, gain: Gain = 1.0) -> None:
        self.told.append((name, gain() if callable(gain) else gain))


class Room:
    """A driver, a slow painter who listens first, and the sounds, in the order in which things happen."""

    def __init__(self) -> None:
        self.order: list[str | tuple[str, float]] = []
        self.night = False
        self.clock = HandClock()
        self.driver = SessionDriver(self.clock)
        self.driver.happened.connect(self.paint)
        self.cues = CuePlayer(self.driver, Player(self.order), lambda: self.night, self.driver)  # type: ignore[arg-type] # plays nothing
        self.cues.played.connect(lambda name, muted: self.order.append(f"told {name}, muted: {muted}"))
        self.cues.use(SETTINGS, muted=False)

    def paint(self, event: Event) -> None:
        self.order.append(type(event).__name__)

    def begin(self, driven: Session) -> None:
        self.driver.begin(driven, urgent=True)

    def move(self, ms: int) -> None:
        """Time passes, the driver is never late."""
        for _ in range(ms // 500):
            self.clock.move(500)
            self.driver.advance()

    @property
    def sounds(self) -> list[tuple[str, float]]:
        return [each for each in self.order if isinstance(each, tuple)]


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    yield room
    room.driver.drop()


def test_a_sound_is_played_before_its_event_is_painted_and_told_after_it(room: Room) -> None:
    room.begin(session(LONG))
    room.order.clear()
    room.move(15_000)
    assert room.order == [("halfway", 0.6), "Halfway", "told halfway, muted: False"]


def test_each_kind_has_its_own_volume(room: Room) -> None:
    room.begin(session(LONG))
    room.move(30_000)
    assert room.sounds == [("halfway", 0.6), *[("tick", 0.2)] * 3, ("finished", 0.6)]


def test_at_night_cues_begin_at_a_whisper_and_the_alarm_does_not(
    room: Room, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PATH", "")  # nobody tells how loud the system is
    room.night = True
    room.begin(cramp(open_ended(LONG)))
    room.move(601_000)
    whisper = 10 ** ((WHISPER_DB - UNKNOWN_DB) / 20)
    (name, gain), *_, alarm = room.sounds
    assert name == "halfway"
    assert gain == pytest.approx(0.6 * whisper)
    assert alarm == ("alarm", 0.9)


def test_after_a_hold_up_the_missed_cues_do_not_come_at_once(room: Room) -> None:
    room.begin(session(replace(LONG, repetitions=2)))
    room.order.clear()
    room.clock.move(40_000)
    room.driver.advance()
    QCoreApplication.processEvents()
    assert [name for name, _ in room.sounds] == ["step_end"]
    assert room.order[-1] == "told step_end, muted: False"


def test_a_volume_that_was_changed_counts_from_the_next_sound_on(room: Room) -> None:
    room.begin(session(LONG))
    room.move(15_000)
    room.cues.use(SETTINGS._replace(volume=0.1), muted=True)
    room.move(15_000)
    assert room.sounds[-1] == ("finished", 0.1)
    assert room.order[-1] == "told finished, muted: True"
