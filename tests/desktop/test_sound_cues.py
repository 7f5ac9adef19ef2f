import pytest

from relief_app.core.anatomy import Leg
from relief_app.core.events import (
    AlarmRaised,
    AlarmReason,
    CameBack,
    Countdown,
    Counted,
    DoseReached,
    Eased,
    Event,
    Extended,
    Halfway,
    HoldEnded,
    LegChanged,
    MassageLimitReached,
    Outcome,
    Paused,
    Phase,
    PhaseStarted,
    Resumed,
    SessionEnded,
    SessionStarted,
)
from relief_app.desktop.sound import SOUND_NAMES
from relief_app.desktop.sound_cues import Hearing, hearing, sound_of
from tests.core.sample import LEAN, PULL, session


def phase(which: Phase) -> Event:
    return PhaseStarted(0, 0, which, "pull", Leg.LEFT, 1, 5_000, False)


def held(outcome: Outcome, left: int, to_come: int) -> Event:
    return HoldEnded(0, 0, 1, outcome, 10_000, left, to_come)


CASES = [
    (phase(Phase.GET_READY), "get_ready"),
    (Countdown(0, 3), "tick"),
    (Countdown(0, 1), "tick"),
    (Halfway(0, 0), "halfway"),
    (held(Outcome.COMPLETED, 2, 4), "step_end"),
    (held(Outcome.COMPLETED, 0, 4), "set_end"),
    (held(Outcome.LIMITED, 0, 4), "set_end"),
    (Eased(0, 5_000), "eased"),
    (AlarmRaised(0, AlarmReason.LASTED_TOO_LONG, 600_000), "alarm"),
    (SessionEnded(0, Outcome.COMPLETED), "finished"),
]
SILENT = [
    phase(Phase.ACTIVE),
    phase(Phase.REST),
    phase(Phase.SWITCH),
    held(Outcome.COMPLETED, 0, 0),
    held(Outcome.SKIPPED, 2, 4),
    held(Outcome.EASED, 0, 1),
    held(Outcome.STOPPED, 0, 1),
    SessionEnded(0, Outcome.STOPPED),
    SessionStarted(0, "sample", Leg.LEFT, 2),
    Paused(0),
    Resumed(0),
    Extended(0, 0, 30_000),
    LegChanged(0, Leg.RIGHT),
    MassageLimitReached(0, 0, Leg.RIGHT),
    CameBack(0),
    DoseReached(0, 0),
    Counted(0, 3),
]


@pytest.mark.parametrize(("event", "sound"), CASES, ids=lambda value: str(value)[:40])
def test_these_events_are_heard(event: Event, sound: str) -> None:
    assert sound_of(event) == sound
    assert sound in SOUND_NAMES


@pytest.mark.parametrize("event", SILENT, ids=lambda value: str(value)[:40])
def test_these_are_not(event: Event) -> None:
    assert sound_of(event) is None


def test_every_sound_belongs_to_something_and_every_event_is_decided() -> None:
    assert {sound for _, sound in CASES} == set(SOUND_NAMES)
    decided = {type(event).__name__ for event in (*(event for event, _ in CASES), *SILENT)}
    assert decided == {kind.__name__ for kind in Event.__subclasses__()}


def test_a_whole_session_sounds_like_this() -> None:
    run = session(PULL, LEAN)
    events = (*run.start(0), *run.advance(60_000))
    heard = [sound for sound in map(sound_of, events) if sound]
    assert heard == [
        *("get_ready", "tick", "tick", "tick"),
        *("halfway", "tick", "tick", "tick", "set_end"),
        *("get_ready", "tick", "tick", "tick"),
        *("tick", "tick", "tick", "finished"),
    ]


@pytest.mark.parametrize(
    ("sound", "late_ms", "heard"),
    [
        ("tick", 999, Hearing.NOW),
        ("tick", 1_000, Hearing.NEVER),
        ("halfway", 1_000, Hearing.NEVER),
        ("get_ready", 1_000, Hearing.NEVER),
        ("step_end", 999, Hearing.NOW),
        ("step_end", 1_000, Hearing.LAST),
        ("set_end", 3_600_000, Hearing.LAST),
        ("finished", 3_600_000, Hearing.NOW),
        ("alarm", 3_600_000, Hearing.NOW),
        ("eased", 3_600_000, Hearing.NOW),
    ],
)
def test_what_is_late_is_passed_over_but_for_ends_and_alarms(
    sound: str, late_ms: int, heard: Hearing
) -> None:
    assert hearing(sound, late_ms) is heard
