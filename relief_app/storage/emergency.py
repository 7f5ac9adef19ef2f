"""Emergency numbers by country."""

from collections.abc import Callable, Mapping
from pathlib import Path

from relief_app.core.preferences import Settings
from relief_app.storage.assets import asset_path
from relief_app.storage.reading import decode_text, parse_toml, read_bytes


def number_to_call(settings: Settings, *, find_asset: Callable[..., Path] = asset_path) -> str | None:
    """The person's own number, else that of the confirmed country; None where neither is known.

    Raises AssetMissing where the table is missing.
    """
    if settings.emergency_number is not None:
        return settings.emergency_number
    return emergency_number(settings.country, find_asset=find_asset)


def emergency_number(country: str | None, *, find_asset: Callable[..., Path] = asset_path) -> str | None:
    """The number of a confirmed `country` (ISO 3166), None where none is known for it.

    Raises AssetMissing where the table is missing.
    """
    return None if country is None else emergency_numbers(find_asset=find_asset).get(country)


def emergency_numbers(*, find_asset: Callable[..., Path] = asset_path) -> Mapping[str, str]:
    """Every number by country (ISO 3166), in the order of the countries.

    Raises AssetMissing where the table is missing.
    """
    table = parse_toml(decode_text(read_bytes(find_asset("emergency_numbers.toml"))))
    pairs = [(place, number) for number, places in table["numbers"].items() for place in places]
    return dict(sorted(pairs))
