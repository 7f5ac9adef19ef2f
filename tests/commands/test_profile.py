"""`profile list|get|set` on the real file."""

import json
import time
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import pytest

from relief_app.commands import profile
from relief_app.commands.verdict import verdict_now
from relief_app.core.gates import Asked
from relief_app.core.profile import Answer
from relief_app.storage import gates as gates_module
from relief_app.storage.assets import AssetMissing
from relief_app.storage.gates import read_gates
from relief_app.storage.paths import find_paths
from relief_app.storage.red_flags import read_red_flags
from tests.commands.fake_app import FakeApp

Captured = pytest.CaptureFixture[str]
KEYS = [gate.key for gate in read_gates() if gate.asked is Asked.PROFILE]
SIGNS = [flag.code for flag in read_red_flags()]


def profile_file(text: str | None = None) -> Path:
    path = find_paths().profile
    if text is not None:
        path.parent.mkdir(exist_ok=True, parents=True)
        path.write_text(text)
    return path


def test_at_first_everything_is_unknown_and_nothing_is_written(capsys: Captured) -> None:
    assert profile.list_profile(as_json=False) == 0
    out = capsys.readouterr().out.splitlines()
    assert [line.split()[:3] for line in out] == [[key, "=", "unknown"] for key in KEYS]
    assert out[1].endswith("   Do you take a blood thinner?")
    assert not profile_file().exists()


def test_the_list_for_scripts(capsys: Captured) -> None:
    assert profile.set_answer("blood_thinner", "no") == 0
    assert profile.list_profile(as_json=True) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["key"] for row in rows] == KEYS
    assert rows[1] == {"key": "blood_thinner", "value": "no", "text": "Do you take a blood thinner?"}
    assert {row["value"] for row in rows} == {"no", "unknown"}


@pytest.mark.parametrize("key", KEYS)
def test_what_is_set_is_got(key: str, capsys: Captured) -> None:
    for value in ("no", "unknown"):
        assert profile.set_answer(key, value) == 0
        assert profile.get(key) == 0
    if key != "cream_used_at":
        assert profile.set_answer(key, "yes") == 0
        assert profile.get(key) == 0
    assert capsys.readouterr().out.split() == ["no", "unknown", "yes"][: 2 + (key != "cream_used_at")]


def test_a_cream_is_used_now_or_was_not(capsys: Captured) -> None:
    before = int(time.time())
    assert profile.set_answer("cream_used_at", "now") == 0
    assert profile.get("cream_used_at") == 0
    said = datetime.fromisoformat(capsys.readouterr().out.strip())
    assert said.tzinfo is not None
    assert before <= said.timestamp() <= time.time()
    assert profile.set_answer("cream_used_at", "no") == 0
    assert profile.get("cream_used_at") == 0
    assert capsys.readouterr().out == "no\n"


def test_a_time_beyond_every_calendar_is_a_number(capsys: Captured) -> None:
    profile_file('{"format": 1, "answers": {}, "facts": {"cream_used_at": 1e12}}')
    assert profile.get("cream_used_at") == 0
    assert capsys.readouterr() == ("1000000000000\n", "")


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("blood_thinner", "now"),
        ("blood_thinner", "YES"),
        ("blood_thinner", ""),
        ("blood_thinner", "\x1b[31m"),
        ("cream_used_at", "yes"),
        ("pack_skin", "no"),
        ("nothing", "no"),
        ("", ""),
        ("__class__", "no"),
    ],
)
def test_a_wrong_key_or_value_is_one_line_and_changes_nothing(key: str, value: str, capsys: Captured) -> None:
    path = profile_file("damaged")
    assert profile.set_answer(key, value) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "\x1b" not in err
    assert path.read_text() == "damaged"


def test_unknown_keys_name_those_there_are(capsys: Captured) -> None:
    assert (profile.get("x"), profile.set_answer("x", "no")) == (1, 1)
    line = f'there is no safety question or sign "x"; there are: {", ".join([*KEYS, *SIGNS])}\n'
    assert capsys.readouterr() == ("", line * 2)


def test_a_damaged_file_is_set_aside_and_told(capsys: Captured) -> None:
    path = profile_file("{")
    assert profile.set_answer("unsteady", "yes") == 0
    out, err = capsys.readouterr()
    assert out == ""
    assert err.startswith(f"{path}: this file is damaged; it is kept as profile.json.damaged-")
    assert err.count("\n") == 1
    assert [kept.read_text() for kept in path.parent.glob("*.damaged-*")] == ["{"]
    assert json.loads(path.read_text())["answers"] == {"unsteady": "yes"}


def test_a_file_that_only_cannot_be_read_is_not_replaced(capsys: Captured) -> None:
    path = profile_file()
    path.mkdir(parents=True)
    assert profile.set_answer("unsteady", "no") == 1
    assert capsys.readouterr() == ("", f"{path}: this file cannot be read\n")
    assert path.is_dir()


def test_a_place_that_cannot_be_written_is_one_line(capsys: Captured) -> None:
    find_paths().data_dir.parent.mkdir(parents=True, exist_ok=True)
    find_paths().data_dir.write_text("a file where the folder should be")
    assert profile.set_answer("unsteady", "no") == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "profile.json: it cannot be written" in err


@pytest.mark.parametrize("value", ["yes", "now"])
def test_a_sign_is_listed_with_its_date_from_its_report_until_it_was_looked_at(
    value: str, capsys: Captured
) -> None:
    before = int(time.time())
    assert profile.set_answer("swollen_warm_leg", value) == 0
    assert profile.list_profile(as_json=True) == 0
    rows = json.loads(capsys.readouterr().out)
    assert [row["key"] for row in rows] == [*KEYS, "swollen_warm_leg"]
    assert before <= datetime.fromisoformat(rows[-1]["value"]).timestamp() <= time.time()
    assert rows[-1]["text"].startswith("One leg swollen, warm, red")
    assert find_paths().profile.stat().st_mode & 0o777 == 0o600
    assert profile.set_answer("swollen_warm_leg", "no") == 0
    assert profile.get("swollen_warm_leg") == 0
    assert profile.list_profile(as_json=True) == 0
    out = capsys.readouterr().out
    assert out.startswith("no\n")
    assert "swollen_warm_leg" not in out


def test_a_running_app_is_told_of_a_sign_and_of_nothing_else() -> None:
    with FakeApp([b'{"ok": true}\n']) as app:
        assert profile.set_answer("unsteady", "yes") == 0
        assert profile.set_answer("pop_or_gap", "now") == 0
        assert profile.set_answer("pop_or_gap", "no") == 0
    assert [json.loads(line) for line in app.requests] == [{"command": "reported", "sign": "pop_or_gap"}]


def test_signs_that_nobody_reported_are_not_listed_as_if_they_were_answered(capsys: Captured) -> None:
    assert profile.list_profile(as_json=False) == 0
    assert not set(SIGNS) & set(capsys.readouterr().out.split())
    assert profile.get("chest_or_breath") == 0
    assert capsys.readouterr().out == "unknown\n"


def test_not_knowing_does_not_lift_a_sign(capsys: Captured) -> None:
    assert profile.set_answer("chest_or_breath", "now") == 0
    assert profile.set_answer("chest_or_breath", "unknown") == 1
    assert capsys.readouterr().err == "chest_or_breath: 'unknown' is not one of now, yes, no\n"
    assert Answer.YES in [reason.answer for reason in verdict_now().reasons if reason.gate.key in SIGNS]


@pytest.mark.parametrize("name", ["gates.toml", "red_flags.toml"])
@pytest.mark.parametrize("damage", ["missing", "torn"])
def test_without_the_questions_there_is_one_line(
    damage: str, name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    torn = tmp_path / name
    torn.write_text("format = 2")

    def find(*parts: str) -> Path:
        if damage == "missing":
            raise AssetMissing("/".join(parts))
        return torn

    if name == "gates.toml":
        monkeypatch.setattr(profile, "read_gates", lambda: gates_module.read_gates(find_asset=find))
    else:
        monkeypatch.setattr(profile, "read_red_flags", lambda: read_red_flags(find_asset=find))
    jobs: list[Callable[[], int]] = [
        lambda: profile.list_profile(as_json=True),
        lambda: profile.get("x"),
        lambda: profile.set_answer("x", "no"),
    ]
    for job in jobs:
        assert job() == 1
        out, err = capsys.readouterr()
        assert (out, err.count("\n")) == ("", 1)
        assert name in err
