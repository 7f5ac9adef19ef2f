"""Suspended, stopped, or with the wall clock set: what is held stays right, and a pack runs on."""

import signal
import sys
import time
from collections.abc import Iterator
from datetime import datetime
from itertools import pairwise
from pathlib import Path

import pytest

from tests.support.app import App
from tests.support.control import Status, ask, events, tell, wait_for, wait_for_state, wait_for_step
from tests.support.mock_system import MockBus, mock_bus
from tests.support.private_desktop import ROOT, PrivateDesktop
from tests.support.waiting import wait_until

HEARTBEAT_S = 5.0
HOUR_S = 3_600.0
TOLERANCE_S = 1.0
BEFORE_HEAT = (
    *("poor_circulation", "impaired_sensation", "diabetes", "heart_disease"),
    *("cancer", "broken_skin", "bad_reaction", "cannot_remove_pack"),
)
LATE_S = 1.0
"""From here on a cue is passed over."""
RATE = 4


@pytest.fixture
def system(tmp_path: Path) -> Iterator[MockBus]:
    """A system bus with a logind."""
    with mock_bus(tmp_path) as bus:
        bus.play_logind()
        yield bus


class Nap:
    """A program whose computer can be suspended."""

    def __init__(self, stage: PrivateDesktop, folder: Path, **env: str) -> None:
        self._file = folder / "asleep"
        self._asleep = 0.0
        self.sleep(0.0)
        script = ROOT / "tests/support/shifted_clocks.py"
        self.app = stage.launch_program([sys.executable, str(script), str(self._file)], **env)
        wait_for_state(self.app, "idle")

    def sleep(self, seconds: float) -> None:
        """The computer slept so long just now."""
        self._asleep += seconds
        _write(self._file, str(self._asleep))


def _start(app: App, routine: str, rate: int = 1) -> None:
    tell(app, "start", routine=routine, leg="left", rate=rate)


def _hold(app: App, seconds: float | None = None) -> float:
    """Go to the first hold and make it as long as that; returns the seconds left of it."""
    tell(app, "extend", seconds=-HOUR_S)
    left = float(wait_for_step(app, phase="active")["step"]["remaining_s"])
    if seconds is not None:
        tell(app, "extend", seconds=seconds - left)
    return seconds or left


def _watched(system: MockBus) -> None:
    """Wait until the program listens to logind: the bus knows two more than itself and the mock."""
    dbus = ("org.freedesktop.DBus", "/org/freedesktop/DBus", "org.freedesktop.DBus")

    def others() -> int:
        return sum(name.startswith(":") for name in system.call(dbus, "ListNames")[0])

    wait_until(lambda: others() >= 3, what="the program on the system bus")


def test_a_suspension_pauses_a_hold_where_it_began(
    stage: PrivateDesktop, system: MockBus, tmp_path: Path
) -> None:
    nap = Nap(stage, tmp_path, DBUS_SYSTEM_BUS_ADDRESS=system.address)
    with events(nap.app) as watch:
        _start(nap.app, "bedtime")
        left = _hold(nap.app)
        began = time.monotonic()
        _watched(system)
        system.prepare_for_sleep(asleep=True)
        nap.sleep(HOUR_S)
        system.prepare_for_sleep(asleep=False)
        paused = wait_for_state(nap.app, "paused")["step"]
        held = time.monotonic() - began
        told = []
        for event in watch:
            told.append(event["type"])
            if event["type"] == "paused":
                break
    assert left - held - 0.1 <= paused["remaining_s"] <= left
    assert paused["phase"] == "active"
    assert told.count("hold_ended") == 0
    tell(nap.app, "resume")
    wait_for_state(nap.app, "running")


def test_without_logind_the_heartbeat_notices(stage: PrivateDesktop, tmp_path: Path) -> None:
    nap = Nap(stage, tmp_path)
    _start(nap.app, "bedtime")
    left = _hold(nap.app)
    nap.sleep(HOUR_S)
    paused = wait_for_state(nap.app, "paused", HEARTBEAT_S + 10.0)["step"]
    assert paused["phase"] == "active"
    assert left - HEARTBEAT_S - TOLERANCE_S <= paused["remaining_s"] <= left


@pytest.mark.parametrize(("asleep_s", "state"), [(300.0, "paused"), (599.0, "alarm")])
def test_the_ten_minutes_of_a_cramp_pass_asleep(
    stage: PrivateDesktop, system: MockBus, tmp_path: Path, asleep_s: float, state: str
) -> None:
    nap = Nap(stage, tmp_path, DBUS_SYSTEM_BUS_ADDRESS=system.address)
    _start(nap.app, "cramp-bed")
    _hold(nap.app)
    _watched(system)
    wait_for(nap.app, lambda status: status["step"]["elapsed_s"] > 1.0, "a second of the hold")
    nap.sleep(asleep_s)
    system.prepare_for_sleep(asleep=False)
    wait_for_state(nap.app, state)


def test_a_pack_runs_on_asleep_and_rings_at_once(
    stage: PrivateDesktop, system: MockBus, tmp_path: Path
) -> None:
    for key in BEFORE_HEAT:
        assert stage.command("profile", "set", key, "no").returncode == 0
    nap = Nap(stage, tmp_path, DBUS_SYSTEM_BUS_ADDRESS=system.address)
    _start(nap.app, "heat")
    _answer_all(nap.app)
    wait_for(nap.app, lambda status: status["exposure"] is not None, "a pack", 40.0)
    _watched(system)
    before = ask(nap.app, "status")["exposure"]
    assert not before["alarm"]
    nap.sleep(100.0)
    system.prepare_for_sleep(asleep=False)
    after = ask(nap.app, "status")
    assert after["state"] == "running"
    assert 100.0 <= before["ends_in_s"] - after["exposure"]["ends_in_s"] <= 110.0
    nap.sleep(HOUR_S)
    system.prepare_for_sleep(asleep=False)
    alarm = wait_for(nap.app, lambda status: status["exposure"]["alarm"], "the alarm", 1.5)
    assert alarm["state"] == "alarm"


def _answer_all(app: App) -> None:
    """Answer what is asked before a pack so that it may begin."""
    while True:
        status = ask(app, "status")
        if status["question"] is None:
            return
        question = status["question"]
        tell(app, "answer", question=question["id"], value=question["choices"][0])


def test_a_stopped_program_tells_no_burst_and_keeps_its_deadlines(stage: PrivateDesktop) -> None:
    """Sixteen seconds of a rehearsal pass while the program stands still, the end of a hold among them."""
    app = stage.launch("--theme", "light")
    wait_for_state(app, "idle")
    with events(app) as watch:
        _start(app, "bedtime", RATE)
        told = [watch.next("session_started")]
        _hold(app, 6.0)
        while watch.next("phase_started")["data"]["phase"] != "active":
            pass
        _stop_for(app, 4.0)
        for event in watch:
            told.append(event)
            # The first phase that begins in time again ends the story.
            if event["type"] == "phase_started" and _late_s(event, told[0]) < LATE_S:
                break
    started, *rest = told
    late = [number for number, event in enumerate(rest) if _late_s(event, started) > LATE_S]
    burst = rest[: late[-1] + 2]
    assert {"countdown", "hold_ended", "phase_started"} <= {event["type"] for event in burst}
    heard = [event["data"]["name"] for event in burst if event["type"] == "sound"]
    assert heard in ([], ["step_end"])
    _follow_each_other([event["data"] for event in rest if event["type"] == "phase_started"])


def _stop_for(app: App, seconds: float) -> None:
    """Let the program stand still, as one that the system has no time for."""
    app.process.send_signal(signal.SIGSTOP)
    began = time.monotonic()
    wait_until(lambda: time.monotonic() - began > seconds, what=f"{seconds} s")
    app.process.send_signal(signal.SIGCONT)


def _late_s(event: Status, started: Status) -> float:
    """How long after its moment an event was told; sounds carry no moment."""
    if "at" not in event["data"]:
        return 0.0
    due_s = (event["data"]["at"] - started["data"]["at"]) / 1_000 / RATE
    return float(event["boot_s"] - started["boot_s"] - due_s)


def _follow_each_other(phases: list[Status]) -> None:
    """No time is lost or won between phases."""
    assert len(phases) >= 2
    for before, after in pairwise(phases):
        assert after["at"] == before["at"] + before["duration_ms"]


_FAKETIME = next(iter(sorted(Path("/usr/lib").glob("*/faketime/libfaketimeMT.so.1"))), None)


@pytest.mark.parametrize(
    "shifts",
    [
        ["+0", "+3h", "-3h", "+400d", "-400d"],
        # Into and out of daylight saving in Berlin: the local hour jumps while the hold runs.
        ["2026-03-29T00:59:56+00:00"],
        ["2026-10-25T00:59:56+00:00"],
    ],
)
def test_the_wall_clock_changes_nothing(stage: PrivateDesktop, tmp_path: Path, shifts: list[str]) -> None:
    assert _FAKETIME is not None, "libfaketime is missing (packaging/system-packages.txt)"
    stamp = tmp_path / "faketime"
    _write(stamp, "+0")
    faked = {
        "LD_PRELOAD": str(_FAKETIME),
        "FAKETIME_TIMESTAMP_FILE": str(stamp),
        "FAKETIME_NO_CACHE": "1",
        "FAKETIME_DONT_FAKE_MONOTONIC": "1",
        # Else every wait for Python's interpreter lock ends at once, and threads spin for seconds.
        "FAKETIME_FORCE_MONOTONIC_FIX": "0",
        "NO_FAKE_STAT": "1",
        "TZ": "Europe/Berlin",
    }
    app = stage.launch("--theme", "light", **faked)
    wait_for_state(app, "idle")
    with events(app) as watch:
        _start(app, "bedtime")
        left, began = _hold(app, 6.0), time.monotonic()
        for shift in shifts:
            _write(stamp, _shift_to(shift))
            before = time.monotonic()
            wait_until(lambda: time.monotonic() - before > 0.3, what="a few frames")  # noqa: B023 - at once
            status = ask(app, "status")
            gone = time.monotonic() - began
            assert (status["state"], status["step"]["phase"]) == ("running", "active")
            assert abs(left - gone - status["step"]["remaining_s"]) < TOLERANCE_S
        assert watch.next("hold_ended")["data"]["outcome"] == "completed"
        assert abs(time.monotonic() - began - left) < TOLERANCE_S


def _shift_to(shift: str) -> str:
    """A shift in the words of libfaketime; a moment becomes the seconds until then."""
    if shift[0] in "+-":
        return shift
    return f"{datetime.fromisoformat(shift).timestamp() - time.time():+.0f}"


def _write(path: Path, text: str) -> None:
    """The program reads it many times a second: never half of it."""
    new = path.with_suffix(".new")
    new.write_text(text)
    new.replace(path)
