"""Furniture of the scenes: bed, lamp, chairs, stool, steps and wall. Quiet; the body is the hero.

Everything is drawn in statures on the floor y = 0; a scene is named by its exercise.
"""

from math import cos, pi, sin

from relief_app.core.skeleton import Posture, on_leg, on_shank
from relief_app.core.stances import APART, BED, RAIL, SEAT, STEP, STOOL, WALL_X
from relief_app.pictures.figure_skin import TrunkSkin, bump
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


def prop(name: str, path: Path, fill: str = "prop", width: float = LINE) -> Shape:
    """A still thing with its outline."""
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


def _line(name: str, *points: Point, width: float = LINE * 0.7) -> Shape:
    return Shape(name, smooth(points, closed=False), stroke="prop_line", width=width)


def _straight(name: str, start: Point, end: Point) -> Shape:
    """A level line: one that is a little bent takes a painter a thousand times as long."""
    return Shape(name, polygon((start, end), closed=False), stroke="prop_line", width=LINE * 0.7)


_SUNK = 0.008
"""How deep a body lies in the mattress, in statures."""


def _mattress(left: float, right: float, dents: tuple[tuple[float, float], ...]) -> Path:
    """A mattress with rounded corners; it stands up where nothing lies: `dents` are places and widths."""
    steps = 40
    xs = [left + 0.02 + (right - left - 0.04) * k / steps for k in range(steps + 1)]
    top = [(x, -BED - _SUNK * (1.0 - max(bump(x, at, width) for at, width in dents))) for x in xs]
    bottom = -0.145
    ends = [(right - 0.002, -BED + 0.018), (right, -BED + 0.06), (right - 0.006, bottom)]
    starts = [(left + 0.006, bottom), (left, -BED + 0.06), (left + 0.002, -BED + 0.018)]
    return joined([*starts[1:], *top, *ends[:2]], ends[2:], starts[:1])


def bed(posture: Posture) -> list[Shape]:
    """A bed seen from its side, head end on the left."""
    x = posture.pelvis[0]
    heel = on_leg(posture, (-0.033, 0.0))[0]
    dents = ((x - 0.02, 0.17), (x - 0.24, 0.16), (heel, 0.09))
    return [
        prop("bed_leg_left", box(-0.625, 0.0, -0.590, 0.10, 0.004)),
        prop("bed_leg_right", box(0.575, 0.0, 0.610, 0.10, 0.004)),
        prop("bed_frame", box(-0.645, 0.075, 0.625, 0.155, 0.010)),
        prop("bed_head", box(-0.668, 0.0, -0.636, 0.47, 0.014)),
        prop("mattress", _mattress(-0.636, 0.612, dents), "prop_light"),
        _straight("mattress_seam", (-0.624, -0.184), (0.602, -0.184)),
    ]


def bed_edge(_posture: Posture) -> list[Shape]:
    """A bed seen over its foot end, its top going away to the headboard; one sits on its right side."""
    left, right = -0.46, 0.075
    top = [(left + 0.012, -BED), (left + 0.085, -0.400), (right - 0.055, -0.400), (right - 0.010, -BED)]
    cover = joined(
        [(left - 0.006, -0.262), (left + 0.030, -0.330), (-0.16, -0.330)],
        [(-0.150, -0.280), (-0.146, -0.235), (-0.156, -0.150)],
        [(-0.22, -0.138), (-0.30, -0.148), (-0.38, -0.136), (left - 0.010, -0.146)],
    )
    return [
        prop("bed_head", box(left + 0.075, 0.36, right - 0.045, 0.505, 0.016)),
        prop("bed_leg_left", box(left + 0.016, 0.0, left + 0.044, 0.10, 0.004)),
        prop("bed_leg_right", box(right - 0.052, 0.0, right - 0.024, 0.10, 0.004)),
        prop("bed_top", polygon(top), "prop_light"),
        prop("pillow", smooth(_PILLOW_BEHIND)),
        prop("bed_frame", box(left + 0.004, 0.085, right - 0.010, 0.150, 0.008)),
        prop("mattress", _mattress(left, right, ((0.0, 0.15),)), "prop_light"),
        prop("cover", cover, "prop_accent"),
        _line("cover_fold", (left + 0.02, -0.284), (-0.30, -0.286), (-0.150, -0.280)),
        _line("cover_fold_left", (-0.35, -0.280), (-0.342, -0.21), (-0.352, -0.146)),
    ]


_PILLOW_BEHIND: tuple[Point, ...] = (
    (-0.365, -0.352),
    (-0.372, -0.382),
    (-0.352, -0.412),
    (-0.280, -0.420),
    (-0.200, -0.418),
    (-0.140, -0.408),
    (-0.128, -0.380),
    (-0.140, -0.350),
    (-0.250, -0.344),
)


def bedside_lamp(_posture: Posture) -> list[Shape]:
    """A bedside table beyond the bed with its lamp on."""
    x, shade = -0.555, -0.425
    shapes = [
        Shape(f"lamp_glow_{i}", smooth(_round(x, shade, radius)), "lamp", opacity=opacity)
        for i, (radius, opacity) in enumerate(((0.150, 0.10), (0.105, 0.14)))
    ]
    curve = [(x - 0.034, -0.470), (x + 0.034, -0.470)], [(x + 0.058, -0.392), (x - 0.058, -0.392)]
    return [
        *shapes,
        prop("bedside_table_leg", box(x + 0.062, 0.0, x + 0.076, 0.12)),
        prop("bedside_table_leg_left", box(x - 0.076, 0.0, x - 0.062, 0.12)),
        prop("bedside_table", box(x - 0.082, 0.10, x + 0.082, 0.29, 0.006)),
        _straight("drawer", (x - 0.070, -0.20), (x + 0.070, -0.20)),
        prop("table_top", box(x - 0.090, 0.285, x + 0.090, 0.302, 0.005), "prop_light"),
        prop("lamp_foot", box(x - 0.028, 0.302, x + 0.028, 0.312, 0.004), "prop_shade"),
        prop("lamp_stem", box(x - 0.005, 0.310, x + 0.005, 0.395), "prop_shade"),
        prop("lamp", joined(*curve), "lamp"),
    ]


def _round(x: float, y: float, radius: float) -> list[Point]:
    return [(x + radius * cos(k * pi / 6), y + radius * sin(k * pi / 6)) for k in range(12)]


def pillow(posture: Posture) -> list[Shape]:
    """The pillow under head and neck."""
    skin = TrunkSkin(posture)
    head, nape, back = skin(-0.058, 0.945), skin(-0.036, 0.870), skin(-0.068, 0.800)
    points = (
        (back[0] + 0.02, -BED - 0.002),
        (back[0] + 0.01, back[1] - 0.012),
        (nape[0], nape[1] - 0.014),
        (head[0] + 0.02, head[1] - 0.006),
        (head[0] - 0.03, head[1] - 0.004),
        (head[0] - 0.085, head[1] + 0.012),
        (head[0] - 0.10, (head[1] - BED) / 2),
        (head[0] - 0.085, -BED - 0.002),
    )
    return [prop("pillow", smooth(points), "prop")]


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
    return [prop("leg_pillow", smooth(points), "prop")]


def chair(_posture: Posture) -> list[Shape]:
    """A chair one sits on, its back on the left."""
    return _chair("chair", -0.130, 1.0, top=0.52)


def _chair(name: str, back: float, way: float, top: float, rake: float = 0.035) -> list[Shape]:
    """A chair seen from its side; the back leans away from the seat by `rake`."""

    def place(*points: Point) -> list[Point]:
        return [(back + way * a, -h) for a, h in points]

    rear = place((-0.004, SEAT), (-rake, top - 0.008), (0.018 - rake, top), (0.020, SEAT), (0.006, 0.0))
    front = place((0.226, SEAT), (0.252, SEAT), (0.248, 0.0), (0.232, 0.0))
    seat = place(
        (0.0, SEAT), (0.255, SEAT), (0.264, SEAT - 0.012), (0.255, SEAT - 0.026), (0.0, SEAT - 0.026)
    )
    bar = place((0.012, 0.115), (0.235, 0.115), (0.235, 0.102), (0.012, 0.102))
    return [
        prop(f"{name}_bar", polygon(bar)),
        prop(f"{name}_back", polygon([*rear, *place((-0.012, 0.0))])),
        prop(f"{name}_leg_front", polygon(front)),
        prop(f"{name}_seat", polygon(seat), "prop_light"),
    ]


def support_chair(posture: Posture) -> list[Shape]:
    """A chair whose back one holds on to; it stands turned a little, its far post seen beyond."""
    x, y = RAIL[posture.scene]
    dx, dy = APART[0] + 0.020, APART[1] - 0.008
    top = [(x - 0.012, y - 0.012), (x + dx, y + dy - 0.010), (x + dx, y + dy + 0.022), (x - 0.012, y + 0.024)]
    near, *rest = _chair("support", x, 1.0, top=-y + 0.006, rake=0.009)
    post = [
        (x + dx - 0.014, y + dy),
        (x + dx - 0.001, y + dy),
        (x + dx + 0.003, -0.016),
        (x + dx - 0.007, -0.016),
    ]
    return [
        prop("support_back_far", polygon(post)),
        near,
        *rest,
        prop("support_top", polygon(top), "prop_light"),
    ]


def heel_chair(_posture: Posture) -> list[Shape]:
    """A chair seen from its side, its seat toward the person, the heel on it."""
    return _chair("heel_chair", 0.610, -1.0, top=0.50)


def hand_rail(posture: Posture) -> list[Shape]:
    """A rail on the wall beyond, for the far hand."""
    x, y = RAIL[posture.scene]
    brackets = [box(at - 0.005, -y - 0.035, at + 0.005, -y) for at in (x - 0.045, x + 0.265)]
    return [
        *(prop(f"hand_rail_bracket_{i}", bracket, "prop_shade") for i, bracket in enumerate(brackets)),
        prop("hand_rail", box(x - 0.075, -y - 0.011, x + 0.300, -y + 0.011, 0.010), "prop_light"),
    ]


def stool(posture: Posture) -> list[Shape]:
    """A low stool under the heel."""
    x = on_leg(posture, (-0.03, 0.0))[0]
    return [
        prop("stool_leg_left", box(x - 0.085, 0.0, x - 0.065, STOOL - 0.02)),
        prop("stool_leg_right", box(x + 0.065, 0.0, x + 0.085, STOOL - 0.02)),
        prop("stool", box(x - 0.10, STOOL - 0.034, x + 0.10, STOOL, 0.014), "prop_light"),
    ]


def stairs(posture: Posture) -> list[Shape]:
    """The foot of a flight of stairs; its handrail runs up beside the person."""
    x, y = RAIL[posture.scene]
    edge, tread, end = 0.052, 0.25, 0.60
    slope = STEP / tread

    def rail(at: float, above: float = 0.0) -> Point:
        return (at, y - slope * (at - x) - above)

    def post(at: float, height: float) -> Path:
        return polygon(((at, -height), (at + 0.016, -height), rail(at + 0.016), rail(at)))

    ends = rail(-0.195, 0.012), rail(end - 0.01, 0.012), rail(end - 0.01, -0.012), rail(-0.195, -0.012)
    return [
        prop("rail_post_low", post(-0.17, 0.0)),
        prop("rail_post_high", post(0.54, 2 * STEP)),
        prop("rail", polygon(ends), "prop_light"),
        prop("step_upper", box(edge + tread, 0.0, end, 2 * STEP)),
        prop("step", box(edge, 0.0, edge + tread, STEP)),
        prop("tread_upper", box(edge + tread - 0.012, 2 * STEP - 0.016, end, 2 * STEP, 0.004), "prop_light"),
        prop("tread", box(edge - 0.012, STEP - 0.016, edge + tread, STEP, 0.004), "prop_light"),
    ]


def wall(posture: Posture) -> list[Shape]:
    """A wall with its skirting board."""
    x = WALL_X[posture.scene]
    return [
        prop("wall", box(x, 0.0, x + 0.09, 1.04, 0.003)),
        prop("skirting", box(x - 0.008, 0.0, x + 0.004, 0.055, 0.003), "prop_light"),
    ]
