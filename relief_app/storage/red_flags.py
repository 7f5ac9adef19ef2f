"""The red flags of the "Something is wrong" page, the most urgent first (clinical content, section 7)."""

from collections.abc import Callable
from pathlib import Path

from relief_app.core.refusal import RefusalCode, RoutineRefused
from relief_app.core.safety import RedFlag, Urgency
from relief_app.storage import fields
from relief_app.storage.assets import asset_path
from relief_app.storage.fields import Field, FieldRefused, check_format
from relief_app.storage.gates import BLOCKS
from relief_app.storage.reading import decode_text, parse_toml, read_bytes
from relief_app.storage.routine_files import LINE


def read_red_flags(*, find_asset: Callable[..., Path] = asset_path) -> tuple[RedFlag, ...]:
    """Every red flag, in English; raises AssetMissing, and RoutineRefused where the file is damaged."""
    raw = parse_toml(decode_text(read_bytes(find_asset("red_flags.toml"))))
    try:
        check_format(raw)
        return tuple(_red_flag(table) for table in fields.read_table(raw, _TOP)["flags"])
    except FieldRefused as refused:
        raise RoutineRefused(refused.refusal) from None


def _red_flag(table: object) -> RedFlag:
    return RedFlag(**fields.read_table(table, _FLAG))


def _tables(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        fields.refuse(RefusalCode.WRONG_TYPE, value, "list of flags")
    return value


_TOP = {"format": Field(fields.whole(1, 1), required=True), "flags": Field(_tables, required=True)}
_FLAG = {
    "code": Field(fields.text(LINE), required=True),
    "trigger": Field(fields.text(LINE), required=True),
    "action": Field(fields.text(LINE), required=True),
    "urgency": Field(fields.one_of(Urgency), required=True),
    "blocks": Field(BLOCKS, required=True),
    "question": Field(fields.text(LINE)),
    "picture": Field(fields.text(LINE)),
}
