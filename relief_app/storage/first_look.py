"""The first step of a built-in routine, read without the catalogue.

A cramp does not wait until seventeen exercises and nine routines are parsed and checked: what the first
picture needs are a few plain lines of the same files, found by eye (the parser, its import and the checks
take 15 ms). The catalogue that follows reads the files in full, and a test holds the two together; where
the lines are not found, the first picture waits for the catalogue.
"""

import re
from collections.abc import Callable
from pathlib import Path
from typing import NamedTuple

from relief_app.storage.assets import asset_path
from relief_app.storage.reading import decode_text, read_bytes

GATED = frozenset({"massage", "heat", "ice"})
"""Kinds that a session leaves out, as `core.safety.skipped_kinds` has it (a test holds them together)."""

_LINE = re.compile(r'^(\w+) = (?:"([^"\\]*)"|([0-9]+))$', re.MULTILINE)


class FirstStep(NamedTuple):
    """Exercise id, its cue and the name of the next exercise in English, dose in seconds, holds in all."""

    exercise: str
    cue: str
    seconds: int
    following: str
    holds: int


def first_step(routine: str, *, find_asset: Callable[..., Path] = asset_path) -> FirstStep:
    """The first step of the built-in `routine`.

    Raises AssetMissing, RoutineRefused for a file that cannot be read, and LookupError or ValueError for
    one that is written in another way.
    """
    catalogue = _text(find_asset("exercises.toml"))
    _, *steps = map(_lines, _text(find_asset("routines", f"{routine}.toml")).split("[[steps]]"))
    known = {step["exercise"]: _exercise(catalogue, step["exercise"]) for step in steps}
    steps = [step for step in steps if known[step["exercise"]]["kind"] not in GATED]
    first, second = steps[:2]
    return FirstStep(
        exercise=first["exercise"],
        cue=first.get("cue", known[first["exercise"]]["cue"]),
        seconds=int(first["duration_s"]),
        following=known[second["exercise"]]["name"],
        holds=sum(int(step.get("repetitions", 1)) for step in steps),
    )


def _exercise(catalogue: str, name: str) -> dict[str, str]:
    _, found, block = catalogue.partition(f"\n[exercises.{name}]\n")
    if not found:
        raise LookupError(name)
    return _lines(block.partition("\n[")[0])


def _lines(block: str) -> dict[str, str]:
    """The plain `key = "text"` and `key = number` lines of one table."""
    return {key: text or number for key, text, number in _LINE.findall(block)}


def _text(path: Path) -> str:
    return decode_text(read_bytes(path))
