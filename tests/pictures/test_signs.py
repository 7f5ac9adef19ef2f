"""The pictograms of the warning signs."""

from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from relief_app.pictures.painting import paint
from relief_app.pictures.palette import PALETTES
from relief_app.pictures.signs import SIGNS_DRAWN, VIEW_BOX, sign_picture
from relief_app.storage.red_flags import read_red_flags
from tests.ui.stage import channels

SIDE, EDGE = 92, 12


def drawn(name: str, theme: str) -> npt.NDArray[np.uint8]:
    """The pictogram as small as on a card, with an edge round it, as blue, green, red."""
    whole = SIDE + 2 * EDGE
    image = QImage(whole, whole, QImage.Format.Format_RGB32)
    image.fill(QColor(PALETTES[theme]["background"]))
    painter = QPainter(image)
    paint(painter, sign_picture(name), PALETTES[theme], QRectF(EDGE, EDGE, SIDE, SIDE))
    painter.end()
    return channels(image)


def test_every_sign_has_a_picture_of_its_own() -> None:
    pictures = [flag.picture for flag in read_red_flags()]
    assert len(set(pictures)) == len(pictures)
    assert {*pictures, "clinician"} == set(SIGNS_DRAWN)


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("name", SIGNS_DRAWN)
def test_a_picture_fills_its_square_and_stays_near_it(name: str, theme: str) -> None:
    pixels = drawn(name, theme).astype(int)
    ink = abs(pixels - pixels[0, 0]).max(axis=2) > 40
    inside = ink[EDGE:-EDGE, EDGE:-EDGE]
    assert inside.mean() > (0.03 if theme == "print" else 0.2)
    rows, columns = np.nonzero(ink)
    assert min(np.ptp(rows), np.ptp(columns)) > 0.5 * SIDE
    around = ink.copy()
    around[EDGE // 2 : -EDGE // 2, EDGE // 2 : -EDGE // 2] = False
    assert not around.any()


@pytest.mark.parametrize("name", SIGNS_DRAWN)
def test_by_night_a_picture_is_red_and_nothing_else(name: str) -> None:
    pixels = drawn(name, "night")
    assert pixels[..., :2].max() == 0
    assert pixels[..., 2].max() > 0x80


@pytest.mark.parametrize("theme", ["light", "night"])
def test_no_two_pictures_look_alike(theme: str) -> None:
    pictures = {name: drawn(name, theme).astype(int) for name in SIGNS_DRAWN}
    for one, other in combinations(pictures, 2):
        differs = abs(pictures[one] - pictures[other]).max(axis=2) > 40
        assert differs.mean() > 0.07, f"{one} looks like {other}"


def test_a_picture_is_made_of_shapes_with_roles_that_every_palette_knows() -> None:
    for name in SIGNS_DRAWN:
        picture = sign_picture(name)
        assert picture.view_box == VIEW_BOX
        roles = {role for shape in picture.shapes for role in (shape.fill, shape.stroke) if role}
        for palette in PALETTES.values():
            assert roles <= palette.keys()
