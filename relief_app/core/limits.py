"""How long a leg may be massaged in one session, counted by what was really done.

A routine's plan keeps to the limit (`routine.stop_exceeded`); going back, or holding longer, must not
pass it either. Five minutes a leg: clinical content, section 8, routine 7.
"""

from collections.abc import Sequence
from typing import NamedTuple

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.routine import MASSAGE_STOP_MS, Hold

UNKEPT_MS = 5_000
"""So much of a hold may be lost with an app that dies: it is written down every five seconds."""


def is_for_one_leg(holds: Sequence[Hold]) -> bool:
    """True for a massage of one leg alone: it can be offered for the other one."""
    massage = all(hold.exercise.kind is Kind.MASSAGE for hold in holds)
    return massage and len({hold.leg for hold in holds}) == 1


class MassageTime(NamedTuple):
    """Milliseconds of massage that each leg has had; the hold that runs is not in them yet."""

    left_ms: int = 0
    right_ms: int = 0

    def of(self, leg: Leg) -> int:
        """What `leg` has had."""
        return self.left_ms if leg is Leg.LEFT else self.right_ms

    def after(self, hold: Hold, held_ms: int) -> "MassageTime":
        """With `held_ms` of `hold` done."""
        if hold.exercise.kind is not Kind.MASSAGE:
            return self
        if hold.leg is Leg.LEFT:
            return self._replace(left_ms=self.left_ms + held_ms)
        return self._replace(right_ms=self.right_ms + held_ms)

    def cut(self, hold: Hold, length_ms: int) -> int:
        """`length_ms`, or what the leg of `hold` may still have of it."""
        if hold.exercise.kind is not Kind.MASSAGE:
            return length_ms
        return max(min(length_ms, MASSAGE_STOP_MS - self.of(hold.leg)), 0)

    def stops(self, hold: Hold, held_ms: int = 0) -> bool:
        """True where `hold`, held for `held_ms` that are counted already, has to end before its dose."""
        return held_ms < hold.duration_ms and self.cut(hold, 1) == 0

    def first_allowed(self, holds: Sequence[Hold], index: int) -> int:
        """The first hold from `index` on that may begin; the number of holds where none may."""
        return next((i for i in range(index, len(holds)) if not self.stops(holds[i])), len(holds))

    def leg_corrected(self, hold: Hold, held_ms: int) -> "MassageTime":
        """The leg of the running `hold`, `held_ms` long so far, was the other one, or is from now on.

        Nobody knows which, so both legs count as having had the most that either can have had.
        """
        done = self.after(hold, held_ms)
        most, to_be_counted = max(done), sum(done) - sum(self)
        before, other = most, most - to_be_counted
        return MassageTime(before, other) if hold.leg is Leg.LEFT else MassageTime(other, before)
