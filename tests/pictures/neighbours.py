"""Structures that touch in a picture, and the pictures they are looked at in."""

from functools import cache, lru_cache
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from relief_app.core.anatomy import Structure
from relief_app.core.preferences import SkinTone
from relief_app.pictures.calf import CalfState, Layer, calf_picture
from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.palette import palette
from relief_app.pictures.shapes import Picture
from tests.pictures.plates import plate
from tests.support.borders import BACKGROUND, Piece, border, owners
from tests.support.pixels import Pixels, pixels

PLATE_WIDTH, POSE_WIDTH = 500, 1100
State = CalfState | PoseState

_BONES = ("calcaneus", "tibia", "femur", "fibula", "talus", "foot_bones")
_PLATE = {str(structure): str(structure) for structure in Structure} | dict.fromkeys(_BONES, "bone")
_NEAR = ("leg", "thigh", "shank", "foot", "arm", "hand", "thumb")
_SHIRT = ("chest", "sleeve_near", "sleeve_far")
_FIGURE = {
    **{f"{part}_{side}": f"skin_{side}" for part in _NEAR for side in ("near", "far")},
    **dict.fromkeys(("body", "ear"), "skin_near"),
    **dict.fromkeys(("shorts_near", "shorts_far"), "shorts"),
    **dict.fromkeys(_SHIRT, "shirt"),
    **dict.fromkeys(("towel", "towel_end"), "towel"),
    **{name: name for name in ("hair", "gastrocnemius", "soleus", "achilles_tendon", "mattress", "pack")},
    **dict.fromkeys(("wall", "skirting"), "wall"),
    "cue_arrow_1": "cue_arrow",
}


class Neighbours(NamedTuple):
    """Two structures that touch in the picture of `state`."""

    state: State
    one: str
    other: str

    def __str__(self) -> str:
        scene = self.state.exercise if isinstance(self.state, PoseState) else self.state.view
        return f"{scene}-{self.one}-{self.other}"


def _lit(*structures: Structure, view: str = "posterior") -> CalfState:
    return CalfState(view, highlight=frozenset(structures))


_MEDIAL, _LATERAL = "gastrocnemius_medial", "gastrocnemius_lateral"
_WALL, _PUMPS = PoseState("wall-stretch-straight"), PoseState("ankle-pumps", 0.0)
_DEEP = CalfState(layers=frozenset({Layer.SOLEUS, Layer.BONES}))
_ONE_HEAD, _SOLEUS = _lit(Structure.GASTROCNEMIUS_MEDIAL), _lit(Structure.SOLEUS)
NEIGHBOURS = (
    Neighbours(CalfState(), _MEDIAL, "soleus"),
    Neighbours(CalfState(), _LATERAL, "soleus"),
    Neighbours(CalfState(), _MEDIAL, _LATERAL),
    Neighbours(CalfState(), _MEDIAL, "achilles_tendon"),
    Neighbours(CalfState(), "soleus", "achilles_tendon"),
    Neighbours(CalfState(), "achilles_tendon", "bone"),
    Neighbours(CalfState(), _LATERAL, "skin_outline"),
    Neighbours(CalfState(), "skin_outline", BACKGROUND),
    Neighbours(CalfState(), "bone", "skin_outline"),
    Neighbours(_DEEP, "soleus", "bone"),
    Neighbours(CalfState("medial"), _MEDIAL, "soleus"),
    Neighbours(CalfState("medial"), _MEDIAL, "achilles_tendon"),
    Neighbours(CalfState("medial"), "soleus", "achilles_tendon"),
    Neighbours(_ONE_HEAD, _MEDIAL, _LATERAL),
    Neighbours(_ONE_HEAD, _MEDIAL, "soleus"),
    Neighbours(_SOLEUS, "soleus", "skin_outline"),
    Neighbours(_SOLEUS, "soleus", "bone"),
    Neighbours(CalfState(no_press=True), "popliteal_fossa", _MEDIAL),
    Neighbours(CalfState(no_press=True), "fibular_neck", _LATERAL),
    Neighbours(_WALL, "gastrocnemius", "skin_near"),
    Neighbours(_WALL, "gastrocnemius", "soleus"),
    Neighbours(_WALL, "soleus", "skin_near"),
    Neighbours(_WALL, "achilles_tendon", "skin_near"),
    Neighbours(_WALL, "skin_near", BACKGROUND),
    Neighbours(_WALL, "skin_far", BACKGROUND),
    Neighbours(_WALL, "skin_near", "skin_far"),
    Neighbours(_WALL, "shirt", BACKGROUND),
    Neighbours(_WALL, "hair", BACKGROUND),
    Neighbours(_WALL, "hair", "skin_near"),
    Neighbours(_WALL, "skin_near", "wall"),
    Neighbours(_WALL, "cue_arrow", BACKGROUND),
    Neighbours(PoseState("circle-massage"), "skin_near", "gastrocnemius"),
    Neighbours(PoseState("circle-massage"), "skin_near", "mattress"),
    Neighbours(_PUMPS, "gastrocnemius", "skin_near"),
    Neighbours(_PUMPS, "gastrocnemius", "soleus"),
    Neighbours(PoseState("towel-stretch"), "towel", "skin_near"),
    Neighbours(PoseState("towel-stretch"), "shorts", "mattress"),
    Neighbours(PoseState("active-dorsiflexion"), "shirt", "mattress"),
    Neighbours(PoseState("heat-pack"), "pack", "skin_near"),
)


@cache
def picture_of(state: State) -> Picture:
    """The picture, built once."""
    return pose_picture(state) if isinstance(state, PoseState) else calf_picture(state, plate(state.view))


@lru_cache(maxsize=16)
def painted(state: State, theme: str, tone: SkinTone = SkinTone.TONE_3) -> Pixels:
    """The picture as painted, large enough to look beside its lines; in print as large as 9 cm at 300 dpi."""
    return pixels(picture_of(state), palette(theme, tone), _width(state, printed=theme == "print"))


@cache
def pieces(neighbours: Neighbours, *, printed: bool = False) -> tuple[Piece, ...]:
    """The border of two neighbours, piece by piece."""
    return tuple(border(_owners(neighbours.state, printed=printed), neighbours.one, neighbours.other))


@cache
def _owners(state: State, *, printed: bool) -> npt.NDArray[np.str_]:
    names = _FIGURE if isinstance(state, PoseState) else _PLATE
    return owners(picture_of(state), names, _width(state, printed=printed))


def _width(state: State, *, printed: bool) -> int:
    return POSE_WIDTH if printed or isinstance(state, PoseState) else PLATE_WIDTH
