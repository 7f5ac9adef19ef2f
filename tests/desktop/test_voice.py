"""The voice on a driven session: what is said when, what gives way to what, and what is never said late."""

from collections.abc import Iterator, Sequence
from dataclasses import replace

import pytest
from PySide6.QtCore import QCoreApplication, QTimer

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import ExposureAlarm, ExposureEnded, ExposureResumed, PackReason
from relief_app.core.preferences import VoiceMode
from relief_app.core.session import Session
from relief_app.core.steering import Steer
from relief_app.desktop.pack_questions import SKIN_CHECK, Question
from relief_app.desktop.session_driver import SessionDriver
from relief_app.desktop.voice import ALARM_EVERY_MS, LEADS_MS, Voice
from tests.core.sample import LEAN, PULL, RUB, cramp, open_ended, session
from tests.desktop.desk import HandClock

pytestmark = pytest.mark.usefixtures("qapp")

ALARM = ("Take the pack off now", "The time is up.")


class Mouth:
    """Fits `voice.Says`; an `endless` one speaks until it is hushed."""

    def __init__(self) -> None:
        self.said: list[tuple[str, ...]] = []
        self.urgent: list[bool] = []
        self.hushed = 0
        self.is_speaking = self.endless = False

    def say(self, sentences: Sequence[str], *, urgent: bool) -> None:
        self.said.append(tuple(sentences))
        self.urgent.append(urgent)
        self.is_speaking = self.endless

    def hush(self) -> None:
        self.hushed += 1
        self.is_speaking = False


class Room:
    """A driver, its clock, and a voice with a mouth that only notes."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.driver = SessionDriver(self.clock)
        self.mouth = Mouth()
        self.voice = Voice(self.driver, self.mouth, self.driver)
        self.leads: list[int] = []

    def timer(self, name: str) -> QTimer:
        found = self.voice.findChild(QTimer, name)
        assert isinstance(found, QTimer)
        return found

    def settle(self) -> None:
        """The moment passes, and the sound that belongs to it."""
        QCoreApplication.processEvents()
        lead = self.timer("lead")
        if lead.isActive():
            self.leads.append(lead.interval())
            lead.stop()
            lead.timeout.emit()

    def begin(self, session: Session, *, urgent: bool = False) -> None:
        self.driver.begin(session, urgent=urgent)
        self.settle()

    def move(self, ms: int) -> None:
        """Time passes as it does for an app that is never late."""
        for _ in range(ms // 500):
            self.clock.move(500)
            self.driver.advance()
            self.settle()

    def steer(self, command: Steer) -> None:
        self.driver.steer(command)
        self.settle()


@pytest.fixture
def room() -> Iterator[Room]:
    room = Room()
    yield room
    room.voice.close()
    room.driver.drop()
    QCoreApplication.processEvents()


def test_a_session_is_spoken_from_its_first_word_to_its_last(room: Room) -> None:
    room.begin(session(LEAN))
    room.move(15_000)
    assert room.mouth.said == [("get ready", "Lean"), ("Do lean.",), ("3",), ("2",), ("1",), ("All done.",)]


def test_only_changes_are_said_where_no_more_is_wanted(room: Room) -> None:
    room.voice.mode = VoiceMode.STEPS
    room.begin(session(LEAN))
    room.move(15_000)
    assert room.mouth.said == [("get ready", "Lean"), ("Do lean.",), ("All done.",)]


def test_switched_off_it_falls_silent_at_once_and_stays_so(room: Room) -> None:
    room.begin(session(LEAN))
    room.mouth.is_speaking = room.mouth.endless = True
    room.voice.mode = VoiceMode.OFF
    assert not room.mouth.is_speaking
    room.move(15_000)
    assert room.mouth.said == [("get ready", "Lean")]


def test_what_happens_at_one_moment_is_one_line(room: Room) -> None:
    room.begin(cramp(open_ended(PULL), RUB), urgent=True)
    room.steer(Steer.EASED)
    assert room.mouth.said == [("Do pull.",), ("It let go.", "Do rub.")]


def test_counts_are_not_said_into_a_cue_and_the_next_cue_cuts_the_one_before(room: Room) -> None:
    room.begin(session(LEAN, PULL))
    room.mouth.is_speaking = room.mouth.endless = True
    room.move(15_000)
    assert room.mouth.said == [("get ready", "Lean"), ("Do lean.",), ("Next: Pull",)]


def test_counts_cut_off_counts(room: Room) -> None:
    room.begin(session(LEAN))
    room.move(12_000)
    room.mouth.is_speaking = room.mouth.endless = True  # three is a long word
    room.move(2_000)
    assert room.mouth.said[2:] == [("3",), ("2",), ("1",)]


def test_after_a_hold_up_no_burst_of_missed_words_only_where_it_stands(room: Room) -> None:
    room.begin(session(replace(LEAN, repetitions=3, rest_ms=6_000), PULL))
    del room.mouth.said[:]
    room.clock.move(17_000)
    room.driver.advance()
    room.settle()
    assert room.mouth.said == [("rest", "Next: once more")]


def test_words_wait_for_the_sound_of_their_moment_and_for_no_other(room: Room) -> None:
    room.begin(session(PULL, LEAN))
    room.move(27_000)
    said = dict(zip([said[0] for said in room.mouth.said], room.leads, strict=False))
    assert said["get ready"] == LEADS_MS["get_ready"]
    assert said["Do pull."] == 0
    assert said["Halfway."] == LEADS_MS["halfway"]
    assert said["1"] == LEADS_MS["tick"]
    assert said["Next: Lean"] == max(LEADS_MS["get_ready"], LEADS_MS["set_end"])


def test_a_line_that_waits_for_its_sound_gives_way_like_one_that_is_said(room: Room) -> None:
    room.driver.begin(session(PULL))
    QCoreApplication.processEvents()
    room.voice.hear_pack(ExposureAlarm(0, Kind.HEAT, Leg.LEFT, PackReason.TIME_UP))
    room.settle()
    room.steer(Steer.STOP)
    assert room.mouth.said == [ALARM]


def test_a_stopped_session_is_silent_at_once(room: Room) -> None:
    room.begin(session(PULL))
    room.mouth.is_speaking = room.mouth.endless = True
    room.steer(Steer.STOP)
    assert not room.mouth.is_speaking
    assert room.mouth.said == [("get ready", "Pull")]


def test_a_session_that_nobody_could_hear_begin_is_caught_up_with(room: Room) -> None:
    room.voice.mode = VoiceMode.OFF
    room.begin(cramp(open_ended(PULL)), urgent=True)
    room.voice.mode = VoiceMode.ON
    room.voice.catch_up()
    room.settle()
    assert room.mouth.said == [("Do pull.",)]


def test_without_a_session_or_in_a_pause_there_is_nothing_to_catch_up_with(room: Room) -> None:
    room.voice.catch_up()
    room.begin(session(PULL))
    room.steer(Steer.PAUSE)
    del room.mouth.said[:]
    room.voice.catch_up()
    room.settle()
    assert room.mouth.said == []


# Packs


def test_a_packs_alarm_is_said_again_and_again_until_it_is_off(room: Room) -> None:
    room.voice.hear_pack(ExposureAlarm(0, Kind.HEAT, Leg.LEFT, PackReason.TIME_UP))
    room.settle()
    assert room.timer("again").interval() == ALARM_EVERY_MS
    room.timer("again").timeout.emit()
    room.settle()
    assert room.mouth.said == [ALARM, ALARM]
    assert room.mouth.urgent == [True, True]
    room.voice.hear_pack(ExposureEnded(0, Kind.HEAT, Leg.LEFT))
    assert not room.timer("again").isActive()


def test_an_alarm_cuts_off_a_step_and_no_step_cuts_off_an_alarm(room: Room) -> None:
    room.begin(session(LEAN, PULL))
    room.mouth.is_speaking = room.mouth.endless = True
    room.voice.hear_pack(ExposureResumed(0, Kind.HEAT, Leg.LEFT, PackReason.TIME_UP))
    room.move(16_000)
    assert room.mouth.said == [("get ready", "Lean"), ALARM]
    room.mouth.is_speaking = room.mouth.endless = False
    room.move(5_000)
    assert room.mouth.said[2:] == [("Do pull.",)]


def test_a_pack_that_comes_back_without_an_alarm_says_nothing(room: Room) -> None:
    room.voice.hear_pack(ExposureResumed(0, Kind.HEAT, Leg.LEFT, None))
    room.settle()
    assert room.mouth.said == []


def test_a_question_is_said_once_each_time_it_is_asked(room: Room) -> None:
    first = Question(SKIN_CHECK, ("fine", "not_fine"), 1_000, Kind.ICE)
    for question in (first, first, None, None, first._replace(asked_ms=2_000)):
        room.voice.ask(question)
        room.settle()
    asked = ("Look at your skin now", "Numb, burning, white or waxy skin? That is not fine.")
    assert room.mouth.said == [asked, asked]
