"""The sounds of the running app: files, settings, the night and watchers, around `desktop.sound`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from relief_app.desktop.alarm_sound import AlarmSound
from relief_app.desktop.cue_player import CuePlayer
from relief_app.desktop.night_level import NightLevel
from relief_app.desktop.sound import CLIP, SoundPlayer
from relief_app.desktop.sound_kinds import SoundKind, kind_of
from relief_app.storage.assets import asset_path
from relief_app.storage.voice_clips import clip_path
from relief_app.ui import problem_words

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief
    from relief_app.core.preferences import Settings

Tell = Callable[[str, Mapping[str, Any]], object]

SWELL_S = 0.15
"""At night a sound takes so long to come up: nobody starts out of sleep."""


class Sounding(QObject):
    """Owns what sounds; `tell` reaches the watchers."""

    _failed = Signal(object)
    _alarm_failed = Signal(object)

    def __init__(self, relief: "Relief", tell: Tell) -> None:
        super().__init__(relief)
        self._relief, self._tell = relief, tell
        self._failed.connect(lambda problem: relief.say(problem_words.no_sound(problem)))
        self._alarm_failed.connect(lambda problem: relief.say(problem_words.silent_alarm(problem)))
        self.player = SoundPlayer(sound_file, on_problem=self._failed.emit)
        self.alarm = AlarmSound(sound_file, on_problem=self._alarm_failed.emit, beside=self.player.mixer)
        self._is_night = False
        self.night = NightLevel(lambda: self._is_night)
        relief.window.looks_changed.connect(self._look)
        self._look()
        self.use(relief.settings, muted=relief.muted)

    def follow_session(self) -> None:
        """Let the session be heard, where it stands already too; who listens before us is told before us."""
        self.player.prepare()
        cues = CuePlayer(self._relief.driver, self._play, self._wake, self)
        cues.played.connect(self._tell_sound)
        cues.catch_up()

    def use(self, settings: "Settings", *, muted: bool) -> None:
        """As loud as this from now on, or silent but for the alarm of a pack."""
        for kind, volume in _volumes(settings).items():
            self.player.set_volume(kind, volume)
        self.player.muted = muted
        self.alarm.volume = settings.alarm_volume

    def chime(self, sound: str) -> None:
        """Play `sound`, which belongs to no event of a session."""
        self._play(sound)
        self._tell_sound(sound)

    def close(self) -> None:
        """Fall silent for good."""
        self.player.close()
        self.alarm.close()

    def _play(self, sound: str) -> None:
        """At night cues begin at a whisper and come up softly; an alarm does not."""
        kind = kind_of(sound)
        if kind is SoundKind.ALARM:
            self.player.play(sound, kind)
        else:
            self.player.play(sound, kind, gain=self.night.guess, swell_s=SWELL_S if self._is_night else 0.0)

    def _tell_sound(self, sound: str) -> None:
        self._tell("sound", {"name": sound, "muted": self.player.level(kind_of(sound)) == 0.0})

    def _wake(self) -> None:
        self.player.wake(self.night.ask)

    def _look(self) -> None:
        self._is_night = self._relief.window.theme_name == "night"


def _volumes(settings: "Settings") -> dict[SoundKind, float]:
    return {
        SoundKind.CUE: settings.volume,
        SoundKind.TICK: settings.tick_volume,
        SoundKind.CHIME: settings.chime_volume,
        SoundKind.VOICE: settings.voice_volume,
        SoundKind.ALARM: settings.alarm_volume,
    }


def sound_file(name: str) -> Path:
    """Where the sound `name` lies; raises AssetMissing."""
    if name.startswith(CLIP):
        return clip_path(name.removeprefix(CLIP))
    return asset_path("sounds", f"{name}.wav")
