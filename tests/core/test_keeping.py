"""A kept session: as plain values, back again, and no longer than it is worth."""

import math
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg
from relief_app.core.events import Phase
from relief_app.core.keeping import KEPT_FOR_MS, away_ms, plain, snapshot_of
from relief_app.core.session_state import Snapshot, SnapshotError, State

MINUTE = 60_000
BOOT = ("3f0c", 5_000_000, 1_700_000_000.0)
times = st.integers(0, 10**9)
snapshots = st.builds(
    Snapshot,
    state=st.sampled_from(State),
    index=st.integers(0, 200),
    exercise=st.text(max_size=20),
    phase=st.sampled_from(Phase),
    leg=st.sampled_from(Leg),
    repetition=st.integers(0, 100),
    elapsed_ms=times,
    planned_ms=times,
    marked_ms=times,
    dose_reached=st.booleans(),
    alarm_left_ms=st.none() | times,
    alarm_armed=st.booleans(),
    cramp_ms=times,
    release_ms=st.none() | times,
    eased_index=st.none() | st.integers(0, 200),
    massaged_left_ms=times,
    massaged_right_ms=times,
)


@given(snapshots)
def test_plain_values_give_the_snapshot_back(snapshot: Snapshot) -> None:
    values = plain(snapshot)
    assert all(type(value) in (str, int, bool, type(None)) for value in values.values())
    assert snapshot_of(values) == snapshot


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", "dancing"),
        ("state", None),
        ("index", -1),
        ("index", True),
        ("index", 1.0),
        ("exercise", 3),
        ("phase", "sleep"),
        ("leg", "both"),
        ("elapsed_ms", "12"),
        ("dose_reached", 1),
        ("alarm_left_ms", -1),
        ("release_ms", 2.5),
        ("eased_index", False),
        ("mood", "good"),
    ],
)
def test_a_field_that_is_off_is_named(field: str, value: object) -> None:
    values: dict[str, Any] = dict.fromkeys(
        ("index", "repetition", "elapsed_ms", "planned_ms", "marked_ms", "cramp_ms"), 0
    )
    values |= {"state": "running", "exercise": "rest", "phase": "active", "leg": "left"}
    values |= {"dose_reached": False, "alarm_armed": False, "alarm_left_ms": None}
    values |= {"release_ms": None, "eased_index": None}
    values |= {"massaged_left_ms": 0, "massaged_right_ms": 0}
    assert snapshot_of(values).leg is Leg.LEFT
    with pytest.raises(SnapshotError) as raised:
        snapshot_of(values | {field: value})
    assert raised.value.field == field


@pytest.mark.parametrize(
    ("wall_min", "boot_min", "boot_id", "age_min"),
    [
        (5, 5, "3f0c", 5),
        (-300, 5, "3f0c", 5),
        (9_000, 5, "3f0c", 5),
        (5, -5, "3f0c", None),
        (5, 900, "another", 5),
        (5, -900, "another", 5),
        (-5, 5, "another", None),
        (0, 0, "3f0c", 0),
        (math.inf, 5, "another", None),
        (math.nan, 5, "another", None),
    ],
)
def test_age_is_told_by_the_boot_clock_within_one_boot_and_else_by_the_wall_clock(
    wall_min: float, boot_min: int, boot_id: str, age_min: int | None
) -> None:
    now = (boot_id, BOOT[1] + boot_min * MINUTE, BOOT[2] + wall_min * 60)
    assert away_ms(BOOT, now) == (None if age_min is None else age_min * MINUTE)


def test_two_unknown_boots_are_not_the_same() -> None:
    assert away_ms(("", 0, 100.0), ("", 2 * MINUTE, 160.0)) == MINUTE


def test_a_session_is_kept_for_two_hours() -> None:
    assert KEPT_FOR_MS == 120 * MINUTE
