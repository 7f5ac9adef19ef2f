"""A routine: ordered doses of exercises, and how they unfold into holds, one after the other.

All durations are whole milliseconds, so that time adds up exactly.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum
from itertools import groupby

from relief_app.core.anatomy import Leg, Zone
from relief_app.core.exercise import Exercise, Kind

SECOND = 1_000
MINUTE = 60 * SECOND


class Side(StrEnum):
    """Which leg a routine or a step is for."""

    CRAMPED = "cramped"
    CHOSEN = "chosen"
    BOTH = "both"
    ALTERNATE = "alternate"
    LEG_BY_LEG = "leg_by_leg"


class Audience(StrEnum):
    """Whom a routine is written for."""

    NIGHT = "night"
    ATHLETE = "athlete"
    THERAPIST = "therapist"
    EVERYONE = "everyone"


@dataclass(frozen=True, slots=True)
class Step:
    """One dose: either a duration or a count of movements at a tempo."""

    exercise: str
    duration_ms: int = 0
    range_ms: tuple[int, int] | None = None
    count: int | None = None
    tempo_ms: int = 0
    open_ended: bool = False
    repetitions: int = 1
    rest_ms: int = 0
    cue: str | None = None
    source: str | None = None
    side: Side | None = None
    zone: Zone | None = None
    knee_deg: float | None = None
    dorsiflexion_deg: float | None = None
    instead_seated: str | None = None

    @property
    def dose_ms(self) -> int:
        """Length of one repetition in milliseconds."""
        return self.duration_ms if self.count is None else self.count * self.tempo_ms


@dataclass(frozen=True, slots=True)
class Prescription:
    """How often a routine is to be done; feeds adherence and the handout's tick boxes."""

    times_per_day: int | None = None
    days_per_week: int | None = None
    weeks: int | None = None


@dataclass(frozen=True, slots=True)
class Routine:
    """An ordered list of steps with the sides they are for and the source of the whole."""

    id: str
    title: str
    summary: str
    audience: Audience
    side: Side
    source: str
    steps: tuple[Step, ...]
    alarm_after_ms: int | None = None
    prescription: Prescription = Prescription()

    @property
    def is_cramp(self) -> bool:
        """True for a routine that works on a cramp now: *eased* and the ten-minute alarm are its own."""
        return self.side is Side.CRAMPED


@dataclass(frozen=True, slots=True)
class Hold:
    """One repetition on one leg, as performed. `repetition` counts from 1 to `repetitions`."""

    step: int
    exercise: Exercise
    leg: Leg
    repetition: int
    repetitions: int
    duration_ms: int
    rest_ms: int
    open_ended: bool
    cue: str
    count: int | None = None
    tempo_ms: int = 0
    zone: Zone | None = None
    knee_deg: float = 0.0
    dorsiflexion_deg: float = 0.0


HARD_STOP_MS: Mapping[Kind, int] = {Kind.HEAT: 20 * MINUTE, Kind.ICE: 10 * MINUTE}
"""Longest exposure over a whole routine, steps times repetitions (clinical content, section 4)."""

MASSAGE_STOP_MS = 5 * MINUTE
"""Longest massage of one leg in a routine (clinical content, section 8, routine 7)."""


@dataclass(frozen=True, slots=True)
class StopExceeded:
    """A routine asks for more than a hard stop: `value_ms` where at most `bound_ms` is allowed.

    `step` counts from 0 and names the step with which the sum passes the bound.
    """

    step: int
    kind: Kind
    value_ms: int
    bound_ms: int


def stop_exceeded(routine: Routine, exercises: Mapping[str, Exercise]) -> StopExceeded | None:
    """The first step with which `routine` passes a hard stop, or None.

    Heat and ice are summed over the whole routine; massage is summed a leg, and every massage step
    counts for each leg it is done on, so one leg's sum is the plain sum of the steps.
    """
    sums = dict.fromkeys(Kind, 0)
    for index, step in enumerate(routine.steps):
        for kind in _kinds(step, exercises):
            bound = hard_stop_ms(kind)
            sums[kind] += step.dose_ms * step.repetitions
            if bound is not None and (sums[kind] > bound or step.open_ended):
                return StopExceeded(index, kind, sums[kind], bound)
    return None


def hard_stop_ms(kind: Kind) -> int | None:
    """Longest sum over a routine, a leg, for exercises of `kind`; None where there is no stop."""
    return MASSAGE_STOP_MS if kind is Kind.MASSAGE else HARD_STOP_MS.get(kind)


def longest_hold_ms(holds: Sequence[Hold], index: int) -> int | None:
    """How long hold `index` may become in milliseconds; None where nothing stops it.

    The hard stop is a leg's sum: a hold that shares it with others of its kind keeps to its dose.
    """
    hold = holds[index]
    stop = hard_stop_ms(hold.exercise.kind)
    if stop is None:
        return None
    of_leg = [other for other in holds if other.exercise.kind is hold.exercise.kind and other.leg is hold.leg]
    return stop if len(of_leg) == 1 else hold.duration_ms


def _kinds(step: Step, exercises: Mapping[str, Exercise]) -> tuple[Kind, ...]:
    """The kinds a step may turn out to be: of its exercise and of what is done seated instead."""
    kind = exercises[step.exercise].kind
    seated = kind if step.instead_seated is None else exercises[step.instead_seated].kind
    return (kind,) if seated is kind else (kind, seated)


def plan(
    routine: Routine,
    exercises: Mapping[str, Exercise],
    leg: Leg,
    *,
    seated: bool = True,
) -> tuple[Hold, ...]:
    """Unfold `routine` into the holds a person performs, starting with `leg`.

    Both: all repetitions on one leg, then the other. Alternate: legs change hold by hold. Leg by leg:
    all such steps that follow one another on one leg, then on the other.
    `seated` takes what a step names as `instead_seated`. What may not be done is left out by
    `relief_app.core.safety.performed`.
    """
    steps = [(index, _seated(step) if seated else step) for index, step in enumerate(routine.steps)]
    holds: list[Hold] = []
    for side, run in groupby(steps, key=lambda step: step[1].side or routine.side):
        for index, step, lg, rep in _performed(side, list(run), leg):
            holds.append(_hold(index, step, exercises[step.exercise], lg, rep))
    return tuple(holds)


def _performed(
    side: Side, steps: Sequence[tuple[int, Step]], leg: Leg
) -> Iterator[tuple[int, Step, Leg, int]]:
    """Steps of one `side` that follow one another, with leg and repetition, as they are performed."""
    if side is Side.LEG_BY_LEG:
        for lg in (leg, leg.other):
            yield from _performed(Side.CHOSEN, steps, lg)
        return
    for index, step in steps:
        yield from ((index, step, lg, rep) for lg, rep in _order(side, leg, step.repetitions))


def _seated(step: Step) -> Step:
    """The step as done seated: cue and angles were written for standing, so they go."""
    if step.instead_seated is None:
        return step
    return replace(step, exercise=step.instead_seated, cue=None, knee_deg=None, dorsiflexion_deg=None)


def _order(side: Side, leg: Leg, repetitions: int) -> Iterator[tuple[Leg, int]]:
    """Legs and repetition numbers in the order they are performed."""
    numbers = range(1, repetitions + 1)
    if side is Side.ALTERNATE:
        return ((lg, rep) for rep in numbers for lg in (leg, leg.other))
    legs = (leg, leg.other) if side is Side.BOTH else (leg,)
    return ((lg, rep) for lg in legs for rep in numbers)


def _hold(index: int, step: Step, exercise: Exercise, leg: Leg, repetition: int) -> Hold:
    return Hold(
        step=index,
        exercise=exercise,
        leg=leg,
        repetition=repetition,
        repetitions=step.repetitions,
        duration_ms=step.dose_ms,
        rest_ms=step.rest_ms,
        open_ended=step.open_ended,
        cue=step.cue or exercise.cue,
        count=step.count,
        tempo_ms=step.tempo_ms,
        zone=step.zone,
        knee_deg=exercise.knee_deg if step.knee_deg is None else step.knee_deg,
        dorsiflexion_deg=exercise.dorsiflexion_deg
        if step.dorsiflexion_deg is None
        else step.dorsiflexion_deg,
    )
