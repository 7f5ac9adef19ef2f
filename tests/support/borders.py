"""Where two structures of a painted picture touch, and what is seen on both sides and between."""

from collections.abc import Iterator, Mapping
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QImage, QPainter

from relief_app.pictures.painting import painter_path, placement
from relief_app.pictures.shapes import Picture

Mask = npt.NDArray[np.bool_]
Numbers = npt.NDArray[np.int64]
BACKGROUND = "background"
_TILE, _ROUND = 20, 9
_LINE_WITHIN, _FILL_FROM, _FILL_TO = 2, 4, 9
"""In pixels: how far a line reaches to both sides, and where the plain fill beside it is looked for."""
_LEAST = 8


class Piece(NamedTuple):
    """A piece of a border: which pixels (numbered row by row) are the one side, the other, and between."""

    one: Numbers
    other: Numbers
    between: Numbers


def owners(picture: Picture, names: Mapping[str, str], width: int) -> npt.NDArray[np.str_]:
    """Whose each pixel is: shapes whose id is in `names` cover what is behind them, others belong to it.

    The array has the shape of the picture painted `width` pixels wide.
    """
    _, _, box_width, box_height = picture.view_box
    height = round(width * box_height / box_width)
    image = QImage(width, height, QImage.Format.Format_Grayscale8)
    image.fill(0)
    words = [BACKGROUND, *dict.fromkeys(names.values())]
    place = placement(picture, QRectF(0, 0, width, height))
    painter = QPainter(image)
    painter.setPen(Qt.PenStyle.NoPen)
    for shape in picture.shapes:
        if shape.fill and shape.id in names:
            tone = words.index(names[shape.id])
            painter.setBrush(QBrush(QColor(tone, tone, tone)))
            painter.drawPath(place.map(painter_path(shape.path)))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, -1)[:, :width]
    return np.array(words)[rows]


def border(owner: npt.NDArray[np.str_], one: str, other: str) -> Iterator[Piece]:
    """The border between two structures in pieces of about 20 pixels; too short ones are left out."""
    mine, theirs = owner == one, owner == other
    number = np.arange(owner.size).reshape(owner.shape)
    touch = mine & _wider(theirs, 1)
    line = _wider(mine, _LINE_WITHIN) & _wider(theirs, _LINE_WITHIN)
    sides = [
        here & _wider(there, _FILL_TO) & ~_wider(there, _FILL_FROM)
        for here, there in ((mine, theirs), (theirs, mine))
    ]
    for top in range(0, touch.shape[0], _TILE):
        for left in range(0, touch.shape[1], _TILE):
            tile = (slice(top, top + _TILE), slice(left, left + _TILE))
            if touch[tile].sum() < _LEAST:
                continue
            wide = tuple(slice(max(part.start - _ROUND, 0), part.stop + _ROUND) for part in tile)
            fills = [number[wide][side[wide]] for side in sides]
            if min(map(len, fills)) >= _LEAST:
                yield Piece(fills[0], fills[1], number[tile][line[tile]])


def _wider(mask: Mask, by: int) -> Mask:
    """`mask` and all that is within `by` pixels of it, diagonally too."""
    for axis in (0, 1):
        ahead = behind = mask
        grown = mask.copy()
        for _ in range(by):
            ahead, behind = _moved(ahead, axis, 1), _moved(behind, axis, -1)
            grown |= ahead | behind
        mask = grown
    return mask


def _moved(mask: Mask, axis: int, step: int) -> Mask:
    moved = np.roll(mask, step, axis)
    edge = [slice(None), slice(None)]
    edge[axis] = slice(0, 1) if step > 0 else slice(-1, None)
    moved[tuple(edge)] = False
    return moved
