"""A Routine as the text of a routine file. Imported late: only saving and exporting need tomli_w."""

from dataclasses import asdict
from typing import Any

import tomli_w

from relief_app.core.routine import Routine, Step
from relief_app.storage.fields import FORMAT

_DEFAULT = asdict(Step(exercise=""))


def routine_text(routine: Routine) -> str:
    """TOML that reads back as the same routine."""
    head = asdict(routine)
    del head["steps"]
    head |= head.pop("prescription")
    table = {"format": FORMAT} | _with_seconds({k: v for k, v in head.items() if v is not None})
    return tomli_w.dumps(table | {"steps": [_step(step) for step in routine.steps]})


def _step(step: Step) -> dict[str, Any]:
    """The keys of a step that differ from what a file means by leaving them out."""
    said = {key: value for key, value in asdict(step).items() if value != _DEFAULT[key]}
    return _with_seconds(said)


def _with_seconds(values: dict[str, Any]) -> dict[str, Any]:
    """Milliseconds become seconds, `_ms` becomes `_s`, enumerations their values."""
    return {
        key.removesuffix("_ms") + "_s" if key.endswith("_ms") else key: _plain(key, value)
        for key, value in values.items()
    }


def _plain(key: str, value: Any) -> Any:
    if not key.endswith("_ms"):
        return str(value) if isinstance(value, str) else value
    return [_seconds(part) for part in value] if isinstance(value, tuple) else _seconds(value)


def _seconds(milliseconds: int) -> int | float:
    whole, rest = divmod(milliseconds, 1_000)
    return milliseconds / 1_000 if rest else whole
