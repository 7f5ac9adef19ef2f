"""Packs on real widgets: questions, exposure, looks at the skin, alarm, after; habit passes nothing by."""

from dataclasses import replace
from itertools import combinations

import pytest
from PySide6.QtCore import QEvent, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import PackReason
from relief_app.core.profile import Answer
from relief_app.core.routine import Step
from relief_app.core.session_state import State
from relief_app.ui.widgets.answer_buttons import HOLD_MS
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.held_key import LET_GO_MS
from tests.ui.conftest import MakeStage
from tests.ui.stage import Heard, Stage, channels, targets
from tests.ui.test_layout import assert_tidy, assert_words_fit, text_size

__all__ = ["text_size"]

Key = Qt.Key
MIN = 60_000
QUESTIONS, ALARM, AFTER, GUIDE, HOME = (
    "pack_questions_page",
    "pack_alarm_page",
    "pack_after_page",
    "guide_page",
    "home_page",
)
SIZES = [(480, 640), (1280, 800), (1920, 1080)]


@pytest.fixture(name="at")
def _at(make_stage: MakeStage) -> Stage:
    return make_stage(clear=True)


def asked(at: Stage, name: str = "heat") -> Stage:
    """Before the first question of a pack."""
    at.home()
    at.press(Key.Key_H)
    at.click(f"{name}_button")
    return at


def cleared(at: Stage, name: str = "heat") -> Stage:
    """Every question answered with no."""
    asked(at, name)
    while at.window.page_name == QUESTIONS:
        at.press(Key.Key_1)
    return at


def on(at: Stage, name: str = "heat") -> Stage:
    """The pack has just been put on."""
    cleared(at, name)
    at.move(at.view().remaining_ms)
    assert at.care.exposure is not None
    return at


def over(at: Stage, name: str = "heat") -> Stage:
    """The pack's time is up."""
    on(at, name)
    while at.window.page_name != ALARM:
        at.move(5 * MIN)
        if panel(at).isVisible():
            at.press(Key.Key_1)
    return at


def off(at: Stage, name: str = "heat") -> Stage:
    """The pack is off, and the skin is to be looked at."""
    over(at, name).click("acknowledge_button")
    return at


def panel(at: Stage) -> QWidget:
    found = at.window.findChild(QWidget, "pack_panel")
    assert found is not None
    return found


def banner(at: Stage) -> QWidget:
    found = at.window.findChild(QWidget, "pack_banner")
    assert found is not None
    return found


def part(of: QWidget, name: str) -> QAbstractButton:
    found = of.findChild(QAbstractButton, name)
    assert found is not None
    return found


def words(of: QWidget, name: str) -> str:
    found = of.findChild(CueLabel, name)
    assert found is not None
    return found.text()


def click(of: QWidget, name: str) -> None:
    """Press what lies where the middle of `name` is."""
    button = part(of, name)
    assert button.isVisible()
    window = button.window()
    place = button.mapTo(window, button.rect().center())
    hit = window.childAt(place)
    assert hit is button, f"{name} lies below {hit}"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def double_click(button: QWidget) -> None:
    """What Qt makes of two quick clicks."""
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    second_half(button)


def second_half(button: QWidget) -> None:
    """The second of two quick clicks, of which the first hit something else."""
    QTest.mouseDClick(button, Qt.MouseButton.LeftButton)
    QTest.mouseRelease(button, Qt.MouseButton.LeftButton)
    QApplication.processEvents()


def enter(
    at: Stage, kind: QEvent.Type, *, repeated: bool = False, key: Key = Key.Key_Return, at_ms: int = 0
) -> None:
    event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier, "\r", repeated)
    event.setTimestamp(at_ms)
    QApplication.sendEvent(QApplication.focusWidget() or at.page, event)


def hold_timer(at: Stage, interval: int = HOLD_MS) -> QTimer:
    (timer,) = [timer for timer in at.page.findChildren(QTimer) if timer.interval() == interval]
    return timer


# The questions


def test_one_question_a_screen_and_then_the_pose_with_the_pack(at: Stage) -> None:
    asked(at)
    assert at.window.page_name == QUESTIONS
    assert at.text("number_label") == "Before heat: 1 of 9"
    assert at.text("heading_label") == "Is the skin under the pack broken, inflamed or infected?"
    assert at.text("why_label") == "The skin must be whole."
    for number in range(2, 10):
        at.click("pack_no_button")
        assert at.text("number_label") == f"Before heat: {number} of 9"
    at.click("pack_no_button")
    assert at.window.page_name == GUIDE
    assert at.view().hold.exercise.kind is Kind.HEAT


def test_each_question_has_a_picture_of_its_own(at: Stage) -> None:
    at.resize(480, 640)
    asked(at)
    seen = []
    while at.window.page_name == QUESTIONS:
        seen.append(channels(at.picture("pack_sign_view")).tobytes())
        at.press(Key.Key_1)
    assert len(set(seen)) == len(seen) == 9


def test_a_source_is_named_with_what_it_says(at: Stage) -> None:
    asked(at)
    at.press(Key.Key_1)
    at.press(Key.Key_1)
    assert at.text("why_label").endswith("patient leaflets of NHS trusts)")
    at.press(Key.Key_1)
    assert at.text("why_label").endswith("(Source: FDA 2012)")


def test_a_double_click_answers_one_question(at: Stage) -> None:
    double_click(asked(at).button("pack_no_button"))
    assert at.text("number_label") == "Before heat: 2 of 9"


@pytest.mark.parametrize("key", [Key.Key_Return, Key.Key_Space, Key.Key_Y, Key.Key_N, Key.Key_Right])
def test_habit_answers_no_question(at: Stage, key: Key) -> None:
    asked(at)
    for _ in range(3):
        at.press(key, to=QUESTIONS)
    assert at.text("number_label") == "Before heat: 1 of 9"


def test_arrows_choose_and_enter_answers_once(at: Stage) -> None:
    asked(at)
    at.press(Key.Key_Left)
    at.press(Key.Key_Return)
    at.press(Key.Key_Return)
    assert at.text("number_label") == "Before heat: 2 of 9"
    at.press(Key.Key_Right)
    at.press(Key.Key_Return)
    assert at.text("number_label") == "No heat pack now"


def test_a_key_held_down_answers_one_question(at: Stage) -> None:
    asked(at)
    event = QKeyEvent(QEvent.Type.KeyPress, Key.Key_1, Qt.KeyboardModifier.NoModifier, "1", True)
    QApplication.sendEvent(at.page, event)
    assert at.text("number_label") == "Before heat: 1 of 9"


def test_yes_says_why_there_is_no_pack_and_leads_home(at: Stage) -> None:
    asked(at)
    at.press(Key.Key_1)
    at.press(Key.Key_1)
    at.press(Key.Key_2)
    assert at.window.page_name == QUESTIONS
    assert at.text("heading_label") == "There must be a cloth between pack and skin."
    assert at.text("why_label") == "Put a cloth between."
    assert not at.sees("pack_no_button")
    assert at.care.question is None
    at.click("pack_home_button")
    assert at.window.page_name == HOME
    assert at.stores.real.since(0.0) == ()


@pytest.mark.parametrize("way", ["key", "button"])
def test_leaving_the_questions_leaves_no_pack(at: Stage, way: str) -> None:
    asked(at)
    at.press(Key.Key_1)
    at.press(Key.Key_Escape) if way == "key" else at.click("pack_leave_button")
    assert at.window.page_name == HOME
    assert at.care.question is None
    asked(at)
    assert at.text("number_label") == "Before heat: 1 of 9"


def test_questions_answered_from_outside_are_followed(at: Stage) -> None:
    asked(at)
    at.care.answer("pack_skin", "no")
    assert at.text("number_label") == "Before heat: 2 of 9"
    at.care.withdraw()
    assert at.window.page_name == HOME


def unheard(at: Stage) -> Stage:
    asked(at)
    for _ in range(7):
        at.press(Key.Key_1)
    return at


def test_the_test_sound_plays_with_its_question_and_again(at: Stage) -> None:
    unheard(at)
    assert len(at.tests_played) == 1
    assert at.text("heading_label") == "Did you hear the test sound?"
    at.click("test_sound_button")
    at.press(Key.Key_P)
    assert len(at.tests_played) == 3


@pytest.mark.parametrize("sink", ["muted", "at_zero"])
def test_a_muted_computer_is_said_at_the_test_sound(at: Stage, sink: str) -> None:
    unheard(at).tests_played[-1](Heard(sink=sink))
    QApplication.processEvents()
    assert "muted. Turn it up" in at.text("sound_label")


def test_nobody_answers_before_the_sound_could_be_heard(at: Stage) -> None:
    at.heard = None
    unheard(at)
    at.press(Key.Key_1)
    at.click("pack_no_button")
    assert at.text("number_label") == "Before heat: 8 of 9"
    at.tests_played[-1](Heard())
    QApplication.processEvents()
    at.press(Key.Key_1)
    assert at.text("number_label") == "Before heat: 9 of 9"


@pytest.mark.parametrize("heard", [Heard(played=False), Heard(sink="nobody")])
def test_without_a_sound_device_no_pack_can_be_started(at: Stage, heard: Heard) -> None:
    unheard(at).tests_played[-1](heard)
    QApplication.processEvents()
    assert at.text("sound_label").startswith("No sound device works")
    at.press(Key.Key_1)
    at.click("pack_no_button")
    assert at.care.question is not None
    assert at.care.question.id == "pack_unheard"
    at.tests_played[-1](Heard())  # it was plugged in and tried again
    QApplication.processEvents()
    at.press(Key.Key_1)
    assert at.text("number_label") == "Before heat: 9 of 9"


# While it is on


def test_the_guide_shows_the_time_of_the_skin(at: Stage) -> None:
    on(at)
    at.move(70_000)
    assert at.told("countdown_ring") == "13:50 until it comes off"
    assert at.text("next_label") == "Next look at the skin in 3:50."
    assert at.text("step_label") == "Heat pack, right leg"
    at.lid_open = True
    at.move(1_000)
    assert at.text("next_label").endswith("Leave the lid open and set a second timer.")


def test_the_time_goes_on_while_the_picture_stands_still(at: Stage) -> None:
    on(at)
    at.press(Key.Key_W)
    at.move(60_000)
    at.press(Key.Key_Escape)
    click(panel(at), "still_on_button")
    at.move(1_000)
    assert at.told("countdown_ring") == "13:59 until it comes off"


def test_taking_it_off_early_is_asked_and_then_done(at: Stage) -> None:
    on(at)
    at.click("pack_off_button")
    assert words(panel(at), "panel_title_label") == "Pack off first"
    click(panel(at), "acknowledge_button")
    assert at.care.exposure is None
    assert words(panel(at), "panel_title_label") == "Look at your skin once more"


@pytest.mark.parametrize("key", [Key.Key_Escape, Key.Key_Space, Key.Key_P, Key.Key_Right, Key.Key_Left])
def test_no_key_passes_a_pack_by(at: Stage, key: Key) -> None:
    on(at)
    at.press(key)
    assert at.window.page_name == GUIDE
    assert words(panel(at), "panel_title_label") == "Pack off first"
    at.press(Key.Key_Space)
    at.press(Key.Key_Return)
    assert panel(at).isVisible()
    at.press(Key.Key_1)
    assert not panel(at).isVisible()
    assert at.care.exposure is not None
    assert at.state() is State.RUNNING


def test_another_routine_waits_until_the_skin_was_looked_at(at: Stage) -> None:
    on(at)
    at.window.start("bedtime")
    assert words(panel(at), "panel_title_label") == "Pack off first"
    at.press(Key.Key_2)
    assert at.view().routine == "heat"
    at.press(Key.Key_1)
    assert at.view().routine == "bedtime"
    assert at.window.page_name == GUIDE


def test_the_window_closes_only_once_the_pack_is_off_and_all_is_fine(at: Stage) -> None:
    on(at)
    assert not at.window.close()
    assert at.window.isVisible()
    assert words(panel(at), "panel_title_label") == "Pack off first"
    at.press(Key.Key_1)
    assert not at.window.close()
    at.press(Key.Key_2)
    assert at.window.isVisible()
    at.press(Key.Key_1)
    assert not at.window.isVisible()


def test_a_window_that_waited_stays_where_the_skin_is_not_fine(at: Stage) -> None:
    on(at)
    at.window.close()
    at.press(Key.Key_2)
    at.press(Key.Key_2)
    assert at.window.page_name == AFTER
    assert at.window.isVisible()


def test_the_system_may_end_it_all_the_same(at: Stage) -> None:
    on(at)
    at.window.must_close = True
    assert at.window.close()


# The skin checks


def checked(at: Stage, name: str = "heat") -> Stage:
    on(at, name).move(5 * MIN)
    assert panel(at).isVisible()
    return at


@pytest.mark.parametrize(
    ("name", "bad"),
    [("heat", "Burning, blotches or blisters?"), ("ice", "Numb, burning, white or waxy skin?")],
)
def test_the_panel_says_what_counts_as_bad(at: Stage, name: str, bad: str) -> None:
    checked(at, name)
    assert words(panel(at), "panel_title_label") == "Look at your skin now"
    assert words(panel(at), "panel_line_label").startswith(bad)
    assert words(panel(at), "panel_time_label") == "60 s left to answer, then the alarm"


@pytest.mark.parametrize("key", [Key.Key_Space, Key.Key_Return, Key.Key_Escape, Key.Key_Right, Key.Key_F])
def test_habit_answers_no_skin_check(at: Stage, key: Key) -> None:
    checked(at)
    for _ in range(3):
        at.press(key)
    assert panel(at).isVisible()
    assert at.care.question is not None
    assert at.care.question.id == "skin_check"


def test_a_chosen_button_answers_to_enter(at: Stage) -> None:
    checked(at)
    at.press(Key.Key_Tab)
    names = ["skin_fine_button", "skin_not_fine_button", "something_wrong_button", "skin_fine_button"]
    for name in names:
        assert QApplication.focusWidget() is part(panel(at), name)
        at.press(Key.Key_Tab)
    at.press(Key.Key_Backtab, shift=True)
    at.press(Key.Key_Return)
    assert not panel(at).isVisible()
    assert at.care.question is None


def test_fine_goes_on_to_the_next_mark(at: Stage) -> None:
    checked(at)
    click(panel(at), "skin_fine_button")
    assert not panel(at).isVisible()
    at.press(Key.Key_Plus)  # the keyboard is back with the page
    assert at.view().duration_ms == 15 * MIN + 30_000
    at.move(5 * MIN)
    assert panel(at).isVisible()


def test_not_fine_is_an_alarm_at_once(at: Stage) -> None:
    checked(at)
    at.press(Key.Key_2)
    assert at.window.page_name == ALARM
    assert at.text("reason_label") == "The skin is not fine."
    assert not panel(at).isVisible()


def test_nobody_answering_is_an_alarm(at: Stage) -> None:
    checked(at).move(MIN)
    assert at.window.page_name == ALARM
    assert at.text("reason_label") == "Nobody answered when the skin was to be looked at."


def test_a_check_stays_over_every_page_but_the_emergency_number(at: Stage) -> None:
    checked(at)
    at.window.show_keys()
    assert panel(at).isVisible()
    click(panel(at), "something_wrong_button")
    assert at.window.page_name == "something_wrong_page"
    assert not panel(at).isVisible()
    assert words(banner(at), "pack_banner_label") == "Pack off first"
    at.press(Key.Key_Escape)
    assert words(panel(at), "panel_title_label") == "Look at your skin now"


def test_the_second_half_of_a_double_click_answers_no_panel(at: Stage) -> None:
    checked(at)
    second_half(part(panel(at), "skin_fine_button"))
    assert panel(at).isVisible()


# The alarm


def test_the_alarm_says_what_to_do_why_and_where(at: Stage) -> None:
    at.leg = Leg.LEFT
    over(at, "ice")
    assert at.text("heading_label") == "Take the pack off now"
    assert at.text("reason_label") == "The time is up."
    assert at.text("where_label") == "Ice pack, left leg"


@pytest.mark.parametrize("reason", list(PackReason))
def test_every_reason_has_words(at: Stage, reason: PackReason) -> None:
    on(at)
    at.exposures.raise_alarm(reason)
    assert at.window.page_name == ALARM
    assert at.text("reason_label").endswith(".")


def test_no_stray_key_answers_the_alarm(at: Stage) -> None:
    over(at)
    for key in (Key.Key_Escape, Key.Key_Space, Key.Key_Return, Key.Key_1, Key.Key_2, Key.Key_Tab, Key.Key_W):
        at.press(key)
        at.press(key)
    assert at.window.page_name == ALARM
    at.window.show_home()
    assert at.window.page_name == ALARM
    at.window.show_guide()
    assert at.window.page_name == ALARM


def test_enter_held_for_a_second_answers_it(at: Stage) -> None:
    over(at)
    enter(at, QEvent.Type.KeyPress)
    assert hold_timer(at).isActive()
    enter(at, QEvent.Type.KeyRelease, repeated=True)
    enter(at, QEvent.Type.KeyPress, repeated=True)
    assert hold_timer(at).isActive()
    assert at.care.exposure is not None
    hold_timer(at).timeout.emit()
    assert at.care.exposure is None


def test_enter_held_answers_it_where_the_display_tells_of_repetitions_as_of_fingers(at: Stage) -> None:
    over(at)
    enter(at, QEvent.Type.KeyPress, at_ms=1_000)
    for when in (1_660, 1_700, 1_740):
        enter(at, QEvent.Type.KeyRelease, at_ms=when)
        enter(at, QEvent.Type.KeyPress, at_ms=when)
        assert hold_timer(at).isActive()
        assert at.button("acknowledge_button").isDown()
    hold_timer(at).timeout.emit()
    assert at.care.exposure is None


def test_enter_let_go_or_held_since_before_answers_nothing(at: Stage) -> None:
    over(at)
    enter(at, QEvent.Type.KeyPress, repeated=True)  # it was held when the alarm came
    assert not hold_timer(at).isActive()
    enter(at, QEvent.Type.KeyPress)
    enter(at, QEvent.Type.KeyRelease)
    hold_timer(at).timeout.emit()
    assert at.care.exposure is not None, "let go just before its time"
    hold_timer(at, LET_GO_MS).timeout.emit()
    assert not hold_timer(at).isActive()
    assert not at.button("acknowledge_button").isDown()
    enter(at, QEvent.Type.KeyPress)
    enter(at, QEvent.Type.KeyPress, key=Key.Key_A)
    assert not hold_timer(at).isActive()


def test_the_second_half_of_a_double_click_answers_no_alarm(at: Stage) -> None:
    over(at)
    second_half(at.button("acknowledge_button"))
    assert at.care.is_on
    double_click(at.button("acknowledge_button"))
    assert at.care.exposure is None
    assert words(panel(at), "panel_title_label") == "Look at your skin once more"


def test_the_alarm_survives_resizing_and_the_night(at: Stage) -> None:
    over(at)
    for size in ((320, 420), (1920, 1080), (480, 640)):
        at.resize(*size)
        assert at.window.page_name == ALARM
        assert at.page.geometry() == at.window.rect()
    at.window.toggle_night()
    assert channels(at.picture())[..., :2].max() == 0


# After it


def test_after_ice_no_running_and_the_next_packs_by_the_clock(at: Stage) -> None:
    off(at, "ice").press(Key.Key_1)
    assert at.window.page_name == AFTER
    assert at.text("heading_label") == "The pack is off"
    said = at.entries()
    assert said[0].startswith("No running for 30 minutes.")
    ice, heat = at.care.next_allowed(Kind.ICE), at.care.next_allowed(Kind.HEAT)
    assert ice is not None
    assert heat is not None
    assert (ice.left_ms, heat.left_ms) == (120 * MIN, 120 * MIN)
    assert said[1].startswith("The next pack. Next heat from ")
    assert "Next ice from " in said[1]
    at.press(Key.Key_Escape)
    assert at.window.page_name == HOME


def test_not_fine_ends_packs_for_good(at: Stage) -> None:
    off(at).press(Key.Key_2)
    assert at.text("heading_label") == "The pack stays off"
    assert "No more packs" in at.entries()[0]
    assert not any("Next heat" in entry for entry in at.entries())
    assert at.profile.profile.answers["bad_reaction"] is Answer.YES
    at.click("something_wrong_button")
    assert at.window.page_name == "something_wrong_page"


def test_a_bad_check_stays_bad_whatever_is_said_after(at: Stage) -> None:
    checked(at)
    at.press(Key.Key_2)
    at.click("acknowledge_button")
    at.press(Key.Key_1)
    assert at.text("heading_label") == "The pack stays off"


def test_the_next_pack_forgets_what_was_said_of_the_last(at: Stage) -> None:
    off(at).press(Key.Key_1)
    at.move(61 * MIN)
    off(at).press(Key.Key_1)
    assert at.text("heading_label") == "The pack is off"


# A cramp meanwhile


def cramped(at: Stage) -> Stage:
    on(at)
    at.host.start("cramp-bed", at.leg, urgent=True)
    at.window.show_guide()
    QApplication.processEvents()
    return at


def test_a_cramp_is_guided_at_once_below_pack_off_first(at: Stage) -> None:
    cramped(at)
    assert at.view().routine == "cramp-bed"
    assert words(banner(at), "pack_banner_label") == "Pack off first"
    assert not panel(at).isVisible()
    assert banner(at).geometry().bottom() < at.page.geometry().top()
    at.resize(480, 640)
    assert banner(at).width() == 480
    assert banner(at).geometry().bottom() < at.page.geometry().top()
    assert at.page.geometry().bottom() == at.window.rect().bottom()
    click(banner(at), "acknowledge_button")
    assert at.care.exposure is None
    assert not banner(at).isVisible()
    assert at.page.geometry() == at.window.rect()
    assert at.view().routine == "cramp-bed"


def test_an_alarm_in_a_cramp_leaves_the_guide_usable(at: Stage) -> None:
    cramped(at).move(6 * MIN)
    assert at.care.exposure is not None
    assert at.care.exposure.alarm
    assert at.window.page_name == GUIDE
    assert words(banner(at), "pack_banner_label") == "Take the pack off now"
    at.press(Key.Key_Space)
    assert at.view().release_ms is not None
    at.press(Key.Key_Escape)
    assert at.window.page_name == ALARM


def test_the_banner_stays_on_every_page_until_the_pack_is_off(at: Stage) -> None:
    cramped(at)
    at.press(Key.Key_Escape)
    assert at.window.page_name == HOME
    assert banner(at).isVisible()
    at.click("cramp_now_button")
    assert at.view().routine == "cramp-bed"
    assert banner(at).isVisible()


def test_after_the_cramp_the_skin_is_looked_at(at: Stage) -> None:
    cramped(at)
    click(banner(at), "acknowledge_button")
    assert not panel(at).isVisible()
    at.press(Key.Key_Escape)
    assert words(panel(at), "panel_title_label") == "Look at your skin once more"


# Care


def test_care_says_when_the_next_pack_may_come(at: Stage) -> None:
    off(at).press(Key.Key_1)
    at.press(Key.Key_Escape)
    at.click("care_button")
    assert not at.button("heat_button").isEnabled()
    assert at.text("heat_line_label").startswith("Next heat from ")
    assert "one hour" in at.text("heat_line_label")
    assert "Two hours between heat and ice." in at.text("ice_line_label")
    at.press(Key.Key_H)
    at.click("heat_button")
    assert at.window.page_name == "care_page"
    at.press(Key.Key_Escape)
    at.move(60 * MIN)
    at.click("care_button")
    assert at.button("heat_button").isEnabled()
    assert not at.button("ice_button").isEnabled()


def test_care_says_which_answers_stand_in_the_way(stage: Stage) -> None:
    stage.home()
    stage.click("care_button")
    assert stage.text("heat_line_label").startswith("First answer: ")
    assert not stage.button("ice_button").isEnabled()
    stage.press(Key.Key_Q)
    assert stage.window.page_name == "safety_questions_page"


def test_packs_nobody_can_count_are_not_started(at: Stage) -> None:
    at.stores.real.writable = False  # type: ignore[attr-defined] # a store in memory
    on_or_not = asked(at)
    while on_or_not.window.page_name == QUESTIONS:
        at.press(Key.Key_1)
    at.move(10_000)
    assert at.care.exposure is None
    assert "cannot be read or kept" in at.text("notice_label")


# How it looks


@pytest.mark.usefixtures("text_size")
@pytest.mark.parametrize("size", SIZES)
def test_pack_pages_are_tidy_and_their_words_fit(make_stage: MakeStage, size: tuple[int, int]) -> None:
    at = make_stage(clear=True)
    at.resize(*size)
    asked(at)
    while at.window.page_name == QUESTIONS:
        assert_tidy(at.page)
        assert_words_fit(at.page)
        at.press(Key.Key_1)
    at.move(at.view().remaining_ms)
    assert_tidy(at.page)
    at.press(Key.Key_Escape)
    assert_tidy(panel(at))
    assert_words_fit(panel(at))
    at.press(Key.Key_1)
    at.move(5 * MIN)
    assert_tidy(panel(at))
    assert_words_fit(panel(at))
    at.press(Key.Key_2)
    assert_tidy(at.page)
    assert_words_fit(at.page)
    at.click("acknowledge_button")
    at.press(Key.Key_1)
    assert_tidy(at.page)
    at.press(Key.Key_Escape)
    at.press(Key.Key_H)
    assert_tidy(at.page)
    assert_words_fit(at.page)


def test_everything_is_red_at_night(make_stage: MakeStage) -> None:
    at = make_stage(clear=True, forced="night")

    def assert_red() -> None:
        picture = channels(at.picture())
        assert picture[..., :2].max() == 0
        assert picture[..., 2].max() > 100

    asked(at)
    assert_red()
    at.press(Key.Key_2)
    assert_red()
    cramped(at)
    assert_red()
    at.press(Key.Key_Escape)
    click(banner(at), "acknowledge_button")
    assert panel(at).isVisible()
    assert_red()
    at.press(Key.Key_2)
    assert_red()
    at.press(Key.Key_Escape)
    at.press(Key.Key_H)
    assert_red()


def test_targets_stand_apart_and_have_names(at: Stage) -> None:
    unheard(at)
    buttons = list(targets(at.page))
    assert all(button.accessibleName() for button in buttons)
    for one, other in combinations(buttons, 2):
        assert not one.geometry().intersects(other.geometry())


# Something is wrong, with a pack on


def then_stretching(at: Stage, name: str) -> Stage:
    """A pack is on, and a stretch comes after it."""
    routine = at.catalogue.routine(name)
    steps = (*routine.steps, Step("towel-stretch", duration_ms=30_000))
    at.home()
    at.host.begin(replace(routine, steps=steps), Leg.RIGHT, packs_cleared=True)
    at.window.show_guide()
    at.move(at.view().remaining_ms)
    assert at.care.exposure is not None
    return at


@pytest.mark.parametrize(
    ("name", "sign", "stops"),
    [
        ("heat", "pop_or_gap", True),
        ("ice", "swollen_warm_leg", True),
        ("heat", "walking_pain", False),  # off it comes, but stretching is not forbidden
        ("heat", "often_or_severe", False),
    ],
)
def test_a_sign_that_forbids_the_pack_takes_it_off_first_and_then_stops(
    at: Stage, name: str, sign: str, stops: bool
) -> None:
    then_stretching(at, name)
    at.press(Key.Key_W)
    at.button(f"sign_{sign}_button").click()
    assert at.window.page_name == "something_wrong_page"
    assert banner(at).isVisible()
    assert at.text("heading_label") == "Emergency: call 112"
    assert at.care.is_on
    assert at.driver.is_live
    at.care.acknowledge()
    assert at.care.exposure is None
    at.care.answer("skin_after", "fine")
    assert at.driver.is_live is not stops
