"""Pictograms of the questions before a pack, a picture each, without a word in it.

Like those of the warning signs they are there to be told apart at a glance, and measure nothing.
"""

from collections.abc import Callable, Mapping
from math import sin
from types import MappingProxyType

from relief_app.pictures.shapes import Picture, Point, Shape, polygon, smooth
from relief_app.pictures.sign_parts import INK, bolt, disc, limbs, rays, side_leg, spot

VIEW_BOX = (0.0, 0.0, 100.0, 100.0)


def pack_sign(key: str) -> Picture | None:
    """The pictogram for the gate `key`, None where there is none."""
    draw = PACK_SIGNS.get(key)
    return None if draw is None else Picture(VIEW_BOX, tuple(draw()))


def _skin() -> list[Shape]:
    """A calf with a red sore on it."""
    return [
        *side_leg(),
        spot("red", (51, 37), 12, "lit", 1.1),
        Shape("sore", disc((51, 37), 8, 1.15), "muscle_shade", "ink", 1.2),
        _lines("crack", (((48, 32), (53, 38)), ((53, 38), (49, 43))), 1.6),
    ]


def _feeling() -> list[Shape]:
    """A fingertip on a calf, and what it should feel."""
    return [
        *side_leg(),
        *limbs("finger", (((4, 44), (18, 41), (33, 38)), 11)),
        rays("feel", (40, 37), 12, 19, (250, 290, 330, 30, 70, 110)),
    ]


def _bare() -> list[Shape]:
    """Skin, a cloth over it, and the pack above both."""
    skin = polygon(((4, 72), (96, 72), (96, 94), (4, 94)))
    cloth = smooth([(4 + x, 58 + 2.4 * sin(x / 6)) for x in range(0, 93, 4)], closed=False)
    pack = smooth(((14, 24), (50, 16), (86, 24), (88, 42), (50, 47), (12, 42)))
    return [
        Shape("skin", skin, "skin", "ink", INK),
        Shape("cloth_edge", cloth, stroke="ink", width=10),
        Shape("cloth", cloth, stroke="cloth", width=6.5),
        Shape("pack", pack, "prop_light", "ink", INK),
    ]


def _cream() -> list[Shape]:
    """A calf, and a tube of cream over it."""
    tube = polygon(((4, 8), (34, 16), (30, 34), (0, 26)))
    return [
        *side_leg(),
        spot("dab", (47, 38), 6.5, "prop_light"),
        Shape("dab_line", disc((47, 38), 6.5), stroke="ink", width=1.2),
        Shape("tube", tube, "cloth", "ink", INK),
        Shape("cap", polygon(((34, 20), (41, 22), (39, 31), (32, 29))), "prop_shade", "ink", 1.4),
    ]


def _sedated() -> list[Shape]:
    """A glass, and tablets beside it."""
    wine = polygon(((18, 30), (46, 30), (41, 50), (23, 50)))
    glass = polygon(((14, 12), (50, 12), (42, 50), (22, 50)))
    return [
        *limbs("stem", (((32, 50), (32, 84)), 3), (((17, 85), (47, 85)), 3), fill="prop_light"),
        Shape("glass", glass, "prop_light", "ink", INK),
        Shape("wine", wine, "muscle_shade", "ink", 1.2),
        Shape("pill", disc((72, 44), 11, 0.8), "prop_light", "ink", INK),
        _lines("notch", (((65, 44), (79, 44)),), 1.6),
        Shape("pill_2", disc((76, 72), 11, 0.8), "prop_light", "ink", INK),
        _lines("notch_2", (((69, 72), (83, 72)),), 1.6),
    ]


def _other() -> list[Shape]:
    """A clock with two hours marked on it, and a pack."""
    pack = smooth(((52, 74), (74, 68), (96, 74), (96, 92), (74, 96), (52, 92)))
    return [
        Shape("clock", disc((38, 38), 30), "prop_light", "ink", INK),
        Shape("gone", polygon(((38, 38), (38, 12), (51, 15.5), (60.5, 25))), "lit"),
        _lines("hands", (((38, 38), (38, 13)), ((38, 38), (59, 26))), 3.0),
        Shape("pack", pack, "cloth", "ink", INK),
    ]


def _stuck() -> list[Shape]:
    """A hand that takes a pack off a calf."""
    pack = smooth(((28, 24), (44, 18), (58, 24), (58, 50), (44, 55), (32, 50)))
    return [
        *side_leg(),
        Shape("pack", pack, "prop_light", "ink", INK),
        *limbs("hand", (((2, 20), (16, 27), (30, 36)), 11)),
        _lines("away", (((18, 66), (4, 66)), ((9, 61), (4, 66)), ((9, 71), (4, 66))), 2.8, "cue_arrow"),
    ]


def _unheard() -> list[Shape]:
    """A loudspeaker that sounds."""
    horn = polygon(((10, 38), (28, 38), (50, 18), (50, 82), (28, 62), (10, 62)))
    waves = [
        smooth(((60 + 9 * n, 38 - 8 * n), (66 + 11 * n, 50), (60 + 9 * n, 62 + 8 * n)), closed=False)
        for n in range(3)
    ]
    return [
        Shape("horn", horn, "cloth", "ink", INK),
        *(Shape(f"wave_{n}", wave, stroke="cue_arrow", width=3.4) for n, wave in enumerate(waves)),
    ]


def _injury() -> list[Shape]:
    """A swollen calf that was hit."""
    return [
        *side_leg(bulge=9),
        spot("bruise", (43, 38), 9, "muscle_shade", 1.3),
        bolt("hit", (26, 30), 1.1, turn=-60),
    ]


def _lines(name: str, lines: tuple[tuple[Point, Point], ...], width: float, stroke: str = "ink") -> Shape:
    path = tuple(segment for line in lines for segment in polygon(line, closed=False))
    return Shape(name, path, stroke=stroke, width=width)


PACK_SIGNS: Mapping[str, Callable[[], list[Shape]]] = MappingProxyType(
    {
        "pack_skin": _skin,
        "pack_feeling": _feeling,
        "pack_bare": _bare,
        "pack_cream": _cream,
        "pack_sedated": _sedated,
        "pack_other": _other,
        "pack_stuck": _stuck,
        "pack_unheard": _unheard,
        "pack_injury": _injury,
    }
)
"""What can be drawn, by the keys of the gates that are asked before a pack."""
