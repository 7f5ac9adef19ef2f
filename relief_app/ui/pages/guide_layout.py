"""Where things stand on the Guide page: a pure function of its size.

Wide: the picture left, as large as it goes; a column right with inset, bars, ring. Narrow: picture on
top, cue, then ring beside the big button, then one row of small buttons. Lengths are
device-independent pixels.
"""

from typing import NamedTuple

from PySide6.QtCore import QRect

from relief_app.ui.widgets.themed import SMALLEST_TARGET, target_side

MARGIN = 12
STEERING_COUNT, TOOL_COUNT = 5, 5
"""Small buttons below, and on top."""
LARGE_TEXT = 1.4
"""From this text scale on what carries words gets more of the room."""
LEAST_WORDS = 100
"""Narrower than this no words are tried."""


class GuidePlaces(NamedTuple):
    """A rectangle for each part; `inset` and `bars` are empty where there is no room or no inset."""

    progress: QRect
    tools: tuple[QRect, ...]
    picture: QRect
    cue: QRect
    following: QRect
    inset: QRect
    bars: QRect
    ring: QRect
    eased: QRect
    steering: tuple[QRect, ...]
    wrong: QRect


def places(width: int, height: int, *, cramp: bool, tools: int, steering: int, scale: float) -> GuidePlaces:
    """Lay out `tools` small buttons on top and `steering` ones below; `scale` is the text scale."""
    if width >= 760 and width > height * 1.05:
        return _wide(width, height, cramp=cramp, tools=tools, steering=steering, scale=scale)
    return _narrow(width, height, cramp=cramp, tools=tools, steering=steering, scale=scale)


def _wide(width: int, height: int, *, cramp: bool, tools: int, steering: int, scale: float) -> GuidePlaces:
    target = max(round(SMALLEST_TARGET * min(height / 800, 1.6)), target_side(height, scale))
    side = max(min(round(width * (0.34 if cramp or scale >= LARGE_TEXT else 0.3)), 640), 250)
    left = width - side - 3 * MARGIN
    foot = height - MARGIN - target
    # The picture gives way to words that a person wants large, and stays the largest thing.
    words = round(min(max(height * 0.19 * min(max(scale, 1.0), 1.7), 96 * min(scale, 1.6)), height * 0.34))
    top = 2 * MARGIN + target
    picture = QRect(MARGIN, top, left, foot - words - top - MARGIN)
    column = QRect(width - side - MARGIN, top, side, foot - top - MARGIN)
    return GuidePlaces(
        progress=QRect(MARGIN + 4, MARGIN, left - MARGIN, target),
        tools=_row_from_right(width - MARGIN, MARGIN, target, tools),
        picture=picture,
        cue=QRect(MARGIN, picture.bottom() + 1 + MARGIN // 2, left, round(words * 0.66)),
        following=QRect(MARGIN, picture.bottom() + 1 + round(words * 0.74), left, round(words * 0.26)),
        **_column(column, cramp=cramp, large=scale >= LARGE_TEXT),
        steering=_shares(QRect(MARGIN, foot, left, target), steering),
        wrong=QRect(column.left(), foot, side, target),
    )


def _column(column: QRect, *, cramp: bool, large: bool) -> dict[str, QRect]:
    """Ring below, and above it the inset with its bars or, in a cramp, the big button below it."""
    x, y, w, h = column.x(), column.y(), column.width(), column.height()
    if cramp:
        button = max(round(h * 0.26), SMALLEST_TARGET)
        ring = QRect(x, y, w, h - button - MARGIN)
        return {"inset": QRect(), "bars": QRect(), "ring": ring, "eased": QRect(x, y + h - button, w, button)}
    ring_h = min(round(h * (0.42 if large else 0.36)), w)
    bars = round(h * 0.24) if large else min(round(h * 0.16), 120)
    inset = QRect(x, y, w, h - ring_h - bars - 2 * MARGIN)
    low = inset.bottom() + 1 + MARGIN
    return {
        "inset": inset,
        "bars": QRect(x, low, w, bars),
        "ring": QRect(x, low + bars + MARGIN, w, ring_h),
        "eased": QRect(),
    }


def _narrow(width: int, height: int, *, cramp: bool, tools: int, steering: int, scale: float) -> GuidePlaces:
    target = target_side(height, scale)
    inner = width - 2 * MARGIN
    gap = MARGIN // 2
    wrong = QRect(MARGIN, height - gap - target, inner, target)
    buttons = _shares(QRect(MARGIN, wrong.top() - gap - target, inner, target), steering)
    bars = 0 if cramp else min(round(height * 0.16), 90)
    ring_h = min(round(height * (0.24 if cramp else 0.22)), inner // 2)
    words = round(min(height * 0.17 * min(max(scale, 1.0), 1.4), 110 * scale))
    ring_top = wrong.top() - gap - target - gap - ring_h
    top = gap + target + gap
    cue_top = ring_top - gap - words
    picture = QRect(MARGIN, top, inner, max(cue_top - gap - top, 40))
    ring = QRect(MARGIN, ring_top, ring_h if not cramp else inner // 2 - gap, ring_h)
    beside = QRect(ring.right() + 1 + MARGIN, ring_top, inner - ring.width() - MARGIN, ring_h)
    beside_tools = inner - tools * (target + 2) - MARGIN
    return GuidePlaces(
        progress=QRect(MARGIN, gap, beside_tools, target) if beside_tools >= LEAST_WORDS * scale else QRect(),
        tools=_row_from_right(width - MARGIN, gap, target, tools),
        picture=picture,
        cue=QRect(MARGIN, cue_top, inner, round(words * 0.64)),
        following=QRect(MARGIN, cue_top + round(words * 0.68), inner, round(words * 0.32)),
        inset=QRect(),
        bars=QRect() if not bars else beside.adjusted(0, (ring_h - bars) // 2, 0, -(ring_h - bars) // 2),
        ring=ring,
        eased=beside.adjusted(0, ring_h // 10, 0, -ring_h // 10) if cramp else QRect(),
        steering=buttons,
        wrong=wrong,
    )


def _row_from_right(right: int, top: int, side: int, count: int) -> tuple[QRect, ...]:
    start = right - count * side - (count - 1) * 2
    return tuple(QRect(start + i * (side + 2), top, side, side) for i in range(count))


def _shares(row: QRect, count: int) -> tuple[QRect, ...]:
    """`row` in `count` equal parts with a small gap."""
    gap = 6
    width = (row.width() - gap * (count - 1)) / count
    return tuple(
        QRect(row.left() + round(i * (width + gap)), row.top(), round(width), row.height())
        for i in range(count)
    )
