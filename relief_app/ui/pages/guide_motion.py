"""Which pose the Guide page shows: remembers what the figure comes from, the rest is a pure function."""

from collections.abc import Sequence

from relief_app.core.anatomy import Leg
from relief_app.core.events import Phase, PhaseStarted
from relief_app.core.routine import Hold
from relief_app.core.session_state import View
from relief_app.pictures.figure import PoseState
from relief_app.pictures.motion import (
    ARRIVAL_MS,
    BENDING_MS,
    arrival,
    breath,
    is_easing,
    is_held,
    key_phase,
    pose_phase,
)

TURN_MS = 500
FRAME_MS = 40
"""Twenty-five frames a second while the body changes its position or keeps moving."""

EASE_FRAME_MS = 66
"""Fifteen while it goes into a stretch or lets go of it, which is slow."""

BREATH_FRAME_MS = 200
"""While a pose is held only the breath moves, and a processor stays cool at night."""

STILL_MS = 500
"""With reduced motion only the number moves."""

BENT_FROM = {"wall-stretch-bent": "wall-stretch-straight"}
"""Stretches that another one goes over into: the stretch is kept while the knee bends."""


class GuideMotion:
    """Follows the session's phases and makes a pose of each moment."""

    def __init__(self) -> None:
        self.reduced = False
        self._hold: Hold | None = None
        self._previous: Hold | None = None
        self._leg: Leg | None = None
        self._changed_at = 0
        self._turned_at: int | None = None

    def begin(self, view: View | None) -> None:
        """Forget the last session: the first pose, that of `view`, comes from nowhere."""
        self._hold = view.hold if view else None
        self._leg = view.hold.leg if view else None
        self._previous = self._turned_at = None

    def phase_started(self, event: PhaseStarted, holds: Sequence[Hold]) -> None:
        """Note a change of exercise or leg; `holds` are the session's."""
        hold = holds[event.index]
        if self._leg is not None and event.leg is not self._leg:
            self._turned_at = event.at
            self._previous = None
        elif self._hold is not None and event.exercise != self._hold.exercise.id:
            self._previous, self._changed_at = self._hold, event.at
        elif self._bends and event.phase not in (Phase.ACTIVE, Phase.GET_READY):
            self._previous = None
        self._hold, self._leg = hold, event.leg

    def pose(self, view: View, now: int) -> tuple[PoseState, float]:
        """The pose at `now` (the session's milliseconds)."""
        hold = view.hold
        state = PoseState(
            exercise=hold.exercise.id,
            phase=key_phase(view) if self.reduced else pose_phase(view),
            breath=0.0 if self.reduced else breath(view.elapsed_ms),
            leg=hold.leg,
            knee_deg=_own(hold.knee_deg, hold.exercise.knee_deg),
            dorsiflexion_deg=_own(hold.dorsiflexion_deg, hold.exercise.dorsiflexion_deg),
            zone=hold.zone,
        )
        if self._bends:
            state = self._bending(state, view)
        elif self._is_changing(now):
            state = self._from_previous(state, arrival(now - self._changed_at))
        return state, self._veil(now)

    def frame_ms(self, view: View, now: int) -> int:
        """How long one frame of a running session stands."""
        if self.reduced:
            return STILL_MS
        bending = self._bends and view.phase is Phase.ACTIVE and view.elapsed_ms < BENDING_MS
        if bending or self._is_changing(now) or self._veil(now):
            return FRAME_MS
        if is_held(view):
            return BREATH_FRAME_MS
        return EASE_FRAME_MS if is_easing(view) else FRAME_MS

    @property
    def _bends(self) -> bool:
        """Whether this hold goes on from the stretch before it, which is not let go of."""
        before, hold = self._previous, self._hold
        if before is None or hold is None:
            return False
        return BENT_FROM.get(hold.exercise.id) == before.exercise.id

    def _bending(self, state: PoseState, view: View) -> PoseState:
        """The stretch before is held until this one begins, and then goes over into it."""
        share = view.elapsed_ms / BENDING_MS if view.phase is Phase.ACTIVE else 0.0
        if share >= 1.0 or (self.reduced and share > 0.0):
            return state._replace(phase=1.0)
        return self._from_previous(state._replace(phase=1.0), 0.0 if self.reduced else share)

    def _from_previous(self, state: PoseState, share: float) -> PoseState:
        """On the way from the hold before, `share` of it done."""
        before = self._previous
        if before is None:
            return state
        return state._replace(
            previous=before.exercise.id,
            previous_knee_deg=_own(before.knee_deg, before.exercise.knee_deg),
            previous_dorsiflexion_deg=_own(before.dorsiflexion_deg, before.exercise.dorsiflexion_deg),
            arrival=share,
        )

    def _is_changing(self, now: int) -> bool:
        """Whether the body is on its way from another position."""
        return self._previous is not None and not self.reduced and now - self._changed_at < ARRIVAL_MS

    def _veil(self, now: int) -> float:
        """Turning to the other leg fades through the window's colour."""
        if self._turned_at is None or self.reduced:
            return 0.0
        since = now - self._turned_at
        return max(1.0 - since / TURN_MS, 0.0)


def _own(value: float, usual: float) -> float | None:
    """An angle that the step itself states, else None: the pose knows its own."""
    return None if value == usual else value
