"""The plate of the inset: kept as pixels, and yet always what it would be if painted now."""

import numpy as np
import numpy.typing as npt
import pytest
from pytestqt.qtbot import QtBot

from relief_app.core.anatomy import Leg, Structure
from relief_app.pictures.calf import CalfState
from relief_app.pictures.plate_file import Plate
from relief_app.ui.theme import THEMES
from relief_app.ui.widgets.calf_view import KEPT, CalfView
from tests.ui.stage import channels, plate

SIZE = (120, 200)


class Shelf:
    """Hands out plates and counts how often one is painted."""

    def __init__(self) -> None:
        self.asked = 0

    def __call__(self, view: str) -> Plate:
        self.asked += 1
        return plate(view)


def calf_view(qtbot: QtBot, shelf: Shelf, theme: str = "light") -> CalfView:
    view = CalfView(shelf)
    qtbot.addWidget(view)
    view.set_theme(THEMES[theme])
    view.resize(*SIZE)
    return view


def pixels(view: CalfView) -> npt.NDArray[np.uint8]:
    return channels(view.grab().toImage())


def tinted(percent: float, leg: Leg = Leg.RIGHT) -> CalfState:
    return CalfState(
        leg=leg, highlight=frozenset({Structure.SOLEUS}), lengthening=((Structure.SOLEUS, percent),)
    )


def test_a_plate_shown_again_is_not_painted_again_and_is_the_same(qtbot: QtBot) -> None:
    shelf = Shelf()
    view = calf_view(qtbot, shelf)
    states = [tinted(percent, leg) for leg in Leg for percent in (0.0, 3.0)]
    first = []
    for state in states:
        view.show_calf(state)
        first.append(pixels(view))
    assert shelf.asked == len(states)
    for state, before in zip(states, first, strict=True):
        view.show_calf(state)
        assert np.array_equal(pixels(view), before)
    assert shelf.asked == len(states)
    assert len({shown.tobytes() for shown in first}) == len(states)


@pytest.mark.parametrize("theme", ["dark", "night"])
def test_another_theme_or_size_is_painted_anew(qtbot: QtBot, theme: str) -> None:
    view = calf_view(qtbot, Shelf())
    view.show_calf(tinted(3.0))
    pixels(view)
    view.set_theme(THEMES[theme])
    fresh = calf_view(qtbot, Shelf(), theme)
    fresh.show_calf(tinted(3.0))
    assert np.array_equal(pixels(view), pixels(fresh))
    for shown in (view, fresh):
        shown.resize(90, 140)
    assert np.array_equal(pixels(view), pixels(fresh))


def test_no_more_are_kept_than_are_of_use(qtbot: QtBot) -> None:
    shelf = Shelf()
    view = calf_view(qtbot, shelf)
    for percent in (*range(KEPT + 1), 0):
        view.show_calf(tinted(float(percent)))
        pixels(view)
    assert shelf.asked == KEPT + 2
