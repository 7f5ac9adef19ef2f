"""Every command by its name reaches the session's own, with what it needs."""

import pytest

from relief_app.core.anatomy import Leg
from relief_app.core.events import (
    CameBack,
    Eased,
    Event,
    Extended,
    HoldEnded,
    LegChanged,
    Paused,
    PhaseStarted,
    Resumed,
    SessionEnded,
)
from relief_app.core.session import Session
from relief_app.core.session_state import IllegalCommandError
from relief_app.core.steering import EXTEND_MS, Steer, steer
from tests.core.sample import LEAN, LIE, PULL, cramp

NOW = 2_000


def running() -> Session:
    session = cramp(PULL, LEAN, LIE)
    session.start(1_000, urgent=True)
    return session


@pytest.mark.parametrize(
    ("before", "command", "event"),
    [
        ((), Steer.PAUSE, Paused),
        ((Steer.PAUSE,), Steer.RESUME, Resumed),
        ((), Steer.NEXT, HoldEnded),
        ((Steer.NEXT,), Steer.BACK, PhaseStarted),
        ((), Steer.EASED, Eased),
        ((Steer.EASED,), Steer.BACK_AGAIN, CameBack),
        ((), Steer.EXTEND, Extended),
        ((), Steer.LEG, LegChanged),
        ((), Steer.STOP, SessionEnded),
    ],
)
def test_a_name_reaches_its_command(before: tuple[Steer, ...], command: Steer, event: type[Event]) -> None:
    session = running()
    for one in before:
        steer(session, one, NOW)
    assert event in {type(told) for told in steer(session, command, NOW)}


def test_all_names_are_tried_above() -> None:
    names = "pause resume next back extend eased back-again leg stop"
    assert {str(command) for command in Steer} == set(names.split())


@pytest.mark.parametrize("by_ms", [10_000, -5_000])
def test_extend_takes_how_much(by_ms: int) -> None:
    assert steer(running(), Steer.EXTEND, NOW, by_ms=by_ms) == (Extended(NOW, 0, by_ms),)


def test_extend_is_half_a_minute_where_nothing_is_said() -> None:
    assert steer(running(), Steer.EXTEND, NOW) == (Extended(NOW, 0, EXTEND_MS),)


def test_leg_takes_which_and_is_the_other_one_where_nothing_is_said() -> None:
    session = running()
    assert session.view(NOW).hold.leg is Leg.LEFT
    assert steer(session, Steer.LEG, NOW) == (LegChanged(NOW, Leg.RIGHT),)
    assert steer(session, Steer.LEG, NOW, leg=Leg.LEFT) == (LegChanged(NOW, Leg.LEFT),)


def test_a_command_out_of_place_names_the_state() -> None:
    with pytest.raises(IllegalCommandError) as refused:
        steer(running(), Steer.RESUME, NOW)
    assert refused.value.state == "running"
