"""What stands around the figure: bed, chair, wall, towel and the like. Quiet; the body is the hero.

Everything is drawn in statures on the floor y = 0; a scene is named by its exercise.
"""

from collections.abc import Callable, Mapping
from math import cos, pi, sin
from types import MappingProxyType

from relief_app.core.poses import BED, RAIL, SEAT, STEP, STOOL, WALL_X
from relief_app.core.skeleton import Posture, on_leg, on_shank, on_thigh, on_trunk, palm
from relief_app.pictures.figure_skin import TrunkSkin
from relief_app.pictures.shapes import Path, Point, Segment, Shape, joined, polygon, smooth

Box = tuple[float, float, float, float]
LINE = 0.003


def box(x0: float, h0: float, x1: float, h1: float, radius: float = 0.0) -> Path:
    """A rectangle between two heights, its corners rounded by `radius`."""
    top, bottom = -max(h0, h1), -min(h0, h1)
    if not radius:
        return polygon(((x0, top), (x1, top), (x1, bottom), (x0, bottom)))
    r, k = radius, radius * 0.45
    return (
        Segment("M", ((x0 + r, top),)),
        Segment("L", ((x1 - r, top),)),
        Segment("C", ((x1 - k, top), (x1, top + k), (x1, top + r))),
        Segment("L", ((x1, bottom - r),)),
        Segment("C", ((x1, bottom - k), (x1 - k, bottom), (x1 - r, bottom))),
        Segment("L", ((x0 + r, bottom),)),
        Segment("C", ((x0 + k, bottom), (x0, bottom - k), (x0, bottom - r))),
        Segment("L", ((x0, top + r),)),
        Segment("C", ((x0, top + k), (x0 + k, top), (x0 + r, top))),
        Segment("Z"),
    )


def _prop(name: str, path: Path, fill: str = "prop", width: float = LINE) -> Shape:
    return Shape(name, path, fill, "prop_line", width)


def floor(view: Box) -> list[Shape]:
    """The floor, a quiet band that ends inside the view."""
    left, _, width, _ = view
    ends = (left + 0.01, left + width - 0.01)
    line = polygon(((ends[0], 0.0), (ends[1], 0.0)), closed=False)
    return [
        Shape("floor", box(ends[0], 0.0, ends[1], -0.020, 0.004), "prop_light"),
        Shape("floor_line", line, stroke="floor", width=LINE),
    ]


def bed(_posture: Posture) -> list[Shape]:
    """A bed seen from its side, head end on the left."""
    return [
        _prop("bed_head", box(-0.665, 0.0, -0.63, 0.47, 0.012)),
        _prop("bed_frame", box(-0.645, 0.0, 0.625, 0.165, 0.008)),
        _prop("mattress", box(-0.63, 0.155, 0.61, BED, 0.022), "prop_light"),
    ]


def bed_edge(_posture: Posture) -> list[Shape]:
    """A bed seen from its foot end; one sits on its right edge."""
    return [
        _prop("bed_frame", box(-0.42, 0.0, 0.020, 0.165, 0.008)),
        _prop("mattress", box(-0.44, 0.155, 0.040, BED, 0.022), "prop_light"),
    ]


def bedside_lamp(_posture: Posture) -> list[Shape]:
    """A bedside table behind the bed with its lamp on."""
    x = -0.34
    ring = [(x + 0.19 * cos(k * pi / 6), -0.47 + 0.19 * sin(k * pi / 6)) for k in range(12)]
    glow = smooth(ring)
    return [
        Shape("lamp_glow", glow, "lamp", opacity=0.16),
        _prop("bedside_table", box(x - 0.09, 0.0, x + 0.09, 0.34, 0.006)),
        _prop("lamp_foot", box(x - 0.035, 0.34, x + 0.035, 0.352, 0.004), "prop_shade"),
        _prop("lamp_stem", box(x - 0.006, 0.35, x + 0.006, 0.44), "prop_shade"),
        _prop(
            "lamp",
            polygon(((x - 0.04, -0.52), (x + 0.04, -0.52), (x + 0.065, -0.42), (x - 0.065, -0.42))),
            "lamp",
        ),
    ]


def pillow(posture: Posture) -> list[Shape]:
    """The pillow under head and neck."""
    skin = TrunkSkin(posture)
    head, nape, back = skin(-0.058, 0.945), skin(-0.036, 0.870), skin(-0.068, 0.800)
    points = (
        (back[0] + 0.02, -BED - 0.002),
        (back[0] - 0.01, back[1] + 0.004),
        (nape[0], nape[1] + 0.004),
        (head[0] + 0.02, head[1] + 0.004),
        (head[0] - 0.03, head[1] - 0.004),
        (head[0] - 0.085, head[1] + 0.012),
        (head[0] - 0.10, (head[1] - BED) / 2),
        (head[0] - 0.085, -BED - 0.002),
    )
    return [_prop("pillow", smooth(points), "prop")]


def leg_pillow(posture: Posture) -> list[Shape]:
    """The cushion under calves and heels."""
    knee, mid, heel = (on_shank(posture, p) for p in ((-0.035, -0.265), (-0.045, -0.19), (-0.036, -0.03)))
    points = (
        (knee[0] - 0.03, -BED - 0.003),
        (knee[0] - 0.02, knee[1] + 0.03),
        (knee[0] + 0.03, knee[1] + 0.012),
        mid,
        (heel[0] - 0.05, heel[1] - 0.003),
        (heel[0] + 0.02, heel[1] + 0.008),
        (heel[0] + 0.05, heel[1] + 0.05),
        (heel[0] + 0.04, -BED - 0.003),
    )
    return [_prop("leg_pillow", smooth(points), "prop")]


def chair(_posture: Posture) -> list[Shape]:
    """A chair one sits on, its back on the left."""
    return _chair("chair", -0.15, 1.0, SEAT)


def _chair(name: str, back: float, way: float, seat: float, top: float = 0.56) -> list[Shape]:
    def bar(a: float, h0: float, b: float, h1: float) -> Path:
        x0, x1 = sorted((back + way * a, back + way * b))
        return box(x0, h0, x1, h1, 0.006)

    return [
        _prop(f"{name}_leg_back", bar(-0.006, 0.0, 0.016, seat)),
        _prop(f"{name}_leg_front", bar(0.235, 0.0, 0.257, seat)),
        _prop(f"{name}_back", bar(-0.012, seat - 0.01, 0.012, top)),
        _prop(f"{name}_seat", bar(-0.012, seat - 0.028, 0.275, seat), "prop_light"),
    ]


def support_chair(posture: Posture) -> list[Shape]:
    """A chair whose back one holds on to; it stands turned away."""
    x, y = RAIL[posture.scene]
    return _chair("support", x, 1.0, SEAT, top=-y + 0.006)


def heel_chair(_posture: Posture) -> list[Shape]:
    """A chair with the heel on its seat, its back far right."""
    return _chair("heel_chair", 0.60, -1.0, SEAT)


def handrail(posture: Posture) -> list[Shape]:
    """A railing on the far side, for the far hand."""
    x, y = RAIL[posture.scene]
    posts = [
        _prop(f"rail_post_{i}", box(x + dx - 0.007, 0.0, x + dx + 0.007, -y))
        for i, dx in enumerate((-0.09, 0.405))
    ]
    return [*posts, _prop("rail", box(x - 0.13, -y - 0.010, x + 0.425, -y + 0.010, 0.008), "prop_light")]


def stool(posture: Posture) -> list[Shape]:
    """A low stool under the heel."""
    x = on_leg(posture, (-0.03, 0.0))[0]
    return [
        _prop("stool_leg_left", box(x - 0.085, 0.0, x - 0.065, STOOL - 0.02)),
        _prop("stool_leg_right", box(x + 0.065, 0.0, x + 0.085, STOOL - 0.02)),
        _prop("stool", box(x - 0.10, STOOL - 0.03, x + 0.10, STOOL, 0.010), "prop_light"),
    ]


def step(posture: Posture) -> list[Shape]:
    """A step under the forefoot and a rail to hold."""
    x, y = RAIL[posture.scene]
    return [
        _prop("rail_post", box(x - 0.010, STEP, x + 0.010, -y)),
        _prop("rail", box(x - 0.014, -y - 0.014, x + 0.014, -y + 0.014, 0.013), "prop_accent"),
        _prop("step", box(0.052, 0.0, 0.62, STEP, 0.004)),
    ]


def wall(posture: Posture) -> list[Shape]:
    """A wall with its skirting board."""
    x = WALL_X[posture.scene]
    return [
        _prop("wall", box(x, 0.0, x + 0.09, 1.04, 0.003)),
        _prop("skirting", box(x - 0.008, 0.0, x + 0.004, 0.055, 0.003), "prop_light"),
    ]


def towel(posture: Posture) -> list[Shape]:
    """The towel round the forefoot's sole: a strand to each hand, its ends hanging from the fists."""
    slack = 0.030 * (1.0 - posture.phase)
    near, far = palm(posture), palm(posture, far=True)
    top, front = (on_leg(posture, p) for p in ((0.070, -0.034), (0.106, -0.020)))
    sole = [on_leg(posture, p) for p in ((0.113, -0.010), (0.110, 0.005), (0.090, 0.009), (0.066, 0.007))]
    near_edges = _strand(front, near, slack, -0.009), _strand(top, near, slack, 0.009)
    fist = (far[0] + 0.013, far[1])
    far_edges = _strand(front, fist, slack, -0.008), _strand(top, fist, slack, 0.008)
    folds = [_strand(on_leg(posture, (x, 0.004)), near, slack, side) for x, side in _TOWEL_FOLDS]
    lines = [segment for fold in folds for segment in smooth(fold, closed=False)]
    return [
        _cloth("towel_end_far", _towel_end((far[0], far[1] + 0.017), 0.060)),
        _cloth("towel_far", joined(far_edges[0], far_edges[1][::-1])),
        _cloth("towel", joined(near_edges[0], near_edges[1][::-1], sole[::-1])),
        Shape("towel_folds", tuple(lines), stroke="ink_soft", width=0.0015, opacity=0.6, moving=True),
        _cloth("towel_end", _towel_end((near[0] - 0.004, near[1] + 0.008), 0.105)),
    ]


_TOWEL_FOLDS = ((0.082, 0.003), (0.098, -0.004))
_STRAND = ((0.0, 0.0), (0.25, -0.45), (0.5, -0.15), (0.8, 0.0), (1.0, 0.0))
"""Shares of the way from foot to hand, and how far the strand has narrowed in there."""


def _cloth(name: str, path: Path) -> Shape:
    return Shape(name, path, "prop_accent", "ink", 0.0025, moving=True)


def _strand(foot: Point, hand: Point, slack: float, side: float) -> list[Point]:
    """One edge of the towel from the foot to `side` of a fist, narrowing fast, sagging by `slack`."""
    (fx, fy), dx, dy = foot, hand[0] - foot[0], hand[1] + side - foot[1]
    return [(fx + dx * t, fy + dy * t + slack * 4 * t * (1 - t) + side * more) for t, more in _STRAND]


def _towel_end(hand: Point, length: float) -> Path:
    """The free end that hangs from a fist, wider at its hem."""
    x, y = hand

    def edge(*points: Point) -> list[Point]:
        return [(x + across, y + length * down) for across, down in points]

    left = edge((-0.006, 0.0), (-0.011, 0.4), (-0.017, 0.8), (-0.016, 1.0))
    right = edge((0.017, 1.0), (0.015, 0.75), (0.009, 0.4), (0.008, 0.0))
    return joined(left, edge((-0.016, 1.0), (-0.006, 1.04), (0.006, 0.97), (0.017, 1.0)), right)


def blanket(posture: Posture) -> list[Shape]:
    """A loose blanket from the belly over the knees, feet free."""
    thigh = [on_thigh(posture, p) for p in ((0.086, -0.480), (0.082, -0.380), (0.072, -0.310))]
    shin = [on_shank(posture, p) for p in ((0.056, -0.255), (0.050, -0.225))]
    top = [*(on_trunk(posture, p) for p in ((0.088, -0.655), (0.096, -0.600))), *thigh, *shin]
    left, (right, low) = top[0][0], top[-1]
    hem = [top[-1], (right + 0.014, low + 0.045), (right + 0.002, low + 0.090), (right + 0.012, -BED - 0.004)]
    step = (right + 0.03 - left) / 6
    foot = [(right + 0.012 - step * k, -BED + (0.020 if k % 2 else 0.008)) for k in range(7)]
    side = [foot[-1], (left - 0.012, -BED - 0.03), top[0]]
    folds = (_fold(left + 0.10, 0.10), _fold(left + 0.21, 0.13), _fold(right - 0.06, 0.12))
    return [
        Shape("blanket", joined(top, hem, foot, side), "prop_accent", "ink_soft", LINE, moving=True),
        *(Shape("", path, stroke="ink_soft", width=LINE, opacity=0.45, moving=True) for path in folds),
    ]


def _fold(x: float, height: float) -> Path:
    """A fold of the blanket that hangs `height` down to the mattress at `x`."""
    return smooth([(x, -BED - height), (x + 0.012, -BED - height / 2), (x + 0.004, -BED)], closed=False)


def pack(posture: Posture) -> list[Shape]:
    """A pack laid round the calf belly, clear of the hollow of the knee and held by two bands."""

    def at(x: float, h: float) -> Point:
        return on_shank(posture, (x, -h))

    upper = [at(-0.050, 0.232), at(-0.014, 0.238), at(0.030, 0.234)]
    front = [at(0.035, 0.218), at(0.032, 0.190), at(0.031, 0.158)]
    lower = [at(0.024, 0.142), at(-0.010, 0.136), at(-0.041, 0.140)]
    rear = [at(-0.049, 0.156), at(-0.056, 0.190), at(-0.056, 0.218)]
    fill = "prop_accent" if posture.scene == "ice-pack" else "lamp"
    bands = [
        smooth([at(-0.056, h - 0.002), at(-0.012, h + 0.004), at(0.033, h)], closed=False)
        for h in (0.168, 0.208)
    ]
    return [
        Shape(
            "pack", smooth([*upper, *front, *lower, *rear]), fill, "ink_soft", LINE, opacity=0.93, moving=True
        ),
        *(Shape("", path, stroke="prop_shade", width=0.007, moving=True) for path in bands),
    ]


Maker = Callable[[Posture], list[Shape]]
BEHIND: Mapping[str, tuple[Maker, ...]] = MappingProxyType(
    {
        "active-dorsiflexion": (bed, pillow),
        "towel-stretch": (bed,),
        "standing-heel-flat": (support_chair,),
        "wall-stretch-straight": (wall,),
        "wall-stretch-bent": (wall,),
        "get-up": (bedside_lamp, bed_edge, support_chair),
        "hamstring-stretch": (handrail, heel_chair),
        "seated-hamstring": (bed_edge,),
        "circle-massage": (bed,),
        "stroke-massage": (bed,),
        "ankle-pumps": (chair,),
        "rest": (bed, pillow, leg_pillow),
        "easy-walk": (),
        "heat-pack": (chair, stool),
        "ice-pack": (chair, stool),
        "heel-drop": (step,),
        "heel-raise": (wall,),
    }
)
"""What stands behind the figure in each scene."""
BEFORE: Mapping[str, tuple[Maker, ...]] = MappingProxyType(
    {"towel-stretch": (towel,), "rest": (blanket,), "heat-pack": (pack,), "ice-pack": (pack,)}
)
"""What lies over the figure's legs, under its near arm."""
