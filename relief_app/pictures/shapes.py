"""What a picture is made of: shapes with paths and colour roles, before any painter touches them.

Coordinates are picture units, x to the right, y down. Two outlets read the same shapes: `painting`
(QPainter) and `svg` (text), so a widget, a file and a print can never differ.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import NamedTuple

Point = tuple[float, float]
PointMap = Callable[[Point], Point]


class Segment(NamedTuple):
    """One path command: M and L with one point, C with three (two controls, end), Z with none."""

    command: str
    points: tuple[Point, ...] = ()


Path = tuple[Segment, ...]


@dataclass(frozen=True, slots=True)
class Gradient:
    """A linear change from the shape's `fill` at `start` to the role `to` at `end`."""

    start: Point
    end: Point
    to: str


@dataclass(frozen=True, slots=True)
class Shape:
    """A filled and/or stroked path. `fill` and `stroke` are palette roles, "" for none.

    `width` is the stroke width in picture units; `clip` keeps the paint inside another path;
    `moving` marks what changes from frame to frame, so that the rest can be cached.
    """

    id: str
    path: Path
    fill: str = ""
    stroke: str = ""
    width: float = 0.0
    opacity: float = 1.0
    gradient: Gradient | None = None
    clip: Path | None = None
    moving: bool = False


@dataclass(frozen=True, slots=True)
class Marker:
    """A named point that is written to files but never painted."""

    id: str
    at: Point


@dataclass(frozen=True, slots=True)
class Picture:
    """Shapes from back to front in a view box `left, top, width, height` (picture units)."""

    view_box: tuple[float, float, float, float]
    shapes: tuple[Shape, ...]
    markers: tuple[Marker, ...] = ()


def polygon(points: Iterable[Point], *, closed: bool = True) -> Path:
    """Straight lines through `points`."""
    first, *rest = points
    lines = [Segment("L", (point,)) for point in rest]
    return (Segment("M", (first,)), *lines, *((Segment("Z"),) if closed else ()))


def smooth(points: Sequence[Point], *, closed: bool = True, tension: float = 1.0) -> Path:
    """A smooth curve through `points` (centripetal enough for evenly spaced outlines).

    Cubic pieces after Catmull and Rom; `tension` 1 is the plain curve, 0 straight lines.
    """
    count = len(points)
    pieces = count if closed else count - 1

    def at(index: int) -> Point:
        return points[index % count] if closed else points[min(max(index, 0), count - 1)]

    segments = [Segment("M", (points[0],))]
    for i in range(pieces):
        before, start, end, after = at(i - 1), at(i), at(i + 1), at(i + 2)
        segments.append(_piece(before, start, end, after, tension / 6))
    return (*segments, *((Segment("Z"),) if closed else ()))


def _piece(before: Point, start: Point, end: Point, after: Point, reach: float) -> Segment:
    first = (start[0] + (end[0] - before[0]) * reach, start[1] + (end[1] - before[1]) * reach)
    second = (end[0] - (after[0] - start[0]) * reach, end[1] - (after[1] - start[1]) * reach)
    return Segment("C", (first, second, end))


def mirrored(picture: Picture) -> Picture:
    """`picture` seen in a mirror about the middle of its view box: a right leg becomes a left one."""
    left, _, width, _ = picture.view_box
    axis = 2 * left + width

    def flip(point: Point) -> Point:
        return (axis - point[0], point[1])

    return Picture(
        picture.view_box,
        tuple(_mapped(shape, flip) for shape in picture.shapes),
        tuple(Marker(marker.id, flip(marker.at)) for marker in picture.markers),
    )


def _mapped(shape: Shape, flip: PointMap) -> Shape:
    gradient = shape.gradient and Gradient(
        flip(shape.gradient.start), flip(shape.gradient.end), shape.gradient.to
    )
    clip = shape.clip and mapped_path(shape.clip, flip)
    return replace(shape, path=mapped_path(shape.path, flip), gradient=gradient, clip=clip)


def mapped_path(path: Path, change: PointMap) -> Path:
    """`path` with every point sent through `change`."""
    return tuple(Segment(command, tuple(change(point) for point in points)) for command, points in path)
