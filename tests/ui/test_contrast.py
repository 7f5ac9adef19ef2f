"""Contrast as it is painted, on every page: of words, of what bounds a control, of who has the keyboard."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QPoint, QRect, QRectF, Qt
from PySide6.QtGui import QImage
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from relief_app.core.preferences import NightColour, Settings
from relief_app.ui.theme import THEMES
from relief_app.ui.widgets.themed import SMALLEST_TARGET
from relief_app.ui.widgets.touch_field import TouchField
from tests.support.colour_vision import contrast
from tests.support.figures import RecordFigure
from tests.ui.conftest import MakeStage
from tests.ui.drawn_words import in_sight, seen_rect, with_and_without
from tests.ui.scenes import PARTS, play, played
from tests.ui.stage import Stage, channels, targets
from tests.ui.test_large_text import asked_now

Pixels = npt.NDArray[np.uint8]
LEAST = {"light": 7.0, "dark": 7.0, "night": 4.5}
"""Of text against its ground: AAA; by night, where pure red on black is 5.25, as much as AA asks."""
LEAST_EDGE = 3.0
DIM = "bedside, the clock"
"""Dim on purpose: it lights a room in which somebody sleeps, and nobody has to read it."""
POINTED_AT = ["home", "cramp, all buttons", "wrong", "settings", "care, nothing answered", "after a run"]
"""Scenes with buttons of every kind."""


def pixels(stage: Stage) -> Pixels:
    """Red, green and blue of the window."""
    return channels(stage.window.grab().toImage())[..., ::-1]


def cut(image: Pixels, rect: QRectF | QRect) -> Pixels:
    box = rect.toRect() if isinstance(rect, QRectF) else rect
    return image[max(box.top(), 0) : box.bottom() + 1, max(box.left(), 0) : box.right() + 1]


def of_words(stage: Stage) -> Iterator[tuple[float, str]]:
    """The contrast that the strokes of each text reach against what is painted behind them."""
    words, full, bare = with_and_without(stage.window)
    reached = contrast(full[..., ::-1], bare[..., ::-1])
    for each in words:
        there = cut(reached, each.box & each.place & seen_rect(each.widget))  # type: ignore[arg-type] # ratios
        # Less than a few pixels in sight: scrolled away.
        if in_sight(stage.window, each) and there.shape[0] > each.pixels / 2 and there.size:
            yield float(there.max()), f"{each.name} {each.text!r}"


def of_fields(stage: Stage) -> Iterator[tuple[float, str]]:
    """The same for lines to type in, which a style of Qt's paints."""
    for field in shown_fields(stage):
        full, text, hint = pixels(stage), field.text(), field.placeholderText()
        field.setText("")
        field.setPlaceholderText("")
        there = contrast(full, pixels(stage))
        field.setText(text)
        field.setPlaceholderText(hint)
        yield float(there.max()), f"{field.objectName()} {text or hint!r}"


def place_of(widget: QWidget) -> QRect:
    """Where `widget` is in its window, as far as it is seen."""
    whole = QRectF(widget.mapTo(widget.window(), QPoint()), widget.size())
    return (whole & seen_rect(widget)).toRect()


def bounds(image: Pixels, place: QRect) -> float:
    """The most that the left edge of a control, or its face, differs from what is around it."""
    middle = place.center().y()
    rows = image[middle - 8 : middle + 8, place.left() : place.left() + 9]
    ground = image[middle - 8 : middle + 8, place.left() : place.left() + 1]
    return float(contrast(rows, np.broadcast_to(ground, rows.shape)).max())


def is_bounded(button: QAbstractButton) -> bool:
    """Buttons of a picture alone, and "Reset", have no outline; they are seen by what is in them."""
    name = button.objectName()
    bare = ("night_button", "mute_button", "full_screen_button", "help_button", "leave_button")
    return name not in (*bare, "settings_button") and not name.endswith("reset_button")


def shown_fields(stage: Stage) -> list[TouchField]:
    return [field for field in stage.page.findChildren(TouchField) if field.isVisible()]


def of_outlines(stage: Stage) -> Iterator[tuple[float, str]]:
    """The contrast of what bounds each control in sight."""
    image = pixels(stage)
    for each in (*filter(is_bounded, targets(asked_now(stage))), *shown_fields(stage)):
        if place_of(each).height() >= SMALLEST_TARGET / 2:
            yield bounds(image, place_of(each)), each.objectName()


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part[0])
@pytest.mark.parametrize("theme", sorted(THEMES))
@pytest.mark.usefixtures("qapp")
def test_every_text_and_every_outline_on_every_page_stands_out(
    theme: str, part: tuple[str, ...], record_figure: RecordFigure
) -> None:
    words: list[tuple[float, str]] = []
    outlines: list[tuple[float, str]] = []
    for name in part:
        with played(name, forced=theme) as stage:
            if stage.window.theme_name != theme or name == DIM:  # beside the bed it is black in every theme
                continue
            words += [(ratio, f"{name}: {what}") for ratio, what in (*of_words(stage), *of_fields(stage))]
            outlines += [(ratio, f"{name}: {what}") for ratio, what in of_outlines(stage)]
    record_figure(f"worst contrast of text, {theme}", round(min(words)[0], 2), keep="least")
    record_figure(f"worst contrast of an outline, {theme}", round(min(outlines)[0], 2), keep="least")
    assert len(words) > 3 * len(part)
    assert min(words)[0] >= LEAST[theme], min(words)
    assert min(outlines)[0] >= LEAST_EDGE, min(outlines)


def test_the_amber_night_stands_out(make_stage: MakeStage, record_figure: RecordFigure) -> None:
    """As the red one, of which it is made colour by colour."""
    words, outlines = [], []
    for name in (*POINTED_AT, "bedtime", "heat on", "own data: erase"):
        settings = Settings(night_colour=NightColour.AMBER)
        stage = play(make_stage, name, forced="night", settings=settings)
        words += [*of_words(stage), *of_fields(stage)]
        outlines += list(of_outlines(stage))
        stage.close()
    record_figure("worst contrast of text, amber night", round(min(words)[0], 2), keep="least")
    assert min(words)[0] >= LEAST["night"], min(words)
    assert min(outlines)[0] >= LEAST_EDGE, min(outlines)


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_texts_stand_out_under_the_pointer_too(make_stage: MakeStage, theme: str) -> None:
    for name in POINTED_AT:
        stage = play(make_stage, name, forced=theme)
        for button in targets(stage.page):
            button.setAttribute(Qt.WidgetAttribute.WA_UnderMouse)
        assert min(of_words(stage))[0] >= LEAST[theme], (name, min(of_words(stage)))


def can_have_focus(root: QWidget) -> list[QWidget]:
    """What Tab may reach on `root`."""
    wanted = Qt.FocusPolicy.TabFocus.value
    return [
        each
        for each in root.findChildren(QWidget)
        if each.isVisible() and each.isEnabled() and each.focusPolicy().value & wanted
    ]


def of_focus(stage: Stage, widget: QWidget) -> float:
    """How far the frame of `widget` changes when it takes the keyboard."""
    stage.window.setFocus()
    QApplication.processEvents()
    widget.setFocus(Qt.FocusReason.TabFocusReason)
    QApplication.processEvents()
    on = pixels(stage)
    place = place_of(widget)
    widget.clearFocus()
    QApplication.processEvents()
    ratio = contrast(cut(on, place), cut(pixels(stage), place))
    ratio[6:-6, 6:-6] = 0.0
    return float(ratio.max())


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_who_has_the_keyboard_is_seen(make_stage: MakeStage, theme: str, record_figure: RecordFigure) -> None:
    found = []
    for name in (*POINTED_AT, "anatomy", "country", "own data: restore", "look at the skin, heat"):
        stage = play(make_stage, name, forced=theme)
        parts = can_have_focus(asked_now(stage))
        assert len(parts) >= 2
        found += [(of_focus(stage, part), f"{name}: {part.objectName()}") for part in parts[:16]]
        stage.close()
    record_figure(f"worst contrast of the focus ring, {theme}", round(min(found)[0], 2), keep="least")
    assert min(found)[0] >= LEAST_EDGE, sorted(found)[:5]


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_what_is_left_of_the_ring_stands_out_from_what_is_gone(theme: str) -> None:
    colours = THEMES[theme]

    def ratio(one: str, other: str) -> float:
        first, second = (QImage(1, 1, QImage.Format.Format_RGB32) for _ in range(2))
        first.fill(colours.colour(one))
        second.fill(colours.colour(other))
        return float(contrast(channels(first)[..., ::-1], channels(second)[..., ::-1])[0, 0])

    assert ratio("ring", "ring_track") >= LEAST_EDGE
    assert ratio("ring", "window") >= LEAST_EDGE
    assert ratio("muted", "window") >= LEAST_EDGE
