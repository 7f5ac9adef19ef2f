"""What postures are built from: heights of things, standing, sitting, leaning, reaching.

Units and directions are those of `skeleton`.
"""

from collections.abc import Mapping
from math import cos, hypot, radians, sqrt
from types import MappingProxyType

from relief_app.core.skeleton import (
    ANKLE,
    BALL,
    FOREARM,
    PALM,
    SHANK,
    THIGH,
    UPPER_ARM,
    ArmAngles,
    LegAngles,
    Point,
    Posture,
    along,
    lowest,
    reaching_arm,
    reaching_leg,
    shoulder,
    turned,
    wrapped,
)

BED, SEAT, STOOL, STEP = 0.27, 0.24, 0.15, 0.10
"""Heights of mattress, chair, stool and step in statures (41 to 46 cm for bed and chair)."""
SITTING_HIP, CHAIR_HIP = 0.055, 0.045
"""The hip joint lies this far above a mattress and above a chair: shank and foot upright, thigh level."""
LYING_HIP = 0.062
WALL_X: Mapping[str, float] = MappingProxyType(
    {"wall-stretch-straight": 0.475, "wall-stretch-bent": 0.395, "heel-raise": 0.34}
)
RAIL: Mapping[str, Point] = MappingProxyType(
    {
        "standing-heel-flat": (0.335, -0.600),
        "get-up": (0.46, -0.55),
        "hamstring-stretch": (0.315, -0.590),
        "heel-drop": (0.23, -0.68),
    }
)
"""What the near hand holds on to; the far one, on the chairs, by `APART` farther away."""
APART: Point = (0.040, -0.016)
LEGS_ON_BED = frozenset({"active-dorsiflexion", "towel-stretch", "circle-massage", "stroke-massage", "rest"})
"""Scenes in which the whole body is on the bed."""
SURFACES: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {
        **dict.fromkeys(LEGS_ON_BED, (-0.63, 0.61, -BED)),
        "get-up": (-0.46, 0.075, -BED),
        "seated-hamstring": (-0.46, 0.0, -BED),
        **dict.fromkeys(("ankle-pumps", "heat-pack", "ice-pack"), (-0.16, 0.125, -SEAT)),
    }
)
"""What one sits or lies on in each scene: from x to x, at y."""
HANGING = ArmAngles(2.0, 12.0, 4.0)
_FARTHEST = UPPER_ARM + FOREARM - 1e-3
_SOFT = 0.320  # elbows a little bent
_NEAREST = 0.1


def planted(x: float, foot_deg: float, knee: float, ankle: float, *, pitch: float) -> Posture:
    """Standing on the near foot, its ball where a foot flat at ankle `x` has it."""
    ball = (x + BALL[0], BALL[1])
    ankle_at = turned((x, ANKLE[1]), ball, foot_deg)
    shank = foot_deg - ankle
    hip = along(along(ankle_at, shank + 180.0, SHANK), shank + knee + 180.0, THIGH)
    leg = LegAngles(wrapped(shank + knee + pitch), knee, ankle, -foot_deg)
    return Posture(hip, pitch, 0.0, 0.0, leg, leg, HANGING, HANGING)


def sitting(hip: Point, thigh_deg: float, knee: float, ankle: float) -> Posture:
    """Sitting upright, both thighs in direction `thigh_deg`."""
    leg = LegAngles(thigh_deg, knee, ankle)
    return Posture(hip, 0.0, 0.0, 0.0, leg, leg, HANGING, HANGING)


def heel_on(hip: Point, knee: float, ankle: float, surface: float) -> float:
    """The thigh's direction with which the near foot just rests on `surface` (y)."""
    low, high = knee / 2 + 1.0, min(179.0, 110.0 + knee)
    for _ in range(24):  # of 180 degrees a hundred-thousandth is left
        middle = (low + high) / 2
        shank = middle - knee
        foot = hip[1] + THIGH * cos(radians(middle)) + SHANK * cos(radians(shank)) + lowest(shank + ankle)
        low, high = (middle, high) if foot > surface else (low, middle)
    return (low + high) / 2


def leaning(body: Posture, pitch: float) -> Posture:
    """`body` with the pelvis leaning forward by `pitch`, legs where they were."""
    more = pitch - body.pelvis_deg
    near, far = (leg._replace(hip=leg.hip + more) for leg in (body.near_leg, body.far_leg))
    return body._replace(pelvis_deg=pitch, near_leg=near, far_leg=far)


def stepping(body: Posture, x: float) -> Posture:
    """`body` with the far foot flat at ankle `x`, or as near to it as the leg reaches."""
    hip = body.pelvis[0] + body.turn
    height = ANKLE[1] - body.pelvis[1] - body.drop
    reach = sqrt(max((THIGH + SHANK - 1e-4) ** 2 - height**2, 0.0))
    ankle = (min(max(x, hip - reach), hip + reach), ANKLE[1])
    return body._replace(far_leg=reaching_leg(body, ankle))


def pushing(body: Posture, wall: float) -> Posture:
    """`body` with both palms on the wall, leaning as little more or less as it takes to reach it."""
    for step in range(60):
        for sign in (1.0, -1.0):
            tried = leaning(body, body.pelvis_deg + sign * step)
            start = shoulder(tried)
            hands = (wall - 0.0145, start[1] + 0.020)
            if _NEAREST < hypot(hands[0] - start[0], hands[1] - start[1]) < _SOFT:
                near = reaching_arm(tried, hands, 180.0)
                far = reaching_arm(tried, within_reach(start, (hands[0], hands[1] - 0.052)), 180.0)
                return tried._replace(near_arm=near, far_arm=far, near_hand="flat", far_hand="flat_far")
    return body


def holding(body: Posture, rail: Point, hand_deg: float, *, apart: Point) -> Posture:
    """`body` with both hands round `rail`, the far one `apart` from the near, or as near as arms reach."""
    arms = [
        reaching_arm(body, within_reach(shoulder(body), along(at, hand_deg + 180.0, PALM)), hand_deg)
        for at in (rail, (rail[0] + apart[0], rail[1] + apart[1]))
    ]
    return body._replace(near_arm=arms[0], far_arm=arms[1], near_hand="grip", far_hand="grip")


def within_reach(start: Point, at: Point) -> Point:
    """`at`, or the nearest place to it where a wrist can be with the shoulder at `start`."""
    span = hypot(at[0] - start[0], at[1] - start[1])
    share = min(max(span, _NEAREST), _FARTHEST) / span
    return (start[0] + (at[0] - start[0]) * share, start[1] + (at[1] - start[1]) * share)


def thigh_deg(body: Posture) -> float:
    """The direction of the near thigh."""
    return body.near_leg.hip - body.pelvis_deg
