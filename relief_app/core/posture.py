"""Which posture an exercise has at a moment: joint angles, and from them joint positions.

Units and directions are those of `skeleton`: statures, x forward, y down, degrees. The near leg is
the worked leg; a picture of the left leg is mirrored afterwards.
"""

from math import inf

from relief_app.core.anatomy import Zone
from relief_app.core.poses import POSES, Pose, gait
from relief_app.core.skeleton import (
    RANGES,
    ArmAngles,
    Landmarks,
    LegAngles,
    Posture,
    fingertips,
    foot_low,
    landmarks,
    moved,
)
from relief_app.core.stances import LEGS_ON_BED, WALL_X

__all__ = [
    "EXERCISES_DRAWN",
    "POSES",
    "Landmarks",
    "Posture",
    "PostureError",
    "blend",
    "landmarks",
    "posture",
]

EXERCISES_DRAWN: tuple[str, ...] = tuple(POSES)
"""Ids of the exercises that can be drawn (clinical content, section 8)."""


class PostureError(ValueError):
    """A posture that cannot be: unknown exercise, phase outside 0..1, angle outside the joint's range."""


def posture(
    exercise_id: str,
    phase: float = 1.0,
    *,
    breath: float = 0.0,
    knee_deg: float | None = None,
    dorsiflexion_deg: float | None = None,
    zone: Zone | None = None,
) -> Posture:
    """The body in `exercise_id` at `phase`, 0 before the stretch, 1 in the pose at its stated angles.

    `breath` is 0 (breathed out) to 1. `knee_deg` and `dorsiflexion_deg` stand in for the stated
    angles of phase 1; `zone` is the part of the calf that is massaged. Walking takes `phase` as the
    gait cycle, massage as the place of the hands.
    Raises PostureError naming the value that is wrong.
    """
    pose = _checked(exercise_id, phase, breath, knee_deg, dorsiflexion_deg)
    knee, ankle = _angles(exercise_id, pose, phase, knee_deg, dorsiflexion_deg)
    place = phase if pose.cyclic else _place(pose, phase)
    build = pose.build if zone is None else pose.zones.get(zone, pose.build)
    return build(place, knee, ankle)._replace(scene=exercise_id, phase=phase, breath=breath)


def blend(a: Posture, b: Posture, t: float) -> Posture:
    """The body on its way from `a` (t = 0) to `b` (t = 1), along joint angles that can be.

    Every joint angle lies between the ends of its way, feet that stand stay on the ground, and
    nobody gets on or off a bed but by sitting on its edge. Raises PostureError for `t` outside 0..1.
    """
    _check("t", t, 0.0, 1.0)
    if t in (0.0, 1.0):
        return b if t else a
    if (a.scene in LEGS_ON_BED) == (b.scene in LEGS_ON_BED):
        return _between(a, b, t)
    sitting = posture("get-up", 0.0)
    if t < 0.5:
        return _between(a, sitting._replace(scene=a.scene, phase=a.phase, breath=a.breath), 2.0 * t)
    return _between(sitting._replace(scene=b.scene, phase=b.phase, breath=b.breath), b, 2.0 * t - 1.0)


def _between(a: Posture, b: Posture, t: float) -> Posture:
    """All angles of the way from `a` to `b` at `t`, the lowest foot where it has to be."""
    share = _eased(t)
    nearer = b if share >= 0.5 else a
    mixed = nearer._replace(
        pelvis=(_mix(a.pelvis[0], b.pelvis[0], share), _mix(a.pelvis[1], b.pelvis[1], share)),
        pelvis_deg=_mix(a.pelvis_deg, b.pelvis_deg, share),
        trunk_deg=_mix(a.trunk_deg, b.trunk_deg, share),
        neck_deg=_mix(a.neck_deg, b.neck_deg, share),
        near_leg=_mixed_leg(a.near_leg, b.near_leg, share),
        far_leg=_mixed_leg(a.far_leg, b.far_leg, share),
        near_arm=_mixed_arm(a.near_arm, b.near_arm, share),
        far_arm=_mixed_arm(a.far_arm, b.far_arm, share),
        turn=_mix(a.turn, b.turn, share),
        drop=_mix(a.drop, b.drop, share),
        phase=_mix(a.phase, b.phase, share),
        breath=_mix(a.breath, b.breath, share),
    )
    back = max(_beyond(mixed, a) * min(2.0 - 2.0 * share, 1.0), _beyond(mixed, b) * min(2.0 * share, 1.0))
    return moved(mixed, -back, _lift(mixed, _mix(_lowest_foot(a), _lowest_foot(b), share)))


def _beyond(body: Posture, end: Posture) -> float:
    """How far the hands of `body` reach into the wall that stands in the scene of `end`."""
    wall = WALL_X.get(end.scene, inf)
    return max(0.0, *(fingertips(body, far=far)[0] - wall for far in (False, True)))


def _lift(body: Posture, ground: float) -> float:
    """How far to move `body` down: on a bed the seat stays, elsewhere the feet stay on `ground`."""
    low = _lowest_foot(body)
    return min(0.0, -low) if body.scene in LEGS_ON_BED else ground - low


def _lowest_foot(body: Posture) -> float:
    return max(foot_low(body), foot_low(body, far=True))


def _mixed_leg(a: LegAngles, b: LegAngles, share: float) -> LegAngles:
    return LegAngles(*(_mix(one, other, share) for one, other in zip(a, b, strict=True)))


def _mixed_arm(a: ArmAngles, b: ArmAngles, share: float) -> ArmAngles:
    return ArmAngles(*(_mix(one, other, share) for one, other in zip(a, b, strict=True)))


def _mix(a: float, b: float, share: float) -> float:
    return a + (b - a) * share


def _place(pose: Pose, phase: float) -> float:
    """How far on its way the body is, 0 to 1."""
    eased = _eased(phase)
    return eased * (2.0 - eased) if pose.swift else eased


def _eased(t: float) -> float:
    """0..1 with a soft start and end: a body has mass."""
    return t * t * (3.0 - 2.0 * t)


def _angles(
    exercise_id: str, pose: Pose, phase: float, knee_deg: float | None, dorsiflexion_deg: float | None
) -> tuple[float, float]:
    """Knee and ankle of the near leg; in walking they follow the gait unless they are given."""
    if exercise_id == "easy-walk":
        step = gait(phase)
        return (
            step.knee if knee_deg is None else knee_deg,
            step.ankle if dorsiflexion_deg is None else dorsiflexion_deg,
        )
    return pose.angles(1.0 if pose.cyclic else _place(pose, phase), knee_deg, dorsiflexion_deg)


def _checked(
    exercise_id: str, phase: float, breath: float, knee_deg: float | None, dorsiflexion_deg: float | None
) -> Pose:
    if exercise_id not in POSES:
        raise PostureError(f"no posture is drawn for exercise {exercise_id!r}")
    _check("phase", phase, 0.0, 1.0)
    _check("breath", breath, 0.0, 1.0)
    _check("knee_deg", knee_deg, *RANGES["knee"])
    _check("dorsiflexion_deg", dorsiflexion_deg, *RANGES["ankle"])
    return POSES[exercise_id]


def _check(name: str, value: float | None, low: float, high: float) -> None:
    if value is not None and not low <= value <= high:
        raise PostureError(f"{name} {value:g} is outside {low:g}..{high:g}")
