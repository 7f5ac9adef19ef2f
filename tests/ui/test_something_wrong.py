import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QScrollArea

from relief_app.core.profile import Answer, Profile
from relief_app.core.safety import RedFlag
from relief_app.core.session_state import State
from relief_app.core.steering import Steer
from relief_app.storage.red_flags import read_red_flags
from relief_app.ui.sign_words import urgency_text
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


def cards(stage: Stage) -> list[QAbstractButton]:
    """The cards from the first to the last."""
    found = stage.find("signs_view").findChildren(QAbstractButton)
    return sorted(found, key=lambda card: (card.y(), card.x()))


def test_every_red_flag_is_asked_the_most_urgent_first_and_then_none_of_these(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_W)
    names = [card.objectName() for card in cards(stage)]
    flags = read_red_flags()
    assert names == [*(f"sign_{flag.code}_button" for flag in flags), "none_of_these_button"]
    assert [card.text() for card in cards(stage)[:-1]] == [flag.question for flag in flags]
    assert all(card.text().endswith("?") for card in cards(stage)[:-1])


def test_keys_walk_to_the_last_card_and_scroll_with_it_under_the_number(stage: Stage) -> None:
    stage.home()
    stage.resize(480, 640)
    stage.press(Key.Key_W)
    area = stage.find("signs_view")
    assert isinstance(area, QScrollArea)
    bar = area.verticalScrollBar()
    assert bar.maximum() > 0
    stage.press(Key.Key_Down)
    assert cards(stage)[0].hasFocus()
    stage.press(Key.Key_Down)
    assert cards(stage)[1].hasFocus()
    for _ in range(20):
        stage.press(Key.Key_PageDown)
    assert cards(stage)[-1].hasFocus()
    assert bar.value() == bar.maximum()
    assert stage.find("heading_label").visibleRegion().boundingRect() == stage.find("heading_label").rect()
    stage.press(Key.Key_Home)
    assert (cards(stage)[0].hasFocus(), bar.value()) == (True, 0)


# A sign is pressed


def press_sign(stage: Stage, code: str, *, key: bool = False) -> None:
    card = stage.button(f"sign_{code}_button")
    area = stage.find("signs_view")
    assert isinstance(area, QScrollArea)
    area.ensureWidgetVisible(card)
    if key:
        card.setFocus()
        stage.press(Key.Key_Return)
    else:
        stage.click(card.objectName())


@pytest.mark.parametrize("key", [False, True], ids=["mouse", "keyboard"])
@pytest.mark.parametrize("flag", read_red_flags(), ids=lambda flag: flag.code)
def test_a_pressed_sign_says_what_to_do_and_is_kept_with_its_date(
    stage: Stage, flag: RedFlag, key: bool
) -> None:
    stage.home()
    stage.press(Key.Key_W)
    press_sign(stage, flag.code, key=key)
    assert stage.text("action_label") == flag.action
    assert stage.text("line_label") == urgency_text(flag.urgency)
    assert flag.trigger in stage.entries()[0]
    assert stage.text("heading_label") == "Emergency: call 112"
    assert dict(stage.profile.profile.facts) == {flag.code: stage.clock.wall_s()}


STOPS = {  # of the routine in bed, typed from the clinical content: which signs stop it while it stretches
    "chest_or_breath": True,
    "cold_pale_leg": True,
    "tense_or_numb": True,
    "dark_urine_or_confusion": True,
    "weak_in_sport": True,
    "swollen_warm_leg": True,
    "pop_or_gap": True,
    "over_ten_minutes": True,
    "dirty_wound": False,
    "foot_pain_at_night": True,
    "walking_pain": False,
    "often_or_severe": False,
}


@pytest.mark.parametrize("code", STOPS)
def test_a_session_that_the_sign_forbids_stops_at_once(stage: Stage, code: str) -> None:
    stage.guide("cramp-bed")
    session = stage.driver.session
    assert session is not None
    stage.press(Key.Key_W)
    press_sign(stage, code)
    assert (session.state is State.FINISHED) is STOPS[code]
    assert (stage.driver.session is None) is STOPS[code]
    assert stage.sees("end_session_button") is not STOPS[code]
    said = any("The session has stopped." in entry for entry in stage.entries())
    assert said is STOPS[code]
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == ("home_page" if STOPS[code] else "guide_page")
    if not STOPS[code]:
        assert stage.state() is State.RUNNING


def test_a_massage_to_come_is_stopped_for_by_pain_on_walking(make_stage: MakeStage) -> None:
    stage = make_stage()
    clear = ("blood_thinner", "pregnancy", "poor_circulation")
    stage.profile.profile = Profile(dict.fromkeys(clear, Answer.NO))
    stage.guide("cramp-bed")
    assert any(hold.exercise.letter == "M" for hold in stage.holds())
    stage.press(Key.Key_W)
    press_sign(stage, "walking_pain")
    assert stage.driver.session is None
    stage.guide("cramp-bed")
    assert not any(hold.exercise.letter == "M" for hold in stage.holds())


def test_the_window_tells_what_was_reported_after_it_has_stopped_the_session(stage: Stage) -> None:
    told: list[tuple[str, bool]] = []
    stage.window.sign_reported.connect(lambda flag: told.append((flag.code, stage.driver.is_live)))
    stage.guide("bedtime")
    stage.press(Key.Key_W)
    press_sign(stage, "pop_or_gap")
    assert told == [("pop_or_gap", False)]


def test_afterwards_a_forbidden_routine_leads_to_what_to_do_instead(stage: Stage) -> None:
    stage.profile.profile = Profile(facts={"swollen_warm_leg": 1_600_000_000.0})
    stage.home()
    stage.press(Key.Key_Return)
    assert (stage.window.page_name, stage.driver.session) == (PAGE, None)
    assert stage.text("action_label").startswith("It may be a clot.")
    assert stage.text("heading_label") == "Emergency: call 112"


def test_only_that_a_clinician_has_looked_at_it_lifts_a_sign_and_it_is_asked_twice(stage: Stage) -> None:
    stage.profile.profile = Profile(facts={"pop_or_gap": 5.0, "swollen_warm_leg": 6.0})
    stage.home()
    stage.press(Key.Key_W)
    press_sign(stage, "pop_or_gap")
    assert not stage.sees("mistake_button")
    stage.click("clinician_button")
    stage.click("clinician_no_button")
    assert set(stage.profile.profile.facts) == {"pop_or_gap", "swollen_warm_leg"}
    stage.click("clinician_button")
    stage.press(Key.Key_Escape)
    stage.click("clinician_button")
    stage.click("clinician_yes_button")
    assert set(stage.profile.profile.facts) == {"swollen_warm_leg"}
    assert (
        stage.button("sign_pop_or_gap_button").accessibleName()
        == stage.button("sign_pop_or_gap_button").text()
    )
    assert "Reported" in stage.told("sign_swollen_warm_leg_button")


def test_a_wrong_card_is_taken_back_while_its_page_stands_and_not_later(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_W)
    press_sign(stage, "dirty_wound")
    stage.click("mistake_button")
    assert dict(stage.profile.profile.facts) == {}
    press_sign(stage, "dirty_wound")
    stage.press(Key.Key_Escape)
    press_sign(stage, "dirty_wound")
    assert not stage.sees("mistake_button")
    assert stage.sees("clinician_button")


def test_a_report_that_cannot_be_written_is_said_and_forbids_all_the_same(stage: Stage) -> None:
    stage.profile.writable = False
    stage.guide("cramp-bed")
    stage.press(Key.Key_W)
    press_sign(stage, "pop_or_gap")
    assert "the disk is full" in stage.entries()[0]
    assert stage.driver.session is None
    stage.click("mistake_button")
    assert stage.window.page_name == PAGE
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_Return)
    assert stage.text("action_label").startswith("It may be a tear.")


def test_none_of_these_reassures_nobody(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.press(Key.Key_W)
    stage.button("none_of_these_button").click()
    assert stage.text("action_label").startswith("This does not mean that all is well.")
    assert stage.text("heading_label") == "Emergency: call 112"
    assert "See a doctor." in stage.entries()[2]
    assert dict(stage.profile.profile.facts) == {}
    assert stage.driver.is_live
    stage.press(Key.Key_Escape)
    assert stage.sees("signs_view")


def test_no_text_of_the_page_says_that_anything_is_well(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_W)
    texts = [card.text() for card in cards(stage)]
    for card in cards(stage):
        card.click()
        texts += [*stage.entries(), stage.text("action_label"), stage.text("line_label")]
        stage.press(Key.Key_Escape)
    said = " ".join(texts).lower()
    assert "does not mean that all is well" in said
    for soothing in (
        "harmless",
        "no sign of",
        "nothing is wrong",
        "not serious",
        "fine",
        "no need to",
        "safe",
    ):
        assert soothing not in said


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
