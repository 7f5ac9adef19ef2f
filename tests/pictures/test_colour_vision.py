"""Neighbouring structures are told apart by every eye, in every theme and on every tone of skin.

A border holds where the plain fills on both sides differ, or where a line between them differs from
both. Nothing is told by colour alone that a colour-blind person would then miss.
"""

from itertools import product

import numpy as np
import numpy.typing as npt
import pytest

from relief_app.core.preferences import SkinTone
from relief_app.pictures.palette import PALETTES, palette
from tests.pictures.neighbours import NEIGHBOURS, Neighbours, painted, pieces
from tests.support.borders import Piece
from tests.support.colour_vision import EYES, apart, lab, seen

LEAST = {"light": 10.0, "dark": 10.0, "night": 5.0, "print": 10.0}
"""CIEDE2000. 1 is about the least that is seen side by side in the best light; ten times that is told
apart at a glance in small shapes. At night, all that red gives from black to full is L* 0 to 53, half of
a day's range, so half of the difference is asked for."""
LINE_SHARE = 85
"""A line takes a sixth or more of the pixels within two of a border; the clearest sixth is looked at."""
PIECES_THAT_HOLD = 0.8
LEAST_CONTRAST = 3.0
"""What has to be seen to understand a picture: WCAG 2.2, success criterion 1.4.11."""
SEEN = [eye for eye in EYES if eye != "grey"]
CASES = [pytest.param(case, id=str(case)) for case in dict.fromkeys(NEIGHBOURS)]
LOOKS = [
    (theme, tone)
    for theme, tone in product(("light", "dark", "night"), SkinTone)
    if theme != "night" or tone is SkinTone.TONE_3
]


def separation(piece: Piece, image: npt.NDArray[np.uint8], eye: str) -> float:
    """How well a piece of a border is seen: by its two fills, or by the line between them."""
    one, other = (lab(seen(np.median(image[side], axis=0), eye)) for side in (piece.one, piece.other))
    between = lab(seen(image[piece.between], eye))
    line = np.percentile(np.minimum(apart(between, one), apart(between, other)), LINE_SHARE)
    return max(float(apart(one, other)), float(line))


def worst(case: Neighbours, theme: str, tone: SkinTone) -> dict[str, float]:
    """The separation by eye that all but the worst fifth of the border reaches."""
    image = painted(case.state, theme, tone).reshape(-1, 3)
    share = 100 * (1 - PIECES_THAT_HOLD)
    border = pieces(case)
    return {
        eye: float(np.percentile([separation(piece, image, eye) for piece in border], share)) for eye in EYES
    }


@pytest.mark.parametrize("case", CASES)
def test_neighbours_are_told_apart_by_every_eye(case: Neighbours) -> None:
    assert pieces(case), "they do not touch: look at another picture"
    weak = {
        f"{theme} {tone} {eye}": round(value, 1)
        for theme, tone in LOOKS
        for eye, value in worst(case, theme, tone).items()
        if value < LEAST[theme]
    }
    assert not weak


def contrast(one: str, other: str, eye: str) -> float:
    """The contrast ratio of WCAG 2.2 between two colours "#rrggbb", 1 to 21."""
    pair = np.array([list(bytes.fromhex(colour[1:])) for colour in (one, other)], np.uint8)
    low, high = sorted(seen(pair, eye) @ [0.2126, 0.7152, 0.0722])
    return float((high + 0.05) / (low + 0.05))


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("eye", SEEN)
def test_what_points_is_seen_against_the_ground(theme: str, eye: str) -> None:
    colours = palette(theme)
    least = LEAST_CONTRAST if theme != "night" or eye != "protanopia" else 2.0  # red is dim to them
    assert contrast(colours["cue_arrow"], colours["background"], eye) >= least


def test_night_is_red_alone_whatever_the_tone() -> None:
    for tone in SkinTone:
        assert {colour[3:] for colour in palette("night", tone).values()} == {"0000"}


# The measure itself


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        # Pairs 1, 9, 17, 20 and 25 of the test data of Sharma, Wu and Dalal (2005).
        ((50, 2.6772, -79.7751), (50, 0, -82.7485), 2.0425),
        ((50, 2.49, -0.001), (50, -2.49, 0.0009), 7.1792),
        ((50, 2.5, 0), (73, 25, -18), 27.1492),
        ((50, 2.5, 0), (50, 3.2592, 0.335), 1.0),
        ((60.2574, -34.0099, 36.2677), (60.4626, -34.1751, 39.4387), 1.2644),
    ],
)
def test_the_difference_is_ciede2000(
    one: tuple[float, ...], other: tuple[float, ...], expected: float
) -> None:
    assert float(apart(np.array(one), np.array(other))) == pytest.approx(expected, abs=1e-4)


@pytest.mark.parametrize("eye", EYES)
def test_grey_is_grey_to_every_eye(eye: str) -> None:
    greys = np.arange(0, 256, 15, dtype=np.uint8)[:, None].repeat(3, axis=1)
    assert seen(greys, eye) == pytest.approx(seen(greys, "usual"), abs=1e-5)


@pytest.mark.parametrize("eye", ["protanopia", "deuteranopia"])
def test_red_and_green_are_near_for_some_and_blue_is_not(eye: str) -> None:
    red, green, blue = (
        lab(seen(np.array(c, np.uint8), eye)) for c in ((200, 90, 60), (110, 140, 50), (60, 60, 200))
    )
    usual = [lab(seen(np.array(c, np.uint8), "usual")) for c in ((200, 90, 60), (110, 140, 50))]
    assert float(apart(red, green)) < 0.6 * float(apart(*usual))
    assert float(apart(red, blue)) > 30
