"""The pointer: our own at night, never in the way of a guide, and the system's everywhere else."""

import numpy as np
import pytest
from PySide6.QtCore import QEvent, QPointF, Qt
from PySide6.QtGui import QGuiApplication, QImage, QMouseEvent
from PySide6.QtWidgets import QApplication

from relief_app.core.preferences import NightColour, Settings
from relief_app.pictures.palette import GREEN_OF_AMBER
from relief_app.ui.pointer import STILL_AFTER_MS, arrow
from relief_app.ui.theme import AMBER, NIGHT
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage, channels

Key = Qt.Key
HIDDEN, OWN, SYSTEMS = "hidden", "our own", "the system's"


def shape() -> str:
    cursor = QGuiApplication.overrideCursor()
    if cursor is None:
        return SYSTEMS
    assert cursor.shape() is Qt.CursorShape.BitmapCursor
    return OWN if channels(cursor.pixmap().toImage()).any(axis=2).sum() > 50 else HIDDEN


def move(stage: Stage, x: float, y: float = 40.0) -> None:
    """Move over the window, wherever that is, as the window system tells it."""
    none, at = Qt.MouseButton.NoButton, QPointF(x, y)
    event = QMouseEvent(QEvent.Type.MouseMove, at, at, none, none, Qt.KeyboardModifier.NoModifier)
    QApplication.sendEvent(stage.window.windowHandle(), event)


def rest(stage: Stage) -> None:
    stage.timer(STILL_AFTER_MS).timeout.emit()


@pytest.mark.parametrize("page", ["guide", "home", "settings"])
def test_at_night_it_is_ours_and_hides_until_it_is_moved(make_stage: MakeStage, page: str) -> None:
    stage = make_stage(forced="night")
    assert shape() == SYSTEMS, "there is no window yet"
    stage.guide() if page == "guide" else stage.home()
    if page == "settings":
        stage.press(Key.Key_Comma)
    assert shape() == HIDDEN
    move(stage, 50)
    assert shape() == HIDDEN, "a window that opens below it is no move"
    move(stage, 51)
    assert shape() == OWN
    rest(stage)
    assert shape() == HIDDEN
    move(stage, 51)
    assert shape() == HIDDEN
    move(stage, 52)
    assert shape() == OWN


def test_by_day_it_hides_on_the_guide_alone(make_stage: MakeStage) -> None:
    stage = make_stage().home()
    assert shape() == SYSTEMS
    stage.press(Key.Key_B)
    assert shape() == HIDDEN
    move(stage, 50)
    move(stage, 60)
    assert shape() == SYSTEMS
    rest(stage)
    assert shape() == HIDDEN
    stage.press(Key.Key_W)
    assert shape() == SYSTEMS


def test_beside_the_bed_it_never_shows(make_stage: MakeStage) -> None:
    stage = make_stage().home()
    stage.window.bedside.enter()
    move(stage, 50)
    move(stage, 60)
    assert (stage.window.page_name, shape()) == ("bedside_page", HIDDEN)


def test_it_follows_key_n_and_the_colour_of_the_night(make_stage: MakeStage) -> None:
    stage = make_stage(settings=Settings(night_colour=NightColour.AMBER)).home()
    move(stage, 50)
    move(stage, 60)
    assert shape() == SYSTEMS
    stage.press(Key.Key_N)
    assert shape() == OWN
    cursor = QGuiApplication.overrideCursor()
    assert cursor is not None
    assert cursor.pixmap().toImage().pixelColor(4, 8).name() == AMBER.text
    stage.press(Key.Key_N)
    assert shape() == SYSTEMS


def test_a_window_that_is_gone_leaves_nothing_behind(make_stage: MakeStage) -> None:
    stage = make_stage(forced="night").home()
    assert shape() == HIDDEN
    stage.window.hide()
    assert shape() == SYSTEMS
    stage.window.show()
    assert shape() == HIDDEN


@pytest.mark.parametrize("colour", ["red", "amber"])
@pytest.mark.parametrize("ratio", [1.0, 2.0])
def test_every_pixel_of_ours_is_the_nights(qapp: QApplication, colour: str, ratio: float) -> None:
    theme = NIGHT if colour == "red" else AMBER
    cursor = arrow(theme.text, ratio)
    image = cursor.pixmap().toImage().convertToFormat(QImage.Format.Format_ARGB32_Premultiplied)
    pixels = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.width(), 4).astype(int)
    blue, green, red, alpha = np.moveaxis(pixels, 2, 0)
    assert blue.max() == 0
    assert np.abs(green - (GREEN_OF_AMBER if colour == "amber" else 0) * red).max() <= 2
    assert red.max() == 255
    assert 0.1 < (alpha == 255).mean() < 0.5
    assert (alpha == 0).mean() > 0.4
    assert alpha[round(2 * ratio), round(2 * ratio)] > 0, "its tip is where it points"
