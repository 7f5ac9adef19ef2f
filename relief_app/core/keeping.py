"""A session's snapshot as plain values and back, and how long a kept one is worth offering."""

from collections.abc import Callable, Mapping
from dataclasses import asdict
from enum import StrEnum
from math import isfinite

from relief_app.core.anatomy import Leg
from relief_app.core.events import Phase
from relief_app.core.routine import MINUTE
from relief_app.core.session_state import Snapshot, SnapshotError, State

KEPT_FOR_MS = 120 * MINUTE
"""A session older than two hours is not offered again."""


def away_ms(
    kept: tuple[str, int, float],
    now: tuple[str, int, float],
) -> int | None:
    """How long ago something was kept; both are (boot id, milliseconds since boot, wall clock in s).

    Within one boot the boot clock is believed, which nobody can set; else the wall clocks. None where it
    lies in the future or is no number: that counts as too old.
    """
    same_boot = kept[0] != "" and kept[0] == now[0]
    away = float(now[1] - kept[1]) if same_boot else (now[2] - kept[2]) * 1_000
    return round(away) if isfinite(away) and away >= 0 else None


def plain(snapshot: Snapshot) -> dict[str, object]:
    """`snapshot` in numbers, texts, truths and None."""
    return {key: str(v) if isinstance(v, StrEnum) else v for key, v in asdict(snapshot).items()}


def snapshot_of(values: Mapping[str, object]) -> Snapshot:
    """The snapshot that `plain` made `values` of; raises SnapshotError naming the field that is off."""
    unknown = set(values) - set(_READERS)
    if unknown:
        raise SnapshotError(min(unknown))
    read: dict[str, object] = {}
    for field, reader in _READERS.items():
        try:
            read[field] = reader(values.get(field))
        except ValueError:
            raise SnapshotError(field) from None
    return Snapshot(**read)  # type: ignore[arg-type] # each reader gives its field's type


def _whole(value: object) -> int:
    if type(value) is not int or value < 0:
        raise ValueError(value)
    return value


def _whole_or_none(value: object) -> int | None:
    return None if value is None else _whole(value)


def _truth(value: object) -> bool:
    if type(value) is not bool:
        raise ValueError(value)
    return value


def _text(value: object) -> str:
    if not isinstance(value, str):
        raise ValueError(value)  # noqa: TRY004 - one kind of error for all readers
    return value


_READERS: Mapping[str, Callable[[object], object]] = {
    "state": lambda value: State(_text(value)),
    "index": _whole,
    "exercise": _text,
    "phase": lambda value: Phase(_text(value)),
    "leg": lambda value: Leg(_text(value)),
    "repetition": _whole,
    "elapsed_ms": _whole,
    "planned_ms": _whole,
    "marked_ms": _whole,
    "dose_reached": _truth,
    "alarm_left_ms": _whole_or_none,
    "alarm_armed": _truth,
    "cramp_ms": _whole,
    "release_ms": _whole_or_none,
    "eased_index": _whole_or_none,
    "massaged_left_ms": _whole,
    "massaged_right_ms": _whole,
}
