"""The sounds of the running app: files, settings and watchers, around `desktop.sound`."""

from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject, Signal

from relief_app.desktop.cue_player import CuePlayer
from relief_app.desktop.sound import SoundPlayer, SoundProblem
from relief_app.storage.assets import asset_path
from relief_app.ui import problem_words

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief
    from relief_app.core.preferences import Settings

Tell = Callable[[str, Mapping[str, Any]], object]


class Sounding(QObject):
    """Owns what sounds; `tell` reaches the watchers."""

    _failed = Signal(object)

    def __init__(self, relief: "Relief", tell: Tell) -> None:
        super().__init__(relief)
        self._relief, self._tell = relief, tell
        self._failed.connect(self._say_no_sound)
        self._player = SoundPlayer(sound_file, on_problem=self._failed.emit)
        self._cues = CuePlayer(relief.driver, self.play, self)
        self.use(relief.settings, muted=relief.muted)
        self._cues.catch_up()

    def use(self, settings: "Settings", *, muted: bool) -> None:
        """As loud as this from now on, or silent."""
        self._player.volume, self._player.muted = settings.volume, muted

    def play(self, sound: str) -> None:
        """Play `sound` now; watchers hear of it, muted or not."""
        self._player.play(sound)
        self._tell("sound", {"name": sound, "muted": self._player.muted})

    def prepare(self) -> None:
        """Read what the first sound would have to wait for."""
        self._player.prepare()

    def close(self) -> None:
        """Fall silent for good."""
        self._player.close()

    def _say_no_sound(self, problem: SoundProblem) -> None:
        self._relief.say(problem_words.no_sound(problem))


def sound_file(name: str) -> Path:
    """Where the sound `name` lies; raises AssetMissing."""
    return asset_path("sounds", f"{name}.wav")
