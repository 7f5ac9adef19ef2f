"""Which cramps were asked about, and what a damaged note does."""

from pathlib import Path

import pytest

from relief_app.storage.morning import MorningFile


def test_what_was_asked_is_kept_by_question(tmp_path: Path) -> None:
    file = tmp_path / "morning.json"
    MorningFile(file).note_asked("still_sore", 12.5)
    MorningFile(file).note_asked("morning_cream", 7.0)
    again = MorningFile(file)
    assert (again.asked_until("still_sore"), again.asked_until("morning_cream")) == (12.5, 7.0)
    assert again.asked_until("another") == 0
    assert file.stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        '{"still_sore": true}',
        '{"still_sore": "x"}',
        '{"still_sore": -1}',
        '{"still_sore": 1e300}',
        '{"still_sore": NaN}',
    ],
)
def test_damage_asks_again(tmp_path: Path, text: str) -> None:
    file = tmp_path / "morning.json"
    file.write_text(text)
    assert MorningFile(file).asked_until("still_sore") == 0
    MorningFile(file).note_asked("still_sore", 3.0)
    assert MorningFile(file).asked_until("still_sore") == 3
