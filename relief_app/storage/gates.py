"""The table of gates that is delivered with the program (clinical content, sections 4, 6 and 7)."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

from relief_app.core.gates import Alter, Asked, Block, Gate
from relief_app.core.refusal import RefusalCode, RoutineRefused
from relief_app.storage import fields
from relief_app.storage.assets import asset_path
from relief_app.storage.fields import Check, Field, FieldRefused, check_format
from relief_app.storage.reading import decode_text, parse_toml, read_bytes
from relief_app.storage.routine_files import LINE

_KEY = re.compile(r"[a-z][a-z0-9_]{0,63}")
_HOUR_S = 3_600
_LONGEST_H = 24 * 366


def read_gates(*, find_asset: Callable[..., Path] = asset_path) -> tuple[Gate, ...]:
    """Every gate in the order of the file; raises AssetMissing, and RoutineRefused where it is damaged."""
    raw = parse_toml(decode_text(read_bytes(find_asset("gates.toml"))))
    try:
        check_format(raw)
        tables = fields.read_table(raw, _TOP)["gates"]
        gates = tuple(_gate(key, table, tables) for key, table in tables.items())
    except FieldRefused as refused:
        raise RoutineRefused(refused.refusal) from None
    return gates


def key_name(value: object) -> str:
    """A check for the key of a gate."""
    if not isinstance(value, str):
        fields.refuse(RefusalCode.WRONG_TYPE, value, "text")
    if not _KEY.fullmatch(value):
        fields.refuse(RefusalCode.BAD_ID, value)
    return value


def _gate(key: str, table: object, tables: dict[str, Any]) -> Gate:
    """One gate; a refusal names its table."""
    try:
        values = fields.read_table(table, _GATE)
        if values.get("unless") is not None and values["unless"] not in tables:
            fields.refuse(RefusalCode.UNKNOWN_CHOICE, values["unless"], tuple(tables), "unless")
        return Gate(key=key_name(key), **values)
    except FieldRefused as refused:
        place = ".".join(filter(None, ("gates", key, refused.refusal.field)))
        raise FieldRefused(refused.refusal._replace(field=place)) from None


def _tables(value: object) -> dict[str, Any]:
    found = dict(fields.mapping(value))
    if not found:
        fields.refuse(RefusalCode.EMPTY, value)
    return found


def _asked(value: object) -> Asked:
    """When a question is asked, of what a file may say."""
    asked = Asked(_ASKED(value))
    if asked not in _IN_FILES:
        fields.refuse(RefusalCode.UNKNOWN_CHOICE, value, tuple(map(str, _IN_FILES)))
    return asked


def _set_of(check: Check) -> Check:
    several = fields.several(check)
    return lambda value: frozenset(several(value))


def _hours(value: object) -> float:
    return float(fields.number(1, _LONGEST_H)(value)) * _HOUR_S


_ASKED, _IN_FILES = fields.one_of(Asked), (Asked.PROFILE, Asked.PACK)
_ALTERS = _set_of(fields.one_of(Alter))
BLOCKS = _set_of(fields.one_of(Block))
"""A check for a list of what is blocked."""
_TOP = {"format": Field(fields.whole(1, 1), required=True), "gates": Field(_tables, required=True)}
_GATE = {
    "text": Field(fields.text(LINE), required=True),
    "why": Field(fields.text(LINE), required=True),
    "instead": Field(fields.text(LINE), required=True),
    "source": Field(fields.text(LINE), required=True),
    "asked": Field(_asked),
    "blocks": Field(BLOCKS),
    "alters": Field(_ALTERS),
    "unknown_blocks": Field(BLOCKS),
    "unknown_alters": Field(_ALTERS),
    "unless": Field(key_name),
    "lasts_h": Field(_hours, "lasts_s"),
    "picture": Field(fields.text(LINE)),
}
