"""`draw calf|pose`: pictures as files, without a display. SVG needs no Qt; PNG is painted offscreen."""

from collections.abc import Callable, Iterable
from enum import StrEnum
from pathlib import Path
from typing import TypeVar

from relief_app.commands.output import DONE, FAILED, USAGE, complain
from relief_app.commands.wording import plain
from relief_app.commands.writing import write_out
from relief_app.core.anatomy import Leg, Structure
from relief_app.core.posture import EXERCISES_DRAWN, PostureError
from relief_app.core.preferences import SkinTone
from relief_app.pictures.calf import ALL_LAYERS, VIEWS, CalfState, Layer, calf_picture
from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.palette import PALETTES, Palette, palette
from relief_app.pictures.plate_file import PlateError, read_plate
from relief_app.pictures.shapes import Picture
from relief_app.pictures.svg import svg
from relief_app.storage.assets import AssetMissing, asset_path

WIDTHS = (16, 8192)
Choice = TypeVar("Choice", bound=StrEnum)


class _Refused(Exception):  # noqa: N818 - an answer in one line
    """What was asked for cannot be drawn; the text is the line, `exit` the exit status."""

    def __init__(self, line: str, exit_status: int = FAILED) -> None:
        super().__init__(line)
        self.exit = exit_status


def draw_pose(
    exercise: str,
    *,
    phase: float,
    leg: Leg,
    theme: str,
    out: str,
    width: int,
    skin_tone: str = SkinTone.TONE_3,
    knee_deg: float | None = None,
    dorsiflexion_deg: float | None = None,
) -> int:
    """Draw the figure in an exercise's pose; `knee_deg` and `dorsiflexion_deg` replace its angles."""

    def picture() -> Picture:
        _known("exercise", exercise, EXERCISES_DRAWN)
        state = PoseState(exercise, phase, leg=leg, knee_deg=knee_deg, dorsiflexion_deg=dorsiflexion_deg)
        return pose_picture(state)

    try:
        _write(picture, theme, skin_tone, out, width)
    except (_Refused, PostureError) as refused:
        complain(str(refused))
        return refused.exit if isinstance(refused, _Refused) else USAGE
    return DONE


def draw_calf(
    view: str,
    *,
    layers: list[str] | None,
    highlight: list[str],
    leg: Leg,
    theme: str,
    out: str,
    width: int,
    skin_tone: str = SkinTone.TONE_3,
) -> int:
    """Draw a plate of the calf with `layers` (None: all) and the structures in `highlight` lit."""

    def picture() -> Picture:
        _known("view", view, VIEWS)
        chosen = ALL_LAYERS if layers is None else frozenset(_members("layer", layers, Layer))
        lit = frozenset(_members("structure", highlight, Structure))
        return calf_picture(CalfState(view, leg, chosen, lit), read_plate(_plate_text(view), f"{view}.svg"))

    try:
        _write(picture, theme, skin_tone, out, width)
    except _Refused as refused:
        complain(str(refused))
        return refused.exit
    except AssetMissing as missing:
        complain(f"the {view} view cannot be drawn: {missing.name} is missing")
        return FAILED
    except PlateError as damaged:
        complain(f"the {view} view cannot be drawn: {damaged}")
        return FAILED
    return DONE


def _write(picture: Callable[[], Picture], theme: str, skin_tone: str, out: str, width: int) -> None:
    """Draw and write; what is cheap to refuse is refused before anything is drawn."""
    _known("theme", theme, PALETTES)
    _known("skin tone", skin_tone, [tone.value for tone in SkinTone])
    make = _KINDS.get(Path(out).suffix.lower())
    if make is None:
        raise _Refused(f"{plain(out)}: the name must end in {' or '.join(_KINDS)}")
    if not WIDTHS[0] <= width <= WIDTHS[1]:
        raise _Refused(f"the width {width} is outside {WIDTHS[0]} to {WIDTHS[1]}", USAGE)
    problem = write_out(Path(out), make(picture(), palette(theme, SkinTone(skin_tone)), width), replace=True)
    if problem is not None:
        raise _Refused(problem)


def _svg_bytes(picture: Picture, palette: Palette, width: int) -> bytes:
    return svg(picture, palette, width).encode()


def _png_bytes(picture: Picture, palette: Palette, width: int) -> bytes:
    from relief_app.pictures.png import PngError, png

    try:
        return png(picture, palette, width)
    except PngError as problem:
        raise _Refused(str(problem)) from None


_KINDS: dict[str, Callable[[Picture, Palette, int], bytes]] = {".svg": _svg_bytes, ".png": _png_bytes}


def _plate_text(view: str) -> str:
    path = asset_path("anatomy", f"{view}.svg")
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise _Refused(f"the {view} view cannot be drawn: {path.name} cannot be read ({error})") from None


def _known(what: str, name: str, names: Iterable[str]) -> None:
    if name not in names:
        raise _Refused(f'there is no {what} "{plain(name)}"; there are: {", ".join(names)}')


def _members(what: str, words: list[str], choices: type[Choice]) -> list[Choice]:
    for word in words:
        _known(what, word, [choice.value for choice in choices])
    return [choices(word) for word in words]
