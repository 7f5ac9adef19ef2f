"""The keyboard is never lost: whatever a step does to its page, it stays, or comes to what is in sight.

A person who tabbed to a button and waits there must not find the keyboard gone when the next hold begins.
"""

from collections.abc import Callable

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget

from relief_app.core.steering import Steer
from relief_app.ui.tab_order import stops
from tests.ui.conftest import MakeStage
from tests.ui.drawn_words import seen_rect
from tests.ui.scenes import SCENES, play
from tests.ui.stage import QUIET_AFTER_MS, Stage
from tests.ui.test_large_text import asked_now

Key = Qt.Key
MIN = 60_000
LEAST_SEEN = 20
GUIDED = [
    *(name for name in SCENES if name.startswith(("cramp", "bedtime", "micro-break", "massage"))),
    *("heat on", "ice on, lid open", "look at the skin, heat", "pack off first", "pack alarm"),
    *("wrong below pack off first", "wrong in a session", "wrong, ten minutes", "demonstration"),
]


def next_step(stage: Stage) -> None:
    """Time passes to the next hold."""
    before = (stage.view().index, stage.view().phase)
    for _ in range(40):
        if (stage.view().index, stage.view().phase) != before:
            return
        stage.move(5_000)


def quiet(stage: Stage) -> None:
    """The small buttons of a cramp would go now."""
    for timer in stage.timers(QUIET_AFTER_MS):
        timer.timeout.emit()


def pause(stage: Stage) -> None:
    _steer(stage, Steer.PAUSE)


def resume(stage: Stage) -> None:
    _steer(stage, Steer.RESUME)


def other_leg(stage: Stage) -> None:
    _steer(stage, Steer.LEG)


def night(stage: Stage) -> None:
    stage.window.toggle_night()


def other_size(stage: Stage) -> None:
    stage.resize(480, 640)


def the_end(stage: Stage) -> None:
    """An alarm or the end of all steps, whichever comes first."""
    for _ in range(20):
        stage.move(3 * MIN)


CHANGES: tuple[Callable[[Stage], None], ...] = (
    *(next_step, quiet, pause, night, resume, other_leg, other_size, the_end),
)


def _steer(stage: Stage, command: Steer) -> None:
    page = stage.window.guide
    page.steer(command)


def is_reached(stage: Stage, part: QWidget) -> bool:
    """Whether `part` is on the page, or on what lies over it, and not below that."""
    asked = asked_now(stage)
    banner = stage.window.findChild(QWidget, "pack_banner")
    places = (asked, *([banner] if banner is not None and asked is stage.page else []))
    return any(place is part or place.isAncestorOf(part) for place in places)


def reached(stage: Stage) -> list[QWidget]:
    """Where Tab leads to now."""
    return [stop for stop in stops(stage.window) if is_reached(stage, stop)]


def problem(stage: Stage) -> str:
    """Why the keyboard is nowhere; "" where it is somewhere that can be seen."""
    now = QApplication.focusWidget()
    if now is None:
        return "the keyboard is nowhere"
    name = now.objectName()
    if not now.isVisible() or not now.isEnabled():
        return f"the keyboard is on {name}, which is gone"
    asked = asked_now(stage)
    if not is_reached(stage, now):
        return f"the keyboard is on {name}, below {asked.objectName()}"
    seen = seen_rect(now)
    if min(seen.width(), seen.height()) < LEAST_SEEN:
        return f"the keyboard is on {name}, out of sight"
    return ""


@pytest.mark.parametrize("scene", GUIDED)
def test_no_step_takes_the_keyboard_away(make_stage: MakeStage, scene: str) -> None:
    stage = play(make_stage, scene)
    names = [stop.objectName() for stop in reached(stage)]
    stage.close()
    for name in names:
        stage = play(make_stage, scene)
        if name not in [stop.objectName() for stop in reached(stage)]:
            stage.press(Key.Key_Tab)  # which shows what a cramp hides
        at = next(stop for stop in reached(stage) if stop.objectName() == name)
        at.setFocus(Qt.FocusReason.TabFocusReason)
        for change in CHANGES:
            page, was = stage.window.page_name, QApplication.focusWidget()
            assert was is not None
            change(stage)
            QApplication.processEvents()
            found = problem(stage)
            assert not found, f"from {name}, after {change.__name__}: {found}"
            if change is not the_end and stage.window.page_name == page and is_reached(stage, was):
                is_gone = not was.isVisible() or not was.isEnabled()
                assert is_gone or was.hasFocus(), f"{was.objectName()} lost it by {change.__name__}"
        stage.close()
