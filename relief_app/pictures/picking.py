"""Which structure of a calf plate lies under the pointer, and the outline of one that is chosen.

Points are picture units as painted, the same as those of `calf.label_anchors`: for a left leg they
are those of the mirrored picture. What is lit does not change what can be pointed at, or a lit
soleus, seen through the gastrocnemius, would never let go.
"""

from dataclasses import replace
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF
from PySide6.QtGui import QPainterPath, QPainterPathStroker

from relief_app.core.anatomy import Leg, Structure
from relief_app.pictures.calf import CalfState, calf_picture, label_anchors
from relief_app.pictures.painting import painter_path
from relief_app.pictures.plate_file import Part, Plate
from relief_app.pictures.shapes import Path, Point, mapped_path

_VISIBLE = 0.5
"""A part fading away counts for as long as this share of its full opacity is left."""
_THIN = frozenset({Structure.PLANTARIS})
_NAMELESS = ("talus", "foot_", "patella")
"""Bones drawn along with the heel bone and the femur that are not them; the skin is pointed at there."""
_MARGIN = 0.008
"""How far a pointer may miss a structure that is thinner than itself, in shank units."""


class _Target(NamedTuple):
    part_id: str
    structure: Structure
    opacity: float
    path: QPainterPath


def structure_at(state: CalfState, plate: Plate, point: Point) -> Structure | None:
    """The topmost structure seen at `point`, the skin last; None beside the leg."""
    at = QPointF(*_unturned(state, plate, point))
    shown = _shown(_plain(state), _Known(plate))
    for target in _targets(_Known(plate)):
        if target.part_id in shown and target.path.contains(at):
            return target.structure
    return None


def outline_of(state: CalfState, plate: Plate, structure: Structure) -> Path:
    """The outline of `structure` as painted, to be stroked; empty if the plate has none."""
    path = next((part.path for part in plate.parts if part.id == structure), ())
    return mapped_path(path, lambda point: _unturned(state, plate, point))


def _unturned(state: CalfState, plate: Plate, point: Point) -> Point:
    left, _, width, _ = plate.view_box
    return (2 * left + width - point[0], point[1]) if state.leg is Leg.LEFT else point


class _Known:
    """A plate known by itself: to compare its thousands of points at each move would be slow."""

    __slots__ = ("plate",)

    def __init__(self, plate: Plate) -> None:
        self.plate = plate

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Known) and other.plate is self.plate

    def __hash__(self) -> int:
        return id(self.plate)


def _plain(state: CalfState) -> CalfState:
    return replace(state, leg=Leg.RIGHT, highlight=frozenset(), lengthening=())


@lru_cache(maxsize=8)
def _targets(known: _Known) -> tuple[_Target, ...]:
    """What can be pointed at, from front to back, the skin last."""
    named = (part for part in reversed(known.plate.parts) if not part.id.startswith(_NAMELESS))
    parts = [part for part in named if part.fill or _is_thin(part)]
    parts.sort(key=lambda part: part.of == Structure.SKIN)
    return tuple(_Target(part.id, Structure(part.of), part.opacity, _path(part)) for part in parts)


def _is_thin(part: Part) -> bool:
    return part.of in _THIN


def _path(part: Part) -> QPainterPath:
    path = painter_path(part.path)
    if not _is_thin(part):
        return path
    stroker = QPainterPathStroker()
    stroker.setWidth(2 * _MARGIN)
    around = stroker.createStroke(path)
    return path.united(around) if part.fill else around


@lru_cache(maxsize=32)
def _shown(state: CalfState, known: _Known) -> frozenset[str]:
    """Ids of the parts that are painted well enough to be pointed at."""
    full = {target.part_id: target for target in _targets(known)}
    named = {structure for structure, _ in label_anchors(state, known.plate)}
    return frozenset(
        shape.id
        for shape in calf_picture(state, known.plate).shapes
        if shape.id in full
        and full[shape.id].structure in named
        and (shape.fill or shape.stroke)
        and shape.opacity >= _VISIBLE * full[shape.id].opacity
    )
