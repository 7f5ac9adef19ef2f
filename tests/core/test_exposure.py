"""A pack on the skin: its checks, its end, its alarm, and what a lost program does to it."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import (
    Exposure,
    ExposureAlarm,
    ExposureEnded,
    ExposureEvent,
    ExposureResumed,
    ExposureStarted,
    NotNowError,
    Pack,
    PackReason,
    SkinCheckDue,
    SkinChecked,
    Stamp,
    elapsed_ms,
)

S, MIN = 1_000, 60_000
HEAT, ICE, LEFT = Kind.HEAT, Kind.ICE, Leg.LEFT


def heat(minutes: float = 15) -> Pack:
    pack = Pack(HEAT, LEFT, round(minutes * MIN))
    pack.start()
    return pack


def answered(pack: Pack, until: int) -> tuple[ExposureEvent, ...]:
    """All that happens until then to somebody who answers each check at once that the skin is fine."""
    told: list[ExposureEvent] = []
    while (due := pack.next_deadline()) is not None and due <= until:
        told += pack.advance(due)
        if pack.is_asking:
            told += pack.answer_check(due, fine=True)
    return tuple(told)


def test_fifteen_minutes_of_heat() -> None:
    assert Pack(HEAT, LEFT, 15 * MIN).start() == (ExposureStarted(0, HEAT, LEFT, 15 * MIN),)
    assert answered(heat(), 60 * MIN) == (
        SkinCheckDue(5 * MIN, 1),
        SkinChecked(5 * MIN, 1, fine=True),
        SkinCheckDue(10 * MIN, 2),
        SkinChecked(10 * MIN, 2, fine=True),
        ExposureAlarm(15 * MIN, HEAT, LEFT, PackReason.TIME_UP),
    )


def test_ten_minutes_of_ice() -> None:
    assert answered(Pack(ICE, LEFT, 10 * MIN), 60 * MIN) == (
        SkinCheckDue(5 * MIN, 1),
        SkinChecked(5 * MIN, 1, fine=True),
        ExposureAlarm(10 * MIN, ICE, LEFT, PackReason.TIME_UP),
    )


@pytest.mark.parametrize(("kind", "stop_min"), [(HEAT, 20), (ICE, 10)])
def test_no_plan_and_no_extension_passes_the_hard_stop(kind: Kind, stop_min: int) -> None:
    pack = Pack(kind, LEFT, 90 * MIN)
    assert pack.planned_ms == stop_min * MIN
    pack.extend(MIN, 90 * MIN)
    assert pack.planned_ms == stop_min * MIN


def test_a_check_that_nobody_answers_becomes_the_alarm_after_a_minute() -> None:
    pack = heat()
    pack.advance(5 * MIN)
    assert (pack.is_asking, pack.answer_left_ms(5 * MIN + 40 * S)) == (True, 20 * S)
    assert pack.advance(6 * MIN - 1) == ()
    assert pack.advance(6 * MIN) == (ExposureAlarm(6 * MIN, HEAT, LEFT, PackReason.UNANSWERED),)


def test_a_bad_answer_ends_it_at_once() -> None:
    pack = heat()
    pack.advance(5 * MIN)
    assert pack.answer_check(5 * MIN + 9 * S, fine=False) == (
        SkinChecked(5 * MIN + 9 * S, 1, fine=False),
        ExposureAlarm(5 * MIN + 9 * S, HEAT, LEFT, PackReason.SKIN),
    )
    assert pack.next_deadline() is None
    assert pack.is_on


def test_one_late_look_tells_all_that_was_missed_in_order() -> None:
    assert heat().advance(60 * MIN) == (
        SkinCheckDue(5 * MIN, 1),
        ExposureAlarm(6 * MIN, HEAT, LEFT, PackReason.UNANSWERED),
    )


def test_the_alarm_stands_until_somebody_says_that_the_pack_is_off() -> None:
    pack = heat()
    pack.advance(60 * MIN)
    assert pack.advance(600 * MIN) == ()
    assert pack.acknowledge(601 * MIN) == (ExposureEnded(601 * MIN, HEAT, LEFT),)
    assert not pack.is_on
    with pytest.raises(NotNowError, match="acknowledge"):
        pack.acknowledge(602 * MIN)


def test_nobody_asked_so_nothing_is_answered() -> None:
    with pytest.raises(NotNowError, match="skin_check"):
        heat().answer_check(MIN, fine=True)


def test_made_shorter_than_it_has_lain_it_ends_now() -> None:
    pack = heat()
    assert pack.extend(3 * MIN, -20 * MIN) == (ExposureAlarm(3 * MIN, HEAT, LEFT, PackReason.TIME_UP),)


def test_time_is_told_as_it_stands() -> None:
    pack = heat()
    assert (pack.left_ms(4 * MIN), pack.left_ms(99 * MIN)) == (11 * MIN, 0)
    assert pack.answer_left_ms(4 * MIN) is None


def test_an_alarm_from_outside_is_raised_once() -> None:
    pack = heat()
    alarm = ExposureAlarm(MIN, HEAT, LEFT, PackReason.LEFT)
    assert pack.raise_alarm(MIN, PackReason.LEFT) == (alarm,)
    assert pack.raise_alarm(2 * MIN, PackReason.TIME_UP) == ()
    assert pack.extend(3 * MIN, MIN) == ()
    assert pack.planned_ms == 15 * MIN


def test_a_check_at_the_end_gives_way_to_the_end() -> None:
    assert heat(5).advance(5 * MIN) == (ExposureAlarm(5 * MIN, HEAT, LEFT, PackReason.TIME_UP),)


KEPT = Exposure(HEAT, LEFT, 15 * MIN, Stamp("a", 1_000_000, 1e9), checked=1)


def test_coming_back_in_time_it_goes_on_with_the_next_check() -> None:
    pack = Pack.of(KEPT)
    assert pack.resume(7 * MIN) == (ExposureResumed(7 * MIN, HEAT, LEFT, None),)
    assert pack.next_deadline() == 10 * MIN


def test_coming_back_late_it_opens_on_the_alarm() -> None:
    assert Pack.of(KEPT).resume(99 * MIN)[-1] == ExposureAlarm(11 * MIN, HEAT, LEFT, PackReason.UNANSWERED)


def test_an_alarm_that_stood_is_told_once_only() -> None:
    kept = replace(KEPT, alarm_reason=PackReason.SKIN)
    assert Pack.of(kept).resume(99 * MIN) == (ExposureResumed(99 * MIN, HEAT, LEFT, PackReason.SKIN),)


def test_where_nobody_can_tell_the_time_it_is_over() -> None:
    assert Pack.of(KEPT).resume(None)[-1] == ExposureAlarm(0, HEAT, LEFT, PackReason.CLOCK)


def test_left_behind_it_is_over() -> None:
    assert Pack.of(KEPT).resume(7 * MIN, left=True)[-1] == ExposureAlarm(7 * MIN, HEAT, LEFT, PackReason.LEFT)


@pytest.mark.parametrize(
    ("now", "gone"),
    [
        (Stamp("a", 1_300_000, 5.0), 300_000),  # the same boot: the wall clock may say what it likes
        (Stamp("a", 999_999, 1e9 + 60), None),  # the same boot and yet before: not to be believed
        (Stamp("b", 5_000, 1e9 + 60), 60_000),  # another boot: the wall clock
        (Stamp("b", 5_000, 1e9 - 1), None),
        (Stamp("b", 5_000, float("nan")), None),
        (Stamp("", 1_300_000, 1e9 + 60), 60_000),
    ],
)
def test_which_clock_counts(now: Stamp, gone: int | None) -> None:
    assert elapsed_ms(KEPT, now) == gone


def test_a_rehearsals_time_passes_faster() -> None:
    assert elapsed_ms(replace(KEPT, rate=60), Stamp("a", 1_010_000, 0.0)) == 600_000


COMMANDS = st.sampled_from(["advance", "fine", "bad", "longer", "shorter", "crash"])


@given(st.lists(st.tuples(COMMANDS, st.integers(0, 7 * MIN)), max_size=30), st.sampled_from([HEAT, ICE]))
def test_whatever_is_done_it_ends_by_its_hard_stop_and_tells_of_it_once(
    steps: list[tuple[str, int]], kind: Kind
) -> None:
    stop = 20 * MIN if kind is HEAT else 10 * MIN
    pack, now = Pack(kind, LEFT, 10 * MIN), 0
    told = list(pack.start())
    for command, wait in [*steps, ("advance", stop)]:
        now += wait
        told += pack.advance(now)
        if command in ("fine", "bad") and pack.is_asking:
            told += pack.answer_check(now, fine=command == "fine")
        elif command in ("longer", "shorter"):
            told += pack.extend(now, 4 * MIN if command == "longer" else -2 * MIN)
        elif command == "crash":
            kept = replace(
                KEPT, kind=kind, planned_ms=pack.planned_ms, checked=pack.checked, alarm_reason=pack.reason
            )
            pack = Pack.of(kept)
            told += pack.resume(now)
    alarms = [event for event in told if isinstance(event, ExposureAlarm)]
    assert len(alarms) == 1
    assert alarms[0].at <= stop
    assert alarms[0].reason is pack.reason


def test_the_alarm_that_comes_where_nobody_answers_is_known() -> None:
    pack = heat()
    assert pack.alarm_at() == 6 * MIN
    pack.advance(5 * MIN)
    assert pack.alarm_at() == 6 * MIN
    pack.answer_check(5 * MIN + 30 * S, fine=True)
    assert pack.alarm_at() == 11 * MIN
    pack.answer_check(10 * MIN, fine=True)
    assert pack.alarm_at() == 15 * MIN
    pack.raise_alarm(12 * MIN, PackReason.SKIN)
    assert pack.alarm_at() == 0


@given(st.integers(1, 20), st.lists(st.booleans(), max_size=4))
def test_where_nobody_answers_the_alarm_comes_just_then(minutes: int, answers: list[bool]) -> None:
    pack = heat(minutes)
    for fine in answers:
        due = pack.next_deadline()
        if due is None:
            break
        pack.advance(due)
        if pack.is_asking and fine:
            pack.answer_check(due, fine=True)
    foretold = pack.alarm_at()
    told = pack.advance(60 * MIN)
    assert [event.at for event in told if isinstance(event, ExposureAlarm)] == (
        [foretold] if foretold else []
    )
