"""At night, when it let go: a black screen after a while, and any key or click lights it again."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from relief_app.core.session_state import State
from relief_app.core.steering import Steer
from relief_app.ui.pages.guide import GuidePage
from tests.ui.conftest import MakeStage
from tests.ui.stage import DARK_AFTER_MS, Stage, channels

Key = Qt.Key


@pytest.fixture
def night(make_stage: MakeStage) -> Stage:
    """A cramp at three in the night."""
    return make_stage(minute="03:00").guide("cramp-bed")


def is_dark(stage: Stage) -> bool:
    page = stage.window.findChild(GuidePage)
    assert page is not None
    return page.is_dark


def is_black(stage: Stage) -> bool:
    return not channels(stage.picture()).any()


def fall_dark(stage: Stage) -> None:
    timer = stage.timer(DARK_AFTER_MS)
    assert timer.isActive()
    assert timer.isSingleShot()
    timer.stop()
    timer.timeout.emit()


def test_it_let_go_and_the_screen_goes_black(night: Stage) -> None:
    assert not night.timer(DARK_AFTER_MS).isActive()
    night.press(Key.Key_Space)
    assert not is_dark(night)
    assert not is_black(night)
    fall_dark(night)
    assert is_dark(night)
    assert is_black(night)
    assert not night.frames_run()


@pytest.mark.parametrize("key", [Key.Key_X, Key.Key_P, Key.Key_M, Key.Key_Control, Key.Key_Space])
def test_any_key_lights_it_again(night: Stage, key: Key) -> None:
    night.press(Key.Key_Space)
    fall_dark(night)
    night.press(key)
    assert not is_dark(night)
    assert not is_black(night)


def test_a_click_lights_it_again_and_presses_nothing(night: Stage) -> None:
    night.press(Key.Key_Space)
    released = night.view().release_ms
    fall_dark(night)
    night.click("eased_button")
    assert not is_dark(night)
    assert night.view().release_ms == released


def test_after_a_click_too_any_key_lights_it_again(night: Stage) -> None:
    night.click("eased_button")
    fall_dark(night)
    night.press(Key.Key_Space)
    assert not is_dark(night)


def test_the_guide_runs_on_below_and_its_end_does_not_light_the_room(night: Stage) -> None:
    night.press(Key.Key_Space)
    fall_dark(night)
    night.move(200_000)
    assert night.state() is State.FINISHED
    assert is_dark(night)
    assert is_black(night)


def test_a_new_size_leaves_no_light(night: Stage) -> None:
    night.press(Key.Key_Space)
    fall_dark(night)
    night.resize(900, 700)
    assert is_black(night)


@pytest.mark.parametrize("how", ["key", "click", "command"])
def test_a_cramp_that_is_back_is_never_blacked_out(night: Stage, how: str) -> None:
    night.press(Key.Key_Space)
    if how == "key":
        night.press(Key.Key_Space)
    elif how == "click":
        QTest.mouseClick(night.button("eased_button"), Qt.MouseButton.LeftButton)
    else:
        night.steer(Steer.BACK_AGAIN)
    assert night.view().release_ms is None
    assert not night.timer(DARK_AFTER_MS).isActive()


def test_a_cramp_that_is_back_lights_the_screen(night: Stage) -> None:
    night.press(Key.Key_Space)
    fall_dark(night)
    night.steer(Steer.BACK_AGAIN)
    assert not is_dark(night)
    assert night.frames_run()


def test_eased_by_a_command_goes_black_too(night: Stage) -> None:
    night.steer(Steer.EASED)
    fall_dark(night)
    assert is_black(night)


def test_by_day_nothing_goes_black(make_stage: MakeStage) -> None:
    day = make_stage(minute="12:00").guide("cramp-bed")
    day.press(Key.Key_Space)
    assert not day.timer(DARK_AFTER_MS).isActive()


@pytest.mark.parametrize("how", ["mouse", "key", "lit again"])
def test_who_stirs_has_light_and_then_the_dark_comes_after_all(night: Stage, how: str) -> None:
    night.press(Key.Key_Space)
    if how == "lit again":
        fall_dark(night)
    if how == "mouse":
        night.move_mouse()
    else:
        night.press(Key.Key_X)
    assert not is_dark(night)
    fall_dark(night)
    assert is_dark(night)


@pytest.mark.parametrize("key", [Key.Key_Question, Key.Key_W])
def test_the_dark_comes_after_another_page_too(night: Stage, key: Key) -> None:
    night.press(Key.Key_Space)
    night.press(key)
    assert not night.timer(DARK_AFTER_MS).isActive()
    night.press(Key.Key_Escape)
    assert night.window.page_name == "guide_page"
    fall_dark(night)
    assert is_dark(night)


def test_leaving_takes_the_timer_along(night: Stage) -> None:
    night.press(Key.Key_Space)
    night.press(Key.Key_Escape)
    assert night.window.page_name == "home_page"
    assert not night.timer(DARK_AFTER_MS).isActive()


def test_a_new_session_begins_lit(night: Stage) -> None:
    night.press(Key.Key_Space)
    fall_dark(night)
    night.guide("cramp-bed")
    assert not is_dark(night)
    assert not is_black(night)
