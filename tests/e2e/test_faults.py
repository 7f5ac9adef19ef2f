"""Something is missing, broken or full: a session that works all the same, or one clear line."""

import os
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.support.app import App
from tests.support.control import ask, tell, wait_for, wait_for_state, wait_for_step
from tests.support.plans import holds
from tests.support.private_desktop import ROOT, PrivateDesktop

FAILED = 1
NOBODY = ":4711"
"""A display that no server answers for."""
MAIN = str(ROOT / "main.py")


@pytest.fixture
def nowhere(tmp_path: Path) -> Path:
    """A place where nothing can be made, not even by root: below a regular file."""
    file = tmp_path / "file"
    file.write_text("no folder")
    return file / "below"


@pytest.fixture
def copy(tmp_path: Path) -> Path:
    """A copy of the program to take files out of."""
    folder = tmp_path / "copy"
    for name in ("relief_app", "assets"):
        shutil.copytree(ROOT / name, folder / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(MAIN, folder)
    return folder


# The disk


def test_a_state_folder_that_cannot_be_written_is_said_once(stage: PrivateDesktop, nowhere: Path) -> None:
    app = stage.launch("start", "micro-break", "--rate", "20", XDG_STATE_HOME=str(nowhere))
    wait_for_state(app, "finished")
    assert _lines_about(app, "session.json") == 1


def test_no_folder_at_all_can_be_written(stage: PrivateDesktop, nowhere: Path) -> None:
    names = ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME")
    app = stage.launch(
        "now",
        "--leg",
        "left",
        HOME=str(nowhere),
        **{f"XDG_{name}": str(nowhere) for name in names},
    )
    status = wait_for_step(app, index=0, phase="active")
    assert status["leg"] == "left"
    app.key("Right")
    wait_for_step(app, index=1)
    # The journal and the last leg: each is said, and neither twice.
    app.wait_until(lambda: _lines_about(app, "settings.json") == 1, what="the line on the settings")
    assert _lines_about(app, "session.json") == 1
    app.key("Escape")
    wait_for_state(app, "ready")
    app.key("g")
    wait_for_step(app, index=1)
    assert app.terminate() == 0
    assert len(app.output.splitlines()) <= 3, app.output  # the third may be about the sounds


def test_without_any_place_for_lock_and_socket_the_guide_guides(stage: PrivateDesktop, nowhere: Path) -> None:
    places = [f"XDG_{name}={nowhere}" for name in ("CONFIG_HOME", "DATA_HOME", "STATE_HOME", "CACHE_HOME")]
    app = _launch_without(
        stage, "XDG_RUNTIME_DIR", [MAIN, "now", "--leg", "left"], f"HOME={nowhere}", *places
    )
    app.window()
    app.wait_until(lambda: _lines_about(app, "Commands from outside") == 1, what="the line on the socket")
    assert app.terminate() == 0


def test_a_folder_where_the_journal_should_be(stage: PrivateDesktop) -> None:
    (stage.home / "state/relief/session.json").mkdir(parents=True)
    (stage.home / "config/relief/settings.json").mkdir(parents=True)
    app = stage.launch("now", "--leg", "left")
    wait_for_step(app, index=0, phase="active")
    app.wait_until(lambda: _lines_about(app, "session.json") == 1, what="the line on the journal")
    assert _lines_about(app, "settings.json") >= 1
    assert app.terminate() == 0


def test_a_full_disk_is_said_once_and_the_guide_goes_on(stage: PrivateDesktop, tmp_path: Path) -> None:
    with _small_disk(tmp_path / "disk") as disk:
        _fill(disk)
        app = stage.launch("start", "micro-break", "--rate", "60", "--leg", "right", XDG_STATE_HOME=str(disk))
        wait_for_state(app, "finished")
        assert _lines_about(app, "the disk is full") == 1
        assert app.terminate() == 0


# The desktop


def test_without_a_runtime_folder_commands_still_reach_the_app(stage: PrivateDesktop) -> None:
    app = _launch_without(stage, "XDG_RUNTIME_DIR", [MAIN, "now", "--leg", "left"])
    socket = stage.home / "state/relief/socket"
    status = wait_for(app, lambda found: found["state"] == "running", "the state folder's socket", at=socket)
    assert status["pid"] == app.pid
    answer = _run_without(stage, "XDG_RUNTIME_DIR", [MAIN, "pause"])
    assert (answer.returncode, answer.stderr) == (0, "")
    assert ask(app, "status", at=socket)["state"] == "paused"
    assert app.terminate() == 0


@pytest.mark.parametrize("address", [None, "unix:path=/nowhere/bus", "nonsense"])
def test_without_a_session_bus(stage: PrivateDesktop, address: str | None) -> None:
    arguments = [MAIN, "now", "--leg", "left"]
    set_to = [] if address is None else [f"DBUS_SESSION_BUS_ADDRESS={address}"]
    app = _launch_without(stage, "DBUS_SESSION_BUS_ADDRESS", arguments, *set_to)
    wait_for_step(app, index=0, phase="active")
    assert app.terminate() == 0
    assert app.output == ""


def test_without_a_sound_device_one_line_is_said_once(stage: PrivateDesktop) -> None:
    app = stage.launch("start", "micro-break", "--rate", "60")
    app.wait_until(lambda: "sound" in app.output, what="the line on the sounds")
    tell(app, "start", routine="micro-break", rate=60)
    wait_for_state(app, "running")
    wait_for_state(app, "finished")
    assert len(app.output.splitlines()) == 1, app.output
    assert app.terminate() == 0


def test_a_window_of_200_by_200(stage: PrivateDesktop) -> None:
    app = stage.launch("now", "--leg", "left")
    wait_for_step(app, index=0, phase="active")
    window = app.window()
    subprocess.run(
        ["xdotool", "windowsize", str(window), "200", "200"], env=stage.environment, check=True, timeout=30
    )
    for key, index in (("Right", 1), ("Left", 0)):
        app.key(key)
        wait_for_step(app, index=index)
    app.wait_until(lambda: len(app.image().getcolors(1 << 24) or []) > 12, what="a painted window")
    for key in ("w", "Escape", "question", "Escape", "Escape"):
        app.key(key)
    wait_for_state(app, "ready")
    assert app.terminate() == 0


def test_without_a_display_plain_lines_guide_to_the_end(stage: PrivateDesktop) -> None:
    answer = _run_without(stage, "DISPLAY", [MAIN, "start", "micro-break", "--rate", "60"])
    _check_guided(answer)


def test_a_display_that_nobody_answers(stage: PrivateDesktop) -> None:
    _check_guided(stage.command("start", "micro-break", "--rate", "60", DISPLAY=NOBODY))


def test_without_a_display_the_same_is_refused(stage: PrivateDesktop) -> None:
    for routine, exit_status in (("levitation", FAILED), ("heat", 4)):
        answer = stage.command("start", routine, DISPLAY=NOBODY)
        assert answer.returncode == exit_status, answer
        assert len(answer.stderr.splitlines()) == 1, answer.stderr


# What the program was delivered with


@pytest.mark.parametrize("missing", ["exercises.toml", "routines/cramp-bed.toml"])
def test_without_its_data_a_routine_ends_in_one_line(stage: PrivateDesktop, copy: Path, missing: str) -> None:
    (copy / "assets" / missing).unlink()
    app = stage.launch_program([sys.executable, str(copy / "main.py"), "now", "--leg", "left"])
    assert app.wait() == FAILED
    assert len(app.output.splitlines()) == 1, app.output
    assert missing in app.output


def test_damaged_data_ends_in_one_line(stage: PrivateDesktop, copy: Path) -> None:
    (copy / "assets/exercises.toml").write_text("format = [")
    app = stage.launch_program([sys.executable, str(copy / "main.py"), "now", "--leg", "left"])
    assert app.wait() == FAILED
    assert len(app.output.splitlines()) == 1, app.output


@pytest.mark.parametrize("damage", [None, "<svg/>", "<svg"])
def test_without_the_picture_of_the_calf_the_window_opens(
    stage: PrivateDesktop, copy: Path, damage: str | None
) -> None:
    plate = copy / "assets/anatomy/posterior.svg"
    plate.unlink() if damage is None else plate.write_text(damage)
    app = stage.launch_program([sys.executable, str(copy / "main.py"), "--theme", "light"])
    wait_for_state(app, "idle")
    app.wait_until(lambda: _lines_about(app, "picture") == 1, what="the line on the picture")
    tell(app, "start", routine="micro-break", rate=60)
    wait_for_state(app, "running")
    wait_for_state(app, "finished")
    assert _lines_about(app, "picture") == 1
    assert app.terminate() == 0


def test_without_the_sounds_the_guide_guides(stage: PrivateDesktop, copy: Path) -> None:
    shutil.rmtree(copy / "assets/sounds")
    app = stage.launch_program(
        [sys.executable, str(copy / "main.py"), "start", "micro-break", "--rate", "60"]
    )
    wait_for_state(app, "finished")
    app.wait_until(lambda: "sound" in app.output, what="the line on the sounds")
    assert len(app.output.splitlines()) == 1, app.output
    assert app.terminate() == 0


def test_without_the_warnings_relief_still_guides(stage: PrivateDesktop, copy: Path) -> None:
    for table in (copy / "assets").glob("*.toml"):
        if table.name != "exercises.toml":
            table.unlink()
    app = stage.launch_program([sys.executable, str(copy / "main.py"), "now", "--leg", "left"])
    wait_for_step(app, index=0, phase="active")
    tell(app, "wrong")
    wait_for_state(app, "paused")
    app.key("Escape")
    wait_for_state(app, "running")
    assert app.terminate() == 0


def _check_guided(answer: "subprocess.CompletedProcess[str]") -> None:
    assert (answer.returncode, answer.stderr) == (0, ""), answer
    assert "\x1b" not in answer.stdout, "steering codes where there is no terminal"
    plan = holds("micro-break", "right")
    assert len(answer.stdout.splitlines()) > len(plan), answer.stdout
    assert "Toes up, then flat." in answer.stdout


def _lines_about(app: App, word: str) -> int:
    return sum(word in line for line in app.output.splitlines())


def _without(stage: PrivateDesktop, variable: str, arguments: list[str], *set_to: str) -> list[str]:
    return ["env", "-u", variable, *set_to, sys.executable, *arguments]


def _launch_without(stage: PrivateDesktop, variable: str, arguments: list[str], *set_to: str) -> App:
    return stage.launch_program(_without(stage, variable, arguments, *set_to))


def _run_without(
    stage: PrivateDesktop, variable: str, arguments: list[str]
) -> "subprocess.CompletedProcess[str]":
    return subprocess.run(
        _without(stage, variable, arguments),
        env=stage.environment,
        capture_output=True,
        text=True,
        stdin=subprocess.DEVNULL,
        timeout=60,
        check=False,
    )


@contextmanager
def _small_disk(place: Path) -> Iterator[Path]:
    """A disk of 64 KiB; skips the test where none can be mounted."""
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=64k,mode=0700", "tmpfs", str(place)]
    if os.geteuid() != 0 or subprocess.run(mount, capture_output=True, check=False).returncode != 0:
        pytest.skip("a small disk can be mounted only by root, where the system allows it")
    try:
        yield place
    finally:
        subprocess.run(["umount", "-l", str(place)], check=True)


def _fill(disk: Path) -> None:
    (disk / "relief").mkdir(mode=0o700)
    with (disk / "filler").open("wb", buffering=0) as filler:
        try:
            while True:
                filler.write(b"\0" * 4096)
        except OSError:
            return
