"""Killed in a session it is back by itself, where it would stand; ended in order it stays away."""

import os
import signal
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from tests.support.app import App
from tests.support.control import ask, events, tell, wait_for, wait_for_state, wait_for_step
from tests.support.figures import RecordFigure
from tests.support.private_desktop import ROOT, PrivateDesktop
from tests.support.processes import command_of, guards_of, lives, zombies_of
from tests.support.waiting import wait_until
from tools.bench_memory import pss_kib

MOST_RESTARTS = 3
MOST_MIB = 12
RIGHT_TO_S = 1.0
FAILED = 1
NOBODY = ":4711"
"""A display that no server answers for."""

Ending = Callable[[App], object]


# Killed


def _get_ready(app: App) -> None:
    wait_for_step(app, index=0, phase="get_ready")


def _active(app: App) -> None:
    tell(app, "extend", seconds=-3600)
    wait_for_step(app, index=0, phase="active")


def _long_after_it_was_kept(app: App) -> None:
    _active(app)
    wait_for(app, lambda status: bool(_step_of(status)["elapsed_s"] > 2.5), "some of the hold")


def _rest(app: App) -> None:
    tell(app, "next")
    tell(app, "extend", seconds=-3600)
    wait_for_step(app, index=1, phase="active")
    tell(app, "extend", seconds=-3600)
    wait_for_step(app, index=1, phase="rest")


@pytest.mark.parametrize("bring_to", [_get_ready, _active, _long_after_it_was_kept, _rest])
def test_killed_in_a_session_it_is_back_with_the_right_time(
    stage: PrivateDesktop, bring_to: Callable[[App], None], record_figure: RecordFigure
) -> None:
    app = _started(stage)
    bring_to(app)
    guard = _guard(app)
    last, seen_at = _step_of(ask(app, "status")), time.monotonic()
    os.kill(app.pid, signal.SIGKILL)
    again, back = _back(stage, app)
    passed = time.monotonic() - seen_at
    record_figure("killed app back after", round(passed, 2), keep="most", unit=" s")
    now = _step_of(back)
    assert back["state"] == "running"
    assert again.pid != app.pid
    if passed < last["remaining_s"]:  # else a slow machine has brought it to the next phase
        for key in ("index", "count", "exercise", "leg", "phase", "repetition", "duration_s"):
            assert now[key] == last[key], key
        assert now["remaining_s"] == pytest.approx(last["remaining_s"] - passed, abs=RIGHT_TO_S)
    assert guards_of(again.pid) == [guard], "another guard, or none"
    assert app.output == ""


def test_what_was_paused_stays_paused(stage: PrivateDesktop) -> None:
    app = _started(stage)
    _active(app)
    tell(app, "pause")
    last = _step_of(wait_for_state(app, "paused"))
    _guard(app)
    app.crash()
    _, back = _back(stage, app)
    assert back["state"] == "paused"
    assert _step_of(back)["remaining_s"] == last["remaining_s"]


def test_it_is_back_on_the_guide(stage: PrivateDesktop) -> None:
    app = _started(stage)
    _guard(app)
    app.crash()
    again, _ = _back(stage, app)
    assert len(stage.screen.windows(again.pid)) <= 1, "a dialog stands beside the guide"
    again.key("p")
    wait_for_state(again, "paused")
    again.key("Escape")
    wait_for_state(again, "ready")


def test_its_whole_process_group_may_die(stage: PrivateDesktop) -> None:
    main = str(ROOT / "main.py")
    app = stage.launch_program(["setsid", sys.executable, main, "now", "--leg", "left"])
    wait_for_step(app, index=0, phase="active")
    _guard(app)
    os.killpg(app.pid, signal.SIGKILL)
    again, _ = _back(stage, app)
    os.killpg(again.pid, signal.SIGKILL)
    _, back = _back(stage, again)
    assert back["state"] == "running"


def test_night_stays_night_in_every_frame(stage: PrivateDesktop) -> None:
    app = _started(stage)
    app.key("n")
    wait_for(app, lambda status: status["theme"] == "night", "night")
    _guard(app)
    app.crash()
    again = stage.started_again(app)

    def look() -> bool:
        for window in stage.screen.windows(again.pid):
            pixels = np.asarray(stage.screen.image(window))
            assert not pixels[..., 1:].any(), "green or blue"
            return len(np.unique(pixels[..., 0])) > 12
        return False

    again.wait_until(look, what="a painted window")
    assert wait_for_state(again, "running")["theme"] == "night"


def test_silence_stays_silence(stage: PrivateDesktop) -> None:
    app = _started(stage)
    _guard(app)
    app.key("m")
    tell(app, "next")
    app.crash()
    again, _ = _back(stage, app)
    with events(again) as watch:
        tell(again, "next")
        assert watch.next("sound")["data"]["muted"] is True


def test_killed_for_the_fourth_time_it_stays_away(stage: PrivateDesktop) -> None:
    app = _started(stage)
    guard = _guard(app)
    for _ in range(MOST_RESTARTS):
        app.crash()
        app, back = _back(stage, app)
        assert back["state"] == "running"
    app.crash()
    _check_gone(stage, guard)
    # Nothing is lost: the next start by hand offers it.
    wait_for_state(stage.launch(), "ready")


def test_a_session_of_its_own_may_be_started_again_as_often(stage: PrivateDesktop) -> None:
    app = _started(stage)
    _guard(app)
    for _ in range(2):
        app.crash()
        app, _ = _back(stage, app)
    tell(app, "stop")
    tell(app, "now", leg="right")
    wait_for_step(app, index=0, leg="right")
    for _ in range(MOST_RESTARTS):
        app.crash()
        app, back = _back(stage, app)
        assert _step_of(back)["leg"] == "right"


# Ended in order, or with nothing to guard


def _close(app: App) -> None:
    app.close()


def _terminate(app: App) -> None:
    app.process.send_signal(signal.SIGTERM)


def _interrupt(app: App) -> None:
    app.process.send_signal(signal.SIGINT)


def _hang_up(app: App) -> None:
    app.process.send_signal(signal.SIGHUP)


@pytest.mark.parametrize("end", [_close, _terminate, _interrupt, _hang_up])
@pytest.mark.parametrize("risen", [False, True])
def test_ended_in_order_it_stays_away_and_keeps_the_session(
    stage: PrivateDesktop, end: Ending, risen: bool
) -> None:
    app = _started(stage)
    guard = _guard(app)
    if risen:
        app.crash()
        app, _ = _back(stage, app)
    tell(app, "next")
    app.window()
    end(app)
    assert app.wait() == 0
    _check_gone(stage, guard)
    assert wait_for_state(stage.launch(), "ready")["step"] is None


def _stop(app: App) -> None:
    tell(app, "stop")
    wait_for_state(app, "finished")


def _leave(app: App) -> None:
    app.key("Escape")
    wait_for_state(app, "ready")


@pytest.mark.parametrize("end", [_stop, _leave])
def test_killed_without_a_session_it_stays_away(stage: PrivateDesktop, end: Ending) -> None:
    app = _started(stage)
    guard = _guard(app)
    end(app)
    app.crash()
    _check_gone(stage, guard)


def test_without_a_session_there_is_no_guard(stage: PrivateDesktop) -> None:
    app = stage.launch()
    wait_for_state(app, "idle")
    assert guards_of(app.pid) == []
    tell(app, "start", routine="micro-break")
    _guard(app)


# The guard itself


def test_a_killed_guard_is_followed_by_another(stage: PrivateDesktop) -> None:
    app = _started(stage)
    first = _guard(app)
    os.kill(first, signal.SIGKILL)
    second = _guard(app, but=first)
    wait_until(lambda: not zombies_of(app.pid), what="the end of a zombie")
    app.crash()
    again, back = _back(stage, app)
    assert back["state"] == "running"
    # And so it is where the guard is the parent.
    os.kill(second, signal.SIGKILL)
    third = _guard(again, but=second)
    again.crash()
    _, back = _back(stage, again)
    assert back["state"] == "running"
    assert lives(third)
    assert app.output == ""


def test_the_count_outlives_the_guard(stage: PrivateDesktop) -> None:
    app = _started(stage)
    guard = _guard(app)
    for _ in range(MOST_RESTARTS):
        app.crash()
        app, _ = _back(stage, app)
        os.kill(guard, signal.SIGKILL)
        guard = _guard(app, but=guard)
    app.crash()
    _check_gone(stage, guard)


def test_it_is_small_has_nothing_open_and_sleeps(stage: PrivateDesktop) -> None:
    app = _started(stage)
    guard = _guard(app)
    for _ in range(2):
        wait_until(lambda: _sleeps_in_a_read(guard), what="the guard to wait")
        woken = _switches(guard)
        assert pss_kib(guard) / 1024 <= MOST_MIB
        assert len(list(Path(f"/proc/{guard}/fd").iterdir())) == 4, "more than input, outputs and the app"
        for command in ("next", "pause", "resume", "extend"):
            tell(app, command)
        assert _switches(guard) == woken, "the guard was woken"
        app.crash()
        app, _ = _back(stage, app)


# A start by the guard


def test_without_a_display_a_start_by_the_guard_fails_and_says_nothing(stage: PrivateDesktop) -> None:
    answer = stage.command(RELIEF_RECOVERED="1", RELIEF_WAS="session", DISPLAY=NOBODY)
    assert (answer.returncode, answer.stdout, answer.stderr) == (FAILED, "", "")


def test_a_start_by_the_guard_gives_way_to_one_by_hand(stage: PrivateDesktop) -> None:
    app = _started(stage)
    before = _step_of(ask(app, "status"))
    answer = stage.command(RELIEF_RECOVERED="1", RELIEF_WAS="session")
    assert (answer.returncode, answer.stdout, answer.stderr) == (0, "", "")
    assert _step_of(ask(app, "status"))["index"] == before["index"]


@pytest.mark.parametrize("channel", ["", "1", "99", "-1", "two"])
def test_a_start_by_the_guard_without_anything_to_go_on_with(stage: PrivateDesktop, channel: str) -> None:
    app = stage.launch(RELIEF_RECOVERED="1", RELIEF_WAS="session", RELIEF_GUARD_FD=channel)
    wait_for_state(app, "idle")
    tell(app, "now", leg="left")
    _guard(app)
    assert app.terminate() == 0
    assert app.output == ""


def _started(stage: PrivateDesktop) -> App:
    """Start a cramp routine on the left leg that gets ready first."""
    app = stage.launch("start", "cramp-bed", "--leg", "left", "--theme", "light")
    wait_for_state(app, "running")
    app.window()
    return app


def _guard(app: App, but: int | None = None) -> int:
    """Return the guard's process id as soon as there is one that listens."""

    def look() -> int | None:
        found = [guard for guard in guards_of(app.pid) if guard != but and _sleeps_in_a_read(guard)]
        return found[0] if found else None

    found = app.wait_until(look, what="a guard")
    assert found is not None
    return found


def _back(stage: PrivateDesktop, app: App) -> tuple[App, dict[str, Any]]:
    """Return the app started again in place of `app`, and its first status."""
    again = stage.started_again(app)
    return again, wait_for(again, lambda status: status["pid"] == again.pid, "the program to be back")


def _check_gone(stage: PrivateDesktop, guard: int) -> None:
    """Wait for the guard's end: nobody else starts anything; and check that nobody has."""
    wait_until(lambda: not lives(guard), what="the end of the guard")
    left = [pid for pid in stage.processes() if os.fsencode(ROOT / "main.py") in command_of(pid)]
    assert left == []


def _step_of(status: dict[str, Any]) -> dict[str, Any]:
    step = status["step"]
    assert step is not None, status
    return dict(step)


def _sleeps_in_a_read(pid: int) -> bool:
    """Say whether it has told its input from nothing and waits for the app to say something."""
    try:
        return Path(f"/proc/{pid}/fd/0").readlink() == Path(os.devnull) and _state(pid) == "S"
    except OSError:
        return False


def _state(pid: int) -> str:
    return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0]


def _switches(pid: int) -> int:
    """Return how often it went to sleep by itself."""
    lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    return next(int(line.split()[1]) for line in lines if line.startswith("voluntary_ctxt_switches"))
