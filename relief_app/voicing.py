"""The voice of the running app: clips, the system's voice and settings, around `desktop.voice`."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject

from relief_app.core.preferences import Settings, VoiceMode
from relief_app.desktop.night_level import NightLevel
from relief_app.desktop.speaker import CHIME, Reads, Said, Speaker
from relief_app.desktop.voice import Voice
from relief_app.sounding import SPOKEN, Sounding
from relief_app.storage.voice_clips import read_clips
from relief_app.ui import problem_words

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief

Tell = Callable[[str, Mapping[str, Any]], object]


class Voicing(QObject):
    """Owns what speaks, through the player of `sounding`; `tell` reaches the watchers."""

    def __init__(self, relief: "Relief", tell: Tell, sounding: Sounding) -> None:
        super().__init__(relief)
        self._relief, self._tell, self._sounding = relief, tell, sounding
        self._night = False
        self._level = NightLevel(lambda: self._night)
        self._speaker = Speaker(self, read_clips, self._system_voice, self)
        self._speaker.said.connect(self._tell_said)
        self._speaker.no_voice.connect(lambda: relief.say(problem_words.no_voice()))
        self._voice = Voice(relief.driver, self._speaker, self)
        relief.packs.happened.connect(self._voice.hear_pack)
        relief.packs.changed.connect(lambda: self._voice.ask(relief.packs.question))
        relief.window.looks_changed.connect(self._look)
        self._look()
        self.use(relief.settings, muted=relief.muted)
        self._voice.catch_up()
        exposure = relief.packs.exposure
        if exposure is not None and exposure.reason is not None:
            self._voice.alarm(exposure.reason)

    def use(self, settings: Settings, *, muted: bool) -> None:
        """Speak as much and as loud as this from now on, or not at all."""
        self._level.volume = settings.voice_volume
        self._voice.mode = VoiceMode.OFF if muted else settings.voice

    def close(self) -> None:
        """Fall silent for good."""
        self._voice.close()

    # What the speaker plays with

    def play_clips(self, clips: Sequence[str], *, urgent: bool) -> None:
        """Play `clips`; urgent ones at the person's volume, by night too."""
        row = [f"{SPOKEN}{clip}" for clip in clips]
        self._sounding.player.play_row(row, gain=self._level.volume if urgent else self._level.gain)

    def hush(self) -> None:
        """End the clips that are playing."""
        self._sounding.player.hush()

    def chime(self) -> None:
        """There is something to look at."""
        self._sounding.chime(CHIME)

    # How it works inside

    def _look(self) -> None:
        self._night = self._relief.window.theme_name == "night"

    def _system_voice(self) -> Reads:
        from relief_app.desktop.system_voice import SystemVoice

        return SystemVoice(_language(), self._level.guess, parent=self)

    def _tell_said(self, said: Said) -> None:
        self._tell("voice", said._asdict())


def _language() -> QLocale:
    """The language of the texts; a computer that was told none is taken to be English like they are."""
    locale = QLocale()
    english = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return english if locale.language() is QLocale.Language.C else locale
