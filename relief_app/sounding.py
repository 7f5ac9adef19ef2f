"""The sounds of the running app: files, settings and watchers, around `desktop.sound`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from relief_app.desktop.alarm_sound import AlarmSound
from relief_app.desktop.cue_player import CuePlayer
from relief_app.desktop.sound import SoundPlayer, SoundProblem
from relief_app.desktop.sound_mixer import BESIDE_ALARM, CEILING
from relief_app.storage.assets import asset_path
from relief_app.storage.voice_clips import clip_path
from relief_app.ui import problem_words

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief
    from relief_app.core.preferences import Settings

Tell = Callable[[str, Mapping[str, Any]], object]

SPOKEN = "voice/"
"""What the clips of the voice are called among the sounds of the player."""


class Sounding(QObject):
    """Owns what sounds, all but the `alarm` of a pack; `tell` reaches the watchers."""

    _failed = Signal(object)

    def __init__(self, relief: "Relief", alarm: AlarmSound, tell: Tell) -> None:
        super().__init__(relief)
        self._relief, self._alarm, self._tell = relief, alarm, tell
        self._failed.connect(self._say_no_sound)
        self.player = SoundPlayer(
            sound_file,
            on_problem=self._failed.emit,
            ceiling=lambda: BESIDE_ALARM if alarm.sounds else CEILING,
        )
        """Of cues and voice: one stream, so that their sum is known."""
        self._cues = CuePlayer(relief.driver, self.player, lambda: relief.window.theme_name == "night", self)
        self._cues.played.connect(self._tell_sound)
        self.use(relief.settings, muted=relief.muted)
        self.player.prepare()
        self._cues.catch_up()

    def use(self, settings: "Settings", *, muted: bool) -> None:
        """As loud as this from now on, or silent; an alarm is never muted."""
        self._cues.use(settings, muted=muted)
        self._alarm.volume = settings.alarm_volume

    def chime(self, sound: str) -> None:
        """Play `sound`, which belongs to no event."""
        self._cues.chime(sound)

    def close(self) -> None:
        """Fall silent for good."""
        self.player.close()

    def _tell_sound(self, name: str, muted: bool) -> None:
        self._tell("sound", {"name": name, "muted": muted})

    def _say_no_sound(self, problem: SoundProblem) -> None:
        self._relief.say(problem_words.no_sound(problem))


def sound_file(name: str) -> Path:
    """Where the sound `name` lies, or the clip SPOKEN with its name; raises AssetMissing."""
    clip = name.removeprefix(SPOKEN)
    return asset_path("sounds", f"{name}.wav") if clip == name else clip_path(clip)
