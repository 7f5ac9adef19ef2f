"""A session bus of the test's own, and a notification service on it that remembers what it was asked."""

import socket
import subprocess
from pathlib import Path
from typing import Any, NamedTuple

from jeepney import DBusAddress, DBusErrorResponse, MessageType, new_method_call
from jeepney.io.blocking import open_dbus_connection

from tests.support.private_desktop import BUS_CONFIG
from tests.support.waiting import wait_until

_NAME = "org.freedesktop.Notifications"
_PATH = "/org/freedesktop/Notifications"
_MOCK = DBusAddress(_PATH, bus_name=_NAME, interface="org.freedesktop.DBus.Mock")
_BUS = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
SYSTEM_PYTHON = "/usr/bin/python3"
"""The stand-in for services comes with the system's Python."""


class Notify(NamedTuple):
    """One call of Notify, its arguments in the specification's order."""

    app: str
    replaces: int
    icon: str
    title: str
    body: str
    actions: list[str]
    hints: dict[str, Any]
    expires: int


class NotificationService:
    """The stand-in for the service that shows notifications, on the bus at `address`."""

    COMMAND = (SYSTEM_PYTHON, "-m", "dbusmock", "-t", "notification_daemon")
    """Plays it on the bus of its environment."""

    def __init__(self, address: str) -> None:
        self.address = address

    def has_service(self) -> bool:
        """Whether somebody shows notifications."""
        return bool(self.ask(_BUS, "NameHasOwner", "s", (_NAME,))[0])

    def shown(self) -> list[Notify]:
        """Every notification that was asked for so far."""
        return [Notify(*[_plain(part) for part in call]) for call in self._calls("Notify")]

    def closed(self) -> list[int]:
        """The id of every notification that was taken away so far."""
        return [_plain(call[0]) for call in self._calls("CloseNotification")]

    def say(self, signal: str, *words: tuple[str, Any]) -> None:
        """Let the service send `signal` with these words, each with its D-Bus type."""
        types = "".join(kind for kind, _ in words)
        self.ask(_MOCK, "EmitSignal", "sssav", (_NAME, signal, types, list(words)))

    def ask(self, where: DBusAddress, method: str, types: str, words: tuple[Any, ...]) -> tuple[Any, ...]:
        """Call `method` and return what it answers; raises DBusErrorResponse."""
        with open_dbus_connection(self.address) as connection:
            reply = connection.send_and_get_reply(new_method_call(where, method, types, words), timeout=10)
        if reply.header.message_type is MessageType.error:
            raise DBusErrorResponse(reply)
        return tuple(reply.body)

    def _calls(self, method: str) -> list[list[Any]]:
        return [call[1] for call in self.ask(_MOCK, "GetMethodCalls", "s", (method,))[0]]


class SessionBus(NotificationService):
    """A bus without any services but those that a test starts; it ends with `kill`."""

    def __init__(self, folder: Path) -> None:
        self._socket = folder / "bus"
        self._config = folder / "bus.conf"
        self._config.write_text(BUS_CONFIG.format(socket=self._socket), encoding="utf-8")
        super().__init__(f"unix:path={self._socket}")
        self._environment = {"DBUS_SESSION_BUS_ADDRESS": self.address, "PATH": "/usr/bin:/bin"}
        self._processes: list[subprocess.Popen[bytes]] = []
        self.start()

    def start(self) -> None:
        """Start the bus, at the same place each time."""
        self._socket.unlink(missing_ok=True)
        command = ["dbus-daemon", "--nofork", "--nopidfile", f"--config-file={self._config}"]
        self._processes.append(self._run(command))
        wait_until(self._listens, what="the session bus")

    def kill(self) -> None:
        """End the services and the bus."""
        while self._processes:
            process = self._processes.pop()
            process.kill()
            process.wait()

    def start_service(self) -> None:
        """Start a notification service and wait until it is there."""
        self._processes.append(self._run(list(self.COMMAND)))
        wait_until(self.has_service, what="the notification service")

    def _listens(self) -> bool:
        """Whether it can be connected to: its socket is there a moment before that."""
        with socket.socket(socket.AF_UNIX) as connection:
            return connection.connect_ex(str(self._socket)) == 0

    def _run(self, command: list[str]) -> "subprocess.Popen[bytes]":
        quiet = subprocess.DEVNULL
        return subprocess.Popen(command, env=self._environment, stdin=quiet, stdout=quiet, stderr=quiet)


def _plain(value: Any) -> Any:
    """`value` without the types that D-Bus variants carry."""
    if isinstance(value, tuple):
        return _plain(value[1])
    if isinstance(value, dict):
        return {key: _plain(inner) for key, inner in value.items()}
    return value
