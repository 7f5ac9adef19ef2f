"""Print survives a photocopier: in black and white alone its structures are still drawn apart."""

from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest

from relief_app.core.preferences import SkinTone
from relief_app.pictures.figure import PoseState
from relief_app.pictures.palette import palette
from tests.pictures.neighbours import NEIGHBOURS, Neighbours, painted, pieces
from tests.support.borders import BACKGROUND, Piece

COPIERS = {"plain": (0.5, False), "dark lines only": (0.35, True), "too dark": (0.65, True)}
"""What lightness (0 to 1) a copier takes for white, and whether it blurs."""
LEAST_FILL, LEAST_LINE = 0.3, 0.15
"""Shares of black by which two hatchings differ, and by which a line differs from both sides: within two
pixels of a border a line of one pixel is a fifth."""
PIECES_THAT_HOLD = 0.7
"""Where the tendon grows into the heel bone, a quarter of their border, nothing is drawn between."""
PROPS = (
    Neighbours(PoseState("active-dorsiflexion"), "mattress", BACKGROUND),
    Neighbours(PoseState("wall-stretch-straight"), "wall", BACKGROUND),
)
CASES = [pytest.param(case, id=str(case)) for case in dict.fromkeys((*NEIGHBOURS, *PROPS))]


def copied(image: npt.NDArray[np.uint8], white_from: float, *, blurred: bool) -> npt.NDArray[np.bool_]:
    """Black where a copier makes black; the blur is a binomial one over three pixels."""
    grey = image @ np.array([0.2126, 0.7152, 0.0722]) / 255.0
    for axis in (0, 1) if blurred else ():
        grey = (np.roll(grey, 1, axis) + 2 * grey + np.roll(grey, -1, axis)) / 4
    return np.asarray(grey < white_from)


def is_apart(piece: Piece, black: npt.NDArray[np.bool_]) -> bool:
    """Whether a piece of a border is seen: by two hatchings, or by a line, black or white, between."""
    one, other, between = (float(black[part].mean()) for part in piece)
    low, high = sorted((one, other))
    return high - low >= LEAST_FILL or between - high >= LEAST_LINE or low - between >= LEAST_LINE


@pytest.mark.parametrize("case", CASES)
@pytest.mark.parametrize("copier", COPIERS)
def test_a_photocopy_keeps_neighbours_apart(case: Neighbours, copier: str) -> None:
    white_from, blurred = COPIERS[copier]
    black = copied(painted(case.state, "print"), white_from, blurred=blurred).reshape(-1)
    border = pieces(case, printed=True)
    assert border, "they do not touch: look at another picture"
    held = [is_apart(piece, black) for piece in border]
    assert np.mean(held) >= PIECES_THAT_HOLD


def test_print_is_grey_on_white_whatever_the_tone() -> None:
    colours = palette("print", SkinTone.TONE_6)
    assert colours["background"] == "#ffffff"
    for role, colour in colours.items():
        assert all(one == other for one, other in pairwise(bytes.fromhex(colour[1:]))), role
