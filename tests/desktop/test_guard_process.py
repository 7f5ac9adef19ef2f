"""The recovery guard by itself: what it decides, and what the real process then does."""

import ast
import json
import os
import shlex
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.desktop import guard_process
from relief_app.desktop.guard_process import END, MOST_RESTARTS, START, WAIT, Guard, Takeover, last_line
from relief_app.desktop.single_instance import acquire
from relief_app.opening import CHANNEL, RECOVERED
from tests.support.processes import lives
from tests.support.waiting import PATIENCE_S, wait_until

SCRIPT = Path(guard_process.__file__)
KILLED = -9
QUICK = "import runpy, sys; sys.path.insert(0, {folder!r}); import guard_process; guard_process.STEP_MS = 20; guard_process.main()"  # fmt: skip # noqa: E501 - one line of a command


def told(*, session: bool = False, deadline_ms: int | None = None, restarts: int = 0) -> Guard:
    guard = Guard()
    guard.told(restarts=restarts, session=session, deadline_ms=deadline_ms)
    return guard


# What it decides


def test_with_nothing_to_guard_it_ends() -> None:
    assert Guard().gone(None) == END
    assert told().gone(KILLED) == END


def test_a_session_is_started_again_three_times() -> None:
    guard = told(session=True)
    assert [guard.gone(status) for status in (None, KILLED, 1, 127)] == [START, START, START, END]


def test_the_app_says_how_often_it_was_started_again() -> None:
    assert told(session=True, restarts=2).gone(None) == START
    assert told(session=True, restarts=3).gone(None) == END
    guard = told(session=True)
    guard.gone(None)
    guard.told(restarts=0, session=True, deadline_ms=None)
    assert [guard.gone(KILLED) for _ in range(4)] == [START, START, START, END]


def test_with_a_pack_on_it_waits_where_nothing_can_be_started() -> None:
    guard = told(deadline_ms=5_000)
    assert [guard.gone(127) for _ in range(4)] == [START, START, START, WAIT]
    assert [guard.left_ms(now) for now in (0, 4_999, 5_000, 90_000)] == [5_000, 1, 0, 0]


def test_an_app_that_found_another_one_running_is_left_alone() -> None:
    assert told(session=True, deadline_ms=0).gone(0) == END


@given(st.lists(st.sampled_from([None, 1, KILLED, 127])), st.integers(0, 4), st.booleans())
def test_a_pack_is_never_given_up_and_nothing_starts_for_ever(
    ends: list[int | None], restarts: int, session: bool
) -> None:
    guard = told(session=session, deadline_ms=1, restarts=restarts)
    decided = [guard.gone(status) for status in ends]
    assert END not in decided
    assert decided.count(START) <= max(MOST_RESTARTS - restarts, 0)
    assert decided == sorted(decided), "started after it had given up"


def test_only_a_lock_that_stays_held_is_an_app() -> None:
    takeover = Takeover()
    looks = (True, True, True, False, True, True, True, True)
    assert [takeover.saw(held=held) for held in looks] == [False] * 7 + [True]


@pytest.mark.parametrize(
    ("read", "line"),
    [(b"", b""), (b"half", b""), (b"a\n", b"a"), (b"a\nb\n", b"b"), (b"a\nb\nhalf", b"b"), (b"\n", b"")],
)
def test_the_last_whole_line_counts(read: bytes, line: bytes) -> None:
    assert last_line(read) == line


def test_it_is_one_small_file_on_its_own() -> None:
    """Nothing of ours and nothing large is imported while it only waits."""
    imported = {
        name.name.split(".")[0]
        for node in ast.parse(SCRIPT.read_text("utf-8")).body
        if isinstance(node, ast.Import)
        for name in node.names
    }
    assert imported == {"os", "time"}
    assert (guard_process.RECOVERED, guard_process.CHANNEL) == (RECOVERED, CHANNEL)


# What it does


class Guarded:
    """The real process, and this test in the place of the app."""

    def __init__(self, folder: Path, **environment: str) -> None:
        self.folder = folder
        self.lock = folder / "lock"
        self.wrote = folder / "wrote"
        self.wrote.write_text("")
        ours, theirs = socket.socketpair()
        quick = QUICK.format(folder=str(SCRIPT.parent))
        with (folder / "errors").open("wb") as errors:
            self.process = subprocess.Popen(
                [sys.executable, "-I", "-S", "-c", quick],
                stdin=theirs.fileno(),
                stderr=errors,
                env=os.environ | environment,
                start_new_session=True,
            )
        theirs.close()
        self.app = ours

    def say(self, **values: Any) -> None:
        """Tell it how things stand: a session runs, unless said otherwise."""
        usual = {
            "restarts": 0,
            "session": True,
            "again": self.run("exit 1"),
            "alarm": None,
            "lock": str(self.lock),
        }
        self.app.sendall(json.dumps(usual | values).encode() + b"\n")

    def run(self, script: str, **environment: str) -> dict[str, Any]:
        """A program that does this; `$wrote` is where it may write to."""
        set_to = f"wrote={shlex.quote(str(self.wrote))}"
        return {"arguments": ["/bin/sh", "-c", f"{set_to}; {script}"], "environment": environment}

    def alarm(self, script: str, in_ms: int = 0) -> dict[str, Any]:
        return {
            "deadline_ms": boot_ms() + in_ms,
            "run": self.run(script),
            "text": "Pack off",
            "sound": "/tone.wav",
        }

    def die(self) -> None:
        """The app is gone without a word."""
        self.app.close()

    def end(self) -> int:
        """Wait for the guard's own end; its exit status."""
        return self.process.wait(PATIENCE_S)

    def errors(self) -> str:
        """What stands on the terminal."""
        return (self.folder / "errors").read_text()

    def lines(self) -> list[str]:
        return self.wrote.read_text().splitlines()


@pytest.fixture
def guarded(tmp_path: Path) -> Iterator[Guarded]:
    yield from _guarded(tmp_path)


@pytest.fixture
def bare(tmp_path: Path) -> Iterator[Guarded]:
    """The same where programs are found in `programs` only."""
    (tmp_path / "programs").mkdir()
    yield from _guarded(tmp_path, PATH=str(tmp_path / "programs"))


def _guarded(folder: Path, **environment: str) -> Iterator[Guarded]:
    guarded = Guarded(folder, **environment)
    yield guarded
    guarded.app.close()
    guarded.process.kill()
    guarded.process.wait()


def test_bye_ends_it_and_starts_nothing(guarded: Guarded) -> None:
    guarded.say(again=guarded.run("echo started >> $wrote"))
    guarded.app.sendall(b"bye\n")
    assert guarded.end() == 0
    assert guarded.lines() == []


@pytest.mark.parametrize("said", [b"", b'{"half": ', b"bye"])
def test_an_app_that_dies_before_it_has_said_anything_is_not_started(guarded: Guarded, said: bytes) -> None:
    guarded.app.sendall(said)
    guarded.die()
    assert guarded.end() == 0


def test_only_what_was_said_last_counts(guarded: Guarded) -> None:
    guarded.say(again=guarded.run("echo first >> $wrote"))
    guarded.say(session=False)
    guarded.die()
    assert guarded.end() == 0
    assert guarded.lines() == []


def test_it_starts_the_app_again_three_times_with_what_it_said(guarded: Guarded) -> None:
    guarded.say(again=guarded.run("echo $RELIEF_RECOVERED $MOOD >> $wrote; kill -9 $$", MOOD="calm"))
    guarded.die()
    assert guarded.end() == 0
    assert guarded.lines() == ["1 calm", "2 calm", "3 calm"]


def test_what_was_started_again_speaks_to_the_same_guard(guarded: Guarded) -> None:
    guarded.say(again=guarded.run('echo started >> $wrote; echo bye >&"$RELIEF_GUARD_FD"; sleep 0.2; exit 1'))
    guarded.die()
    assert guarded.end() == 0
    assert guarded.lines() == ["started"]


def test_what_it_starts_has_nothing_of_the_guards_open(guarded: Guarded) -> None:
    """Input, two outputs, the channel, and the folder that `ls` reads."""
    guarded.say(again=guarded.run("ls /proc/self/fd | wc -l >> $wrote; ps -o sid= -p $$ >> $wrote; exit 0"))
    guarded.die()
    assert guarded.end() == 0
    count, own_session = guarded.lines()
    assert int(count) == 5
    assert int(own_session) != guarded.process.pid


def test_a_program_that_is_gone_ends_in_nothing(guarded: Guarded) -> None:
    guarded.say(again={"arguments": ["/nowhere/python"], "environment": {}})
    guarded.die()
    assert guarded.end() == 0


def test_where_nothing_can_be_started_it_rings_when_the_time_is_up(guarded: Guarded) -> None:
    alarm = guarded.alarm("cat /proc/uptime >> $wrote", in_ms=700)
    guarded.say(again={"arguments": ["/nowhere/python"], "environment": {}}, alarm=alarm)
    guarded.die()
    assert guarded.end() == 0
    (line,) = guarded.lines()
    assert float(line.split()[0]) * 1_000 >= alarm["deadline_ms"] - 10, "early"


def test_a_time_that_is_over_rings_at_once(guarded: Guarded) -> None:
    guarded.say(session=False, alarm=guarded.alarm("echo rings >> $wrote") | {"deadline_ms": 0})
    guarded.die()
    assert guarded.end() == 0
    assert guarded.lines() == ["rings"]


def test_without_a_pack_a_session_that_cannot_be_started_rings_nothing(guarded: Guarded) -> None:
    guarded.say()
    guarded.die()
    assert guarded.end() == 0
    assert guarded.errors() == ""


def test_an_app_started_by_hand_takes_over_before_the_time_is_up(guarded: Guarded) -> None:
    lock = acquire(guarded.lock)
    assert lock is not None
    guarded.say(alarm=guarded.alarm("echo rings >> $wrote", in_ms=3_600_000))
    guarded.die()
    assert guarded.end() == 0
    lock.release()
    assert guarded.lines() == []


def test_an_app_started_by_hand_ends_the_ringing(guarded: Guarded) -> None:
    guarded.say(alarm=guarded.alarm("echo $$ >> $wrote; exec sleep 600"))
    guarded.die()
    wait_until(guarded.lines, what="the alarm")
    ringing = int(guarded.lines()[0])
    assert lives(ringing)
    lock = acquire(guarded.lock)
    assert lock is not None
    assert guarded.end() == 0
    lock.release()
    assert not lives(ringing)


def test_a_lock_held_for_a_moment_only_is_no_app(guarded: Guarded) -> None:
    lock = acquire(guarded.lock)
    assert lock is not None
    guarded.say(alarm=guarded.alarm("echo rings >> $wrote"))
    guarded.die()
    lock.release()
    assert guarded.end() == 0
    assert guarded.lines() == ["rings"]


def test_where_the_alarm_fails_too_it_takes_what_there_is(bare: Guarded) -> None:
    for name in ("notify-send", "aplay"):
        program = bare.folder / "programs" / name
        program.write_text(f'#!/bin/sh\necho {name} "$@" >> {shlex.quote(str(bare.wrote))}\n')
        program.chmod(0o700)
    bare.say(alarm=bare.alarm("exit 1"))
    bare.die()
    wait_until(lambda: bare.lines().count("aplay /tone.wav") > 1, what="the sound, again and again")
    lock = acquire(bare.lock)
    assert lock is not None
    assert bare.end() == 0
    lock.release()
    assert bare.lines()[0] == "notify-send --urgency=critical --app-name=Relief Relief Pack off"
    assert bare.errors() == "Pack off\n"


def test_where_nothing_can_play_the_terminals_bell_rings(bare: Guarded) -> None:
    bare.say(alarm=bare.alarm("kill -9 $$"))
    bare.die()
    wait_until(lambda: bare.errors().count("\a") > 1, what="the bell, again and again")
    bare.process.send_signal(signal.SIGTERM)
    assert bare.end() == -signal.SIGTERM


def boot_ms() -> int:
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1_000_000
