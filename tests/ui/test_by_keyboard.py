"""Everything by keyboard: Tab reaches what can be pressed on every page, Space and Enter press it."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QSignalSpy
from PySide6.QtWidgets import QAbstractButton, QApplication, QLineEdit, QScrollArea, QSlider, QWidget

from relief_app.ui.widgets.answer_buttons import HeldButton
from tests.ui.conftest import MakeStage
from tests.ui.drawn_words import seen_rect
from tests.ui.scenes import SCENES, play
from tests.ui.stage import Stage
from tests.ui.test_large_text import asked_now

Key = Qt.Key
PRESSING = (Key.Key_Space, Key.Key_Return, Key.Key_Enter)
MOST_TABS = 120
QUIET = [name for name in SCENES if not name.startswith("bedside")]
"""Beside the bed any key is relief."""
READ_ONLY = ["keys", "what is possible now", "none of the signs", "a sign"]


def to_press(stage: Stage) -> set[QWidget]:
    """What can be pressed, moved or typed in where the keyboard may go now.

    The alarm of a pack is answered by Enter held on its page, so that nothing pressed by habit answers it.
    """
    asked = asked_now(stage)
    root = stage.window if asked is stage.page else asked
    kinds = (QAbstractButton, QSlider, QLineEdit)
    return {
        part
        for part in root.findChildren(QWidget)
        if isinstance(part, kinds) and not isinstance(part, HeldButton)
        if part.isVisible() and part.isEnabled()
    }


def walk(stage: Stage) -> list[QWidget]:
    """Press Tab until it comes round; where the keyboard was, in order."""
    been: list[QWidget] = []
    for _ in range(MOST_TABS):
        stage.press(Key.Key_Tab)
        now = QApplication.focusWidget()
        assert now is not None, "the keyboard is nowhere"
        if been and now is been[0]:
            return been
        been.append(now)
    raise AssertionError("Tab comes to no end")


@pytest.mark.parametrize("name", QUIET)
def test_tab_reaches_everything_and_what_it_reaches_is_in_sight(make_stage: MakeStage, name: str) -> None:
    stage = play(make_stage, name)
    stage.page.setFocus() if asked_now(stage) is stage.page else asked_now(stage).setFocus()
    stood = stage.window.page_name
    been = []
    for part in walk(stage):
        part.setFocus(Qt.FocusReason.TabFocusReason)
        QApplication.processEvents()
        seen = seen_rect(part)
        assert seen.width() > 20, f"{part.objectName()} is out of sight"
        assert seen.height() > 20, f"{part.objectName()} is out of sight"
        been.append(part)
    missed = to_press(stage) - set(been)
    assert not missed, [part.objectName() for part in missed]
    assert stage.window.page_name == stood


@pytest.mark.parametrize("name", QUIET)
def test_space_and_enter_press_what_has_the_keyboard(make_stage: MakeStage, name: str) -> None:
    """And nothing else: a guide goes on as it was."""
    stage = play(make_stage, name)
    view = stage.driver.view()
    before = (stage.window.page_name, view and (view.state, view.index))
    for part in to_press(stage):
        if isinstance(part, QAbstractButton):
            part.clicked.disconnect()
            pressed = QSignalSpy(part.clicked)
            for key in PRESSING:
                part.setFocus(Qt.FocusReason.TabFocusReason)
                stage.press(key)
            assert pressed.count() == len(PRESSING), part.objectName()
    view = stage.driver.view()
    assert (stage.window.page_name, view and (view.state, view.index)) == before


@pytest.mark.parametrize("name", READ_ONLY)
def test_what_is_only_read_scrolls_by_keys(make_stage: MakeStage, name: str) -> None:
    stage = play(make_stage, name, (480, 420))
    (area,) = [each for each in stage.page.findChildren(QScrollArea) if each.isVisible()]
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    for _ in range(60):
        stage.press(Key.Key_PageDown)
    assert bar.value() == bar.maximum()
    for _ in range(300):
        stage.press(Key.Key_Up)
    assert bar.value() == 0
