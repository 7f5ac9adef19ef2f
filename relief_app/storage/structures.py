"""What the Anatomy page says of each structure (clinical content, section 1)."""

from collections.abc import Callable
from pathlib import Path

from relief_app.core.anatomy import Structure, StructureFacts
from relief_app.core.refusal import RefusalCode, RoutineRefused
from relief_app.storage import fields
from relief_app.storage.assets import asset_path
from relief_app.storage.fields import Field, FieldRefused, check_format
from relief_app.storage.reading import decode_text, parse_toml, read_bytes
from relief_app.storage.routine_files import LINE


def read_structures(*, find_asset: Callable[..., Path] = asset_path) -> dict[Structure, StructureFacts]:
    """The facts of every structure, in English; AssetMissing, or RoutineRefused for a damaged file."""
    raw = parse_toml(decode_text(read_bytes(find_asset("anatomy", "structures.toml"))))
    try:
        check_format(raw)
        facts = [_facts(table) for table in fields.read_table(raw, _TOP)["structures"]]
    except FieldRefused as refused:
        raise RoutineRefused(refused.refusal) from None
    return {each.structure: each for each in facts}


def _facts(table: object) -> StructureFacts:
    return StructureFacts(**fields.read_table(table, _FACTS))


def _tables(value: object) -> list[object]:
    if not isinstance(value, list) or not value:
        fields.refuse(RefusalCode.WRONG_TYPE, value, "list of structures")
    return value


_TOP = {"format": Field(fields.whole(1, 1), required=True), "structures": Field(_tables, required=True)}
_FACTS = {
    "id": Field(fields.one_of(Structure), "structure", required=True),
    "name": Field(fields.text(LINE), required=True),
    "action": Field(fields.text(LINE), required=True),
    "place": Field(fields.text(LINE), required=True),
    "source": Field(fields.identifier, required=True),
    "warning": Field(fields.text(LINE)),
}
