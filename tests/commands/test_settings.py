import json
from pathlib import Path

import pytest

from relief_app.commands import settings
from relief_app.storage.paths import find_paths
from relief_app.storage.settings import KEYS

Captured = pytest.CaptureFixture[str]


def settings_file(text: str | None = None) -> Path:
    path = find_paths().settings_file
    if text is not None:
        path.parent.mkdir(exist_ok=True)
        path.write_text(text)
    return path


def test_defaults_are_listed_and_nothing_is_written(capsys: Captured) -> None:
    assert settings.list_settings(as_json=False) == 0
    out = capsys.readouterr().out.splitlines()
    assert [line.partition(" = ")[0] for line in out] == list(KEYS)
    assert "leg = right" in out
    assert "country = none" in out
    assert not settings_file().exists()


def test_what_is_set_is_kept_and_can_be_reset(capsys: Captured) -> None:
    assert settings.set_value("volume", "0.25") == 0
    assert settings.set_value("sounds", "off") == 0
    assert settings.set_value("country", "de") == 0
    assert settings.list_settings(as_json=True) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["volume"], found["sounds"], found["country"]) == (0.25, False, "DE")
    assert settings.reset("volume") == 0
    assert settings.get("volume") == 0
    assert settings.get("sounds") == 0
    assert capsys.readouterr() == ("0.7\nno\n", "")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("volume", "2"),
        ("volume", "nan"),
        ("leg", "both"),
        ("theme", "pink"),
        ("night_from", "25:00"),
        ("country", "DEU"),
        ("sounds", "\x1b[31m"),
        ("nothing", "1"),
        ("", ""),
        ("leg\n", "left"),
        ("__class__", "x"),
    ],
)
def test_a_wrong_key_or_value_is_one_line_and_changes_nothing(key: str, value: str, capsys: Captured) -> None:
    path = settings_file("damaged")
    assert settings.set_value(key, value) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "\x1b" not in err
    assert path.read_text() == "damaged"


def test_unknown_keys_name_those_there_are(capsys: Captured) -> None:
    assert (settings.get("x"), settings.reset("x")) == (1, 1)
    line = f'there is no setting "x"; there are: {", ".join(KEYS)}\n'
    assert capsys.readouterr() == ("", line * 2)


def test_a_damaged_file_is_set_aside_and_told(capsys: Captured) -> None:
    path = settings_file("{")
    assert settings.set_value("leg", "left") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{path}: this file is damaged; it is kept as settings.json.damaged-")
    assert err.count("\n") == 1
    assert [kept.read_text() for kept in path.parent.glob("*.damaged-*")] == ["{"]
    assert json.loads(path.read_text())["leg"] == "left"


def test_a_file_that_only_cannot_be_read_is_not_replaced(capsys: Captured) -> None:
    path = settings_file()
    path.mkdir(parents=True)
    assert settings.set_value("leg", "left") == 1
    assert capsys.readouterr() == ("", f"{path}: this file cannot be read\n")
    assert path.is_dir()


def test_a_place_that_cannot_be_written_is_one_line(capsys: Captured) -> None:
    find_paths().config_dir.write_text("a file where the folder should be")
    assert settings.set_value("leg", "left") == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "settings.json: it cannot be written" in err
