"""How lines come out: clip after clip, by the system's voice where there is none, or as a chime."""

from collections.abc import Sequence

import pytest
from PySide6.QtCore import QLocale, QTimer
from PySide6.QtTextToSpeech import QTextToSpeech
from pytestqt.qtbot import QtBot

from relief_app.desktop.sound import PAUSE_S
from relief_app.desktop.speaker import Said, Speaker
from relief_app.desktop.system_voice import SystemVoice
from relief_app.ports import Clip

pytestmark = pytest.mark.usefixtures("qapp")

CLIPS = {"Rest.": Clip("rest", 700), "Next: once more": Clip("next-once-more", 1_200)}


class Player:
    """Fits `speaker.Plays`."""

    def __init__(self) -> None:
        self.done: list[str] = []

    def play_clips(self, clips: Sequence[str], *, urgent: bool) -> None:
        self.done.append(" ".join(clips) + ("!" if urgent else ""))

    def hush(self) -> None:
        self.done.append("hush")

    def chime(self) -> None:
        self.done.append("chime")


class Reader:
    """Fits `speaker.Reads`."""

    def __init__(self, *, works: bool = True) -> None:
        self.works, self.read, self.is_speaking = works, list[str](), False

    def say(self, text: str) -> bool:
        self.read.append(text)
        self.is_speaking = self.works
        return self.works

    def stop(self) -> None:
        self.is_speaking = False


class Studio:
    """A speaker, and what becomes of what it says."""

    def __init__(self, *, works: bool = True) -> None:
        self.player, self.reader = Player(), Reader(works=works)
        self.made = 0
        self.speaker = Speaker(self.player, lambda: CLIPS, self._make)
        self.said: list[Said] = []
        self.speechless = 0
        self.speaker.said.connect(self.said.append)
        self.speaker.no_voice.connect(self._count)

    def _make(self) -> Reader:
        self.made += 1
        return self.reader

    def _count(self) -> None:
        self.speechless += 1

    @property
    def timer(self) -> QTimer:
        (timer,) = self.speaker.findChildren(QTimer)
        return timer

    def take(self) -> list[str]:
        """What the player was told since it was last looked at."""
        done, self.player.done = self.player.done, []
        return done


def test_the_clips_of_a_line_are_one_row_that_lasts_as_long_as_they_do() -> None:
    studio = Studio()
    studio.speaker.say(("Rest.", "Next: once more"), urgent=False)
    assert studio.take() == ["hush", "rest next-once-more"]
    assert studio.speaker.is_speaking
    assert studio.timer.interval() == 700 + 1000 * PAUSE_S + 1_200
    assert studio.said == [Said("Rest. Next: once more.", ("rest", "next-once-more"))]
    assert studio.made == 0
    studio.speaker.hush()


def test_a_line_cuts_off_the_one_before() -> None:
    studio = Studio()
    studio.speaker.say(("Next: once more",), urgent=False)
    studio.speaker.say(("Rest.",), urgent=True)
    assert studio.take() == ["hush", "next-once-more", "hush", "rest!"]
    studio.speaker.hush()
    assert not studio.speaker.is_speaking


def test_a_line_with_a_text_without_a_clip_is_read_as_a_whole() -> None:
    studio = Studio()
    studio.speaker.say(("Rest.", "Fuß hoch."), urgent=False)
    assert (studio.reader.read, studio.take()) == (["Rest. Fuß hoch."], ["hush"])
    assert studio.said == [Said("Rest. Fuß hoch.")]
    assert studio.speaker.is_speaking
    studio.speaker.hush()
    assert not studio.speaker.is_speaking


def test_without_a_voice_it_chimes_says_what_it_can_and_tells_once() -> None:
    studio = Studio(works=False)
    for _ in range(2):
        studio.speaker.say(("Rest.", "Fuß hoch."), urgent=False)
    assert studio.take() == ["hush", "chime", "rest"] * 2
    assert (studio.speechless, studio.made) == (1, 1)


# The system's voice, on Qt's engine for tests


def voice(locale: str, engine: str = "mock", volume: float = 0.4) -> SystemVoice:
    return SystemVoice(QLocale(locale), lambda: volume, engine=engine)


def speech_of(voice: SystemVoice) -> QTextToSpeech:
    (speech,) = voice.findChildren(QTextToSpeech)
    return speech


def test_a_text_is_read_in_its_language_at_its_volume_until_it_is_over(qtbot: QtBot) -> None:
    reader = voice("nb_NO")
    assert reader.findChildren(QTextToSpeech) == []
    assert reader.say("Hvil.")
    speech = speech_of(reader)
    assert speech.locale().language() is QLocale.Language.NorwegianBokmal
    assert speech.volume() == pytest.approx(0.4)
    assert speech.rate() < 0
    assert reader.is_speaking
    qtbot.waitUntil(lambda: not reader.is_speaking, timeout=20_000)


def test_the_territory_counts_where_there_is_a_choice() -> None:
    reader = voice("en_US")
    assert reader.say("Rest.")
    assert speech_of(reader).locale().territory() is QLocale.Country.UnitedStates
    reader.stop()
    assert not reader.is_speaking
    other = voice("en_AU")
    assert other.say("Rest.")
    assert speech_of(other).locale().language() is QLocale.Language.English
    other.stop()


def test_no_text_is_read_by_a_voice_of_another_language() -> None:
    assert not voice("de_DE").say("Fuß hoch.")


def test_an_engine_that_is_not_there_reads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(QTextToSpeech, "availableEngines", lambda: ["mock"])
    assert not voice("en_US", engine="").say("Rest.")
    assert not voice("en_US", engine="no such engine").say("Rest.")


def test_a_text_that_never_ends_is_given_up_and_with_it_the_engine() -> None:
    reader = voice("en_US")
    assert reader.say("Rest.")
    (limit,) = [timer for timer in reader.children() if isinstance(timer, QTimer)]
    assert 4_000 < limit.interval() < 10_000
    limit.stop()
    limit.timeout.emit()
    assert not reader.is_speaking
    assert not reader.say("Rest.")
