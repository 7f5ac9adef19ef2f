"""The parts of the body as shapes, from the standing outline bent into the posture.

Every limb is drawn twice: first its line, then its fill over the line's inner half, so that the line
stays only where the silhouette is, and the fold on the bent side of a joint is hidden.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from types import MappingProxyType
from typing import NamedTuple

from relief_app.pictures.figure_outline import (
    EAR,
    FACE,
    FOOT,
    HAIR,
    LEG_ROWS,
    LOCKS,
    SHIRT_BACK,
    SHIRT_COLLAR,
    SHIRT_CREASES,
    SHIRT_FRONT,
    SHIRT_HEM,
    SKULL,
    TRUNK_BACK,
    TRUNK_FRONT,
    Row,
)
from relief_app.pictures.figure_skin import LegSkin, TrunkSkin, ramp
from relief_app.pictures.shapes import Path, Point, Shape, joined, smooth

LINE = 0.0050
"""Width of the outline under a limb in statures; half of it is seen."""
FINE = 0.0025
"""Width of a line that lies on top."""
Skin = Callable[[float, float], Point]
Rest = Callable[[Iterable[Point]], list[Point]]
Flatten = Callable[[Point], Point]
"""Keeps a point on the surface the body rests on."""


def strip(rows: Sequence[Row], skin: Skin, back: float, front: float) -> tuple[list[Point], list[Point]]:
    """Two edges through `rows` at shares `back` and `front` of the depth (0 = back, 1 = front)."""
    return (
        [skin(b + (f - b) * back, h) for h, b, f in rows],
        [skin(b + (f - b) * front, h) for h, b, f in rows],
    )


def band(rows: Sequence[Row], skin: Skin, back: float, front: float) -> Path:
    """The closed strip between two shares of the depth."""
    left, right = strip(rows, skin, back, front)
    return joined(right, left[::-1])


def wider(rows: Iterable[Row], back: float, front: float) -> tuple[Row, ...]:
    """`rows` let out by `back` and `front`: cloth over skin."""
    return tuple((h, b - back, f + front) for h, b, f in rows)


class LegEdges(NamedTuple):
    """The outline of one leg as it is bent: down its back, down its front, and round the foot."""

    back: list[Point]
    front: list[Point]
    foot: list[Point]


def leg_edges(skin: LegSkin, flat: Flatten) -> LegEdges:
    """The outline of one leg from hip to toes, through `LEG_ROWS` and `FOOT`."""
    back, front = strip(LEG_ROWS, skin, 0.0, 1.0)
    back = _hollow(back, skin.hollow)
    foot = [skin(*p) for p in FOOT]
    return LegEdges(*([flat(p) for p in edge] for edge in (back, front, foot)))


def leg_shapes(edges: LegEdges, skin: LegSkin, flat: Flatten) -> list[Shape]:
    """One leg from hip to toes."""
    side, tone = ("far", "skin_far") if skin.far else ("near", "skin")
    back, front, foot = edges
    whole = joined([*front, *foot, *back[::-1]])
    pieces = {
        "thigh": joined(front[:14], back[:14][::-1]),
        "shank": joined([*front[11:], *foot[:2]], [*foot[-2:], *back[11:][::-1]]),
        "foot": joined([*front[-2:], *foot, *back[-2:][::-1]]),
    }
    shapes = [Shape(f"leg_{side}", whole, stroke="ink", width=LINE, moving=True)]
    shapes += [Shape(f"{name}_{side}", path, tone, moving=True) for name, path in pieces.items()]
    if not skin.far:
        shapes += _leg_shade(skin, flat)
    return shapes


def veil(leg: Sequence[Shape]) -> Shape:
    """The skin over the muscles, which lets them through."""
    shank = next(shape for shape in leg if shape.id == "shank_near")
    return shank._replace(id="shank_veil", opacity=0.12)


def _hollow(back: list[Point], share: float) -> list[Point]:
    """Flesh fills the hollow of a bent knee: the fold's rows move toward the line across it."""
    if share <= 0.0:
        return back
    (ax, ay), (bx, by) = back[_FOLD.start - 1], back[_FOLD.stop]
    filled = list(back)
    for i in range(_FOLD.start, _FOLD.stop):
        t = (i - _FOLD.start + 1) / (_FOLD.stop - _FOLD.start + 1)
        x, y = back[i]
        filled[i] = (x + (ax + (bx - ax) * t - x) * share, y + (ay + (by - ay) * t - y) * share)
    return filled


_FOLD = range(10, 13)


def _leg_shade(skin: LegSkin, flat: Flatten) -> list[Shape]:
    def at(x: float, h: float) -> Point:
        return flat(skin(x, h))

    sole = [p for p in FOOT if p[1] < 0.015 and p[0] < 0.106]
    upper = [(x, h + 0.009 * ramp(x, 0.108, 0.090)) for x, h in sole]
    paths = {
        "thigh_shade": band(LEG_ROWS[5:13], at, 0.0, 0.22),
        "shank_shade": band(LEG_ROWS[12:], at, 0.0, 0.18),
        "foot_shade": joined([at(*p) for p in sole], [at(*p) for p in upper[::-1]]),
    }
    shades = [Shape(name, path, "skin_soft", moving=True) for name, path in paths.items()]
    return [*shades, *(_crease(name, line, at) for name, line in _LEG_CREASES.items())]


_LEG_CREASES: Mapping[str, tuple[Point, ...]] = MappingProxyType(
    {
        "knee_line": ((0.040, 0.314), (0.043, 0.300), (0.039, 0.283)),
        "ankle_line": ((-0.010, 0.040), (-0.007, 0.047), (0.000, 0.050), (0.006, 0.047)),
        "toe_line": ((0.100, 0.0165), (0.101, 0.009), (0.098, 0.003)),
    }
)


def _crease(name: str, line: Iterable[Point], at: Skin) -> Shape:
    path = smooth([at(*p) for p in line], closed=False)
    return Shape(name, path, stroke="skin_shade", width=FINE, moving=True)


def shorts_shapes(skin: LegSkin, flat: Flatten) -> list[Shape]:
    """Shorts on one leg, to the middle of the thigh."""

    def at(x: float, h: float) -> Point:
        return flat(skin(x, h))

    side, tone = ("far", "shorts_far") if skin.far else ("near", "shorts")
    rows = wider(LEG_ROWS[1 if skin.far else 0 : 8], 0.005, 0.006)
    rows = (*rows, (0.385, -0.0425, 0.0715), (0.372, -0.0435, 0.0725))
    back, front = strip(rows, at, 0.0, 1.0)
    hem = [front[-1], at(0.045, 0.3685), at(-0.012, 0.3680), back[-1]]
    path = joined(front, hem, back[::-1])
    shapes = [
        Shape(f"shorts_{side}_line", path, stroke="ink", width=LINE, moving=True),
        Shape(f"shorts_{side}", path, tone, moving=True),
    ]
    if not skin.far:
        shapes.append(Shape("shorts_shade", band(rows, at, 0.0, 0.28), "shorts_shade", moving=True))
    return shapes


class Head(NamedTuple):
    """What no breath moves: the outline of face and skull, and what lies on head and neck."""

    outline: list[Point]
    shapes: tuple[Shape, ...]


def head_of(skin: TrunkSkin, flat: Flatten) -> Head:
    """Head and neck of the trunk in `skin`, all of it over the height to which a breath reaches."""

    def at(points: Iterable[Point]) -> list[Point]:
        return [flat(skin(x, h)) for x, h in points]

    shapes = (
        Shape("neck_shade", _neck_shade(skin), "skin_soft", moving=True),
        Shape("ear", smooth(at(EAR)), "skin", "ink", FINE * 0.8, moving=True),
        Shape("hair", smooth(at(HAIR)), "hair", "ink", FINE, moving=True),
        *_face(skin),
    )
    return Head(at((*FACE, *SKULL)), shapes)


def trunk_shapes(skin: TrunkSkin, flat: Flatten, head: Head) -> list[Shape]:
    """Trunk, neck and head in one outline, hair and face on it."""

    def at(points: Iterable[Point]) -> list[Point]:
        return [flat(skin(x, h)) for x, h in points]

    outline = smooth([*at(TRUNK_FRONT), *head.outline, *at(_BACK_AND_SEAT)])
    return [Shape("body", outline, "skin", "ink", FINE, moving=True), *head.shapes]


_BACK_AND_SEAT = (*TRUNK_BACK, (0.0, 0.474))


def _neck_shade(skin: TrunkSkin) -> Path:
    return smooth(
        skin.many(
            (
                (0.0580, 0.8715),
                (0.0480, 0.8690),
                (0.0390, 0.8625),
                (0.0358, 0.8520),
                (0.0370, 0.8410),
                (0.0220, 0.8480),
                (0.0140, 0.8700),
                (0.0220, 0.8850),
                (0.0400, 0.8770),
            )
        )
    )


class _Line(NamedTuple):
    """A line of the face: its role, its width in fine lines, and where it runs."""

    role: str
    width: float
    points: tuple[Point, ...]


_FACE_LINES: Mapping[str, _Line] = MappingProxyType(
    {
        "mouth": _Line("ink", 0.8, ((0.0712, 0.9000), (0.0665, 0.8993), (0.0615, 0.9003), (0.0598, 0.9014))),
        "nostril": _Line("ink", 0.6, ((0.0770, 0.9128), (0.0742, 0.9140), (0.0735, 0.9165))),
        "lid": _Line("ink", 0.8, ((0.0675, 0.9365), (0.0640, 0.9388), (0.0595, 0.9382), (0.0560, 0.9355))),
        "brow": _Line("hair", 1.1, ((0.0705, 0.9480), (0.0640, 0.9502), (0.0550, 0.9485))),
    }
)
_IRIS: tuple[Point, ...] = (
    (0.0655, 0.9350),
    (0.0640, 0.9372),
    (0.0618, 0.9376),
    (0.0605, 0.9350),
    (0.0620, 0.9322),
    (0.0642, 0.9325),
)
_GLEAM: tuple[Point, ...] = ((0.040, 0.990), (0.018, 0.996), (-0.006, 0.993), (-0.026, 0.982))


def _face(skin: TrunkSkin) -> list[Shape]:
    def line(name: str, points: Iterable[Point], role: str, width: float, opacity: float = 1.0) -> Shape:
        path = smooth(skin.many(points), closed=False)
        return Shape(name, path, stroke=role, width=width, opacity=opacity, moving=True)

    return [
        line("hair_gleam", _GLEAM, "skin_light", FINE * 2.2, 0.16),
        *(line(f"lock_{i}", lock, "ink", FINE * 0.8, 0.55) for i, lock in enumerate(LOCKS)),
        Shape("eye", smooth(skin.many(_IRIS)), "ink", moving=True),
        *(line(name, f.points, f.role, FINE * f.width) for name, f in _FACE_LINES.items()),
    ]


def shirt_shapes(skin: TrunkSkin, flat: Flatten) -> list[Shape]:
    """A loose T-shirt over the trunk, its hem over the shorts."""

    def at(points: Iterable[Point]) -> list[Point]:
        return [flat(skin(x, h)) for x, h in points]

    front, collar, back, hem = (at(line) for line in (SHIRT_FRONT, SHIRT_COLLAR, SHIRT_BACK, SHIRT_HEM))
    path = joined(front, collar, back, hem)
    shade = joined(back, at([(x + 0.036, h) for x, h in SHIRT_BACK[::-1]]))
    creases = [segment for line in SHIRT_CREASES for segment in smooth(at(line), closed=False)]
    return [
        Shape("chest_line", path, stroke="ink", width=LINE, moving=True),
        Shape("chest", path, "cloth", moving=True),
        Shape("chest_shade", shade, "cloth_shade", moving=True),
        Shape("shirt_creases", tuple(creases), stroke="cloth_shade", width=FINE * 1.4, moving=True),
        Shape("collar", smooth(collar, closed=False), stroke="ink", width=FINE, moving=True),
    ]
