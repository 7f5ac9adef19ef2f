"""Large text and small windows: nothing is cut off, nothing lies over anything, nothing becomes tiny."""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import combinations

import pytest
from PySide6.QtCore import QPoint, QRectF, Qt
from PySide6.QtGui import QFont
from PySide6.QtWidgets import QApplication, QScrollArea, QWidget

from relief_app.ui.widgets.themed import SMALLEST_TARGET
from relief_app.ui.widgets.touch_field import TouchField
from tests.ui.conftest import MakeStage
from tests.ui.drawn_words import Words, in_sight, seen_rect, written_on
from tests.ui.scenes import PARTS, Size, cool_down, played
from tests.ui.stage import Stage, targets

Key = Qt.Key
USUAL_POINTS = 10.0
ROUNDING = 1.5
ROUTINES = (
    *("bedtime", "cramp-bed", "cramp-standing", "demonstration"),
    *("massage", "micro-break", "post-run"),
)
LEAST_WORDS, SMALLEST_WORDS = 13, 14
"""Pixels, at usual text size: a font is as large as its place allows, and most are this large."""
GROWS_AT_LEAST = 1.5
"""At 200 % a text is this much larger than at 100 %,"""
AS_GOOD_AS_TWICE = 2 * SMALLEST_WORDS
"""or it is as large as the smallest words are when doubled."""


@contextmanager
def text_at(scale: float) -> Iterator[None]:
    """The person wants text of this size."""
    app = QApplication.instance()
    assert isinstance(app, QApplication)
    usual = app.font()
    large = QFont(usual)
    large.setPointSizeF(USUAL_POINTS * scale)
    app.setFont(large)
    yield
    app.setFont(usual)


def scrolled(widget: QWidget) -> QWidget | None:
    """The ground on which `widget` scrolls, if it does."""
    parent = widget.parentWidget()
    while parent is not None:
        if isinstance(parent, QScrollArea):
            return parent.widget()
        parent = parent.parentWidget()
    return None


def reachable(widget: QWidget) -> QRectF:
    """Where `widget` can be seen: as far as its parents let it, or anywhere on a ground that scrolls."""
    ground, seen = scrolled(widget), seen_rect(widget)
    if ground is None:
        return seen
    window = widget.window()
    whole = QRectF(widget.mapTo(window, QPoint()), widget.size())
    whole &= QRectF(ground.mapTo(window, QPoint()), ground.size())
    return QRectF(seen.left(), whole.top(), seen.width(), whole.height()) if seen.width() else whole


def cut_off(words: Words) -> bool:
    """Whether some of `words` is outside its place or out of reach."""
    near = QRectF(words.box).adjusted(ROUNDING, ROUNDING, -ROUNDING, -ROUNDING)
    return not (words.place.contains(near) and reachable(words.widget).contains(near))


def overlapping(words: list[Words]) -> list[str]:
    """Pairs of texts that lie over each other."""
    boxes = [(each, each.box & each.place) for each in words if scrolled(each.widget) is None]
    return [
        f"{one.name} {one.text!r} lies over {other.name} {other.text!r}"
        for (one, first), (other, second) in combinations(boxes, 2)
        if min((first & second).width(), (first & second).height()) > 2 * ROUNDING
    ]


def asked_now(stage: Stage) -> QWidget:
    """The page, or the question that lies over it."""
    panel = stage.window.findChild(QWidget, "pack_panel")
    return panel if panel is not None and panel.isVisible() else stage.page


def hard_to_hit(stage: Stage) -> list[str]:
    """What is smaller than a target, out of reach, or under something else."""
    found, asked = [], asked_now(stage)
    buttons = list(targets(asked))
    for button in buttons:
        if min(button.width(), button.height()) < SMALLEST_TARGET:
            found.append(f"{button.objectName()} is {button.width()} x {button.height()}")
        ground = scrolled(button) or stage.window
        at = QRectF(button.mapTo(ground, QPoint()), button.size())
        if not QRectF(ground.rect()).contains(at):
            found.append(f"{button.objectName()} leaves its ground: {at}")
    for one, other in combinations(buttons, 2):
        first, second = (QRectF(each.mapTo(stage.window, QPoint()), each.size()) for each in (one, other))
        if scrolled(one) is scrolled(other) and first.intersects(second):
            found.append(f"{one.objectName()} lies over {other.objectName()}")
    return found


def squeezed_fields(stage: Stage) -> list[str]:
    """Lines to type in that are lower than their text."""
    fields = (field for field in stage.page.findChildren(TouchField) if field.isVisible())
    return [field.objectName() for field in fields if field.fontMetrics().height() > field.height() - 4]


def complaints(stage: Stage, least: int) -> list[str]:
    """What is wrong with the present page; `least`: smallest size of text in pixels."""
    words = [each for each in written_on(stage.window) if in_sight(stage.window, each)]
    assert words
    found = [f"{each.name} cuts off {each.text!r}, {each.pixels} px" for each in words if cut_off(each)]
    found += [
        f"{each.name} writes {each.text!r} {each.pixels} px small" for each in words if each.pixels < least
    ]
    return found + overlapping(words) + hard_to_hit(stage) + squeezed_fields(stage)


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part[0])
@pytest.mark.parametrize(
    ("size", "scale", "least"),
    [((480, 640), 1.0, 13), ((480, 640), 1.3, 14), ((320, 420), 1.0, 10)],
    ids=["small window", "small window, text at 130 %", "smallest window"],
)
@pytest.mark.usefixtures("qapp")
def test_nothing_is_cut_off_or_tiny(size: Size, scale: float, least: int, part: tuple[str, ...]) -> None:
    found = []
    with text_at(scale):
        for name in part:
            with played(name, size) as stage:
                assert stage.window.size().toTuple() == size
                found += [f"{name}: {each}" for each in complaints(stage, least)]
    assert not found, "\n".join(found)


def sizes(stage: Stage) -> dict[tuple[str, str], int]:
    """How large each text is, by the name of its widget and what it says."""
    return {(each.name, each.text): each.pixels for each in written_on(stage.window)}


@pytest.mark.parametrize("part", PARTS, ids=lambda part: part[0])
@pytest.mark.usefixtures("qapp")
def test_text_at_200_percent_grows_and_nothing_is_cut_off(part: tuple[str, ...]) -> None:
    found = []
    for name in part:
        with played(name) as stage:
            found += [f"{name}: {each}" for each in complaints(stage, LEAST_WORDS)]
            usual = sizes(stage)
        with text_at(2.0), played(name) as stage:
            found += [f"{name}, 200 %: {each}" for each in complaints(stage, round(1.5 * LEAST_WORDS))]
            # What says less than at 100 % is a key beside words.
            wanted = {key: GROWS_AT_LEAST * usual.get(key, SMALLEST_WORDS) for key in sizes(stage)}
            found += [
                f"{name}, 200 %: {key} is {pixels} px, at 100 % {usual.get(key)} px"
                for key, pixels in sizes(stage).items()
                if pixels < min(AS_GOOD_AS_TWICE, wanted[key])
            ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize(("scale", "least"), [(1.0, 36), (2.0, 50)])
def test_every_cue_of_every_routine_is_large(make_stage: MakeStage, scale: float, least: int) -> None:
    """To be read from two metres in a window of 1280 x 800."""
    found = []
    with text_at(scale):
        for routine in ROUTINES:
            stage = make_stage(clear=True)
            stage.resize(1280, 800)
            cool_down(stage) if routine == "post-run" else stage.guide(routine)
            for _ in range(stage.view().count):
                for each in written_on(stage.window):
                    if each.name == "cue_label" and (cut_off(each) or each.pixels < least):
                        found.append(f"{routine}: {each.text!r} is {each.pixels} px")
                stage.press(Key.Key_Right)
    assert not found, "\n".join(found)
