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

from relief_app.core.refusal import RefusalCode, RoutineRefused
from relief_app.storage.assets import asset_path
from relief_app.storage.json_files import parse_json
from relief_app.storage.reading import decode_text, read_bytes

_GATE = re.compile(r"^\[gates\.(\w+)\]\n((?:.+\n)+)", re.MULTILINE)
_LIST = re.compile(r"^(\w+) = \[(.*)\]$", re.MULTILINE)
_NAME = re.compile(r'"(\w+)"')
_LINE = re.compile(r'^(\w+) = (?:"([^"\\]*)"|([0-9]+))$', re.MULTILINE)


class FirstStep(NamedTuple):
    """Exercise id, its cue and the name of the next exercise in English, dose in seconds, holds in all."""

    exercise: str
    cue: str
    seconds: int
    following: str
    holds: int


def first_step(
    routine: str, profile: Path | None = None, *, find_asset: Callable[..., Path] = asset_path
) -> FirstStep:
    """The first step of the built-in cramp `routine`, by the answers in the file `profile`.

    Raises AssetMissing, RoutineRefused for a file that cannot be read, and LookupError or ValueError for
    one that is written in another way, or where the answers or a reported sign change the steps themselves.
    """
    forbidden = _forbidden(profile, find_asset)
    catalogue = _text(find_asset("exercises.toml"))
    _, *steps = map(_lines, _text(find_asset("routines", f"{routine}.toml")).split("[[steps]]"))
    known = {step["exercise"]: _exercise(catalogue, step["exercise"]) for step in steps}
    if "seated" in forbidden and any("instead_seated" in step for step in steps):
        raise LookupError("instead_seated")
    steps = [step for step in steps if known[step["exercise"]]["kind"] not in forbidden]
    first, second = steps[:2]
    return FirstStep(
        exercise=first["exercise"],
        cue=first.get("cue", known[first["exercise"]]["cue"]),
        seconds=int(first["duration_s"]),
        following=known[second["exercise"]]["name"],
        holds=sum(int(step.get("repetitions", 1)) for step in steps),
    )


def _forbidden(profile: Path | None, find_asset: Callable[..., Path]) -> set[str]:
    """Kinds that this cramp leaves out, and "seated" for who is known to be unsteady.

    The table of gates is read only where something was answered.
    """
    kept = _kept(profile)
    if kept is None:
        return {"massage"}
    gates = _GATE.findall(_text(find_asset("gates.toml")))
    if not gates:
        raise LookupError("gates")
    answers, facts = kept
    happened = facts.keys() | {key for key, answer in answers.items() if answer == "yes"}
    if happened - {key for key, _ in gates}:
        raise LookupError("sign")
    return set().union(*(_effects(block, answers.get(key, "unknown")) for key, block in gates))


def _effects(block: str, answer: object) -> set[str]:
    """What one gate blocks, and for a plain yes what it alters."""
    lists = {key: set(_NAME.findall(names)) for key, names in _LIST.findall(block)}
    blocks, nothing = lists.get("blocks", set()), set[str]()
    by_answer = {
        "yes": blocks | lists.get("alters", nothing),
        "no": nothing,
        "unknown": lists.get("unknown_blocks", blocks),
    }
    return by_answer[str(answer)]


def _kept(profile: Path | None) -> tuple[dict[str, object], dict[str, object]] | None:
    """What was answered and what has happened, by key; None where nothing is kept."""
    if profile is None:
        return None
    try:
        found = parse_json(read_bytes(profile))
    except RoutineRefused as refused:
        if refused.code is RefusalCode.MISSING:
            return None
        raise
    except RecursionError:
        raise ValueError("profile") from None
    return _table(found["answers"]), _table(found.get("facts", {}))


def _table(found: object) -> dict[str, object]:
    if not isinstance(found, dict):
        raise ValueError("profile")  # noqa: TRY004 - as for anything else that is no profile
    return found


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
