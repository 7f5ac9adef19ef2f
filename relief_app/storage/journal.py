"""The running session on disk, so that a killed app comes back to it."""

import math
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from relief_app.core.anatomy import Leg
from relief_app.core.refusal import RefusalCode
from relief_app.ports import JournalEntry, LoadProblem
from relief_app.storage.atomic import not_kept
from relief_app.storage.fields import (
    FORMAT,
    Field,
    FieldRefused,
    check_format,
    identifier,
    mapping,
    number,
    one_of,
    read_table,
    refuse,
    text,
    whole,
)
from relief_app.storage.json_files import JsonFile

if TYPE_CHECKING:
    from datetime import date

NESTING = 8
"""Levels of lists and objects in a session."""


class JournalFile:
    """The journal in a JSON file; fits `relief_app.ports.JournalStore`."""

    def __init__(self, path: Path, today: "Callable[[], date] | None" = None) -> None:
        self._path = path
        self._file = JsonFile(path, today)

    def save(self, entry: JournalEntry) -> None:
        """Keep `entry` in place of the one before.

        Not forced to the disk: this is about a killed app, it happens at every transition, and a page
        left half by a power cut is recognised. Raises NotKept, ValueError for an entry that is no data.
        """
        content: dict[str, object] = {"format": FORMAT, **entry._asdict()}
        _check(content)
        self._file.save(content, durable=False)

    def load(self) -> JournalEntry | None:
        """The entry kept, or None. A damaged file is set aside."""
        return self._file.load(_decode)

    def clear(self) -> None:
        """Forget the entry; raises NotKept where it stays."""
        try:
            self._path.unlink(missing_ok=True)
        except NotADirectoryError:
            return
        except OSError as error:
            raise not_kept(self._path, error) from error

    def take_problem(self) -> LoadProblem | None:
        """What the last load had to say, once."""
        return self._file.take_problem()


def _primitives(value: object, levels: int = NESTING) -> object:
    """A check for what JSON can say: finite numbers, text, true, false, null, lists and objects."""
    if value is None or isinstance(value, str | bool | int):
        return value
    if isinstance(value, float):
        return value if math.isfinite(value) else refuse(RefusalCode.NOT_FINITE, value)
    if levels == 0:
        refuse(RefusalCode.NESTED_TOO_DEEP, bound=NESTING)
    if isinstance(value, list | tuple):
        return [_primitives(element, levels - 1) for element in value]
    table = mapping(value)
    if not all(isinstance(key, str) for key in table):
        refuse(RefusalCode.WRONG_TYPE, bound="text")
    return {key: _primitives(element, levels - 1) for key, element in table.items()}


_wall = number(0, 1e12)
_FIELDS = {
    "format": Field(whole(FORMAT, FORMAT), required=True),
    "version": Field(text(64), required=True),
    "saved_wall_s": Field(_wall, required=True),
    "boot_id": Field(text(64, empty=True), required=True),
    "boot_ms": Field(whole(0, 10**15), required=True),
    "routine": Field(identifier, required=True),
    "leg": Field(one_of(Leg), required=True),
    "rate": Field(number(1, 60), required=True),
    "began_wall_s": Field(lambda value: None if value is None else _wall(value)),
    "session": Field(lambda value: _primitives(mapping(value)), required=True),
}


def _check(content: dict[str, object]) -> None:
    try:
        read_table(content, _FIELDS)
    except FieldRefused as refused:
        raise ValueError(refused.refusal.where) from None


def _decode(raw: dict[str, object]) -> JournalEntry:
    check_format(raw)
    values = read_table(raw, _FIELDS)
    del values["format"]
    return JournalEntry(**values)
