import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QScrollArea

from relief_app.core.session_state import State
from relief_app.core.steering import Steer
from relief_app.storage.red_flags import read_red_flags
from relief_app.ui.widgets.themed import Themed
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage

Key = Qt.Key
PAGE = "something_wrong_page"


def test_the_number_comes_first(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.press(Key.Key_W)
    heading = stage.find("heading_label")
    assert stage.text("heading_label") == "Emergency: call 112"
    others = [
        part for part in stage.page.findChildren(Themed) if part.isVisible() and part.parent() is stage.page
    ]
    assert all(heading.geometry().bottom() <= part.y() for part in others)


def test_without_a_confirmed_country_no_number_is_made_up(make_stage: MakeStage) -> None:
    stage = make_stage(number=None).home()
    stage.press(Key.Key_W)
    heading = stage.text("heading_label")
    assert heading == "Emergency: call your local emergency number"
    assert not any(character.isdigit() for character in heading)


def test_every_red_flag_is_there_the_most_urgent_first_each_with_what_to_do(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_W)
    flags = read_red_flags()
    assert stage.entries() == [f"{flag.trigger}. {flag.action}" for flag in flags]


def test_keys_scroll_to_the_last_flag(stage: Stage) -> None:
    stage.home()
    stage.resize(480, 640)
    stage.press(Key.Key_W)
    area = stage.find("list_view")
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    stage.press(Key.Key_Down)
    assert bar.value() > 0
    for _ in range(20):
        stage.press(Key.Key_PageDown)
    assert bar.value() == bar.maximum()
    stage.press(Key.Key_PageUp)
    stage.press(Key.Key_Up)
    assert bar.value() < bar.maximum()


@pytest.mark.parametrize("back", ["key", "button"])
def test_it_pauses_the_session_and_goes_on_at_back(stage: Stage, back: str) -> None:
    stage.guide("cramp-bed")
    stage.move(4_000)
    stage.press(Key.Key_W)
    assert (stage.window.page_name, stage.state()) == (PAGE, State.PAUSED)
    stage.move(60_000)
    if back == "key":
        stage.press(Key.Key_Escape)
    else:
        stage.click("wrong_back_button")
    assert (stage.window.page_name, stage.state()) == ("guide_page", State.RUNNING)
    assert stage.view().elapsed_ms == 4_000


def test_a_session_that_was_paused_before_stays_paused(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.press(Key.Key_P)
    stage.press(Key.Key_W)
    stage.press(Key.Key_Escape)
    assert (stage.window.page_name, stage.state()) == ("guide_page", State.PAUSED)


def test_a_pause_in_a_later_session_is_the_persons_own(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.press(Key.Key_W)
    stage.guide("cramp-bed")  # as a command from outside starts one meanwhile
    stage.press(Key.Key_P)
    stage.press(Key.Key_W)
    stage.press(Key.Key_Escape)
    assert stage.state() is State.PAUSED


def test_opening_it_twice_changes_nothing(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.press(Key.Key_W)
    stage.window.show_wrong()
    stage.press(Key.Key_Escape)
    assert stage.state() is State.RUNNING


def test_without_a_session_there_is_only_back(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_W)
    assert stage.sees("wrong_back_button")
    assert not stage.sees("wrong_eased_button")
    assert not stage.sees("end_session_button")
    stage.click("wrong_back_button")
    assert stage.window.page_name == "home_page"


def test_end_the_session_ends_it_and_keeps_nothing(stage: Stage) -> None:
    stage.guide("bedtime")
    session = stage.driver.session
    stage.press(Key.Key_W)
    stage.click("end_session_button")
    assert stage.window.page_name == "home_page"
    assert session is not None
    assert session.state is State.FINISHED
    assert stage.host.kept is None
    assert stage.driver.session is None


def test_a_finished_session_has_nothing_to_end(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.move(600_000)
    stage.press(Key.Key_W)
    assert not stage.sees("end_session_button")
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == "guide_page"


# After ten minutes of cramp


def alarmed(stage: Stage) -> Stage:
    stage.guide("cramp-bed")
    stage.press(Key.Key_Right)
    stage.move(600_000)
    assert stage.state() is State.ALARM
    return stage


@pytest.mark.parametrize("page", ["guide", "keys", "wrong"])
def test_the_ten_minute_alarm_opens_it_from_any_page(stage: Stage, page: str) -> None:
    stage.guide("cramp-bed")
    if page != "guide":
        stage.press(Key.Key_W if page == "wrong" else Key.Key_Question)
    stage.move(600_000)
    assert (stage.window.page_name, stage.state()) == (PAGE, State.ALARM)
    assert "ten minutes" in stage.text("line_label")
    assert stage.text("heading_label") == "Emergency: call 112"


def test_after_the_alarm_back_is_not_offered_it_let_go_and_end_are(stage: Stage) -> None:
    alarmed(stage)
    assert not stage.sees("wrong_back_button")
    assert stage.sees("wrong_eased_button")
    assert stage.sees("end_session_button")


def test_after_the_alarm_esc_is_no_way_back_either(stage: Stage) -> None:
    alarmed(stage)
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == PAGE


def test_before_the_alarm_it_let_go_is_not_asked_here(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.press(Key.Key_W)
    assert stage.sees("wrong_back_button")
    assert not stage.sees("wrong_eased_button")


def test_it_let_go_after_the_alarm_goes_on_with_the_end(stage: Stage) -> None:
    alarmed(stage)
    stage.click("wrong_eased_button")
    assert (stage.window.page_name, stage.state()) == ("guide_page", State.RUNNING)
    assert stage.view().release_ms == 600_000
    assert stage.view().hold.exercise.id == "rest"


def test_it_let_go_after_an_alarm_during_the_page_goes_on_too(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.press(Key.Key_W)
    stage.move(600_000)
    assert not stage.sees("wrong_back_button")
    stage.click("wrong_eased_button")
    assert (stage.window.page_name, stage.state()) == ("guide_page", State.RUNNING)


def test_end_after_the_alarm(stage: Stage) -> None:
    alarmed(stage)
    stage.click("end_session_button")
    assert stage.window.page_name == "home_page"
    assert stage.driver.session is None


def test_a_session_that_ends_while_the_page_is_read_can_still_be_left(stage: Stage) -> None:
    alarmed(stage)
    stage.steer(Steer.STOP)
    stage.click("wrong_eased_button")
    assert stage.window.page_name in ("guide_page", "home_page")
