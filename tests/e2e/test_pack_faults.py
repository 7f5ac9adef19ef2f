"""A pack's alarm comes whatever happens to the program: killed at random moments over a whole session.

Rehearsals at 60 times real speed, side by side. `make faults` runs 200 of them, `make test` ten. Alarms are
heard by `watch`; when they were due is told by the database.
"""

import os
import random
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.pack_run import PackRun
from tests.support.private_desktop import PrivateDesktop
from tests.support.waiting import wait_until

SEEDS = int(os.environ.get("RELIEF_FAULTS", "10"))
AT_ONCE = 5
ROUNDED_S = 0.005
LONGEST_S = 17.0
"""A rehearsed pack lies there for 15 s; the last moments are after its alarm."""
BATCHES = [range(first, min(first + AT_ONCE, SEEDS)) for first in range(0, SEEDS, AT_ONCE)]


@pytest.fixture(name="runs")
def _runs(desktop: PrivateDesktop, tmp_path: Path, request: pytest.FixtureRequest) -> Iterator[list[PackRun]]:
    runs = [_run(desktop, tmp_path / str(seed), seed) for seed in request.param]
    yield runs
    for run in runs:
        run.end()


def _run(desktop: PrivateDesktop, home: Path, seed: int) -> PackRun:
    """Each seed kills at another moment, and answers none, one or both of the skin checks.

    Every second one kills the recovery guard as well.
    """
    dice = random.Random(seed)
    moment, answers = dice.uniform(0.0, LONGEST_S), dice.choice((0, 1, 2, 2, 2))
    return PackRun(desktop, home, moment, answers=answers, guarded=seed % 2 == 0)


def _waited_for(runs: list[PackRun]) -> list[PackRun]:
    """The runs whose alarm does not stand yet; each is looked at."""
    return [run for run in runs if not run.look()]


@pytest.mark.parametrize("runs", BATCHES, ids=str, indirect=True)
def test_killed_at_any_moment_the_alarm_comes_never_early_never_twice(runs: list[PackRun]) -> None:
    wait_until(lambda: not _waited_for(runs), timeout=60.0, what="every alarm")
    for run in runs:
        assert len(run.alarms) == 1, run.alarms
        assert run.row()["ended_boot"] is None
        assert run.due_s() - ROUNDED_S <= run.told_s() <= run.expected_s() + 1.0, run.kill_after_s


@pytest.fixture(name="run")
def _run_alone(desktop: PrivateDesktop, tmp_path: Path) -> Iterator[PackRun]:
    """One rehearsal that nobody kills and whose checks are answered."""
    run = PackRun(desktop, tmp_path / "home", kill_after_s=float("inf"))
    yield run
    run.end()


def _put_on(run: PackRun, at_least_s: float = 60.0) -> None:
    wait_until(lambda: run.look() or (run.exposure() or {}).get("elapsed_s", 0) >= at_least_s, what="a pack")


def test_ended_in_order_the_next_start_opens_on_its_alarm(run: PackRun) -> None:
    _put_on(run)
    assert run.app.terminate() == 0
    run.start_again()
    exposure = wait_until(run.exposure, what="the pack") or {}
    assert (exposure["alarm"], exposure["reason"]) == (True, "left")
    assert run.ask("acknowledge") == {"ok": True}
    assert run.exposure() is None
    assert run.app.terminate() == 0
    run.start_again()
    wait_until(lambda: run.ask("status"), what="another start")
    assert run.exposure() is None


def test_nothing_passes_a_pack(run: PackRun) -> None:
    """Commands, another start and the close button lead to a question, a cramp to its guide."""
    _put_on(run)
    for command, values in (
        *(("back", {}), ("next", {}), ("pause", {}), ("stop", {})),
        ("start", {"routine": "micro-break"}),
    ):
        answer = run.ask(command, **values)
        assert (answer["exit"], "pack off first" in answer["error"]) == (4, True), command
        assert run.ask("status")["question"]["id"] == "pack_off"
        assert run.ask("answer", question="pack_off", value="still_on") == {"ok": True}
    run.app.close()
    wait_until(lambda: run.ask("status")["question"], what="pack off first")
    run.ask("answer", question="pack_off", value="still_on")
    assert run.ask("now", leg="left") == {"ok": True}
    status = run.ask("status")
    assert (status["routine"], status["state"], status["exposure"]["kind"]) == (
        "cramp-bed",
        "running",
        "heat",
    )
    assert run.ask("acknowledge") == {"ok": True}
    assert run.ask("status")["exposure"] is None


def test_a_stopped_process_is_late_and_nothing_worse(run: PackRun) -> None:
    """Stopped over the end of a skin check's minute: one alarm, at once when it runs again."""
    run.answers = 0
    _put_on(run)
    with run.stopped():
        wait_until(lambda: run.now_s() > run.due_s() + 1.0, what="the end to pass")
    alarm = wait_until(lambda: run.look() or run.alarms, what="the alarm")
    assert alarm == run.alarms
    assert len(run.alarms) == 1


def test_a_full_disk_is_said_and_the_alarm_comes(run: PackRun) -> None:
    _put_on(run)
    with run.no_space():
        wait_until(lambda: run.look() or run.alarms, what="the alarm")
    assert len(run.alarms) == 1
