"""A kept session is plain values, the same when read back, and refused by field when damaged."""

import json
from typing import Any

import pytest

from relief_app.core.keeping import plain, snapshot_of
from relief_app.core.session_state import Snapshot, SnapshotError
from tests.core.sample import LEAN, LIE, PULL, cramp, open_ended, session


def kept(*, eased: bool = False) -> Snapshot:
    running = cramp(open_ended(PULL), LEAN, LIE)
    running.start(1_000, urgent=True)
    if eased:
        running.eased(5_000)
    return running.snapshot(6_000)


def without_alarm() -> Snapshot:
    running = session(PULL, LEAN)
    running.start(0)
    return running.snapshot(700)


@pytest.mark.parametrize("snapshot", [kept(), kept(eased=True), without_alarm()])
def test_plain_values_go_through_json_and_back(snapshot: Snapshot) -> None:
    assert snapshot_of(json.loads(json.dumps(plain(snapshot)))) == snapshot


def test_an_alarm_may_be_past() -> None:
    assert snapshot_of(plain(kept()) | {"alarm_left_ms": -1}).alarm_left_ms == -1


@pytest.mark.parametrize(
    ("field", "value"),
    [
        ("state", "asleep"),
        ("state", 1),
        ("phase", None),
        ("leg", "both"),
        ("exercise", ["pull"]),
        ("index", -1),
        ("index", True),
        ("elapsed_ms", 1.5),
        ("cramp_ms", "6000"),
        ("dose_reached", 1),
        ("alarm_armed", None),
        ("alarm_left_ms", "soon"),
        ("alarm_left_ms", False),
        ("release_ms", -5),
        ("eased_index", "0"),
    ],
)
def test_a_damaged_field_is_named(field: str, value: Any) -> None:
    with pytest.raises(SnapshotError) as refused:
        snapshot_of(plain(kept()) | {field: value})
    assert refused.value.field == field


def test_a_missing_field_is_named() -> None:
    values = plain(kept())
    del values["planned_ms"]
    with pytest.raises(SnapshotError) as refused:
        snapshot_of(values)
    assert refused.value.field == "planned_ms"


def test_an_unknown_field_is_named() -> None:
    with pytest.raises(SnapshotError) as refused:
        snapshot_of(plain(kept()) | {"zeal": 1, "mood": 2})
    assert refused.value.field == "mood"
