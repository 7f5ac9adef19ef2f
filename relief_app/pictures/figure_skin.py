"""Bends the standing outline into a posture (linear blend skinning, blended by angle).

A point near a joint turns by a share of the joint's angle that grows from 0 to 1 along the limb.
Sharing the angle instead of averaging positions keeps a knee or a buttock round on its outer side;
on the bent side the outline folds into itself, which a filled path hides.
"""

from collections.abc import Iterable
from math import cos, radians, sin

from relief_app.core.skeleton import (
    ANKLE,
    BALL,
    ELBOW,
    HIP,
    KNEE,
    LUMBAR,
    NECK,
    SHOULDER,
    THORACIC,
    WRIST,
    Posture,
    shoulder,
)
from relief_app.pictures.shapes import Point


class Joint:
    """A hinge of the standing body: points turn about `pivot` by a share of `deg`."""

    __slots__ = ("c", "deg", "px", "py", "s")

    def __init__(self, pivot: Point, deg: float) -> None:
        self.px, self.py = pivot
        self.deg = deg
        self.c, self.s = cos(radians(deg)), sin(radians(deg))

    def turn(self, point: Point, share: float) -> Point:
        """`point` (y down) turned by `share` of the joint's angle."""
        if share <= 0.0 or not self.deg:
            return point
        c, s = self.c, self.s
        if share < 1.0:
            angle = radians(self.deg * share)
            c, s = cos(angle), sin(angle)
        x, y = point[0] - self.px, point[1] - self.py
        return (self.px + x * c + y * s, self.py - x * s + y * c)


def ramp(value: float, start: float, end: float) -> float:
    """0 at `start`, 1 at `end`, smooth between; `start` may lie above `end`."""
    t = (value - start) / (end - start)
    if t <= 0.0:
        return 0.0
    return t * t * (3.0 - 2.0 * t) if t < 1.0 else 1.0


def bump(value: float, centre: float, width: float) -> float:
    """1 at `centre`, falling smoothly to 0 at a distance of `width`."""
    return ramp(abs(value - centre), width, 0.0)


class LegSkin:
    """Maps a point (x, height) of the standing leg into the posture.

    `calf` fattens the belly; `hollow` tells how far the back of the knee is folded, 0 to 1.
    """

    def __init__(self, posture: Posture, *, far: bool = False, calf: float = 0.0) -> None:
        leg = posture.far_leg if far else posture.near_leg
        self.far = far
        self._calf = calf
        self.hollow = ramp(leg.knee, 25.0, 85.0)
        self._kneecap = 0.007 * sin(radians(min(leg.knee, 120.0) * 0.75))
        self._toes, self._ankle = Joint(BALL, leg.toes), Joint(ANKLE, leg.ankle)
        self._knee, self._hip = Joint(KNEE, -leg.knee), Joint(HIP, leg.hip)
        self._root = Joint(HIP, -posture.pelvis_deg)
        self._dx = posture.pelvis[0] - HIP[0]
        self._ahead, self._below = (posture.turn, posture.drop) if far else (0.0, 0.0)
        self._dy = posture.pelvis[1] - HIP[1]

    def __call__(self, x: float, h: float) -> Point:
        """Where the standing point at `x` and height `h` is now."""
        point = (self._shaped(x, h), -h)
        if h < 0.09:
            point = self._foot(point, x, h)
        if h < 0.335:
            point = self._knee.turn(point, ramp(h, 0.330, 0.240))
        point = self._hip.turn(point, ramp(h, 0.575, 0.480))
        point = self._root.turn(point, 1.0)
        share = ramp(h, 0.550, 0.420) if self._ahead else 0.0
        return (point[0] + self._dx + self._ahead * share, point[1] + self._dy + self._below * share)

    def many(self, points: Iterable[Point]) -> list[Point]:
        """All `points` mapped."""
        return [self(x, h) for x, h in points]

    def _foot(self, point: Point, x: float, h: float) -> Point:
        if h < 0.035:
            point = self._toes.turn(point, ramp(x, 0.064, 0.090))
        return self._ankle.turn(point, ramp(h - 0.7 * max(x - 0.02, 0.0), 0.080, 0.034))

    def _shaped(self, x: float, h: float) -> float:
        if h > 0.36 or h < 0.05:
            return x
        if x < 0.0:
            return x * (1.0 + self._calf * bump(h, 0.195, 0.105))
        return x + self._kneecap * (x / 0.05) * bump(h, 0.297, 0.050)


class TrunkSkin:
    """Maps a point (x, height) of the standing trunk and head into the posture; breath swells it."""

    def __init__(self, posture: Posture, swell: float = 0.0) -> None:
        half = -posture.trunk_deg / 2
        self._swell = swell
        self._neck = Joint(NECK, -posture.neck_deg)
        self._upper, self._lower = Joint(THORACIC, half), Joint(LUMBAR, half)
        self._root = Joint(HIP, -posture.pelvis_deg)
        self._dx, self._dy = posture.pelvis[0] - HIP[0], posture.pelvis[1] - HIP[1]

    def __call__(self, x: float, h: float) -> Point:
        """Where the standing point at `x` and height `h` is now."""
        point = (self._breathed(x, h), -h)
        if h > 0.82:
            # The skull turns as one: under the chin the neck is short in front.
            front = h - 0.35 * min(max(x, 0.0), 0.04) + 0.5 * max(x - 0.045, 0.0)
            point = self._neck.turn(point, ramp(front, 0.825, 0.876))
        point = self._upper.turn(point, ramp(h, 0.640, 0.780))
        point = self._lower.turn(point, ramp(h, 0.540, 0.660))
        point = self._root.turn(point, 1.0)
        return (point[0] + self._dx, point[1] + self._dy)

    def many(self, points: Iterable[Point]) -> list[Point]:
        """All `points` mapped."""
        return [self(x, h) for x, h in points]

    def _breathed(self, x: float, h: float) -> float:
        if h > 0.82 or h < 0.54:
            return x
        chest, belly = bump(h, 0.735, 0.10), bump(h, 0.630, 0.09)
        if x > 0.0:
            return x * (1.0 + self._swell * (0.10 * chest + 0.15 * belly))
        return x * (1.0 + self._swell * 0.03 * chest)


class ArmSkin:
    """Maps a point (x, height) of the straight hanging arm into the posture."""

    def __init__(self, posture: Posture, *, far: bool = False) -> None:
        arm = posture.far_arm if far else posture.near_arm
        self._wrist, self._elbow = Joint(WRIST, arm.wrist), Joint(ELBOW, arm.elbow)
        self._point = 0.20 * sin(radians(min(max(arm.elbow, 0.0), 120.0) * 0.75))
        self._root = Joint(SHOULDER, arm.shoulder - posture.pelvis_deg - posture.trunk_deg)
        x, y = shoulder(posture)
        self._dx, self._dy = x - SHOULDER[0], y - SHOULDER[1]

    def __call__(self, x: float, h: float) -> Point:
        """Where the hanging point at `x` and height `h` is now."""
        point = (x * (1.0 + self._point * bump(h, 0.630, 0.036)) if x < 0.0 else x, -h)
        if h < 0.52:
            point = self._wrist.turn(point, ramp(h, 0.512, 0.474))
        if h < 0.67:
            point = self._elbow.turn(point, ramp(h, 0.656, 0.610))
        point = self._root.turn(point, 1.0)
        return (point[0] + self._dx, point[1] + self._dy)

    def many(self, points: Iterable[Point]) -> list[Point]:
        """All `points` mapped."""
        return [self(x, h) for x, h in points]
