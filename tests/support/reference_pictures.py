"""What is pictured for reference: one list for the test that compares and for `make pictures`, which renews.

The pictures are kept small, so that they can stand in the repository, and with 256 colours each, which
is half the size and no difference to the eye.
"""

from collections.abc import Iterator
from functools import cache
from pathlib import Path
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PIL import Image

from relief_app.core.anatomy import Leg, Structure, Zone
from relief_app.core.posture import EXERCISES_DRAWN
from relief_app.core.preferences import SkinTone
from relief_app.pictures.calf import VIEWS, CalfState, Layer, calf_picture
from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.palette import PALETTES, palette
from relief_app.pictures.plate_file import Plate, read_plate
from relief_app.pictures.shapes import Picture
from tests.support.pixels import Pixels, pixels

ROOT = Path(__file__).parents[2]
FOLDER = ROOT / "tests/pictures/reference"
BUILD = ROOT / "build/pictures"
MEAN_ALLOWED = 2.0
"""Mean difference (of 255) that another Qt, which smooths edges otherwise, may make."""
CLEARLY = 48
"""A pixel whose most different channel differs by more than this (of 255) is another pixel."""
SHARE_ALLOWED = 0.002
"""Share of the pixels that may be other ones: half the outline of a hand."""
THEMES = [theme for theme in PALETTES if theme != "amber"]
"""Amber is the night in another colour, computed from it."""
_BLOCK = 4
TINT = 10
"""Blocks of 4 x 4 pixels whose means differ by more than this (of 255) are tinted otherwise."""
TINTED_ALLOWED = 0.003


class Reference(NamedTuple):
    """One picture: its name, which is its file's, what it shows, and how it is painted."""

    name: str
    state: PoseState | CalfState
    theme: str = "light"
    tone: SkinTone = SkinTone.TONE_3

    @property
    def path(self) -> Path:
        """The file it is kept in."""
        return FOLDER / f"{self.name}.png"

    def picture(self) -> Picture:
        """The picture, built anew."""
        if isinstance(self.state, PoseState):
            return pose_picture(self.state)
        return calf_picture(self.state, _plate(self.state.view))

    def paint(self) -> Pixels:
        """The picture, built and painted anew."""
        width = 240 if isinstance(self.state, PoseState) else 160
        return pixels(self.picture(), palette(self.theme, self.tone), width)

    def kept(self) -> Pixels | None:
        """The pixels kept, None where there are none yet."""
        if not self.path.exists():
            return None
        with Image.open(self.path) as image:
            return np.asarray(image.convert("RGB"))


class Difference(NamedTuple):
    """How two pictures differ.

    `mean` of all channels (of 255), `share` of the pixels clearly apart, and share of the blocks `tinted`
    otherwise, in which a faint change of a whole region is seen that no single pixel shows.
    """

    mean: float
    share: float
    tinted: float

    def __str__(self) -> str:
        return f"mean {self.mean:.2f}, {self.share:.2%} clearly, {self.tinted:.2%} tinted"

    @property
    def is_allowed(self) -> bool:
        """Whether no more than another smoothing of the edges explains."""
        return self.mean <= MEAN_ALLOWED and self.share <= SHARE_ALLOWED and self.tinted <= TINTED_ALLOWED


def difference(old: Pixels, new: Pixels) -> Difference:
    """How `old` and `new` differ; pictures of two sizes differ everywhere."""
    if old.shape != new.shape:
        return Difference(255.0, 1.0, 1.0)
    apart = np.abs(old.astype(np.int16) - new)
    tint = np.abs(_blocks(old) - _blocks(new)).max(axis=2)
    return Difference(
        float(apart.mean()), float((apart.max(axis=2) > CLEARLY).mean()), float((tint > TINT).mean())
    )


def _blocks(image: Pixels) -> npt.NDArray[np.float64]:
    """The mean colour of each whole block, shape (rows, columns, 3)."""
    rows, columns = (side // _BLOCK for side in image.shape[:2])
    whole = image[: rows * _BLOCK, : columns * _BLOCK].reshape(rows, _BLOCK, columns, _BLOCK, 3)
    return np.asarray(whole.mean(axis=(1, 3)))


def save(image: Pixels, path: Path) -> None:
    """Write `image` as a small PNG."""
    few = Image.fromarray(image).quantize(256, kmeans=2, dither=Image.Dither.NONE)
    path.parent.mkdir(parents=True, exist_ok=True)
    few.save(path, optimize=True)


@cache
def _plate(view: str) -> Plate:
    return read_plate((ROOT / f"assets/anatomy/{view}.svg").read_text("utf-8"), f"{view}.svg")


def _poses() -> Iterator[Reference]:
    for exercise in EXERCISES_DRAWN:
        yield Reference(f"pose-{exercise}", PoseState(exercise))
    for theme in ("dark", "night", "print"):
        for exercise in ("towel-stretch", "wall-stretch-straight", "stroke-massage", "heat-pack"):
            yield Reference(f"pose-{exercise}-{theme}", PoseState(exercise), theme)
    for exercise in ("standing-heel-flat", "circle-massage"):
        yield Reference(f"pose-{exercise}-left", PoseState(exercise, leg=Leg.LEFT))
    for theme in ("light", "dark"):
        for tone in (SkinTone.TONE_1, SkinTone.TONE_6):
            name = f"pose-wall-stretch-bent-{theme}-{tone}"
            yield Reference(name, PoseState("wall-stretch-bent"), theme, tone)


def _phases() -> Iterator[Reference]:
    """Moments of what moves."""
    for exercise, phases in {
        "active-dorsiflexion": (0.0,),
        "ankle-pumps": (0.0, 0.5),
        "circle-massage": (0.25, 0.75),
        "stroke-massage": (0.0, 0.5),
        "easy-walk": (0.25, 0.5),
        "get-up": (0.0, 0.5),
        "heel-raise": (0.0,),
        "heel-drop": (0.0,),
        "towel-stretch": (0.0,),
    }.items():
        for phase in phases:
            name = f"pose-{exercise}-at-{round(phase * 100):02}"
            yield Reference(name, PoseState(exercise, phase))
    yield Reference("pose-breathed-in", PoseState("rest", breath=1.0))
    between = PoseState("towel-stretch", previous="active-dorsiflexion", arrival=0.5)
    yield Reference("pose-between-two", between)
    bending = PoseState(
        "wall-stretch-bent",
        dorsiflexion_deg=20.0,
        previous="wall-stretch-straight",
        previous_dorsiflexion_deg=20.0,
        arrival=0.5,
    )
    yield Reference("pose-bending", bending)
    yield Reference("pose-angles", PoseState("wall-stretch-bent", knee_deg=40.0, dorsiflexion_deg=15.0))


def _plates() -> Iterator[Reference]:
    soleus, heads = (
        frozenset({Structure.SOLEUS}),
        frozenset({Structure.GASTROCNEMIUS_MEDIAL, Structure.GASTROCNEMIUS_LATERAL}),
    )
    for view in VIEWS:
        for theme in THEMES:
            yield Reference(f"calf-{view}-{theme}", CalfState(view), theme)
            yield Reference(f"calf-{view}-{theme}-soleus", CalfState(view, highlight=soleus), theme)
        for layer in Layer:
            yield Reference(f"calf-{view}-only-{layer}", CalfState(view, layers=frozenset({layer})))
        yield Reference(f"calf-{view}-heads", CalfState(view, highlight=heads))
        yield Reference(f"calf-{view}-no-press", CalfState(view, no_press=True))
        yield Reference(f"calf-{view}-between-layers", CalfState(view, depth=1.5))
    for zone in Zone:
        yield Reference(f"calf-posterior-zone-{zone}", CalfState(no_press=True, zone=zone))
        yield Reference(f"pose-circle-massage-{zone}", PoseState("circle-massage", zone=zone))
    for theme in THEMES:
        state = CalfState(
            no_press=True, zone=Zone.MEDIAL, highlight=frozenset({Structure.GASTROCNEMIUS_MEDIAL})
        )
        yield Reference(f"calf-posterior-zone-lit-{theme}", state, theme)
    yield Reference("calf-posterior-strokes", CalfState(no_press=True, strokes=True))
    tendon = frozenset({Structure.ACHILLES_TENDON})
    yield Reference("calf-posterior-tendon-left", CalfState(leg=Leg.LEFT, highlight=tendon))
    stretched = ((Structure.GASTROCNEMIUS_MEDIAL, 5.0), (Structure.SOLEUS, -5.0))
    yield Reference("calf-posterior-lengths", CalfState(lengthening=stretched))
    yield Reference("calf-posterior-tone-6", CalfState(highlight=soleus), tone=SkinTone.TONE_6)


REFERENCES: tuple[Reference, ...] = (*_poses(), *_phases(), *_plates())
