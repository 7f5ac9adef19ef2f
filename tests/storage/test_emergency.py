"""Whom to call: the person's own number, else the confirmed country's, else nobody is made up."""

from pathlib import Path

import pytest

from relief_app.core.preferences import Settings
from relief_app.storage.assets import AssetMissing
from relief_app.storage.emergency import emergency_numbers, number_to_call


@pytest.mark.parametrize(
    ("country", "own", "number"),
    [
        (None, None, None),
        ("DE", None, "112"),
        ("GB", None, "999"),
        ("US", None, "911"),
        ("AU", None, "000"),
        ("JP", None, "119"),
        ("ZZ", None, None),
        ("US", "+15551234", "+15551234"),
        (None, "110", "110"),
    ],
)
def test_the_own_number_goes_before_that_of_the_country(
    country: str | None, own: str | None, number: str | None
) -> None:
    assert number_to_call(Settings(country=country, emergency_number=own)) == number


def test_an_own_number_needs_no_table() -> None:
    def missing(*parts: str) -> Path:
        raise AssetMissing("/".join(parts))

    assert number_to_call(Settings(emergency_number="110"), find_asset=missing) == "110"
    with pytest.raises(AssetMissing):
        number_to_call(Settings(country="DE"), find_asset=missing)


def test_every_country_has_one_number_of_digits() -> None:
    numbers = emergency_numbers()
    assert list(numbers) == sorted(numbers)
    assert len(numbers) == 32
    assert all(number.isdecimal() and len(number) == 3 for number in numbers.values())
