import json
import os
from collections.abc import Iterator

import pytest

from relief_app import __version__
from relief_app.core.anatomy import Leg
from relief_app.core.events import (
    AlarmRaised,
    AlarmReason,
    Countdown,
    HoldEnded,
    Outcome,
    Phase,
    PhaseStarted,
    SessionEnded,
)
from relief_app.core.steering import Steer
from relief_app.desktop.session_host import SessionHost
from relief_app.desktop.status import event_data, event_name, status
from tests.desktop.desk import HandClock, host_of

pytestmark = pytest.mark.usefixtures("qapp")

KEYS = {
    *("format", "state", "routine", "leg", "theme", "bedside", "rate", "step", "next", "release_s"),
    *("question", "exposure", "hydration", "version", "pid"),
}


class Told:
    """A session and what the status says of it."""

    def __init__(self) -> None:
        self.clock = HandClock()
        self.host: SessionHost = host_of(self.clock)

    def move(self, ms: int) -> None:
        self.clock.move(ms)
        self.host.driver.advance()

    def now(self) -> dict[str, object]:
        said = status(self.host.driver.view(), kept=False, leg=self.host.leg, theme="night", rate=1)
        assert json.loads(json.dumps(said)) == said
        return said

    def step(self) -> dict[str, object]:
        step = self.now()["step"]
        assert isinstance(step, dict)
        return step


@pytest.fixture
def told() -> Iterator[Told]:
    told = Told()
    yield told
    told.host.driver.drop()


@pytest.mark.parametrize(("kept", "state"), [(False, "idle"), (True, "ready")])
def test_without_a_session(kept: bool, state: str) -> None:
    assert status(None, kept=kept, leg=Leg.LEFT, theme="light", rate=1) == {
        "format": 1,
        "state": state,
        "routine": None,
        "leg": "left",
        "theme": "light",
        "bedside": False,
        "rate": 1,
        "step": None,
        "next": None,
        "release_s": None,
        "question": None,
        "exposure": None,
        "hydration": None,
        "version": __version__,
        "pid": os.getpid(),
    }


def test_while_getting_ready(told: Told) -> None:
    told.host.start("plain", Leg.LEFT)
    told.move(1_250)
    said = told.now()
    assert set(said) == KEYS
    assert (said["state"], said["routine"], said["leg"], said["theme"]) == (
        *("running", "plain", "left"),
        "night",
    )
    assert said["next"] == "lean"
    assert said["step"] == {
        "index": 0,
        "count": 2,
        "repetition": 1,
        "exercise": "pull",
        "kind": "hold",
        "leg": "left",
        "phase": "get_ready",
        "open_ended": False,
        "elapsed_s": 1.25,
        "remaining_s": 3.75,
        "duration_s": 5.0,
        "cue": "Do pull.",
    }


def test_while_holding(told: Told) -> None:
    told.host.start("plain", Leg.LEFT)
    told.move(5_000 + 7_600)
    assert told.step() == {
        "index": 0,
        "count": 2,
        "repetition": 1,
        "exercise": "pull",
        "kind": "hold",
        "leg": "left",
        "phase": "active",
        "open_ended": False,
        "elapsed_s": 7.6,
        "remaining_s": 12.4,
        "duration_s": 20.0,
        "cue": "Do pull.",
    }


def test_in_the_last_hold_nothing_comes_next(told: Told) -> None:
    told.host.start("plain", Leg.LEFT)
    told.host.driver.steer(Steer.NEXT)
    assert told.now()["next"] is None
    assert told.step()["index"] == 1


def test_while_resting_between_the_holds_of_a_cramp(told: Told) -> None:
    told.host.start("cramp", Leg.RIGHT, urgent=True)
    told.host.driver.steer(Steer.NEXT)
    told.move(5_000 + 20_000 + 2_000)
    step = told.step()
    assert (step["phase"], step["index"], step["repetition"], step["open_ended"]) == ("rest", 1, 2, True)
    assert (step["elapsed_s"], step["remaining_s"], step["duration_s"]) == (2.0, 3.0, 5.0)


def test_while_changing_legs(told: Told) -> None:
    told.host.start("both", Leg.RIGHT)
    told.move(5_000 + 6_000)
    step = told.step()
    assert (step["phase"], step["leg"], step["kind"]) == ("switch", "left", "movement")
    assert told.now()["leg"] == "right"


def test_while_paused_time_stands(told: Told) -> None:
    told.host.start("plain", Leg.LEFT)
    told.move(8_000)
    told.host.driver.steer(Steer.PAUSE)
    told.move(50_000)
    assert told.now()["state"] == "paused"
    assert told.step()["remaining_s"] == 17.0


def test_after_it_let_go(told: Told) -> None:
    told.host.start("cramp", Leg.LEFT, urgent=True)
    told.move(7_500)
    assert told.now()["release_s"] is None
    told.host.driver.steer(Steer.EASED)
    said = told.now()
    assert (said["state"], said["release_s"]) == ("running", 7.5)
    assert told.step()["exercise"] == "lie"


def test_in_an_alarm_and_when_it_is_over(told: Told) -> None:
    told.host.start("cramp", Leg.LEFT, urgent=True)
    told.move(600_000)
    assert told.now()["state"] == "alarm"
    told.host.driver.steer(Steer.STOP)
    assert told.now()["state"] == "finished"


def test_a_corrected_leg_is_the_one_told(told: Told) -> None:
    told.host.start("cramp", Leg.RIGHT, urgent=True)
    told.host.driver.steer(Steer.LEG)
    assert (told.now()["leg"], told.step()["leg"]) == ("left", "left")


@pytest.mark.parametrize(
    ("event", "name", "data"),
    [
        (Countdown(7, 3), "countdown", {"at": 7, "seconds": 3}),
        (
            PhaseStarted(7, 1, Phase.GET_READY, "pull", Leg.LEFT, 2, 5_000, True),
            "phase_started",
            {
                "at": 7,
                "index": 1,
                "phase": "get_ready",
                "exercise": "pull",
                "leg": "left",
                "repetition": 2,
                "duration_ms": 5_000,
                "open_ended": True,
            },
        ),
        (
            HoldEnded(7, 0, 1, Outcome.EASED, 900, 1, 2),
            "hold_ended",
            {
                "at": 7,
                "index": 0,
                "repetition": 1,
                "outcome": "eased",
                "held_ms": 900,
                "left": 1,
                "to_come": 2,
            },
        ),
        (
            AlarmRaised(7, AlarmReason.LASTED_TOO_LONG, 600_000),
            "alarm_raised",
            {"at": 7, "reason": "lasted_too_long", "after_ms": 600_000},
        ),
        (
            SessionEnded(7, Outcome.COMPLETED),
            "session_ended",
            {"at": 7, "outcome": "completed"},
        ),
    ],
    ids=["countdown", "phase", "hold", "alarm", "end"],
)
def test_events_for_watchers(event: Countdown, name: str, data: dict[str, object]) -> None:
    assert event_name(event) == name
    assert event_data(event) == data
    assert all(type(value) in (int, str, bool) for value in event_data(event).values())
