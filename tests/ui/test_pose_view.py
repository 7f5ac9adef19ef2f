"""The picture on screen: after any number of partial repaints it is what a fresh one would be."""

from collections.abc import Callable, Mapping
from itertools import pairwise

import numpy as np
import numpy.typing as npt
import pytest
from PySide6.QtCore import QRect
from PySide6.QtGui import QPaintEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from relief_app.core.anatomy import Leg
from relief_app.core.posture import EXERCISES_DRAWN
from relief_app.pictures.figure import PoseState
from relief_app.pictures.motion import arrival, breath, smooth_step
from relief_app.ui.theme import THEMES
from relief_app.ui.widgets.pose_view import PoseView
from tests.ui.stage import channels

SIZE = (420, 300)
ROUNDING = 2
"""Levels of 255: where the part painted again cuts through an edge, Qt rounds its antialiasing anew. What is
left behind of a limb differs by dozens."""


class Watched(PoseView):
    """Notes which part it is asked to paint."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[QRect] = []

    def paintEvent(self, event: QPaintEvent) -> None:  # noqa: N802 - Qt's name
        self.asked.append(event.rect())
        super().paintEvent(event)


@pytest.fixture
def show(qtbot: QtBot) -> Callable[..., Watched]:
    def make(theme: str = "light") -> Watched:
        view = Watched()
        qtbot.addWidget(view)
        view.set_theme(THEMES[theme])
        view.resize(*SIZE)
        return view

    return make


def seen(view: PoseView) -> npt.NDArray[np.uint8]:
    """What stands on the screen, frame upon frame, painting nothing anew."""
    QApplication.processEvents()
    return channels(view.screen().grabWindow(view.winId()).toImage())


def farthest(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> int:
    """The largest difference of a colour, in levels."""
    return int(np.abs(one.astype(int) - other.astype(int)).max())


def held(exercise: str, leg: Leg = Leg.RIGHT) -> list[PoseState]:
    """Going into the pose, then breathing."""
    into = [PoseState(exercise, phase=smooth_step(k / 5), leg=leg) for k in range(6)]
    return into + [PoseState(exercise, breath=breath(ms), leg=leg) for ms in range(0, 3_000, 400)]


def changing(before: str, after: str) -> list[PoseState]:
    """From one position to the next, and into its stretch."""
    way = [PoseState(after, phase=0.0, previous=before, arrival=arrival(ms)) for ms in range(0, 2_500, 300)]
    return [PoseState(before), *way, PoseState(after, phase=0.0), PoseState(after, phase=0.3, breath=0.4)]


def assert_like_fresh(show: Callable[..., Watched], states: list[PoseState], theme: str = "light") -> None:
    view = show(theme)
    view.show()
    for state in states:
        view.show_pose(state)
        QApplication.processEvents()
    fresh = show(theme)
    fresh.show_pose(states[-1])
    fresh.show()
    assert farthest(seen(view), seen(fresh)) <= ROUNDING


@pytest.mark.parametrize("exercise", EXERCISES_DRAWN)
def test_many_partial_repaints_leave_what_a_fresh_view_paints(
    show: Callable[..., Watched], exercise: str
) -> None:
    assert_like_fresh(show, held(exercise))


@pytest.mark.parametrize(("before", "after"), tuple(pairwise(EXERCISES_DRAWN)))
def test_a_change_of_position_leaves_nothing_behind(
    show: Callable[..., Watched], before: str, after: str
) -> None:
    assert_like_fresh(show, changing(before, after))


@pytest.mark.parametrize("theme", sorted(THEMES))
def test_partial_repaints_in_every_theme_and_for_either_leg(show: Callable[..., Watched], theme: str) -> None:
    assert_like_fresh(show, held("towel-stretch", Leg.LEFT), theme)


def test_a_breath_repaints_the_chest_and_nothing_else(show: Callable[..., Watched]) -> None:
    view = show()
    view.show_pose(PoseState("standing-heel-flat", breath=0.2))
    view.show()
    QApplication.processEvents()
    view.asked.clear()
    view.show_pose(PoseState("standing-heel-flat", breath=0.3))
    QApplication.processEvents()
    (part,) = view.asked
    assert 0 < part.width() * part.height() < SIZE[0] * SIZE[1] / 8


def test_the_same_state_again_repaints_nothing(show: Callable[..., Watched]) -> None:
    view = show()
    view.show_pose(PoseState("rest", breath=0.2))
    view.show()
    QApplication.processEvents()
    view.asked.clear()
    view.show_pose(PoseState("rest", breath=0.2))
    QApplication.processEvents()
    assert not view.asked


CHANGES: Mapping[str, Callable[[PoseView], object]] = {
    "theme": lambda view: view.set_theme(THEMES["night"]),
    "size": lambda view: view.resize(500, 320),
    "veil": lambda view: view.show_pose(PoseState("rest"), veil=0.5),
}


@pytest.mark.parametrize("change", sorted(CHANGES))
def test_a_theme_a_size_and_a_veil_repaint_all_of_it(show: Callable[..., Watched], change: str) -> None:
    view = show()
    view.show_pose(PoseState("rest"))
    view.show()
    QApplication.processEvents()
    view.asked.clear()
    CHANGES[change](view)
    QApplication.processEvents()
    assert view.rect() in view.asked


def test_a_veil_that_goes_leaves_nothing(show: Callable[..., Watched]) -> None:
    view = show()
    view.show()
    for veil in (0.0, 0.7, 0.3, 0.0):
        view.show_pose(PoseState("rest"), veil=veil)
        QApplication.processEvents()
    fresh = show()
    fresh.show_pose(PoseState("rest"))
    fresh.show()
    assert farthest(seen(view), seen(fresh)) <= ROUNDING


def test_no_frame_of_the_night_holds_anything_but_red(show: Callable[..., Watched]) -> None:
    view = show("night")
    view.show()
    frames = [seen(view)]
    for state in [*held("rest")[:8], *changing("rest", "towel-stretch")]:
        view.show_pose(state)
        frames.append(seen(view))
    assert all(not frame[:, :, :2].any() for frame in frames)
    assert frames[-1].any()


def test_changes_made_while_hidden_are_seen_when_shown_again(show: Callable[..., Watched]) -> None:
    view = show()
    view.show_pose(PoseState("rest"))
    view.show()
    QApplication.processEvents()
    view.hide()
    view.show_pose(PoseState("rest", breath=0.5))
    view.show_pose(PoseState("rest", breath=0.9))
    view.show()
    fresh = show()
    fresh.show_pose(PoseState("rest", breath=0.9))
    fresh.show()
    assert farthest(seen(view), seen(fresh)) <= ROUNDING
