"""Says sentences: with recorded clips, else with the system's own voice, else it chimes."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from relief_app.ports import Clip

PAUSE_MS = 250
"""Between two clips of one line."""

CHIME = "get_ready"
"""What is heard in place of words that nothing here can say."""


class Plays(Protocol):
    """What plays clips and sounds by name."""

    def play_clip(self, clip: str, *, urgent: bool) -> None:
        """Play it now; returns at once."""
        ...

    def hush(self) -> None:
        """End the clip that is playing."""
        ...

    def chime(self) -> None:
        """Play the sound CHIME."""
        ...


class Reads(Protocol):
    """What reads any text aloud. Fits `SystemVoice`."""

    @property
    def is_speaking(self) -> bool:
        """Whether it is reading."""
        ...

    def say(self, text: str) -> bool:
        """Read `text` aloud now; False where it cannot."""
        ...

    def stop(self) -> None:
        """Fall silent."""
        ...


class Said(NamedTuple):
    """What was begun to be said: its text, and the clip ("" for none)."""

    text: str
    clip: str


class Speaker(QObject):
    """Fits `voice.Says`. `clips` and `system` are asked for when something is first said by them."""

    said = Signal(object)
    """A Said, as it begins."""
    no_voice = Signal()
    """A text without a clip, and no voice of the system to read it; told once."""

    def __init__(
        self,
        player: Plays,
        clips: Callable[[], Mapping[str, Clip]],
        system: Callable[[], Reads],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._player = player
        self._load_clips, self._make_system = clips, system
        self._clips: Mapping[str, Clip] | None = None
        self._system: Reads | None = None
        self._queue: list[tuple[str, Clip]] = []
        self._urgent = self._told = False
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.timeout.connect(self._go_on)

    @property
    def is_speaking(self) -> bool:
        """Whether a line is being said."""
        return self._timer.isActive() or (self._system is not None and self._system.is_speaking)

    def say(self, sentences: Sequence[str], *, urgent: bool) -> None:
        """Say `sentences` now, in place of what is being said."""
        self.hush()
        self._urgent = urgent
        known = self._known()
        clips = [(text, known[text]) for text in sentences if text in known]
        if len(clips) < len(sentences) and self._read(" ".join(sentences)):
            return
        if len(clips) < len(sentences):
            self._player.chime()
        self._queue = clips
        self._go_on()

    def hush(self) -> None:
        """Fall silent."""
        if self._timer.isActive():
            self._player.hush()
        self._timer.stop()
        self._queue = []
        if self._system is not None:
            self._system.stop()

    def _known(self) -> Mapping[str, Clip]:
        if self._clips is None:
            self._clips = self._load_clips()
        return self._clips

    def _go_on(self) -> None:
        if not self._queue:
            return
        (text, clip), *self._queue = self._queue
        self._player.play_clip(clip.name, urgent=self._urgent)
        self._timer.start(clip.length_ms + (PAUSE_MS if self._queue else 0))
        self.said.emit(Said(text, clip.name))

    def _read(self, text: str) -> bool:
        """Whether the system's voice reads `text`."""
        if self._system is None:
            self._system = self._make_system()
        if self._system.say(text):
            self.said.emit(Said(text, ""))
            return True
        if not self._told:
            self._told = True
            self.no_voice.emit()
        return False
