"""The app's end of the recovery guard, with the real process at the other end or this test in its place."""

import json
import os
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.desktop.guard import MOST_LOST, Looks, PackOn, Programs, RecoveryGuard, started_by
from relief_app.opening import Recovered
from tests.support.processes import lives, state
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("qapp")
PACK = PackOn(4_711, Kind.HEAT, Leg.LEFT)


@pytest.fixture
def programs(tmp_path: Path) -> Programs:
    return Programs(
        ("sh", "main.py"), ("py", "-m", "alarm"), Path("/tone.wav"), Path("/root"), tmp_path / "lock"
    )


@pytest.fixture
def guard(programs: Programs) -> Iterator[RecoveryGuard]:
    guard = RecoveryGuard(programs)
    yield guard
    guard.close()


class Listener:
    """This test in the place of a guard that has started the app again."""

    def __init__(self, programs: Programs, times: int = 2) -> None:
        self._end, theirs = socket.socketpair()
        self._end.settimeout(10)
        self.guard = RecoveryGuard(programs, Recovered(times, theirs.detach(), frozenset()))

    def heard(self) -> list[Any]:
        """What was said since the last call."""
        self._end.setblocking(False)
        try:
            lines = self._end.recv(65_536).splitlines()
        except BlockingIOError:
            return []
        return [line if line in (b"bye", b"") else json.loads(line) for line in lines]

    def close(self) -> None:
        self.guard.close()
        self._end.close()


@pytest.fixture
def listener(programs: Programs) -> Iterator[Listener]:
    listener = Listener(programs)
    yield listener
    listener.close()


# What it says


def test_the_guard_that_started_the_app_hears_all_it_needs(listener: Listener, tmp_path: Path) -> None:
    listener.guard.looks(Looks("night", muted=True))
    assert listener.heard() == [], "it said that nothing runs before it could know"
    listener.guard.guards(session=True)
    (said,) = listener.heard()
    assert said == {
        "restarts": 2,
        "session": True,
        "again": {
            "arguments": ["sh", "main.py", "--theme", "night"],
            "environment": {"RELIEF_WAS": "session muted"},
        },
        "alarm": None,
        "lock": str(tmp_path / "lock"),
    }


def test_the_same_is_not_said_twice(listener: Listener) -> None:
    for _ in range(3):
        listener.guard.guards(session=True)
    assert len(listener.heard()) == 1


def test_a_pack_is_said_with_what_rings_for_it(listener: Listener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONPATH", "/elsewhere")
    listener.guard.guards(session=False, pack=PACK)
    (said,) = listener.heard()
    alarm = said["alarm"]
    assert (said["session"], alarm["deadline_ms"], alarm["sound"]) == (False, 4_711, "/tone.wav")
    assert alarm["run"]["arguments"] == ["py", "-m", "alarm", "--kind", "heat", "--leg", "left"]
    assert alarm["run"]["environment"] == {"PYTHONPATH": "/root:/elsewhere"}
    assert "pack" in alarm["text"].lower()
    assert said["again"]["environment"] == {"RELIEF_WAS": ""}


def test_what_is_over_is_said_and_the_count_begins_anew(listener: Listener) -> None:
    listener.guard.guards(session=True, pack=PACK)
    listener.guard.guards(session=False, pack=PACK)
    listener.guard.guards(session=False)
    listener.guard.guards(session=True)
    said = [(line["session"], line["alarm"] is not None, line["restarts"]) for line in listener.heard()]
    assert said == [(True, True, 2), (False, True, 2), (False, False, 0), (True, False, 0)]


def test_the_windows_looks_are_said_as_they_change(listener: Listener) -> None:
    listener.guard.guards(session=True)
    listener.guard.looks(Looks(full_screen=True))
    first, second = (line["again"] for line in listener.heard())
    assert first["environment"] == {"RELIEF_WAS": "session"}
    assert second == {"arguments": ["sh", "main.py"], "environment": {"RELIEF_WAS": "session full-screen"}}


def test_the_bedside_mode_is_guarded_without_a_session(listener: Listener) -> None:
    listener.guard.looks(Looks(full_screen=True, bedside=True))
    listener.guard.guards(session=True)
    listener.guard.guards(session=False)
    listener.guard.looks(Looks())
    said = [(line["session"], line["restarts"], line["again"]["environment"]) for line in listener.heard()]
    assert said == [
        (True, 2, {"RELIEF_WAS": "full-screen bedside"}),
        (True, 2, {"RELIEF_WAS": "session full-screen bedside"}),
        (True, 2, {"RELIEF_WAS": "full-screen bedside"}),
        (False, 0, {"RELIEF_WAS": ""}),
    ]


def test_bye_is_the_last_word(listener: Listener) -> None:
    listener.guard.guards(session=True)
    listener.heard()
    listener.guard.close()
    assert listener.heard() == [b"bye"]


@pytest.mark.parametrize("kind", ["file", "closed"])
def test_a_descriptor_that_is_no_guards_is_left_alone(programs: Programs, tmp_path: Path, kind: str) -> None:
    descriptor = os.open(tmp_path / "file", os.O_CREAT | os.O_RDWR)
    if kind == "closed":
        os.close(descriptor)
    guard = RecoveryGuard(programs, Recovered(1, descriptor, frozenset()))
    guard.guards(session=False)
    guard.close()
    if kind == "file":
        os.write(descriptor, b"still open")
        os.close(descriptor)


# The process


def test_it_is_started_with_the_first_need_and_ended_with_bye(guard: RecoveryGuard) -> None:
    guard.looks(Looks("night"))
    guard.guards(session=False)
    assert not has_process(guard)
    guard.guards(session=True)
    pid = running(guard)
    assert lives(pid)
    assert os.getsid(pid) == pid
    guard.guards(session=False, pack=PACK)
    guard.guards(session=False)
    assert guard.pid == pid
    guard.close()
    assert state(pid) == "", "it still runs, or is a zombie"


def test_a_killed_guard_is_replaced_without_a_zombie(guard: RecoveryGuard, qtbot: Any) -> None:
    guard.guards(session=True)
    first = running(guard)
    os.kill(first, signal.SIGKILL)
    qtbot.waitUntil(lambda: guard.pid not in (None, first))
    assert state(first) == ""
    assert lives(running(guard))


def test_without_need_a_killed_guard_is_not_replaced(guard: RecoveryGuard, qtbot: Any) -> None:
    guard.guards(session=True)
    pid = running(guard)
    guard.guards(session=False)
    os.kill(pid, signal.SIGKILL)
    qtbot.waitUntil(lambda: guard.pid is None)
    guard.guards(session=True)
    assert lives(running(guard))


def test_a_guard_that_dies_again_and_again_is_given_up_until_the_next_session(
    guard: RecoveryGuard, qtbot: Any
) -> None:
    guard.guards(session=True)
    for _ in range(MOST_LOST):
        pid = running(guard)
        os.kill(pid, signal.SIGKILL)
        qtbot.waitUntil(is_other(guard, pid))
    assert not has_process(guard)
    guard.guards(session=True, pack=PACK)
    assert not has_process(guard)
    guard.guards(session=False)
    guard.guards(session=True)
    assert has_process(guard)


def test_a_guard_that_stands_still_is_replaced_before_the_app_would_wait_for_it(
    guard: RecoveryGuard,
) -> None:
    guard.guards(session=True)
    stopped = running(guard)
    os.kill(stopped, signal.SIGSTOP)
    wait_until(lambda: state(stopped) == "T")
    number = 0
    while guard.pid == stopped:
        number += 1
        guard.guards(session=True, pack=PACK._replace(alarm_at_ms=number))
    assert state(stopped) == ""
    assert lives(running(guard))


def test_without_its_interpreter_the_app_goes_on_alone(
    guard: RecoveryGuard, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys, "executable", "/nowhere/python")
    guard.guards(session=True)
    guard.guards(session=True, pack=PACK)
    assert not has_process(guard)


# The command


@pytest.mark.parametrize(
    ("original", "arguments", "command"),
    [
        (
            ["python3", "{file}", "now", "--leg", "left"],
            ["{file}", "now", "--leg", "left"],
            ["/py", "{file}"],
        ),
        (["python3", "-m", "relief_app", "home"], ["/x/__main__.py", "home"], ["/py", "-m", "relief_app"]),
        (
            ["p", "-X", "dev", "-W", "error", "{file}"],
            ["{file}"],
            ["/py", "-X", "dev", "-W", "error", "{file}"],
        ),
        (["p", "-c", "run()", "now"], ["-c", "now"], ["/py", "-c", "run()"]),
    ],
)
def test_it_is_started_again_as_it_was_started(
    tmp_path: Path, original: list[str], arguments: list[str], command: list[str]
) -> None:
    file = tmp_path / "main.py"
    file.touch()
    first, second, third = (
        [word.replace("{file}", str(file)) for word in words] for words in (original, arguments, command)
    )
    assert started_by(first, second, "/py") == tuple(third)


def test_a_relative_program_is_found_from_everywhere(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    Path("main.py").touch()
    assert started_by(["p", "main.py"], ["main.py"], "/py") == ("/py", str(tmp_path / "main.py"))


def has_process(guard: RecoveryGuard) -> bool:
    return guard.pid is not None


def running(guard: RecoveryGuard) -> int:
    assert guard.pid is not None
    return guard.pid


def is_other(guard: RecoveryGuard, pid: int) -> Callable[[], bool]:
    return lambda: guard.pid != pid
