"""Media keys for real: the program on a session bus of its own, steered by playerctl."""

import json
import subprocess
from pathlib import Path

import pytest

from tests.support.app import App
from tests.support.control import ask, tell, wait_for, wait_for_state, wait_for_step
from tests.support.private_desktop import PrivateDesktop
from tests.support.waiting import PATIENCE_S

FORMAT = '{"title":"{{title}}","artist":"{{artist}}","length":"{{mpris:length}}","art":"{{mpris:artUrl}}"}'


def playerctl(stage: PrivateDesktop, *words: str) -> str:
    """What it answers; fails where it does."""
    done = _run(stage, *words)
    assert done.returncode == 0, f"playerctl {words}: {done.stderr}"
    return done.stdout.strip()


def players(stage: PrivateDesktop) -> list[str]:
    return _run(stage, "--list-all").stdout.split()


def _run(stage: PrivateDesktop, *words: str) -> "subprocess.CompletedProcess[str]":
    command = ["playerctl", *words]
    return subprocess.run(
        command, env=stage.environment, capture_output=True, text=True, timeout=PATIENCE_S, check=False
    )


def metadata(stage: PrivateDesktop) -> dict[str, str]:
    found: dict[str, str] = json.loads(playerctl(stage, "metadata", "--format", FORMAT))
    return found


def started(stage: PrivateDesktop, *words: str) -> App:
    """The program with media keys on, its player there."""
    assert stage.command("settings", "set", "media_keys", "on").returncode == 0
    app = stage.launch(*words)
    app.wait_until(lambda: players(stage) == ["relief"], what="the player")
    return app


def test_switched_off_nothing_of_it_is_on_the_bus_and_switched_on_it_is_at_once(
    stage: PrivateDesktop,
) -> None:
    app = stage.launch("start", "bedtime")
    wait_for_step(app, phase="active")
    assert players(stage) == []
    assert stage.command("settings", "set", "media_keys", "on").returncode == 0
    app.wait_until(lambda: players(stage) == ["relief"], what="the player")
    assert stage.command("settings", "set", "media_keys", "off").returncode == 0
    app.wait_until(lambda: players(stage) == [], what="the end of the player")
    wait_for_state(app, "running")


def test_pause_next_previous_and_what_it_says(stage: PrivateDesktop) -> None:
    app = started(stage, "start", "bedtime", "--leg", "left")
    assert playerctl(stage, "status") == "Playing"
    playerctl(stage, "play-pause")
    wait_for_state(app, "paused")
    app.wait_until(lambda: playerctl(stage, "status") == "Paused", what="Paused")
    playerctl(stage, "next")
    step = wait_for_step(app, index=1)["step"]
    found = app.wait_until(
        lambda: next(iter(f for f in [metadata(stage)] if "right leg" in f["title"] and f["art"]), None)
    )
    assert found is not None
    assert "Towel stretch" in found["title"]
    assert found["artist"] == step["cue"]
    assert int(found["length"]) == step["duration_s"] * 1_000_000
    picture = Path(found["art"].removeprefix("file://"))
    assert picture.is_relative_to(stage.environment["XDG_RUNTIME_DIR"])
    assert (picture.stat().st_mode & 0o777, picture.read_bytes()[:4]) == (0o600, b"\x89PNG")
    playerctl(stage, "previous")
    wait_for_step(app, index=0)
    playerctl(stage, "play")
    wait_for_state(app, "running")
    tell(app, "stop")
    app.wait_until(lambda: players(stage) == [], what="the end of the player")
    assert not picture.exists()


def test_position_and_seek(stage: PrivateDesktop) -> None:
    app = started(stage, "start", "bedtime")
    wait_for_step(app, phase="active")
    playerctl(stage, "pause")
    before = wait_for_state(app, "paused")["step"]
    assert float(playerctl(stage, "position")) == pytest.approx(before["elapsed_s"], abs=0.01)
    playerctl(stage, "position", "8+")
    step = ask(app, "status")["step"]
    assert step["remaining_s"] == pytest.approx(before["remaining_s"] - 8)
    assert float(playerctl(stage, "position")) == pytest.approx(before["elapsed_s"] + 8, abs=0.01)
    playerctl(stage, "position", "3")
    step = ask(app, "status")["step"]
    assert step["remaining_s"] == pytest.approx(before["duration_s"] - 3)
    assert step["index"] == before["index"]


def test_in_a_cramp_the_button_says_that_it_let_go_and_that_it_is_back(stage: PrivateDesktop) -> None:
    app = started(stage, "now", "--leg", "left")
    playerctl(stage, "play-pause")
    status = wait_for(app, lambda status: status["release_s"] is not None, "the release")
    assert status["step"]["exercise"] == "rest"
    playerctl(stage, "play-pause")
    wait_for(app, lambda status: status["release_s"] is None, "the cramp to be back")
    wait_for_step(app, index=0, phase="active")


def test_a_keyboards_own_media_keys_change_nothing_while_it_is_off(stage: PrivateDesktop) -> None:
    app = stage.launch("start", "bedtime")
    wait_for_step(app, phase="active")
    app.key("XF86AudioPlay", "XF86AudioNext", "p")
    step = wait_for_state(app, "paused")["step"]
    assert step["index"] == 0


def test_switched_on_they_steer_where_no_desktop_takes_them(stage: PrivateDesktop) -> None:
    app = started(stage, "start", "bedtime")
    app.key("XF86AudioPlay")
    wait_for_state(app, "paused")
    app.key("XF86AudioNext")
    wait_for_step(app, index=1)
    app.key("XF86AudioPrev", "XF86AudioPlay")
    wait_for_step(app, index=0)
    wait_for_state(app, "running")


def test_a_clicker_goes_on_and_back_and_pauses(stage: PrivateDesktop) -> None:
    app = stage.launch("start", "bedtime")
    wait_for_state(app, "running")
    app.key("Next")
    wait_for_step(app, index=1)
    app.key("Prior")
    wait_for_step(app, index=0)
    for key, state in (("period", "paused"), ("F5", "running"), ("b", "paused")):
        app.key(key)
        wait_for_state(app, state)
