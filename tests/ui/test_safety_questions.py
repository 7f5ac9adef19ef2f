from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest

from relief_app.core.profile import Answer, Profile
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, channels, targets
from tests.ui.test_layout import SIZES, assert_tidy, assert_words_fit, text_size

__all__ = ["text_size"]

Key = Qt.Key
FIRST = ("unsteady", "blood_thinner", "pregnancy", "poor_circulation")
PAGE = "safety_questions_page"


def asked(stage: Stage) -> Stage:
    stage.home()
    stage.press(Key.Key_Q)
    assert stage.window.page_name == PAGE
    return stage


def test_each_answer_lands_in_the_profile_at_once(stage: Stage) -> None:
    asked(stage)
    assert stage.text("heading_label") == "Are you unsteady on your feet?"
    assert stage.text("line_label") == "1 of 4"
    stage.click("no_button")
    assert dict(stage.profile.profile.answers) == {"unsteady": Answer.NO}
    stage.press(Key.Key_Y)
    stage.press(Key.Key_U)
    stage.press(Key.Key_N)
    expected = (Answer.NO, Answer.YES, Answer.UNKNOWN, Answer.NO)
    assert dict(stage.profile.profile.answers) == dict(zip(FIRST, expected, strict=True))
    assert stage.text("heading_label") == "What is possible now"
    assert stage.text("line_label") == "Guidance, not diagnosis."


def test_a_double_click_answers_one_question_only(stage: Stage) -> None:
    button = asked(stage).button("no_button")
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    assert dict(stage.profile.profile.answers) == {"unsteady": Answer.NO}


def test_no_answer_stays_shaded_from_the_question_before(stage: Stage) -> None:
    asked(stage)
    stage.button("yes_button").setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
    stage.press(Key.Key_N)
    assert not stage.button("yes_button").underMouse()


def test_back_changes_an_answer_and_shows_it(stage: Stage) -> None:
    asked(stage)
    assert not stage.sees("questions_back_button")
    stage.press(Key.Key_Left)  # there is nothing before the first
    stage.press(Key.Key_Y)
    stage.press(Key.Key_Left)
    assert stage.text("line_label") == "1 of 4"
    assert stage.button("yes_button").isChecked()
    stage.press(Key.Key_N)
    stage.click("questions_back_button")
    assert stage.button("no_button").isChecked()
    assert dict(stage.profile.profile.answers) == {"unsteady": Answer.NO}


def test_skip_leaves_the_rest_unanswered_and_escape_closes(stage: Stage) -> None:
    asked(stage)
    stage.press(Key.Key_N)
    stage.click("skip_button")
    assert dict(stage.profile.profile.answers) == {"unsteady": Answer.NO}
    massage = next(entry for entry in stage.entries() if entry.startswith("Massage"))
    assert "Not offered. Not answered: Do you take a blood thinner?" in massage
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == "home_page"
    assert stage.sees("safety_questions_button")
    stage.click("safety_questions_button")
    assert stage.text("heading_label") == "Do you take a blood thinner?"


def test_more_questions_follow_only_when_wanted(stage: Stage) -> None:
    asked(stage)
    for _ in FIRST:
        stage.press(Key.Key_N)
    stage.click("more_questions_button")
    assert stage.text("line_label") == "5 of 17"
    for _ in range(13):
        stage.press(Key.Key_N)
    assert len(stage.profile.profile.answers) == 17
    assert not stage.sees("more_questions_button")
    stage.click("questions_done_button")
    assert stage.window.page_name == "home_page"


def test_an_answer_that_cannot_be_written_is_said_and_not_lost(stage: Stage) -> None:
    stage.profile.writable = False
    asked(stage)
    stage.press(Key.Key_N)
    assert "the disk is full" in stage.text("notice_label")
    assert stage.sees("notice_label")
    assert_tidy(stage.page)
    stage.press(Key.Key_Left)
    assert stage.button("no_button").isChecked()
    assert stage.profile.profile == Profile()
    stage.press(Key.Key_Right)
    stage.press(Key.Key_N)
    stage.profile.writable = True
    stage.press(Key.Key_N)
    assert dict(stage.profile.profile.answers) == {"unsteady": Answer.NO, "blood_thinner": Answer.NO}
    assert not stage.sees("notice_label")


def test_an_unwritten_answer_gives_way_to_what_another_wrote_since(stage: Stage) -> None:
    stage.profile.writable = False
    asked(stage)
    stage.press(Key.Key_N)
    stage.profile.profile = Profile({"unsteady": Answer.YES})
    stage.press(Key.Key_Escape)
    micro = next(entry for entry in stage.entries() if entry.startswith("Micro-break"))
    assert "Shortened. Unsteady on your feet: bed and seated steps only." in micro


def test_who_is_steady_has_the_wall_stretches_of_the_micro_break(stage: Stage) -> None:
    def steps() -> int:
        stage.home()
        stage.press(Key.Key_M)
        count = stage.view().count
        stage.driver.drop()
        return count

    before = steps()
    asked(stage)
    stage.press(Key.Key_N)
    stage.press(Key.Key_Escape)
    micro = next(entry for entry in stage.entries() if entry.startswith("Micro-break"))
    assert micro == "Micro-break. Complete."
    stage.press(Key.Key_Escape)
    assert steps() > before


@pytest.mark.parametrize("routine", ["cramp-bed", "bedtime"])
def test_nothing_is_asked_while_a_session_runs(stage: Stage, routine: str) -> None:
    stage.guide(routine)
    stage.press(Key.Key_Q)
    stage.window.show_questions()
    assert stage.window.page_name == "guide_page"


def test_the_door_gives_way_once_all_is_answered(stage: Stage) -> None:
    stage.profile.save(Profile(dict.fromkeys(FIRST, Answer.UNKNOWN)))
    stage.home()
    assert not stage.sees("safety_questions_button")
    assert stage.sees("show_button")
    stage.press(Key.Key_Q)  # the key remains
    assert stage.text("line_label") == "1 of 4"
    assert stage.button("unsure_button").isChecked()


def test_a_shortened_routine_says_why_and_which_key_changes_it(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_M)
    said = stage.text("next_label")
    assert said == "Shortened. Not answered: Are you unsteady on your feet? (key Q on the first page)"
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_C)
    assert "Shortened" not in stage.text("next_label")


def test_home_says_which_key_answers(stage: Stage) -> None:
    stage.home()
    stage.window.start("massage")
    assert "(key Q)" in stage.text("notice_label")


@pytest.mark.usefixtures("text_size")
@pytest.mark.parametrize("size", [*SIZES, (3840, 2160)])
def test_every_question_is_tidy_and_its_words_fit(make_stage: MakeStage, size: tuple[int, int]) -> None:
    stage = asked(make_stage())
    stage.resize(*size)
    for _ in FIRST:
        assert_tidy(stage.page)
        assert_words_fit(stage.page)
        stage.press(Key.Key_N)
    assert_tidy(stage.page)
    stage.click("more_questions_button")
    for _ in range(13):
        assert_tidy(stage.page)
        assert_words_fit(stage.page)
        stage.press(Key.Key_N)
    assert_tidy(stage.page)


@pytest.mark.parametrize("ended", [False, True])
def test_at_night_every_pixel_is_red(make_stage: MakeStage, ended: bool) -> None:
    stage = asked(make_stage(forced="night"))
    if ended:
        stage.press(Key.Key_Escape)
    picture = channels(stage.picture())
    assert picture[..., :2].max() == 0
    assert picture[..., 2].max() > 100


def test_every_target_has_a_name_and_stands_apart(stage: Stage) -> None:
    asked(stage)
    stage.press(Key.Key_N)
    buttons = list(targets(stage.page))
    names = {button.accessibleName() for button in buttons}
    assert names == {"Yes", "No", "Not sure", "Back", "Skip"}
    for one, other in combinations(buttons, 2):
        assert not one.geometry().intersects(other.geometry())
    assert stage.told(PAGE) == "2 of 4. Do you take a blood thinner?"
