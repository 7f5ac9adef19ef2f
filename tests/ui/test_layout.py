"""Nothing lies over anything else, nothing is too small to hit, no words are cut off."""

from collections.abc import Iterator
from itertools import combinations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QLabel, QWidget

from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.themed import SMALLEST_TARGET
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, channels, targets

Key = Qt.Key
SIZES = [(480, 640), (1280, 800), (1920, 1080), (320, 420)]
LARGE_TEXT_POINTS = 20.0
ROUNDING = 1
SMALLEST = (320, 420)


@pytest.fixture(params=[1, 2], ids=["usual text", "text at 200 %"])
def text_size(request: pytest.FixtureRequest, qapp: QApplication) -> Iterator[int]:
    usual = qapp.font()
    if request.param == 2:
        large = QFont(usual)
        large.setPointSizeF(LARGE_TEXT_POINTS)
        qapp.setFont(large)
    yield int(request.param)
    qapp.setFont(usual)


def in_sight(page: QWidget) -> list[QWidget]:
    """The page's own parts that show something."""
    parts = [part for part in page.findChildren(QWidget) if part.parent() is page and part.isVisible()]
    return [part for part in parts if not (isinstance(part, QLabel) and not part.text())]


def assert_tidy(page: QWidget) -> None:
    parts = in_sight(page)
    assert len(parts) > 3
    for part in parts:
        assert page.rect().contains(part.geometry()), f"{part.objectName()} leaves the page"
    for one, other in combinations(parts, 2):
        shared = one.geometry().intersected(other.geometry())
        assert min(shared.width(), shared.height()) <= ROUNDING, (
            f"{one.objectName()} lies over {other.objectName()}: {shared}"
        )
    for button in targets(page):
        smaller = min(button.width(), button.height())
        assert smaller >= SMALLEST_TARGET, f"{button.objectName()} is {smaller} px"


def assert_words_fit(page: QWidget) -> None:
    """Words that do not fit are cut off at an edge of their label; all begin at the left or are centred."""
    for label in in_sight(page):
        if isinstance(label, CueLabel):
            picture = channels(label.grab().toImage()).astype(int)
            ground = picture[0, 0]
            for edge in (picture[0], picture[-1], picture[:, -1]):
                ink = abs(edge - ground).max()
                assert ink < 40, f"{label.objectName()} cuts off {label.text()!r} at {label.size()}"


def show(stage: Stage, routine: str) -> None:
    stage.guide(routine)
    if routine.startswith("cramp"):
        stage.move_mouse()
        stage.press(Key.Key_Right)
    else:
        stage.move(8_000)


@pytest.mark.usefixtures("text_size")
@pytest.mark.parametrize("routine", ["cramp-bed", "bedtime", "micro-break"])
def test_nothing_on_the_guide_page_lies_over_anything_else(make_stage: MakeStage, routine: str) -> None:
    stage = make_stage()
    for size in SIZES:
        stage.resize(*size)
        show(stage, routine)
        assert stage.window.size().toTuple() == size
        assert_tidy(stage.page)


@pytest.mark.usefixtures("text_size")
@pytest.mark.parametrize("size", SIZES)
def test_words_on_the_guide_page_fit(make_stage: MakeStage, size: tuple[int, int]) -> None:
    stage = make_stage()
    stage.resize(*size)
    for routine in ("cramp-bed", "cramp-standing", "bedtime", "micro-break"):
        show(stage, routine)
        stage.find("pose_view").hide()  # takes its time and has no words
        for _ in range(stage.view().count - 1):
            assert_words_fit(stage.page)
            stage.press(Key.Key_Right)


@pytest.mark.usefixtures("text_size")
@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("kept", [False, True], ids=["calm", "kept"])
def test_home_is_tidy_and_its_words_fit(make_stage: MakeStage, size: tuple[int, int], kept: bool) -> None:
    stage = make_stage().home()
    stage.resize(*size)
    if kept:
        stage.press(Key.Key_B)
        stage.press(Key.Key_Escape)
    assert_tidy(stage.page)
    assert_words_fit(stage.page)


@pytest.mark.usefixtures("text_size")
@pytest.mark.parametrize("size", SIZES)
def test_something_is_wrong_is_tidy_and_its_words_fit(make_stage: MakeStage, size: tuple[int, int]) -> None:
    stage = make_stage(number=None).guide("cramp-bed")
    stage.resize(*size)
    stage.move(600_000)
    assert_tidy(stage.page)
    assert_words_fit(stage.page)


@pytest.mark.usefixtures("text_size")
@pytest.mark.parametrize("size", SIZES)
def test_a_sign_that_is_pressed_is_tidy_and_its_words_fit(
    make_stage: MakeStage, size: tuple[int, int]
) -> None:
    stage = make_stage(number=None).home()
    stage.resize(*size)
    for name in ("sign_swollen_warm_leg_button", "sign_often_or_severe_button", "none_of_these_button"):
        stage.press(Key.Key_W)
        stage.button(name).click()
        assert_tidy(stage.page)
        assert_words_fit(stage.page)
        stage.press(Key.Key_Escape)
        stage.press(Key.Key_Escape)
    stage.press(Key.Key_W)
    stage.button("sign_swollen_warm_leg_button").click()
    stage.click("clinician_button")
    assert_tidy(stage.page)
    assert_words_fit(stage.page)


def test_the_picture_is_the_biggest_thing_on_the_guide_page(stage: Stage) -> None:
    for size in SIZES[:3]:
        stage.resize(*size)
        for routine in ("cramp-bed", "bedtime"):
            stage.guide(routine)
            areas = {part.objectName(): part.width() * part.height() for part in in_sight(stage.page)}
            assert max(areas, key=lambda name: areas[name]) == "pose_view"


def test_no_window_is_smaller_than_its_targets_need(stage: Stage) -> None:
    stage.guide("bedtime")
    stage.resize(10, 10)
    assert (stage.window.width(), stage.window.height()) == (320, 420)
    assert_tidy(stage.page)
