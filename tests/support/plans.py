"""What a session should be like, worked out from the routine files alone and from the clinical rules.

Nothing of the program is used. No safety question has been answered, so there is no massage, and no standing
step but where standing was chosen; seated unless it was. Five seconds to get ready for another exercise and
to change legs, rest as written, and resting without getting ready.
"""

import tomllib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

ASSETS = Path(__file__).parents[2] / "assets"
GET_READY_S = SWITCH_S = 5
_UNASKED = ("massage", "heat", "ice")
_STANDING = ("cramp-standing", "demonstration")
_OTHER = {"left": "right", "right": "left"}


@dataclass(frozen=True)
class Hold:
    """One repetition on one leg."""

    step: int
    exercise: str
    leg: str
    repetition: int
    seconds: float
    rest_s: float
    open_ended: bool


@dataclass(frozen=True)
class Phase:
    """One phase as `watch` tells it."""

    index: int
    phase: str
    exercise: str
    leg: str
    repetition: int
    seconds: float


def exercises() -> dict[str, dict[str, Any]]:
    """Return the exercise catalogue."""
    return dict(_toml(ASSETS / "exercises.toml")["exercises"])


def routine(name: str) -> dict[str, Any]:
    """Return a routine file."""
    return _toml(ASSETS / f"routines/{name}.toml")


def holds(name: str, leg: str) -> list[Hold]:
    """Return what is performed, in order."""
    found: list[Hold] = []
    written = routine(name)
    kinds = exercises()
    for number, step, legs in _in_order(written, leg):
        stands = name in _STANDING
        exercise = step["exercise"] if stands else step.get("instead_seated", step["exercise"])
        unasked = kinds[exercise]["kind"] in _UNASKED
        if unasked or (kinds[exercise]["position"] == "standing" and not stands):
            continue
        seconds = step["count"] * step["tempo_s"] if "count" in step else step["duration_s"]
        found += [
            Hold(
                number,
                exercise,
                side,
                repetition,
                seconds,
                step.get("rest_s", 0),
                step.get("open_ended", False),
            )
            for side, repetition in _turns(*legs, step.get("repetitions", 1))
        ]
    return found


def _in_order(written: dict[str, Any], leg: str) -> list[tuple[int, dict[str, Any], tuple[str, str]]]:
    """Number and step, as often as they are gone through, each with its side and leg."""
    steps = list(enumerate(written["steps"]))
    if written["side"] != "leg_by_leg":
        return [(number, step, (step.get("side", written["side"]), leg)) for number, step in steps]
    return [(number, step, ("chosen", one)) for one in (leg, _OTHER[leg]) for number, step in steps]


def phases(plan: list[Hold], start: int = 0) -> Iterator[Phase]:
    """Yield the phases of all holds from `start` on, an open-ended one held once."""
    for index in range(start, len(plan)):
        hold = plan[index]
        lead = _lead(plan, index)
        if lead is not None:
            yield Phase(index, lead[0], hold.exercise, hold.leg, hold.repetition, lead[1])
        yield Phase(index, "active", hold.exercise, hold.leg, hold.repetition, hold.seconds)


def _lead(plan: list[Hold], index: int) -> tuple[str, float] | None:
    hold, before = plan[index], plan[index - 1] if index else None
    if hold.exercise == "rest":
        return None
    if before is not None and before.leg != hold.leg:
        return "switch", SWITCH_S
    if before is None or before.step != hold.step:
        return "get_ready", GET_READY_S
    return ("rest", before.rest_s) if before.rest_s else None


def _turns(side: str, leg: str, repetitions: int) -> list[tuple[str, int]]:
    numbers = range(1, repetitions + 1)
    if side == "alternate":
        return [(one, number) for number in numbers for one in (leg, _OTHER[leg])]
    legs = (leg, _OTHER[leg]) if side == "both" else (leg,)
    return [(one, number) for one in legs for number in numbers]


def _toml(path: Path) -> dict[str, Any]:
    return tomllib.loads(path.read_text(encoding="utf-8"))
