"""Says sentences: with recorded clips, else with the system's own voice, else it chimes."""

from collections.abc import Callable, Mapping, Sequence
from typing import NamedTuple, Protocol

from PySide6.QtCore import QObject, QTimer, Signal

from relief_app.desktop.sound import PAUSE_S
from relief_app.ports import Clip

CHIME = "get_ready"
"""What is heard in place of words that nothing here can say."""


class Plays(Protocol):
    """What plays clips and sounds by name."""

    def play_clips(self, clips: Sequence[str], *, urgent: bool) -> None:
        """Play them now, one after the other; returns at once."""
        ...

    def hush(self) -> None:
        """End the clips that are playing."""
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
    """What was begun to be said: its text, and the clips that say it, none where it is read."""

    text: str
    clips: tuple[str, ...] = ()


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
        self._told = False
        self._ends = QTimer(self)
        self._ends.setSingleShot(True)

    @property
    def is_speaking(self) -> bool:
        """Whether a line is being said."""
        return self._ends.isActive() or (self._system is not None and self._system.is_speaking)

    def say(self, sentences: Sequence[str], *, urgent: bool) -> None:
        """Say `sentences` now, in place of what is being said."""
        self.hush()
        known = self._known()
        clips = [(text, known[text]) for text in sentences if text in known]
        if len(clips) < len(sentences) and self._read(as_text(sentences)):
            return
        if len(clips) < len(sentences):
            self._player.chime()
        if clips:
            self._play(clips, urgent=urgent)

    def hush(self) -> None:
        """Fall silent."""
        self._ends.stop()
        self._player.hush()
        if self._system is not None:
            self._system.stop()

    def _play(self, clips: Sequence[tuple[str, Clip]], *, urgent: bool) -> None:
        names = tuple(clip.name for _, clip in clips)
        self._player.play_clips(names, urgent=urgent)
        pauses_ms = round(1000 * PAUSE_S) * (len(clips) - 1)
        self._ends.start(sum(clip.length_ms for _, clip in clips) + pauses_ms)
        self.said.emit(Said(as_text([text for text, _ in clips]), names))

    def _known(self) -> Mapping[str, Clip]:
        if self._clips is None:
            self._clips = self._load_clips()
        return self._clips

    def _read(self, text: str) -> bool:
        """Whether the system's voice reads `text`."""
        if self._system is None:
            self._system = self._make_system()
        if self._system.say(text):
            self.said.emit(Said(text))
            return True
        if not self._told:
            self._told = True
            self.no_voice.emit()
        return False


def as_text(sentences: Sequence[str]) -> str:
    """`sentences` as one text, each with a stop, so that a voice pauses between them."""
    return " ".join(f"{each}." if each[-1:].isalnum() else each for each in sentences)
