"""Pictograms of the warning signs, a picture each, without a word in it.

Drawn by hand after what the sign is in plain life; they are there to be told apart at a glance, and
measure nothing.
"""

from collections.abc import Callable, Mapping
from math import cos, pi, sin
from types import MappingProxyType

from relief_app.pictures.shapes import Gradient, Picture, Point, Segment, Shape, joined, polygon, smooth
from relief_app.pictures.sign_parts import (
    INK,
    bolt,
    disc,
    leg_from_behind,
    leg_outline,
    limbs,
    moon,
    rays,
    side_leg,
    spot,
)

VIEW_BOX = (0.0, 0.0, 100.0, 100.0)


def sign_picture(name: str) -> Picture:
    """The pictogram `name`, a key of `SIGNS_DRAWN`; raises KeyError for another."""
    return Picture(VIEW_BOX, tuple(SIGNS_DRAWN[name]()))


def _chest() -> list[Shape]:
    """A fist on a chest that hurts, breath that comes short."""
    return [
        *_bust("cloth", "cloth_shade"),
        spot("pain", (52, 71), 17, "lit"),
        rays("pain_rays", (52, 71), 20, 27, (200, 235, 270, 305, 340)),
        *limbs("sleeve", (((83, 64), (85, 90)), 13), fill="cloth"),
        *limbs("arm", (((84, 91), (72, 84), (58, 73)), 10)),
        Shape("fist", disc((53, 71), 9.5, 0.86), "skin", "ink", INK),
        _strokes("fingers", (((47, 68), (55, 66)), ((46, 72), (54, 71)), ((47, 76), (55, 76))), 1.4),
        _strokes(
            "breath", (((72, 30), (82, 28)), ((73, 36), (86, 37)), ((71, 42), (80, 46))), 2.6, "cue_arrow"
        ),
    ]


def _bust(cloth: str, shade: str) -> list[Shape]:
    """Head and shoulders from the front."""
    left: list[Point] = [(43, 40), (30, 46), (18, 54), (13, 68), (11, 104)]
    right = [(100 - x, y) for x, y in reversed(left)]
    body = joined([*left], [*right], [(57, 40), (50, 45), (43, 40)])
    neck = joined([(43, 30), (43, 41), (50, 46), (57, 41), (57, 30)])
    side = smooth(((66, 40), (72, 70), (70, 110), (110, 110), (100, 40)))
    face = disc((50, 22), 15, 1.12)
    hair = smooth(((33, 20), (37, 8), (50, 3), (63, 8), (67, 20), (60, 13), (50, 12), (40, 13)))
    return [
        Shape("neck", neck, "skin_shade", "ink", INK),
        Shape("body", body, cloth),
        Shape("body_shade", side, shade, clip=body),
        Shape("body_line", body, stroke="ink", width=INK),
        Shape("face", face, "skin", "ink", INK),
        Shape("hair", hair, "hair", "ink", 1.2),
    ]


def _cold_foot() -> list[Shape]:
    """A leg that goes pale down to the foot, and a flake of snow."""
    leg = side_leg(gradient=Gradient((50, 30), (50, 74), "tendon_sheen"))
    return [*(shape for shape in leg if shape.id != "leg_shade"), *_flake((20, 68), 15)]


def _flake(middle: Point, radius: float) -> list[Shape]:
    x, y = middle
    path: list[Segment] = []
    for k in range(6):
        a = pi / 6 + k * pi / 3
        path += polygon([middle, (x + radius * cos(a), y + radius * sin(a))], closed=False)
        fork = (x + 0.58 * radius * cos(a), y + 0.58 * radius * sin(a))
        for side in (-0.75, 0.75):
            tip = (fork[0] + 0.36 * radius * cos(a + side), fork[1] + 0.36 * radius * sin(a + side))
            path += polygon([fork, tip], closed=False)
    return [Shape("flake", tuple(path), stroke="cue_arrow", width=2.8)]


def _tense_calf() -> list[Shape]:
    """A calf hard and swollen tight, pain that grows, a foot that feels nothing."""
    leg = side_leg(bulge=8)
    calf = smooth(((34, 12), (28, 26), (28, 40), (38, 56), (47, 50), (48, 30), (44, 14)))
    tight = [((40, 16), (37, 30), (43, 50)), ((46, 17), (45, 32), (47, 47))]
    numb = [(48, 87), (56, 84), (57, 90), (65, 86), (66, 91), (74, 89), (82, 91), (48, 80)]
    return [
        *leg[:-1],
        Shape("calf", calf, "lit", clip=leg_outline(8)),
        *(_curve(f"tight_{n}", line, 1.6, "lit_fibre") for n, line in enumerate(tight)),
        leg[-1],
        *(spot(f"numb_{n}", at, 1.5, "ink") for n, at in enumerate(numb)),
        bolt("pain_small", (24, 18), 0.6, turn=-62),
        bolt("pain", (19, 36), 0.85, turn=-85),
        bolt("pain_large", (25, 58), 1.1, turn=-118),
    ]


def _dark_drop() -> list[Shape]:
    """A dark drop, and a head that spins."""
    drop = smooth(((27, 20), (37, 42), (47, 60), (47, 78), (37, 90), (18, 90), (8, 78), (8, 60), (18, 42)))
    sheen = smooth(((16, 62), (15, 71), (21, 80)), closed=False)
    turns = [
        (74 + (1 + 0.75 * k) * cos(k * 0.7), 17 + (1 + 0.7 * k) * 0.62 * sin(k * 0.7)) for k in range(20)
    ]
    return [
        *limbs("neck", (((74, 62), (74, 80)), 11), fill="skin_shade"),
        Shape(
            "shoulders",
            joined([(52, 98), (55, 84), (66, 78)], [(82, 78), (93, 84), (96, 98)]),
            "cloth",
            "ink",
            INK,
        ),
        Shape("head", disc((74, 54), 17, 1.12), "skin", "ink", INK),
        Shape(
            "hair",
            smooth(((56, 52), (59, 41), (74, 34), (89, 41), (92, 52), (84, 45), (64, 45))),
            "hair",
            "ink",
            1.2,
        ),
        Shape("swirl", smooth(turns, closed=False), stroke="cue_arrow", width=3.0),
        Shape("drop", drop, "soleus_shade", "ink", INK),
        Shape("sheen", sheen, stroke="soleus_light", width=3.6),
    ]


def _slumping() -> list[Shape]:
    """Somebody in running clothes who has gone down on their knees, head hanging, breathing fast."""
    return [
        _floor(),
        *limbs("far_arm", (((50, 46), (58, 64), (62, 88)), 6.5), fill="skin_far"),
        *limbs("leg", (((29, 62), (40, 74), (50, 86)), 11), (((50, 87), (34, 89), (18, 90)), 8)),
        *limbs("trunk", (((28, 58), (35, 46), (50, 40)), 17), fill="cloth"),
        *limbs("shorts", (((28, 60), (37, 71)), 15), fill="shorts"),
        Shape("head", disc((66, 46), 10.5, 1.08), "skin", "ink", INK),
        Shape("hair", smooth(((61, 37), (70, 34), (78, 42), (76, 49), (68, 42))), "hair", "ink", 1.2),
        *limbs("arm", (((48, 44), (54, 66), (52, 87)), 7)),
        *_breaths(((80, 55), (87, 64), (83, 75))),
    ]


def _breaths(places: tuple[Point, ...]) -> list[Shape]:
    """Puffs of breath, larger from the first to the last."""
    return [
        Shape(f"breath_{n}", disc(at, 3.0 + 1.1 * n), stroke="cue_arrow", width=2.2)
        for n, at in enumerate(places)
    ]


def _swollen_calf() -> list[Shape]:
    """Two legs from behind: one is thick, red, with hard veins and warmth about it."""
    thin, thick = leg_from_behind(25), leg_from_behind(66, 8)
    glow = Gradient((66, 4), (66, 40), "lit")
    veins = (((60, 20), (63, 32), (59, 44), (63, 58), (61, 70)), ((72, 26), (69, 38), (73, 50), (70, 62)))
    return [
        Shape("leg", thin, "skin"),
        Shape("leg_shade", _right_half(25), "skin_shade", opacity=0.45, clip=thin),
        Shape("leg_line", thin, stroke="ink", width=INK),
        Shape("swollen", thick, "skin", gradient=glow),
        *(_curve(f"vein_{n}", line, 2.4, "lit_shade") for n, line in enumerate(veins)),
        Shape("swollen_line", thick, stroke="ink", width=INK),
        *(_curve(f"warmth_{n}", _wave(93 + 0.0 * n, top), 2.6, "lit") for n, top in enumerate((14, 34, 54))),
    ]


def _right_half(middle: float) -> tuple[Segment, ...]:
    return polygon(((middle + 3, 0), (middle + 40, 0), (middle + 40, 100), (middle + 1, 100)))


def _wave(x: float, top: float) -> tuple[Point, ...]:
    """A small upright wave of warmth."""
    return ((x, top), (x - 3, top + 4), (x, top + 8), (x + 3, top + 12), (x, top + 16))


def _torn_calf() -> list[Shape]:
    """A calf from behind with a gap in the muscle, a bruise below it, and the moment it gave way."""
    leg = leg_from_behind(45, 7)
    gap = ((30, 40), (36, 47), (42, 41), (48, 48), (54, 42), (61, 48))
    torn = ((32, 55), (37, 60), (43, 54), (49, 61), (54, 55), (58, 59))
    upper = joined(gap, [(61, 48), (62, 32), (57, 16), (45, 20), (33, 16), (28, 30), (30, 40)])
    lower = joined(torn, [(58, 59), (54, 70), (48, 79), (43, 79), (36, 69), (32, 55)])
    return [
        Shape("leg", leg, "skin"),
        Shape("leg_shade", _right_half(47), "skin_shade", opacity=0.45, clip=leg),
        Shape("muscle", upper, "muscle", "muscle_line", 1.2),
        Shape("muscle_low", lower, "muscle", "muscle_line", 1.2),
        Shape("bruise", disc((49, 80), 9, 0.8), "soleus_shade", opacity=0.75, clip=leg),
        Shape("leg_line", leg, stroke="ink", width=INK),
        bolt("snap", (66, 50), 1.15, turn=72),
        rays("snap_rays", (62, 50), 18, 27, (-38, 34)),
    ]


def _ten_minutes() -> list[Shape]:
    """A clock on which more than ten minutes have gone, and a calf in cramp."""
    middle, radius = (66.0, 36.0), 29.0
    wedge: list[Point] = [middle]
    wedge += [_on_clock(middle, radius - 3, minute / 2) for minute in range(27)]
    ticks = tuple((_on_clock(middle, 21, m), _on_clock(middle, 25, m)) for m in range(0, 60, 5))
    hands = ((middle, _on_clock(middle, 21, 13)), (middle, _on_clock(middle, 13, 2)))
    small = [_moved(shape) for shape in _cramped_leg()]
    return [
        *small,
        Shape("clock", disc(middle, radius), "prop_light", "ink", INK + 0.6),
        Shape("gone", polygon(wedge), "lit"),
        _strokes("ticks", ticks, 1.8),
        _strokes("hands", hands, 3.2),
        spot("axle", middle, 2.6, "ink"),
    ]


def _cramped_leg() -> list[Shape]:
    leg = side_leg(bulge=5)
    calf = smooth(((36, 12), (30, 26), (31, 40), (40, 54), (47, 46), (46, 26)))
    return [*leg[:-1], Shape("calf", calf, "lit", clip=leg_outline(5)), leg[-1]]


def _moved(shape: Shape) -> Shape:
    """The leg of the clock's picture: smaller, in its lower left."""
    from relief_app.pictures.shapes import mapped_path

    def move(point: Point) -> Point:
        return (point[0] * 0.72 - 20, point[1] * 0.72 + 29)

    clip = shape.clip and mapped_path(shape.clip, move)
    return shape._replace(path=mapped_path(shape.path, move), clip=clip)


def _on_clock(middle: Point, radius: float, minute: float) -> Point:
    a = minute * pi / 30
    return (middle[0] + radius * sin(a), middle[1] - radius * cos(a))


def _wound() -> list[Shape]:
    """A cut in the shin with soil in it."""
    cut = smooth(((44, 26), (52, 33), (55, 44), (51, 55), (46, 46), (42, 36)))
    deep = smooth(((46, 30), (51, 38), (52, 46), (50, 51), (47, 43)))
    soil = [
        (39, 30, 2.6),
        (58, 38, 2.2),
        (41, 46, 3.2),
        (57, 52, 2.8),
        (48, 60, 2.2),
        (50, 23, 1.9),
        (60, 28, 1.6),
    ]
    spilt = [(16, 92, 5.5), (26, 94, 4), (9, 95, 3.4), (20, 86, 2.4)]
    return [
        *side_leg(),
        Shape("cut", cut, "lit_shade", "ink", 1.5),
        Shape("cut_deep", deep, "lit_fibre"),
        *(spot(f"soil_{n}", (x, y), r, "ink") for n, (x, y, r) in enumerate(soil)),
        *(spot(f"spilt_{n}", (x, y), r, "ink_soft", 0.7) for n, (x, y, r) in enumerate(spilt)),
    ]


def _hanging_leg() -> list[Shape]:
    """By night a leg hangs down over the bed's edge; the foot hurts and has a sore."""
    bed = joined([(3, 43), (36, 42), (40, 46), (40, 57), (36, 61), (3, 61)])
    return [
        Shape("bed_foot", polygon(((26, 68), (33, 68), (33, 95), (26, 95))), "prop_shade", "ink", INK),
        Shape("bed_frame", polygon(((3, 61), (37, 61), (37, 69), (3, 69))), "prop", "ink", INK),
        Shape("bed", bed, "prop_light", "ink", INK),
        *limbs(
            "leg", (((11, 34), (30, 34), (48, 36)), 14), (((48, 37), (53, 58), (51, 82)), 10.5), _foot(51, 86)
        ),
        *limbs("shorts", (((10, 34), (28, 34)), 15), fill="shorts"),
        Shape("sore", disc((59, 87), 4.0, 0.75), "lit_shade", "lit_fibre", 1.4),
        rays("pain", (67, 84), 13, 21, (-75, -40, -5)),
        moon("moon", (80, 20), 14),
        _floor(),
    ]


def _foot(x: float, y: float) -> tuple[tuple[Point, ...], float]:
    """A foot on the ground, its heel at `x`, `y`."""
    return ((x - 1, y), (x + 9, y + 3), (x + 20, y + 4)), 8.0


def _walking() -> list[Shape]:
    """Legs that walk, pain in the calf; the seat beside the way is where it goes."""
    far = ((14, 75), (19, 84), (25, 91)), 8.0
    return [
        _floor(),
        *limbs("far_leg", (((42, 14), (31, 42), (14, 73)), 10), far, fill="skin_far"),
        *limbs("leg", (((44, 14), (58, 46), (56, 80)), 12), _foot(57, 86)),
        *limbs("shorts", (((44, 10), (37, 32)), 15), (((44, 10), (53, 34)), 17), fill="shorts"),
        Shape("calf", smooth(((52, 48), (50, 58), (52, 68), (57, 66), (58, 54))), "lit"),
        bolt("pain", (46, 58), 1.0, turn=-70),
        _strokes("on", (((78, 40), (94, 40)), ((87, 33), (94, 40)), ((87, 47), (94, 40))), 3.2, "cue_arrow"),
    ]


def _many_nights() -> list[Shape]:
    """A sheet of nights; cramps in most of them."""
    sheet = joined([(8, 14), (50, 13), (92, 14)], [(92, 92), (50, 93), (8, 92)])
    places = [(24 + 26 * column, 42 + 24 * row) for row in range(2) for column in range(3)]
    restless = {0, 1, 3, 4, 5}
    shapes: list[Shape] = [
        Shape("sheet", sheet, "prop_light", "ink", INK),
        Shape("head", polygon(((8, 14), (92, 14), (92, 26), (8, 26))), "prop_shade", "ink", INK),
        _strokes("rings", (((28, 6), (28, 20)), ((72, 6), (72, 20))), 4.0),
    ]
    for number, at in enumerate(places):
        shapes.append(moon(f"night_{number}", at, 9))
        if number in restless:
            shapes.append(bolt(f"cramp_{number}", (at[0] + 3, at[1] + 13), 0.75))
    return shapes


def _clinician() -> list[Shape]:
    """Somebody who looks at it: a white coat and a stethoscope."""
    tube = ((38, 46), (35, 62), (42, 76), (52, 74), (58, 62), (60, 46))
    return [
        *_bust("prop_light", "prop"),
        _strokes("coat", (((50, 48), (50, 102)),), 1.6),
        _curve("tube", tube, 3.4, "cue_arrow"),
        _curve("tube_low", ((44, 77), (46, 88), (60, 92), (68, 84)), 3.4, "cue_arrow"),
        Shape("bell", disc((70, 80), 6), "prop_shade", "ink", INK),
    ]


def _floor() -> Shape:
    return Shape("floor", polygon(((2, 96), (98, 96)), closed=False), stroke="floor", width=2.6)


def _strokes(name: str, lines: tuple[tuple[Point, Point], ...], width: float, stroke: str = "ink") -> Shape:
    """Straight lines of one colour."""
    path = tuple(segment for line in lines for segment in polygon(line, closed=False))
    return Shape(name, path, stroke=stroke, width=width)


def _curve(name: str, points: tuple[Point, ...], width: float, stroke: str) -> Shape:
    return Shape(name, smooth(points, closed=False), stroke=stroke, width=width)


SIGNS_DRAWN: Mapping[str, Callable[[], list[Shape]]] = MappingProxyType(
    {
        "chest": _chest,
        "cold-foot": _cold_foot,
        "tense-calf": _tense_calf,
        "dark-drop": _dark_drop,
        "slumping": _slumping,
        "swollen-calf": _swollen_calf,
        "torn-calf": _torn_calf,
        "ten-minutes": _ten_minutes,
        "wound": _wound,
        "hanging-leg": _hanging_leg,
        "walking": _walking,
        "many-nights": _many_nights,
        "clinician": _clinician,
    }
)
"""What can be drawn, by the names in the table of red flags; the last is no sign."""
