"""When a cramp of the night is asked about."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.morning import HOUR_S, is_morning_after

ENDED = 1_780_000_000.0


@pytest.mark.parametrize(
    ("hours", "is_night", "asked"),
    [
        (3.99, False, False),
        (4, False, True),
        (4, True, False),
        (8, False, True),
        (24, False, True),
        (24.01, False, False),
        (-1, False, False),
    ],
)
def test_four_hours_to_a_day_after_it_and_by_day(hours: float, is_night: bool, asked: bool) -> None:
    assert is_morning_after(ENDED, ENDED + hours * HOUR_S, is_night=is_night) is asked


@given(st.floats(-1e6, 1e6))
def test_nobody_is_asked_at_night(seconds: float) -> None:
    assert not is_morning_after(ENDED, ENDED + seconds, is_night=True)
