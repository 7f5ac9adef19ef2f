"""The calf as an anatomical plate: a pure function of what is asked to be seen.

The plate (`assets/anatomy/*.svg`, read by `plate_file`) holds the drawing of a right leg; here
layers are chosen, working structures lit and the rest made to recede. What is lit also gets a
stronger outline and a rim, for colour is never the only sign.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum

from relief_app.core.anatomy import NO_PRESS_ZONES, Leg, Structure, Zone
from relief_app.pictures.massage import strokes_on_plate, zone_on_plate
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
DEEPEST = 3.0
"""The depth at which only the bones are left under the skin."""
LEAST_PERCENT = 0.05
"""Less than this change of length is not shown, as in the bars."""
FULL_RANGE_PERCENT = 7.0
"""A change of length (% of the shank) that shifts the colour fully: the most that standing poses reach."""

_SURFACE = "surface"
_NO_PRESS = "no_press"
_INNER = ALL_LAYERS - {Layer.SKIN}
_HALF = 0.5
_HEADS = frozenset({Structure.GASTROCNEMIUS_MEDIAL, Structure.GASTROCNEMIUS_LATERAL})
_MUSCLES = _HEADS | {Structure.SOLEUS, Structure.PLANTARIS, Structure.HAMSTRINGS}
_SHANK_BONES = frozenset({Structure.TIBIA, Structure.FIBULA})
_UNDER_THE_HEADS = _SHANK_BONES | {Structure.SOLEUS, Structure.PLANTARIS, Structure.FEMUR}
_BELOW: Mapping[Structure, frozenset[Structure]] = {
    **dict.fromkeys(_HEADS, _UNDER_THE_HEADS),
    Structure.SOLEUS: _SHANK_BONES,
}
"""What lies under a muscle, farther from the eye, in both views."""
_LIT = {
    "muscle": "lit",
    "muscle_light": "lit_light",
    "muscle_shade": "lit_shade",
    "muscle_quiet": "lit",
    "muscle_fibre": "lit_fibre",
    "soleus": "lit",
    "soleus_light": "lit_light",
    "soleus_shade": "lit_shade",
}
_LIT_FIBRE = 0.0006
"""How much (shank units) a lit muscle's fibres grow, so that a photocopy keeps them as hatching."""
_QUIET = dict.fromkeys(("muscle", "muscle_light", "soleus", "soleus_light"), "muscle_quiet")
_FULL_TINT = 0.36
_SEAM = 2.6
"""How much wider than a no-press zone's line the paper shows under it."""
_GLOW_OPACITY = 0.45
"""Of the light on a lit bone or tendon, under its own shades."""
_FIRMER_LINE = 0.003
_RIMS = ((0.034, 0.16), (0.018, 0.30))
"""Width and opacity of the rims round what is lit, outermost first."""


@dataclass(frozen=True, slots=True)
class CalfState:
    """What the picture shows.

    `view`: which plate to hand to `calf_picture`, "posterior" or "medial". `highlight`: lit
    structures; empty lights all alike. `lengthening`: pairs of muscle and change of length since
    standing in % of the shank. `no_press`: the zones that are never massaged. `depth`: how deep one
    looks, 0 the intact skin, 1 gastrocnemius, 2 soleus, 3 the bones; between two they cross-fade,
    beyond the ends the end is taken. None leaves the choice to `layers`. `zone`: the part that is
    massaged; `strokes`: the way of stroking hands. Both belong to the calf from behind.
    """

    view: str = "posterior"
    leg: Leg = Leg.RIGHT
    layers: frozenset[Layer] = ALL_LAYERS
    highlight: frozenset[Structure] = frozenset()
    lengthening: tuple[tuple[Structure, float], ...] = ()
    no_press: bool = False
    depth: float | None = None
    zone: Zone | None = None
    strokes: bool = False


def calf_picture(state: CalfState, plate: Plate) -> Picture:
    """The calf of `plate` as `state` asks. Every shown structure keeps its id.

    The no-press zones are always there, unpainted unless asked for, so that they can be pointed at.
    """
    picture = Picture(plate.view_box, (*_painted(state, plate), *_massage(state)), plate.markers)
    return turned(picture) if state.leg is Leg.LEFT else picture


def _massage(state: CalfState) -> Iterator[Shape]:
    if state.zone is not None:
        yield from zone_on_plate(state.zone)
    if state.strokes:
        yield from strokes_on_plate()


def label_anchors(state: CalfState, plate: Plate) -> tuple[tuple[Structure, Point], ...]:
    """Where the leader line of each structure ends that is at least half visible, from top to bottom.

    In the picture's units.
    """
    weights = _weights(state)
    shown = {part.id for part in plate.parts if _visible(part, weights) >= _HALF}
    if not state.no_press:
        shown -= set(NO_PRESS_ZONES)
    anchors = tuple(marker for marker in plate.anchors if marker.id in shown)
    if state.leg is Leg.LEFT:
        anchors = mirrored(Picture(plate.view_box, (), anchors)).markers
    return tuple((Structure(marker.id), marker.at) for marker in sorted(anchors, key=_height))


def _height(marker: Marker) -> float:
    return marker.at[1]


def _painted(state: CalfState, plate: Plate) -> Iterator[Shape]:
    weights = _weights(state)
    covered = weights[_SURFACE] in {0.0, 1.0}
    for part in plate.parts:
        if not covered and _SURFACE in part.layers:
            # The skin going lies over all that comes: faded one by one they would shine through each other.
            covered = True
            yield from _cover(plate, weights[_SURFACE])
        if weight := _weight(part, weights):
            for shape in _shapes(part, state):
                yield shape._replace(opacity=shape.opacity * weight)


def _cover(plate: Plate, weight: float) -> Iterator[Shape]:
    for part in plate.parts:
        if Layer.SKIN in part.layers:
            shape = _plain(part)
            yield shape._replace(id="", opacity=shape.opacity * weight)


def _weights(state: CalfState) -> Mapping[str, float]:
    """How much of each layer is painted, from 0 to 1, and of the surface that covers them."""
    if state.depth is None:
        chosen = {str(layer): float(layer in state.layers) for layer in Layer}
        return chosen | {_SURFACE: float(state.layers == {Layer.SKIN})}
    depth = round(max(0.0, min(DEEPEST, state.depth)), 2)
    is_open = float(depth > 0)
    return {
        Layer.SKIN: 1.0,
        Layer.GASTROCNEMIUS: is_open * max(0.0, min(1.0, 2 - depth)),
        Layer.SOLEUS: is_open * min(1.0, 3 - depth),
        Layer.BONES: is_open,
        _SURFACE: max(0.0, 1 - depth),
    }


def _weight(part: Part, weights: Mapping[str, float]) -> float:
    return max((weights[layer] for layer in part.layers if layer != _NO_PRESS), default=1.0)


def _visible(part: Part, weights: Mapping[str, float]) -> float:
    lies_under_skin = not part.layers.isdisjoint(_INNER)
    return _weight(part, weights) * (1 - weights[_SURFACE] if lies_under_skin else 1.0)


def _shapes(part: Part, state: CalfState) -> Iterator[Shape]:
    structure = Structure(part.of)
    lit = _is_lit(part, state)
    if structure in NO_PRESS_ZONES:
        yield from _zone(part, painted=state.no_press or lit)
        return
    is_outline = part.id == part.of
    if lit and is_outline:
        yield from _rims(part)
    yield _toned(part, state)
    if lit and is_outline and structure not in _MUSCLES:
        yield Shape(f"{part.id}_glow", part.path, "lit_light", opacity=_GLOW_OPACITY)
    if is_outline:
        yield from _length_tint(part, state)


def _is_lit(part: Part, state: CalfState) -> bool:
    return part.of in state.highlight and not part.is_neighbour


def _zone(part: Part, *, painted: bool) -> Iterator[Shape]:
    if not painted:
        if part.id == part.of:
            yield Shape(part.id, part.path)
        return
    if part.fill:
        # A seam of paper: the zone is told from what it lies on by its edge, whatever the colours.
        yield Shape("", part.path, stroke="background", width=part.width * _SEAM)
        yield Shape(part.id, part.path, part.fill, opacity=part.opacity)
    yield Shape(f"{part.id}_line" if part.fill else part.id, part.path, stroke=part.stroke, width=part.width)


def _rims(part: Part) -> Iterator[Shape]:
    for width, opacity in _RIMS:
        yield Shape("", part.path, stroke="muscle_glow", width=width, opacity=opacity)


def _toned(part: Part, state: CalfState) -> Shape:
    shape = _plain(part)
    structure = Structure(part.of)
    if structure is Structure.SKIN:
        return shape._replace(opacity=part.opacity * _skin_opacity(state)) if part.fill else shape
    if not state.highlight:
        return shape
    return _lit(shape) if _is_lit(part, state) else _receding(shape, structure, state)


def _plain(part: Part) -> Shape:
    return Shape(part.id, part.path, part.fill, part.stroke, part.width, part.opacity, gradient=part.gradient)


def _skin_opacity(state: CalfState) -> float:
    return 1.0 if _weights(state)[_SURFACE] == 1 else 0.7


def _lit(shape: Shape) -> Shape:
    lit = _recoloured(shape, _LIT)
    if lit.fill == "lit_fibre":
        return lit._replace(stroke="lit_fibre", width=_LIT_FIBRE, opacity=min(1.0, shape.opacity * 1.3))
    if not shape.stroke.endswith("_line"):
        return lit
    return lit._replace(stroke="glow_line", width=shape.width + min(shape.width, _FIRMER_LINE))


def _receding(shape: Shape, structure: Structure, state: CalfState) -> Shape:
    if structure in _MUSCLES:
        base = shape.fill in _QUIET
        shape = _recoloured(shape, _QUIET)._replace(opacity=shape.opacity * (1.0 if base else 0.4))
    if not _BELOW.get(structure, frozenset()).isdisjoint(state.highlight) or _hides_lateral(structure, state):
        # What lies over a lit structure becomes glass, or there would be nothing to see.
        shape = shape._replace(opacity=shape.opacity * (0.9 if shape.stroke else 0.2))
    return shape


def _hides_lateral(structure: Structure, state: CalfState) -> bool:
    is_in_front = state.view == "medial" and structure is Structure.GASTROCNEMIUS_MEDIAL
    return is_in_front and Structure.GASTROCNEMIUS_LATERAL in state.highlight


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
