"""The voice: hears what happens in a session and to a pack, and says it.

A line is cut off by the next one and never waits for its turn: what would come late is not said.
"""

from collections.abc import Sequence
from typing import Protocol

from PySide6.QtCore import QObject, QTimer

from relief_app.core.events import Event, SessionEnded
from relief_app.core.exposure import ExposureAlarm, ExposureEnded, ExposureEvent, ExposureResumed, PackReason
from relief_app.core.preferences import VoiceMode
from relief_app.desktop import voice_words as words
from relief_app.desktop.pack_questions import Question
from relief_app.desktop.session_driver import SessionDriver
from relief_app.desktop.sound_cues import LATE_MS, sound_of
from relief_app.desktop.voice_lines import Line, Rank, VoiceLines, together

ALARM_EVERY_MS = 12_000
"""So often a pack's alarm is said again for as long as it stands."""

LEADS_MS = {
    "tick": 120,
    "halfway": 450,
    "get_ready": 500,
    "step_end": 500,
    "set_end": 700,
    "eased": 1_200,
    "finished": 1_400,
    "alarm": 1_600,
}
"""How long a sound of the same moment is left alone: words spoken into it are lost."""


class Says(Protocol):
    """What speaks. Fits `Speaker`."""

    @property
    def is_speaking(self) -> bool:
        """Whether a line is being said."""
        ...

    def say(self, sentences: Sequence[str], *, urgent: bool) -> None:
        """Say this now, in place of what is being said; `urgent`: as loud as it may be."""
        ...

    def hush(self) -> None:
        """Fall silent."""
        ...


class Voice(QObject):
    """A listener to a session and to packs. `mode` says how much of it is wanted."""

    def __init__(self, driver: SessionDriver, speaker: Says, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._mode = VoiceMode.ON
        self._driver, self._speaker = driver, speaker
        self._lines = VoiceLines()
        self._waiting: list[Line] = []
        self._rank = Rank.MOMENT
        self._question: str | None = None
        self._alarm: PackReason | None = None
        self._in_moment, self._lead_ms = False, 0
        self._next: Line | None = None
        self._lead = QTimer(self)
        self._lead.setSingleShot(True)
        self._lead.setObjectName("lead")
        self._lead.timeout.connect(self._say_next)
        self._again = QTimer(self)
        self._again.setInterval(ALARM_EVERY_MS)
        self._again.setObjectName("again")
        self._again.timeout.connect(self._say_alarm)
        driver.happened.connect(self.hear)
        driver.dropped.connect(self._fall_silent)

    @property
    def mode(self) -> VoiceMode:
        """How much is said; what is being said ends where it is no longer wanted."""
        return self._mode

    @mode.setter
    def mode(self, mode: VoiceMode) -> None:
        self._mode = mode
        if mode is VoiceMode.OFF:
            self._fall_silent()

    def hear(self, event: Event) -> None:
        """Follow the session."""
        session, view = self._driver.session, self._driver.view()
        if session is None or view is None:
            return
        line = self._lines.line(event, session.holds, view)
        self._lead_ms = max(self._lead_ms, LEADS_MS.get(sound_of(event) or "", 0))
        self._begin_moment()
        if line is not None and (line.rank > Rank.MOMENT or self._driver.late_ms(event) < LATE_MS):
            self._add(line)
        elif line is None and isinstance(event, SessionEnded) and self._rank < Rank.ALARM:
            self._fall_silent()

    def catch_up(self) -> None:
        """Say where the session stands that began before anybody could hear it."""
        event = self._driver.phase_now()
        if event is not None:
            self.hear(event)

    def hear_pack(self, event: ExposureEvent) -> None:
        """Follow a pack: its alarm is said, again and again."""
        match event:
            case ExposureAlarm(reason=reason) | ExposureResumed(reason=PackReason() as reason):
                self.alarm(reason)
            case ExposureEnded():
                self._again.stop()
                self._fall_silent()

    def alarm(self, reason: PackReason) -> None:
        """The pack has to come off: said now, and again until it is off."""
        self._alarm = reason
        self._say_alarm()
        self._again.start()

    def ask(self, question: Question | None) -> None:
        """Say what is asked now around a pack; asked again, it is not said again."""
        asked = None if question is None else f"{question.id} {question.asked_ms}"
        if asked == self._question:
            return
        self._question = asked
        if question is not None:
            sentences = words.pack_question(question.id, question.kind, question.gate)
            if sentences:
                self._add(Line(sentences, Rank.STEP))

    def close(self) -> None:
        """Fall silent for good."""
        self._again.stop()
        self._fall_silent()

    def _say_alarm(self) -> None:
        self._add(Line(words.pack_alarm(self._alarm), Rank.ALARM))

    def _add(self, line: Line) -> None:
        """What happens at the same moment is said as one."""
        if self._mode is VoiceMode.OFF or (self._mode is VoiceMode.STEPS and line.rank is Rank.MOMENT):
            return
        self._waiting.append(line)
        self._begin_moment()

    def _begin_moment(self) -> None:
        if not self._in_moment:
            self._in_moment = True
            QTimer.singleShot(0, self, self._take)

    def _take(self) -> None:
        """The moment is over: choose what is said of it, and let its sound be heard before."""
        line, lead_ms = together(self._waiting), self._lead_ms
        self._waiting.clear()
        self._in_moment, self._lead_ms = False, 0
        busy = self._speaker.is_speaking or self._lead.isActive()
        if line is None or (busy and line.rank < self._rank):
            return
        self._rank, self._next = line.rank, line
        self._speaker.hush()
        self._lead.start(lead_ms)

    def _say_next(self) -> None:
        line, self._next = self._next, None
        if line is not None:
            self._speaker.say(line.sentences, urgent=line.rank is Rank.ALARM)

    def _fall_silent(self) -> None:
        self._waiting.clear()
        self._next = None
        self._lead.stop()
        self._speaker.hush()
