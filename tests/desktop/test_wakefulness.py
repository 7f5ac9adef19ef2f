"""Suspension, lid and screen against a logind and a screen saver played on a private bus."""

import socket
import threading
from collections.abc import Iterator
from pathlib import Path

import pytest
from jeepney import Message
from PySide6.QtCore import QTimer
from pytestqt.qtbot import QtBot

from relief_app.core.session_state import State
from relief_app.core.steering import Steer
from relief_app.desktop import logind
from relief_app.desktop.bus import SystemBus
from relief_app.desktop.lid_guard import LidGuard, has_lid
from relief_app.desktop.session_driver import SessionDriver
from relief_app.desktop.stay_awake import StayAwake
from relief_app.desktop.suspend_watch import SuspendWatch
from relief_app.desktop.wakefulness import Wakefulness
from tests.core.sample import PULL, cramp, session
from tests.desktop.desk import HOUR_MS, HandClock
from tests.support.mock_system import MockBus, mock_bus
from tests.support.waiting import PATIENCE_S, wait_until

pytestmark = pytest.mark.usefixtures("qapp")

LONG = int(PATIENCE_S * 1_000)
LID = ("handle-lid-switch", "Relief", "a pack", "block")


@pytest.fixture
def system(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MockBus]:
    """A system bus on which nobody is yet."""
    with mock_bus(tmp_path) as bus:
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", bus.address)
        yield bus


@pytest.fixture
def desktop_bus(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[MockBus]:
    """A session bus on which nobody is yet."""
    with mock_bus(tmp_path, "session") as bus:
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        yield bus


@pytest.fixture
def bus() -> Iterator[SystemBus]:
    bus = SystemBus()
    yield bus
    bus.close()


def open_descriptors() -> set[str]:
    return {entry.name for entry in Path("/proc/self/fd").iterdir()}


def settled(bus: SystemBus, qtbot: QtBot) -> None:
    """Wait until everything that was asked so far is answered."""
    answers: list[Message | None] = []
    bus.call(logind.tell_of_sleep(), answers.append)
    qtbot.waitUntil(lambda: bool(answers), timeout=LONG)


# Suspension


def test_sleep_and_waking_are_heard(system: MockBus, bus: SystemBus, qtbot: QtBot) -> None:
    system.play_logind()
    bus.open()
    watch, heard = SuspendWatch(bus), list[str]()
    watch.about_to_sleep.connect(lambda: heard.append("sleep"))
    watch.woke.connect(lambda: heard.append("woke"))
    settled(bus, qtbot)
    system.prepare_for_sleep(asleep=True)
    system.prepare_for_sleep(asleep=False)
    qtbot.waitUntil(lambda: len(heard) == 2, timeout=LONG)
    assert heard == ["sleep", "woke"]


def test_without_a_bus_every_call_is_answered_with_nothing(bus: SystemBus) -> None:
    bus.open()
    answers: list[Message | None] = []
    bus.call(logind.tell_of_sleep(), answers.append)
    assert (bus.is_open, answers) == (False, [None])


@pytest.mark.parametrize("address", ["nonsense", "tcp:host=localhost", "unix:tmpdir=/tmp", ""])
def test_an_address_that_makes_no_sense_is_no_bus(
    bus: SystemBus, monkeypatch: pytest.MonkeyPatch, address: str
) -> None:
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", address or "unix:path=")
    bus.open()
    assert not bus.is_open


def test_a_bus_that_dies_leaves_no_call_unanswered(system: MockBus, bus: SystemBus, qtbot: QtBot) -> None:
    system.play_logind()
    bus.open()
    SuspendWatch(bus, bus)
    settled(bus, qtbot)
    system.daemon.kill()
    qtbot.waitUntil(lambda: not bus.is_open, timeout=LONG)
    answers: list[Message | None] = []
    bus.call(logind.tell_of_sleep(), answers.append)
    assert answers == [None]


@pytest.mark.parametrize(
    "said",
    [b"REJECTED\r\n", b"OK 00\r\nERROR\r\n", b"\0" * 10_000, b"OK 00\r\nAGREE_UNIX_FD\r\n" + b"rubbish" * 9],
)
def test_a_bus_that_talks_nonsense_is_left(
    tmp_path: Path, bus: SystemBus, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    answers: list[Message | None] = []
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "bus"))
        door.listen()
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/bus")
        bus.open()
        bus.call(logind.tell_of_sleep(), answers.append)
        other, _ = door.accept()
        with other:
            for line in said.splitlines(keepends=True):
                other.sendall(line)
                qtbot.wait(1)
            qtbot.waitUntil(lambda: not bus.is_open, timeout=LONG)
    assert answers == [None]


def test_a_bus_that_says_nothing_holds_nobody_up(
    tmp_path: Path, bus: SystemBus, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as door:
        door.bind(str(tmp_path / "bus"))
        door.listen()
        monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={tmp_path}/bus")
        bus.open()  # returns although nobody accepts
        guard = LidGuard(bus, "a pack")
        guard.hold()
        refused: list[bool] = []
        guard.refused.connect(lambda: refused.append(guard.is_refused))
        guard._patience.timeout.emit()
        assert refused == [True]
        guard.release()


# The lid


def test_the_lid_is_held_and_given_back(system: MockBus, bus: SystemBus, qtbot: QtBot) -> None:
    system.play_logind()
    bus.open()
    before = open_descriptors()
    guard = LidGuard(bus, "a pack")
    guard.hold()
    guard.hold()
    qtbot.waitUntil(lambda: guard.is_held, timeout=LONG)
    assert system.inhibitors() == [LID]
    guard.release()
    assert not guard.is_held
    wait_until(lambda: system.inhibitors() == [], what="the lid to be let go")
    assert open_descriptors() == before


def test_an_answer_that_comes_after_the_pack_is_off_holds_nothing(
    system: MockBus, bus: SystemBus, qtbot: QtBot
) -> None:
    system.play_logind()
    bus.open()
    guard = LidGuard(bus, "a pack")
    guard.hold()
    guard.release()
    settled(bus, qtbot)
    assert not guard.is_held
    wait_until(lambda: system.inhibitors() == [], what="the lid to be let go")


@pytest.mark.parametrize("there", ["bus", "logind"])
def test_a_lid_that_is_not_held_is_said(
    system: MockBus, bus: SystemBus, qtbot: QtBot, there: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    if there == "logind":
        system.play_logind(refuses=True)
    bus.open()
    guard, told = LidGuard(bus, "a pack"), list[bool]()
    guard.refused.connect(lambda: told.append(guard.is_refused))
    guard.hold()
    qtbot.waitUntil(lambda: bool(told), timeout=LONG)
    assert (told, guard.is_held) == ([True], False)
    guard.release()
    assert not guard.is_refused


def test_without_a_bus_the_lid_is_refused_at_once(bus: SystemBus) -> None:
    bus.open()
    guard = LidGuard(bus, "a pack")
    guard.hold()
    assert guard.is_refused


@pytest.mark.parametrize(
    ("switches", "lid"),
    [(["0", "0"], False), (["0", "1"], True), (["3 21"], True), (["1 20"], False), ([], False)],
)
def test_a_lid_is_a_switch_among_the_input_devices(tmp_path: Path, switches: list[str], lid: bool) -> None:
    for number, bits in enumerate(switches):
        folder = tmp_path / f"input{number}/capabilities"
        folder.mkdir(parents=True)
        (folder / "sw").write_text(f"{bits}\n")
    assert has_lid(tmp_path) is lid


def test_where_nobody_can_tell_there_may_be_a_lid(tmp_path: Path) -> None:
    assert has_lid(tmp_path / "nothing")
    (tmp_path / "input0/capabilities").mkdir(parents=True)
    (tmp_path / "input0/capabilities/sw").write_text("\n")
    assert has_lid(tmp_path)


# The screen


def test_the_screen_is_kept_on_and_let_go(desktop_bus: MockBus) -> None:
    desktop_bus.play_screen_saver()
    awake = StayAwake()
    awake.hold()
    awake.hold()
    wait_until(lambda: desktop_bus.saver_calls() == ["Inhibit"], what="the screen saver to be held")
    awake.release()
    wait_until(lambda: desktop_bus.saver_calls() == ["Inhibit", "UnInhibit"], what="it to be let go")
    awake.hold()
    awake.close()
    assert desktop_bus.saver_calls() == ["Inhibit", "UnInhibit"] * 2


def test_nobody_to_ask_is_quiet(capfd: pytest.CaptureFixture[str], recwarn: pytest.WarningsRecorder) -> None:
    awake = StayAwake()
    awake.hold()
    awake.close()
    assert capfd.readouterr() == ("", "")
    assert [str(warning.message) for warning in recwarn] == []
    assert not [thread for thread in threading.enumerate() if thread.name == "relief-awake"]


def test_who_wants_to_know_is_told_that_nobody_keeps_it_on() -> None:
    told = threading.Event()
    awake = StayAwake(on_refused=told.set)
    awake.hold()
    assert told.wait(PATIENCE_S)
    awake.close()


def test_who_keeps_it_on_has_refused_nothing(desktop_bus: MockBus) -> None:
    desktop_bus.play_screen_saver()
    told = threading.Event()
    awake = StayAwake(on_refused=told.set)
    awake.hold()
    wait_until(lambda: desktop_bus.saver_calls() == ["Inhibit"], what="the screen saver to be held")
    awake.close()
    assert not told.is_set()


# All of it


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture
def driver(clock: HandClock) -> Iterator[SessionDriver]:
    driver = SessionDriver(clock)
    yield driver
    driver.drop()


@pytest.fixture
def wakefulness(
    driver: SessionDriver, system: MockBus, desktop_bus: MockBus, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Wakefulness]:
    monkeypatch.setattr("relief_app.desktop.wakefulness.SOON_MS", 0)
    monkeypatch.setattr("relief_app.desktop.lid_guard.has_lid", lambda: True)
    system.play_logind()
    desktop_bus.play_screen_saver()
    wakefulness = Wakefulness(driver, "a pack")
    yield wakefulness
    wakefulness.close()


def bus_of(wakefulness: Wakefulness) -> SystemBus | None:
    return next((bus for bus in wakefulness.findChildren(SystemBus) if bus.is_open), None)


def watching(wakefulness: Wakefulness, qtbot: QtBot) -> None:
    qtbot.waitUntil(lambda: bus_of(wakefulness) is not None, timeout=LONG)
    bus = bus_of(wakefulness)
    assert bus is not None
    settled(bus, qtbot)


def test_waking_pauses_the_session_and_lets_the_screen_go(
    wakefulness: Wakefulness,
    driver: SessionDriver,
    clock: HandClock,
    system: MockBus,
    desktop_bus: MockBus,
    qtbot: QtBot,
) -> None:
    wakefulness.woke.connect(driver.advance)
    driver.begin(session(PULL), urgent=True)
    watching(wakefulness, qtbot)
    wait_until(lambda: desktop_bus.saver_calls() == ["Inhibit"], what="the screen to be held")
    clock.sleep(HOUR_MS)
    with qtbot.waitSignals([wakefulness.about_to_sleep, wakefulness.woke], timeout=LONG):
        system.prepare_for_sleep(asleep=True)
        system.prepare_for_sleep(asleep=False)
    assert driver.session is not None
    assert driver.session.state is State.PAUSED
    wait_until(lambda: desktop_bus.saver_calls()[-1] == "UnInhibit", what="the screen to be let go")
    driver.steer(Steer.RESUME)
    wait_until(lambda: desktop_bus.saver_calls()[-1] == "Inhibit", what="the screen to be held again")
    assert system.inhibitors() == []


@pytest.mark.parametrize("end", ["drop", "stop"])
def test_nothing_is_kept_after_the_session(
    wakefulness: Wakefulness, driver: SessionDriver, desktop_bus: MockBus, qtbot: QtBot, end: str
) -> None:
    assert bus_of(wakefulness) is None
    driver.begin(session(PULL), urgent=True)
    watching(wakefulness, qtbot)
    wait_until(lambda: desktop_bus.saver_calls() == ["Inhibit"], what="the screen to be held")
    if end == "drop":
        driver.drop()
    else:
        driver.steer(Steer.STOP)
    assert bus_of(wakefulness) is None
    wait_until(lambda: desktop_bus.saver_calls()[-1] == "UnInhibit", what="the screen to be let go")


def test_a_pause_whose_cramp_goes_on_keeps_the_screen(
    wakefulness: Wakefulness, driver: SessionDriver, desktop_bus: MockBus, qtbot: QtBot
) -> None:
    driver.begin(cramp(PULL), urgent=True)
    watching(wakefulness, qtbot)
    driver.steer(Steer.PAUSE)
    wakefulness.close()
    assert desktop_bus.saver_calls() == ["Inhibit", "UnInhibit"]


def test_a_pack_holds_lid_and_screen_until_it_is_off(
    wakefulness: Wakefulness, system: MockBus, desktop_bus: MockBus, qtbot: QtBot
) -> None:
    wakefulness.set_pack(on=True)
    watching(wakefulness, qtbot)
    assert system.inhibitors() == [LID]
    assert not wakefulness.lid_is_refused
    wait_until(lambda: desktop_bus.saver_calls() == ["Inhibit"], what="the screen to be held")
    wakefulness.set_pack(on=False)
    wait_until(lambda: system.inhibitors() == [], what="the lid to be let go")
    wait_until(lambda: desktop_bus.saver_calls()[-1] == "UnInhibit", what="the screen to be let go")
    assert bus_of(wakefulness) is None


@pytest.mark.parametrize("lid", [True, False])
def test_a_lid_that_cannot_be_held_is_told_where_there_is_one(
    driver: SessionDriver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, lid: bool
) -> None:
    monkeypatch.setattr("relief_app.desktop.wakefulness.SOON_MS", 0)
    monkeypatch.setattr("relief_app.desktop.lid_guard.has_lid", lambda: lid)
    wakefulness, told = Wakefulness(driver, "a pack"), list[bool]()
    wakefulness.lid_refused.connect(lambda: told.append(wakefulness.lid_is_refused))
    wakefulness.set_pack(on=True)
    qtbot.waitUntil(lambda: bool(wakefulness.findChildren(SystemBus)), timeout=LONG)
    assert told == [True] * lid
    assert wakefulness.lid_is_refused is lid
    wakefulness.set_pack(on=False)
    assert not wakefulness.lid_is_refused
    wakefulness.close()


def test_what_is_over_before_anybody_was_asked_asks_nobody(driver: SessionDriver, qtbot: QtBot) -> None:
    wakefulness = Wakefulness(driver, "a pack")
    driver.begin(session(PULL), urgent=True)
    (soon,) = wakefulness.findChildren(QTimer)
    assert soon.isActive()
    driver.steer(Steer.STOP)
    assert not soon.isActive()
    assert wakefulness.findChildren(SystemBus) == []
    wakefulness.close()


def test_the_bedside_mode_keeps_the_screen_all_night_and_through_sessions(
    wakefulness: Wakefulness, driver: SessionDriver, clock: HandClock, desktop_bus: MockBus, qtbot: QtBot
) -> None:
    wakefulness.set_bedside(on=True)
    wait_until(lambda: desktop_bus.saver_calls() == ["Inhibit"], what="the screen to be held")
    for _ in range(2):
        clock.move(8 * HOUR_MS)
        driver.begin(cramp(PULL), urgent=True)
        watching(wakefulness, qtbot)
        driver.steer(Steer.STOP)
        driver.drop()
    assert desktop_bus.saver_calls() == ["Inhibit"]
    wakefulness.set_bedside(on=False)
    wait_until(lambda: desktop_bus.saver_calls() == ["Inhibit", "UnInhibit"], what="it to be let go")


@pytest.mark.parametrize("first", ["session", "bedside"])
def test_a_night_without_anybody_to_keep_it_awake_is_told(
    driver: SessionDriver, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, first: str
) -> None:
    """A session is not told of it, whichever of the two asked."""
    monkeypatch.setattr("relief_app.desktop.wakefulness.SOON_MS", 0)
    wakefulness, told = Wakefulness(driver, "a pack"), list[bool]()
    wakefulness.awake_refused.connect(lambda: told.append(True))
    if first == "session":
        driver.begin(session(PULL), urgent=True)
        qtbot.waitUntil(lambda: wakefulness.nobody_keeps_it_awake, timeout=LONG)
        assert told == []
    wakefulness.set_bedside(on=True)
    qtbot.waitUntil(lambda: told == [True], timeout=LONG)
    wakefulness.set_bedside(on=False)
    driver.drop()
    assert not wakefulness.nobody_keeps_it_awake
    wakefulness.close()
