import json
import subprocess
import sys
from pathlib import Path

import pytest

from relief_app.commands import client
from relief_app.commands.status_lines import status_lines
from relief_app.storage.paths import find_paths
from tests.commands.fake_app import FakeApp, Time

Captured = pytest.CaptureFixture[str]
RUNNING = {
    "state": "running",
    "routine": "cramp-bed",
    "step": {
        "index": 1,
        "count": 4,
        "exercise": "towel-stretch",
        "leg": "left",
        "phase": "active",
        "open_ended": True,
        "elapsed_s": 3.4,
        "remaining_s": 26.6,
        "cue": "Knee straight.",
    },
    "next": "rest",
}


def said(captured: Captured) -> tuple[str, str]:
    found = captured.readouterr()
    return found.out, found.err


def test_a_request_is_one_line_of_json_and_the_reply_comes_back() -> None:
    with FakeApp([b'{"o', b'k": ', b"true}\nrest"]) as app:
        assert client.send({"command": "extend", "seconds": 2.5}) == {"ok": True}
    assert [json.loads(line) for line in app.requests] == [{"command": "extend", "seconds": 2.5}]


def test_no_app_is_running(capsys: Captured) -> None:
    assert client.send({"command": "status"}) is None
    results = (client.steer("pause"), client.status(as_json=True), client.watch())
    assert results == (3, 3, 3)
    assert said(capsys) == ("", "no app is running\n" * 3)


def test_what_a_killed_app_left_behind_is_no_app() -> None:
    app = FakeApp(answers=False)
    app.listen()
    app.close()
    assert app.paths.socket.exists()
    assert client.send({"command": "status"}) is None


def test_an_app_that_is_just_starting_is_waited_for() -> None:
    app = FakeApp([b"{}\n"])
    time = Time(lambda number: app.listen() if number == 40 else None)
    try:
        reply = client.send({"command": "raise"}, clock=time.clock, wait=time.wait)
    finally:
        app.close()
    assert reply == {}
    assert time.waits == 40


def test_an_app_that_dies_while_it_starts_is_no_app() -> None:
    app = FakeApp()
    time = Time(lambda number: app.close() if number == 3 else None)
    assert client.send({"command": "raise"}, clock=time.clock, wait=time.wait) is None
    assert time.waits == 3


def test_an_app_that_never_listens_is_given_up_after_five_seconds(capsys: Captured) -> None:
    app, time = FakeApp(), Time()
    reply = client.send({"command": "raise"}, clock=time.clock, wait=time.wait)
    app.close()
    assert reply == {"error": "the app does not answer", "exit": 1}
    assert 5.0 <= time.now - 100 < 5.2


def test_an_app_that_hangs_is_given_up() -> None:
    app = FakeApp(answers=False)
    app.listen()
    reply = client.send({"command": "status"}, patience_s=0.05)
    app.close()
    assert reply == {"error": "the app does not answer", "exit": 1}


@pytest.mark.timeout(30)
def test_an_app_that_dribbles_has_no_more_time_than_one_that_is_silent() -> None:
    times = iter([0.0, 0.0, *range(90, 1_000)])
    app = FakeApp(answers=False)
    app.listen()
    # The socket's own patience would last until the test is given up.
    reply = client.send({"command": "status"}, patience_s=60, clock=lambda: next(times))
    app.close()
    assert reply == {"error": "the app does not answer", "exit": 1}


@pytest.mark.parametrize(
    ("pieces", "line"),
    [
        ([], "the app went away"),
        ([b'{"half": '], "the app went away"),
        ([b"not json\n"], "the app's answer cannot be read"),
        ([b"\xff\xfe\n"], "the app's answer cannot be read"),
        ([b"[1, 2]\n"], "the app's answer cannot be read"),
        ([b"null\n"], "the app's answer cannot be read"),
        ([b"[" * 100_000 + b"\n"], "the app's answer cannot be read"),
        ([*[b"x" * 500_000] * 3, b"\n"], "the app went away"),
    ],
)
def test_an_answer_that_makes_no_sense_is_one_line(pieces: list[bytes], line: str, capsys: Captured) -> None:
    with FakeApp(pieces):
        assert client.steer("pause") == 1
    assert said(capsys) == ("", f"{line}\n")


@pytest.mark.parametrize(
    ("reply", "code", "line"),
    [
        ({}, 0, ""),
        ({"ok": True}, 0, ""),
        ({"error": "no", "exit": 1}, 1, "no\n"),
        ({"error": "no", "exit": 4}, 4, "no\n"),
        ({"error": "no"}, 1, "no\n"),
        ({"error": "a\nb\x1b[31m\u202e"}, 1, "a\\u000ab\\u001b[31m\\u202e\n"),
        ({"error": ["x"], "exit": "4"}, 1, "['x']\n"),
        ({"exit": 1000}, 1, ""),
        ({"exit": True}, 1, ""),
    ],
)
def test_exit_status_and_line_come_from_the_app(
    reply: dict[str, object], code: int, line: str, capsys: Captured
) -> None:
    with FakeApp([json.dumps(reply).encode() + b"\n"]):
        assert client.steer("eased") == code
    assert said(capsys) == ("", line)


def test_status_as_json_is_what_the_app_said(capsys: Captured) -> None:
    with FakeApp([json.dumps(RUNNING | {"cue": "Fuß ↑"}).encode() + b"\n"]):
        assert client.status(as_json=True) == 0
    assert json.loads(said(capsys)[0]) == RUNNING | {"cue": "Fuß ↑"}


def test_status_for_people(capsys: Captured) -> None:
    with FakeApp([json.dumps(RUNNING).encode() + b"\n"]):
        assert client.status(as_json=False) == 0
    lines = ["running: cramp-bed", "2/4 towel-stretch, left leg, 27 s left", "Knee straight.", "next: rest"]
    assert said(capsys) == ("\n".join(lines) + "\n", "")


@pytest.mark.parametrize(
    ("changed", "line"),
    [
        ({"phase": "rest", "remaining_s": 4}, "2/4 towel-stretch, left leg, rest, 4 s left"),
        ({"phase": "get_ready", "leg": "right"}, "2/4 towel-stretch, right leg, get ready, 27 s left"),
        ({"remaining_s": 0, "elapsed_s": 95}, "2/4 towel-stretch, left leg, 95 s, until it lets go"),
        ({"phase": "dance"}, "2/4 towel-stretch, left leg, 27 s left"),
    ],
)
def test_a_step_in_a_line(changed: dict[str, object], line: str) -> None:
    lines = list(status_lines(RUNNING | {"step": {**RUNNING["step"], **changed}}))  # type: ignore[dict-item]
    assert lines[1] == line


@pytest.mark.parametrize(
    ("status", "line"),
    [
        ({"state": "idle", "routine": None, "step": None}, "no session is running"),
        ({"state": "ready"}, "a session was left and can go on"),
        ({"state": "paused", "routine": "bedtime"}, "paused: bedtime"),
        ({"state": "new", "routine": "\x1b[2J"}, "new: \\u001b[2J"),
        ({}, ": -"),
    ],
)
def test_states_in_a_line(status: dict[str, object], line: str) -> None:
    assert list(status_lines(status)) == [line]


def test_watch_prints_events_until_the_app_goes(capsys: Captured) -> None:
    events = '{"seq": 1, "type": "phase_started"}\n{"seq": 2, "cue": "Fuß"}\n'
    with FakeApp([b'{"ok": true}\n', events.encode()[:20], events.encode()[20:], b'{"half']) as app:
        assert client.watch() == 0
    assert said(capsys) == (events, "")
    assert json.loads(app.requests[0]) == {"command": "watch"}


def test_watch_prints_a_first_event_that_comes_with_no_greeting(capsys: Captured) -> None:
    with FakeApp([b'{"seq": 1, "type": "x"}\n']):
        assert client.watch() == 0
    assert said(capsys) == ('{"seq": 1, "type": "x"}\n', "")


@pytest.mark.parametrize(
    ("pieces", "line"),
    [([b'{"error": "too many", "exit": 1}\n'], "too many"), ([], "the app went away")],
)
def test_watch_that_cannot_watch(pieces: list[bytes], line: str, capsys: Captured) -> None:
    with FakeApp(pieces):
        assert client.watch() == 1
    assert said(capsys) == ("", f"{line}\n")


def test_ctrl_c_ends_watching(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(_: bytes) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(client, "_print_line", interrupted)
    with FakeApp([b'{"ok": true}\n{"type": "x"}\n']):
        assert client.watch() == 0


def test_a_reader_that_goes_away_ends_watching_without_a_word() -> None:
    program = "import sys; from relief_app.commands import client; sys.exit(client.watch())"
    with FakeApp([b'{"ok": true}\n', *([b'{"type": "x"}\n'] * 100_000)]):
        run = subprocess.Popen(
            [sys.executable, "-c", program], stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert run.stdout is not None
        assert run.stdout.readline() == b'{"type": "x"}\n'
        run.stdout.close()
        assert run.wait(30) == 0
        assert run.stderr is not None
        assert run.stderr.read() == b""
        run.stderr.close()


def test_a_socket_that_may_not_be_opened_is_one_line(
    capsys: Captured, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("XDG_RUNTIME_DIR", "")
    monkeypatch.setenv("XDG_STATE_HOME", "/" + "deep/" * 40)
    assert client.steer("pause") == 1
    out, err = said(capsys)
    assert (out, err.count("\n")) == ("", 1)
    assert err.startswith("the app cannot be reached (")


def test_a_runtime_folder_that_is_a_file_is_no_app() -> None:
    paths = find_paths()
    Path(paths.runtime_dir).write_text("")
    assert client.send({"command": "status"}) is None
