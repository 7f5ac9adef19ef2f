"""Reduced motion, on every page: key poses and a number, and nothing else that moves."""

import pytest
from PySide6.QtCore import QAbstractAnimation, QTimer

from relief_app.core.preferences import Settings
from tests.ui.conftest import MakeStage
from tests.ui.scenes import SCENES, play
from tests.ui.stage import FRAMES_MS, Stage, channels

STILL_MS = 500
"""So often the number is looked at; a pack's line of what is left twice as often."""
LOOK_MS = 250
MOVING = ["cramp", "cramp standing", "bedtime", "massage", "demonstration"]


def ticking(stage: Stage) -> set[int]:
    """Intervals of the timers that fire again and again."""
    timers = stage.window.findChildren(QTimer)
    return {timer.interval() for timer in timers if timer.isActive() and not timer.isSingleShot()}


@pytest.mark.parametrize("name", sorted(SCENES))
def test_nothing_ticks_but_for_the_number(make_stage: MakeStage, name: str) -> None:
    stage = play(make_stage, name, reduced_motion=True)
    assert ticking(stage) <= {STILL_MS, LOOK_MS}
    assert not stage.window.findChildren(QAbstractAnimation)


def frames(stage: Stage) -> set[bytes]:
    """What the figure looks like within two seconds."""
    seen = set()
    for _ in range(4):
        stage.move(STILL_MS)
        seen.add(channels(stage.picture("pose_view")).tobytes())
    return seen


@pytest.mark.parametrize("name", MOVING)
def test_the_figure_stands_still_where_it_would_move(make_stage: MakeStage, name: str) -> None:
    moving = play(make_stage, name, (480, 640))
    moving.move(4_000)
    assert len(frames(moving)) > 1
    still = play(make_stage, name, (480, 640), reduced_motion=True)
    still.move(4_000)
    assert len(frames(still)) == 1


def test_it_is_chosen_while_a_guide_runs(make_stage: MakeStage) -> None:
    stage = play(make_stage, "bedtime")
    assert ticking(stage) & set(FRAMES_MS) - {STILL_MS}
    stage.window.use_settings(Settings(reduced_motion=True))
    stage.move(STILL_MS)
    assert ticking(stage) == {STILL_MS}
