"""The guide as plain lines, one an event, for pipes, logs and terminals that can do no more."""

from collections.abc import Sequence
from typing import TextIO

from relief_app.core.events import (
    AlarmRaised,
    CameBack,
    Countdown,
    Counted,
    DoseReached,
    Eased,
    Event,
    Extended,
    Halfway,
    LegChanged,
    MassageLimitReached,
    Outcome,
    Paused,
    Phase,
    PhaseStarted,
    Resumed,
    SessionEnded,
    SessionStarted,
)
from relief_app.core.routine import Hold
from relief_app.core.session import Session
from relief_app.core.session_state import View
from relief_app.i18n import translate
from relief_app.terminal.aid import Aid
from relief_app.terminal.words import (
    clock_time,
    content,
    cue_of,
    exercise_name,
    leg_name,
    massage_limit,
    phase_word,
    spoken_time,
)


class PlainFace:
    """Writes lines to `out`, each flushed at once."""

    refresh_s = None

    def __init__(self, title: str, aid: Aid, out: TextIO) -> None:
        self._title = title
        self._aid = aid
        self._out = out
        self._started_at = 0
        self._alarm = False

    def tell(self, event: Event, session: Session) -> None:
        """Write the line for `event`, if it has one."""
        if isinstance(event, SessionStarted):
            self._started_at = event.at
        self._alarm = self._alarm or isinstance(event, AlarmRaised)
        if self._alarm and isinstance(event, SessionEnded):
            return  # the alarm has the last word
        text = self._text(event, session.holds)
        if text:
            self._write(f"{clock_time(event.at - self._started_at)} {text}")

    def show(self, view: View, *, wrong: int | None) -> None:
        """Nothing: lines are written when something happens."""

    def show_wrong(self) -> None:
        """Write the red flags."""
        for line in self._aid.lines():
            self._write(line)

    def note(self, text: str) -> None:
        """Write `text`."""
        self._write(text)

    def pause(self) -> None:
        """Nothing to give back."""

    def go_on(self) -> None:
        """Nothing to take."""

    def close(self, view: View) -> None:
        """Nothing is left to say."""

    def _write(self, line: str) -> None:
        self._out.write(line + "\n")
        self._out.flush()

    def _text(self, event: Event, holds: Sequence[Hold]) -> str:
        match event:
            case SessionStarted():
                return content(self._title)
            case PhaseStarted():
                return _phase_text(event, holds[event.index])
            case AlarmRaised():
                text = translate(
                    "terminal", "it has lasted ten minutes: stop stretching, get medical help urgently"
                )
                return f"{text} ({self._aid.emergency})"
            case Counted():
                return str(event.number)
            case _:
                return _short_text(event)


def _phase_text(event: PhaseStarted, hold: Hold) -> str:
    length = spoken_time(event.duration_ms)
    if event.phase is Phase.ACTIVE:
        return f"{leg_name(event.leg)}: {cue_of(hold)} ({_dose(event, hold, length)})"
    text = translate("terminal", "%1 %2, next: %3").replace("%1", phase_word(event.phase))
    name = exercise_name(hold)
    if event.phase is not Phase.REST:
        name = f"{name}, {leg_name(event.leg)}"
    return text.replace("%2", length).replace("%3", name)


def _dose(event: PhaseStarted, hold: Hold, length: str) -> str:
    if hold.count is not None:
        return translate("terminal", "%1 times").replace("%1", str(hold.count))
    if hold.open_ended:
        return translate("terminal", "%1, until it lets go").replace("%1", length)
    if hold.repetitions > 1:
        text = translate("terminal", "%1, %2 of %3").replace("%1", length)
        return text.replace("%2", str(event.repetition)).replace("%3", str(hold.repetitions))
    return length


def _short_text(event: Event) -> str:
    match event:
        case Countdown():
            return str(event.seconds)
        case Halfway():
            return translate("terminal", "halfway")
        case DoseReached():
            return translate("terminal", "hold on until it lets go")
        case Paused():
            return translate("terminal", "paused")
        case Resumed():
            return translate("terminal", "going on")
        case Extended():
            return _extended_text(event)
        case LegChanged():
            return leg_name(event.leg)
        case MassageLimitReached():
            return massage_limit(event.leg)
        case _:
            return _ending_text(event)


def _extended_text(event: Extended) -> str:
    longer, shorter = translate("terminal", "%1 longer"), translate("terminal", "%1 shorter")
    return (longer if event.by_ms >= 0 else shorter).replace("%1", spoken_time(abs(event.by_ms)))


def _ending_text(event: Event) -> str:
    match event:
        case Eased():
            released = spoken_time(event.release_ms)
            return translate("terminal", "it let go after %1").replace("%1", released)
        case CameBack():
            return translate("terminal", "it is back")
        case SessionEnded(outcome=Outcome.STOPPED):
            return translate("terminal", "stopped")
        case SessionEnded():
            return translate("terminal", "done")
        case _:
            return ""
