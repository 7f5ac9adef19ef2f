"""What differs between two pictures: the part of the first that has to be painted again for the second.

Only the pieces of a path that moved count, so that a chest that breathes costs no legs.
"""

from collections.abc import Iterable, Sequence
from math import inf

from relief_app.pictures.shapes import Path, Picture, Point, Segment, Shape

Box = tuple[float, float, float, float]
"""Left, top, right, bottom."""

NOTHING: Box = (inf, inf, -inf, -inf)


def changed_box(before: Picture, after: Picture) -> Box | None:
    """The box, in picture units, outside which `after` looks like `before`; None where all of it differs.

    `NOTHING` where nothing differs. Lines are counted at their width.
    """
    if (
        before.view_box != after.view_box
        or before.is_turned != after.is_turned
        or len(before.shapes) != len(after.shapes)
    ):
        return None
    box = NOTHING
    for old, new in zip(before.shapes, after.shapes, strict=True):
        if old is not new:
            box = _joined(box, _change(old, new))
    return box


def _change(old: Shape, new: Shape) -> Box:
    """The box in which two shapes differ."""
    reach = max(old.width, new.width) / 2
    if old[2:] != new[2:]:
        return _wider(_box((*_points(old.path), *_points(new.path))), reach)
    if old.path == new.path:
        return NOTHING
    return _wider(_box(_moved(old.path, new.path)), reach)


def _moved(old: Path, new: Path) -> list[Point]:
    """All points of the pieces that differ; two such paths differ nowhere but between these."""
    if len(old) != len(new) or any(a.command != b.command for a, b in zip(old, new, strict=True)):
        return _points(old) + _points(new)
    differ = [a is not b and a != b for a, b in zip(old, new, strict=True)]
    return _pieces(old, differ) + _pieces(new, differ)


def _pieces(path: Path, differ: Sequence[bool]) -> list[Point]:
    """Points of the pieces that differ or start where one that differs ends, closing lines among them.

    A fill closes what is left open.
    """
    points: list[Point] = []
    start, last, start_moved, moved = path[0].points[0], path[0].points[0], False, False
    for (command, own), differs in zip((*path, Segment("Z")), (*differ, False), strict=True):
        if command in "MZ" and (start_moved or moved):
            points += (last, start)
        if command == "M":
            start, start_moved = own[0], differs
        elif differs or moved:
            points += (last, *own)
        last, moved = own[-1] if own else start, differs
    return points


def _points(path: Path) -> list[Point]:
    return [point for piece in path for point in piece.points]


def _box(points: Iterable[Point]) -> Box:
    across, down = zip(*points, strict=True)
    return (min(across), min(down), max(across), max(down))


def _wider(box: Box, by: float) -> Box:
    return (box[0] - by, box[1] - by, box[2] + by, box[3] + by)


def _joined(a: Box, b: Box) -> Box:
    return (min(a[0], b[0]), min(a[1], b[1]), max(a[2], b[2]), max(a[3], b[3]))
