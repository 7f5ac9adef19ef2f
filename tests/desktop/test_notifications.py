from __future__ import annotations

import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from relief_app import APPLICATION_ID
from relief_app.desktop.bus import SessionBus as Connection
from relief_app.desktop.notifications import NotificationProblem, Notifications
from tests.support.session_bus import SessionBus

CRITICAL, NORMAL = 2, 1


class Desk:
    """Notifications and the problems they told."""

    def __init__(self) -> None:
        self.told: list[NotificationProblem] = []
        self.clicks = 0
        self.notifications = Notifications(self.told.append)
        self.notifications.activated.connect(self._click)

    def _click(self) -> None:
        self.clicks += 1


@pytest.fixture
def desk(qapp: object) -> Iterator[Desk]:
    desk = Desk()
    yield desk
    desk.notifications.close()


def test_an_alarm_is_critical_resident_and_stays(bus: SessionBus, desk: Desk, qtbot: QtBot) -> None:
    bus.start_service()
    assert desk.notifications.notify("Take the pack off now", "Heat pack, left leg", critical=True)
    qtbot.waitUntil(lambda: len(bus.shown()) == 1)
    shown = bus.shown()[0]
    assert (shown.app, shown.replaces, shown.expires) == ("Relief", 0, 0)
    assert (shown.title, shown.body) == ("Take the pack off now", "Heat pack, left leg")
    assert shown.actions == ["default", "Open Relief"]
    assert shown.hints == {
        "urgency": CRITICAL,
        "resident": True,
        "suppress-sound": True,
        "desktop-entry": APPLICATION_ID,
    }


def test_anything_else_is_of_normal_urgency_and_passes(bus: SessionBus, desk: Desk, qtbot: QtBot) -> None:
    bus.start_service()
    desk.notifications.notify("Time to drink", "")
    qtbot.waitUntil(lambda: len(bus.shown()) == 1)
    shown = bus.shown()[0]
    assert (shown.hints["urgency"], shown.hints["resident"], shown.expires) == (NORMAL, False, -1)


def test_the_next_one_takes_the_place_of_the_one_before(bus: SessionBus, desk: Desk, qtbot: QtBot) -> None:
    bus.start_service()
    desk.notifications.notify("one", "")
    qtbot.waitUntil(lambda: len(bus.shown()) == 1)
    desk.notifications.notify("two", "")
    desk.notifications.notify("three", "")
    qtbot.waitUntil(lambda: bus.shown()[-1].title == "three")
    assert [(shown.title, shown.replaces) for shown in bus.shown()] in (
        [("one", 0), ("two", 1), ("three", 1)],
        [("one", 0), ("three", 1)],
    )


def test_it_is_taken_away_even_before_its_id_is_known(bus: SessionBus, desk: Desk, qtbot: QtBot) -> None:
    bus.start_service()
    desk.notifications.notify("Take the pack off now", "", critical=True)
    desk.notifications.withdraw()
    qtbot.waitUntil(lambda: bus.closed() == [1])
    desk.notifications.notify("again", "")
    qtbot.waitUntil(lambda: len(bus.shown()) == 2)
    assert bus.shown()[-1].replaces == 0


def test_one_that_was_closed_by_hand_is_neither_closed_again_nor_replaced(
    bus: SessionBus, desk: Desk, qtbot: QtBot
) -> None:
    bus.start_service()
    desk.notifications.notify("one", "")
    qtbot.waitUntil(lambda: len(bus.shown()) == 1)
    connection = desk.notifications.findChild(Connection)
    assert connection is not None
    bus.say("NotificationClosed", ("u", 77), ("u", 2))
    bus.say("NotificationClosed", ("u", 1), ("u", 2))
    with qtbot.waitSignal(connection.heard, check_params_cb=lambda heard: heard.body == (1, "default")):
        bus.say("ActionInvoked", ("u", 1), ("s", "default"))
    desk.notifications.notify("two", "")
    qtbot.waitUntil(lambda: bus.shown()[-1].title == "two")
    assert (bus.shown()[-1].replaces, bus.closed(), desk.clicks) == (0, [], 0)


def test_a_click_is_heard_and_only_on_ours(bus: SessionBus, desk: Desk, qtbot: QtBot) -> None:
    bus.start_service()
    desk.notifications.notify("one", "")
    qtbot.waitUntil(lambda: len(bus.shown()) == 1)
    for shown, action in ((2, "default"), (1, "other"), (1, "default")):
        bus.say("ActionInvoked", ("u", shown), ("s", action))
    qtbot.waitUntil(lambda: desk.clicks > 0)
    assert desk.clicks == 1


def test_without_a_bus_it_is_told_once_and_nothing_breaks(desk: Desk) -> None:
    assert [desk.notifications.notify("one", ""), desk.notifications.notify("two", "")] == [False, False]
    desk.notifications.withdraw()
    assert desk.told == [NotificationProblem.NO_BUS]


@pytest.mark.parametrize("address", ["", "autolaunch:", "nonsense", "tcp:host=localhost,port=1"])
def test_a_bus_that_cannot_be_one_of_ours_is_no_bus(
    desk: Desk, address: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", address)
    assert not desk.notifications.notify("one", "")
    assert desk.told == [NotificationProblem.NO_BUS]


def test_without_a_service_it_is_told_once(bus: SessionBus, desk: Desk, qtbot: QtBot) -> None:
    assert desk.notifications.notify("one", "")
    qtbot.waitUntil(lambda: desk.told == [NotificationProblem.NO_SERVICE])
    desk.notifications.notify("two", "")
    desk.notifications.withdraw()
    bus.start_service()
    desk.notifications.notify("three", "")
    qtbot.waitUntil(lambda: [shown.title for shown in bus.shown()] == ["three"])
    assert desk.told == [NotificationProblem.NO_SERVICE]


def test_a_bus_that_dies_is_connected_to_again(bus: SessionBus, desk: Desk, qtbot: QtBot) -> None:
    bus.start_service()
    desk.notifications.notify("one", "")
    qtbot.waitUntil(lambda: len(bus.shown()) == 1)
    bus.kill()
    qtbot.waitUntil(lambda: not desk.notifications.is_connected)
    desk.notifications.withdraw()
    assert not desk.notifications.notify("two", "")
    bus.start()
    bus.start_service()
    assert desk.notifications.notify("three", "")
    qtbot.waitUntil(lambda: [(shown.title, shown.replaces) for shown in bus.shown()] == [("three", 0)])


@pytest.mark.parametrize("answer", [b"", b"REJECTED\r\n", b"OK 0\r\nnonsense", b"x" * 10_000])
def test_a_bus_that_talks_nonsense_is_no_bus(
    answer: bytes, desk: Desk, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/bus")
        assert desk.notifications.notify("one", "")
        with listener.accept()[0] as peer:
            peer.sendall(answer)
            peer.shutdown(socket.SHUT_WR)
            qtbot.waitUntil(lambda: desk.told == [NotificationProblem.NO_BUS])


def test_a_bus_that_never_answers_holds_nobody_up(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind(str(tmp_path / "bus"))
        listener.listen()
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={tmp_path}/bus")
        for number in range(100):  # would never get here if it waited
            desk.notifications.notify(f"number {number}", "")
        desk.notifications.close()
    assert desk.told == []


def test_jeepney_is_imported_with_the_first_notification_only() -> None:
    code = """if True:
        import sys
        from PySide6.QtCore import QCoreApplication
        from relief_app.desktop.notifications import Notifications
        app = QCoreApplication([])
        notifications = Notifications()
        notifications.withdraw()
        print("jeepney" in sys.modules)
    """
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "False\n"
