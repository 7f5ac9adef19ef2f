"""The voice of the running app: clips, the system's voice and settings, around `desktop.voice`."""

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QLocale, QObject

from relief_app.core.preferences import Settings, VoiceMode
from relief_app.desktop.night_level import NightLevel
from relief_app.desktop.sound import CLIP, SoundPlayer
from relief_app.desktop.sound_kinds import SoundKind
from relief_app.desktop.speaker import CHIME, Reads, Said, Speaker
from relief_app.desktop.voice import Voice
from relief_app.storage.voice_clips import read_clips
from relief_app.ui import problem_words

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief

Tell = Callable[[str, Mapping[str, Any]], object]


class Voicing(QObject):
    """Owns what speaks; `tell` reaches the watchers, `chime` plays a sound of the session.

    Clips are played by `player`, at night as loud as `night` says.
    """

    def __init__(
        self,
        relief: "Relief",
        tell: Tell,
        chime: Callable[[str], None],
        player: SoundPlayer,
        night: NightLevel,
    ) -> None:
        super().__init__(relief)
        self._relief, self._tell, self._chime = relief, tell, chime
        self._player, self._night = player, night
        self._speaker = Speaker(self, read_clips, self._system_voice, self)
        self._speaker.said.connect(self._tell_said)
        self._speaker.no_voice.connect(lambda: relief.say(problem_words.no_voice()))
        self._voice = Voice(relief.driver, self._speaker, self)
        relief.packs.happened.connect(self._voice.hear_pack)
        relief.packs.changed.connect(lambda: self._voice.ask(relief.packs.question))
        self.use(relief.settings, muted=relief.muted)
        self._voice.catch_up()
        exposure = relief.packs.exposure
        if exposure is not None and exposure.reason is not None:
            self._voice.alarm(exposure.reason)

    def use(self, settings: Settings, *, muted: bool) -> None:
        """Speak as much as this from now on, or not at all."""
        self._voice.mode = VoiceMode.OFF if muted else settings.voice

    def close(self) -> None:
        """Fall silent for good."""
        self._voice.close()

    # What the speaker plays with

    def play_clips(self, clips: Sequence[str], *, urgent: bool) -> None:
        """Play `clips`; urgent ones at the person's volume, by night too."""
        names = [f"{CLIP}{clip}" for clip in clips]
        self._player.play_row(names, SoundKind.VOICE, gain=1.0 if urgent else self._night.gain)

    def hush(self) -> None:
        """End the clips that are playing."""
        self._player.hush(SoundKind.VOICE)

    def chime(self) -> None:
        """There is something to look at."""
        self._chime(CHIME)

    # How it works inside

    def _system_voice(self) -> Reads:
        from relief_app.desktop.system_voice import SystemVoice

        return SystemVoice(_language(), self._volume, parent=self)

    def _volume(self) -> float:
        return self._night.guess() * self._player.volume(SoundKind.VOICE)

    def _tell_said(self, said: Said) -> None:
        self._tell("voice", said._asdict())


def _language() -> QLocale:
    """The language of the texts; a computer that was told none is taken to be English like they are."""
    locale = QLocale()
    english = QLocale(QLocale.Language.English, QLocale.Country.UnitedStates)
    return english if locale.language() is QLocale.Language.C else locale
