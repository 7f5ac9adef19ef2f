"""Commands by name do what the session's methods do."""

import pytest

from relief_app.core.anatomy import Leg
from relief_app.core.events import (
    CameBack,
    Eased,
    Extended,
    LegChanged,
    Paused,
    PhaseStarted,
    Resumed,
    SessionEnded,
)
from relief_app.core.session import Session
from relief_app.core.session_state import IllegalCommandError, State
from relief_app.core.steering import EXTEND_MS, Steer, steer
from tests.core.sample import LEAN, LIE, PULL, planned


@pytest.fixture
def session() -> Session:
    run = Session("cramp", planned(PULL, LEAN, LIE), cramp=True, alarm_after_ms=600_000)
    run.start(0, urgent=True)
    return run


def test_each_name_gives_its_command(session: Session) -> None:
    assert steer(session, Steer.PAUSE, 1_000) == (Paused(1_000),)
    assert steer(session, Steer.RESUME, 2_000) == (Resumed(2_000),)
    assert steer(session, Steer.EXTEND, 2_000) == (Extended(2_000, 0, EXTEND_MS),)
    assert steer(session, Steer.EXTEND, 2_000, by_ms=-5_000) == (Extended(2_000, 0, -5_000),)
    assert isinstance(steer(session, Steer.NEXT, 3_000)[-1], PhaseStarted)
    assert session.view(3_000).index == 1
    steer(session, Steer.BACK, 3_500)
    assert session.view(3_500).index == 0
    assert any(isinstance(event, Eased) for event in steer(session, Steer.EASED, 4_000))
    assert any(isinstance(event, CameBack) for event in steer(session, Steer.BACK_AGAIN, 5_000))
    assert isinstance(steer(session, Steer.STOP, 6_000)[-1], SessionEnded)
    assert session.state is State.FINISHED


def test_the_leg_is_the_one_named_or_else_the_other(session: Session) -> None:
    leg = session.view(0).hold.leg
    assert steer(session, Steer.LEG, 0) == (LegChanged(0, leg.other),)
    assert steer(session, Steer.LEG, 0, leg=leg.other) == ()
    assert steer(session, Steer.LEG, 0, leg=leg) == (LegChanged(0, leg),)
    assert leg.other.other is leg
    assert {leg, leg.other} == set(Leg)


def test_what_is_not_possible_is_refused_by_name(session: Session) -> None:
    with pytest.raises(IllegalCommandError) as refused:
        steer(session, Steer.RESUME, 0)
    assert (refused.value.command, refused.value.state) == ("resume", State.RUNNING)
