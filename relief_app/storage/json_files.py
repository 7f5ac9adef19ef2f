"""JSON files of our own: bounded, checked, and set aside when damaged.

The standard library's json takes 1.5 ms to import where msgspec takes 11 to 21; `now` reads one such file.
"""

import math
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, NoReturn, TypeVar

from relief_app.core.refusal import RefusalCode, RoutineRefused
from relief_app.ports import LoadProblem, NotKept, NotKeptReason, ProblemCode
from relief_app.storage.atomic import write_atomic
from relief_app.storage.fields import FieldRefused
from relief_app.storage.reading import FILE_LIMIT, read_bytes

if TYPE_CHECKING:
    from datetime import date

Loaded = TypeVar("Loaded")


class JsonFile:
    """One file that holds one JSON object. `today` dates what is set aside."""

    def __init__(self, path: Path, today: "Callable[[], date] | None" = None) -> None:
        self.path = path
        self._today = today
        self._problem: LoadProblem | None = None

    def load(self, decode: Callable[[dict[str, object]], Loaded]) -> Loaded | None:
        """What `decode` makes of the object; None where there is no file or it may not be used.

        `decode` raises FieldRefused; the file is then set aside. `take_problem` has what happened.
        """
        self._problem = None
        try:
            return decode(parse_json(read_bytes(self.path)))
        except RoutineRefused as refused:
            if refused.code is RefusalCode.FILE_TOO_LARGE:
                self._set_aside()
            elif refused.code is not RefusalCode.MISSING:
                self._problem = LoadProblem(ProblemCode.UNREADABLE, self.path)
        except (FieldRefused, ValueError, RecursionError):
            self._set_aside()
        return None

    def peek(self) -> dict[str, object]:
        """The object as it is now, empty where there is none; nothing is set aside or told."""
        try:
            return parse_json(read_bytes(self.path))
        except (RoutineRefused, ValueError, RecursionError):
            return {}

    def take_problem(self) -> LoadProblem | None:
        """What the last load had to say, once."""
        problem, self._problem = self._problem, None
        return problem

    def save(self, content: Mapping[str, object], *, durable: bool) -> None:
        """Replace the file; raises NotKept, ValueError for numbers that are not finite."""
        import json

        data = json.dumps(content, indent=1, allow_nan=False).encode("ascii") + b"\n"
        if len(data) > FILE_LIMIT:
            raise NotKept(self.path, NotKeptReason.TOO_LARGE)
        write_atomic(self.path, data, durable=durable)

    def _day(self) -> str:
        from datetime import date  # late: only a damaged file is dated

        return (self._today or date.today)().isoformat()

    def _set_aside(self) -> None:
        """Move the file to a free name, so that saving overwrites neither it nor an earlier one."""
        try:
            moved: Path | None = free_name(self.path, f".damaged-{self._day()}")
            self.path.replace(moved) if moved else None
        except OSError:
            moved = None
        self._problem = LoadProblem(ProblemCode.DAMAGED, self.path, moved)


def parse_json(data: bytes) -> dict[str, object]:
    """The JSON object in `data`; raises ValueError or RecursionError for anything else."""
    import json  # late: on the first evening there is no file to read before the first picture

    text = data.decode("utf-8-sig")
    found = json.loads(text, parse_constant=_no_constant, parse_float=_finite)
    if not isinstance(found, dict):
        raise ValueError("not an object")  # noqa: TRY004 - one kind of damage like the others
    return found


def _no_constant(name: str) -> NoReturn:
    """NaN and Infinity are no JSON."""
    raise ValueError(name)


def _finite(text: str) -> float:
    """A number that can be written again: 1e999 would come out as Infinity."""
    number = float(text)
    return number if math.isfinite(number) else _no_constant(text)


def free_name(path: Path, suffix: str) -> Path:
    """A name beside `path` that was free and is now taken by an empty file, for good. Raises OSError."""
    number = 1
    while True:
        candidate = path.with_name(path.name + suffix + ("" if number == 1 else f"-{number}"))
        try:
            os.close(os.open(candidate, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600))
        except FileExistsError:
            number += 1
        else:
            return candidate
