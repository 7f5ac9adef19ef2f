"""How soon the next pack, and how many a day: clinical content, section 4, typed anew."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure, Stamp
from relief_app.core.pack_limits import Limit, LimitReason, limit

MIN, HOUR = 60_000, 3_600_000
HEAT, ICE = Kind.HEAT, Kind.ICE
NOON = Stamp("a", 100 * HOUR, 1e9)


def before(ms: int, *, boot: str = "a") -> Stamp:
    return Stamp(boot, NOON.boot_ms - ms, NOON.wall_s - ms / 1000)


def pack(kind: Kind, ended_ago: int | None) -> Exposure:
    """A pack of ten minutes that came off so long ago; None: still on."""
    ended = None if ended_ago is None else before(ended_ago)
    return Exposure(kind, Leg.LEFT, 10 * MIN, before((ended_ago or 0) + 10 * MIN), ended=ended)


@pytest.mark.parametrize(
    ("first", "second", "hours", "reason"),
    [
        (HEAT, HEAT, 1, LimitReason.INTERVAL),
        (ICE, ICE, 2, LimitReason.INTERVAL),
        (ICE, HEAT, 2, LimitReason.OTHER_KIND),
        (HEAT, ICE, 2, LimitReason.OTHER_KIND),
    ],
)
def test_the_interval_after_a_pack(first: Kind, second: Kind, hours: int, reason: LimitReason) -> None:
    assert limit(second, [pack(first, 5 * MIN)], NOON) == Limit(second, reason, hours * HOUR - 5 * MIN)
    assert limit(second, [pack(first, hours * HOUR - 1)], NOON) == Limit(second, reason, 1)
    assert limit(second, [pack(first, hours * HOUR)], NOON) is None


def test_three_of_a_kind_a_day() -> None:
    three = [pack(HEAT, ago * HOUR) for ago in (20, 10, 5)]
    assert limit(HEAT, three, NOON) == Limit(HEAT, LimitReason.DAILY, 4 * HOUR - 10 * MIN)
    assert limit(HEAT, three[1:], NOON) is None
    assert limit(ICE, three, NOON) is None


def test_the_longest_wait_is_told() -> None:
    packs = [pack(HEAT, 20 * HOUR), pack(HEAT, 10 * HOUR), pack(HEAT, 5 * MIN)]
    assert limit(HEAT, packs, NOON) == Limit(HEAT, LimitReason.DAILY, 4 * HOUR - 10 * MIN)


def test_a_pack_still_on_counts_as_just_off() -> None:
    assert limit(HEAT, [pack(HEAT, None)], NOON) == Limit(HEAT, LimitReason.INTERVAL, HOUR)


def test_after_a_clock_that_went_backwards_the_interval_has_just_begun() -> None:
    future = replace(pack(HEAT, 5 * MIN), ended=Stamp("b", 1, NOON.wall_s + 60))
    assert limit(HEAT, [future], NOON) == Limit(HEAT, LimitReason.INTERVAL, HOUR)


def test_after_a_reboot_the_wall_clock_counts() -> None:
    packed = replace(pack(HEAT, 5 * MIN), ended=before(15 * MIN, boot="b"))
    assert limit(HEAT, [packed], NOON) == Limit(HEAT, LimitReason.INTERVAL, 45 * MIN)


def test_a_rehearsals_hour_is_a_minute_at_sixty() -> None:
    rehearsed = replace(pack(HEAT, 15_000), rate=60)
    assert limit(HEAT, [rehearsed], NOON) == Limit(HEAT, LimitReason.INTERVAL, 45_000)


@given(
    st.lists(st.tuples(st.sampled_from([HEAT, ICE]), st.integers(0, 30 * HOUR)), max_size=8),
    st.sampled_from([HEAT, ICE]),
)
def test_after_what_it_says_it_is_allowed_and_not_before(packs: list[tuple[Kind, int]], kind: Kind) -> None:
    past = [pack(one, ago) for one, ago in packs]
    found = limit(kind, past, NOON)
    if found is None:
        return
    then = Stamp("a", NOON.boot_ms + found.left_ms, NOON.wall_s + found.left_ms / 1000)
    assert limit(kind, past, then) is None
    assert limit(kind, past, then._replace(boot_ms=then.boot_ms - 1)) is not None
