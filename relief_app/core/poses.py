"""The exercises as postures: each is built from its stated angles and from what the body touches.

A builder gets the eased phase and the near leg's knee flexion and dorsiflexion, and answers with a
posture whose contacts hold: planted feet stay, hands stay on walls and rails, the body rests on its
seat. Heights and angles after clinical content, sections 2 and 8.
"""

from collections.abc import Callable, Mapping
from math import cos, pi, sin
from types import MappingProxyType
from typing import NamedTuple

from relief_app.core.anatomy import Zone
from relief_app.core.skeleton import (
    ANKLE,
    PALM,
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
    wrapped,
)
from relief_app.core.stances import (
    APART,
    BED,
    CHAIR_HIP,
    HANGING,
    LYING_HIP,
    RAIL,
    SEAT,
    SITTING_HIP,
    STEP,
    STOOL,
    WALL_X,
    heel_on,
    holding,
    leaning,
    planted,
    pushing,
    sitting,
    stepping,
    thigh_deg,
    within_reach,
)

Builder = Callable[[float, float, float], Posture]
"""Eased phase, knee flexion and dorsiflexion in degrees -> posture."""


class Pose(NamedTuple):
    """How an exercise is drawn: its builder and the near leg's angles (degrees) at phase 0 and 1."""

    build: Builder
    knee_from: float
    dorsiflexion_from: float
    knee_deg: float
    dorsiflexion_deg: float
    cyclic: bool = False
    zones: Mapping[Zone, Builder] = MappingProxyType({})
    """Builders that stand in where one zone of the calf is worked on."""
    swift: bool = False
    """The way is farther begun than ended: so counted movements are seen from their first half on."""

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
    far = reaching_leg(body, (0.315, -BED + ANKLE[1] - 0.014), 0.0)
    arm = reaching_arm(body, (shoulder(body)[0] + 0.327, -BED - 0.024), 84.0)
    return body._replace(far_leg=far, near_arm=arm, far_arm=arm, near_hand="rest", far_hand="rest")


def _reclined(hip: Point, knee: float, ankle: float, surface: float) -> Posture:
    thigh = heel_on(hip, knee, ankle, surface)
    leg = LegAngles(wrapped(thigh - 90.0), knee, ankle)
    return Posture(hip, -90.0, 0.0, 0.0, leg, leg, HANGING, HANGING)


def _resting(_s: float, knee: float, ankle: float) -> Posture:
    body = _reclined((0.0, -BED - LYING_HIP), knee, ankle, -BED - 0.115)
    body = body._replace(trunk_deg=4.0, neck_deg=16.0, near_hand="rest", far_hand="rest")
    leg = reaching_leg(body, (0.425, -BED - 0.160), 86.0)
    near = reaching_arm(body, on_trunk(body, (0.108, -0.618)), 80.0)
    far = reaching_arm(body, on_trunk(body, (0.110, -0.590)), 80.0)
    return body._replace(far_leg=leg, near_arm=near, far_arm=far)


def _towel(s: float, knee: float, ankle: float) -> Posture:
    hip = (0.0, -BED - SITTING_HIP)
    body = sitting(hip, heel_on(hip, knee, ankle, -BED), knee, ankle)
    body = leaning(body._replace(trunk_deg=13.0, neck_deg=6.0), -5.0 - 3.0 * s)
    body = body._replace(far_leg=reaching_leg(body, (0.402, -BED - lowest(8.0) - 0.010), 8.0))
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
    body = planted(0.0, -10.5 * (1.0 - s), knee, ankle, pitch=9.0 - 1.0 * s)
    body = stepping(body._replace(turn=0.062, drop=0.014, neck_deg=6.0), 0.190)
    return holding(body, RAIL["standing-heel-flat"], 72.0, apart=APART)


def _wall_straight(s: float, knee: float, ankle: float) -> Posture:
    body = planted(0.0, 0.0, knee, ankle, pitch=4.0 + 9.0 * s)
    body = body._replace(turn=0.052, drop=0.014, neck_deg=-4.0)
    wall = WALL_X["wall-stretch-straight"]
    return pushing(stepping(body, min(max(0.24, 0.011 * ankle + 0.13), wall - _TOES)), wall)


def _wall_bent(s: float, knee: float, ankle: float) -> Posture:
    body = planted(0.0, 0.0, knee, ankle, pitch=8.0 + 12.0 * s)
    body = body._replace(turn=0.052, drop=0.014, neck_deg=-10.0 - 10.0 * s)
    wall = WALL_X["wall-stretch-bent"]
    return pushing(stepping(body, min(max(0.19, 0.010 * ankle + 0.04), wall - _TOES)), wall)


_TOES = 0.135
"""A front foot's ankle stays this far from the wall: its toes do not go into it."""


def _get_up(s: float, knee: float, ankle: float) -> Posture:
    feet = 0.21
    stood = planted(feet, 0.0, knee, ankle, pitch=3.0)
    sat = (0.0, -BED - SITTING_HIP)
    rise, forward = s * s * (3 - 2 * s), 1 - (1 - s) ** 1.8
    hip = (sat[0] + (stood.pelvis[0] - sat[0]) * forward, sat[1] + (stood.pelvis[1] - sat[1]) * rise)
    body = stood._replace(pelvis=hip, pelvis_deg=3.0 * s + 24.0 * sin(pi * s), turn=0.05)
    body = body._replace(trunk_deg=6.0 + 12.0 * sin(pi * s), neck_deg=4.0 - 14.0 * sin(pi * s))
    near = reaching_leg(body, (feet, ANKLE[1]), far=False)
    body = body._replace(near_leg=near, far_leg=reaching_leg(body, (feet + 0.085, ANKLE[1])))
    return _grasping(body, s)


def _grasping(body: Posture, s: float) -> Posture:
    """Hands press on the thighs while the body rises, then they take hold of the chair's back."""
    share = min(max(s / 0.4 - 1.25, 0.0), 1.0)
    share = share * share * (3 - 2 * share)
    rail = along(RAIL["get-up"], 242.0, PALM)
    hand = "grip" if share > 0.9 else "rest"
    arms = []
    for far in (False, True):
        leg = body.far_leg if far else body.near_leg
        lap = on_thigh(body, (0.078, -0.41 + 0.05 * min(s / 0.5, 1.0)), far=far)
        bar = (rail[0] + APART[0] * far, rail[1] + APART[1] * far)
        at = (lap[0] + (bar[0] - lap[0]) * share, lap[1] + (bar[1] - lap[1]) * share)
        deg = (leg.hip - body.pelvis_deg - 6.0) * (1.0 - share) + 62.0 * share
        arms.append(reaching_arm(body, within_reach(shoulder(body), at), deg))
    return body._replace(near_arm=arms[0], far_arm=arms[1], near_hand=hand, far_hand=hand)


def _heel_on_chair(s: float, knee: float, ankle: float) -> Posture:
    height = -0.5225
    thigh = heel_on((0.0, height), knee, ankle, -SEAT)
    body = sitting((0.0, height), thigh, knee, ankle)
    body = moved(body, 0.437 - on_leg(body, ANKLE)[0], 0.0)
    body = leaning(body._replace(trunk_deg=4.0 + 6.0 * s, neck_deg=2.0), 8.0 + 22.0 * s)
    body = body._replace(far_leg=reaching_leg(body, (-0.015, ANKLE[1])))
    at = on_thigh(body, (0.0765, -0.43 + 0.03 * s))
    near = reaching_arm(body, within_reach(shoulder(body), at), thigh_deg(body) - 9.0)
    far = reaching_arm(body, along(RAIL["hamstring-stretch"], 230.0, PALM), 50.0)
    return body._replace(near_arm=near, far_arm=far, near_hand="rest", far_hand="grip")


def _leg_straight_out(s: float, knee: float, ankle: float) -> Posture:
    hip = (0.0, -BED - SITTING_HIP)
    body = sitting(hip, heel_on(hip, knee, ankle, 0.0), knee, ankle)
    body = moved(body, 0.40 - on_leg(body, ANKLE)[0], 0.0)
    body = leaning(body._replace(trunk_deg=4.0 + 6.0 * s, neck_deg=0.0), 2.0 + 26.0 * s)
    body = body._replace(turn=0.02, far_leg=reaching_leg(body, (0.19, ANKLE[1])))
    near = reaching_arm(body, on_thigh(body, (0.0765, -0.440 + 0.02 * s)), thigh_deg(body) - 9.0)
    far_deg = body.far_leg.hip - body.pelvis_deg - 7.0
    far = reaching_arm(body, on_thigh(body, (0.0765, -0.395 + 0.04 * s), far=True), far_deg)
    return body._replace(near_arm=near, far_arm=far, near_hand="rest", far_hand="rest")


def _circling(s: float, knee: float, ankle: float) -> Posture:
    turn = 2 * pi * s
    return _massaging(0.190 + 0.017 * sin(turn), 0.007 * cos(turn), knee, ankle)


def _circling_outside(s: float, knee: float, ankle: float) -> Posture:
    body = _circling(s, knee, ankle)
    far = reaching_arm(body, on_thigh(body, (0.078, -0.370), far=True), _leg_deg(body.far_leg, body))
    return body._replace(far_arm=far, far_hand="rest")


def _circling_inside(s: float, knee: float, ankle: float) -> Posture:
    body = _circling(s, knee, ankle)
    near = reaching_arm(body, on_thigh(body, (0.078, -0.370)), _leg_deg(body.near_leg, body))
    return body._replace(near_arm=near, near_hand="rest")


def _leg_deg(leg: LegAngles, body: Posture) -> float:
    """The direction of a hand that lies on the thigh of `leg`."""
    return leg.hip - body.pelvis_deg - 7.0


def _circling_low(s: float, knee: float, ankle: float) -> Posture:
    turn = 2 * pi * s
    return _massaging(0.142 + 0.012 * sin(turn), 0.006 * cos(turn), knee, ankle)


def _stroking(s: float, knee: float, ankle: float) -> Posture:
    return _massaging(0.134 + 0.074 * s, 0.0, knee, ankle)


def _massaging(height: float, slide: float, knee: float, ankle: float) -> Posture:
    """Wrists over the shin, fingers round the belly at `height` of the shank, `slide` farther round."""
    hip = (0.0, -BED - SITTING_HIP)
    body = sitting(hip, heel_on(hip, knee, ankle, -BED), knee, ankle)
    body = body._replace(trunk_deg=44.0 - 90.0 * height, neck_deg=8.0, near_hand="wrap", far_hand="wrap")
    body = leaning(body, 12.0)
    leg = LegAngles(wrapped(heel_on(hip, 4.0, -34.0, -BED) + body.pelvis_deg), 4.0, -34.0)
    across = direction(on_shank(body, (0.1, -height)), on_shank(body, (0.0, -height)))
    near, far = (
        reaching_arm(body, within_reach(shoulder(body), on_shank(body, wrist)), across + tilt)
        for wrist, tilt in (((0.046 - slide, -height), 12.0), ((0.054, -max(height - 0.050, 0.104)), 6.0))
    )
    return body._replace(far_leg=leg, near_arm=near, far_arm=far)


def _ankle_pump(s: float, knee: float, ankle: float) -> Posture:
    hip = (0.0, -SEAT - CHAIR_HIP)
    body = sitting(hip, heel_on(hip, knee, ankle, 0.0), knee, ankle)
    body = leaning(body._replace(trunk_deg=4.0, neck_deg=8.0), 0.0)
    leg = body.near_leg._replace(toes=38.0 * s)
    body = body._replace(turn=0.02, near_leg=leg, far_leg=reaching_leg(body, (0.105, ANKLE[1])))
    far = reaching_arm(body, on_thigh(body, (0.092, -0.380)), thigh_deg(body) - 8.0)
    return _hands_in_lap(body)._replace(far_arm=far)


def _heel_on_stool(_s: float, knee: float, ankle: float) -> Posture:
    hip = (0.0, -SEAT - CHAIR_HIP)
    body = sitting(hip, heel_on(hip, knee, ankle, -STOOL), knee, ankle)
    body = leaning(body._replace(trunk_deg=5.0, neck_deg=10.0), -5.0)
    body = body._replace(turn=0.02, far_leg=reaching_leg(body, (0.19, ANKLE[1])))
    return _hands_in_lap(body)


def _hands_in_lap(body: Posture) -> Posture:
    deg = thigh_deg(body)
    near = reaching_arm(body, on_thigh(body, (0.078, -0.425)), deg - 6.0)
    far = reaching_arm(body, on_thigh(body, (0.081, -0.372), far=True), deg - 4.0)
    return body._replace(near_arm=near, far_arm=far, near_hand="rest", far_hand="rest")


def _heel_drop(_s: float, knee: float, ankle: float) -> Posture:
    foot = min(max(ankle, -25.0), 25.0)
    body = moved(planted(0.0, foot, knee, ankle, pitch=2.0), 0.0, -STEP)
    body = body._replace(turn=0.045, drop=0.006, neck_deg=8.0)
    body = body._replace(far_leg=reaching_leg(body, (0.125, ANKLE[1] - STEP)))
    return holding(body, RAIL["heel-drop"], 75.0, apart=(0.050, -0.020))


def _heel_raise(_s: float, knee: float, ankle: float) -> Posture:
    foot = min(ankle, 0.0)
    body = planted(0.0, foot, knee, ankle, pitch=2.0)
    body = body._replace(far_leg=body.near_leg, turn=0.046, neck_deg=2.0)
    return pushing(body, WALL_X["heel-raise"])


_HIP_CURVE = (20.0, 20.0, 14.0, 5.0, -3.0, -12.0, -5.0, 10.0, 22.0, 23.0)
_KNEE_CURVE = (4.0, 9.0, 12.0, 7.0, 5.0, 18.0, 40.0, 56.0, 42.0, 13.0)
_ANKLE_CURVE = (2.0, -6.0, 3.0, 7.0, 9.0, 7.0, -12.0, -6.0, 1.0, 3.0)
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


POSES: Mapping[str, Pose] = MappingProxyType(
    {
        "active-dorsiflexion": Pose(_lying, 4.0, -18.0, 0.0, 5.0),
        "towel-stretch": Pose(_towel, 3.0, -14.0, 0.0, 4.0),
        "standing-heel-flat": Pose(_heel_flat, 28.0, 1.0, 0.0, 5.0),
        "wall-stretch-straight": Pose(_wall_straight, 0.0, 7.0, 0.0, 10.0),
        "wall-stretch-bent": Pose(_wall_bent, 40.0, 12.0, 45.0, 15.0),
        "get-up": Pose(_get_up, 0.0, 0.0, 0.0, 0.0),
        "hamstring-stretch": Pose(_heel_on_chair, 18.0, -8.0, 0.0, 0.0),
        "seated-hamstring": Pose(_leg_straight_out, 18.0, -10.0, 0.0, 0.0),
        "circle-massage": Pose(
            _circling,
            30.0,
            0.0,
            30.0,
            0.0,
            cyclic=True,
            zones=MappingProxyType(
                {Zone.MEDIAL: _circling_inside, Zone.LATERAL: _circling_outside, Zone.LOWER: _circling_low}
            ),
        ),
        "stroke-massage": Pose(_stroking, 30.0, 0.0, 30.0, 0.0, cyclic=True),
        "ankle-pumps": Pose(_ankle_pump, 90.0, 0.0, 90.0, 10.0, swift=True),
        "rest": Pose(_resting, 16.0, -8.0, 20.0, 0.0),
        "easy-walk": Pose(_walking, 4.0, 2.0, 4.0, 2.0, cyclic=True),
        "heat-pack": Pose(_heel_on_stool, 24.0, -8.0, 20.0, 0.0),
        "ice-pack": Pose(_heel_on_stool, 24.0, -8.0, 20.0, 0.0),
        "heel-drop": Pose(_heel_drop, 0.0, 0.0, 0.0, 10.0, swift=True),
        "heel-raise": Pose(_heel_raise, 0.0, 0.0, 0.0, -30.0, swift=True),
    }
)
