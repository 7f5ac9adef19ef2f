"""Five minutes of massage a leg: by value, and whatever is commanded (clinical content, section 8)."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg
from relief_app.core.events import Event, HoldEnded, MassageLimitReached, Outcome, Phase, SessionEnded
from relief_app.core.exercise import Kind
from relief_app.core.keeping import plain, snapshot_of
from relief_app.core.limits import UNKEPT_MS, MassageTime, is_for_one_leg
from relief_app.core.routine import Hold, Side, Step
from relief_app.core.session import Session
from relief_app.core.session_state import IllegalCommandError, State
from tests.core.sample import LEAN, PULL, RUB, planned

MINUTE = 60_000
LIMIT = 5 * MINUTE
LEFT, RIGHT = Leg.LEFT, Leg.RIGHT
LONG_RUB = replace(RUB, duration_ms=2 * MINUTE)
LEAD = 5_000


def kinds(events: tuple[Event, ...]) -> list[str]:
    return [type(event).__name__ for event in events]


def rubbed(*steps: Step, side: Side = Side.CHOSEN) -> tuple[Session, int]:
    """A session whose first rub was done twice by going back: four minutes, with the second one to come."""
    session = Session("sample", planned(*steps, side=side))
    session.start(0)
    now = LEAD + 2 * MINUTE
    session.advance(now)
    session.back(now)
    now += LEAD + 2 * MINUTE
    session.advance(now)
    return session, now


def test_going_back_does_not_rub_for_longer() -> None:
    session, now = rubbed(LONG_RUB, LONG_RUB, PULL)
    session.advance(now + LEAD)
    view = session.view(now + LEAD)
    assert (view.phase, view.remaining_ms) == (Phase.ACTIVE, MINUTE)
    due = now + LEAD + MINUTE
    ended, limit, begun = session.advance(due)[-3:]
    assert isinstance(ended, HoldEnded)
    assert (ended.outcome, ended.held_ms) == (Outcome.LIMITED, MINUTE)
    assert limit == MassageLimitReached(due, 1, LEFT)
    assert (begun.index, begun.exercise) == (2, "pull")  # type: ignore[attr-defined] # a phase begins


def test_a_leg_that_has_had_its_massage_is_passed_over() -> None:
    session, now = rubbed(LONG_RUB, LONG_RUB, PULL)
    now += LEAD + MINUTE
    session.advance(now)
    limit, begun = session.back(now)
    assert limit == MassageLimitReached(now, 1, LEFT)
    assert (begun.index, begun.phase) == (2, Phase.GET_READY)  # type: ignore[attr-defined] # a phase begins


def test_the_last_massage_ends_the_session_at_the_limit() -> None:
    session, now = rubbed(LONG_RUB, LONG_RUB)
    assert kinds(session.advance(now + LEAD + MINUTE))[-3:] == [
        "HoldEnded",
        "MassageLimitReached",
        "SessionEnded",
    ]
    assert session.state is State.FINISHED


@pytest.mark.parametrize(
    ("steps", "side", "offered"),
    [
        ((RUB, RUB), Side.CHOSEN, True),
        ((RUB, RUB), Side.BOTH, False),
        ((RUB, PULL), Side.CHOSEN, False),
        ((PULL,), Side.CHOSEN, False),
    ],
)
def test_only_a_massage_of_one_leg_is_for_the_other_one_too(
    steps: tuple[Step, ...], side: Side, offered: bool
) -> None:
    assert is_for_one_leg(planned(*steps, side=side)) is offered


def test_the_other_leg_has_five_minutes_of_its_own() -> None:
    session, now = rubbed(LONG_RUB, LONG_RUB, side=Side.BOTH)
    view = session.view(now + LEAD)
    assert (view.hold.leg, view.duration_ms) == (RIGHT, LEAD)
    session.advance(now + LEAD)
    assert session.view(now + LEAD).duration_ms == 2 * MINUTE


def test_what_stands_still_is_not_rubbed() -> None:
    session, now = rubbed(LONG_RUB, LONG_RUB, PULL)
    session.advance(now + LEAD)
    session.pause(now + LEAD + 10_000)
    session.resume(now + LEAD + 40_000)
    assert session.view(now + LEAD + 40_000).remaining_ms == MINUTE - 10_000


def test_longer_is_no_way_past_it() -> None:
    session = Session("sample", planned(LONG_RUB, PULL))
    session.start(0)
    session.advance(LEAD + MINUTE)
    session.back(LEAD + MINUTE)
    now = 2 * LEAD + MINUTE
    session.advance(now)
    session.extend(now, 10 * MINUTE)
    assert session.view(now).duration_ms == 4 * MINUTE


def test_a_corrected_leg_counts_on_both() -> None:
    """Who says "the other leg" may have rubbed that one all along."""
    session, now = rubbed(LONG_RUB, LONG_RUB, PULL)
    now += LEAD + 10_000
    session.correct_leg(now, RIGHT)
    assert session.view(now).remaining_ms == 50_000
    kept = session.snapshot(now)
    assert (kept.massaged_left_ms, kept.massaged_right_ms) == (4 * MINUTE + 10_000, 4 * MINUTE)


def test_a_crash_does_not_forget_it() -> None:
    session, now = rubbed(LONG_RUB, LONG_RUB, PULL)
    now += LEAD + 10_000
    session.advance(now)
    kept = snapshot_of(plain(session.snapshot(now)))
    assert (kept.massaged_left_ms, kept.massaged_right_ms) == (4 * MINUTE, 0)
    fresh = Session("sample", session.holds)
    back = Session.restore(fresh, kept, 7, away_ms=0)
    assert back.view(7).remaining_ms == 50_000


def test_what_a_dead_app_did_not_keep_counts_as_rubbed() -> None:
    session, now = rubbed(LONG_RUB, LONG_RUB, PULL)
    now += LEAD + 10_000
    session.advance(now)
    kept = session.snapshot(now)
    back = Session.restore(Session("sample", session.holds), kept, 7, away_ms=60_000)
    assert back.view(7).remaining_ms == 50_000 - UNKEPT_MS


def test_a_journal_that_says_too_much_ends_the_hold() -> None:
    session, now = rubbed(LONG_RUB, LONG_RUB, PULL)
    now += LEAD + 10_000
    session.advance(now)
    kept = replace(session.snapshot(now), massaged_left_ms=10**9)
    back = Session.restore(Session("sample", session.holds), kept, 7)
    assert kinds(back.advance(7))[:2] == ["HoldEnded", "MassageLimitReached"]


@pytest.mark.parametrize("leg", Leg)
def test_other_holds_are_not_counted(leg: Leg) -> None:
    (hold,) = planned(LEAN, leg=leg)
    assert MassageTime().after(hold, MINUTE) == MassageTime()
    assert MassageTime(LIMIT, LIMIT).cut(hold, MINUTE) == MINUTE


Command = Callable[[Session, int], tuple[Event, ...]]
COMMANDS: dict[str, Command] = {
    "wait": lambda session, now: session.advance(now),
    "back": lambda session, now: session.back(now),
    "next": lambda session, now: session.skip(now),
    "longer": lambda session, now: session.extend(now, 10 * MINUTE),
    "shorter": lambda session, now: session.extend(now, -30_000),
    "pause": lambda session, now: session.pause(now),
    "resume": lambda session, now: session.resume(now),
    "left": lambda session, now: session.correct_leg(now, LEFT),
    "right": lambda session, now: session.correct_leg(now, RIGHT),
    "eased": lambda session, now: session.eased(now),
    "back_again": lambda session, now: session.back_again(now),
}
MOVES = st.lists(
    st.tuples(st.sampled_from(sorted({*COMMANDS, "crash"})), st.integers(0, 150) | st.integers(0, 9)),
    min_size=8,
    max_size=50,
)
RUBS = st.lists(
    st.builds(
        Step,
        exercise=st.sampled_from(("rub", "rub", "rub", "pull")),
        duration_ms=st.sampled_from((45_000, 60_000, 200_000)),
        repetitions=st.integers(1, 2),
        side=st.sampled_from((None, *Side)),
    ),
    min_size=1,
    max_size=5,
)


class Watch:
    """How long each leg is really rubbed: looked at every second, in both readings of a corrected leg.

    "The other leg" may mean that the person changes legs, or that it was that leg from the start.
    """

    def __init__(self) -> None:
        self.changed = dict.fromkeys(Leg, 0)
        self.meant = dict.fromkeys(Leg, 0)

    def second(self, hold: Hold, phase: Phase, state: State, ms: int) -> None:
        if hold.exercise.kind is Kind.MASSAGE and phase is Phase.ACTIVE and state is State.RUNNING:
            self.changed[hold.leg] += ms
            self.meant[hold.leg] += ms

    def other_leg(self) -> None:
        self.meant = {leg: self.meant[leg.other] for leg in Leg}

    @property
    def longest(self) -> int:
        return max(*self.changed.values(), *self.meant.values())


def crashed(session: Session, now: int, holds: tuple[Hold, ...], *, cramp: bool) -> Session:
    kept = snapshot_of(plain(session.snapshot(now)))
    fresh = Session("sample", holds, cramp=cramp)
    return session if kept.state is State.FINISHED else Session.restore(fresh, kept, now, away_ms=1_000)


@given(steps=RUBS, moves=MOVES, cramp=st.booleans())
def test_no_leg_is_rubbed_for_more_than_five_minutes(
    steps: list[Step], moves: list[tuple[str, int]], cramp: bool
) -> None:
    holds = planned(*steps)
    session, watch, now = Session("sample", holds, cramp=cramp), Watch(), 0
    session.start(now)
    for name, seconds in moves:
        for _ in range(seconds):
            # All that is due lies on whole seconds, as every command does.
            view = session.view(now)
            watch.second(view.hold, view.phase, view.state, 1_000)
            now += 1_000
            session.advance(now)
        leg = session.view(now).hold.leg
        try:
            if name == "crash":
                session = crashed(session, now, holds, cramp=cramp)
            else:
                COMMANDS[name](session, now)
        except IllegalCommandError:
            continue
        if name in {"left", "right"} and leg is not Leg(name):
            watch.other_leg()
        assert watch.longest <= LIMIT


@given(steps=RUBS, moves=MOVES)
def test_it_always_ends(steps: list[Step], moves: list[tuple[str, int]]) -> None:
    """However often one goes back, the session ends by itself once nothing more is commanded."""
    session, now = Session("sample", planned(*steps)), 0
    session.start(now)
    told: list[Event] = []
    for name, seconds in moves:
        now += seconds * 1_000
        try:
            told += COMMANDS.get(name, COMMANDS["wait"])(session, now)
        except IllegalCommandError as refused:
            told += refused.events
    if session.state is State.PAUSED:
        told += session.resume(now)
    told += session.advance(now + 10**9)
    assert sum(isinstance(event, SessionEnded) for event in told) == 1
