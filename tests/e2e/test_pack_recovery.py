"""A pack is on and the program dies: its guard brings it back, and rings itself where it cannot."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.app import App
from tests.support.pack_run import RATE, PackRun
from tests.support.private_desktop import PrivateDesktop
from tests.support.processes import command_of, guards_of, lives
from tests.support.waiting import wait_until

MOST_RESTARTS = 3
RIGHT_TO_S = 1.0
SAID = "Open Relief to end this alarm."


@pytest.fixture(name="run")
def _run(desktop: PrivateDesktop, tmp_path: Path) -> Iterator[PackRun]:
    """One rehearsal whose pack is on; nobody answers its skin checks."""
    run = PackRun(desktop, tmp_path / "home", kill_after_s=float("inf"), answers=0)
    wait_until(lambda: run.look() or run.exposure(), what="a pack")
    wait_until(lambda: guards_of(run.app.pid), what="a guard")
    yield run
    run.end()


def test_the_pack_and_its_guide_are_back_where_real_time_is(desktop: PrivateDesktop, run: PackRun) -> None:
    seen, at = run.exposure() or {}, run.now_s()
    _crash(desktop, run)
    status = run.ask("status")
    assert (status["state"], status["routine"]) == ("running", "heat")
    passed = (run.now_s() - at) * RATE
    assert status["exposure"]["ends_in_s"] == pytest.approx(seen["ends_in_s"] - passed, abs=RIGHT_TO_S * RATE)
    assert status["step"]["remaining_s"] == pytest.approx(status["exposure"]["ends_in_s"], abs=RIGHT_TO_S)


def test_a_cramp_beside_a_pack_comes_back_and_the_pack_with_it(desktop: PrivateDesktop, run: PackRun) -> None:
    assert run.ask("now", leg="left") == {"ok": True}
    _crash(desktop, run)
    status = run.ask("status")
    assert (status["state"], status["routine"]) == ("running", "cramp-bed")
    assert status["exposure"]["kind"] == "heat"


def test_a_pack_that_is_off_is_not_put_on_again(desktop: PrivateDesktop, run: PackRun) -> None:
    assert run.ask("now", leg="left") == {"ok": True}
    assert run.ask("acknowledge") == {"ok": True}
    _crash(desktop, run)
    assert run.exposure() is None
    assert run.row()["ended_boot"] is not None


def test_where_nothing_can_be_started_the_guard_rings_in_time(desktop: PrivateDesktop, run: PackRun) -> None:
    (guard,) = guards_of(run.app.pid)
    for _ in range(MOST_RESTARTS):
        _crash(desktop, run)
    due = run.due_s()
    run.app.crash()
    wait_until(lambda: SAID in run.app.output, what="the alarm of the guard")
    assert run.now_s() >= due - 0.01, "early"
    assert lives(guard)
    ringing = [pid for pid in desktop.processes() if b"relief_app.desktop.last_alarm" in command_of(pid)]
    assert len(ringing) == 1
    # The person starts the program, which has the alarm from there on.
    run.start_again()
    wait_until(lambda: (run.exposure() or {}).get("alarm"), what="the alarm of the program")
    wait_until(lambda: not lives(guard), what="the end of the guard")
    assert not lives(ringing[0])
    assert _lines(run.apps[0]) == 1, "it rang twice"


def _crash(desktop: PrivateDesktop, run: PackRun) -> None:
    """The program dies, and is waited for."""
    dead = run.app
    dead.crash()
    wait_until(lambda: run.ask("status"), what="the program to be back")
    run.app = desktop.adopt(run.ask("status")["pid"], dead)
    run.apps.append(run.app)


def _lines(app: App) -> int:
    return sum(SAID in line for line in app.output.splitlines())
