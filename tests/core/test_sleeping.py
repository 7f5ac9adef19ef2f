"""The session and a suspended computer; `tests/desktop/test_session_sleep.py` has the same with a driver."""

from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.events import AlarmRaised, Event, HoldEnded, Paused, Phase, SessionEnded
from relief_app.core.routine import Step
from relief_app.core.session import Session
from relief_app.core.session_state import State
from relief_app.core.sleeping import sleep_through, stands_still
from tests.core.sample import LEAN, PULL, cramp, open_ended, session

WARM = Step("warm", duration_ms=900_000)
COOL = Step("cool", duration_ms=600_000)
HOUR_MS = 3_600_000


def begun(subject: Session) -> Session:
    subject.start(0, urgent=True)
    return subject


def ends(events: tuple[Event, ...]) -> list[int]:
    return [event.at for event in events if isinstance(event, HoldEnded)]


def test_a_hold_stands_still_and_a_pack_does_not() -> None:
    assert stands_still(begun(session(PULL)), 1_000)
    assert not stands_still(begun(session(WARM)), 1_000)
    assert not stands_still(begun(session(COOL)), 1_000)
    ready = session(WARM)
    ready.start(0)
    assert stands_still(ready, 1_000)
    paused = begun(session(PULL))
    paused.pause(1_000)
    assert not stands_still(paused, 2_000)


def test_a_hold_is_paused_where_sleep_began() -> None:
    subject = begun(session(PULL, LEAN))
    assert sleep_through(subject, 4_000, HOUR_MS) == (Paused(4_000),)
    assert subject.view(HOUR_MS).elapsed_ms == 4_000


def test_what_follows_a_pack_waits() -> None:
    subject = begun(session(WARM, PULL))
    events = sleep_through(subject, 60_000, HOUR_MS)
    assert ends(events) == [900_000]
    assert events[-1] == Paused(900_000)
    assert subject.view(HOUR_MS).phase is Phase.GET_READY


def test_a_pack_is_left_alone_while_its_time_runs() -> None:
    subject = begun(session(WARM, PULL))
    assert sleep_through(subject, 60_000, 300_000) == ()
    assert subject.view(300_000).elapsed_ms == 300_000


def test_a_session_that_ends_with_its_pack_is_over() -> None:
    subject = begun(session(COOL))
    events = sleep_through(subject, 60_000, HOUR_MS)
    assert isinstance(events[-1], SessionEnded)
    assert events[-1].at == 600_000


@given(fell_asleep=st.integers(0, 19_999), awake=st.integers(0, 10_000), paused=st.booleans())
def test_the_alarm_of_a_cramp_comes_at_its_time(fell_asleep: int, awake: int, paused: bool) -> None:
    subject = begun(cramp(open_ended(PULL)))
    if paused:
        subject.pause(fell_asleep)
    before = sleep_through(subject, fell_asleep, 599_999)
    assert sum(isinstance(event, Paused) for event in before) == (not paused)
    assert not any(isinstance(event, AlarmRaised) for event in before)
    events = sleep_through(subject, 600_000, 600_000 + awake)
    assert [event.at for event in events if isinstance(event, AlarmRaised)] == [600_000]
    assert subject.state is State.ALARM
