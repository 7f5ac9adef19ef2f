"""Where the labels of a picture stand, so that none hides another and no leader line crosses another.

Pixels, x to the right, y down; no Qt. Labels stand in two columns beside the picture, or in a row
above and one below it where the columns are too narrow. The anchors are parted by their x: what lies
further left is named on the left, so that lines of the two sides stay apart. Within a side the
uppermost label takes the anchor that a ray turning from above meets first; all other anchors then
lie below its line (one-sided straight leaders, Bekos et al. 2007, Comput Geom 36:215-236).
"""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise
from math import atan2, dist
from typing import NamedTuple

from relief_app.core.anatomy import Structure
from relief_app.pictures.shapes import Point

Rect = tuple[float, float, float, float]
"""Left, top, width, height."""
Size = tuple[float, float]
"""Width, height."""

GAP = 6.0
"""Between two labels of a side."""
REACH = 14.0
"""Between a label and the picture; the first half of it is the level start of the leader line."""
_TOUCH = 1e-6


class Label(NamedTuple):
    """Where the name of `structure` stands, and its leader line from the box to the anchor."""

    structure: Structure
    box: Rect
    line: tuple[Point, ...]


class _Item(NamedTuple):
    structure: Structure
    anchor: Point
    size: Size


class _Side(NamedTuple):
    """A column: the edge its labels stand at, which way they grow (-1 left, 1 right), and its room."""

    edge: float
    way: int
    room: float
    top: float
    bottom: float


def place_labels(
    anchors: Sequence[tuple[Structure, Point]],
    sizes: Mapping[Structure, Size],
    picture: Rect,
    area: Rect,
    first: Structure | None = None,
) -> tuple[Label, ...]:
    """The labels that fit, in the order of `anchors`; `sizes` says how large each box is.

    Boxes lie within `area`, outside `picture` and `GAP` apart; lines neither cross nor touch nor run
    through a box. What does not fit is left out, the last of `anchors` first and `first` last of all,
    as is what has its anchor outside of what is seen of `picture`.
    """
    seen = _seen(picture, area)
    items = [_Item(name, at, sizes[name]) for name, at in anchors if _within(at, seen)]
    ranked = sorted(items, key=lambda item: item.structure != first)
    columns = _kept(ranked, _sides(picture, area))
    labels = columns
    if len(columns) < len(items):
        rows = _kept([_swapped_item(item) for item in ranked], _sides(_swapped(picture), _swapped(area)))
        labels = _better(columns, tuple(_swapped_label(label) for label in rows), first)
    order = [name for name, _ in anchors]
    return tuple(sorted(labels, key=lambda label: order.index(label.structure)))


def _better(
    columns: tuple[Label, ...], rows: tuple[Label, ...], first: Structure | None
) -> tuple[Label, ...]:
    def worth(labels: tuple[Label, ...]) -> tuple[bool, int]:
        return any(label.structure == first for label in labels), len(labels)

    return rows if worth(rows) > worth(columns) else columns


def _kept(ranked: Sequence[_Item], sides: tuple[_Side, _Side]) -> tuple[Label, ...]:
    """The best layout of all of `ranked`, or of those that find room one after the other."""
    labels = _layout(ranked, sides)
    if labels is not None:
        return labels
    kept: list[_Item] = []
    labels = ()
    for item in ranked:
        more = _layout([*kept, item], sides)
        if more is not None:
            kept.append(item)
            labels = more
    return labels


def _layout(items: Sequence[_Item], sides: tuple[_Side, _Side]) -> tuple[Label, ...] | None:
    """All `items` on the two sides with the shortest lines, or None if they do not fit."""
    across = sorted(items, key=lambda item: item.anchor)
    found = []
    for count in range(len(across) + 1):
        left, right = (
            _column(part, side) for part, side in zip((across[:count], across[count:]), sides, strict=True)
        )
        if left is not None and right is not None and _apart([*left, *right]):
            found.append((*left, *right))
    return min(found, key=_length, default=None)


def _length(labels: Sequence[Label]) -> float:
    """How long the lines are; squared, so that one very long line is worse than two middling ones."""
    return sum(dist(label.line[1], label.line[-1]) ** 2 for label in labels)


def _column(items: Sequence[_Item], side: _Side) -> list[Label] | None:
    """`items` from top to bottom of one side, or None if they do not fit there.

    The order says where the ports are and the ports say the order, so both are found in turn; equal
    slots, whose ports do not depend on the order, are the way out when that does not settle.
    """
    heights = [item.size[1] for item in items]
    needed = sum(heights) + GAP * (len(items) - 1)
    if any(item.size[0] > side.room for item in items) or needed > side.bottom - side.top:
        return None
    order = sorted(items, key=lambda item: item.anchor[::-1])
    for _ in range(len(items)):
        labels = _stacked(order, [item.size[1] for item in order], side)
        if _apart(labels):
            return labels
        order = _untangled(order, [label.line[1] for label in labels], side)
    return _slotted(items, side)


def _slotted(items: Sequence[_Item], side: _Side) -> list[Label] | None:
    """`items` in slots of equal height."""
    slot = max((item.size[1] for item in items), default=0.0)
    if slot * len(items) + GAP * (len(items) - 1) > side.bottom - side.top:
        return None
    by_height = sorted(items, key=lambda item: item.anchor[::-1])
    tops = _tops([item.anchor[1] for item in by_height], [slot] * len(items), side)
    ports = [(side.edge - side.way * REACH / 2, top + slot / 2) for top in tops]
    order = _untangled(by_height, ports, side)
    labels = [_label(item, port[1], side) for item, port in zip(order, ports, strict=True)]
    return labels if _apart(labels) else None


def _stacked(order: Sequence[_Item], heights: Sequence[float], side: _Side) -> list[Label]:
    tops = _tops([item.anchor[1] for item in order], heights, side)
    return [
        _label(item, top + height / 2, side) for item, top, height in zip(order, tops, heights, strict=True)
    ]


def _label(item: _Item, middle: float, side: _Side) -> Label:
    width, height = item.size
    left = side.edge if side.way > 0 else side.edge - width
    bend = (side.edge - side.way * REACH / 2, middle)
    return Label(
        item.structure, (left, middle - height / 2, width, height), ((side.edge, middle), bend, item.anchor)
    )


def _untangled(items: Sequence[_Item], ports: Sequence[Point], side: _Side) -> list[_Item]:
    """Which item each port takes, from the uppermost port on, so that no two lines cross."""
    left = list(items)
    order = []
    for x, y in ports:
        item = min(left, key=lambda i: (atan2(i.anchor[1] - y, (x - i.anchor[0]) * side.way), i.anchor))
        left.remove(item)
        order.append(item)
    return order


def _tops(middles: Sequence[float], heights: Sequence[float], side: _Side) -> list[float]:
    """Tops of stacked boxes as near to `middles` as may be (least squares, pooled neighbours)."""
    starts = [0.0]
    for height in heights:
        starts.append(starts[-1] + height + GAP)
    wished = [m - h / 2 - s for m, h, s in zip(middles, heights, starts, strict=False)]
    pools: list[tuple[float, int]] = []
    for wish in wished:
        total, count = wish, 1
        while pools and pools[-1][0] / pools[-1][1] > total / count:
            before = pools.pop()
            total, count = total + before[0], count + before[1]
        pools.append((total, count))
    highest = side.bottom - starts[-1] + GAP
    placed = [min(max(total / count, side.top), highest) for total, count in pools for _ in range(count)]
    return [base + start for base, start in zip(placed, starts, strict=False)]


def _apart(labels: Sequence[Label]) -> bool:
    return not any(
        _meet(one, other)
        for a, b in combinations(labels, 2)
        for one in pairwise(a.line)
        for other in pairwise(b.line)
    )


def _meet(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """True if two straight pieces cross or touch."""
    (a, b), (c, d) = one, other
    for i in (0, 1):
        if max(a[i], b[i]) + _TOUCH < min(c[i], d[i]) or max(c[i], d[i]) + _TOUCH < min(a[i], b[i]):
            return False
    return _beside(a, b, c) * _beside(a, b, d) <= 0 and _beside(c, d, a) * _beside(c, d, b) <= 0


def _beside(a: Point, b: Point, point: Point) -> int:
    """On which side of the line from `a` to `b` the point lies: -1, 1, or 0 for on it."""
    area = (b[0] - a[0]) * (point[1] - a[1]) - (b[1] - a[1]) * (point[0] - a[0])
    near = _TOUCH * (dist(a, b) + _TOUCH)
    return (area > near) - (area < -near)


def _sides(picture: Rect, area: Rect) -> tuple[_Side, _Side]:
    left, top, width, height = area
    start, end = picture[0] - REACH, picture[0] + picture[2] + REACH
    return (
        _Side(start, -1, start - left, top, top + height),
        _Side(end, 1, left + width - end, top, top + height),
    )


def _seen(picture: Rect, area: Rect) -> Rect:
    left, top = max(picture[0], area[0]), max(picture[1], area[1])
    right = min(picture[0] + picture[2], area[0] + area[2])
    bottom = min(picture[1] + picture[3], area[1] + area[3])
    return (left, top, right - left, bottom - top)


def _within(point: Point, rect: Rect) -> bool:
    left, top, width, height = rect
    return left <= point[0] <= left + width and top <= point[1] <= top + height


def _swapped(rect: Rect) -> Rect:
    return (rect[1], rect[0], rect[3], rect[2])


def _swapped_item(item: _Item) -> _Item:
    (x, y), (width, height) = item.anchor, item.size
    return _Item(item.structure, (y, x), (height, width))


def _swapped_label(label: Label) -> Label:
    return Label(label.structure, _swapped(label.box), tuple((y, x) for x, y in label.line))
