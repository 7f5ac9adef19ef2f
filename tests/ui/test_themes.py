import numpy as np
import pytest
from PySide6.QtCore import Qt

from relief_app.core.preferences import Settings, Theme
from relief_app.core.session_state import State
from relief_app.ui.theme import THEMES
from relief_app.ui.theme_choice import CRAMP, NOTHING, OTHER, ThemeChoice, is_night
from tests.ui.conftest import MakeStage
from tests.ui.scenes import SCENES, play
from tests.ui.stage import channels

Key = Qt.Key


def choice(
    theme: Theme = Theme.SYSTEM, *, minute: int = 12 * 60, dark: bool = False, forced: str | None = None
) -> ThemeChoice:
    settings = Settings(theme=theme)
    return ThemeChoice(settings, minute_now=lambda: minute, system_is_dark=lambda: dark, forced=forced)


# Which theme


@pytest.mark.parametrize(
    ("minute", "night"),
    [(20 * 60 + 59, False), (21 * 60, True), (0, True), (6 * 60 + 59, True), (7 * 60, False)],
)
def test_night_comes_by_the_clock_for_cramps_only(minute: int, night: bool) -> None:
    assert choice(minute=minute).name(CRAMP) == ("night" if night else "light")
    assert choice(minute=minute).name(OTHER) == "light"


@pytest.mark.parametrize(("dark", "name"), [(True, "dark"), (False, "light")])
def test_by_day_the_system_is_followed(dark: bool, name: str) -> None:
    assert choice(dark=dark).name(CRAMP) == name
    assert choice(dark=dark).name(OTHER) == name


@pytest.mark.parametrize("theme", [Theme.LIGHT, Theme.DARK, Theme.NIGHT])
@pytest.mark.parametrize("minute", [0, 720])
@pytest.mark.parametrize("shown", [CRAMP, OTHER, NOTHING])
def test_a_theme_that_was_chosen_stands_at_any_hour(theme: Theme, minute: int, shown: str) -> None:
    assert choice(theme, minute=minute).name(shown) == theme.value
    assert choice(minute=minute, forced=theme.value).name(shown) == theme.value


def test_the_command_line_wins_over_the_settings() -> None:
    assert choice(Theme.NIGHT, forced="dark").name(OTHER) == "dark"
    assert choice(Theme.DARK, forced="system", minute=0).name(CRAMP) == "night"


def test_n_wins_over_everything_and_undoes_itself() -> None:
    by_clock = choice(minute=0)
    by_clock.toggle_night(CRAMP)
    assert by_clock.name(CRAMP) == "light"
    by_clock.toggle_night(CRAMP)
    assert by_clock.name(CRAMP) == "night"
    assert by_clock.name(OTHER) == "night"
    forced = choice(forced="night")
    forced.toggle_night(OTHER)
    assert forced.name(OTHER) == "light"


@pytest.mark.parametrize(
    ("minute", "start", "end", "night"),
    [(60, 0, 120, True), (120, 0, 120, False), (0, 1320, 420, True), (500, 300, 300, False)],
)
def test_hours_of_the_night_over_midnight_or_not(minute: int, start: int, end: int, night: bool) -> None:
    assert is_night(minute, start, end) is night


def test_night_hours_are_the_persons(make_stage: MakeStage) -> None:
    settings = Settings(night_from="10:00", night_until="14:00")
    stage = make_stage(minute="12:00", settings=settings).guide("cramp-bed")
    assert stage.window.theme_name == "night"


def test_at_night_a_cramp_is_red_and_a_runner_is_not(make_stage: MakeStage) -> None:
    stage = make_stage(minute="22:30").home()
    assert stage.window.theme_name == "light"
    stage.press(Key.Key_B)
    assert stage.window.theme_name == "light"
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_C)
    assert stage.window.theme_name == "night"
    stage.press(Key.Key_W)
    assert stage.window.theme_name == "night"
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_Question)
    assert stage.window.theme_name == "night"
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_B)
    assert stage.window.theme_name == "light"


def test_whoever_leaves_a_cramp_at_night_is_not_blinded_by_the_next_page(make_stage: MakeStage) -> None:
    stage = make_stage(minute="03:00").home()
    stage.press(Key.Key_C)
    for key in (Key.Key_Escape, Key.Key_Comma, Key.Key_Escape, Key.Key_A, Key.Key_Escape):
        stage.press(key)
        assert stage.window.theme_name == "night", stage.window.page_name
    stage.minute = "07:00"
    stage.press(Key.Key_Comma)
    assert stage.window.theme_name == "light"


def test_a_cramp_that_began_at_night_stays_red_when_the_night_is_over(make_stage: MakeStage) -> None:
    stage = make_stage(minute="06:59").guide("cramp-bed")
    stage.minute = "07:00"
    for key in (Key.Key_W, Key.Key_Escape, Key.Key_Question, Key.Key_Escape, Key.Key_Space):
        stage.press(key)
        assert stage.window.theme_name == "night", stage.window.page_name
    stage.move(700_000)
    assert stage.state() is State.FINISHED
    stage.press(Key.Key_Space)  # it is back
    assert stage.state() is State.RUNNING
    stage.press(Key.Key_W)
    assert stage.window.theme_name == "night"
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_Escape)
    assert (stage.window.page_name, stage.window.theme_name) == ("home_page", "light")


def test_a_cramp_that_began_by_day_keeps_its_looks_in_the_evening(make_stage: MakeStage) -> None:
    stage = make_stage(minute="20:59").guide("cramp-bed")
    stage.minute = "21:00"
    for key in (Key.Key_W, Key.Key_Escape, Key.Key_Question, Key.Key_Escape):
        stage.press(key)
        assert stage.window.theme_name == "light", stage.window.page_name
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_C)
    assert stage.window.theme_name == "night"


def test_n_in_a_cramp_stays_for_every_page(make_stage: MakeStage) -> None:
    stage = make_stage(minute="23:00").guide("cramp-bed")
    stage.press(Key.Key_N)
    assert stage.window.theme_name == "light"
    stage.press(Key.Key_W)
    assert stage.window.theme_name == "light"


WITHOUT_N = ("safety question", "bedside", "pack alarm", "settings, changed", "country, no number")
"""There N says no, starts relief like every key, or does as little as any; or night was chosen; or it is a
letter in the field that has the keyboard."""


@pytest.mark.parametrize("scene", [name for name in SCENES if not name.startswith(WITHOUT_N)])
def test_n_is_night_on_every_page(make_stage: MakeStage, scene: str) -> None:
    stage = play(make_stage, scene, forced="light")
    for theme in ("night", "light"):
        stage.press(Key.Key_N)
        assert stage.window.theme_name == theme


def test_the_window_wears_the_night_before_it_is_shown(make_stage: MakeStage) -> None:
    stage = make_stage(minute="02:00")
    stage.host.start("cramp-bed", stage.leg, urgent=True)
    stage.window.show_guide()
    assert not stage.window.isVisible()
    assert stage.window.palette().color(stage.window.backgroundRole()).name() == "#000000"
    blue, green, _ = np.moveaxis(channels(stage.picture()), 2, 0)
    assert (blue.max(), green.max()) == (0, 0)


@pytest.mark.parametrize("name", ["light", "dark", "night"])
@pytest.mark.parametrize("scene", ["cramp", "home", "wrong", "keys"])
def test_the_ground_is_the_themes(make_stage: MakeStage, name: str, scene: str) -> None:
    stage = play(make_stage, scene, forced=name)
    corner = stage.picture().pixelColor(1, 1)
    assert corner.name() == THEMES[name].window


def test_what_was_asked_for_in_this_run_is_told_for_another() -> None:
    assert choice(Theme.NIGHT).asked is None
    assert choice(forced="dark").asked == "dark"
    by_key = choice(minute=0, dark=True)
    by_key.toggle_night(CRAMP)
    assert by_key.asked == by_key.name(CRAMP) == "dark"
    by_key.toggle_night(CRAMP)
    assert by_key.asked == by_key.name(CRAMP) == "night"


def test_a_night_begun_by_the_clock_is_told_for_another() -> None:
    by_clock = choice(minute=0)
    for shown, asked in ((NOTHING, None), (CRAMP, "night"), (NOTHING, "night"), (OTHER, None)):
        by_clock.name(shown)
        assert by_clock.asked == asked
    forced = choice(minute=0, forced="light")
    forced.name(CRAMP)
    assert forced.asked == "light"
