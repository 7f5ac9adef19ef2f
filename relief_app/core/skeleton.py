"""The skeleton in side view: segment lengths, joint ranges, and angles to positions and back.

Units are statures, x forward, y down (the floor is y = 0, so a height h is y = -h). Angles are in
degrees; a direction of 0 points straight down, positive turns forward (down -> forward -> up), which
is the way hip flexion, elbow flexion and dorsiflexion turn. Lengths after Drillis & Contini 1966, as
tabled in Winter, Biomechanics and Motor Control of Human Movement, 2009.
"""

from collections.abc import Mapping
from math import acos, atan2, cos, degrees, hypot, radians, sin
from types import MappingProxyType
from typing import NamedTuple

Point = tuple[float, float]

THIGH, SHANK, UPPER_ARM, FOREARM, HAND = 0.245, 0.246, 0.186, 0.146, 0.108
# The standing skeleton; every joint lies where the measured outline has it.
HIP: Point = (0.0, -0.530)
KNEE: Point = (0.0, -0.285)
ANKLE: Point = (0.0, -0.039)
BALL: Point = (0.076, -0.010)
HEEL: Point = (-0.033, 0.0)
TOE: Point = (0.119, 0.0)
LUMBAR: Point = (-0.012, -0.600)
THORACIC: Point = (-0.022, -0.710)
NECK: Point = (-0.010, -0.850)
SHOULDER: Point = (-0.004, -0.818)
ELBOW: Point = (-0.004, -0.632)
WRIST: Point = (-0.004, -0.486)
PALM = 0.046
"""From the wrist to the middle of the closed hand."""
SOLE: tuple[Point, ...] = ((-0.036, -0.015), (-0.031, -0.005), (-0.022, 0.0), (0.080, 0.0), (0.112, -0.001))
"""Where the standing foot touches the ground, from the back of the heel to the toes."""

RANGES: Mapping[str, tuple[float, float]] = MappingProxyType(
    {
        "hip": (-20.0, 120.0),
        "knee": (0.0, 135.0),
        "ankle": (-50.0, 39.0),
        "toes": (-25.0, 70.0),
        "shoulder": (-60.0, 180.0),
        "elbow": (0.0, 150.0),
        "wrist": (-90.0, 90.0),
        "trunk": (-25.0, 80.0),
        "neck": (-60.0, 60.0),
    }
)
"""Degrees a joint may take, 0 = standing (AAOS normal values; ankle loaded with the knee bent)."""


class LegAngles(NamedTuple):
    """Joint angles of one leg: hip flexion, knee flexion, ankle dorsiflexion, toe extension."""

    hip: float
    knee: float
    ankle: float
    toes: float = 0.0


class ArmAngles(NamedTuple):
    """Joint angles of one arm: shoulder flexion, elbow flexion, wrist (positive as the elbow turns)."""

    shoulder: float
    elbow: float
    wrist: float = 0.0


class Posture(NamedTuple):
    """A whole body: where the near hip is, all joint angles, and what hands and props are doing.

    `pelvis_deg` is how far the pelvis leans forward of upright (-90 = lying on the back), `trunk_deg`
    and `neck_deg` bend spine and neck forward on it. `turn` is how far the far hip stands in front of
    the near one, and `drop` how far below it. `near_hand` and `far_hand` say what the hands do: relaxed,
    flat, rest, grip, fist or wrap. `scene` names the exercise whose props are about; `phase` and `breath`
    are what the posture was made for.
    """

    pelvis: Point
    pelvis_deg: float
    trunk_deg: float
    neck_deg: float
    near_leg: LegAngles
    far_leg: LegAngles
    near_arm: ArmAngles
    far_arm: ArmAngles
    turn: float = 0.0
    near_hand: str = "relaxed"
    far_hand: str = "relaxed"
    scene: str = ""
    phase: float = 1.0
    breath: float = 0.0
    drop: float = 0.0


class Landmarks(NamedTuple):
    """Joints of the near leg, and the two ends of its sole."""

    hip: Point
    knee: Point
    ankle: Point
    heel: Point
    toe: Point


def turned(point: Point, pivot: Point, deg: float) -> Point:
    """`point` turned about `pivot` by `deg`."""
    c, s = cos(radians(deg)), sin(radians(deg))
    x, y = point[0] - pivot[0], point[1] - pivot[1]
    return (pivot[0] + x * c + y * s, pivot[1] - x * s + y * c)


def along(start: Point, deg: float, length: float) -> Point:
    """The point `length` away from `start` in direction `deg`."""
    return (start[0] + length * sin(radians(deg)), start[1] + length * cos(radians(deg)))


def direction(start: Point, end: Point) -> float:
    """The direction from `start` to `end`."""
    return degrees(atan2(end[0] - start[0], end[1] - start[1]))


def on_leg(posture: Posture, point: Point, *, far: bool = False) -> Point:
    """Where a point fixed to the foot (given on the standing skeleton) is in `posture`."""
    leg = posture.far_leg if far else posture.near_leg
    return on_shank(posture, turned(point, ANKLE, leg.ankle), far=far)


def on_shank(posture: Posture, point: Point, *, far: bool = False) -> Point:
    """Where a point fixed to the shank (given on the standing skeleton) is in `posture`."""
    leg = posture.far_leg if far else posture.near_leg
    return on_thigh(posture, turned(point, KNEE, -leg.knee), far=far)


def on_thigh(posture: Posture, point: Point, *, far: bool = False) -> Point:
    """Where a point fixed to the thigh (given on the standing skeleton) is in `posture`."""
    leg = posture.far_leg if far else posture.near_leg
    x, y = turned(point, HIP, leg.hip - posture.pelvis_deg)
    ahead, below = (posture.turn, posture.drop) if far else (0.0, 0.0)
    return (x + posture.pelvis[0] - HIP[0] + ahead, y + posture.pelvis[1] - HIP[1] + below)


def on_trunk(posture: Posture, point: Point) -> Point:
    """Where a point fixed to the rib cage (given on the standing skeleton) is in `posture`."""
    half = posture.trunk_deg / 2
    bent = turned(turned(point, THORACIC, -half), LUMBAR, -half)
    x, y = turned(bent, HIP, -posture.pelvis_deg)
    return (x + posture.pelvis[0] - HIP[0], y + posture.pelvis[1] - HIP[1])


def shoulder(posture: Posture) -> Point:
    """The shoulder joint; near and far lie behind each other."""
    return on_trunk(posture, SHOULDER)


def wrist(posture: Posture, *, far: bool = False) -> Point:
    """The wrist of one arm."""
    arm = posture.far_arm if far else posture.near_arm
    upper = arm.shoulder - posture.pelvis_deg - posture.trunk_deg
    elbow = along(shoulder(posture), upper, UPPER_ARM)
    return along(elbow, upper + arm.elbow, FOREARM)


def palm(posture: Posture, *, far: bool = False) -> Point:
    """The middle of one closed hand."""
    arm = posture.far_arm if far else posture.near_arm
    hand = arm.shoulder - posture.pelvis_deg - posture.trunk_deg + arm.elbow + arm.wrist
    return along(wrist(posture, far=far), hand, PALM)


def fingertips(posture: Posture, *, far: bool = False) -> Point:
    """The end of one stretched-out hand."""
    at, middle = wrist(posture, far=far), palm(posture, far=far)
    return (at[0] + (middle[0] - at[0]) * HAND / PALM, at[1] + (middle[1] - at[1]) * HAND / PALM)


def landmarks(posture: Posture) -> Landmarks:
    """Hip, knee, ankle, heel and toe of the near leg.

    Heel to toe is the sole's direction. When the toes bend the sole ends at the ball, so the toe
    point slides back along the sole to it rather than leave the sole or the ground.
    """
    bent = min(abs(posture.near_leg.toes) / 12.0, 1.0)
    toe = (TOE[0] + (BALL[0] - TOE[0]) * bent, TOE[1])
    return Landmarks(
        posture.pelvis,
        on_thigh(posture, KNEE),
        on_shank(posture, ANKLE),
        on_leg(posture, HEEL),
        on_leg(posture, toe),
    )


def lowest(foot_deg: float, toes_deg: float = 0.0) -> float:
    """How far the lowest point of a foot lies below its ankle; the foot is turned by `foot_deg`."""
    points = [turned(p, BALL, toes_deg) if toes_deg and p[0] >= BALL[0] else p for p in SOLE]
    return max(turned(p, ANKLE, foot_deg)[1] for p in points) - ANKLE[1]


def foot_low(posture: Posture, *, far: bool = False) -> float:
    """The y of the lowest point of one foot."""
    leg = posture.far_leg if far else posture.near_leg
    foot = leg.hip - posture.pelvis_deg - leg.knee + leg.ankle
    return on_leg(posture, ANKLE, far=far)[1] + lowest(foot, leg.toes)


def bent_chain(start: Point, end: Point, first: float, second: float) -> tuple[float, float]:
    """Two bones from `start` to `end`: the angle the first leads by, and the angle between them.

    Out of reach, the chain is stretched as far as it goes.
    """
    span = min(max(hypot(end[0] - start[0], end[1] - start[1]), abs(first - second) + 1e-9), first + second)
    lead = degrees(acos(_unit((first**2 + span**2 - second**2) / (2 * first * span))))
    fold = 180.0 - degrees(acos(_unit((first**2 + second**2 - span**2) / (2 * first * second))))
    return lead, fold


def reaching_leg(posture: Posture, ankle: Point, foot_deg: float = 0.0, *, far: bool = True) -> LegAngles:
    """Angles with which a leg of `posture` has its ankle at `ankle` and its foot turned by `foot_deg`."""
    ahead, below = (posture.turn, posture.drop) if far else (0.0, 0.0)
    hip = (posture.pelvis[0] + ahead, posture.pelvis[1] + below)
    lead, knee = bent_chain(hip, ankle, THIGH, SHANK)
    thigh = direction(hip, ankle) + lead
    return LegAngles(wrapped(thigh + posture.pelvis_deg), knee, wrapped(foot_deg - (thigh - knee)))


def reaching_arm(posture: Posture, wrist_at: Point, hand_deg: float) -> ArmAngles:
    """Angles with which an arm of `posture` has its wrist at `wrist_at`, the hand toward `hand_deg`."""
    start = shoulder(posture)
    lead, elbow = bent_chain(start, wrist_at, UPPER_ARM, FOREARM)
    upper = direction(start, wrist_at) - lead
    low, high = RANGES["wrist"]
    bend = min(max(wrapped(hand_deg - upper - elbow), low), high)
    return ArmAngles(wrapped(upper + posture.pelvis_deg + posture.trunk_deg), elbow, bend)


def moved(posture: Posture, dx: float, dy: float) -> Posture:
    """`posture` with the whole body moved."""
    return posture._replace(pelvis=(posture.pelvis[0] + dx, posture.pelvis[1] + dy))


def wrapped(deg: float) -> float:
    """`deg` brought into -180..180."""
    return (deg + 180.0) % 360.0 - 180.0


def _unit(value: float) -> float:
    return min(max(value, -1.0), 1.0)
