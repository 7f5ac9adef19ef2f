"""Outlines with smooth edges and corners between them."""

from collections.abc import Sequence

from relief_app.pictures.shapes import Path, Point, Segment, smooth


def joined(*edges: Sequence[Point]) -> Path:
    """A closed outline of smooth edges with straight lines and corners between them."""
    path = list(smooth(edges[0], closed=False))
    for edge in edges[1:]:
        first, *rest = smooth(edge, closed=False)
        path += [Segment("L", first.points), *rest]
    return (*path, Segment("Z"))
