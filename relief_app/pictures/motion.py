"""Which picture belongs to which moment of a session: pure functions of time.

Motion is slow and paced like breathing. Times are milliseconds.
"""

import math

from relief_app.core.events import Phase
from relief_app.core.exercise import Kind
from relief_app.core.session_state import View

ARRIVAL_MS = 2_500
"""Changing from one position to the next; the bound is three seconds."""

EASE_IN_MS = 2_500
BREATH_MS = 5_000
STRIDE_MS = 1_600
STROKE_MS = 4_000
UPWARD = 0.75
"""Share of a stroke's time that goes up the calf."""
GETTING_UP_MS = 8_000
BENDING_MS = 3_000
"""From one stretch at the wall straight into another, the feet where they are."""


def smooth_step(fraction: float) -> float:
    """0..1 to 0..1, starting and ending at rest."""
    x = min(max(fraction, 0.0), 1.0)
    return x * x * (3.0 - 2.0 * x)


def breath(elapsed_ms: int) -> float:
    """How full the chest is, 0..1, starting empty."""
    return 0.5 - 0.5 * math.cos(2.0 * math.pi * elapsed_ms / BREATH_MS)


def arrival(since_ms: int) -> float:
    """How far a change of position begun `since_ms` ago has come, 0..1."""
    return smooth_step(since_ms / ARRIVAL_MS)


def pose_phase(view: View) -> float:
    """How far into its pose the figure is, 0..1, at the moment of `view`."""
    elapsed = view.elapsed_ms
    if view.phase is not Phase.ACTIVE:
        return _leaving(view)
    if view.hold.count is not None:
        return 0.5 - 0.5 * math.cos(2.0 * math.pi * elapsed / view.hold.tempo_ms)
    if view.hold.exercise.kind is Kind.MASSAGE:
        return _rubbing(view.hold.exercise.id, elapsed)
    if view.hold.exercise.kind is Kind.MOVEMENT:
        return _moving(view.hold.exercise.id, elapsed)
    return smooth_step(elapsed / EASE_IN_MS)


def _leaving(view: View) -> float:
    """Resting lets go of the stretch; getting ready and changing legs begin relaxed."""
    if view.phase is Phase.REST and view.hold.count is None:
        return 1.0 - smooth_step(view.elapsed_ms / EASE_IN_MS)
    return 0.0


def _rubbing(exercise: str, elapsed: int) -> float:
    """Circles go round; a stroke goes up slowly, and the hands come back down quickly and lightly."""
    share = elapsed / STROKE_MS % 1.0
    if exercise != "stroke-massage":
        return share
    return smooth_step(share / UPWARD if share < UPWARD else (1.0 - share) / (1.0 - UPWARD))


def _moving(exercise: str, elapsed: int) -> float:
    if exercise == "get-up":
        return smooth_step(elapsed / GETTING_UP_MS)
    return elapsed / STRIDE_MS % 1.0


def is_held(view: View) -> bool:
    """True while the body stays in its pose, or waits for the next one, and only breathes."""
    if view.phase is Phase.ACTIVE:
        return view.hold.exercise.kind is Kind.HOLD and view.elapsed_ms > EASE_IN_MS
    return view.phase is not Phase.REST or view.elapsed_ms > EASE_IN_MS


def is_easing(view: View) -> bool:
    """True while the body goes slowly into its pose or out of it."""
    return not is_held(view) and (view.phase is Phase.REST or view.hold.exercise.kind is Kind.HOLD)


def key_phase(view: View) -> float:
    """The pose for reduced motion: the position itself, without the way to it."""
    return 1.0 if view.phase is Phase.ACTIVE and view.hold.exercise.kind is not Kind.MASSAGE else 0.0
