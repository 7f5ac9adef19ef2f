"""How late step ends are told while the event loop is busy: 1,000 steps through the real driver.

A timer blocks the event loop 10 ms out of every 50, as a slow repaint would. Lateness is what a listener
sees: the time it is told of a step's end minus the time that end was due. Prints one line of JSON.
"""

import json
import time
from itertools import repeat

from PySide6.QtCore import QCoreApplication, Qt, QTimer

from relief_app.core.anatomy import TRICEPS_SURAE, Leg
from relief_app.core.events import Event, HoldEnded, SessionEnded, SessionStarted
from relief_app.core.exercise import Exercise, Kind, Position
from relief_app.core.routine import Hold
from relief_app.core.session import Session
from relief_app.desktop.clock import SystemClock
from relief_app.desktop.session_driver import SessionDriver

STEPS = 1000
STEP_MS = 47
"""No multiple of the busy period, so that step ends fall on every part of it."""

BUSY_MS, PERIOD_MS = 10, 50

_EXERCISE = Exercise(
    id="bench",
    letter="X",
    name="Bench",
    kind=Kind.HOLD,
    position=Position.SITTING,
    targets=TRICEPS_SURAE,
    knee_deg=0.0,
    dorsiflexion_deg=0.0,
    dorsiflexion_max_deg=0.0,
    safety=frozenset(),
    cue="Hold.",
    source="seed",
)


class Listener:
    """Notes how late it is told of each step's end, and what the schedule adds up to."""

    def __init__(self) -> None:
        self.late_ms: list[float] = []
        self._started = 0
        self.scheduled_ms = 0

    def hear(self, event: Event) -> None:
        """Take one event; the last one ends the event loop."""
        match event:
            case SessionStarted():
                self._started = event.at
            case HoldEnded():
                self.late_ms.append(_boot_ms() - event.at)
            case SessionEnded():
                self.scheduled_ms = event.at - self._started
                QCoreApplication.quit()


def run(steps: int = STEPS) -> Listener:
    """Drive a session of so many steps in a busy event loop to its end."""
    listener = Listener()
    driver = SessionDriver(SystemClock())
    driver.happened.connect(listener.hear)
    busy = QTimer()
    busy.setTimerType(Qt.TimerType.PreciseTimer)
    busy.timeout.connect(_be_busy)
    busy.start(PERIOD_MS)
    driver.begin(Session("bench", _holds(steps)), urgent=True)
    QCoreApplication.exec()
    return listener


def figures(listener: Listener) -> dict[str, float]:
    """Return the median, the 99th percentile and the worst lateness, and what the schedule is off, in ms."""
    late = sorted(listener.late_ms)
    return {
        "median_ms": late[len(late) // 2],
        "p99_ms": late[len(late) * 99 // 100],
        "worst_ms": late[-1],
        "steps": len(late),
        "sum_off_ms": listener.scheduled_ms - len(late) * STEP_MS,
    }


def _holds(steps: int) -> tuple[Hold, ...]:
    numbers = range(1, steps + 1)
    return tuple(
        Hold(0, _EXERCISE, leg, number, steps, STEP_MS, 0, open_ended=False, cue="Hold.")
        for number, leg in zip(numbers, repeat(Leg.LEFT), strict=False)
    )


def _boot_ms() -> float:
    """Return the driver's clock with its fractions."""
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) / 1e6


def _be_busy() -> None:
    until = time.monotonic() + BUSY_MS / 1000
    while time.monotonic() < until:
        pass


if __name__ == "__main__":
    application = QCoreApplication([])
    print(json.dumps(figures(run())))
