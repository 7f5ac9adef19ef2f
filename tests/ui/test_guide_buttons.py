import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from relief_app.core.anatomy import Leg
from relief_app.core.session_state import State
from relief_app.core.steering import Steer
from tests.ui.conftest import MakeStage
from tests.ui.stage import QUIET_AFTER_MS, Stage

Key = Qt.Key
SMALL = (
    *("back_button", "pause_button", "next_button", "extend_button", "other_leg_button"),
    *("night_button", "mute_button", "full_screen_button", "help_button", "leave_button"),
)


# Buttons do what their words say


def test_next_and_back_buttons(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.click("next_button")
    stage.click("next_button")
    assert stage.view().index == 2
    stage.click("back_button")
    assert stage.view().index == 1


def test_a_double_click_on_next_moves_two(stage: Stage) -> None:
    stage.guide("bedtime")
    button = stage.button("next_button")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)  # the second press, as Qt hands it over
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert stage.view().index == 2


def test_the_pause_button_says_what_it_will_do(stage: Stage) -> None:
    stage.guide("bedtime")
    assert stage.told("pause_button") == "Pause"
    stage.click("pause_button")
    assert (stage.state(), stage.told("pause_button")) == (State.PAUSED, "Go on")
    stage.click("pause_button")
    assert (stage.state(), stage.told("pause_button")) == (State.RUNNING, "Pause")


def test_the_pause_button_ends_the_page_when_all_is_done(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.move(600_000)
    assert stage.told("pause_button") == "Done"
    for name in ("back_button", "next_button", "extend_button", "other_leg_button"):
        assert not stage.button(name).isEnabled()
    stage.click("pause_button")
    assert stage.window.page_name == "home_page"


def test_extend_adds_thirty_seconds(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.click("extend_button")
    assert stage.view().remaining_ms == 35_000


def test_the_other_leg_button(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.click("other_leg_button")
    assert stage.view().hold.leg is Leg.LEFT


def test_the_eased_button_says_what_it_will_do(stage: Stage) -> None:
    stage.guide("cramp-bed")
    assert stage.told("eased_button") == "It let go"
    stage.click("eased_button")
    assert stage.view().release_ms == 0
    assert stage.told("eased_button") == "It's back"
    stage.click("eased_button")
    assert stage.view().release_ms is None
    assert stage.told("eased_button") == "It let go"


def test_outside_cramps_nothing_asks_whether_it_let_go(stage: Stage) -> None:
    stage.guide("bedtime")
    assert not stage.sees("eased_button")


def test_the_tools_on_top(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.click("mute_button")
    assert stage.muted
    stage.click("full_screen_button")
    assert stage.window.isFullScreen()
    stage.click("full_screen_button")
    stage.click("night_button")
    assert stage.window.theme_name == "night"
    stage.click("help_button")
    assert stage.window.page_name == "keys_page"
    stage.click("keys_back_button")
    stage.click("leave_button")
    assert stage.window.page_name == "home_page"
    assert stage.sees("go_on_button")


def test_buttons_follow_commands_from_outside(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.steer(Steer.PAUSE)
    assert stage.told("pause_button") == "Go on"
    stage.steer(Steer.RESUME)
    stage.steer(Steer.NEXT)
    assert stage.told("pause_button") == "Pause"
    assert stage.text("step_label").startswith("Step 2 of")


def test_sounds_that_are_off_are_shown_off_when_the_page_opens(make_stage: MakeStage) -> None:
    stage = make_stage()
    stage.muted = True
    stage.guide("bedtime")
    assert stage.told("mute_button") == "Sounds on"


# In a cramp the small buttons come when asked for


def small_in_sight(stage: Stage) -> set[str]:
    return {name for name in SMALL if stage.sees(name)}


def test_outside_cramps_every_button_stands(stage: Stage) -> None:
    stage.guide("bedtime")
    assert small_in_sight(stage) == set(SMALL)
    assert not stage.timer(QUIET_AFTER_MS).isActive()


def test_a_cramp_begins_with_two_buttons_only(stage: Stage) -> None:
    stage.guide("cramp-bed")
    assert small_in_sight(stage) == set()
    assert stage.sees("eased_button")
    assert stage.sees("something_wrong_button")


@pytest.mark.parametrize("how", ["mouse", "tab", "back tab"])
def test_in_a_cramp_mouse_and_tab_show_the_small_buttons_for_a_while(stage: Stage, how: str) -> None:
    stage.guide("cramp-bed")
    if how == "mouse":
        stage.move_mouse()
    else:
        stage.press(Key.Key_Tab, shift=how == "back tab")
    assert small_in_sight(stage) == set(SMALL)
    focus = QApplication.focusWidget()
    assert focus is not None
    stage.page.setFocus()
    quiet = stage.timer(QUIET_AFTER_MS)
    assert quiet.isActive()
    quiet.timeout.emit()
    assert small_in_sight(stage) == set()


def test_small_buttons_stay_while_one_has_the_keyboard(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.move_mouse()
    stage.button("next_button").setFocus()
    stage.timer(QUIET_AFTER_MS).timeout.emit()
    assert small_in_sight(stage) == set(SMALL)


def test_other_keys_show_no_small_buttons(stage: Stage) -> None:
    stage.guide("cramp-bed")
    for key in (Key.Key_Right, Key.Key_L, Key.Key_P, Key.Key_P, Key.Key_Space):
        stage.press(key)
    assert small_in_sight(stage) == set()


def test_at_the_end_of_a_cramp_the_buttons_come(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.press(Key.Key_Space)
    stage.move(200_000)
    assert stage.state() is State.FINISHED
    assert small_in_sight(stage) == set(SMALL)
    assert stage.told("eased_button") == "It's back"
    assert stage.told("pause_button") == "Done"


def test_a_cramp_after_a_calm_routine_hides_them_again(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.guide("cramp-bed")
    assert small_in_sight(stage) == set()
    stage.guide("bedtime")
    assert small_in_sight(stage) == set(SMALL)


# The way to help always stands


@pytest.mark.parametrize("forced", ["light", "dark", "night"])
@pytest.mark.parametrize("routine", ["cramp-bed", "bedtime"])
def test_something_is_wrong_stands_in_every_phase(make_stage: MakeStage, forced: str, routine: str) -> None:
    stage = make_stage(forced=forced).guide(routine, urgent=False)
    phases = set()

    def look() -> None:
        phases.add((stage.view().phase, stage.state()))
        button = stage.button("something_wrong_button")
        assert button.isVisible()
        assert button.isEnabled()
        assert stage.page.rect().contains(button.geometry())
        at = button.mapTo(stage.window, button.rect().center())
        assert stage.window.childAt(at) is button

    for ms in (0, 6_000, 12_000, 20_000):
        stage.move(ms)
        look()
    stage.steer(Steer.NEXT)
    stage.move(40_000)
    look()
    stage.steer(Steer.PAUSE)
    look()
    stage.steer(Steer.RESUME)
    if routine == "cramp-bed":
        stage.steer(Steer.EASED)
        look()
    stage.move(500_000)
    look()
    assert stage.state() is State.FINISHED
    assert len(phases) >= 4


@pytest.mark.parametrize("forced", ["light", "night"])
def test_something_is_wrong_opens_with_a_click(make_stage: MakeStage, forced: str) -> None:
    stage = make_stage(forced=forced).guide("cramp-bed")
    stage.click("something_wrong_button")
    assert stage.window.page_name == "something_wrong_page"
    assert stage.state() is State.PAUSED
