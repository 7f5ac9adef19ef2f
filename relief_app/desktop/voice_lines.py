"""Which line belongs to which event of a session: one event, one line at most. Without Qt, time or sound."""

from collections.abc import Sequence
from enum import IntEnum
from typing import NamedTuple

from relief_app.core.events import (
    AlarmRaised,
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
from relief_app.core.exercise import SafetyMark
from relief_app.core.routine import Hold
from relief_app.core.safety import COOL_DOWN
from relief_app.core.session_state import View
from relief_app.desktop import voice_words as words
from relief_app.desktop.voice_words import Sentences

SAYS_ITSELF = frozenset({"standing-heel-flat", "get-up", "heel-drop"})
"""Exercises whose cue tells to hold on already."""


class Rank(IntEnum):
    """What gives way to what: a line is cut off by one of its own rank or a higher one, never by a lower."""

    MOMENT = 1
    """Counts, halfway: where something else is being said they are not."""
    STEP = 2
    ALARM = 3


class Line(NamedTuple):
    """What is to be said now, sentence by sentence; one that `leads` goes with what comes right after it."""

    sentences: Sentences
    rank: Rank
    leads: bool = False


class VoiceLines:
    """Finds the words for a session's events; what it has warned of it does not warn of again."""

    def __init__(self) -> None:
        self._warned: set[SafetyMark] = set()

    def line(self, event: Event, holds: Sequence[Hold], view: View) -> Line | None:
        """What to say of `event` in a session over `holds` that stands at `view`; None for silence."""
        if isinstance(event, SessionStarted):
            self._warned = set()
        elif isinstance(event, PhaseStarted):
            return Line(self._phase(event, holds), Rank.STEP)
        elif isinstance(event, AlarmRaised):
            return Line(words.ten_minutes(), Rank.ALARM)
        elif isinstance(event, Eased):
            return Line((words.let_go(),), Rank.STEP, leads=True)
        elif isinstance(event, MassageLimitReached):
            return Line((words.massage_limit(event.leg),), Rank.STEP, leads=True)
        for sentences, rank in ((_of_step(event, view), Rank.STEP), (_of_moment(event, view), Rank.MOMENT)):
            if sentences:
                return Line(sentences, rank)
        return None

    def _phase(self, event: PhaseStarted, holds: Sequence[Hold]) -> Sentences:
        hold = holds[event.index]
        if event.phase is Phase.ACTIVE:
            return (*words.cue_of(hold), *self._warnings(hold))
        if event.phase is Phase.REST:
            return (words.rest(), words.once_more())
        before = holds[event.index - 1] if event.index else None
        if event.phase is Phase.SWITCH:
            return (_change(before, hold), words.leg_name(hold.leg))
        if before is None:
            legs = {other.leg for other in holds}
            leg = (words.leg_name(hold.leg),) if len(legs) > 1 else ()
            return (words.get_ready(), words.content(hold.exercise.name), *leg)
        return (words.next_name(hold.exercise), *words.zone_names(hold.zone))

    def _warnings(self, hold: Hold) -> Sentences:
        """Marks P and F of clinical content, section 8, each once a session."""
        new = hold.exercise.safety - self._warned
        self._warned |= new
        support = SafetyMark.HOLD_SUPPORT in new and hold.exercise.id not in SAYS_ITSELF
        pain = SafetyMark.STOP_AT_PAIN in new
        return (*((words.hold_support(),) if support else ()), *((words.stop_at_pain(),) if pain else ()))


def together(lines: Sequence[Line]) -> Line | None:
    """One line for all that came at the same moment: what leads, then the last of the highest rank."""
    if not lines:
        return None
    last = max(reversed(lines), key=lambda line: line.rank)
    if last.rank is not Rank.STEP:
        return last
    leading = [line for line in lines if line.leads and line is not last]
    return Line(tuple(sentence for line in (*leading, last) for sentence in line.sentences), last.rank)


def _change(before: Hold | None, hold: Hold) -> str:
    """Five seconds are short: another exercise goes before the change that comes with it."""
    same = before is not None and before.exercise.id == hold.exercise.id
    return words.change_legs() if same else words.next_name(hold.exercise)


def _of_step(event: Event, view: View) -> Sentences:
    match event:
        case LegChanged(leg=leg):
            return (words.leg_name(leg),)
        case Paused():
            return (words.paused(),)
        case Resumed():
            return (words.going_on(), *(words.cue_of(view.hold) if view.phase is Phase.ACTIVE else ()))
        case SessionEnded(outcome=Outcome.COMPLETED):
            return (words.all_done(), *_after(view))
        case _:
            return ()


def _of_moment(event: Event, view: View) -> Sentences:
    match event:
        case Countdown(seconds=seconds) if view.phase is Phase.ACTIVE:
            return words.number(seconds)  # getting ready and resting, what comes next is being said
        case Counted(number=number):
            return words.number(number)
        case Halfway():
            return (words.halfway(),)
        case DoseReached():
            return (words.until_it_lets_go(),)
        case Extended(by_ms=by_ms):
            return words.longer(by_ms)
        case _:
            return ()


def _after(view: View) -> Sentences:
    if view.release_ms is not None:
        return (words.unsteady(),)
    return (words.drink(),) if view.routine == COOL_DOWN else ()
