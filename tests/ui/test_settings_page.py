"""The Settings page and what lies behind it, on the real window."""

from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLineEdit, QScrollArea, QWidget

from relief_app.core.anatomy import Leg
from relief_app.core.archives import ArchiveProblem, ArchiveRefused, DataInUse
from relief_app.core.preferences import Settings, SkinTone, Theme, VoiceMode
from relief_app.ui.pages.guide import GuidePage
from relief_app.ui.setting_words import clock_later, louder
from relief_app.ui.widgets.setting_row import SettingRow
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage
from tests.ui.test_layout import SIZES, assert_tidy, assert_words_fit, text_size

__all__ = ["text_size"]

Key = Qt.Key
PAGE = "settings_page"


def opened(stage: Stage) -> Stage:
    stage.home()
    stage.press(Key.Key_Comma)
    assert stage.window.page_name == PAGE
    return stage


def press(stage: Stage, name: str) -> None:
    """Scroll to the button `name`, and click it with the mouse."""
    button = stage.button(name)
    for area in stage.page.findChildren(QScrollArea):
        if area.isAncestorOf(button):
            area.ensureWidgetVisible(button)
    stage.click(name)


def field(stage: Stage, name: str) -> QLineEdit:
    found = stage.find(name)
    assert isinstance(found, QLineEdit)
    return found


CHOICES = [
    ("set_leg_left_button", Settings(leg=Leg.LEFT)),
    ("set_theme_light_button", Settings(theme=Theme.LIGHT)),
    ("set_theme_dark_button", Settings(theme=Theme.DARK)),
    ("set_theme_night_button", Settings(theme=Theme.NIGHT)),
    ("night_from_more_button", Settings(night_from="21:15")),
    ("night_until_less_button", Settings(night_until="06:45")),
    ("set_skin_tone_tone_6_button", Settings(skin_tone=SkinTone.TONE_6)),
    ("set_reduced_motion_on_button", Settings(reduced_motion=True)),
    ("set_sounds_off_button", Settings(sounds=False)),
    ("volume_less_button", Settings(volume=0.6)),
    ("volume_more_button", Settings(volume=0.8)),
    ("set_voice_steps_button", Settings(voice=VoiceMode.STEPS)),
    ("set_voice_off_button", Settings(voice=VoiceMode.OFF)),
    ("voice_volume_less_button", Settings(voice_volume=0.7)),
    ("set_media_keys_on_button", Settings(media_keys=True)),
    ("tick_volume_less_button", Settings(tick_volume=0.6)),
    ("chime_volume_more_button", Settings(chime_volume=0.8)),
    ("alarm_volume_less_button", Settings(alarm_volume=0.9)),
]


@pytest.mark.parametrize(
    ("button", "settings"), CHOICES, ids=lambda value: value if isinstance(value, str) else ""
)
def test_each_choice_counts_at_once_and_can_be_reset(stage: Stage, button: str, settings: Settings) -> None:
    opened(stage)
    press(stage, button)
    assert stage.desk.settings == settings
    key = next(key for key, value in settings._asdict().items() if value != getattr(Settings(), key))
    assert stage.desk.done == [key]
    press(stage, f"{key}_reset_button")
    assert stage.desk.settings == Settings()
    assert not stage.sees(f"{key}_reset_button")


def test_a_choice_pressed_again_stays_the_choice(stage: Stage) -> None:
    opened(stage)
    for _ in range(2):
        press(stage, "set_theme_dark_button")
        assert stage.button("set_theme_dark_button").isChecked()
        assert not stage.button("set_theme_system_button").isChecked()
        assert stage.window.theme_name == "dark"


def test_a_theme_that_is_chosen_goes_before_key_n_and_the_command_line(make_stage: MakeStage) -> None:
    stage = opened(make_stage(forced="night"))
    assert stage.window.theme_name == "night"
    press(stage, "set_theme_system_button")
    assert stage.window.theme_name == "light"
    stage.press(Key.Key_N)
    assert stage.window.theme_name == "night"
    press(stage, "volume_less_button")
    assert stage.window.theme_name == "night"
    press(stage, "set_theme_light_button")
    assert stage.window.theme_name == "light"


def test_the_rest_of_the_window_follows(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.press(Key.Key_Escape)
    opened(stage)
    press(stage, "set_leg_left_button")
    press(stage, "set_reduced_motion_on_button")
    stage.press(Key.Key_Escape)
    assert stage.button("leg_left_button").isChecked()
    guide = stage.window.findChild(GuidePage)
    assert guide is not None
    assert guide.reduced_motion


def test_night_hours_go_round_the_clock_in_quarters() -> None:
    assert [clock_later(clock, 1) for clock in ("23:45", "07:00", "21:07")] == ["00:00", "07:15", "21:15"]
    assert [clock_later(clock, -1) for clock in ("00:00", "07:00", "21:07")] == ["23:45", "06:45", "21:00"]
    assert [louder(volume, way) for volume, way in ((0.95, 1), (0.7, -1), (0.0, -1), (1.0, 1))] == [
        1.0,
        0.6,
        0.0,
        1.0,
    ]


def test_it_is_not_reached_while_a_session_runs(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.window.show_settings()
    assert stage.window.page_name == "guide_page"


def test_it_leads_to_the_safety_questions(stage: Stage) -> None:
    opened(stage)
    press(stage, "settings_questions_button")
    assert stage.window.page_name == "safety_questions_page"


def test_the_way_back_comes_after_what_there_is_to_choose(make_stage: MakeStage) -> None:
    stage = opened(make_stage(settings=Settings(country="DE")))
    reached: list[str] = []
    for _ in range(3):
        stage.press(Key.Key_Tab)
        focused = QApplication.focusWidget()
        reached.append(focused.objectName() if focused is not None else "")
    assert reached == ["country_button", "emergency_reset_button", "set_theme_system_button"]


def test_keys_alone_reach_every_control_and_scroll_to_it(stage: Stage) -> None:
    opened(stage)
    stage.resize(480, 640)
    area = stage.find("settings_view")
    assert isinstance(area, QScrollArea)
    seen: list[str] = []
    for _ in range(60):
        stage.press(Key.Key_Tab)
        focused = QApplication.focusWidget()
        assert focused is not None
        if area.isAncestorOf(focused):
            top = focused.mapTo(area, focused.rect().topLeft()).y()
            assert 0 <= top <= area.height() - focused.height()
        seen.append(focused.objectName())
    assert {"country_button", "set_theme_night_button", "volume_more_button", "data_erase_button"} <= set(
        seen
    )


# Whom to call


def test_a_country_is_confirmed_and_its_number_shown_where_it_is_needed(stage: Stage) -> None:
    opened(stage)
    assert stage.button("country_button").text() == "Not confirmed: choose"
    press(stage, "country_button")
    assert stage.text("heading_label") == "Emergency: call your local emergency number"
    assert stage.button("country_none_button").isChecked()
    press(stage, "country_JP_button")
    assert stage.text("heading_label") == "Emergency: call 119"
    stage.press(Key.Key_Escape)
    assert stage.button("country_button").text() == "Japan: 119"
    press(stage, "emergency_reset_button")
    assert stage.desk.settings == Settings()


@pytest.mark.parametrize("how", ["enter", "button"])
def test_a_number_of_ones_own_goes_before_the_countrys(make_stage: MakeStage, how: str) -> None:
    stage = opened(make_stage(settings=Settings(country="DE")))
    press(stage, "country_button")
    own = field(stage, "own_number_field")
    own.setFocus()
    QTest.keyClicks(own, "+49 110")
    if how == "enter":
        QTest.keyClick(own, Key.Key_Return)
    else:
        press(stage, "own_number_button")
    assert stage.desk.settings == Settings(country="DE", emergency_number="+49110")
    assert stage.text("heading_label") == "Emergency: call +49110"
    press(stage, "country_DE_button")
    assert stage.desk.settings == Settings(country="DE")
    assert own.text() == ""


@pytest.mark.parametrize("wrong", ["", "abc", "+", "1" * 16, "112;", "١١٢"])
def test_what_no_telephone_can_call_is_not_taken(stage: Stage, wrong: str) -> None:
    opened(stage)
    press(stage, "country_button")
    field(stage, "own_number_field").setText(wrong)
    press(stage, "own_number_button")
    assert stage.desk.settings == Settings()
    assert stage.text("line_label").startswith("Not taken")


# Your data


def test_where_it_lies(stage: Stage) -> None:
    opened(stage)
    press(stage, "data_where_button")
    assert stage.entries() == ["/home/me/relief/settings.json. 120 bytes"]
    stage.press(Key.Key_Escape)
    assert stage.window.page_name == PAGE


def test_a_folder_that_cannot_be_read_is_said(stage: Stage) -> None:
    stage.desk.problem = PermissionError(13, "no", "/root")
    opened(stage)
    press(stage, "data_where_button")
    assert stage.entries() == ["This folder cannot be read: /root. "]


def test_a_backup_goes_where_the_field_says(stage: Stage) -> None:
    opened(stage)
    press(stage, "data_backup_button")
    assert field(stage, "archive_field").text() == "/home/me/relief-backup.zip"
    field(stage, "archive_field").setText(" /tmp/other.zip ")
    press(stage, "data_go_on_button")
    assert stage.desk.done == ["back up /tmp/other.zip"]
    assert stage.text("line_label") == "Backed up: /tmp/other.zip"


PROBLEMS = [
    (FileExistsError(), "nothing was overwritten"),
    (ArchiveRefused(ArchiveProblem.UNREADABLE_FILE, "profile.json"), "profile.json cannot be read"),
    (ArchiveRefused(ArchiveProblem.DAMAGED_FILE, "relief.db"), "relief.db is damaged"),
]


@pytest.mark.parametrize(("problem", "said"), PROBLEMS)
def test_a_backup_that_fails_says_why(stage: Stage, problem: FileExistsError, said: str) -> None:
    opened(stage)
    stage.desk.problem = problem
    press(stage, "data_backup_button")
    press(stage, "data_go_on_button")
    assert said in stage.text("line_label")
    assert stage.sees("archive_field")


def test_an_archive_is_picked_and_restored_only_after_a_second_question(stage: Stage) -> None:
    stage.desk.found = [Path("/home/me/new.zip"), Path("/home/me/old.zip")]
    opened(stage)
    press(stage, "data_restore_button")
    assert field(stage, "archive_field").text() == "/home/me/new.zip"
    press(stage, "archive_1_button")
    press(stage, "data_go_on_button")
    assert stage.desk.done == []
    press(stage, "data_back_button")
    assert stage.desk.done == []
    press(stage, "data_go_on_button")
    press(stage, "data_yes_button")
    assert stage.desk.done == ["restore /home/me/old.zip"]


def test_without_a_name_nothing_is_restored(stage: Stage) -> None:
    opened(stage)
    press(stage, "data_restore_button")
    press(stage, "data_go_on_button")
    assert stage.text("line_label") == "First name a file."
    assert not stage.sees("data_yes_button")


@pytest.mark.parametrize("job", ["restore", "erase"])
@pytest.mark.parametrize(
    ("problem", "said"),
    [
        (DataInUse(), "Not while a session runs or a pack is on."),
        (ArchiveRefused(ArchiveProblem.NOT_AN_ARCHIVE), "This is no archive of Relief."),
    ],
)
def test_what_may_not_be_done_now_is_said(stage: Stage, job: str, problem: DataInUse, said: str) -> None:
    stage.desk.found, stage.desk.problem = [Path("/a.zip")], problem
    opened(stage)
    press(stage, f"data_{job}_button")
    press(stage, "data_go_on_button")
    press(stage, "data_yes_button")
    assert said in stage.text("line_label")
    assert "Nothing was changed." in stage.text("line_label")
    assert stage.sees("data_go_on_button")


def test_erasing_is_asked_twice_and_two_clicks_in_one_place_do_not_do_it(stage: Stage) -> None:
    opened(stage)
    press(stage, "data_erase_button")
    place = stage.button("data_go_on_button").geometry().center()
    press(stage, "data_go_on_button")
    assert stage.text("heading_label") == "Really erase everything?"
    assert not stage.button("data_yes_button").geometry().contains(place)
    stage.press(Key.Key_Escape)
    assert stage.text("heading_label") == "Erase everything?"
    assert stage.desk.done == []
    press(stage, "data_go_on_button")
    press(stage, "data_yes_button")
    assert stage.desk.done == ["erase"]


@pytest.mark.usefixtures("text_size")
@pytest.mark.parametrize("size", SIZES)
def test_every_page_of_the_settings_is_tidy_and_its_words_fit(
    make_stage: MakeStage, size: tuple[int, int]
) -> None:
    stage = make_stage(settings=Settings(volume=0.1))
    stage.desk.found = [Path("/home/me/relief-backup-2026-01-31.zip")]
    stage.home()
    stage.resize(*size)
    stage.press(Key.Key_Comma)
    # What scrolls is laid out by itself; here the page's own parts count.
    assert_words_fit(stage.page)
    stage.button("country_button").click()
    assert_tidy(stage.page)
    assert_words_fit(stage.page)
    stage.press(Key.Key_Escape)
    for job in ("where", "backup", "restore", "erase"):
        stage.button(f"data_{job}_button").click()
        assert_words_fit(stage.page)
        if job != "where":
            assert_tidy(stage.page)
        stage.press(Key.Key_Escape)


@pytest.mark.usefixtures("text_size")
@pytest.mark.parametrize("size", SIZES)
def test_no_control_of_a_setting_lies_over_another(make_stage: MakeStage, size: tuple[int, int]) -> None:
    stage = make_stage(settings=Settings(volume=0.1, country="GB", leg=Leg.LEFT))
    stage.home()
    stage.resize(*size)
    stage.press(Key.Key_Comma)
    rows = stage.find("settings_view").findChildren(SettingRow)
    assert len(rows) == 19
    for row in rows:
        parts = [part for part in row.findChildren(QWidget) if part.isVisibleTo(row)]
        for part in parts:
            assert row.rect().contains(part.geometry()), f"{part.objectName()} leaves its row"
        for n, one in enumerate(parts):
            for other in parts[n + 1 :]:
                assert not one.geometry().intersects(other.geometry()), (one.objectName(), other.objectName())
