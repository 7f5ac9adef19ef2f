"""The exercises as postures: each is built from its stated angles and from what the body touches.

A builder gets the eased phase and the near leg's knee flexion and dorsiflexion, and answers with a
posture whose contacts hold: planted feet stay, hands stay on walls and rails, the body rests on its
seat. Heights and angles after clinical content, sections 2 and 8.
"""

from collections.abc import Callable, Mapping
from math import cos, hypot, pi, radians, sin, sqrt
from types import MappingProxyType
from typing import NamedTuple

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
    direction,
    foot_low,
    lowest,
    moved,
    on_leg,
    on_shank,
    on_thigh,
    on_trunk,
    reaching_arm,
    reaching_leg,
    shoulder,
    turned,
    wrapped,
)

Builder = Callable[[float, float, float], Posture]
"""Eased phase, knee flexion and dorsiflexion in degrees -> posture."""

BED, SEAT, STOOL, STEP = 0.27, 0.23, 0.13, 0.10
"""Heights of mattress, chair, stool and step in statures (40-47 cm for a seat)."""
SITTING_HIP = 0.055
"""The hip joint lies this far above what one sits on."""
LYING_HIP = 0.062
WALL_X: Mapping[str, float] = MappingProxyType(
    {"wall-stretch-straight": 0.44, "wall-stretch-bent": 0.37, "heel-raise": 0.34}
)
RAIL: Mapping[str, Point] = MappingProxyType(
    {
        "standing-heel-flat": (0.25, -0.55),
        "get-up": (0.43, -0.55),
        "hamstring-stretch": (0.25, -0.60),
        "heel-drop": (0.27, -0.66),
    }
)
"""What a hand holds on to, seen end on."""
LEGS_ON_BED = frozenset({"active-dorsiflexion", "towel-stretch", "circle-massage", "stroke-massage", "rest"})
"""Scenes in which the whole body is on the bed."""
SURFACES: Mapping[str, tuple[float, float, float]] = MappingProxyType(
    {
        **dict.fromkeys(LEGS_ON_BED, (-0.63, 0.61, -BED)),
        **dict.fromkeys(("get-up", "seated-hamstring"), (-0.44, 0.035, -BED)),
        **dict.fromkeys(("ankle-pumps", "heat-pack", "ice-pack"), (-0.16, 0.125, -SEAT)),
    }
)
"""What one sits or lies on in each scene: from x to x, at y."""
HANGING = ArmAngles(2.0, 12.0, 4.0)
_FARTHEST = UPPER_ARM + FOREARM - 1e-3
_SOFT = 0.320  # elbows a little bent
_NEAREST = 0.1


class Pose(NamedTuple):
    """How an exercise is drawn: its builder and the near leg's angles (degrees) at phase 0 and 1."""

    build: Builder
    knee_from: float
    dorsiflexion_from: float
    knee_deg: float
    dorsiflexion_deg: float
    cyclic: bool = False

    def angles(self, phase: float, knee_deg: float | None, dorsiflexion_deg: float | None) -> Point:
        """Knee and ankle angle at `phase`; the arguments stand in for the stated angles of phase 1."""
        knee = self.knee_deg if knee_deg is None else knee_deg
        ankle = self.dorsiflexion_deg if dorsiflexion_deg is None else dorsiflexion_deg
        return (
            self.knee_from + (knee - self.knee_from) * phase,
            self.dorsiflexion_from + (ankle - self.dorsiflexion_from) * phase,
        )


def _lying(_s: float, knee: float, ankle: float) -> Posture:
    body = _reclined((0.0, -BED - LYING_HIP), knee, ankle, -BED)
    body = body._replace(trunk_deg=3.0, neck_deg=14.0)
    far = reaching_leg(body, (0.29, -BED + ANKLE[1]), 0.0)
    arm = reaching_arm(body, (shoulder(body)[0] + 0.327, -BED - 0.024), 84.0)
    return body._replace(far_leg=far, near_arm=arm, far_arm=arm, near_hand="rest", far_hand="rest")


def _reclined(hip: Point, knee: float, ankle: float, surface: float) -> Posture:
    thigh = _heel_on(hip, knee, ankle, surface)
    leg = LegAngles(wrapped(thigh - 90.0), knee, ankle)
    return Posture(hip, -90.0, 0.0, 0.0, leg, leg, HANGING, HANGING)


def _resting(_s: float, knee: float, ankle: float) -> Posture:
    body = _reclined((0.0, -BED - LYING_HIP), knee, ankle, -BED - 0.115)
    body = body._replace(trunk_deg=4.0, neck_deg=16.0, near_hand="rest", far_hand="rest")
    leg = body.near_leg._replace(hip=body.near_leg.hip - 1.5, knee=max(body.near_leg.knee - 3.0, 0.0))
    near = reaching_arm(body, on_trunk(body, (0.108, -0.618)), 80.0)
    far = reaching_arm(body, on_trunk(body, (0.110, -0.590)), 80.0)
    return body._replace(far_leg=leg._replace(ankle=-6.0), near_arm=near, far_arm=far)


def _towel(s: float, knee: float, ankle: float) -> Posture:
    hip = (0.0, -BED - SITTING_HIP)
    body = _sitting(hip, _heel_on(hip, knee, ankle, -BED), knee, ankle)
    body = _leaning(body._replace(trunk_deg=13.0, neck_deg=6.0), -5.0 - 3.0 * s)
    body = body._replace(far_leg=reaching_leg(body, (0.396, -BED - lowest(10.0)), 10.0))
    x, y = towel_grip(body, s)
    near = reaching_arm(body, along((x, y), 250.0, PALM), 70.0)
    far = reaching_arm(body, along((x + 0.020, y - 0.030), 245.0, PALM), 65.0)
    return body._replace(near_arm=near, far_arm=far, near_hand="fist", far_hand="fist")


def towel_grip(posture: Posture, pull: float) -> Point:
    """Where both hands hold the towel: on the line from the forefoot to the chest, `pull` 0 to 1."""
    foot, chest = on_leg(posture, (0.095, -0.02)), on_trunk(posture, (0.02, -0.69))
    share = 0.52 + 0.03 * pull
    return (foot[0] + (chest[0] - foot[0]) * share, foot[1] + (chest[1] - foot[1]) * share)


def _heel_flat(s: float, knee: float, ankle: float) -> Posture:
    body = _planted(0.0, -10.5 * (1.0 - s), knee, ankle, pitch=7.0 - 4.0 * s)
    body = _stepping(body._replace(turn=0.03, neck_deg=8.0), 0.075)
    return _holding(body, RAIL["standing-heel-flat"], 62.0, both=True)


def _wall_straight(s: float, knee: float, ankle: float) -> Posture:
    body = _planted(0.0, 0.0, knee, ankle, pitch=2.0 + 8.0 * s)
    body = body._replace(turn=0.045, neck_deg=-4.0)
    return _pushing(_stepping(body, 0.13), WALL_X["wall-stretch-straight"])


def _wall_bent(s: float, knee: float, ankle: float) -> Posture:
    body = _planted(0.0, 0.0, knee, ankle, pitch=6.0 + 14.0 * s)
    body = body._replace(turn=0.045, neck_deg=-6.0 - 6.0 * s)
    return _pushing(_stepping(body, 0.115), WALL_X["wall-stretch-bent"])


def _get_up(s: float, knee: float, ankle: float) -> Posture:
    feet = 0.21
    stood = _planted(feet, 0.0, knee, ankle, pitch=3.0)
    sat = (0.0, -BED - SITTING_HIP)
    rise, forward = s * s * (3 - 2 * s), 1 - (1 - s) ** 1.8
    hip = (sat[0] + (stood.pelvis[0] - sat[0]) * forward, sat[1] + (stood.pelvis[1] - sat[1]) * rise)
    body = stood._replace(pelvis=hip, pelvis_deg=3.0 * s + 24.0 * sin(pi * s), turn=0.02)
    body = body._replace(trunk_deg=6.0 + 14.0 * sin(pi * s), neck_deg=4.0 - 16.0 * sin(pi * s))
    near = reaching_leg(body, (feet, ANKLE[1]), far=False)
    body = body._replace(near_leg=near, far_leg=reaching_leg(body, (feet + 0.03, ANKLE[1])))
    return _grasping(body, s)


def _grasping(body: Posture, s: float) -> Posture:
    share = min(max(s / 0.55, 0.0), 1.0)
    share = share * share * (3 - 2 * share)
    rail = along(RAIL["get-up"], 242.0, PALM)
    lap = on_thigh(body, (0.080, -0.42))
    at = (lap[0] + (rail[0] - lap[0]) * share, lap[1] + (rail[1] - lap[1]) * share)
    arm = reaching_arm(body, _within_reach(shoulder(body), at), 62.0)
    hand = "grip" if share > 0.9 else "rest"
    return body._replace(near_arm=arm, far_arm=arm, near_hand=hand, far_hand=hand)


def _heel_on_chair(s: float, knee: float, ankle: float) -> Posture:
    height = -0.5225
    thigh = _heel_on((0.0, height), knee, ankle, -SEAT)
    body = _sitting((0.0, height), thigh, knee, ankle)
    body = moved(body, 0.437 - on_leg(body, ANKLE)[0], 0.0)
    body = _leaning(body._replace(trunk_deg=4.0 + 6.0 * s, neck_deg=2.0), 2.0 + 24.0 * s)
    body = body._replace(far_leg=reaching_leg(body, (0.0, ANKLE[1])))
    at = on_thigh(body, (0.0765, -0.43 + 0.03 * s))
    near = reaching_arm(body, _within_reach(shoulder(body), at), _thigh_deg(body) - 9.0)
    far = reaching_arm(body, along(RAIL["hamstring-stretch"], 230.0, PALM), 50.0)
    return body._replace(near_arm=near, far_arm=far, near_hand="rest", far_hand="grip")


def _leg_straight_out(s: float, knee: float, ankle: float) -> Posture:
    hip = (0.0, -BED - SITTING_HIP)
    body = _sitting(hip, _heel_on(hip, knee, ankle, 0.0), knee, ankle)
    body = moved(body, 0.40 - on_leg(body, ANKLE)[0], 0.0)
    body = _leaning(body._replace(trunk_deg=4.0 + 6.0 * s, neck_deg=0.0), 2.0 + 26.0 * s)
    body = body._replace(turn=0.02, far_leg=reaching_leg(body, (0.19, ANKLE[1])))
    near = reaching_arm(body, on_thigh(body, (0.0765, -0.440 + 0.02 * s)), _thigh_deg(body) - 9.0)
    far_deg = body.far_leg.hip - body.pelvis_deg - 7.0
    far = reaching_arm(body, on_thigh(body, (0.0765, -0.430 + 0.02 * s), far=True), far_deg)
    return body._replace(near_arm=near, far_arm=far, near_hand="rest", far_hand="rest")


def _circling(s: float, knee: float, ankle: float) -> Posture:
    turn = 2 * pi * s
    return _massaging(0.190 + 0.017 * sin(turn), 0.007 * cos(turn), knee, ankle)


def _stroking(s: float, knee: float, ankle: float) -> Posture:
    return _massaging(0.134 + 0.074 * s, 0.0, knee, ankle)


def _massaging(height: float, slide: float, knee: float, ankle: float) -> Posture:
    """Wrists over the shin, fingers round the belly at `height` of the shank, `slide` farther round."""
    hip = (0.0, -BED - SITTING_HIP)
    body = _sitting(hip, _heel_on(hip, knee, ankle, -BED), knee, ankle)
    body = body._replace(trunk_deg=44.0 - 90.0 * height, neck_deg=20.0, near_hand="wrap", far_hand="wrap")
    body = _leaning(body, 12.0)
    leg = LegAngles(wrapped(_heel_on(hip, 8.0, -4.0, -BED) + body.pelvis_deg), 8.0, -4.0)
    across = direction(on_shank(body, (0.1, -height)), on_shank(body, (0.0, -height)))
    near, far = (
        reaching_arm(body, _within_reach(shoulder(body), on_shank(body, wrist)), across + tilt)
        for wrist, tilt in (((0.046 - slide, -height), 12.0), ((0.050 - slide, 0.040 - height), 6.0))
    )
    return body._replace(far_leg=leg, near_arm=near, far_arm=far)


def _ankle_pump(_s: float, knee: float, ankle: float) -> Posture:
    hip = (0.0, -SEAT - SITTING_HIP)
    body = _sitting(hip, _heel_on(hip, knee, ankle, 0.0), knee, ankle)
    body = _leaning(body._replace(trunk_deg=4.0, neck_deg=8.0), 0.0)
    body = body._replace(turn=0.02, far_leg=reaching_leg(body, (0.20, ANKLE[1])))
    return _hands_in_lap(body)


def _heel_on_stool(_s: float, knee: float, ankle: float) -> Posture:
    hip = (0.0, -SEAT - SITTING_HIP)
    body = _sitting(hip, _heel_on(hip, knee, ankle, -STOOL), knee, ankle)
    body = _leaning(body._replace(trunk_deg=5.0, neck_deg=10.0), -5.0)
    body = body._replace(turn=0.02, far_leg=reaching_leg(body, (0.19, ANKLE[1])))
    return _hands_in_lap(body)


def _hands_in_lap(body: Posture) -> Posture:
    deg = _thigh_deg(body)
    near = reaching_arm(body, on_thigh(body, (0.078, -0.425)), deg - 6.0)
    far = reaching_arm(body, on_thigh(body, (0.078, -0.405), far=True), deg - 6.0)
    return body._replace(near_arm=near, far_arm=far, near_hand="rest", far_hand="rest")


def _heel_drop(_s: float, knee: float, ankle: float) -> Posture:
    foot = min(max(ankle, -25.0), 25.0)
    body = moved(_planted(0.0, foot, knee, ankle, pitch=2.0), 0.0, -STEP)
    body = body._replace(far_leg=body.near_leg, turn=0.012, neck_deg=8.0)
    return _holding(body, RAIL["heel-drop"], 62.0, both=True)


def _heel_raise(_s: float, knee: float, ankle: float) -> Posture:
    foot = min(ankle, 0.0)
    body = _planted(0.0, foot, knee, ankle, pitch=2.0)
    body = body._replace(far_leg=body.near_leg, turn=0.012, neck_deg=2.0)
    return _pushing(body, WALL_X["heel-raise"])


_HIP_CURVE = (24.0, 21.0, 14.0, 5.0, -3.0, -9.0, -5.0, 10.0, 22.0, 26.0)
_KNEE_CURVE = (4.0, 13.0, 12.0, 7.0, 5.0, 13.0, 38.0, 56.0, 42.0, 13.0)
_ANKLE_CURVE = (2.0, -4.0, 3.0, 7.0, 9.0, 4.0, -13.0, -6.0, 1.0, 3.0)
"""Joint angles of slow walking at tenths of the gait cycle from heel strike (after Winter 2009)."""


def gait(phase: float) -> LegAngles:
    """One leg's joint angles in degrees at `phase` 0..1 of the gait cycle, 0 = heel strike."""
    hip, knee, ankle = (_around(curve, phase) for curve in (_HIP_CURVE, _KNEE_CURVE, _ANKLE_CURVE))
    foot = hip - _GAIT_PITCH - knee + ankle
    pushing = max(1.0 - abs(phase % 1.0 - 0.5) / 0.18, 0.0)
    return LegAngles(hip, knee, ankle, min(max(-foot, 0.0), 45.0) * min(2.0 * pushing, 1.0))


_GAIT_PITCH = 2.0


def _walking(s: float, knee: float, ankle: float) -> Posture:
    near, far = gait(s)._replace(knee=knee, ankle=ankle), gait(s + 0.5)
    swing = 16.0 * cos(2 * pi * s)
    body = Posture(
        (0.0, 0.0),
        _GAIT_PITCH,
        3.0,
        4.0,
        near,
        far,
        ArmAngles(-swing + 2.0, 18.0 - 6.0 * cos(2 * pi * s), 6.0),
        ArmAngles(swing + 2.0, 18.0 + 6.0 * cos(2 * pi * s), 6.0),
        turn=-0.016 * cos(2 * pi * s),
    )
    return moved(body, 0.0, -max(foot_low(body, far=far) for far in (False, True)))


def _around(curve: tuple[float, ...], phase: float) -> float:
    """A smooth periodic curve through `curve` (Catmull and Rom)."""
    place = phase % 1.0 * len(curve)
    i, t = int(place), place % 1.0
    a, b, c, d = (curve[(i + k) % len(curve)] for k in (-1, 0, 1, 2))
    return b + 0.5 * t * (c - a + t * (2 * a - 5 * b + 4 * c - d + t * (3 * (b - c) + d - a)))


def _planted(x: float, foot_deg: float, knee: float, ankle: float, *, pitch: float) -> Posture:
    """Standing on the near foot, its ball where a foot flat at ankle `x` has it."""
    ball = (x + BALL[0], BALL[1])
    ankle_at = turned((x, ANKLE[1]), ball, foot_deg)
    shank = foot_deg - ankle
    hip = along(along(ankle_at, shank + 180.0, SHANK), shank + knee + 180.0, THIGH)
    leg = LegAngles(wrapped(shank + knee + pitch), knee, ankle, -foot_deg)
    return Posture(hip, pitch, 0.0, 0.0, leg, leg, HANGING, HANGING)


def _sitting(hip: Point, thigh_deg: float, knee: float, ankle: float) -> Posture:
    leg = LegAngles(thigh_deg, knee, ankle)
    return Posture(hip, 0.0, 0.0, 0.0, leg, leg, HANGING, HANGING)


def _heel_on(hip: Point, knee: float, ankle: float, surface: float) -> float:
    """The thigh's direction with which the near foot just rests on `surface` (y)."""
    low, high = knee / 2 + 1.0, min(179.0, 110.0 + knee)
    for _ in range(24):  # of 180 degrees a hundred-thousandth is left
        middle = (low + high) / 2
        shank = middle - knee
        foot = hip[1] + THIGH * cos(radians(middle)) + SHANK * cos(radians(shank)) + lowest(shank + ankle)
        low, high = (middle, high) if foot > surface else (low, middle)
    return (low + high) / 2


def _leaning(body: Posture, pitch: float) -> Posture:
    """`body` with the pelvis leaning forward by `pitch`, legs where they were."""
    more = pitch - body.pelvis_deg
    near, far = (leg._replace(hip=leg.hip + more) for leg in (body.near_leg, body.far_leg))
    return body._replace(pelvis_deg=pitch, near_leg=near, far_leg=far)


def _stepping(body: Posture, x: float) -> Posture:
    """`body` with the far foot flat at ankle `x`, or as near to it as the leg reaches."""
    hip = body.pelvis[0] + body.turn
    reach = sqrt(max((THIGH + SHANK - 1e-4) ** 2 - (ANKLE[1] - body.pelvis[1]) ** 2, 0.0))
    ankle = (min(max(x, hip - reach), hip + reach), ANKLE[1])
    return body._replace(far_leg=reaching_leg(body, ankle))


def _pushing(body: Posture, wall: float) -> Posture:
    """`body` with both palms on the wall, leaning as little more or less as it takes to reach it."""
    for step in range(60):
        for sign in (1.0, -1.0):
            tried = _leaning(body, body.pelvis_deg + sign * step)
            start = shoulder(tried)
            hands = (wall - 0.0145, start[1] + 0.020)
            if _NEAREST < hypot(hands[0] - start[0], hands[1] - start[1]) < _SOFT:
                near = reaching_arm(tried, hands, 180.0)
                far = reaching_arm(tried, _within_reach(start, (hands[0], hands[1] - 0.052)), 180.0)
                return tried._replace(near_arm=near, far_arm=far, near_hand="flat", far_hand="flat")
    return body


def _holding(body: Posture, rail: Point, hand_deg: float, *, both: bool) -> Posture:
    at = _within_reach(shoulder(body), along(rail, hand_deg + 180.0, PALM))
    arm = reaching_arm(body, at, hand_deg)
    body = body._replace(near_arm=arm, near_hand="grip")
    return body._replace(far_arm=arm, far_hand="grip") if both else body


def _within_reach(start: Point, at: Point) -> Point:
    span = hypot(at[0] - start[0], at[1] - start[1])
    share = min(max(span, _NEAREST), _FARTHEST) / span
    return (start[0] + (at[0] - start[0]) * share, start[1] + (at[1] - start[1]) * share)


def _thigh_deg(body: Posture) -> float:
    return body.near_leg.hip - body.pelvis_deg


POSES: Mapping[str, Pose] = MappingProxyType(
    {
        "active-dorsiflexion": Pose(_lying, 4.0, -18.0, 0.0, 5.0),
        "towel-stretch": Pose(_towel, 3.0, -14.0, 0.0, 4.0),
        "standing-heel-flat": Pose(_heel_flat, 28.0, 1.0, 0.0, 5.0),
        "wall-stretch-straight": Pose(_wall_straight, 0.0, 5.0, 0.0, 10.0),
        "wall-stretch-bent": Pose(_wall_bent, 30.0, 8.0, 45.0, 15.0),
        "get-up": Pose(_get_up, 0.0, 0.0, 0.0, 0.0),
        "hamstring-stretch": Pose(_heel_on_chair, 18.0, -8.0, 0.0, 0.0),
        "seated-hamstring": Pose(_leg_straight_out, 18.0, -10.0, 0.0, 0.0),
        "circle-massage": Pose(_circling, 30.0, 0.0, 30.0, 0.0, cyclic=True),
        "stroke-massage": Pose(_stroking, 30.0, 0.0, 30.0, 0.0, cyclic=True),
        "ankle-pumps": Pose(_ankle_pump, 90.0, 0.0, 90.0, 10.0),
        "rest": Pose(_resting, 16.0, -8.0, 20.0, 0.0),
        "easy-walk": Pose(_walking, 4.0, 2.0, 4.0, 2.0, cyclic=True),
        "heat-pack": Pose(_heel_on_stool, 24.0, -8.0, 20.0, 0.0),
        "ice-pack": Pose(_heel_on_stool, 24.0, -8.0, 20.0, 0.0),
        "heel-drop": Pose(_heel_drop, 0.0, 0.0, 0.0, 10.0),
        "heel-raise": Pose(_heel_raise, 0.0, 0.0, 0.0, -30.0),
    }
)
