"""Emergency numbers by country."""

from collections.abc import Callable
from pathlib import Path

from relief_app.storage.assets import asset_path
from relief_app.storage.reading import decode_text, parse_toml, read_bytes


def emergency_number(country: str | None, *, find_asset: Callable[..., Path] = asset_path) -> str | None:
    """The number of a confirmed `country` (ISO 3166), None where none is known for it.

    Raises AssetMissing where the table is missing.
    """
    if country is None:
        return None
    table = parse_toml(decode_text(read_bytes(find_asset("emergency_numbers.toml"))))
    return next((number for number, places in table["numbers"].items() if country in places), None)
