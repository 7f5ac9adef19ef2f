"""The calf as an anatomical plate: a pure function of what is asked to be seen.

The plate (`assets/anatomy/*.svg`, read by `plate_file`) holds the drawing of a right leg; here
layers are chosen, working structures lit and the rest made to recede. What is lit also gets a
stronger outline and a rim, for colour is never the only sign.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from relief_app.core.anatomy import NO_PRESS_ZONES, Leg, Structure
from relief_app.pictures.plate_file import Part, Plate
from relief_app.pictures.shapes import Marker, Picture, Point, Shape, mirrored, turned


class Layer(StrEnum):
    """What can be taken off, from outside in. The values are the words of `draw calf --layers`."""

    SKIN = "skin"
    GASTROCNEMIUS = "gastrocnemius"
    SOLEUS = "soleus"
    BONES = "bones"


ALL_LAYERS = frozenset(Layer)
VIEWS = ("posterior", "medial")
LEAST_PERCENT = 0.05
"""Less than this change of length is not shown, as in the bars."""
FULL_RANGE_PERCENT = 7.0
"""A change of length (% of the shank) that shifts the colour fully: the most that standing poses reach."""

_SURFACE = "surface"
_NO_PRESS = "no_press"
_HEADS = frozenset({Structure.GASTROCNEMIUS_MEDIAL, Structure.GASTROCNEMIUS_LATERAL})
_MUSCLES = _HEADS | {Structure.SOLEUS, Structure.PLANTARIS, Structure.HAMSTRINGS}
_GLOW = {
    "muscle": "muscle_glow",
    "muscle_shade": "muscle",
    "muscle_quiet": "muscle_glow",
    "soleus": "muscle_glow",
    "soleus_shade": "muscle",
    "soleus_light": "muscle_light",
}
_QUIET = dict.fromkeys(("muscle", "muscle_light", "soleus", "soleus_light"), "muscle_quiet")
_FULL_TINT = 0.36
_RIMS = ((0.034, 0.16), (0.018, 0.30))
"""Width and opacity of the rims round what is lit, outermost first."""


@dataclass(frozen=True, slots=True)
class CalfState:
    """What the picture shows.

    `view`: which plate to hand to `calf_picture`, "posterior" or "medial". `highlight`: lit
    structures; empty lights all alike. `lengthening`: pairs of muscle and change of length since
    standing in % of the shank. `no_press`: the zones that are never massaged.
    """

    view: str = "posterior"
    leg: Leg = Leg.RIGHT
    layers: frozenset[Layer] = ALL_LAYERS
    highlight: frozenset[Structure] = frozenset()
    lengthening: tuple[tuple[Structure, float], ...] = ()
    no_press: bool = False


def calf_picture(state: CalfState, plate: Plate) -> Picture:
    """The calf of `plate` as `state` asks. Every shown structure keeps its id.

    The no-press zones are always there, unpainted unless asked for, so that they can be pointed at.
    """
    shapes = tuple(shape for part in plate.parts if _shown(part, state) for shape in _shapes(part, state))
    picture = Picture(plate.view_box, shapes, plate.markers)
    return turned(picture) if state.leg is Leg.LEFT else picture


def label_anchors(state: CalfState, plate: Plate) -> tuple[tuple[Structure, Point], ...]:
    """Where the leader line of each shown structure ends, in the picture's units, from top to bottom."""
    shown = {part.id for part in plate.parts if _shown(part, state)}
    if not state.no_press:
        shown -= set(NO_PRESS_ZONES)
    anchors = tuple(marker for marker in plate.anchors if marker.id in shown)
    if state.leg is Leg.LEFT:
        anchors = mirrored(Picture(plate.view_box, (), anchors)).markers
    return tuple((Structure(marker.id), marker.at) for marker in sorted(anchors, key=_height))


def _height(marker: Marker) -> float:
    return marker.at[1]


def _shown(part: Part, state: CalfState) -> bool:
    if _SURFACE in part.layers:
        return state.layers == {Layer.SKIN}
    return not part.layers or _NO_PRESS in part.layers or not part.layers.isdisjoint(state.layers)


def _shapes(part: Part, state: CalfState) -> Iterator[Shape]:
    structure = Structure(part.of)
    lit = structure in state.highlight
    if structure in NO_PRESS_ZONES:
        yield from _zone(part, painted=state.no_press or lit)
        return
    is_outline = part.id == part.of
    if lit and is_outline:
        yield from _rims(part)
    yield _toned(part, state)
    if is_outline:
        yield from _length_tint(part, state)


def _zone(part: Part, *, painted: bool) -> Iterator[Shape]:
    if not painted:
        if part.id == part.of:
            yield Shape(part.id, part.path)
        return
    if part.fill:
        yield Shape(part.id, part.path, part.fill, opacity=part.opacity)
    yield Shape(f"{part.id}_line" if part.fill else part.id, part.path, stroke=part.stroke, width=part.width)


def _rims(part: Part) -> Iterator[Shape]:
    for width, opacity in _RIMS:
        yield Shape("", part.path, stroke="muscle_glow", width=width, opacity=opacity)


def _toned(part: Part, state: CalfState) -> Shape:
    shape = Shape(
        part.id, part.path, part.fill, part.stroke, part.width, part.opacity, gradient=part.gradient
    )
    structure = Structure(part.of)
    if structure is Structure.SKIN:
        return shape._replace(opacity=part.opacity * _skin_opacity(state)) if part.fill else shape
    if not state.highlight:
        return shape
    return _lit(shape) if structure in state.highlight else _receding(shape, structure, state)


def _skin_opacity(state: CalfState) -> float:
    return 1.0 if state.layers == {Layer.SKIN} else 0.7


def _lit(shape: Shape) -> Shape:
    line = "glow_line" if shape.stroke else ""
    lit = _recoloured(shape, _GLOW)._replace(stroke=line, width=shape.width * 2)
    if lit.gradient is None or lit.gradient.to != "muscle_glow":
        return lit
    # One even light: the plate's own gradient would leave the upper half pale.
    return lit._replace(fill="muscle_glow", gradient=None)


def _receding(shape: Shape, structure: Structure, state: CalfState) -> Shape:
    if structure in _MUSCLES:
        base = shape.fill in _QUIET
        shape = _recoloured(shape, _QUIET)._replace(opacity=shape.opacity * (1.0 if base else 0.4))
    if structure in _HEADS and state.highlight.isdisjoint(_HEADS) and Structure.SOLEUS in state.highlight:
        # What lies over a lit soleus becomes glass, or there would be nothing to see.
        shape = shape._replace(opacity=shape.opacity * (0.9 if shape.stroke else 0.2))
    return shape


def _recoloured(shape: Shape, roles: Mapping[str, str]) -> Shape:
    fill = roles.get(shape.fill, shape.fill)
    if shape.gradient is None:
        return shape._replace(fill=fill)
    to = roles.get(shape.gradient.to, shape.gradient.to)
    return shape._replace(fill=fill, gradient=shape.gradient._replace(to=to))


def _length_tint(part: Part, state: CalfState) -> Iterator[Shape]:
    percent = dict(state.lengthening).get(Structure(part.id), 0.0)
    if abs(percent) < LEAST_PERCENT:
        return
    role = "muscle_light" if percent > 0 else "muscle_shade"
    opacity = _FULL_TINT * min(abs(percent) / FULL_RANGE_PERCENT, 1.0)
    yield Shape(f"{part.id}_length", part.path, role, opacity=opacity, moving=True)
