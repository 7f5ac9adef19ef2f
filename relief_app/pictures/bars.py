"""Bars for how much longer each muscle is than when standing: to the right longer, to the left shorter.

The bars point, so that the direction is read without colour, and a value beyond the range ends in
two points. Text is the widget's: `bar_rows` says where it belongs.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from relief_app.pictures.shapes import Path, Picture, Shape, polygon

RANGE_PERCENT = 7.0
"""The scale ends here on both sides (clinical content, section 2: -6.4 to +5.8 in the poses shown)."""

ROW_HEIGHT = 3.2
_MARGIN = 0.6
_THICKNESS = 1.1
_LABEL_HEIGHT = 1.5
_TIP = 0.5
_TICKS = (-5, 5)

Rect = tuple[float, float, float, float]
"""Left, top, width, height in picture units: across, one unit is one percent of the shank."""


@dataclass(frozen=True, slots=True)
class BarRow:
    """Where one bar stands: its middle `y`, the rect of its `bar` scale and of its `label` above it."""

    y: float
    bar: Rect
    label: Rect


def bar_rows(count: int) -> tuple[BarRow, ...]:
    """The rows of `count` bars, from the top."""
    return tuple(_row(index) for index in range(count))


def bars_picture(values: Sequence[tuple[str, float]]) -> Picture:
    """A bar each for (id, change of length in % of the shank), zero in the middle.

    ValueError for a value that is not finite.
    """
    rows = bar_rows(len(values))
    height = ROW_HEIGHT * max(len(values), 1)
    shapes = [shape for row, value in zip(rows, values, strict=True) for shape in _bar(row, *value)]
    zero = polygon([(0, _LABEL_HEIGHT * 0.8), (0, height)], closed=False)
    return Picture(
        (-RANGE_PERCENT - _MARGIN, 0, 2 * (RANGE_PERCENT + _MARGIN), height),
        (*shapes, Shape("zero", zero, stroke="ink_soft", width=0.12)),
    )


def _row(index: int) -> BarRow:
    top = index * ROW_HEIGHT
    y = top + _LABEL_HEIGHT + _THICKNESS / 2
    bar = (-RANGE_PERCENT, y - _THICKNESS / 2, 2 * RANGE_PERCENT, _THICKNESS)
    return BarRow(y, bar, (-RANGE_PERCENT, top, 2 * RANGE_PERCENT, _LABEL_HEIGHT))


def _bar(row: BarRow, name: str, percent: float) -> Iterator[Shape]:
    if not -100 < percent < 100:
        raise ValueError(f"{name}: a change of {percent} % of the shank is no muscle's")
    left, top, width, height = row.bar
    track = [(left, top), (left + width, top), (left + width, top + height), (left, top + height)]
    yield Shape(f"{name}_track", polygon(track), "prop")
    for tick in _TICKS:
        yield Shape("", polygon([(tick, top), (tick, top + height)], closed=False), "", "prop_shade", 0.08)
    if abs(percent) < 0.05:
        return
    role = "muscle_glow" if percent > 0 else "cloth"
    length = max(-RANGE_PERCENT, min(percent, RANGE_PERCENT))
    yield Shape(f"{name}_bar", _arrow(length, row.y), role, "ink", 0.1, moving=True)
    if abs(percent) > RANGE_PERCENT:
        yield Shape(f"{name}_beyond", _chevron(length, row.y), "", "ink", 0.14, moving=True)


def _arrow(length: float, y: float) -> Path:
    half = _THICKNESS / 2
    sign = 1 if length > 0 else -1
    shoulder = sign * max(abs(length) - _TIP, 0)
    return polygon([(0, y - half), (shoulder, y - half), (length, y), (shoulder, y + half), (0, y + half)])


def _chevron(length: float, y: float) -> Path:
    half = _THICKNESS / 2
    sign = 1 if length > 0 else -1
    back = length - sign * 1.1
    return polygon([(back, y - half), (back + sign * _TIP, y), (back, y + half)], closed=False)
