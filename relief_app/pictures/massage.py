"""Where the calf is massaged, on the plate from behind and on the figure from the side.

Zones are drawn well clear of what is never pressed: the hollow of the knee and the fibular neck
(clinical content, section 1). Strokes run from clear of the heel to below the knee, upward only.
"""

from collections.abc import Iterator, Mapping
from types import MappingProxyType

from relief_app.core.anatomy import Zone
from relief_app.core.skeleton import Posture, on_shank
from relief_app.pictures.cues_of_motion import ROLE, arrow
from relief_app.pictures.shapes import Path, Point, Shape, mapped_path, smooth

ON_PLATE: Mapping[Zone, tuple[Point, ...]] = MappingProxyType(
    {
        Zone.MEDIAL: (
            (-0.060, 0.165), (-0.026, 0.205), (-0.006, 0.290), (-0.010, 0.400), (-0.020, 0.500),
            (-0.048, 0.572), (-0.086, 0.520), (-0.112, 0.430), (-0.121, 0.330), (-0.108, 0.225),
        ),
        Zone.LATERAL: (
            (0.070, 0.185), (0.102, 0.230), (0.119, 0.300), (0.109, 0.390), (0.090, 0.470),
            (0.056, 0.532), (0.028, 0.490), (0.020, 0.400), (0.024, 0.300), (0.042, 0.220),
        ),
        Zone.LOWER: (
            (-0.060, 0.625), (0.006, 0.606), (0.072, 0.625), (0.074, 0.700), (0.056, 0.775),
            (0.028, 0.822), (-0.006, 0.832), (-0.034, 0.815), (-0.052, 0.760), (-0.064, 0.690),
        ),
    }
)  # fmt: skip
"""Outlines on the right calf from behind, in the plate's units (shank lengths, + lateral)."""

STROKES: tuple[tuple[Point, ...], ...] = (
    ((-0.030, 0.860), (-0.046, 0.680), (-0.066, 0.500), (-0.074, 0.330), (-0.064, 0.185)),
    ((0.026, 0.860), (0.048, 0.680), (0.072, 0.500), (0.080, 0.340), (0.070, 0.205)),
)
"""The ways of the hands, from clear of the heel to below the knee."""
_ARROW = 2.6
"""The plate's units in one unit of an arrow, which is made for the figure."""
_EDGE = 0.011
_SEAM = 2.2
_FILL = 0.14


def zone_on_plate(zone: Zone) -> Iterator[Shape]:
    """The outline of `zone` on the calf from behind."""
    path = smooth(ON_PLATE[zone])
    yield Shape("", path, stroke="background", width=_EDGE * _SEAM, opacity=0.8)
    yield Shape(f"zone_{zone}", path, ROLE, opacity=_FILL)
    yield Shape(f"zone_{zone}_line", path, stroke=ROLE, width=_EDGE)


def strokes_on_plate() -> Iterator[Shape]:
    """An arrow up each side of the calf."""
    for number, line in enumerate(STROKES, 1):
        path = _arrow_on_plate(line)
        yield Shape("", path, "background", "background", width=_EDGE * 1.6, opacity=0.8)
        yield Shape(f"stroke_{number}", path, ROLE)


def _arrow_on_plate(line: tuple[Point, ...]) -> Path:
    path = arrow([(x / _ARROW, y / _ARROW) for x, y in line])
    return mapped_path(path, lambda point: (point[0] * _ARROW, point[1] * _ARROW))


_ON_FIGURE: Mapping[Zone, tuple[Point, ...]] = MappingProxyType(
    {
        Zone.MEDIAL: ((-0.030, 0.244), (-0.042, 0.222), (-0.046, 0.196), (-0.042, 0.170), (-0.034, 0.150)),
        Zone.LATERAL: (
            (-0.018, 0.246), (-0.034, 0.232), (-0.039, 0.205), (-0.034, 0.175), (-0.024, 0.158),
            (-0.010, 0.178), (-0.004, 0.206), (-0.007, 0.232),
        ),
        Zone.LOWER: (
            (-0.020, 0.166), (-0.032, 0.156), (-0.031, 0.134), (-0.025, 0.112), (-0.016, 0.100),
            (-0.006, 0.112), (-0.003, 0.134), (-0.008, 0.156),
        ),
    }
)  # fmt: skip
"""On the standing shank seen from the outside, as (forward, height) in statures.

The inner zone lies beyond the calf: only its edge shows.
"""


def zone_on_figure(body: Posture, zone: Zone | None) -> Iterator[Shape]:
    """The outline of `zone` on the near calf of `body`; nothing for None."""
    if zone is None:
        return
    points = [on_shank(body, (x, -h)) for x, h in _ON_FIGURE[zone]]
    closed = zone is not Zone.MEDIAL
    path = smooth(points, closed=closed)
    if closed:
        yield Shape(f"zone_{zone}", path, ROLE, opacity=0.22, moving=True)
    yield Shape(f"zone_{zone}_line", path, stroke=ROLE, width=0.0055 if closed else 0.0085, moving=True)
