"""What a screen reader is told as it happens: the voice's own lines, but no counting, and how long it lasts.

Where somebody listens to a screen reader every second would drown what matters: of a hold its beginning, its
half and its last ten seconds are told; the last three are heard as ticks.
"""

from PySide6.QtCore import QObject, QTimer, Signal

from relief_app.core.events import (
    Countdown,
    Counted,
    Event,
    Outcome,
    Phase,
    PhaseStarted,
    SessionEnded,
)
from relief_app.core.exposure import ExposureAlarm, ExposureEnded, ExposureEvent, ExposureResumed, PackReason
from relief_app.core.session_state import State, View
from relief_app.desktop import voice_words as words
from relief_app.desktop.pack_questions import Question
from relief_app.desktop.session_driver import SessionDriver
from relief_app.desktop.sound_cues import LATE_MS
from relief_app.desktop.voice_lines import Line, Rank, VoiceLines, together
from relief_app.i18n import translate

LAST_MS = 10_000
SHORTEST_MS = 25_000
"""In a shorter hold its half is told at about the same time as its last ten seconds."""
NEAR_MS = 1_000
"""So far from its moment the last ten seconds are still told."""
_COUNTING = (Countdown, Counted)


class Announcements(QObject):
    """Listens to a session and to packs."""

    announced = Signal(str, bool)
    """What is said, and whether it may not wait."""

    def __init__(self, driver: SessionDriver, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._driver = driver
        self._lines = VoiceLines()
        self._waiting: list[Line] = []
        self._asked: str | None = None
        self._last = QTimer(self)
        self._last.setSingleShot(True)
        self._last.timeout.connect(self._say_last)
        driver.happened.connect(self.hear)
        driver.dropped.connect(self._last.stop)

    def hear(self, event: Event) -> None:
        """Follow the session."""
        session, view = self._driver.session, self._driver.view()
        if session is None or view is None:
            return
        self._await_last(view)
        line = None if isinstance(event, _COUNTING) else self._lines.line(event, session.holds, view)
        if line is None and isinstance(event, SessionEnded):
            self._add(Line(_ended(event), Rank.STEP))
        elif line is not None and (line.rank > Rank.MOMENT or self._driver.late_ms(event) < LATE_MS):
            lasts = _lasts(event, view)
            self._add(line._replace(sentences=(*line.sentences, *lasts)))

    def catch_up(self) -> None:
        """Tell where the session stands that began before anybody could be told."""
        event = self._driver.phase_now()
        if event is not None:
            self.hear(event)

    def hear_pack(self, event: ExposureEvent) -> None:
        """Follow a pack."""
        match event:
            case ExposureAlarm(reason=reason) | ExposureResumed(reason=PackReason() as reason):
                self.alarm(reason)
            case ExposureEnded():
                self._add(Line((translate("packs", "The pack is off"),), Rank.STEP, leads=True))

    def alarm(self, reason: PackReason) -> None:
        """A pack has to come off."""
        self._add(Line(words.pack_alarm(reason), Rank.ALARM))

    def ask(self, question: Question | None, shown: str = "") -> None:
        """Tell what is asked now around a pack, once; `shown` is how the page on screen puts it, if any."""
        asked = None if question is None else f"{question.id} {question.asked_ms}"
        if asked == self._asked:
            return
        self._asked = asked
        if question is not None:
            said = (shown,) if shown else words.pack_question(question.id, question.kind, question.gate)
            self._add(Line(said, Rank.STEP))

    def say(self, line: str) -> None:
        """Tell one line that the window says."""
        self._add(Line((line,), Rank.STEP, leads=True))

    # How it works inside

    def _add(self, line: Line) -> None:
        """What happens at the same moment is told as one, after the page that belongs to it has come."""
        if not line.sentences:
            return
        if not self._waiting:
            QTimer.singleShot(0, self, self._tell)
        self._waiting.append(line)

    def _tell(self) -> None:
        # What leads comes first, whenever it came: a notice must not take the place of a step.
        line = together(sorted(self._waiting, key=lambda each: not each.leads))
        self._waiting.clear()
        if line is not None:
            text = " ".join(_ends(sentence) for sentence in line.sentences)
            self.announced.emit(text, line.rank is Rank.ALARM)

    def _await_last(self, view: View) -> None:
        """Look again ten seconds before the end of a hold."""
        self._last.stop()
        left = view.remaining_ms - LAST_MS
        holds = view.state is State.RUNNING and view.phase is Phase.ACTIVE and view.hold.count is None
        if holds and left > 0 and view.duration_ms >= SHORTEST_MS:
            self._last.start(round(left / self._driver.rate))

    def _say_last(self) -> None:
        view = self._driver.view()
        if view is None or view.state is not State.RUNNING or view.phase is not Phase.ACTIVE:
            return
        if abs(view.remaining_ms - LAST_MS) <= NEAR_MS * self._driver.rate:
            self._add(Line((translate("announcements", "10 seconds left."),), Rank.MOMENT))
        elif view.remaining_ms > LAST_MS:
            self._await_last(view)


def _lasts(event: Event, view: View) -> tuple[str, ...]:
    """How long a hold is, or how many movements; nothing of anything else."""
    if not isinstance(event, PhaseStarted) or event.phase is not Phase.ACTIVE:
        return ()
    if view.hold.count is not None:
        return (translate("announcements", "%1 movements.").replace("%1", str(view.hold.count)),)
    seconds = round(event.duration_ms / 1000)
    if seconds < 120:
        return (translate("announcements", "%1 seconds.").replace("%1", str(seconds)),)
    return (translate("announcements", "%1 minutes.").replace("%1", str(round(seconds / 60))),)


def _ended(event: SessionEnded) -> tuple[str, ...]:
    if event.outcome is Outcome.COMPLETED:
        return (words.all_done(),)
    return (translate("announcements", "The session has ended."),)


def _ends(sentence: str) -> str:
    """A sentence that ends, so that the next one is told apart from it."""
    return sentence if sentence.endswith((".", "!", "?", ":")) else f"{sentence}."
