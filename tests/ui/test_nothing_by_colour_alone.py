"""Seen in grey, every state of a control can still be told from every other."""

from collections.abc import Callable, Mapping
from itertools import combinations

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QWidget

from relief_app.ui.theme import AMBER, THEMES, Theme
from relief_app.ui.widgets.progress_dots import ProgressDots
from relief_app.ui.widgets.touch_button import TouchButton, Weight
from relief_app.ui.widgets.touch_field import TouchField
from tests.support.colour_vision import contrast
from tests.ui.conftest import MakeStage
from tests.ui.scenes import play
from tests.ui.stage import Stage, channels

TELLS = 3.0
"""Contrast in luminance at which a pixel of one state stands out from that of another."""
ENOUGH = 30
"""So many such pixels are seen: an outline, a bold word, a mark; not a shade."""
LOOKS = {**THEMES, "amber": AMBER}
Pixels = npt.NDArray[np.uint8]
Set = Callable[[TouchButton], object]


def _choose(button: TouchButton) -> TouchButton:
    button.setChecked(True)
    return button


def _focus(button: TouchButton) -> TouchButton:
    button.setFocus(Qt.FocusReason.TabFocusReason)
    return button


STATES: Mapping[str, Set] = {
    "usual": lambda button: None,
    "chosen": _choose,
    "not possible": lambda button: button.setEnabled(False),
    "with the keyboard": _focus,
    "chosen, with the keyboard": lambda button: [_choose(button), _focus(button)],
}


def painted(widget: QWidget, theme: Theme) -> Pixels:
    """Red, green and blue of `widget` on the theme's window."""
    image = QImage(widget.size(), QImage.Format.Format_RGB32)
    image.fill(theme.colour("window"))
    widget.render(image, renderFlags=QWidget.RenderFlag.DrawChildren)
    return channels(image)[..., ::-1]


def told_apart(one: Pixels, other: Pixels) -> int:
    """How many pixels tell one state from the other to who sees no colour."""
    return int((contrast(one, other) >= TELLS).sum())


def button_in(stage: Stage, state: str, weight: Weight, theme: Theme) -> Pixels:
    button = TouchButton("probe_button", "Right leg", weight=weight, parent=stage.page)
    button.setCheckable("chosen" in state)
    button.setGeometry(0, 0, 160, 48)
    button.set_theme(theme)
    button.show()
    STATES[state](button)
    picture = painted(button, theme)
    button.setParent(None)
    button.deleteLater()
    return picture


@pytest.mark.parametrize("look", sorted(LOOKS))
@pytest.mark.parametrize("weight", list(Weight))
def test_states_of_a_button(make_stage: MakeStage, look: str, weight: Weight) -> None:
    stage, theme = make_stage().home(), LOOKS[look]
    pictures = {state: button_in(stage, state, weight, theme) for state in STATES}
    for one, other in combinations(STATES, 2):
        seen = told_apart(pictures[one], pictures[other])
        assert seen >= ENOUGH, f"{one} and {other}: {seen} pixels"


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_what_is_done_what_is_now_and_what_is_to_come(qapp: object, look: str) -> None:
    """Filled, a ring with a dot, hollow."""
    dots, theme = ProgressDots(), LOOKS[look]
    dots.resize(100, 24)
    dots.set_theme(theme)
    dots.show_progress(1, 3)
    picture = painted(dots, theme)
    done, now, coming = (picture[:, at : at + 24] for at in (0, 24, 48))
    for one, other in combinations((done, now, coming), 2):
        assert told_apart(one, other) >= ENOUGH / 2
    dots.deleteLater()


@pytest.mark.parametrize("look", sorted(LOOKS))
def test_the_field_that_is_typed_in(make_stage: MakeStage, look: str) -> None:
    stage, theme = make_stage().home(), LOOKS[look]
    field = TouchField("probe_field", "Number", stage.page)
    field.setGeometry(0, 0, 200, 48)
    field.set_theme(theme)
    field.show()
    before = painted(field, theme)
    field.setFocus(Qt.FocusReason.TabFocusReason)
    assert told_apart(before, painted(field, theme)) >= ENOUGH


@pytest.mark.parametrize("look", ["light", "dark", "night"])
def test_the_chosen_tone_of_skin_has_a_mark(make_stage: MakeStage, look: str) -> None:
    stage = play(make_stage, "settings", (1280, 1400), forced=look)
    chosen = stage.button("set_skin_tone_tone_3_button")
    assert chosen.isChecked()
    with_mark = painted(chosen, THEMES[look])
    chosen.setChecked(False)
    assert told_apart(with_mark, painted(chosen, THEMES[look])) >= ENOUGH


def test_muted_is_another_picture(make_stage: MakeStage) -> None:
    stage = play(make_stage, "bedtime")
    on = channels(stage.picture("mute_button"))
    stage.window._toggle_mute()
    off = channels(stage.picture("mute_button"))
    assert told_apart(on[..., ::-1], off[..., ::-1]) >= ENOUGH / 2
