"""Parts of which the pictograms of warning signs are made: legs, limbs, marks. Units: a square of 100."""

from math import cos, pi, sin

from relief_app.pictures.shapes import Gradient, Path, Point, Segment, Shape, joined, polygon, smooth

INK = 2.0
"""Width of an outline: still seen where a pictogram is as small as a thumb."""

_FRONT: tuple[Point, ...] = (
    (66, 4),
    (67.5, 12),
    (66, 22),
    (65, 40),
    (62, 60),
    (63, 70),
    (70, 77),
    (82, 83),
    (90, 88),
    (90, 93),
)
_SOLE: tuple[Point, ...] = ((90, 93), (74, 94), (62, 92.5), (52, 94), (42, 94))
_BACK: tuple[Point, ...] = ((42, 94), (38.5, 89), (42, 82), (46, 73), (45, 62), (39, 47), (34, 32), (36, 18))
_KNEE: tuple[Point, ...] = ((36, 18), (40, 10), (40, 4))


def leg_outline(bulge: float = 0.0) -> Path:
    """A lower leg from the side, toes to the right; `bulge` pushes the calf out at the back."""
    back = [(x - bulge * max(0.0, 1 - abs(y - 34) / 26), y) for x, y in _BACK]
    knee = [(x - bulge * max(0.0, 1 - abs(y - 34) / 26), y) for x, y in _KNEE]
    return joined(_FRONT, _SOLE, [*back, *knee[1:]])


def side_leg(fill: str = "skin", *, bulge: float = 0.0, gradient: Gradient | None = None) -> list[Shape]:
    """The leg with shade along the calf, and its outline last."""
    outline = leg_outline(bulge)
    shade = smooth(((66, 4), (60, 30), (58, 60), (57, 76), (76, 86), (92, 92), (92, 100), (99, 60), (80, 0)))
    return [
        Shape("leg", outline, fill, gradient=gradient),
        Shape("leg_shade", shade, "skin_shade", opacity=0.45, clip=outline),
        Shape("leg_line", outline, stroke="ink", width=INK),
    ]


_HALF = ((4, 11), (14, 10.5), (24, 13), (34, 14.5), (46, 12.5), (58, 8.5), (70, 6), (78, 6))
"""A leg from behind: half its width at a height."""
_HEEL = ((84, 7.5), (91, 8.5), (95, 6))


def leg_from_behind(middle: float, swell: float = 0.0) -> Path:
    """A lower leg seen from behind about x = `middle`; `swell` widens calf and ankle."""

    def half(points: tuple[tuple[float, float], ...]) -> list[Point]:
        return [(wide + swell * max(0.0, 1 - abs(y - 42) / 44), y) for y, wide in points]

    edge = half(_HALF + _HEEL)
    left = [(middle - wide, y) for wide, y in edge]
    right = [(middle + wide, y) for wide, y in edge]
    return joined(right, [right[-1], (middle, 97), left[-1]], left[::-1])


Limb = tuple[tuple[Point, ...], float]
"""The middle line of a limb and its width."""


def limbs(name: str, *parts: Limb, fill: str = "skin") -> list[Shape]:
    """Rounded limbs that are one with each other, with one outline about them."""
    lines = [(smooth(points, closed=False), width) for points, width in parts]
    return [
        *(
            Shape(f"{name}_line_{n}", line, stroke="ink", width=w + 2 * INK)
            for n, (line, w) in enumerate(lines)
        ),
        *(Shape(f"{name}_{n}", line, stroke=fill, width=w) for n, (line, w) in enumerate(lines)),
    ]


def disc(middle: Point, radius: float, squash: float = 1.0) -> Path:
    """A circle, or an ellipse lower than it is wide."""
    x, y = middle
    around = [k * pi / 4 for k in range(8)]
    return smooth([(x + radius * cos(a), y + radius * squash * sin(a)) for a in around], tension=1.07)


def spot(name: str, middle: Point, radius: float, fill: str, squash: float = 1.0) -> Shape:
    """A filled disc without a line."""
    return Shape(name, disc(middle, radius, squash), fill)


def bolt(name: str, at: Point, size: float = 1.0, *, turn: float = 0.0) -> Shape:
    """A jagged mark of pain that points to `at` from above, turned by `turn` degrees about it."""
    points = ((0, 0), (-7, -11), (-1.5, -10), (-5, -22), (6.5, -7), (1, -8))
    a = turn * pi / 180
    turned = [(size * (x * cos(a) - y * sin(a)), size * (x * sin(a) + y * cos(a))) for x, y in points]
    path = polygon([(at[0] + x, at[1] + y) for x, y in turned])
    return Shape(name, path, "lit", "ink", 1.4)


def rays(name: str, middle: Point, inner: float, outer: float, degrees: tuple[float, ...]) -> Shape:
    """Short lines away from `middle`, each in its direction (0 to the right, 90 down)."""
    path: list[Segment] = []
    for degree in degrees:
        x, y = cos(degree * pi / 180), sin(degree * pi / 180)
        ends = [(middle[0] + r * x, middle[1] + r * y) for r in (inner, outer)]
        path += polygon(ends, closed=False)
    return Shape(name, tuple(path), stroke="lit", width=3.0)


def moon(name: str, middle: Point, radius: float, fill: str = "lamp", line: str = "ink") -> Shape:
    """A crescent open to the right."""
    x, y = middle

    def place(points: tuple[Point, ...]) -> list[Point]:
        return [(x + radius * across, y + radius * down) for across, down in points]

    outside = place(((0.35, -0.94), (-0.45, -0.9), (-0.98, -0.2), (-0.8, 0.62), (-0.05, 1.0), (0.75, 0.66)))
    inside = place(((0.75, 0.66), (0.1, 0.52), (-0.25, -0.05), (-0.05, -0.62), (0.35, -0.94)))
    return Shape(name, joined(outside, inside), fill, line, 1.4)
