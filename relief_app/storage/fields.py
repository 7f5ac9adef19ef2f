"""Checking data from a file, field by field, without a library.

msgspec would add 11 to 21 ms to the way from `relief-app now` to the first picture; this adds none.
A check takes a raw value and gives the wanted one, or raises FieldRefused.
"""

import math
import re
from collections.abc import Callable, Mapping
from enum import StrEnum
from typing import Any, NamedTuple, NoReturn

from relief_app.core.refusal import Refusal, RefusalCode

FORMAT = 1
"""Of every file of ours, delivered or kept; a change that older apps cannot read raises it."""

Check = Callable[[object], Any]

DAY_S = 86_400
_BIG = 10**18
_ID = re.compile(r"[a-z0-9][a-z0-9-]{0,63}")
# Controls, line separators, bidirectional overrides and isolates, lone surrogates.
_FORBIDDEN = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_OVERRIDE = re.compile("[\u202a-\u202e\u2066-\u2069]")


class FieldRefused(Exception):  # noqa: N818 - an answer, not an accident
    """A value that may not be used."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code.value, refusal.where)
        self.refusal = refusal


def refuse(
    code: RefusalCode, value: object = None, bound: object = None, field: str | None = None
) -> NoReturn:
    """Raise FieldRefused, with a value that can be printed."""
    raise FieldRefused(Refusal(code, field=field, value=_printable(value), bound=bound))


def _printable(value: object) -> object:
    """`value`, or what stands for one too big to say: Python refuses to print over-long integers."""
    if isinstance(value, dict):
        return "a table"
    if isinstance(value, list):
        return "a list"
    if isinstance(value, int) and abs(value) >= _BIG:
        return f"{hex(value)[:20]}..."
    return value


class Field(NamedTuple):
    """How the value of one key is checked, and what it is called in the program (`key` if None)."""

    check: Check
    name: str | None = None
    required: bool = False


def read_table(raw: object, fields: Mapping[str, Field]) -> dict[str, Any]:
    """The checked values of a table, by their names in the program. Unknown keys are refused."""
    table = mapping(raw)
    for key in table:
        if key not in fields:
            refuse(RefusalCode.UNKNOWN_KEY, field=key)
    for key, field in fields.items():
        if field.required and key not in table:
            refuse(RefusalCode.MISSING_KEY, field=key)
    return {
        fields[key].name or key: check_field(key, fields[key].check, value) for key, value in table.items()
    }


def check_field(key: str, check: Check, value: object) -> Any:
    """The checked value; a refusal names `key`."""
    try:
        return check(value)
    except FieldRefused as refused:
        raise FieldRefused(refused.refusal._replace(field=key)) from None


def mapping(value: object) -> Mapping[str, object]:
    """A table."""
    if not isinstance(value, dict):
        refuse(RefusalCode.WRONG_TYPE, value, "table")
    return value


def flag(value: object) -> bool:
    """True or false, and no number."""
    if not isinstance(value, bool):
        refuse(RefusalCode.WRONG_TYPE, value, "true or false")
    return value


def whole(low: int, high: int) -> Check:
    """A check for a whole number from `low` to `high`; true is not 1."""

    def check(value: object) -> int:
        if type(value) is not int:
            refuse(RefusalCode.WRONG_TYPE, value, "whole number")
        if not low <= value <= high:
            refuse(RefusalCode.OUT_OF_RANGE, value, (low, high))
        return value

    return check


def number(low: float, high: float) -> Check:
    """A check for a finite number from `low` to `high`."""

    def check(value: object) -> float:
        if type(value) is not int and type(value) is not float:
            refuse(RefusalCode.WRONG_TYPE, value, "number")
        if type(value) is float and not math.isfinite(value):
            refuse(RefusalCode.NOT_FINITE, value)
        if not low <= value <= high:
            refuse(RefusalCode.OUT_OF_RANGE, value, (low, high))
        return float(value)

    return check


def milliseconds(low_s: float = 0.001, high_s: float = DAY_S) -> Check:
    """A check that turns seconds into whole milliseconds."""
    seconds = number(low_s, high_s)
    return lambda value: round(seconds(value) * 1_000)


def millisecond_range(value: object) -> tuple[int, int]:
    """Two durations in seconds, the smaller first."""
    if not isinstance(value, list) or len(value) != 2:
        refuse(RefusalCode.WRONG_TYPE, value, "two numbers")
    seconds = milliseconds()
    low, high = seconds(value[0]), seconds(value[1])
    if low > high:
        refuse(RefusalCode.RANGE_REVERSED, tuple(value))
    return low, high


def text(longest: int, *, empty: bool = False) -> Check:
    """A check for one line of text without characters that hide or reorder what is read."""

    def check(value: object) -> str:
        if not isinstance(value, str):
            refuse(RefusalCode.WRONG_TYPE, value, "text")
        forbidden = _FORBIDDEN.search(value)
        if forbidden:
            refuse(RefusalCode.FORBIDDEN_CHARACTER, f"U+{ord(forbidden[0]):04X}")
        if not empty and not value.strip():
            refuse(RefusalCode.EMPTY, value)
        if len(value) > longest:
            refuse(RefusalCode.TOO_LONG, len(value), longest)
        return value

    return check


def identifier(value: object) -> str:
    """A name that is safe in file names and on command lines."""
    if not isinstance(value, str):
        refuse(RefusalCode.WRONG_TYPE, value, "text")
    if not value:
        refuse(RefusalCode.EMPTY, value)
    if not _ID.fullmatch(value):
        refuse(RefusalCode.BAD_ID, value)
    return value


def one_of(choices: type[StrEnum]) -> Check:
    """A check for a member of `choices`."""
    members: dict[object, StrEnum] = {member.value: member for member in choices}

    def check(value: object) -> StrEnum:
        if not isinstance(value, str):
            refuse(RefusalCode.WRONG_TYPE, value, "text")
        if value not in members:
            refuse(RefusalCode.UNKNOWN_CHOICE, value, tuple(members))
        return members[value]

    return check


def several(check: Check) -> Check:
    """A check for a list whose elements pass `check`; gives a tuple."""

    def check_all(value: object) -> tuple[Any, ...]:
        if not isinstance(value, list):
            refuse(RefusalCode.WRONG_TYPE, value, "list")
        return tuple(check(element) for element in value)

    return check_all


def known(names: Mapping[str, object], code: RefusalCode) -> Check:
    """A check for a key of `names`; `code` says what is not known."""

    def check(value: object) -> str:
        if not isinstance(value, str):
            refuse(RefusalCode.WRONG_TYPE, value, "text")
        if not value:
            refuse(RefusalCode.EMPTY, value)
        if value not in names:
            refuse(code, value)
        return value

    return check


def hidden_override(text_: str) -> tuple[int, str] | None:
    """Line and code point of the first bidirectional override anywhere in a file's text, or None."""
    found = _OVERRIDE.search(text_)
    if found is None:
        return None
    return text_.count("\n", 0, found.start()) + 1, f"U+{ord(found[0]):04X}"


def check_format(raw: Mapping[str, object]) -> None:
    """Refuse any other format before its keys are looked at."""
    if "format" not in raw:
        refuse(RefusalCode.MISSING_KEY, field="format")
    if type(raw["format"]) is not int or raw["format"] != FORMAT:
        refuse(RefusalCode.WRONG_FORMAT, raw["format"], FORMAT, "format")
