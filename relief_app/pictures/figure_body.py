"""The parts of the body as shapes, from the standing outline bent into the posture.

Every limb is drawn twice: first filled and outlined, then filled once more without its line, so
that the line stays only where the silhouette is, and the fold on the bent side of a joint is hidden.
"""

from collections.abc import Callable, Iterable, Sequence

from relief_app.core.skeleton import ELBOW, Posture
from relief_app.pictures.figure_hands import HANDS
from relief_app.pictures.figure_outline import (
    ARM_ROWS,
    EAR,
    FACE,
    FOOT,
    HAIR,
    LEG_ROWS,
    SKULL,
    TRUNK_BACK,
    TRUNK_FRONT,
    Row,
)
from relief_app.pictures.figure_skin import ArmSkin, LegSkin, TrunkSkin
from relief_app.pictures.shapes import Path, Point, Segment, Shape, smooth

LINE = 0.0042
"""Width of the outline in statures."""
Skin = Callable[[float, float], Point]
Rest = Callable[[Iterable[Point]], list[Point]]
Flatten = Callable[[Point], Point]
"""Keeps a point on the surface the body rests on."""


def joined(*edges: Sequence[Point]) -> Path:
    """A closed outline of smooth edges with straight lines and corners between them."""
    path = list(smooth(edges[0], closed=False))
    for edge in edges[1:]:
        first, *rest = smooth(edge, closed=False)
        path += [Segment("L", first.points), *rest]
    return (*path, Segment("Z"))


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


def leg_shapes(skin: LegSkin, flat: Flatten) -> list[Shape]:
    """One leg from hip to toes."""
    side, tone = ("far", "skin_far") if skin.far else ("near", "skin")
    back, front = strip(LEG_ROWS, skin, 0.0, 1.0)
    foot = [skin(*p) for p in FOOT]
    back, front, foot = ([flat(p) for p in edge] for edge in (back, front, foot))
    whole = joined([*front, *foot, *back[::-1]])
    pieces = {
        "thigh": joined(front[:14], back[:14][::-1]),
        "shank": joined([*front[11:], *foot[:2]], [*foot[-2:], *back[11:][::-1]]),
        "foot": joined([*front[-2:], *foot, *back[-2:][::-1]]),
    }
    shapes = [Shape(f"leg_{side}", whole, tone, "ink", LINE, moving=True)]
    shapes += [Shape(f"{name}_{side}", path, tone, moving=True) for name, path in pieces.items()]
    if not skin.far:
        shapes += _leg_shade(skin, flat)
    return shapes


def _leg_shade(skin: LegSkin, flat: Flatten) -> list[Shape]:
    def at(x: float, h: float) -> Point:
        return flat(skin(x, h))

    sole = [p for p in FOOT if p[1] < 0.015]
    upper = [(x, h + 0.010) for x, h in sole]
    return [
        Shape("thigh_shade", band(LEG_ROWS[5:13], at, 0.0, 0.26), "skin_shade", opacity=0.7, moving=True),
        Shape("shank_shade", band(LEG_ROWS[12:], at, 0.0, 0.20), "skin_shade", opacity=0.7, moving=True),
        Shape(
            "foot_shade",
            joined([at(*p) for p in sole], [at(*p) for p in upper[::-1]]),
            "skin_shade",
            opacity=0.7,
            moving=True,
        ),
        Shape(
            "knee_line",
            smooth([at(0.040, 0.314), at(0.043, 0.300), at(0.039, 0.283)], closed=False),
            stroke="skin_shade",
            width=0.003,
            moving=True,
        ),
        Shape(
            "ankle_line",
            smooth([at(-0.006, 0.048), at(0.002, 0.052), at(0.008, 0.046)], closed=False),
            stroke="skin_shade",
            width=0.0025,
            moving=True,
        ),
        Shape(
            "toe_line",
            smooth([at(0.100, 0.0165), at(0.101, 0.009), at(0.098, 0.003)], closed=False),
            stroke="skin_shade",
            width=0.0022,
            moving=True,
        ),
    ]


def shorts_shapes(skin: LegSkin, flat: Flatten) -> list[Shape]:
    """Shorts on one leg, to the middle of the thigh."""

    def at(x: float, h: float) -> Point:
        return flat(skin(x, h))

    side, tone = ("far", "shorts_far") if skin.far else ("near", "shorts")
    rows = wider(LEG_ROWS[:8], 0.005, 0.006)
    rows = (*rows, (0.385, -0.044, 0.074), (0.372, -0.046, 0.076))
    path = band(rows, at, 0.0, 1.0)
    shapes = [
        Shape(f"shorts_{side}", path, tone, "ink", LINE, moving=True),
        Shape(f"shorts_{side}_fill", path, tone, moving=True),
    ]
    if not skin.far:
        shapes.append(
            Shape("shorts_shade", band(rows, at, 0.0, 0.28), "shorts_shade", opacity=0.8, moving=True)
        )
    return shapes


def trunk_shapes(skin: TrunkSkin, flat: Flatten) -> list[Shape]:
    """Trunk, neck and head in one outline, hair and face on it."""

    def at(points: Iterable[Point]) -> list[Point]:
        return [flat(skin(x, h)) for x, h in points]

    outline = smooth(at((*TRUNK_FRONT, *FACE, *SKULL, *TRUNK_BACK, (0.0, 0.474))))
    return [
        Shape("body", outline, "skin", "ink", LINE, moving=True),
        Shape("neck_shade", _neck_shade(skin), "skin_shade", opacity=0.7, moving=True),
        Shape("hair", smooth(at(HAIR)), "hair", "ink", LINE * 0.6, moving=True),
        *_face(skin),
    ]


def _neck_shade(skin: TrunkSkin) -> Path:
    return smooth(
        skin.many(
            (
                (0.062, 0.8690),
                (0.050, 0.8685),
                (0.037, 0.8660),
                (0.034, 0.8540),
                (0.038, 0.8400),
                (0.020, 0.8500),
                (0.012, 0.8720),
                (0.022, 0.8850),
                (0.040, 0.8740),
            )
        )
    )


def _face(skin: TrunkSkin) -> list[Shape]:
    def line(name: str, points: Sequence[Point], role: str, width: float) -> Shape:
        path = smooth(skin.many(points), closed=False)
        return Shape(name, path, stroke=role, width=width, moving=True)

    return [
        Shape("ear", smooth(skin.many(EAR)), "skin", "ink", LINE * 0.5, moving=True),
        line("mouth", ((0.0708, 0.8998), (0.0650, 0.8990), (0.0605, 0.8998)), "ink", LINE * 0.5),
        line("nostril", ((0.0775, 0.9130), (0.0745, 0.9145), (0.0735, 0.9170)), "ink", LINE * 0.4),
        line("eye", ((0.0655, 0.9350), (0.0610, 0.9372), (0.0560, 0.9350)), "ink", LINE * 0.7),
        line("brow", ((0.0700, 0.9470), (0.0630, 0.9490), (0.0545, 0.9465)), "hair", LINE * 0.9),
    ]


def shirt_shapes(skin: TrunkSkin, flat: Flatten) -> list[Shape]:
    """A T-shirt over the trunk, its hem over the shorts."""

    def at(points: Iterable[Point]) -> list[Point]:
        return [flat(skin(x, h)) for x, h in points]

    front = [(0.078, 0.545), *((x + 0.006, h) for x, h in TRUNK_FRONT[3:14])]
    back = [*((x - 0.005, h) for x, h in TRUNK_BACK[2:13]), (-0.062, 0.548)]
    collar = [(0.048, 0.832), (0.020, 0.829), (-0.012, 0.833), (-0.038, 0.845)]
    hem = [(-0.060, 0.541), (-0.020, 0.533), (0.030, 0.532), (0.076, 0.539)]
    path = joined(at(front), at(collar), at(back), at(hem))
    inner = [(x + 0.038, h) for x, h in back]
    shade = joined(at(back), at(inner[::-1]))
    return [
        Shape("chest", path, "cloth", "ink", LINE, moving=True),
        Shape("chest_fill", path, "cloth", moving=True),
        Shape("chest_shade", shade, "cloth_shade", opacity=0.8, moving=True),
        Shape("collar", smooth(at(collar), closed=False), stroke="ink", width=LINE * 0.7, moving=True),
    ]


def arm_shapes(posture: Posture, *, far: bool = False) -> list[Shape]:
    """One arm with its hand and sleeve."""
    skin = ArmSkin(posture, far=far)
    side, tone, cloth = ("far", "skin_far", "cloth_far") if far else ("near", "skin", "cloth")
    rows = tuple((h, b + ELBOW[0], f + ELBOW[0]) for h, b, f in ARM_ROWS)
    path = band(rows, skin, 0.0, 1.0)
    sleeve_rows = (*wider(rows[:5], 0.006, 0.006), (0.722, -0.046, 0.036), (0.712, -0.047, 0.037))
    sleeve = band(sleeve_rows, skin, 0.0, 1.0)
    shapes = _hand(posture.far_hand if far else posture.near_hand, skin, side, tone)
    shapes[0:0] = [Shape(f"arm_{side}", path, tone, "ink", LINE, moving=True)]
    shapes.append(Shape(f"arm_{side}_fill", path, tone, moving=True))
    if not far:
        shade = band(rows[5:], skin, 0.0, 0.28)
        shapes.append(Shape("arm_shade", shade, "skin_shade", opacity=0.6, moving=True))
    shapes.append(Shape(f"sleeve_{side}", sleeve, cloth, "ink", LINE, moving=True))
    return shapes


def _hand(kind: str, skin: ArmSkin, side: str, tone: str) -> list[Shape]:
    hand = HANDS[kind]

    def at(points: Iterable[Point]) -> list[Point]:
        return [skin(x + ELBOW[0], 0.486 - d) for x, d in points]

    shapes = [Shape(f"hand_{side}", smooth(at(hand.palm)), tone, "ink", LINE, moving=True)]
    shapes += [
        Shape("", smooth(at(line), closed=False), stroke="ink", width=LINE * 0.4, opacity=0.7, moving=True)
        for line in hand.lines
    ]
    shapes.append(Shape(f"thumb_{side}", smooth(at(hand.thumb)), tone, "ink", LINE * 0.7, moving=True))
    return shapes
