"""What a picture is made of: shapes with paths and colour roles, before any painter touches them.

Coordinates are picture units, x to the right, y down. Two outlets read the same shapes: `painting`
(QPainter) and `svg` (text), so a widget, a file and a print can never differ.
"""

from collections.abc import Callable, Iterable, Sequence
from typing import NamedTuple

Point = tuple[float, float]
PointMap = Callable[[Point], Point]


class Segment(NamedTuple):
    """One path command: M and L with one point, C with three (two controls, end), Z with none."""

    command: str
    points: tuple[Point, ...] = ()


Path = tuple[Segment, ...]


class Gradient(NamedTuple):
    """A linear change from the shape's `fill` at `start` to the role `to` at `end`; "" fades away."""

    start: Point
    end: Point
    to: str


class Shape(NamedTuple):
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


class Marker(NamedTuple):
    """A named point that is written to files but never painted."""

    id: str
    at: Point


class Picture(NamedTuple):
    """Shapes from back to front in a view box `left, top, width, height` (picture units).

    `is_turned` pictures are seen in a mirror about the middle of their view box: whoever paints or
    writes them turns them, which costs a frame nothing.
    """

    view_box: tuple[float, float, float, float]
    shapes: tuple[Shape, ...]
    markers: tuple[Marker, ...] = ()
    is_turned: bool = False


def polygon(points: Iterable[Point], *, closed: bool = True) -> Path:
    """Straight lines through `points`."""
    first, *rest = points
    lines = [Segment("L", (point,)) for point in rest]
    return (Segment("M", (first,)), *lines, *((Segment("Z"),) if closed else ()))


def smooth(points: Sequence[Point], *, closed: bool = True, tension: float = 1.0) -> Path:
    """A smooth curve through `points` (centripetal enough for evenly spaced outlines).

    Cubic pieces after Catmull and Rom; `tension` 1 is the plain curve, 0 straight lines.
    """
    reach = tension / 6
    first, last = (points[-1], points[0]) if closed else (points[0], points[-1])
    line = (*points, points[0]) if closed else tuple(points)
    around = (first, *line, points[1] if closed else last)
    # One flat loop without a call: an outline of a body has hundreds of pieces a frame.
    make = tuple.__new__
    segments = [Segment("M", (points[0],))]
    (ax, ay), (bx, by), (cx, cy) = around[:3]
    for dx, dy in around[3:]:
        enter = (bx + (cx - ax) * reach, by + (cy - ay) * reach)
        leave = (cx - (dx - bx) * reach, cy - (dy - by) * reach)
        segments.append(make(Segment, ("C", (enter, leave, (cx, cy)))))
        ax, ay, bx, by, cx, cy = bx, by, cx, cy, dx, dy
    return (*segments, *((Segment("Z"),) if closed else ()))


def joined(*runs: Sequence[Point]) -> Path:
    """A closed path of smooth runs that meet in corners; straight lines bridge what lies apart."""
    segments: list[Segment] = []
    for run in runs:
        start, *curve = smooth(run, closed=False)
        segments += [Segment("L", start.points) if segments else start, *curve]
    return (*segments, Segment("Z"))


def turned(picture: Picture) -> Picture:
    """`picture` the other way round, its points left where they are: a right leg becomes a left one."""
    return picture._replace(is_turned=not picture.is_turned)


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
    return shape._replace(path=mapped_path(shape.path, flip), gradient=gradient, clip=clip)


def mapped_path(path: Path, change: PointMap) -> Path:
    """`path` with every point sent through `change`."""
    return tuple(Segment(command, tuple(change(point) for point in points)) for command, points in path)
