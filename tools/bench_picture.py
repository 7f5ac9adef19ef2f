"""How long one frame of the picture takes: the real widget, 1920x1080 itself, painted in memory.

Goes through all positions of the cramp and bedtime routines in their order, frame by frame as the guide
does: from one position to the next, into the stretch, then held through a breath. A frame is the processor
time (on an idle machine that is the time on the clock) from a new state to the pixels. Prints one line of
JSON.
"""

import json
import os
import time
from collections.abc import Iterable, Iterator
from itertools import pairwise

from PySide6.QtWidgets import QApplication

from relief_app.core.anatomy import Leg
from relief_app.core.routine import plan
from relief_app.pictures.figure import PoseState
from relief_app.pictures.motion import ARRIVAL_MS, BREATH_MS, EASE_IN_MS, arrival, breath, smooth_step
from relief_app.storage.catalogue import Catalogue
from relief_app.ui.pages.guide_motion import EASE_FRAME_MS, FRAME_MS
from relief_app.ui.widgets.pose_view import PoseView

SIZE = (1920, 1080)
ROUTINES = ("cramp-bed", "cramp-standing", "bedtime")


def exercises() -> list[str]:
    """The exercises of the routines, one after the other, seated and standing alike."""
    catalogue = Catalogue()
    order: list[str] = []
    for name in ROUTINES:
        for seated in (True, False):
            holds = plan(catalogue.routine(name), catalogue.exercises, Leg.LEFT, seated=seated)
            order += [hold.exercise.id for hold in holds]
    return [order[0], *(after for before, after in pairwise(order) if after != before)]


def changing(before: str, after: str) -> Iterator[PoseState]:
    """From one position to the next, and into its stretch."""
    for ms in range(0, ARRIVAL_MS, FRAME_MS):
        yield PoseState(after, 0.0, breath(ms), previous=before, arrival=arrival(ms))
    for ms in range(0, EASE_IN_MS, EASE_FRAME_MS):
        yield PoseState(after, smooth_step(ms / EASE_IN_MS), breath(ms))
    yield PoseState(after, 1.0, breath(EASE_IN_MS))


def held(exercise: str) -> Iterator[PoseState]:
    """One breath at fifteen frames a second."""
    times = range(EASE_FRAME_MS, BREATH_MS, EASE_FRAME_MS)
    return (PoseState(exercise, 1.0, breath(EASE_IN_MS + ms)) for ms in times)


def frames_ms(view: PoseView, states: Iterable[PoseState]) -> list[float]:
    """Show one state after the other; return what each cost."""
    costs = []
    for state in states:
        started = time.thread_time_ns()
        view.show_pose(state)
        QApplication.processEvents()
        costs.append((time.thread_time_ns() - started) / 1e6)
    return costs


def figures(order: list[str], size: tuple[int, int] = SIZE) -> dict[str, float]:
    """Return the median and the 99th percentile of both kinds of frames, in ms."""
    view = PoseView()
    view.resize(*size)
    view.show()
    frames_ms(view, held(order[0]))
    moves, holds = [], []
    for before, after in pairwise(order):
        moves += frames_ms(view, changing(before, after))
        holds += frames_ms(view, held(after))
    return {
        "held_median_ms": _share(holds, 50),
        "held_p99_ms": _share(holds, 99),
        "changing_median_ms": _share(moves, 50),
        "changing_p99_ms": _share(moves, 99),
        "frames": len(holds) + len(moves),
    }


def _share(costs: list[float], percent: int) -> float:
    return round(sorted(costs)[len(costs) * percent // 100], 2)


if __name__ == "__main__":
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    application = QApplication([])
    print(json.dumps(figures(exercises())))
