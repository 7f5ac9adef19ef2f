"""Commands from outside: scripts, hotkeys, a second launch, and what they are refused."""

import json
import os
import select
import socket
import stat
from pathlib import Path

import pytest

from tests.support.app import App
from tests.support.control import ask, tell, wait_for, wait_for_state, wait_for_step
from tests.support.private_desktop import ROOT, PrivateDesktop
from tests.support.waiting import PATIENCE_S, wait_until

FAILED, USAGE, NO_APP, REFUSED = 1, 2, 3, 4
NOW = ("now", "--leg", "left", "--position", "bed", "--theme", "light")


@pytest.fixture
def guided(stage: PrivateDesktop) -> App:
    """A cramp in bed, left leg, in its first hold."""
    app = stage.launch(*NOW)
    wait_for_step(app, index=0, phase="active")
    return app


@pytest.mark.parametrize("command", [("status",), ("status", "--json"), ("pause",), ("watch",), ("stop",)])
def test_without_an_app_there_is_one_line_and_three(stage: PrivateDesktop, command: tuple[str, ...]) -> None:
    answer = stage.command(*command)
    assert (answer.returncode, answer.stdout) == (NO_APP, "")
    assert len(answer.stderr.splitlines()) == 1


@pytest.mark.parametrize(
    ("command", "exit_status", "word"),
    [
        (("start", "levitation"), FAILED, "levitation"),
        (("start", "../cramp-bed"), FAILED, "cramp-bed"),
        (("start", "heat"), REFUSED, "heat"),
        (("start", "massage"), REFUSED, "massage"),
        (("start", "post-run"), REFUSED, "post-run"),
    ],
)
def test_what_is_not_offered_is_refused_in_one_line(
    stage: PrivateDesktop, command: tuple[str, ...], exit_status: int, word: str
) -> None:
    answer = stage.command(*command)
    assert answer.returncode == exit_status, answer
    assert len(answer.stderr.splitlines()) == 1, answer.stderr
    assert word in answer.stderr


def test_the_running_app_refuses_the_same(guided: App) -> None:
    for routine, exit_status in (("levitation", FAILED), ("heat", REFUSED)):
        answer = guided.command("start", routine)
        assert answer.returncode == exit_status, answer
        assert len(answer.stderr.splitlines()) == 1, answer.stderr
    assert guided.status()["routine"] == "cramp-bed", "a refused routine took the place of the running one"


@pytest.mark.parametrize(
    "command",
    [
        ("now", "--leg", "middle"),
        ("now", "--position", "upside-down"),
        ("leg", "middle"),
        ("start", "bedtime", "--rate", "61"),
        ("start", "bedtime", "--rate", "0"),
        ("extend", "nan"),
        ("extend", "3601"),
        ("start",),
        ("levitate",),
    ],
)
def test_wrong_usage_is_two(stage: PrivateDesktop, command: tuple[str, ...]) -> None:
    answer = stage.command(*command)
    assert (answer.returncode, answer.stdout) == (USAGE, "")
    assert "usage" in answer.stderr
    assert "Traceback" not in answer.stderr


def test_the_leg_is_corrected_without_losing_time(guided: App) -> None:
    before = guided.status()["step"]
    assert guided.command("leg", "right").returncode == 0
    status = guided.status()
    assert (status["step"]["leg"], status["step"]["index"]) == ("right", before["index"])
    assert status["step"]["elapsed_s"] > before["elapsed_s"]
    assert status["step"]["duration_s"] == before["duration_s"]


def test_steering_from_outside(guided: App) -> None:
    assert guided.command("extend").returncode == 0
    assert guided.status()["step"]["duration_s"] == 60
    assert guided.command("extend", "-10").returncode == 0
    assert guided.status()["step"]["duration_s"] == 50
    assert guided.command("pause").returncode == 0
    paused = wait_for_state(guided, "paused")["step"]
    again = guided.command("pause")
    assert (again.returncode, len(again.stderr.splitlines())) == (FAILED, 1)
    assert guided.status()["step"]["elapsed_s"] == paused["elapsed_s"]
    assert guided.command("resume").returncode == 0
    assert guided.command("next").returncode == 0
    assert guided.status()["step"]["index"] == 1
    assert guided.command("back").returncode == 0
    assert guided.status()["step"]["index"] == 0
    assert guided.command("eased").returncode == 0
    assert guided.status()["step"]["exercise"] == "rest"
    assert guided.command("back-again").returncode == 0
    assert guided.status()["step"]["index"] == 0
    assert guided.command("stop").returncode == 0
    assert guided.status()["state"] == "finished"
    assert not _journal(guided).exists(), "a stopped session would be offered again"


def test_status_in_words_names_step_leg_and_cue(guided: App) -> None:
    lines = guided.command("status").stdout.splitlines()
    assert lines[0] == "running: cramp-bed"
    assert "1/4" in lines[1]
    assert "left leg" in lines[1]
    assert lines[2] == guided.status()["step"]["cue"]


def test_wrong_shows_the_warnings_and_stops_the_clock(guided: App) -> None:
    assert guided.command("wrong").returncode == 0
    wait_for_state(guided, "paused")


def test_watch_tells_what_happens_and_ends_quietly_with_the_app(stage: PrivateDesktop, guided: App) -> None:
    watch = stage.watch()
    output = watch.process.stdout
    assert output is not None

    def hears() -> bool:
        tell(guided, "extend", seconds=1)
        return bool(select.select([output], [], [], 0)[0])

    # It is connected, but when the program has read that it wants to listen cannot be known.
    guided.wait_until(hears, what="watch to tell")
    tell(guided, "next")
    begun = watch.next("phase_started")
    assert set(begun) == {"seq", "boot_s", "type", "data"}
    assert (begun["data"]["index"], begun["data"]["phase"]) == (1, "get_ready")
    assert guided.terminate() == 0
    assert {event["type"] for event in watch.events()} <= {"sound", "voice", "announcement"}
    assert watch.process.wait() == 0


def test_nonsense_on_the_socket_is_answered_and_harms_nothing(guided: App) -> None:
    for nonsense in ("levitate", "", "x" * 1000):
        assert ask(guided, nonsense)["exit"] == FAILED
    assert ask(guided, "extend", seconds="many")["exit"] == FAILED
    assert ask(guided, "extend", seconds=float("nan"))["exit"] == FAILED
    assert ask(guided, "leg", leg="middle")["exit"] == FAILED
    assert ask(guided, "start", routine="bedtime", rate=1000)["exit"] == FAILED
    assert guided.status()["state"] == "running"


@pytest.mark.parametrize(
    "line", [b"", b"now", b"[]", b"\xff\xfe", b"[" * 60_000, b"{" * 70_000, b'{"command": []}']
)
def test_what_is_no_request_is_answered_or_let_go(guided: App, line: bytes) -> None:
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE_S)
        connection.connect(str(guided.listens_at))
        connection.sendall(line + b"\n")
        answer = connection.recv(4096)
    assert answer == b"" or json.loads(answer)["exit"] == FAILED
    assert guided.status()["state"] == "running"
    assert guided.output == ""


def test_a_second_launch_hands_over_and_ends(stage: PrivateDesktop) -> None:
    app = stage.launch("--theme", "light")
    wait_for_state(app, "idle")
    second = stage.launch("now", "--leg", "right")
    assert second.wait() == 0, second.output
    status = wait_for_state(app, "running")
    assert (status["routine"], status["leg"], status["step"]["leg"]) == ("cramp-bed", "right", "right")
    assert (status["step"]["index"], status["step"]["phase"]) == (0, "active")
    assert status["pid"] == app.pid
    assert _programs(stage) == {app.pid}
    third = stage.launch()
    assert third.wait() == 0, third.output
    assert wait_for_state(app, "running")["pid"] == app.pid
    assert len(stage.screen.windows(app.pid)) == 1


def test_a_cramp_comes_before_a_routine_that_runs(stage: PrivateDesktop) -> None:
    app = stage.launch("start", "micro-break", "--theme", "light")
    wait_for_step(app, index=0)
    assert stage.launch("now", "--leg", "left", "--position", "standing").wait() == 0
    status = wait_for(app, lambda found: found["routine"] == "cramp-standing", "the cramp routine")
    assert (status["state"], status["step"]["leg"]) == ("running", "left")


def test_of_two_started_in_the_same_instant_one_lives(stage: PrivateDesktop) -> None:
    apps = [stage.launch(*NOW), stage.launch("now", "--leg", "right", "--theme", "light")]
    wait_until(lambda: any(app.process.poll() is not None for app in apps), what="one giving way")
    gone = [app for app in apps if app.process.poll() is not None]
    assert [app.process.returncode for app in gone] == [0], [app.output for app in apps]
    (living,) = [app for app in apps if app not in gone]
    assert wait_for_state(living, "running")["pid"] == living.pid
    assert _programs(stage) == {living.pid}
    assert [app.output for app in apps] == ["", ""]


def test_only_the_owner_can_reach_the_app(guided: App, stage: PrivateDesktop) -> None:
    runtime = Path(stage.environment["XDG_RUNTIME_DIR"]) / "relief"
    assert stat.S_IMODE(runtime.stat().st_mode) == 0o700
    for name in ("socket", "lock"):
        assert stat.S_IMODE((runtime / name).stat().st_mode) == 0o600, name
    assert stat.S_ISSOCK((runtime / "socket").stat().st_mode)
    journal = _journal(guided)
    wait_until(journal.exists, what="the journal")
    assert stat.S_IMODE(journal.stat().st_mode) == 0o600
    assert stat.S_IMODE(journal.parent.stat().st_mode) == 0o700
    assert guided.terminate() == 0
    assert not (runtime / "socket").exists()


def _journal(app: App) -> Path:
    # The socket lies two folders below the home, as the journal does.
    return app.listens_at.parents[2] / "state/relief/session.json"


def _programs(stage: PrivateDesktop) -> set[int]:
    """Return the ids of the processes that run the program."""
    return {pid for pid in stage.processes() if str(ROOT / "main.py") in _command(pid)}


def _command(pid: int) -> str:
    try:
        return os.fsdecode(Path(f"/proc/{pid}/cmdline").read_bytes())
    except OSError:
        return ""
