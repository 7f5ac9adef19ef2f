"""The voice the system has, for texts without a clip: other languages, and cues somebody wrote.

Qt's speech is imported, and the system's speech service started, with the first text and not before.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QLocale, QMessageLogContext, QObject, QTimer, QtMsgType, qInstallMessageHandler

if TYPE_CHECKING:
    from PySide6.QtTextToSpeech import QTextToSpeech, QVoice

RATE = -0.15
"""A little slower than the voice's own pace (-1 to 1)."""

LONGEST_MS_A_LETTER, START_MS = 250, 4_000
"""A text that takes longer than this is not being spoken: without a sound server nothing ever ends."""

_BROKEN = "broken"


class SystemVoice(QObject):
    """Reads texts in the language of `locale`. `engine` names Qt's engine, "" the system's own.

    `volume` is asked for each text and gives 0 to 1.
    """

    def __init__(
        self,
        locale: QLocale,
        volume: Callable[[], float],
        *,
        engine: str = "",
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._locale, self._volume, self._engine = locale, volume, engine
        self._speech: QTextToSpeech | None = None
        self._state = ""
        self._limit = QTimer(self)
        self._limit.setSingleShot(True)
        self._limit.timeout.connect(self._give_up)

    @property
    def is_speaking(self) -> bool:
        """Whether a text is being read."""
        return self._limit.isActive()

    def say(self, text: str) -> bool:
        """Read `text` aloud now; False where there is no voice for it, or none that works."""
        speech = self._ready()
        if speech is None:
            return False
        speech.setVolume(self._volume())
        speech.say(text)
        if self._failed(speech):
            return False
        self._limit.start(START_MS + LONGEST_MS_A_LETTER * len(text))
        return True

    def stop(self) -> None:
        """Fall silent."""
        if self._limit.isActive() and self._speech is not None:
            self._limit.stop()
            self._speech.stop()

    def _ready(self) -> "QTextToSpeech | None":
        """The speech that works, started with the first text."""
        if self._state == _BROKEN:
            return None
        if self._speech is None:
            self._speech = self._start()
        if self._speech is None or self._failed(self._speech):
            self._state = _BROKEN
            return None
        return self._speech

    def _start(self) -> "QTextToSpeech | None":
        """Speech with a voice of our language. What Qt complains of meanwhile is said once, by us."""
        before = qInstallMessageHandler(_hear_nothing)
        try:
            speech = self._made()
        finally:
            qInstallMessageHandler(before)
        if speech is None or self._failed(speech) or not self._choose(speech):
            return None
        speech.setRate(RATE)
        speech.stateChanged.connect(self._follow)
        return speech

    def _made(self) -> "QTextToSpeech | None":
        try:
            from PySide6.QtTextToSpeech import QTextToSpeech
        except ImportError:  # a library of the system is missing
            return None
        engines = [name for name in QTextToSpeech.availableEngines() if name != "mock"]
        if not self._engine and not engines:
            return None
        return QTextToSpeech(self._engine or engines[0], self)

    def _choose(self, speech: "QTextToSpeech") -> bool:
        """Take a voice of the language, which the default need not be; False where the system has none."""
        locales = [one for one in speech.availableLocales() if one.language() == self._locale.language()]
        if not locales:
            return False
        exact = [one for one in locales if one.territory() == self._locale.territory()]
        speech.setLocale((exact or locales)[0])
        voices: list[QVoice] = list(speech.availableVoices())
        if voices:
            speech.setVoice(voices[0])
        return bool(voices)

    def _failed(self, speech: "QTextToSpeech") -> bool:
        """`availableEngines` lists engines whose library is missing: only the state tells."""
        kind = type(speech)
        return speech.state() is kind.State.Error or speech.errorReason() is not kind.ErrorReason.NoError

    def _follow(self, state: "QTextToSpeech.State") -> None:
        if self._speech is not None and state is not type(self._speech).State.Speaking:
            self._limit.stop()

    def _give_up(self) -> None:
        self._state = _BROKEN
        if self._speech is not None:
            self._speech.stop()


def _hear_nothing(_kind: QtMsgType, _context: QMessageLogContext, _line: str | None) -> None:
    """A handler for messages that need no reader."""
