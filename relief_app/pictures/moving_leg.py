"""One leg from mid-thigh to toes in side view: what knee and ankle do to the calf.

Units are statures, as in `figure`. The shank stands still, so that the muscles can be watched: the
thigh turns about the knee and the foot about the ankle, in one style with the figure.
"""

from collections.abc import Iterable
from math import cos, dist, radians, sin
from typing import NamedTuple

from relief_app.core.anatomy import Leg, Structure
from relief_app.core.biomechanics import relative_lengthening
from relief_app.core.skeleton import (
    ANKLE,
    HIP,
    KNEE,
    ArmAngles,
    LegAngles,
    Posture,
    landmarks,
    moved,
    on_leg,
    on_shank,
    on_thigh,
)
from relief_app.pictures.figure_body import FINE, LINE
from relief_app.pictures.figure_calf import CalfState
from relief_app.pictures.figure_outline import FOOT, LEG_ROWS
from relief_app.pictures.figure_skin import LegSkin, ramp
from relief_app.pictures.moving_calf import calf_shapes
from relief_app.pictures.shapes import Marker, Path, Picture, Point, Segment, Shape, joined, smooth, turned

KNEE_RANGE_DEG = (0.0, 120.0)
ANKLE_RANGE_DEG = (-30.0, 30.0)
"""What can be shown; angles outside are clamped."""
VIEW_BOX = (-0.170, -0.455, 0.306, 0.518)


class LegState(NamedTuple):
    """Knee flexion and dorsiflexion in degrees, 0 = standing; `highlight` lights structures of the calf."""

    knee_deg: float = 0.0
    dorsiflexion_deg: float = 0.0
    leg: Leg = Leg.RIGHT
    highlight: frozenset[Structure] = frozenset()


_NO_ARM = ArmAngles(0.0, 0.0)
_STILL = LegAngles(0.0, 0.0, 0.0)


def leg_picture(state: LegState) -> Picture:
    """The leg at the angles of `state`."""
    body = _posture(state)
    skin = _Flesh(body)
    inside = [*_bones(body), *_calf_shapes(body, skin.skin)]
    shapes = [
        *skin.leg(),
        *inside,
        skin.veil(),
        *_rims(inside, state.highlight),
        *skin.lines(),
        *_arcs(body),
    ]
    picture = Picture(VIEW_BOX, tuple(shapes), _markers(body))
    return turned(picture) if state.leg is Leg.LEFT else picture


def _posture(state: LegState) -> Posture:
    knee, ankle = _clamped(state.knee_deg, KNEE_RANGE_DEG), _clamped(state.dorsiflexion_deg, ANKLE_RANGE_DEG)
    # The hip is flexed by as much as the knee, so that the shank stays upright.
    body = Posture(HIP, 0.0, 0.0, 0.0, LegAngles(knee, knee, ankle), _STILL, _NO_ARM, _NO_ARM)
    x, y = landmarks(body).ankle
    return moved(body, ANKLE[0] - x, ANKLE[1] - y)


def _clamped(value: float, limits: tuple[float, float]) -> float:
    return min(max(value, limits[0]), limits[1])


def _calf(body: Posture) -> CalfState:
    knee, ankle = body.near_leg.knee, body.near_leg.ankle
    return CalfState(
        relative_lengthening(Structure.GASTROCNEMIUS_LATERAL, knee, ankle),
        relative_lengthening(Structure.SOLEUS, knee, ankle),
        0.0,
        0.5 * ramp(knee, 20.0, 100.0),
    )


_CUT = 0.430
"""Height at which the thigh is cut off."""
_ROWS = tuple(row for row in LEG_ROWS if row[0] <= _CUT)
_FOLD = (0.345, 0.275)
"""Heights between which the back of the knee folds."""


class _Flesh:
    """The skin of the leg: its two edges from the cut down, and the foot."""

    def __init__(self, body: Posture) -> None:
        self.skin = LegSkin(body, calf=_calf(body).bulge)
        self.front = [self.skin(front, h) for h, _, front in _ROWS]
        self.back = self._filled([self.skin(back, h) for h, back, _ in _ROWS])
        self.foot = [self.skin(*point) for point in FOOT]

    def _filled(self, back: list[Point]) -> list[Point]:
        """Flesh fills the hollow of a bent knee: its rows move toward the line across it."""
        fold = [i for i, row in enumerate(_ROWS) if _FOLD[1] < row[0] < _FOLD[0]]
        (ax, ay), (bx, by) = back[fold[0] - 1], back[fold[-1] + 1]
        filled = list(back)
        for place, i in enumerate(fold, 1):
            t, (x, y) = place / (len(fold) + 1), back[i]
            share = self.skin.hollow
            filled[i] = (x + (ax + (bx - ax) * t - x) * share, y + (ay + (by - ay) * t - y) * share)
        return filled

    def _piece(self, top: float, bottom: float) -> Path:
        rows = [i for i, row in enumerate(_ROWS) if bottom <= row[0] <= top]
        return joined([self.front[i] for i in rows], [self.back[i] for i in reversed(rows)])

    def leg(self) -> list[Shape]:
        """The outlined leg and, over its inner lines, its parts; the thigh is left open above."""
        edge = smooth([*self.front, *self.foot, *self.back[::-1]], closed=False)
        return [
            Shape("leg_line", edge, stroke="ink", width=LINE, moving=True),
            Shape("thigh", self._piece(_CUT, 0.262), "skin", moving=True),
            Shape("shank", self._shank(), "skin", moving=True),
            Shape("foot", joined([*self.front[-2:], *self.foot, *self.back[-2:][::-1]]), "skin", moving=True),
            *self._shades(),
        ]

    def _shank(self) -> Path:
        rows = [i for i, row in enumerate(_ROWS) if row[0] <= 0.298]
        front, back = [self.front[i] for i in rows], [self.back[i] for i in rows]
        return joined([*front, *self.foot[:2]], [*self.foot[-2:], *back[::-1]])

    def _shades(self) -> list[Shape]:
        sole = [point for point in FOOT if point[1] < 0.015 and point[0] < 0.106]
        upper = [(x, h + 0.009 * ramp(x, 0.108, 0.090)) for x, h in sole]
        path = joined(self.skin.many(sole), self.skin.many(upper[::-1]))
        return [Shape("foot_shade", path, "skin_soft", moving=True)]

    def veil(self) -> Shape:
        """The skin over bones and muscles, which lets them through."""
        return Shape("shank_veil", self._shank(), "skin", opacity=0.10, moving=True)

    def lines(self) -> list[Shape]:
        """The fine lines that lie on the skin."""
        toes = smooth(self.skin.many(((0.100, 0.0165), (0.101, 0.009), (0.098, 0.003))), closed=False)
        return [Shape("toe_line", toes, stroke="skin_shade", width=FINE, moving=True)]


_FEMUR: tuple[Point, ...] = (
    (0.031, _CUT), (0.029, 0.390), (0.026, 0.350), (0.026, 0.325), (0.029, 0.308), (0.027, 0.294),
    (0.018, 0.285), (0.006, 0.282), (-0.006, 0.285), (-0.014, 0.294), (-0.014, 0.306), (-0.005, 0.315),
    (0.005, 0.328), (0.009, 0.350), (0.011, 0.390), (0.013, _CUT),
)  # fmt: skip
_TIBIA: tuple[Point, ...] = (
    (-0.011, 0.277), (0.006, 0.2795), (0.024, 0.278), (0.027, 0.268), (0.028, 0.252), (0.025, 0.230),
    (0.022, 0.190), (0.018, 0.140), (0.014, 0.090), (0.014, 0.062), (0.014, 0.050), (0.002, 0.0525),
    (-0.010, 0.049), (-0.010, 0.062), (-0.003, 0.090), (0.002, 0.140), (0.006, 0.190), (0.004, 0.230),
    (-0.004, 0.255), (-0.011, 0.267),
)  # fmt: skip
_FIBULA: tuple[Point, ...] = (
    (-0.010, 0.262), (-0.004, 0.266), (0.001, 0.259), (-0.001, 0.245), (0.000, 0.190), (-0.001, 0.130),
    (0.000, 0.075), (0.004, 0.050), (0.003, 0.034), (-0.002, 0.029), (-0.007, 0.037), (-0.007, 0.055),
    (-0.005, 0.080), (-0.006, 0.130), (-0.005, 0.190), (-0.007, 0.240), (-0.011, 0.252),
)  # fmt: skip
_TALUS: tuple[Point, ...] = (
    (-0.013, 0.040), (-0.004, 0.0485), (0.008, 0.048), (0.016, 0.041), (0.028, 0.038), (0.029, 0.028),
    (0.014, 0.026), (-0.002, 0.029),
)  # fmt: skip
_CALCANEUS: tuple[Point, ...] = (
    (-0.033, 0.024), (-0.028, 0.032), (-0.016, 0.034), (-0.004, 0.029), (0.012, 0.026), (0.029, 0.026),
    (0.030, 0.014), (0.014, 0.011), (-0.006, 0.007), (-0.024, 0.004), (-0.032, 0.010),
)  # fmt: skip
_FOREFOOT: tuple[Point, ...] = (
    (0.030, 0.037), (0.044, 0.036), (0.060, 0.028), (0.078, 0.019), (0.092, 0.015), (0.110, 0.010),
    (0.111, 0.006), (0.094, 0.007), (0.078, 0.007), (0.060, 0.013), (0.044, 0.016), (0.031, 0.015),
)  # fmt: skip
_PATELLA: tuple[Point, ...] = (
    (0.036, 0.318), (0.043, 0.314), (0.045, 0.304), (0.041, 0.294), (0.036, 0.298), (0.034, 0.308),
)  # fmt: skip


def _bones(body: Posture) -> list[Shape]:
    def bone(name: str, outline: Iterable[Point], place: str) -> Shape:
        to = {"thigh": on_thigh, "shank": on_shank, "foot": on_leg}[place]
        points = [to(body, (x, -h)) for x, h in outline]
        path = joined(points) if place == "thigh" else smooth(points)
        return Shape(name, path, "bone", "bone_line", 0.0013, 0.75, moving=True)

    skin = LegSkin(body)
    patella = smooth(skin.many(_PATELLA))
    return [
        bone("fibula", _FIBULA, "shank"),
        bone("forefoot", _FOREFOOT, "foot"),
        bone("calcaneus", _CALCANEUS, "foot"),
        bone("talus", _TALUS, "foot"),
        bone("tibia", _TIBIA, "shank"),
        bone("femur", _FEMUR, "thigh"),
        Shape("patella", patella, "bone", "bone_line", 0.0013, 0.75, moving=True),
    ]


_ORIGIN: Point = (-0.0130, 0.3100)
"""Where the gastrocnemius springs from the back of the femur, above the knee."""
_MIDDLE: Point = (-0.0235, 0.2400)
"""The middle of its belly, on the shank."""
_HEAD = 0.0055
"""Half the breadth of its head."""
_NECK = 0.18
"""Share of the way down to the middle of the belly on which the head stays as narrow."""
_BELLY: tuple[Point, ...] = (
    (-0.0385, 0.236), (-0.0405, 0.214), (-0.0400, 0.192), (-0.0370, 0.171), (-0.0325, 0.153),
    (-0.0270, 0.160), (-0.0195, 0.178), (-0.0130, 0.200), (-0.0090, 0.225), (-0.0085, 0.242),
)  # fmt: skip
"""Its belly on the shank, down the back and up the front."""
_THICKEST = 1.18
_HUNG, _BACK = 0.296, -0.041
_PER_PERCENT = 0.022
"""As in the figure: the share by which the belly's drawn length changes for each % of shank length."""


def _calf_shapes(body: Posture, skin: LegSkin) -> list[Shape]:
    """The calf, its gastrocnemius led over the knee to where it springs from the femur."""
    drawn = calf_shapes(skin, _calf(body))
    outline, path = next(shape.path for shape in drawn if shape.id == _BELLY_ID), _gastrocnemius(body, skin)
    shapes: list[Shape] = []
    for shape in drawn:
        if shape.id == _BELLY_ID:
            shapes.append(_tendon_head(body, skin))
        if shape.path == outline:
            shapes.append(shape._replace(path=path))
        elif shape.id not in _HEAD_LINES or body.near_leg.knee <= _FOLDING_DEG:
            shapes.append(shape)
    return shapes


_BELLY_ID = "gastrocnemius"
_HEAD_LINES = frozenset({"gastrocnemius_sheen", "fibre_0", "fibre_4"})
"""What lies on the head of the muscle, where the bending knee leaves no room for it."""
_FOLDING_DEG = 30.0


def _drawn(body: Posture, skin: LegSkin, point: Point) -> Point:
    """Where a point of the standing belly is, with the length the muscle has now."""
    share = _PER_PERCENT * _calf(body).gastrocnemius
    x, h = point
    thick = min(1.0 - 1.3 * share, _THICKEST)
    return skin(_BACK + (x - _BACK) * thick, _HUNG - (_HUNG - h) * (1.0 + share))


def _gastrocnemius(body: Posture, skin: LegSkin) -> Path:
    belly = [_drawn(body, skin, point) for point in _BELLY]
    return smooth([*_head(body, skin), *belly])


def _head(body: Posture, skin: LegSkin) -> list[Point]:
    """The rounded upper end, from front to back; it turns with the line of the muscle, not the femur."""
    (x, y), (to_x, to_y) = on_thigh(body, (_ORIGIN[0], -_ORIGIN[1])), skin(*_MIDDLE)
    length = dist((x, y), (to_x, to_y))
    ahead, down = (to_x - x) / length, (to_y - y) / length

    def at(along: float, aside: float) -> Point:
        return (x + ahead * along + down * aside, y + down * along - ahead * aside)

    neck = _NECK * length
    return [at(neck, _HEAD), at(0.0, _HEAD), at(-_HEAD, 0.0), at(0.0, -_HEAD), at(neck, -_HEAD)]


def _tendon_head(body: Posture, skin: LegSkin) -> Shape:
    """The upper end of the tendon follows the belly, however far the muscle has drawn it up."""
    upper = [_drawn(body, skin, point) for point in ((-0.0375, 0.176), (-0.0330, 0.195), (-0.0255, 0.176))]
    lower = skin.many(((-0.0255, 0.148), (-0.0322, 0.146)))
    return Shape("tendon_head", smooth([*upper, *lower]), "tendon", moving=True)


_HEADS = frozenset({Structure.GASTROCNEMIUS_MEDIAL, Structure.GASTROCNEMIUS_LATERAL})


def _rims(shapes: Iterable[Shape], highlight: frozenset[Structure]) -> list[Shape]:
    """A strong line round what is in `highlight`: its colour already tells how long it is."""
    names = {str(structure) for structure in highlight} | ({_BELLY_ID} if highlight & _HEADS else set())
    return [
        Shape(f"{shape.id}_rim", shape.path, stroke="glow_line", width=_RIM, moving=True)
        for shape in shapes
        if shape.id in names
    ]


_RIM = 0.0036
_KNEE_ARC, _ANKLE_ARC = 0.085, 0.058
_STEP_DEG = 5.0


def _arcs(body: Posture) -> list[Shape]:
    """How far knee and ankle are from standing: from the line of the standing leg to the bent one."""
    knee, ankle = body.near_leg.knee, body.near_leg.ankle
    return [
        *_arc("knee", KNEE, _KNEE_ARC, 180.0, 180.0 + knee),
        *_arc("ankle", ANKLE, _ANKLE_ARC, 90.0, 90.0 + ankle),
    ]


def _arc(name: str, centre: Point, radius: float, start: float, end: float) -> list[Shape]:
    """An arc between two directions (0 down, 90 forward), with its two arms."""
    steps = max(2, round(abs(end - start) / _STEP_DEG))
    points = [_toward(centre, start + (end - start) * i / steps, radius) for i in range(steps + 1)]
    arms = [_line(centre, _toward(centre, angle, radius * 1.15)) for angle in (start, end)]
    lines = {f"{name}_rest": arms[0], f"{name}_arm": arms[1], f"{name}_arc": smooth(points, closed=False)}
    return [
        Shape(key, path, stroke="cue_arrow", width=FINE * (0.6 if key.endswith("rest") else 1.0), moving=True)
        for key, path in lines.items()
    ]


def _toward(centre: Point, deg: float, length: float) -> Point:
    return (centre[0] + length * sin(radians(deg)), centre[1] + length * cos(radians(deg)))


def _line(start: Point, end: Point) -> Path:
    return (Segment("M", (start,)), Segment("L", (end,)))


def _markers(body: Posture) -> tuple[Marker, ...]:
    points = landmarks(body)
    return tuple(Marker(f"landmark_{name}", at) for name, at in zip(points._fields, points, strict=True))
