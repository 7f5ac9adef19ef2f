"""The recorded voice that is delivered with the program: which clip says which sentence."""

from collections.abc import Callable, Mapping
from pathlib import Path

from relief_app.core.refusal import RoutineRefused
from relief_app.ports import Clip
from relief_app.storage import fields
from relief_app.storage.assets import AssetMissing, asset_path
from relief_app.storage.fields import FORMAT, FieldRefused
from relief_app.storage.json_files import parse_json
from relief_app.storage.reading import read_bytes

LANGUAGE = "en"
"""The language there is a recorded voice for."""

LARGEST_BYTES = 256 * 1024
_SECONDS = fields.number(0.05, 60)


def clip_path(name: str) -> Path:
    """The file of the clip `name`; raises AssetMissing."""
    return asset_path("voice", LANGUAGE, f"{name}.ogg")


def read_clips(*, find_asset: Callable[..., Path] = asset_path) -> Mapping[str, Clip]:
    """The clip of each sentence; empty where the list is missing or damaged: then nothing has a clip."""
    try:
        raw = parse_json(read_bytes(find_asset("voice", LANGUAGE, "index.json"), LARGEST_BYTES))
        entries = raw.get("clips") if raw.get("format") == FORMAT else None
        return dict(_texts(entries)) if isinstance(entries, list) else {}
    except (AssetMissing, RoutineRefused, FieldRefused, ValueError, RecursionError):
        return {}


def _texts(entries: list[object]) -> list[tuple[str, Clip]]:
    found = []
    for entry in entries:
        table = fields.mapping(entry)
        name = fields.identifier(table.get("id"))
        length_ms = round(1000 * _SECONDS(table.get("seconds")))
        texts = table.get("texts")
        for text in texts if isinstance(texts, list) else []:
            found.append((str(text), Clip(name, length_ms)))
    return found
