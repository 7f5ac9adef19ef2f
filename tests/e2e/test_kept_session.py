"""Killed, ended or closed in the middle of a session: nothing is asked, and nothing is lost."""

import json
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from tests.support.app import App
from tests.support.control import ask, tell, wait_for, wait_for_state, wait_for_step
from tests.support.private_desktop import PrivateDesktop
from tests.support.waiting import wait_until

TWO_HOURS_AND_ONE_MINUTE_S = 121 * 60


def _get_ready(app: App) -> dict[str, Any]:
    return wait_for_step(app, index=0, phase="get_ready")


def _active(app: App) -> dict[str, Any]:
    _end_phase(app)
    return wait_for_step(app, index=0, phase="active")


def _rest(app: App) -> dict[str, Any]:
    tell(app, "next")
    _end_phase(app)
    wait_for_step(app, index=1, phase="active")
    _end_phase(app)
    return wait_for_step(app, index=1, phase="rest", repetition=2)


def _paused(app: App) -> dict[str, Any]:
    _active(app)
    tell(app, "pause")
    return wait_for_state(app, "paused")


def _end_phase(app: App) -> None:
    tell(app, "extend", seconds=-3600)


@pytest.mark.parametrize("bring_to", [_get_ready, _active, _rest, _paused])
def test_after_a_kill_it_goes_on_where_it_was(
    stage: PrivateDesktop, bring_to: Callable[[App], dict[str, Any]]
) -> None:
    app = _started(stage)
    before = bring_to(app)
    journal = _journal(stage)
    wait_until(lambda: _kept(journal)["phase"] == before["step"]["phase"], what="the journal")
    last, seen_at = ask(app, "status")["step"], time.monotonic()
    app.kill()
    killed_at = time.monotonic()
    kept_s = _kept(journal)["elapsed_ms"] / 1000
    again = stage.launch("--theme", "light")
    ready = wait_for_state(again, "ready")
    assert ready["step"] is None
    pressed_at = time.monotonic()
    again.key("g")
    step = wait_for_state(again, "running")["step"]
    passed = time.monotonic() - pressed_at
    for key in ("index", "count", "exercise", "leg", "phase", "repetition", "duration_s"):
        assert step[key] == last[key], key
    stood = before["state"] == "paused"
    latest = last["elapsed_s"] + (0 if stood else killed_at - seen_at)
    assert kept_s - 0.002 <= step["elapsed_s"] <= latest + passed + 0.002
    assert again.output == ""


def test_time_held_is_noted_between_transitions(stage: PrivateDesktop) -> None:
    app = _started(stage)
    _active(app)
    journal = _journal(stage)
    wait_until(lambda: _kept(journal)["phase"] == "active", what="the journal")
    first = _kept(journal)["elapsed_ms"]
    wait_until(lambda: _kept(journal)["elapsed_ms"] > first, what="a heartbeat")
    assert _kept(journal)["elapsed_ms"] - first < 10_000


def test_what_eased_stays_eased_after_a_kill(stage: PrivateDesktop) -> None:
    app = _started(stage)
    _active(app)
    tell(app, "eased")
    release = wait_for_step(app, exercise="rest")["release_s"]
    wait_until(lambda: _kept(_journal(stage))["exercise"] == "rest", what="the journal")
    app.kill()
    again = stage.launch()
    wait_for_state(again, "ready")
    again.key("g")
    status = wait_for_state(again, "running")
    assert status["step"]["exercise"] == "rest"
    assert status["release_s"] == release


def test_a_cramp_at_once_is_not_asked_about_the_one_before(stage: PrivateDesktop) -> None:
    app = _started(stage)
    tell(app, "next")
    wait_until(lambda: _kept(_journal(stage))["index"] == 1, what="the journal")
    app.kill()
    again = stage.launch("now", "--leg", "right")
    status = wait_for_step(again, index=0, phase="active")
    assert (status["state"], status["step"]["leg"]) == ("running", "right")


@pytest.mark.parametrize("same_boot", [True, False])
def test_a_session_older_than_two_hours_is_dropped_and_said(stage: PrivateDesktop, same_boot: bool) -> None:
    app = _started(stage)
    wait_until(_journal(stage).exists, what="the journal")
    app.kill()
    _age(_journal(stage), same_boot=same_boot)
    again = stage.launch()
    said = _one_line(again)
    assert "two hours" in said
    assert wait_for_state(again, "idle")["step"] is None
    assert not _journal(stage).exists()


def test_a_session_of_last_hour_is_still_offered(stage: PrivateDesktop) -> None:
    app = _started(stage)
    wait_until(_journal(stage).exists, what="the journal")
    app.kill()
    _age(_journal(stage), same_boot=False, seconds=119 * 60)
    again = stage.launch()
    wait_for_state(again, "ready")
    assert again.output == ""


@pytest.mark.parametrize(
    "damage",
    [b"", b"{", b"[]", b"\xff\xfe", b'{"format": 1}', b'{"format": 99}', b"[" * 60_000],
    ids=["empty", "cut", "list", "no-text", "bare", "newer", "deep"],
)
def test_a_damaged_journal_is_set_aside_and_said(stage: PrivateDesktop, damage: bytes) -> None:
    journal = _journal(stage)
    journal.parent.mkdir(mode=0o700)
    journal.write_bytes(damage)
    app = stage.launch()
    assert "session.json" in _one_line(app)
    wait_for_state(app, "idle")
    (aside,) = journal.parent.glob("session.json.damaged-*")
    assert aside.read_bytes() == damage
    # And it is no obstacle to the next session.
    tell(app, "now", leg="left")
    wait_until(lambda: journal.exists() and _kept(journal)["index"] == 0, what="the new journal")


def test_a_journal_that_no_longer_fits_its_routine_is_dropped(stage: PrivateDesktop) -> None:
    app = _started(stage)
    wait_until(_journal(stage).exists, what="the journal")
    app.kill()
    content = json.loads(_journal(stage).read_text())
    content["session"]["index"] = 4711
    _journal(stage).write_text(json.dumps(content))
    again = stage.launch()
    assert "does not fit" in _one_line(again)
    wait_for_state(again, "idle")


@pytest.mark.parametrize(
    "damage", [b"", b"{", b'{"format": 1, "theme": 3}', b'{"format": 1, "volume": 1e999}']
)
def test_damaged_settings_are_set_aside_said_and_replaced_by_defaults(
    stage: PrivateDesktop, damage: bytes
) -> None:
    settings = stage.home / "config/relief/settings.json"
    settings.parent.mkdir(mode=0o700)
    settings.write_bytes(damage)
    app = stage.launch("now", "--leg", "right")
    wait_for_state(app, "running")
    assert "settings.json" in _one_line(app)
    (aside,) = settings.parent.glob("settings.json.damaged-*")
    assert aside.read_bytes() == damage


def test_sigterm_keeps_the_session(stage: PrivateDesktop) -> None:
    app = _started(stage)
    tell(app, "next")
    wait_for_step(app, index=1)
    assert app.terminate() == 0
    assert app.output == ""
    again = stage.launch()
    wait_for_state(again, "ready")
    again.key("g")
    assert wait_for_state(again, "running")["step"]["index"] == 1


def test_closing_the_window_asks_nothing_and_keeps_the_session(stage: PrivateDesktop) -> None:
    app = _started(stage)
    tell(app, "pause")
    at_close = wait_for_state(app, "paused")["step"]
    app.close()
    assert app.wait() == 0
    assert app.output == ""
    assert _kept(_journal(stage))["elapsed_ms"] / 1000 == at_close["elapsed_s"]
    again = stage.launch()
    wait_for_state(again, "ready")


def test_a_finished_session_is_not_offered_again(stage: PrivateDesktop) -> None:
    app = _started(stage)
    tell(app, "stop")
    wait_for_state(app, "finished")
    app.close()
    assert app.wait() == 0
    again = stage.launch()
    wait_for_state(again, "idle")


def test_what_was_left_can_be_let_be(stage: PrivateDesktop) -> None:
    app = _started(stage)
    app.key("Escape")
    wait_for_state(app, "ready")
    assert _journal(stage).exists()
    tell(app, "now", leg="right")
    status = wait_for(app, lambda found: found["state"] == "running", "the new session")
    assert status["step"]["leg"] == "right"


def _started(stage: PrivateDesktop) -> App:
    """Start a cramp routine on the left leg that gets ready first."""
    app = stage.launch("start", "cramp-bed", "--leg", "left", "--theme", "light")
    wait_for_state(app, "running")
    app.window()
    return app


def _journal(stage: PrivateDesktop) -> Path:
    return stage.home / "state/relief/session.json"


def _kept(journal: Path) -> dict[str, Any]:
    """Return the session in the journal; without one, nothing that fits."""
    try:
        return dict(json.loads(journal.read_bytes())["session"])
    except FileNotFoundError:
        return dict.fromkeys(("phase", "exercise", "index", "elapsed_ms"))


def _age(journal: Path, *, same_boot: bool, seconds: float = TWO_HOURS_AND_ONE_MINUTE_S) -> None:
    """Make the journal that much older, by the clock since boot or by the clock on the wall."""
    content = json.loads(journal.read_text())
    content["saved_wall_s"] -= seconds
    back = round(seconds * 1000)
    if same_boot and content["boot_ms"] >= back:
        content["boot_ms"] -= back
    else:  # this computer has not been up for so long: the entry is of another boot
        content["boot_id"] = "another"
    journal.write_text(json.dumps(content))


def _one_line(app: App) -> str:
    """Return the one line that the program has said."""
    app.wait_until(lambda: "\n" in app.output, what="a line")
    (line,) = app.output.splitlines()
    assert line.startswith("relief-app: ")
    return line
