"""Bedside mode in the window: black, one key to relief, and black again after it."""

from datetime import datetime
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, QRect, Qt, QTimer
from PySide6.QtGui import QKeyEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from relief_app.core.anatomy import Leg
from relief_app.core.session_state import State
from relief_app.ui.bedside import DARK_AFTER_MS, DEAF_MS, WARM_AFTER_MS
from relief_app.ui.pages.bedside import (
    HINT_MS,
    HOLD_MS,
    MINUTE_MS,
    BedsidePage,
    clock_place,
)
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.held_key import LET_GO_MS, HeldKey
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, channels
from tests.ui.test_packs import on

Key = Qt.Key
NIGHT_MINUTES = 9 * 60


@pytest.fixture
def bedside(stage: Stage) -> Stage:
    """The mode entered from the Home page, warmed up, its hint gone."""
    stage.home()
    stage.press(Key.Key_Z)
    _fire(stage, WARM_AFTER_MS)
    _fire(stage, HINT_MS)
    return stage


def _fire(stage: Stage, *intervals: int) -> None:
    """The time of every running timer of such a length has come."""
    for timer in stage.timers(*intervals):
        if timer.isActive():
            timer.stop()
            timer.timeout.emit()
    QApplication.processEvents()


def _hold_escape(stage: Stage) -> None:
    QTest.keyPress(stage.page, Key.Key_Escape)
    _fire(stage, HOLD_MS)


def _is_holding(stage: Stage) -> bool:
    held = stage.page.findChild(HeldKey)
    return held is not None and held.is_waiting


def _hear_again(stage: Stage) -> None:
    _fire(stage, DEAF_MS)


def _running(stage: Stage) -> list[QTimer]:
    return [timer for timer in stage.window.findChildren(QTimer) if timer.isActive()]


# In and out


@pytest.mark.parametrize("way", ["key", "door"])
def test_it_is_a_key_or_a_door_away(stage: Stage, way: str) -> None:
    stage.home()
    if way == "key":
        stage.press(Key.Key_Z)
    else:
        stage.click("prepare_button")
        stage.click("bedside_button")
    assert stage.window.page_name == "bedside_page"
    assert stage.window.isFullScreen()
    assert stage.window.theme_name == "night"


def test_it_says_in_words_what_a_key_does(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_Z)
    assert stage.text("bedside_hint_label") == "Any key starts relief."
    assert stage.text("bedside_leave_label") == "Hold Esc to leave."
    assert stage.told("bedside_page") == "Any key starts relief. Hold Esc to leave."
    assert stage.sees("bedside_hint_label")
    _fire(stage, HINT_MS)
    assert not stage.sees("bedside_hint_label")


def test_it_is_black_but_for_a_dim_red_clock(bedside: Stage) -> None:
    pixels = channels(bedside.picture())
    blue_and_green, red = pixels[..., :2], pixels[..., 2]
    assert blue_and_green.max() == 0
    assert 0 < red.max() <= 0x60
    assert (red > 0).mean() < 0.005


def test_escape_held_leaves(bedside: Stage) -> None:
    _hold_escape(bedside)
    assert bedside.window.page_name == "home_page"
    assert not bedside.window.isFullScreen()
    assert bedside.window.theme_name == "light"


def test_escape_pressed_shortly_says_how_to_leave(bedside: Stage) -> None:
    bedside.press(Key.Key_Escape)
    _fire(bedside, LET_GO_MS)
    assert bedside.sees("bedside_leave_label")
    assert not _is_holding(bedside)
    assert bedside.window.page_name == "bedside_page"


def test_escape_that_repeats_itself_is_held(bedside: Stage) -> None:
    """X11 tells of it as let go and pressed again."""
    QTest.keyPress(bedside.page, Key.Key_Escape)
    for _ in range(3):
        _repeat(bedside, Key.Key_Escape)
    _fire(bedside, HOLD_MS)
    assert bedside.window.page_name == "home_page"


def test_escape_let_go_right_before_its_time_leaves_nothing(bedside: Stage) -> None:
    QTest.keyClick(bedside.page, Key.Key_Escape)
    _fire(bedside, HOLD_MS)
    _fire(bedside, LET_GO_MS)
    assert bedside.window.page_name == "bedside_page"
    QTest.keyClick(bedside.page, Key.Key_Escape)
    assert _is_holding(bedside), "it begins anew"


def test_escape_that_left_the_guide_and_is_still_held_leaves_nothing_more(bedside: Stage) -> None:
    bedside.press(Key.Key_Space)
    QTest.keyPress(bedside.page, Key.Key_Escape)
    assert bedside.window.page_name == "bedside_page"
    _repeat(bedside, Key.Key_Escape)
    assert not _is_holding(bedside)
    bedside.press(Key.Key_A)
    assert bedside.state() is State.RUNNING, "any other key is heard at once"


def test_the_key_that_opened_it_starts_nothing_while_it_is_held(stage: Stage) -> None:
    stage.home()
    QTest.keyPress(stage.page, Key.Key_Z)
    _repeat(stage, Key.Key_Z)
    QTest.mouseDClick(stage.page, Qt.MouseButton.LeftButton)
    assert stage.driver.session is None
    stage.press(Key.Key_X)
    assert stage.state() is State.RUNNING


def _repeat(stage: Stage, key: Key, at_ms: int = 5_000) -> None:
    """The key is held: the display tells of it as let go and pressed again in the same millisecond."""
    for kind in (QKeyEvent.Type.KeyRelease, QKeyEvent.Type.KeyPress):
        event = QKeyEvent(kind, key, Qt.KeyboardModifier.NoModifier)
        event.setTimestamp(at_ms)
        QApplication.sendEvent(stage.page, event)


def test_at_night_leaving_turns_nothing_bright(make_stage: MakeStage) -> None:
    stage = make_stage(minute="03:00").home()
    stage.press(Key.Key_Z)
    _hold_escape(stage)
    assert (stage.window.page_name, stage.window.theme_name) == ("home_page", "night")


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_it_is_night_whatever_theme_was_asked_for(make_stage: MakeStage, theme: str) -> None:
    stage = make_stage(forced=theme).home()
    stage.press(Key.Key_Z)
    assert stage.window.theme_name == "night"
    _hold_escape(stage)
    assert stage.window.theme_name == theme


def test_a_window_that_was_full_stays_full(stage: Stage) -> None:
    stage.home()
    stage.window.setWindowState(Qt.WindowState.WindowFullScreen)
    stage.press(Key.Key_Z)
    _hold_escape(stage)
    assert stage.window.isFullScreen()


# Relief


@pytest.mark.parametrize(
    "key",
    [Key.Key_Space, Key.Key_A, Key.Key_Tab, Key.Key_N, Key.Key_F5, Key.Key_MediaPlay, Key.Key_PageDown],
)
def test_any_key_starts_relief_at_once(bedside: Stage, key: Key) -> None:
    bedside.leg = Leg.LEFT
    bedside.press(key)
    view = bedside.view()
    assert (view.routine, view.hold.leg, view.state) == ("cramp-bed", Leg.LEFT, State.RUNNING)
    assert view.phase == "active"
    assert bedside.window.page_name == "guide_page"
    assert bedside.window.theme_name == "night"


@pytest.mark.parametrize("button", [Qt.MouseButton.LeftButton, Qt.MouseButton.RightButton])
def test_a_click_starts_relief(bedside: Stage, button: Qt.MouseButton) -> None:
    QTest.mouseClick(bedside.page, button, pos=QPoint(5, 5))
    assert bedside.state() is State.RUNNING


@pytest.mark.parametrize("key", [Key.Key_Shift, Key.Key_Control, Key.Key_Alt, Key.Key_Meta, Key.Key_AltGr])
def test_a_modifier_alone_does_nothing(bedside: Stage, key: Key) -> None:
    bedside.press(key)
    assert bedside.driver.session is None
    assert not bedside.sees("bedside_hint_label")


def test_a_hand_that_grabs_the_keyboard_starts_once_and_ends_nothing(bedside: Stage) -> None:
    window = bedside.window.windowHandle()
    for key in (Key.Key_J, Key.Key_Space, Key.Key_Right, Key.Key_Escape):
        QTest.keyClick(window, key)
    QTest.mouseClick(window, Qt.MouseButton.LeftButton, pos=_middle(bedside, "eased_button"))
    assert (bedside.view().index, bedside.view().release_ms, bedside.state()) == (0, None, State.RUNNING)
    _hear_again(bedside)
    QTest.keyClick(window, Key.Key_Space)
    assert bedside.view().release_ms is not None


def _middle(stage: Stage, name: str) -> QPoint:
    widget = stage.find(name)
    return widget.mapTo(stage.window, widget.rect().center())


def test_moving_the_mouse_shows_what_a_key_does(bedside: Stage) -> None:
    bedside.move_mouse()
    assert bedside.sees("bedside_hint_label")
    assert bedside.driver.session is None


# After it


def test_it_is_black_again_by_itself_after_the_end(bedside: Stage) -> None:
    bedside.press(Key.Key_Space)
    bedside.press(Key.Key_Space)  # it let go
    bedside.move(10 * 60_000)
    assert bedside.state() is State.FINISHED
    _fire(bedside, DARK_AFTER_MS)
    assert bedside.window.page_name == "bedside_page"
    assert bedside.driver.session is None
    assert not bedside.sees("bedside_hint_label")
    bedside.press(Key.Key_Space)
    assert bedside.state() is State.RUNNING


def test_leaving_the_guide_leads_back_to_the_black(bedside: Stage) -> None:
    bedside.press(Key.Key_Space)
    bedside.press(Key.Key_Escape)
    assert bedside.window.page_name == "bedside_page"


def test_a_cramp_that_comes_back_is_not_covered(bedside: Stage) -> None:
    bedside.press(Key.Key_Space)
    bedside.press(Key.Key_Space)
    bedside.move(10 * 60_000)
    bedside.press(Key.Key_Space)  # it is back
    _fire(bedside, DARK_AFTER_MS)
    assert (bedside.window.page_name, bedside.state()) == ("guide_page", State.RUNNING)


def test_who_reads_another_page_after_the_end_is_left_alone(bedside: Stage) -> None:
    bedside.press(Key.Key_Space)
    bedside.press(Key.Key_Space)
    bedside.move(10 * 60_000)
    bedside.press(Key.Key_W)
    _fire(bedside, DARK_AFTER_MS)
    assert bedside.window.page_name == "something_wrong_page"
    bedside.press(Key.Key_Escape)
    _fire(bedside, DARK_AFTER_MS)
    assert bedside.window.page_name == "bedside_page"


# What is in the way


def test_a_pack_on_the_skin_comes_off_first(make_stage: MakeStage) -> None:
    stage = make_stage(clear=True).home()
    on(stage)
    assert not stage.window.bedside.enter()
    assert stage.window.page_name == "guide_page"
    assert stage.text("next_label") == "Bedside mode waits until the pack is off."


def test_a_session_that_runs_comes_first(stage: Stage) -> None:
    stage.guide("bedtime")
    assert not stage.window.bedside.enter()
    assert stage.window.page_name == "guide_page"
    assert not stage.window.isFullScreen()


def test_what_there_is_to_say_is_said_once_a_night(bedside: Stage) -> None:
    bedside.window.say("On battery.")
    assert bedside.text("bedside_notice_label") == "On battery."
    assert bedside.sees("bedside_notice_label")
    _fire(bedside, HINT_MS)
    assert not bedside.sees("bedside_notice_label")
    _hold_escape(bedside)
    bedside.press(Key.Key_Z)
    assert bedside.text("bedside_notice_label") == ""


# The night


def test_through_the_night_nothing_happens(bedside: Stage) -> None:
    """Nine hours, over midnight, with the clock set back and forth: one timer, and only the clock changes."""
    places = set()
    for minute in range(NIGHT_MINUTES):
        bedside.clock.move(60_000)
        bedside.clock.wall += {100: 3_600, 200: -7_200}.get(minute, 0)
        (timer,) = _running(bedside)
        timer.timeout.emit()
        places.add(bedside.find("bedside_clock_label").pos().toTuple())
    assert bedside.window.page_name == "bedside_page"
    assert bedside.driver.session is None
    assert not bedside.sees("bedside_hint_label")
    assert len(places) > NIGHT_MINUTES / 3


def test_while_it_waits_only_the_minute_runs(bedside: Stage) -> None:
    (running,) = _running(bedside)
    assert 0 < running.interval() <= MINUTE_MS


def test_the_clock_drifts_within_the_page_and_comes_to_many_places() -> None:
    room = QRect(24, 24, 1_000, 600)
    night = [clock_place(room, minute) for minute in range(NIGHT_MINUTES)]
    assert all(room.contains(QPoint(*place)) or place[0] == 1_024 or place[1] == 624 for place in night)
    most = max(night.count(place) for place in night)
    assert most <= 2
    steps = [abs(a[0] - b[0]) + abs(a[1] - b[1]) for a, b in pairwise(night)]
    assert 0 < min(steps) <= max(steps) < 60


def test_the_clock_shows_the_hour_and_minute(stage: Stage) -> None:
    at = datetime(2026, 3, 1, 3, 7).timestamp()  # noqa: DTZ001 - the time of day where the person is
    page = BedsidePage(lambda: at)
    page.resize(400, 300)
    page.show()
    label = page.findChild(CueLabel, "bedside_clock_label")
    try:
        assert label is not None
        assert label.text() in ("3:07 AM", "03:07")
    finally:
        page.close()
