"""The safety answers and a person's data, through the real program."""

import json
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.control import wait_for_step
from tests.support.private_desktop import ROOT, PrivateDesktop
from tests.support.waiting import wait_until

FAILED, REFUSED = 1, 4


def _line(stage: PrivateDesktop, *command: str, status: int = 0) -> str:
    """The one line a command prints where it belongs."""
    answer = stage.command(*command)
    assert answer.returncode == status, answer
    said = answer.stderr if status else answer.stdout
    assert len(said.splitlines()) == 1, answer
    return said.strip()


def _answer(stage: PrivateDesktop, **answers: str) -> None:
    for key, value in answers.items():
        assert stage.command("profile", "set", key, value).returncode == 0


def test_answers_open_and_close_the_massage_for_the_running_app(stage: PrivateDesktop) -> None:
    app = stage.launch("now", "--leg", "left")
    assert wait_for_step(app, index=0, phase="active")["step"]["count"] == 4
    assert "blood_thinner" in _line(stage, "start", "massage", status=REFUSED)
    _answer(stage, blood_thinner="no", pregnancy="no", poor_circulation="no")
    assert app.status()["step"]["count"] == 4, "an answer changed a session that was running"
    assert stage.command("start", "massage", "--leg", "left").returncode == 0
    status = wait_for_step(app, index=0, phase="get_ready")
    assert (status["routine"], status["step"]["kind"], status["step"]["count"]) == ("massage", "massage", 5)
    _answer(stage, blood_thinner="yes")
    refused = _line(stage, "start", "massage", status=REFUSED)
    assert "With a blood thinner there is no massage. Stretching stays possible" in refused
    assert app.status()["routine"] == "massage"
    assert app.terminate() == 0


@pytest.mark.parametrize(
    ("answers", "position", "first", "count"),
    [
        (
            {"blood_thinner": "no", "pregnancy": "yes", "poor_circulation": "no"},
            "bed",
            "active-dorsiflexion",
            5,
        ),
        ({"unsteady": "yes"}, "standing", "towel-stretch", 4),
        ({"unsteady": "yes"}, "bed", "active-dorsiflexion", 4),
        ({"unsteady": "no"}, "standing", "get-up", 6),
    ],
)
def test_now_begins_by_the_answers(
    stage: PrivateDesktop, answers: dict[str, str], position: str, first: str, count: int
) -> None:
    _answer(stage, **answers)
    app = stage.launch("now", "--leg", "left", "--position", position)
    step = wait_for_step(app, index=0, phase="active")["step"]
    assert (step["exercise"], step["count"]) == (first, count)
    assert app.terminate() == 0


def test_a_damaged_profile_is_said_and_the_cramp_is_guided(stage: PrivateDesktop) -> None:
    _answer(stage, blood_thinner="no", pregnancy="no", poor_circulation="no")
    place = _line(stage, "data", "where").rpartition("  ")[0]
    Path(place).write_text("{")
    app = stage.launch("now", "--leg", "left")
    assert wait_for_step(app, index=0, phase="active")["step"]["count"] == 4
    wait_until(lambda: "no safety question counts as answered" in app.output, what="the line")
    assert app.output.count("no safety question counts as answered") == 1
    assert app.terminate() == 0


def test_data_goes_into_an_archive_and_comes_back(stage: PrivateDesktop, tmp_path: Path) -> None:
    archive = tmp_path / "mine.zip"
    _answer(stage, unsteady="yes")
    app = stage.launch("now", "--leg", "left")
    wait_for_step(app, index=0, phase="active")
    assert stage.command("data", "backup", str(archive)).returncode == 0
    assert stat.S_IMODE(archive.stat().st_mode) == 0o600
    for job in (("restore", str(archive)), ("erase", "--yes")):
        assert _line(stage, "data", *job, status=FAILED).startswith("Relief is running")
    assert app.terminate() == 0
    kept = [line.rpartition("  ")[0] for line in stage.command("data", "where").stdout.splitlines()]
    assert {Path(path).name for path in kept} >= {"settings.json", "profile.json", "session.json"}
    for path in map(Path, kept):
        assert (stat.S_IMODE(path.stat().st_mode), stat.S_IMODE(path.parent.stat().st_mode)) == (0o600, 0o700)
    assert _line(stage, "data", "erase", "--yes").startswith("erased")
    assert not any(Path(path).exists() for path in kept)
    assert _line(stage, "profile", "get", "unsteady") == "unknown"
    assert stage.command("data", "restore", str(archive)).returncode == 0
    assert _line(stage, "profile", "get", "unsteady") == "yes"


def test_a_restore_that_is_killed_is_finished_or_was_never_begun(
    stage: PrivateDesktop, tmp_path: Path
) -> None:
    """Whichever change on the disk was the last one, what is kept is all old or all new, and never a mix."""
    keys = [row["key"] for row in json.loads(stage.command("profile", "list", "--json").stdout)]
    keys.remove("cream_used_at")
    archives = {value: tmp_path / f"{value}.zip" for value in ("yes", "no")}
    place = Path(stage.home)
    for value, archive in archives.items():
        _answer(stage, unsteady=value)
        (profile,) = place.rglob("profile.json")
        content = {"format": 1, "answers": dict.fromkeys(keys, value), "facts": {}}
        profile.write_text(json.dumps(content))
        assert stage.command("settings", "set", "country", "DE" if value == "no" else "US").returncode == 0
        assert stage.command("data", "backup", str(archive)).returncode == 0
    for number, changes in enumerate(range(13, 23)):
        for aside in place.rglob("before-restore-*.zip"):
            aside.unlink()  # a name that is taken would cost further changes
        _kill_in_restore(stage, archives["yes" if number % 2 == 0 else "no"], changes)
        app = stage.launch("now", "--leg", "left")
        wait_for_step(app, index=0, phase="active")
        assert app.terminate() == 0
        rows = json.loads(stage.command("profile", "list", "--json").stdout)
        (value,) = {row["value"] for row in rows if row["key"] in keys}
        assert _line(stage, "settings", "get", "country") == ("DE" if value == "no" else "US")
        assert not list(place.rglob("unfinished"))


_KILLED = """
import os, signal, sys
left = [int(sys.argv.pop(1))]
CHANGES = ("os.rename", "os.remove", "os.link", "os.rmdir")
def count(event, values):
    if event in CHANGES or event == "open" and values[2] & os.O_CREAT:
        if left[0] == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        left[0] -= 1
sys.addaudithook(count)
from relief_app.__main__ import main
sys.exit(main())
"""


def _kill_in_restore(stage: PrivateDesktop, archive: Path, changes: int) -> None:
    """Restore `archive`; after so many changes on the disk, SIGKILL."""
    command = [sys.executable, "-c", _KILLED, str(changes), "data", "restore", str(archive)]
    done = subprocess.run(
        command, env=stage.environment, cwd=ROOT, capture_output=True, text=True, check=False, timeout=60
    )
    assert done.returncode == -signal.SIGKILL, done
