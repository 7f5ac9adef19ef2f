"""What the voice says of a session: the right words at the right moment, and never without a clip."""

from collections.abc import Sequence
from dataclasses import replace

import pytest

from relief_app.core.anatomy import Leg, Zone
from relief_app.core.events import (
    AlarmRaised,
    AlarmReason,
    Countdown,
    DoseReached,
    Event,
    Halfway,
    LegChanged,
    MassageLimitReached,
)
from relief_app.core.exercise import Kind, SafetyMark
from relief_app.core.exposure import PackReason
from relief_app.core.gates import Asked
from relief_app.core.routine import Hold, Side, plan
from relief_app.core.session import Session
from relief_app.core.session_state import State
from relief_app.core.steering import Steer, steer
from relief_app.desktop import voice_words
from relief_app.desktop.pack_questions import PACK_OFF, SKIN_AFTER, SKIN_CHECK
from relief_app.desktop.voice_lines import Line, Rank, VoiceLines
from relief_app.storage.catalogue import BUILT_IN, Catalogue
from relief_app.storage.gates import read_gates
from relief_app.ui import pack_words
from tests.core.sample import LEAN, PULL, PUMP, RUB, cramp, open_ended, planned, session
from tools.voice.clips import load_index

CLIPS = {text for entry in load_index().values() for text in entry.texts}


class Spoken:
    """A session whose lines are collected."""

    def __init__(self, session: Session) -> None:
        self.session, self.lines = session, VoiceLines()
        self.said: list[tuple[str, ...]] = []
        self.ranks: list[Rank] = []

    def take(self, events: Sequence[Event], now: int) -> list[Line]:
        found = [self.lines.line(event, self.session.holds, self.session.view(now)) for event in events]
        lines = [line for line in found if line is not None]
        self.said += [line.sentences for line in lines]
        self.ranks += [line.rank for line in lines]
        return lines

    def start(self, *, urgent: bool = False) -> None:
        self.take(self.session.start(0, urgent=urgent), 0)

    def run_to(self, end: int) -> None:
        """Tell every event at its own time, as a driver does that is never late."""
        while (due := self.session.next_deadline()) is not None and due <= end:
            self.take(self.session.advance(due), due)

    def steer(self, command: Steer, now: int, **more: object) -> None:
        self.run_to(now)
        self.take(steer(self.session, command, now, by_ms=30_000, leg=Leg.RIGHT), now)


def test_a_whole_session_from_getting_ready_to_all_done() -> None:
    spoken = Spoken(session(replace(PULL, repetitions=2, rest_ms=6_000), LEAN))
    spoken.start()
    spoken.run_to(10**6)
    assert spoken.said == [
        ("get ready", "Pull"),
        ("Do pull.",),
        ("Halfway.",),
        ("3",),
        ("2",),
        ("1",),
        ("rest", "Next: once more"),
        ("Do pull.",),
        ("Halfway.",),
        ("3",),
        ("2",),
        ("1",),
        ("Next: Lean",),
        ("Do lean.",),
        ("3",),
        ("2",),
        ("1",),
        ("All done.",),
    ]


def test_legs_are_named_where_there_are_two_and_when_they_change() -> None:
    spoken = Spoken(session(LEAN, side=Side.ALTERNATE))
    spoken.start()
    spoken.run_to(16_000)
    assert spoken.said[0] == ("get ready", "Lean", "left leg")
    assert ("change legs", "right leg") in spoken.said


def test_another_exercise_on_the_other_leg_is_named_with_the_change() -> None:
    spoken = Spoken(session(LEAN, replace(PULL), side=Side.BOTH))
    spoken.start()
    spoken.run_to(10**6)
    assert ("Next: Pull", "left leg") in spoken.said


def test_movements_are_counted_and_the_many_only_by_tens() -> None:
    spoken = Spoken(session(replace(PUMP, count=45)))
    spoken.start()
    spoken.run_to(10**6)
    counted = [said[0] for said in spoken.said[2:-1]]
    assert counted == [*map(str, range(1, 30)), "30 movements.", "40 movements."]


def test_a_cramp_that_eases_ends_with_a_word_of_care() -> None:
    spoken = Spoken(cramp(open_ended(PULL, 10_000), LEAN, RUB))
    spoken.start(urgent=True)
    spoken.steer(Steer.EASED, 3_000)
    spoken.run_to(10**6)
    assert spoken.said[:3] == [("Do pull.",), ("It let go.",), ("Do rub.",)]
    assert spoken.said[-1] == ("All done.", "Standing may be unsteady just after a cramp. Hold on.")


def test_coming_back_returns_to_the_cue_at_once() -> None:
    spoken = Spoken(cramp(open_ended(PULL), RUB))
    spoken.start(urgent=True)
    spoken.steer(Steer.EASED, 3_000)
    del spoken.said[:]
    spoken.steer(Steer.BACK_AGAIN, 4_000)
    assert spoken.said == [("Do pull.",)]


def test_pausing_and_going_on_are_said_with_the_cue() -> None:
    spoken = Spoken(session(PULL))
    spoken.start()
    spoken.run_to(6_000)
    del spoken.said[:]
    spoken.steer(Steer.PAUSE, 6_000)
    spoken.steer(Steer.RESUME, 9_000)
    spoken.steer(Steer.EXTEND, 9_500)
    spoken.steer(Steer.STOP, 9_900)
    assert spoken.said == [("Paused.",), ("Going on.", "Do pull."), ("Thirty seconds more.",)]


def test_a_stopped_session_ends_in_silence() -> None:
    spoken = Spoken(session(PULL))
    spoken.start()
    del spoken.said[:]
    spoken.steer(Steer.STOP, 1_000)
    assert spoken.said == []


def test_while_getting_ready_no_seconds_are_counted_over_what_comes() -> None:
    spoken = Spoken(session(PULL))
    spoken.start()
    spoken.run_to(4_900)
    assert spoken.said == [("get ready", "Pull")]


def marked(*marks: SafetyMark, name: str = "pull") -> Hold:
    (hold,) = planned(PULL)
    return replace(hold, exercise=replace(hold.exercise, id=name, safety=frozenset(marks)))


def warned(*holds: Hold) -> list[tuple[str, ...]]:
    spoken = Spoken(Session("sample", holds))
    spoken.start()
    spoken.run_to(10**6)
    return [said[1:] for said in spoken.said if said[0] == "Do pull."]


def test_pain_and_support_are_warned_of_once_a_session() -> None:
    both = marked(SafetyMark.STOP_AT_PAIN, SafetyMark.HOLD_SUPPORT)
    assert warned(both, both) == [("Hold support.", "Stop at sharp or rising pain."), ()]
    assert warned(marked(SafetyMark.SKIN_CHECK)) == [()]


def test_a_cue_that_tells_to_hold_on_is_not_said_twice() -> None:
    assert warned(marked(SafetyMark.HOLD_SUPPORT, name="get-up")) == [()]


def test_a_part_of_the_calf_is_named_before_and_with_its_cue() -> None:
    first, second = planned(RUB, replace(RUB, zone=Zone.LATERAL))
    spoken = Spoken(Session("sample", (first, second)))
    spoken.start()
    spoken.run_to(10**6)
    assert ("Next: Rub", "Outer calf") in spoken.said
    assert ("Outer calf", "Do rub.") in spoken.said


def test_only_the_alarm_of_ten_minutes_has_the_rank_of_an_alarm() -> None:
    spoken = Spoken(cramp(open_ended(PULL), alarm_after_ms=60_000))
    spoken.start(urgent=True)
    spoken.run_to(10**6)
    assert spoken.said[-1] == voice_words.ten_minutes()
    assert spoken.ranks[-1] is Rank.ALARM
    assert Rank.ALARM not in spoken.ranks[:-1]


def test_counts_and_halfway_are_of_the_lowest_rank() -> None:
    spoken = Spoken(session(PULL))
    spoken.start()
    spoken.run_to(10**6)
    assert spoken.ranks == [Rank.STEP] * 2 + [Rank.MOMENT] * 4 + [Rank.STEP]


# Nothing is said that has no clip

ODD_EVENTS = (
    LegChanged(0, Leg.LEFT),
    MassageLimitReached(0, 0, Leg.RIGHT),
    AlarmRaised(0, AlarmReason.LASTED_TOO_LONG, 600_000),
    DoseReached(0, 0),
    Halfway(0, 0),
    Countdown(0, 2),
)


@pytest.mark.parametrize("seated", [True, False])
@pytest.mark.parametrize("routine", BUILT_IN)
def test_all_that_a_built_in_routine_can_say_has_a_clip(routine: str, seated: bool) -> None:
    catalogue = Catalogue()
    chosen = catalogue.routine(routine)
    holds = plan(chosen, catalogue.exercises, Leg.LEFT, seated=seated)
    spoken = Spoken(Session(routine, holds, cramp=chosen.is_cramp, alarm_after_ms=chosen.alarm_after_ms))
    spoken.start()
    spoken.take(ODD_EVENTS, 0)
    for command in (Steer.PAUSE, Steer.RESUME, Steer.EXTEND, Steer.BACK):
        spoken.steer(command, 6_000)
    if chosen.is_cramp:
        spoken.steer(Steer.EASED, 200_000)
    spoken.run_to(10**7)
    assert spoken.session.state is State.FINISHED
    assert {sentence for said in spoken.said for sentence in said} - CLIPS == set()


def test_all_that_is_said_of_packs_has_a_clip() -> None:
    said = [
        voice_words.pack_question("", Kind.HEAT, gate) for gate in read_gates() if gate.asked is Asked.PACK
    ]
    said += [
        voice_words.pack_question(question, kind)
        for question in (SKIN_CHECK, SKIN_AFTER, PACK_OFF)
        for kind in (Kind.HEAT, Kind.ICE)
    ]
    said += [voice_words.pack_alarm(reason) for reason in (*PackReason, None)]
    assert len(said) == 9 + 6 + 6
    assert all(said)
    assert {sentence for sentences in said for sentence in sentences} - CLIPS == set()


def test_the_voice_and_the_pages_ask_the_same() -> None:
    for kind in (Kind.HEAT, Kind.ICE):
        for question in (SKIN_CHECK, SKIN_AFTER):
            ask = pack_words.skin_ask(question, kind)
            assert (ask.title, ask.line) == voice_words.pack_question(question, kind)
        off = pack_words.off_ask(kind)
        assert (off.title, off.line) == voice_words.pack_question(PACK_OFF, kind)
