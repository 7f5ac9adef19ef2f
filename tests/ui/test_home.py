import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from relief_app.core.anatomy import Leg
from relief_app.core.events import Phase
from relief_app.core.profile import Answer, Profile
from relief_app.core.session_state import State
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, channels, targets

Key = Qt.Key


def kept(stage: Stage) -> Stage:
    """A session that was left in its second step, five minutes ago."""
    stage.guide("bedtime", leg=Leg.LEFT)
    stage.press(Key.Key_Right)
    stage.move(7_000)
    stage.press(Key.Key_Escape)
    stage.move(300_000)
    return stage


@pytest.mark.parametrize(
    ("key", "routine"),
    [
        (Key.Key_Return, "cramp-bed"),
        (Key.Key_Enter, "cramp-bed"),
        (Key.Key_C, "cramp-bed"),
        (Key.Key_S, "cramp-standing"),
        (Key.Key_B, "bedtime"),
        (Key.Key_M, "micro-break"),
    ],
)
def test_one_key_starts_a_routine_on_the_chosen_leg(stage: Stage, key: Key, routine: str) -> None:
    stage.leg = Leg.LEFT
    stage.home()
    stage.press(key)
    assert stage.window.page_name == "guide_page"
    assert (stage.view().routine, stage.view().hold.leg, stage.state()) == (routine, Leg.LEFT, State.RUNNING)


@pytest.mark.parametrize(
    ("name", "routine"),
    [
        ("cramp_now_button", "cramp-bed"),
        ("cramp_standing_button", "cramp-standing"),
    ],
)
def test_one_click_starts_relief(stage: Stage, name: str, routine: str) -> None:
    stage.home()
    stage.click(name)
    assert stage.view().routine == routine


@pytest.mark.parametrize(
    ("doorway", "routine"),
    [
        ("prepare", "bedtime"),
        ("prepare", "post-run"),
        ("prepare", "micro-break"),
        ("care", "massage"),
        ("show", "demonstration"),
    ],
)
def test_every_other_routine_is_behind_a_door(make_stage: MakeStage, doorway: str, routine: str) -> None:
    stage = make_stage(clear=True)
    stage.home()
    stage.click(f"{doorway}_button")
    assert stage.window.page_name == f"{doorway}_page"
    stage.click(f"{routine}_button")
    if routine == "post-run":
        stage.click("cool_down_button")
    assert stage.view().routine == routine


def test_anatomy_is_behind_a_door_and_escape_leads_back(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_O)
    assert stage.window.page_name == "show_page"
    stage.press(Key.Key_A)
    assert stage.window.page_name == "anatomy_page"
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_P)
    assert stage.window.page_name == "prepare_page"
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == "home_page"


def test_a_double_click_starts_once_and_skips_nothing(stage: Stage) -> None:
    stage.home()
    button = stage.button("cramp_now_button")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert (stage.view().routine, stage.view().index) == ("cramp-bed", 0)
    assert stage.window.page_name == "guide_page"


@pytest.mark.parametrize("with_kept", [False, True])
def test_at_most_ten_targets_are_in_sight(stage: Stage, with_kept: bool) -> None:
    if with_kept:
        kept(stage)
    else:
        stage.home()
    assert 6 <= len(list(targets(stage.page))) <= 10


def test_cramp_now_has_the_most_room(stage: Stage) -> None:
    stage.home()
    sizes = {button.objectName(): button.width() * button.height() for button in targets(stage.page)}
    largest = sorted(sizes, key=lambda name: sizes[name])[-2:]
    assert set(largest) == {"cramp_now_button", "cramp_standing_button"}


def test_the_leg_is_chosen_by_button_or_key(stage: Stage) -> None:
    def chosen() -> tuple[bool, bool]:
        return stage.button("leg_left_button").isChecked(), stage.button("leg_right_button").isChecked()

    stage.home()
    assert chosen() == (False, True)
    stage.click("leg_left_button")
    assert (stage.leg, chosen()) == (Leg.LEFT, (True, False))
    stage.click("leg_left_button")  # the chosen one stays chosen
    assert (stage.leg, chosen()) == (Leg.LEFT, (True, False))
    stage.press(Key.Key_L)
    assert (stage.leg, chosen()) == (Leg.RIGHT, (False, True))


def test_the_hero_picture_turns_with_the_leg(stage: Stage) -> None:
    stage.home()
    right = channels(stage.picture("calf_view")).tobytes()
    stage.press(Key.Key_L)
    assert channels(stage.picture("calf_view")).tobytes() != right


def test_n_is_night_and_back(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_N)
    assert stage.window.theme_name == "night"
    stage.press(Key.Key_N)
    assert stage.window.theme_name == "light"


@pytest.mark.parametrize(
    ("key", "button", "page"),
    [
        (Key.Key_W, "something_wrong_button", "something_wrong_page"),
        (Key.Key_Question, None, "keys_page"),
        (Key.Key_Comma, "settings_button", "settings_page"),
    ],
)
def test_help_of_either_kind_opens_and_comes_back(
    stage: Stage, key: Key, button: str | None, page: str
) -> None:
    stage.home()
    stage.press(key)
    assert stage.window.page_name == page
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == "home_page"
    if button is not None:
        stage.click(button)
        assert stage.window.page_name == page


@pytest.mark.parametrize("way", ["key", "settings"])
def test_the_keys_are_a_key_or_the_settings_away(stage: Stage, way: str) -> None:
    stage.home()
    if way == "key":
        stage.press(Key.Key_Question)
    else:
        stage.press(Key.Key_Comma)
        stage.button("settings_help_button").click()
    assert stage.window.page_name == "keys_page"
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == "home_page"


@pytest.mark.parametrize("page", ["keys", "wrong"])
def test_after_a_finished_session_help_comes_back_to_home(stage: Stage, page: str) -> None:
    stage.guide("bedtime")
    stage.move(600_000)
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_W if page == "wrong" else Key.Key_Question)
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == "home_page"


def test_what_there_is_to_say_is_said(stage: Stage) -> None:
    stage.home()
    stage.window.say("No sound device was found.")
    assert stage.text("notice_label") == "No sound device was found."


# What was kept is offered


def test_a_kept_session_is_offered_in_words(stage: Stage) -> None:
    kept(stage)
    assert stage.sees("kept_label")
    assert stage.text("kept_label").startswith("Before bed, left leg: step 2 of 12")


def test_without_a_kept_session_nothing_is_offered(stage: Stage) -> None:
    stage.home()
    assert not any(stage.sees(name) for name in ("kept_label", "go_on_button", "let_be_button"))
    stage.press(Key.Key_G)
    assert stage.driver.session is None


@pytest.mark.parametrize("how", ["button", "key"])
def test_go_on_goes_on_with_the_time_that_was_left(stage: Stage, how: str) -> None:
    kept(stage)
    if how == "button":
        stage.click("go_on_button")
    else:
        stage.press(Key.Key_G)
    assert stage.window.page_name == "guide_page"
    assert (stage.view().index, stage.view().phase, stage.view().remaining_ms) == (1, Phase.ACTIVE, 8_000)
    stage.press(Key.Key_Escape)
    assert stage.sees("go_on_button")


def test_let_it_be_forgets_it(stage: Stage) -> None:
    kept(stage)
    stage.click("let_be_button")
    assert stage.window.page_name == "home_page"
    assert stage.host.kept is None
    assert not stage.sees("go_on_button")


def test_what_another_start_replaces_is_offered_no_more(stage: Stage) -> None:
    kept(stage)
    stage.press(Key.Key_C)
    stage.move(200_000)
    stage.press(Key.Key_Space)
    stage.move(200_000)
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == "home_page"
    assert not stage.sees("go_on_button")


def test_enter_is_cramp_now_even_when_something_is_kept(stage: Stage) -> None:
    kept(stage)
    stage.press(Key.Key_Return)
    assert stage.view().routine == "cramp-bed"


# The keys page and names


def test_the_keys_page_names_every_key(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_Question)
    entries = " ".join(stage.entries())
    for word in (
        "Space",
        "P.",
        "Enter",
        "Page down",
        "Page up",
        "+ and -",
        "L.",
        "W.",
        "N.",
        "M.",
        "F.",
        "Esc",
    ):
        assert word in entries, word
    stage.click("keys_back_button")
    assert stage.window.page_name == "home_page"


@pytest.mark.parametrize("page", ["home", "cramp", "bedtime", "wrong", "alarm", "keys"])
def test_every_button_has_a_name_for_those_who_do_not_see_it(make_stage: MakeStage, page: str) -> None:
    stage = make_stage()
    if page == "home":
        kept(stage)
    else:
        stage.guide("bedtime" if page == "bedtime" else "cramp-bed")
        stage.move_mouse()
        stage.move(600_000 if page == "alarm" else 0)
        if page in ("wrong", "keys"):
            stage.press(Key.Key_W if page == "wrong" else Key.Key_Question)
    buttons = list(targets(stage.page))
    assert buttons
    names = [button.accessibleName() for button in buttons]
    assert all(name.strip() for name in names)
    assert len(set(names)) == len(names)
    assert all(button.objectName().endswith("_button") for button in buttons)
    assert all(button.focusPolicy() is Qt.FocusPolicy.TabFocus for button in buttons)


def test_a_routine_that_may_not_be_started_says_why_and_home_stays(stage: Stage) -> None:
    stage.home()
    stage.window.start("massage")
    assert stage.window.page_name == "home_page"
    assert stage.driver.session is None
    questions = ["Do you take a blood thinner?", "Are you pregnant?", "Is the circulation in your legs poor"]
    assert all(question in stage.text("notice_label") for question in questions)
    answers = dict.fromkeys(("blood_thinner", "pregnancy", "poor_circulation"), Answer.NO)
    stage.profile.save(Profile(answers | {"pregnancy": Answer.YES}))
    stage.window.start("massage")
    assert stage.text("notice_label").startswith("In pregnancy there is no massage session. Stretching stays")
    stage.window.start("heat")
    assert stage.text("notice_label").startswith("First answer: ")
    stage.profile.save(Profile(answers))
    stage.window.start("massage")
    assert (stage.window.page_name, stage.view().count) == ("guide_page", 5)


def test_a_kept_session_that_an_answer_changed_since_is_told_on_home(stage: Stage) -> None:
    stage.profile.save(Profile({"unsteady": Answer.NO}))
    stage.guide("micro-break")
    stage.press(Key.Key_Right)
    stage.press(Key.Key_Right)
    assert stage.view().hold.exercise.id == "wall-stretch-straight"
    stage.press(Key.Key_Escape)
    stage.profile.save(Profile())
    stage.click("go_on_button")
    assert stage.window.page_name == "home_page"
    assert "does not fit its routine any more" in stage.text("notice_label")
    assert not stage.sees("go_on_button")
