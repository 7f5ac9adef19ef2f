"""What lies on the figure, and which things stand about it in each scene.

A scene is named by its exercise; what stands about is drawn in `furniture`.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from relief_app.core.skeleton import Posture, on_leg, on_shank, on_thigh, on_trunk, palm
from relief_app.core.stances import BED
from relief_app.pictures import furniture as room
from relief_app.pictures.furniture import LINE
from relief_app.pictures.shapes import Path, Point, Segment, Shape, joined, smooth


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


HEM = 0.236
"""Height on the standing shank of the hem of the blanket."""


def blanket(posture: Posture) -> list[Shape]:
    """A loose blanket from the belly over the knees, hanging over the bed's edge."""
    belly = [on_trunk(posture, p) for p in ((0.088, -0.668), (0.104, -0.630), (0.106, -0.590))]
    thigh = [on_thigh(posture, p, far=True) for p in ((0.098, -0.480), (0.092, -0.400), (0.080, -0.330))]
    shin = [on_shank(posture, p, far=True) for p in ((0.070, -0.285), (0.058, -0.245))]
    (left, high), (right, knee) = belly[0], shin[-1]
    low, calf = -BED + 0.036, on_shank(posture, (0.034, -0.225))
    hem = [(right + 0.003, (knee + calf[1]) / 2), calf, (calf[0] - 0.004, calf[1] + 0.045)]
    end = calf[0] - 0.052
    wave = (0.0, 0.009, 0.001, 0.011, 0.0, 0.010, 0.002)
    edge = [(end - (end + 0.024 - left) * k / 6, low + drop) for k, drop in enumerate(wave)]
    corner = [(end + 0.036, low - 0.030), (end + 0.020, low - 0.006)]
    side = [(left - 0.026, low), (left - 0.026, -BED - 0.035), (left - 0.010, high + 0.030), (left, high)]
    folds = (
        ((left + 0.075, high + 0.004), (left + 0.092, high + 0.055), (left + 0.080, low - 0.004)),
        ((left + 0.170, high + 0.050), (left + 0.166, high + 0.095), (left + 0.178, low - 0.002)),
        ((right - 0.130, knee + 0.055), (right - 0.150, knee + 0.110), (right - 0.140, low - 0.004)),
        ((right - 0.044, knee + 0.030), (right - 0.052, knee + 0.085), (right - 0.085, low - 0.010)),
    )
    lines = [segment for fold in folds for segment in smooth(fold, closed=False)]
    border = [(left + 0.020, high - 0.004), (left + 0.010, high + 0.030), (left - 0.006, -BED - 0.035)]
    return [
        _cloth("blanket", joined([*belly, *thigh, *shin, *hem, *corner, *edge], side)),
        Shape("blanket_folds", tuple(lines), stroke="ink_soft", width=LINE, opacity=0.55, moving=True),
        Shape(
            "blanket_border",
            joined([*border, (left - 0.006, low + 0.001)], side),
            "prop_light",
            "ink_soft",
            0.0020,
            moving=True,
        ),
    ]


def heat_pack(posture: Posture) -> list[Shape]:
    """A warm pad strapped round the calf, warmth rising from it."""
    x, y = on_shank(posture, (0.040, -0.180))
    waves = [
        segment
        for k in (-1, 0, 1)
        for segment in smooth([(x + 0.030 * k + side, y - 0.020 - up) for side, up in _WARMTH], closed=False)
    ]
    warmth = Shape("pack_warmth", tuple(waves), stroke="muscle_glow", width=0.0050, opacity=0.8, moving=True)
    return [*_pad(posture, ("lamp", 0.30), ("muscle_light", 0.30)), warmth]


_WARMTH = ((0.0, 0.0), (0.006, 0.012), (-0.006, 0.030), (0.0, 0.044))


def ice_pack(posture: Posture) -> list[Shape]:
    """A cold pack in a cloth, strapped round the calf."""
    flake: list[Segment] = []
    for (ax, ah), (bx, bh) in _FLAKE:
        ends = [on_shank(posture, (-0.010 + x, -0.180 - h)) for x, h in ((ax, ah), (bx, bh))]
        flake += smooth(ends, closed=False)
    mark = Shape("pack_flake", tuple(flake), stroke="cue_arrow", width=0.0042, moving=True)
    return [*_pad(posture, ("cue_arrow", 0.26)), mark]


_FLAKE = (
    ((0.0, 0.017), (0.0, -0.017)),
    ((0.0147, 0.0085), (-0.0147, -0.0085)),
    ((0.0147, -0.0085), (-0.0147, 0.0085)),
)


def _pad(posture: Posture, *tints: tuple[str, float]) -> list[Shape]:
    """Padded cloth round the calf belly, clear of the hollow of the knee, held by two straps."""

    def at(x: float, h: float) -> Point:
        return on_shank(posture, (x, -h))

    upper = [at(-0.052, 0.228), at(-0.012, 0.233), at(0.037, 0.228)]
    front = [at(0.040, 0.205), at(0.038, 0.180), at(0.034, 0.150), at(0.030, 0.134)]
    lower = [at(0.030, 0.134), at(-0.008, 0.127), at(-0.042, 0.132)]
    rear = [at(-0.053, 0.150), at(-0.060, 0.180), at(-0.060, 0.208), at(-0.052, 0.228)]
    whole = joined(upper, front, lower, rear)
    straps = [
        joined(
            [at(back, h + 0.007), at(-0.010, h + 0.012), at(front, h + 0.007)],
            [at(front, h - 0.007), at(-0.010, h - 0.002), at(back, h - 0.007)],
        )
        for h, back, front in ((0.210, -0.0615, 0.0425), (0.150, -0.0555, 0.0365))
    ]
    return [
        Shape("pack", whole, "prop_light", "ink", 0.0028, moving=True),
        *(Shape(f"pack_tint_{tint}", whole, tint, opacity=share, moving=True) for tint, share in tints),
        *(
            Shape(f"pack_strap_{i}", strap, "prop_shade", "ink_soft", 0.0020, moving=True)
            for i, strap in enumerate(straps)
        ),
    ]


Maker = Callable[[Posture], list[Shape]]
BEHIND: Mapping[str, tuple[Maker, ...]] = MappingProxyType(
    {
        "active-dorsiflexion": (room.bed, room.pillow),
        "towel-stretch": (room.bed,),
        "standing-heel-flat": (room.support_chair,),
        "wall-stretch-straight": (room.wall,),
        "wall-stretch-bent": (room.wall,),
        "get-up": (room.bedside_lamp, room.bed_edge, room.support_chair),
        "hamstring-stretch": (room.hand_rail, room.heel_chair),
        "seated-hamstring": (room.bed_edge,),
        "circle-massage": (room.bed,),
        "stroke-massage": (room.bed,),
        "ankle-pumps": (room.chair,),
        "rest": (room.bed, room.pillow, room.leg_pillow),
        "easy-walk": (),
        "heat-pack": (room.chair, room.stool),
        "ice-pack": (room.chair, room.stool),
        "heel-drop": (room.stairs,),
        "heel-raise": (room.wall,),
    }
)
"""What stands behind the figure in each scene."""
BEFORE: Mapping[str, tuple[Maker, ...]] = MappingProxyType(
    {"towel-stretch": (towel,), "rest": (blanket,), "heat-pack": (heat_pack,), "ice-pack": (ice_pack,)}
)
"""What lies over the figure's legs, under its near arm."""
