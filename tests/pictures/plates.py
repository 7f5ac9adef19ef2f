"""The plates as tests measure them: curves turned into points."""

from functools import cache
from itertools import pairwise
from pathlib import Path

from relief_app.pictures.plate_file import Plate, read_plate
from relief_app.pictures.shapes import Path as Outline
from relief_app.pictures.shapes import Point

ANATOMY = Path(__file__).parents[2] / "assets" / "anatomy"
_STEPS = 48


@cache
def plate(view: str) -> Plate:
    """The plate of that view, from the checkout's assets."""
    return read_plate((ANATOMY / f"{view}.svg").read_text(encoding="utf-8"), view)


def points(path: Outline) -> list[list[Point]]:
    """Every sub-path of `path` as points along it; closed ones end where they begin."""
    lines: list[list[Point]] = []
    for command, ends in path:
        if command == "M":
            lines.append([ends[0]])
        elif command == "L":
            lines[-1].append(ends[0])
        elif command == "C":
            lines[-1] += _cubic(lines[-1][-1], *ends)
        else:
            lines[-1].append(lines[-1][0])
    return lines


def _cubic(start: Point, first: Point, second: Point, end: Point) -> list[Point]:
    result = []
    for step in range(1, _STEPS + 1):
        t = step / _STEPS
        a, b, c, d = (1 - t) ** 3, 3 * (1 - t) ** 2 * t, 3 * (1 - t) * t * t, t**3
        result.append(
            (
                a * start[0] + b * first[0] + c * second[0] + d * end[0],
                a * start[1] + b * first[1] + c * second[1] + d * end[1],
            )
        )
    return result


class Outlined:
    """One outlined structure, measured on levels y (shank units)."""

    def __init__(self, view: str, part_id: str) -> None:
        self.lines = points(plate(view).part(part_id).path)

    @property
    def top(self) -> float:
        return min(y for line in self.lines for _, y in line)

    @property
    def bottom(self) -> float:
        return max(y for line in self.lines for _, y in line)

    def edges(self, level: float) -> tuple[float, float]:
        """The outermost x on that level."""
        crossings = [
            x1 + (level - y1) / (y2 - y1) * (x2 - x1)
            for line in self.lines
            for (x1, y1), (x2, y2) in pairwise(line)
            if (y1 <= level) != (y2 <= level)
        ]
        return min(crossings), max(crossings)

    def width(self, level: float) -> float:
        left, right = self.edges(level)
        return right - left


def levels(start: float, stop: float, step: float = 0.002) -> list[float]:
    """Levels from `start` to `stop`."""
    return [start + index * step for index in range(int((stop - start) / step) + 1)]
