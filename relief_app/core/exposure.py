"""A pack on the skin: how long it may lie there, when the skin is looked at, and what raises its alarm.

Exposure time is real time. It runs through pauses, through suspend and through a killed program: within
one boot the boot clock counts, after a reboot the wall clock. Where that one contradicts itself nobody
knows how long the pack has lain there, and the exposure counts as over (clinical content, section 4).

`Pack` is the machine. Like a session it never reads a clock: its methods take `now`, whole milliseconds
since the pack was put on, and return the events that became due, in order.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.keeping import away_ms
from relief_app.core.routine import HARD_STOP_MS, MINUTE

CHECK_EVERY_MS = 5 * MINUTE
"""The skin is looked at every five minutes (clinical content, section 4)."""

ANSWER_WITHIN_MS = MINUTE
"""A skin check that nobody answers for a minute becomes the alarm."""


class Stamp(NamedTuple):
    """One moment on all clocks: the boot and the milliseconds since then, and Unix seconds."""

    boot_id: str
    boot_ms: int
    wall_s: float


class PackReason(StrEnum):
    """Why a pack has to come off now."""

    TIME_UP = "time_up"
    SKIN = "skin"
    """A skin check was answered with something that ends it."""
    UNANSWERED = "unanswered"
    """Nobody answered a skin check."""
    CLOCK = "clock"
    """The clocks contradict each other: the time is not known."""
    LEFT = "left"
    """The program was ended, or the computer started anew, with the pack on."""


@dataclass(frozen=True, slots=True)
class Exposure:
    """A pack as it is kept: `ended` is None until somebody said that it is off.

    `planned_ms` is how long it was to lie there, `checked` how many skin checks were answered well. A
    rehearsal runs `rate` times as fast as real time. `id` is None before it is kept.
    """

    kind: Kind
    leg: Leg
    planned_ms: int
    began: Stamp
    rate: int = 1
    checked: int = 0
    alarm_reason: PackReason | None = None
    ended: Stamp | None = None
    id: int | None = None


def since_ms(then: Stamp, now: Stamp) -> int | None:
    """Milliseconds from `then` to `now`; None where the clocks contradict it."""
    return away_ms(then, now)


def elapsed_ms(exposure: Exposure, now: Stamp) -> int | None:
    """How long the pack has been on at `now`, None where nobody can tell."""
    real = since_ms(exposure.began, now)
    return None if real is None else real * exposure.rate


@dataclass(frozen=True, slots=True)
class ExposureEvent:
    """Something that happened to a pack, `at` milliseconds after it was put on."""

    at: int


@dataclass(frozen=True, slots=True)
class ExposureStarted(ExposureEvent):
    """A pack was put on."""

    kind: Kind
    leg: Leg
    planned_ms: int


@dataclass(frozen=True, slots=True)
class ExposureResumed(ExposureEvent):
    """The program is back and the pack still counts as on; `reason` where its alarm stands already."""

    kind: Kind
    leg: Leg
    reason: PackReason | None


@dataclass(frozen=True, slots=True)
class SkinCheckDue(ExposureEvent):
    """The skin is to be looked at now; check `number` counts from 1."""

    number: int


@dataclass(frozen=True, slots=True)
class SkinChecked(ExposureEvent):
    """The skin was looked at; `fine` is False for what ends the exposure."""

    number: int
    fine: bool


@dataclass(frozen=True, slots=True)
class ExposureAlarm(ExposureEvent):
    """The pack has to come off now; this lasts until somebody says that it is off."""

    kind: Kind
    leg: Leg
    reason: PackReason


@dataclass(frozen=True, slots=True)
class ExposureEnded(ExposureEvent):
    """The pack is off."""

    kind: Kind
    leg: Leg


class NotNowError(Exception):
    """A command that makes no sense to a pack as it is; what came due before it is in `events`."""

    def __init__(self, command: str, events: tuple[ExposureEvent, ...] = ()) -> None:
        super().__init__(f"{command}: not possible now")
        self.command = command
        self.events = events


class Pack:
    """One pack on one leg, from on to off."""

    def __init__(self, kind: Kind, leg: Leg, planned_ms: int) -> None:
        """A pack planned for `planned_ms`; no plan reaches past the hard stop of its kind."""
        self.kind = kind
        self.leg = leg
        self._end = max(min(planned_ms, HARD_STOP_MS[kind]), 0)
        self._checked = 0
        self._asked: int | None = None
        self._reason: PackReason | None = None
        self._is_off = False
        self._now = 0

    @property
    def planned_ms(self) -> int:
        """How long the pack lies there at most, in milliseconds from the start."""
        return self._end

    @property
    def checked(self) -> int:
        """How many skin checks were answered well."""
        return self._checked

    @property
    def reason(self) -> PackReason | None:
        """Why the alarm stands, None while it does not."""
        return self._reason

    @property
    def is_on(self) -> bool:
        """True until it was acknowledged that the pack is off, through its alarm too."""
        return not self._is_off

    @property
    def is_asking(self) -> bool:
        """True while a skin check waits for its answer."""
        return self._asked is not None

    def next_deadline(self) -> int | None:
        """When `advance` will next have something to tell, or None."""
        if self._is_off or self._reason is not None:
            return None
        next_mark = self._check_at() if self._asked is None else self._asked + ANSWER_WITHIN_MS
        return min(next_mark, self._end)

    def left_ms(self, now: int) -> int:
        """Milliseconds until the pack comes off."""
        return max(self._end - now, 0)

    def alarm_at(self) -> int:
        """When the alarm comes where nobody answers a skin check any more; 0 where it stands."""
        if self._reason is not None:
            return 0
        asked = self._check_at() if self._asked is None else self._asked
        return min(asked + ANSWER_WITHIN_MS, self._end)

    def answer_left_ms(self, now: int) -> int | None:
        """Milliseconds in which the skin check has to be answered; None where none is asked."""
        return None if self._asked is None else max(self._asked + ANSWER_WITHIN_MS - now, 0)

    def start(self) -> tuple[ExposureEvent, ...]:
        """The pack is on."""
        return (ExposureStarted(0, self.kind, self.leg, self._end),)

    def advance(self, now: int) -> tuple[ExposureEvent, ...]:
        """Every event due up to `now`, in order."""
        events: list[ExposureEvent] = []
        while (due := self.next_deadline()) is not None and due <= now:
            events.append(self._fire(due))
        self._now = max(now, self._now)
        return tuple(events)

    def answer_check(self, now: int, *, fine: bool) -> tuple[ExposureEvent, ...]:
        """The skin was looked at; what is not fine raises the alarm. NotNowError where nobody asked."""
        events = self.advance(now)
        if self._asked is None:
            raise NotNowError("skin_check", events)
        number, self._asked = self._checked + 1, None
        told = (*events, SkinChecked(self._now, number, fine))
        if not fine:
            return (*told, self._alarm(self._now, PackReason.SKIN))
        self._checked = number
        return (*told, *self.advance(self._now))

    def extend(self, now: int, by_ms: int) -> tuple[ExposureEvent, ...]:
        """Come off later, or earlier where `by_ms` is negative; never past the hard stop."""
        events = self.advance(now)
        if self._reason is None and not self._is_off:
            self._end = max(min(self._end + by_ms, HARD_STOP_MS[self.kind]), self._now)
        return (*events, *self.advance(self._now))

    def raise_alarm(self, now: int, reason: PackReason) -> tuple[ExposureEvent, ...]:
        """The pack has to come off for `reason`; an alarm that stands keeps its own."""
        events = self.advance(now)
        if self._reason is not None or self._is_off:
            return events
        return (*events, self._alarm(self._now, reason))

    def acknowledge(self, now: int) -> tuple[ExposureEvent, ...]:
        """The pack is off; raises NotNowError where it was off before."""
        events = self.advance(now)
        if self._is_off:
            raise NotNowError("acknowledge", events)
        self._is_off, self._asked = True, None
        return (*events, ExposureEnded(self._now, self.kind, self.leg))

    @classmethod
    def of(cls, kept: Exposure) -> "Pack":
        """The pack that `kept` was written of; `resume` brings it to the present."""
        self = cls(kept.kind, kept.leg, kept.planned_ms)
        self._checked, self._reason = max(kept.checked, 0), kept.alarm_reason
        self._is_off = kept.ended is not None
        return self

    def resume(self, now: int | None, *, left: bool = False) -> tuple[ExposureEvent, ...]:
        """The program is back, `now` after the pack was put on; None where nobody can tell.

        `left` says that nobody was meant to watch meanwhile: then the pack comes off at once.
        """
        resumed = ExposureResumed(now or self._end, self.kind, self.leg, self._reason)
        if now is None:
            return (resumed, *self.raise_alarm(0, PackReason.CLOCK))
        back = (resumed, *self.advance(now))
        return (*back, *self.raise_alarm(now, PackReason.LEFT)) if left else back

    def _check_at(self) -> int:
        return CHECK_EVERY_MS * (self._checked + 1)

    def _fire(self, due: int) -> ExposureEvent:
        """What falls due at `due`; the end before anything else."""
        if due >= self._end:
            return self._alarm(due, PackReason.TIME_UP)
        if self._asked is not None:
            return self._alarm(due, PackReason.UNANSWERED)
        self._asked = due
        return SkinCheckDue(due, self._checked + 1)

    def _alarm(self, at: int, reason: PackReason) -> ExposureEvent:
        self._reason, self._asked = reason, None
        return ExposureAlarm(at, self.kind, self.leg, reason)
