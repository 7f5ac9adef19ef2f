from collections.abc import Callable

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from relief_app.core.anatomy import Leg
from relief_app.core.events import Phase
from relief_app.core.session_state import State
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, targets

Key = Qt.Key
HOLD = "bedtime"
CRAMP = "cramp-bed"


@pytest.mark.parametrize("key", [Key.Key_Right, Key.Key_Return, Key.Key_Enter, Key.Key_PageDown])
@pytest.mark.parametrize("routine", [HOLD, CRAMP])
def test_arrows_enter_and_clickers_go_on(stage: Stage, routine: str, key: Key) -> None:
    stage.guide(routine)
    stage.press(key)
    assert stage.view().index == 1


@pytest.mark.parametrize("key", [Key.Key_Left, Key.Key_PageUp])
@pytest.mark.parametrize("routine", [HOLD, CRAMP])
def test_arrows_and_clickers_go_back(stage: Stage, routine: str, key: Key) -> None:
    stage.guide(routine)
    stage.press(Key.Key_Right)
    stage.press(key)
    assert stage.view().index == 0


def test_space_in_a_cramp_means_it_let_go_and_then_it_is_back(stage: Stage) -> None:
    stage.guide(CRAMP)
    stage.move(12_000)
    stage.press(Key.Key_Space)
    assert stage.view().release_ms == 12_000
    assert stage.view().hold.exercise.id == "rest"
    stage.press(Key.Key_Space)
    assert (stage.view().release_ms, stage.view().index, stage.view().phase) == (None, 0, Phase.ACTIVE)


def test_space_returns_to_the_stretch_it_let_go_in(stage: Stage) -> None:
    stage.guide(CRAMP)
    stage.press(Key.Key_Right)
    stage.move(9_000)
    assert stage.view().hold.exercise.id == "towel-stretch"
    stage.press(Key.Key_Space)
    assert stage.view().hold.exercise.id != "towel-stretch"
    stage.press(Key.Key_Space)
    assert stage.view().hold.exercise.id == "towel-stretch"


def test_space_after_the_end_of_a_cramp_begins_it_again(stage: Stage) -> None:
    stage.guide(CRAMP, leg=Leg.LEFT)
    stage.press(Key.Key_Space)
    stage.move(200_000)
    assert stage.state() is State.FINISHED
    stage.press(Key.Key_Space)
    assert (stage.state(), stage.view().index, stage.view().phase) == (State.RUNNING, 0, Phase.ACTIVE)
    assert stage.view().hold.leg is Leg.LEFT


def test_a_cramp_that_comes_again_is_in_the_leg_that_was_corrected(stage: Stage) -> None:
    stage.guide(CRAMP, leg=Leg.RIGHT)
    stage.press(Key.Key_L)
    stage.press(Key.Key_Space)
    stage.move(200_000)
    stage.press(Key.Key_Space)
    assert stage.view().hold.leg is Leg.LEFT


def test_a_rehearsal_that_begins_again_is_a_rehearsal_still(stage: Stage) -> None:
    stage.host.start(CRAMP, Leg.RIGHT, urgent=True, rate=10)
    stage.window.show_guide()
    stage.window.show()
    stage.press(Key.Key_Space)
    stage.move(20_000)
    assert stage.state() is State.FINISHED
    stage.press(Key.Key_Space)
    assert stage.state() is State.RUNNING
    assert stage.driver.rate == 10


@pytest.mark.parametrize("routine", [HOLD, "micro-break"])
def test_space_elsewhere_pauses_and_goes_on(stage: Stage, routine: str) -> None:
    stage.guide(routine)
    stage.press(Key.Key_Space)
    assert stage.state() is State.PAUSED
    stage.press(Key.Key_Space)
    assert stage.state() is State.RUNNING
    assert stage.view().release_ms is None


@pytest.mark.parametrize("routine", [HOLD, CRAMP])
def test_p_pauses_and_goes_on(stage: Stage, routine: str) -> None:
    stage.guide(routine)
    stage.press(Key.Key_P)
    assert stage.state() is State.PAUSED
    stage.press(Key.Key_P)
    assert stage.state() is State.RUNNING


@pytest.mark.parametrize("key", [Key.Key_F5, Key.Key_Period, Key.Key_B])
def test_the_other_keys_of_a_clicker_do_what_space_does(stage: Stage, key: Key) -> None:
    stage.guide(HOLD)
    stage.press(key)
    assert stage.state() is State.PAUSED
    stage.press(key)
    assert stage.state() is State.RUNNING
    stage.guide(CRAMP)
    stage.move(12_000)
    stage.press(key)
    assert stage.view().release_ms == 12_000
    stage.press(key)
    assert stage.view().release_ms is None


def test_a_cramp_is_guided_with_the_two_large_keys_of_a_clicker_and_its_third(stage: Stage) -> None:
    stage.guide(CRAMP)
    indices = []
    for key in (Key.Key_PageDown, Key.Key_PageDown, Key.Key_PageUp, Key.Key_Period):
        stage.press(key)
        indices.append(stage.view().index)
    assert indices[:3] == [1, 2, 1]
    assert stage.view().release_ms == 0


@pytest.mark.parametrize(
    ("key", "shift", "seconds"),
    [
        (Key.Key_Plus, True, 30),
        (Key.Key_Plus, False, 30),
        (Key.Key_Equal, False, 30),
        (Key.Key_Minus, False, -30),
    ],
)
def test_plus_and_minus_are_thirty_seconds(stage: Stage, key: Key, shift: bool, seconds: int) -> None:
    stage.guide(CRAMP)
    stage.press(Key.Key_Plus)  # sixty seconds, so that thirty can go
    stage.press(key, shift=shift)
    assert stage.view().remaining_ms == (60 + seconds) * 1000


def test_l_is_the_other_leg_and_loses_no_time(stage: Stage) -> None:
    stage.guide(CRAMP, leg=Leg.RIGHT)
    stage.move(7_000)
    stage.press(Key.Key_L)
    assert stage.view().hold.leg is Leg.LEFT
    assert stage.view().elapsed_ms == 7_000
    assert "left leg" in stage.text("step_label")


def test_esc_leaves_and_keeps(stage: Stage) -> None:
    stage.guide(CRAMP)
    stage.press(Key.Key_Right)
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == "home_page"
    assert stage.driver.session is None
    assert stage.sees("go_on_button")
    assert stage.host.kept is not None
    assert stage.host.kept.index == 1


def test_esc_after_the_end_keeps_nothing(stage: Stage) -> None:
    stage.guide(HOLD)
    stage.move(600_000)
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == "home_page"
    assert stage.host.kept is None
    assert not stage.sees("go_on_button")


@pytest.mark.parametrize("key", [Key.Key_F, Key.Key_F11])
def test_f_is_full_screen_and_back(stage: Stage, key: Key) -> None:
    stage.guide(HOLD)
    stage.press(key)
    assert stage.window.isFullScreen()
    stage.press(key)
    assert not stage.window.isFullScreen()


def test_m_is_mute_and_the_button_says_so(stage: Stage) -> None:
    stage.guide(HOLD)
    assert stage.told("mute_button") == "Mute"
    stage.press(Key.Key_M)
    assert stage.muted is True
    assert stage.told("mute_button") == "Sounds on"
    stage.press(Key.Key_M)

    assert stage.told("mute_button") == "Mute"


def test_n_is_night_and_back(stage: Stage) -> None:
    stage.guide(HOLD)
    stage.press(Key.Key_N)
    assert stage.window.theme_name == "night"
    stage.press(Key.Key_N)
    assert stage.window.theme_name == "light"


@pytest.mark.parametrize("key", [Key.Key_Question, Key.Key_F1])
def test_help_lists_the_keys_and_esc_comes_back(stage: Stage, key: Key) -> None:
    stage.guide(HOLD)
    stage.press(key, shift=key is Key.Key_Question)
    assert stage.window.page_name == "keys_page"
    assert stage.state() is State.RUNNING
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == "guide_page"


def test_w_is_something_wrong(stage: Stage) -> None:
    stage.guide(CRAMP)
    stage.press(Key.Key_W)
    assert stage.window.page_name == "something_wrong_page"


@pytest.mark.parametrize("held", [Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier])
def test_keys_with_control_or_alt_belong_to_the_system(stage: Stage, held: Qt.KeyboardModifier) -> None:
    stage.guide(HOLD)
    for key in (Key.Key_L, Key.Key_Right, Key.Key_P, Key.Key_W):
        QTest.keyClick(stage.page, key, held)
    assert (stage.view().index, stage.state(), stage.view().hold.leg) == (0, State.RUNNING, Leg.RIGHT)
    assert stage.window.page_name == "guide_page"


def test_a_key_held_down_moves_one_step_but_adds_time_again_and_again(stage: Stage) -> None:
    def repeat(key: Key) -> None:
        none = Qt.KeyboardModifier.NoModifier
        event = QKeyEvent(QEvent.Type.KeyPress, key, none, "", True, 1)
        QApplication.sendEvent(stage.page, event)

    stage.guide(CRAMP)
    stage.press(Key.Key_Right)
    repeat(Key.Key_Right)
    repeat(Key.Key_Right)
    assert stage.view().index == 1
    stage.press(Key.Key_Right)
    before = stage.view().remaining_ms
    repeat(Key.Key_Plus)
    repeat(Key.Key_Plus)
    assert stage.view().remaining_ms == before + 60_000


def test_what_is_not_possible_now_does_nothing(stage: Stage) -> None:
    stage.guide(HOLD)
    stage.move(600_000)
    assert stage.state() is State.FINISHED
    for key in (Key.Key_Right, Key.Key_Left, Key.Key_Plus, Key.Key_L):
        stage.press(key)
    assert stage.state() is State.FINISHED
    assert stage.window.page_name == "guide_page"


# A focused control keeps Space and Enter


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return, Key.Key_Enter])
def test_space_and_enter_press_the_button_that_has_the_keyboard(stage: Stage, key: Key) -> None:
    stage.guide(HOLD)
    stage.press(Key.Key_Right)
    stage.button("back_button").setFocus()
    stage.press(key)
    assert (stage.view().index, stage.state()) == (0, State.RUNNING)


def test_other_keys_stay_the_pages_when_a_button_has_the_keyboard(stage: Stage) -> None:
    stage.guide(HOLD)
    stage.button("back_button").setFocus()
    stage.press(Key.Key_Right)
    assert stage.view().index == 1
    stage.press(Key.Key_P)
    assert stage.state() is State.PAUSED
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == "home_page"


def test_tab_reaches_every_button_in_sight(stage: Stage) -> None:
    stage.guide(HOLD)
    reached = set()
    for _ in range(20):
        stage.press(Key.Key_Tab)
        focus = QApplication.focusWidget()
        if focus is not None:
            reached.add(focus.objectName())
    assert {button.objectName() for button in targets(stage.page)} <= reached


@pytest.mark.parametrize("what", ["pause", "next", "leg"])
def test_on_a_page_that_is_left_keys_do_nothing_to_it(make_stage: MakeStage, what: str) -> None:
    stage = make_stage().guide(CRAMP)
    stage.press(Key.Key_Question, shift=True)
    index, leg = stage.view().index, stage.view().hold.leg
    presses: dict[str, Callable[[], None]] = {
        "pause": lambda: stage.press(Key.Key_P),
        "next": lambda: stage.press(Key.Key_Right),
        "leg": lambda: stage.press(Key.Key_L),
    }
    presses[what]()
    assert (stage.view().index, stage.view().hold.leg, stage.state()) == (index, leg, State.RUNNING)
