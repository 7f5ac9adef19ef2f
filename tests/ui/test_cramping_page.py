"""Two large pictures before a cool-down, on the real window."""

import pytest
from PySide6.QtCore import Qt

from relief_app.core.anatomy import Leg
from relief_app.core.profile import Answer, Profile
from relief_app.core.session_state import State
from relief_app.storage.gates import read_gates
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, channels, targets

Key = Qt.Key
PAGE = "cramping_page"
CHOICES = ("cramping_now_button", "cool_down_button")


@pytest.fixture
def asked(stage: Stage) -> Stage:
    return ask(stage)


def ask(stage: Stage) -> Stage:
    stage.profile.save(Profile({gate.key: Answer.NO for gate in read_gates() if not gate.is_dated}))
    stage.home()
    stage.press(Key.Key_R)
    return stage


@pytest.mark.parametrize(
    ("keys", "routine"),
    [
        ((Key.Key_1,), "cramp-standing"),
        ((Key.Key_2,), "post-run"),
        ((Key.Key_Left, Key.Key_Return), "cramp-standing"),
        ((Key.Key_Right, Key.Key_Return), "post-run"),
        ((Key.Key_Right, Key.Key_Left, Key.Key_Return), "cramp-standing"),
        ((Key.Key_Right, Key.Key_Space), "post-run"),
    ],
)
def test_keys_choose(asked: Stage, keys: tuple[Key, ...], routine: str) -> None:
    assert asked.page.objectName() == PAGE
    for key in keys:
        asked.press(key)
    assert asked.view().routine == routine
    assert asked.page.objectName() == "guide_page"


@pytest.mark.parametrize(
    ("button", "routine"), list(zip(CHOICES, ("cramp-standing", "post-run"), strict=True))
)
def test_a_click_chooses(asked: Stage, button: str, routine: str) -> None:
    asked.click(button)
    assert asked.view().routine == routine


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space, Key.Key_PageDown, Key.Key_3])
def test_no_key_answers_before_one_has_been_pointed_at(asked: Stage, key: Key) -> None:
    asked.press(key)
    assert asked.page.objectName() == PAGE
    assert asked.driver.session is None


def test_the_cramp_is_guided_on_the_chosen_leg_without_getting_ready(stage: Stage) -> None:
    stage.leg = Leg.LEFT
    ask(stage)
    stage.press(Key.Key_1)
    assert (stage.view().hold.leg, stage.view().phase) == (Leg.LEFT, "active")


@pytest.mark.parametrize("way", ["escape", "back"])
def test_going_back_gives_up_the_question(asked: Stage, way: str) -> None:
    asked.press(Key.Key_Escape) if way == "escape" else asked.click("cramping_back_button")
    assert asked.page.objectName() == "home_page"
    assert asked.host.before.question is None


def test_something_is_wrong_opens_from_here_too(asked: Stage) -> None:
    asked.click("something_wrong_button")
    assert asked.page.objectName() == "something_wrong_page"


def test_where_an_answer_forbids_the_cool_down_home_says_so(asked: Stage) -> None:
    asked.profile.save(Profile())
    asked.press(Key.Key_2)
    assert asked.page.objectName() == "home_page"
    assert "First answer" in asked.text("notice_label")


def test_another_start_from_outside_takes_the_page_away(asked: Stage) -> None:
    asked.guide("cramp-bed")
    assert asked.page.objectName() == "guide_page"
    assert asked.host.before.question is None


def test_both_pictures_are_painted_and_differ(asked: Stage) -> None:
    one, other = (channels(asked.picture(name)) for name in CHOICES)
    height = min(len(one), len(other)) * 3 // 4
    width = min(one.shape[1], other.shape[1])
    assert (one[:height, :width] != other[:height, :width]).mean() > 0.02


@pytest.mark.parametrize("size", [(1280, 800), (480, 640), (320, 420), (1920, 1080), (800, 480)])
def test_everything_to_press_is_large_and_apart(asked: Stage, size: tuple[int, int]) -> None:
    asked.resize(*size)
    buttons = list(targets(asked.page))
    assert len(buttons) == 4
    for number, button in enumerate(buttons):
        assert min(button.width(), button.height()) >= 48
        assert asked.page.rect().contains(button.geometry())
        assert not any(button.geometry().intersects(other.geometry()) for other in buttons[number + 1 :])


def test_by_night_it_is_red_on_black(make_stage: MakeStage) -> None:
    stage = ask(make_stage(forced="night"))
    assert stage.page.objectName() == PAGE
    assert not channels(stage.picture())[..., :2].any() or not channels(stage.picture())[..., 1:].any()


def test_after_the_cool_down_one_drinks_to_thirst(asked: Stage) -> None:
    asked.press(Key.Key_2)
    for _ in asked.holds():
        asked.press(Key.Key_Right)
    assert asked.state() is State.FINISHED
    assert asked.text("next_label") == "Drink to thirst."


def test_after_a_massage_the_other_leg_is_one_key_away(stage: Stage) -> None:
    stage.profile.save(Profile({gate.key: Answer.NO for gate in read_gates() if not gate.is_dated}))
    stage.guide("massage", leg=Leg.LEFT)
    for _ in stage.holds():
        stage.press(Key.Key_Right)
    assert stage.text("next_label") == "L: the same for the right leg."
    assert stage.button("other_leg_button").isEnabled()
    stage.press(Key.Key_L)
    assert {hold.leg for hold in stage.holds()} == {Leg.RIGHT}
    assert (stage.state(), stage.view().routine) == (State.RUNNING, "massage")


def test_after_stretches_of_both_legs_there_is_no_other_leg(stage: Stage) -> None:
    stage.guide("bedtime")
    for _ in stage.holds():
        stage.press(Key.Key_Right)
    assert not stage.button("other_leg_button").isEnabled()
    stage.press(Key.Key_L)
    assert stage.state() is State.FINISHED
