"""The first step of a built-in routine, read without the catalogue.

A cramp does not wait until seventeen exercises and nine routines are checked: what the first picture
needs are a few values. They are the same files; the catalogue that follows checks them.
"""

from collections.abc import Callable
from pathlib import Path
from typing import Any, NamedTuple

from relief_app.storage.assets import asset_path
from relief_app.storage.reading import decode_text, parse_toml, read_bytes

GATED = frozenset({"massage", "heat", "ice"})
"""Kinds that a session leaves out, as `core.safety.skipped_kinds` has it (a test holds them together)."""


class FirstStep(NamedTuple):
    """Exercise id, its cue and the name of the next exercise in English, dose in seconds, holds in all."""

    exercise: str
    cue: str
    seconds: int
    following: str
    holds: int


def first_step(routine: str, *, find_asset: Callable[..., Path] = asset_path) -> FirstStep:
    """The first step of the built-in `routine`.

    Raises AssetMissing, RoutineRefused, and LookupError or TypeError for a file of another shape.
    """
    exercises = _table(find_asset("exercises.toml"))["exercises"]
    steps = _table(find_asset("routines", f"{routine}.toml"))["steps"]
    steps = [step for step in steps if exercises[step["exercise"]]["kind"] not in GATED]
    first, second = steps[:2]
    exercise = exercises[first["exercise"]]
    return FirstStep(
        exercise=first["exercise"],
        cue=first.get("cue", exercise["cue"]),
        seconds=round(first["duration_s"]),
        following=exercises[second["exercise"]]["name"],
        holds=sum(step.get("repetitions", 1) for step in steps),
    )


def _table(path: Path) -> dict[str, Any]:
    return parse_toml(decode_text(read_bytes(path)))
