"""Which phases come one after the other, how long they are, and what falls due inside each.

Pure functions of the phase, so that a late call, a longer hold or a restored session all see the
same marks.
"""

from collections.abc import Iterator, Sequence

from relief_app.core.events import Countdown, Counted, Event, Halfway, Phase
from relief_app.core.routine import SECOND, Hold

GET_READY_MS = 5 * SECOND
SWITCH_MS = 5 * SECOND
"""The change of legs is five seconds (clinical content, section 8, routine 4)."""

COUNTDOWN_SECONDS = (3, 2, 1)
SHORTEST_COUNTED_DOWN_MS = 5 * SECOND
SHORTEST_HALVED_MS = 20 * SECOND


def lead_anew(before: Hold, hold: Hold) -> Phase:
    """What comes before a `hold` that is no repetition of `before`; resting begins at once."""
    if hold.exercise.is_rest:
        return Phase.ACTIVE
    return Phase.GET_READY if hold.leg is before.leg else Phase.SWITCH


def lead_in(before: Hold, hold: Hold) -> Phase:
    """What comes between `before` and `hold`; nothing between repetitions without a rest."""
    if hold.exercise.is_rest or hold.leg is not before.leg or hold.step != before.step:
        return lead_anew(before, hold)
    return Phase.REST if before.rest_ms else Phase.ACTIVE


def at_once(_before: Hold, _hold: Hold) -> Phase:
    """No lead-in at all."""
    return Phase.ACTIVE


def after_stretching(holds: Sequence[Hold], index: int) -> int:
    """The first hold from `index` on that is no stretch; the number of holds where all are."""
    return next((i for i in range(index, len(holds)) if not holds[i].exercise.is_stretch), len(holds))


def phase_ms(phase: Phase, hold: Hold, rest_ms: int) -> int:
    """Planned length of `phase` before or of `hold`, in milliseconds."""
    lengths = {Phase.GET_READY: GET_READY_MS, Phase.SWITCH: SWITCH_MS, Phase.REST: rest_ms}
    return lengths.get(phase, hold.duration_ms)


def marks(index: int, hold: Hold, phase: Phase, start: int, end: int) -> tuple[Event, ...]:
    """The events between `start` and `end` (exclusive and inclusive), in order of time.

    Get-ready, rest and switch count down; a hold counts down and says half-way; counted movements
    count instead. A phase under five seconds is too short to count down, a hold under twenty to halve.
    """
    found = list(_marks(index, hold, phase, start, end))
    return tuple(sorted(found, key=lambda event: event.at))


def _marks(index: int, hold: Hold, phase: Phase, start: int, end: int) -> Iterator[Event]:
    if phase is Phase.ACTIVE and hold.count is not None:
        yield from _counts(hold, start, end)
        return
    if phase is Phase.ACTIVE and end - start >= SHORTEST_HALVED_MS:
        yield Halfway(start + (end - start) // 2, index)
    if end - start >= SHORTEST_COUNTED_DOWN_MS:
        yield from (Countdown(end - seconds * SECOND, seconds) for seconds in COUNTDOWN_SECONDS)


def _counts(hold: Hold, start: int, end: int) -> Iterator[Event]:
    numbers = range(1, (end - start) // hold.tempo_ms + 1)
    return (Counted(start + number * hold.tempo_ms, number) for number in numbers)
