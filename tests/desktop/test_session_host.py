from collections.abc import Iterator
from pathlib import Path

import pytest

from relief_app.core.anatomy import Leg
from relief_app.core.events import Phase, PhaseStarted
from relief_app.core.profile import Answer
from relief_app.core.routine import Hold
from relief_app.core.safety import NotOffered, NotOfferedReason
from relief_app.core.session_state import State, View
from relief_app.core.steering import Steer
from relief_app.desktop.session_host import HELD_THROUGH_MS, Dropped, SessionHost
from relief_app.ports import JournalEntry, LoadProblem, ProblemCode
from tests.core.sample import LEAN, PULL, routine
from tests.desktop.desk import (
    HOUR_MS,
    Ear,
    HandClock,
    MemoryJournal,
    MemoryProfile,
    Shelf,
    host_of,
    kinds,
    shelf,
)

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def journal() -> MemoryJournal:
    return MemoryJournal()


@pytest.fixture
def routines() -> Shelf:
    return shelf()


@pytest.fixture
def host(clock: HandClock, journal: MemoryJournal, routines: Shelf) -> Iterator[SessionHost]:
    host = host_of(clock, journal, routines)
    yield host
    host.driver.drop()


def view_of(host: SessionHost) -> View:
    view = host.driver.view()
    assert view is not None
    return view


def holds_of(host: SessionHost) -> tuple[Hold, ...]:
    assert host.driver.session is not None
    return host.driver.session.holds


def has_kept(host: SessionHost) -> bool:
    return host.kept is not None


def pass_time(host: SessionHost, clock: HandClock, ms: int) -> None:
    clock.move(ms)
    host.driver.advance()


def kept_entry(host: SessionHost, clock: HandClock, name: str = "plain") -> JournalEntry:
    """What the journal would hold of a session begun nine seconds ago; the session itself is gone."""
    host.start(name, Leg.LEFT)
    pass_time(host, clock, 9_000)
    entry = host.entry()
    assert entry is not None
    host.driver.drop()
    return entry


# Starting


def test_a_routine_starts_on_the_chosen_leg(host: SessionHost) -> None:
    host.start("both", Leg.LEFT)
    assert host.leg is Leg.LEFT
    assert host.routine is not None
    assert host.routine.id == "both"
    assert [hold.leg for hold in holds_of(host)] == [Leg.LEFT, Leg.RIGHT]


def test_urgency_and_rate_are_handed_on(host: SessionHost) -> None:
    host.start("plain", Leg.RIGHT, urgent=True, rate=5)
    assert host.driver.rate == 5
    assert view_of(host).phase is Phase.ACTIVE


def test_massage_is_left_out(host: SessionHost) -> None:
    host.start("rubbed", Leg.RIGHT)
    assert [hold.exercise.id for hold in holds_of(host)] == ["pull"]


def test_answers_count_from_the_next_start_on() -> None:
    profile = MemoryProfile(blood_thinner="no", pregnancy="no", poor_circulation="no")
    host = host_of(HandClock(), profile=profile)
    host.start("rubbed", Leg.RIGHT)
    assert [hold.exercise.id for hold in holds_of(host)] == ["rub", "pull"]
    profile.save(profile.load().with_answer("blood_thinner", Answer.YES))
    assert [hold.exercise.id for hold in holds_of(host)] == ["rub", "pull"]
    with pytest.raises(NotOffered) as refused:
        host.start("massage", Leg.RIGHT)
    assert refused.value.reason is NotOfferedReason.GATED
    assert [gate.key for gate in refused.value.because] == ["blood_thinner"]
    host.driver.drop()


@pytest.mark.parametrize("name", ["massage", "rubbed"])
def test_a_kept_session_that_an_answer_changed_since_is_not_gone_on_with(name: str) -> None:
    clock, journal = HandClock(), MemoryJournal()
    profile = MemoryProfile(blood_thinner="no", pregnancy="no", poor_circulation="no")
    first = host_of(clock, journal, profile=profile)
    first.start(name, Leg.RIGHT)
    entry = first.entry()
    assert entry is not None
    first.driver.drop()
    journal.save(entry)
    again = host_of(clock, journal, profile=profile)
    assert again.look_for_kept() is None
    assert again.kept is not None
    profile.save(profile.load().with_answer("blood_thinner", Answer.YES))
    dropped = Dropped(name, too_old=False)
    assert again.go_on() == dropped
    found = [again.kept, again.driver.session, journal.entry]
    assert found == [None, None, None]
    journal.save(entry)
    assert host_of(clock, journal, profile=profile).look_for_kept() == dropped


@pytest.mark.parametrize(("name", "error"), [("massage", NotOffered), ("nowhere", KeyError)])
def test_what_cannot_start_leaves_everything_as_it_was(
    host: SessionHost, name: str, error: type[Exception]
) -> None:
    host.start("plain", Leg.LEFT)
    session = host.driver.session
    with pytest.raises(error) as refused:
        host.start(name, Leg.RIGHT)
    if isinstance(refused.value, NotOffered):
        assert refused.value.reason is NotOfferedReason.UNANSWERED
    assert host.driver.session is session
    assert host.driver.is_live
    assert host.leg is Leg.LEFT
    assert host.routine is not None
    assert host.routine.id == "plain"


def test_a_corrected_leg_is_the_hosts_too(host: SessionHost) -> None:
    host.start("cramp", Leg.RIGHT, urgent=True)
    host.driver.steer(Steer.LEG)
    assert host.leg is Leg.LEFT
    host.driver.steer(Steer.LEG, leg=Leg.LEFT)
    assert host.leg is Leg.LEFT


# Leaving and going on


def test_a_session_that_is_left_goes_on_with_the_time_that_was_left(
    host: SessionHost, clock: HandClock
) -> None:
    host.start("plain", Leg.LEFT)
    pass_time(host, clock, 5_000 + 8_000)
    host.leave()
    assert host.driver.session is None
    assert host.kept is not None
    assert (host.kept.index, host.kept.count, host.kept.away_ms) == (0, 2, 0)
    clock.move(HOUR_MS)
    ear = Ear(host.driver)
    host.go_on()
    assert not has_kept(host)
    view = view_of(host)
    assert (view.phase, view.remaining_ms, view.state) == (Phase.ACTIVE, 12_000, State.RUNNING)
    assert (view.hold.leg, host.leg) == (Leg.LEFT, Leg.LEFT)
    pass_time(host, clock, 60_000)
    assert kinds(ear.heard)[-1] == "SessionEnded"


def test_a_session_kept_paused_runs_when_it_goes_on(host: SessionHost, clock: HandClock) -> None:
    host.start("plain", Leg.LEFT, rate=4)
    clock.move(2_000)
    host.driver.steer(Steer.PAUSE)
    host.leave()
    host.go_on()
    assert view_of(host).state is State.RUNNING
    assert host.driver.rate == 4


def test_a_corrected_leg_stays_corrected_over_leaving(host: SessionHost, clock: HandClock) -> None:
    host.start("both", Leg.RIGHT)
    clock.move(1_000)
    host.driver.steer(Steer.LEG)
    host.leave()
    assert host.kept is not None
    assert host.kept.entry.leg is Leg.LEFT
    host.go_on()
    assert host.leg is Leg.LEFT
    assert [hold.leg for hold in holds_of(host)] == [Leg.LEFT, Leg.RIGHT]


def test_a_cramp_goes_on_cramping_while_nobody_looks(host: SessionHost, clock: HandClock) -> None:
    host.start("cramp", Leg.LEFT, urgent=True)
    pass_time(host, clock, 60_000)
    host.leave()
    clock.move(540_000)
    ear = Ear(host.driver)
    host.go_on()
    assert "AlarmRaised" in kinds(ear.heard)
    assert view_of(host).state is State.ALARM


def test_leaving_a_finished_session_keeps_nothing_and_lets_go_of_it(
    host: SessionHost, clock: HandClock
) -> None:
    host.start("plain", Leg.LEFT)
    host.driver.steer(Steer.STOP)
    host.leave()
    assert host.kept is None
    assert host.driver.session is None


def test_leaving_without_a_session_is_nothing(host: SessionHost) -> None:
    host.leave()
    host.go_on()
    assert host.kept is None
    assert host.entry() is None


def test_whoever_keeps_is_told_while_the_session_can_still_be_kept(host: SessionHost) -> None:
    entries: list[JournalEntry | None] = []
    host.leaving.connect(lambda: entries.append(host.entry()))
    host.start("plain", Leg.LEFT)
    host.leave()
    assert len(entries) == 1
    assert entries[0] is not None


def test_letting_it_be_forgets_it_and_says_so(
    host: SessionHost, clock: HandClock, journal: MemoryJournal
) -> None:
    journal.entry = kept_entry(host, clock)
    host.look_for_kept()
    changes: list[bool] = []
    host.kept_changed.connect(lambda: changes.append(host.kept is not None))
    host.let_be()
    assert not has_kept(host)
    assert journal.load() is None
    assert changes == [False]


def test_a_new_start_takes_the_place_of_what_was_kept(host: SessionHost) -> None:
    host.start("plain", Leg.LEFT)
    host.leave()
    host.start("both", Leg.LEFT)
    assert host.kept is None


def test_where_the_journal_cannot_be_written_the_session_is_kept_in_memory(
    host: SessionHost, clock: HandClock, journal: MemoryJournal
) -> None:
    journal.writable = False
    host.start("plain", Leg.LEFT)
    pass_time(host, clock, 8_000)
    host.leave()
    assert journal.entry is None
    assert has_kept(host)
    host.go_on()
    assert view_of(host).remaining_ms == 17_000
    host.leave()
    host.let_be()
    assert not has_kept(host)


# After a kill


def test_a_killed_session_is_found_and_goes_on(
    clock: HandClock, journal: MemoryJournal, host: SessionHost
) -> None:
    journal.entry = kept_entry(host, clock)
    clock.move(90_000)
    other = host_of(clock, journal)
    assert other.look_for_kept() is None
    assert other.kept is not None
    assert other.kept.away_ms == 90_000
    ear = Ear(other.driver)
    other.go_on()
    assert view_of(other).remaining_ms == 16_000
    assert not any(isinstance(event, PhaseStarted) for event in ear.heard)
    other.driver.drop()


# Started again by the guard


def dead(host: SessionHost, clock: HandClock, journal: MemoryJournal, routines: Shelf) -> SessionHost:
    """The next run, the session of this one being in the journal."""
    journal.entry = host.entry()
    assert journal.entry is not None
    host.driver.drop()
    return host_of(clock, journal, routines)


def test_what_ran_when_the_program_died_runs_on_as_if_it_had_not(
    host: SessionHost, clock: HandClock, journal: MemoryJournal, routines: Shelf
) -> None:
    host.start("plain", Leg.LEFT)
    pass_time(host, clock, 9_000)
    left = view_of(host).remaining_ms
    again = dead(host, clock, journal, routines)
    clock.move(3_000)
    assert again.recover()
    view = view_of(again)
    assert (view.state, view.phase, view.remaining_ms) == (State.RUNNING, Phase.ACTIVE, left - 3_000)
    assert (again.leg, view.hold.leg) == (Leg.LEFT, Leg.LEFT)
    again.driver.drop()


def test_a_rehearsal_runs_on_at_its_rate(
    host: SessionHost, clock: HandClock, journal: MemoryJournal, routines: Shelf
) -> None:
    host.start("plain", Leg.RIGHT, rate=4)
    pass_time(host, clock, 2_000)
    left = view_of(host).remaining_ms
    again = dead(host, clock, journal, routines)
    clock.move(1_000)
    assert again.recover()
    assert (view_of(again).remaining_ms, again.driver.rate) == (left - 4_000, 4)
    again.driver.drop()


def test_a_hold_that_ended_meanwhile_has_ended(
    host: SessionHost, clock: HandClock, journal: MemoryJournal, routines: Shelf
) -> None:
    host.start("plain", Leg.RIGHT)
    pass_time(host, clock, 24_000)
    again = dead(host, clock, journal, routines)
    clock.move(3_000)
    ear = Ear(again.driver)
    assert again.recover()
    assert view_of(again).index == 1
    assert "HoldEnded" in kinds(ear.heard)
    again.driver.drop()


def test_what_was_paused_when_the_program_died_stays_paused(
    host: SessionHost, clock: HandClock, journal: MemoryJournal, routines: Shelf
) -> None:
    host.start("plain", Leg.RIGHT)
    pass_time(host, clock, 9_000)
    host.driver.steer(Steer.PAUSE)
    left = view_of(host).remaining_ms
    again = dead(host, clock, journal, routines)
    clock.move(3_000)
    assert again.recover()
    assert (view_of(again).state, view_of(again).remaining_ms) == (State.PAUSED, left)
    again.driver.drop()


def test_after_a_longer_while_the_time_that_was_left_is_left(
    host: SessionHost, clock: HandClock, journal: MemoryJournal, routines: Shelf
) -> None:
    host.start("plain", Leg.RIGHT)
    pass_time(host, clock, 9_000)
    left = view_of(host).remaining_ms
    again = dead(host, clock, journal, routines)
    clock.move(HELD_THROUGH_MS + 1)
    assert again.recover()
    assert (view_of(again).state, view_of(again).remaining_ms) == (State.RUNNING, left)
    again.driver.drop()


@pytest.mark.parametrize("away_ms", [5_000, 60_000])
def test_a_cramp_went_on_while_the_program_was_dead(
    host: SessionHost, clock: HandClock, journal: MemoryJournal, routines: Shelf, away_ms: int
) -> None:
    host.start("cramp", Leg.LEFT, urgent=True)
    pass_time(host, clock, 600_000 - away_ms)
    again = dead(host, clock, journal, routines)
    clock.move(away_ms)
    assert again.recover()
    assert view_of(again).state is State.ALARM
    again.driver.drop()


def test_with_nothing_to_go_on_with_nothing_is_recovered(
    host: SessionHost, clock: HandClock, journal: MemoryJournal, routines: Shelf
) -> None:
    assert not host.recover()
    host.start("plain", Leg.LEFT)
    again = dead(host, clock, journal, routines)
    clock.move(2 * HOUR_MS + 1)
    assert not again.recover()
    clock.move(-HOUR_MS)
    routines.routines.clear()
    assert not again.recover()
    assert again.driver.session is None
    assert journal.entry is not None, "it is said, and dropped, where the journal is looked at"


def test_nothing_kept_is_nothing_to_say(host: SessionHost) -> None:
    assert host.look_for_kept() is None
    assert host.kept is None


def test_a_journal_that_could_not_be_read_is_said(host: SessionHost, journal: MemoryJournal) -> None:
    journal.problem = LoadProblem(ProblemCode.DAMAGED, Path("/state/session.json"))
    assert host.look_for_kept() == LoadProblem(ProblemCode.DAMAGED, Path("/state/session.json"))


@pytest.mark.parametrize(("away_ms", "offered"), [(2 * HOUR_MS, True), (2 * HOUR_MS + 1, False)])
def test_after_two_hours_a_session_is_dropped(
    host: SessionHost, clock: HandClock, journal: MemoryJournal, away_ms: int, offered: bool
) -> None:
    journal.entry = kept_entry(host, clock)
    clock.boot += away_ms
    answer = host.look_for_kept()
    assert (host.kept is not None) is offered
    assert answer == (None if offered else Dropped("plain", too_old=True))
    assert (journal.entry is not None) is offered


def test_within_one_boot_a_wall_clock_that_is_set_plays_no_part(
    host: SessionHost, clock: HandClock, journal: MemoryJournal
) -> None:
    journal.entry = kept_entry(host, clock)
    clock.move(60_000)
    clock.wall += 100 * 86_400
    host.look_for_kept()
    assert host.kept is not None
    assert host.kept.away_ms == 60_000


@pytest.mark.parametrize("boot_name", ["boot-2", ""])
@pytest.mark.parametrize(("away_s", "offered"), [(7_200, True), (7_201, False), (-1, False)])
def test_after_another_boot_the_wall_clock_decides(
    host: SessionHost,
    clock: HandClock,
    journal: MemoryJournal,
    boot_name: str,
    away_s: int,
    offered: bool,
) -> None:
    journal.entry = kept_entry(host, clock)
    clock.boot, clock.boot_name = 20_000, boot_name
    clock.wall += away_s
    answer = host.look_for_kept()
    assert (host.kept is not None) is offered
    assert answer == (None if offered else Dropped("plain", too_old=True))


def test_without_boot_ids_two_boots_are_not_taken_for_one(
    host: SessionHost, clock: HandClock, journal: MemoryJournal
) -> None:
    clock.boot_name = ""
    journal.entry = kept_entry(host, clock)
    clock.boot += 3 * HOUR_MS
    clock.wall += 30
    host.look_for_kept()
    assert host.kept is not None
    assert host.kept.away_ms == 30_000


def test_an_entry_from_the_future_of_this_boot_is_dropped(
    host: SessionHost, clock: HandClock, journal: MemoryJournal
) -> None:
    journal.entry = kept_entry(host, clock)
    clock.boot -= 1
    assert host.look_for_kept() == Dropped("plain", too_old=True)


def test_a_routine_that_changed_meanwhile_drops_its_session(
    host: SessionHost, clock: HandClock, journal: MemoryJournal, routines: Shelf
) -> None:
    journal.entry = kept_entry(host, clock)
    routines.routines["plain"] = routine(LEAN, PULL, name="plain")
    assert host.look_for_kept() == Dropped("plain", too_old=False)
    assert host.kept is None
    assert journal.entry is None


def test_a_routine_that_is_gone_drops_its_session(
    host: SessionHost, clock: HandClock, journal: MemoryJournal, routines: Shelf
) -> None:
    journal.entry = kept_entry(host, clock)
    del routines.routines["plain"]
    assert host.look_for_kept() == Dropped("plain", too_old=False)


@pytest.mark.parametrize("change", [{"state": "finished"}, {"index": 9}, {"elapsed_ms": "x"}, {"more": 1}])
def test_a_session_that_says_what_none_can_say_is_dropped(
    host: SessionHost, clock: HandClock, journal: MemoryJournal, change: dict[str, object]
) -> None:
    entry = kept_entry(host, clock)
    journal.entry = entry._replace(session={**entry.session, **change})
    assert host.look_for_kept() == Dropped("plain", too_old=False)


def test_what_is_kept_holds_both_clocks(host: SessionHost, clock: HandClock) -> None:
    entry = kept_entry(host, clock, "cramp")
    assert (entry.boot_ms, entry.saved_wall_s, entry.boot_id) == (clock.boot, clock.wall, "boot-1")
    assert (entry.routine, entry.leg, entry.rate) == ("cramp", Leg.LEFT, 1)
    assert entry.session["exercise"] == "lean"


# A sign is reported


@pytest.mark.parametrize(("code", "stopped"), [("pop_or_gap", True), ("often_or_severe", False)])
def test_a_session_stops_at_once_where_a_sign_forbids_its_steps(code: str, stopped: bool) -> None:
    profile = MemoryProfile()
    clock = HandClock()
    host = host_of(clock, profile=profile)
    ear = Ear(host.driver)
    host.start("cramp", Leg.LEFT, urgent=True)
    profile.profile = profile.profile.with_fact(code, clock.wall_s())
    assert host.stop_what_is_blocked() is stopped
    assert (kinds(ear.take())[-1] == "SessionEnded") is stopped
    assert (host.driver.session is None) is stopped
    assert host.kept is None


def test_a_step_that_is_over_is_no_reason_to_stop() -> None:
    profile = MemoryProfile(blood_thinner="no", pregnancy="no", poor_circulation="no")
    host = host_of(HandClock(), profile=profile)
    host.start("rubbed", Leg.LEFT)
    profile.profile = profile.profile.with_fact("walking_pain", 1.0)
    host.driver.steer(Steer.NEXT)
    assert not host.stop_what_is_blocked()
    host.driver.steer(Steer.BACK)
    assert host.stop_what_is_blocked()
    assert not host.stop_what_is_blocked()


class Shut:
    """A door through which nothing goes: a pack is on."""

    def lets_start(self, *_: object, **__: object) -> bool:
        return False

    def lets_steer(self, _: Steer) -> bool:
        return False

    def lets_leave(self) -> bool:
        return False


def test_a_session_that_waits_for_its_pack_to_come_off_is_not_dropped() -> None:
    profile = MemoryProfile()
    host = host_of(HandClock(), profile=profile)
    host.start("plain", Leg.LEFT)
    profile.profile = profile.profile.with_fact("pop_or_gap", 1.0)
    host.driver.doorkeeper = Shut()
    assert not host.stop_what_is_blocked()
    assert host.driver.is_live
    host.driver.doorkeeper = None
    assert host.stop_what_is_blocked()
