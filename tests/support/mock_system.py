"""A private bus with a logind or a screen saver played by python-dbusmock, steered from the test.

dbusmock is a package of the system's own Python; it is run as a program and spoken to over the bus.
"""

import subprocess
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path
from typing import Any

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import DBusConnection, open_dbus_connection
from jeepney.wrappers import DBusErrorResponse, unwrap_msg

from tests.support.waiting import PATIENCE_S, wait_until

_SYSTEM_PYTHON = "/usr/bin/python3"
_LOGIND = ("org.freedesktop.login1", "/org/freedesktop/login1", "org.freedesktop.login1.Manager")
_SAVER = ("org.freedesktop.ScreenSaver", "/org/freedesktop/ScreenSaver", "org.freedesktop.ScreenSaver")
_MOCK = "org.freedesktop.DBus.Mock"
_BUS = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>{kind}</type>
  <listen>unix:path={socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
    <allow user="*"/>
  </policy>
</busconfig>
"""


class MockBus:
    """A bus at `address` and what is played on it."""

    def __init__(self, folder: Path, stack: ExitStack, kind: str) -> None:
        self._folder, self._stack = folder, stack
        path = folder / f"{kind}-bus"
        config = folder / f"{kind}-bus.conf"
        config.write_text(_BUS.format(kind=kind, socket=path), encoding="utf-8")
        self.address = f"unix:path={path}"
        self.daemon = self._start(["dbus-daemon", "--nofork", "--nopidfile", f"--config-file={config}"])
        connection = wait_until(self._connected, what="the bus")
        assert connection is not None
        self._connection = stack.enter_context(connection)

    def call(self, where: tuple[str, str, str], method: str, signature: str = "", *values: Any) -> Any:
        """Call a method; returns its values. Raises DBusErrorResponse."""
        name, path, interface = where
        address = DBusAddress(path, bus_name=name, interface=interface)
        message = new_method_call(address, method, signature or None, values)
        return unwrap_msg(self._connection.send_and_get_reply(message, timeout=PATIENCE_S))

    def play_logind(self, *, refuses: bool = False) -> None:
        """Play logind; one that refuses gives nobody an inhibitor."""
        if refuses:
            self._play("--system", *_LOGIND)
            self._wait_for(_LOGIND)
            raises = (
                "raise dbus.exceptions.DBusException('no', name='org.freedesktop.DBus.Error.AccessDenied')"
            )
            self._mock(_LOGIND, "AddMethod", "sssss", _LOGIND[2], "Inhibit", "ssss", "h", raises)
        else:
            self._play("--system", "--template", "logind")
        self._wait_for(_LOGIND)

    def play_screen_saver(self, *, takes_s: float = 0.0) -> None:
        """Play a screen saver that can be inhibited, and takes that long to answer."""
        self._play("--session", *_SAVER)
        self._wait_for(_SAVER)
        answer = f"import time; time.sleep({takes_s}); ret = 77"
        self._mock(_SAVER, "AddMethod", "sssss", _SAVER[2], "Inhibit", "ss", "u", answer)
        self._mock(_SAVER, "AddMethod", "sssss", _SAVER[2], "UnInhibit", "u", "", "")

    def prepare_for_sleep(self, *, asleep: bool) -> None:
        """Say that the computer falls asleep, or that it woke."""
        values = ("b", [("b", asleep)])
        self._mock(_LOGIND, "EmitSignal", "sssav", _LOGIND[2], "PrepareForSleep", *values)

    def inhibitors(self) -> list[tuple[Any, ...]]:
        """What is held now: what, who, why and mode of each."""
        return [tuple(entry[:4]) for entry in self.call(_LOGIND, "ListInhibitors")[0]]

    def saver_calls(self) -> list[str]:
        """The methods of the screen saver that were called, in order."""
        calls = self.call((_SAVER[0], _SAVER[1], _MOCK), "GetCalls")[0]
        return [name for _, name, _ in calls if name.endswith("nhibit")]

    def _mock(self, where: tuple[str, str, str], method: str, signature: str, *values: Any) -> Any:
        return self.call((where[0], where[1], _MOCK), method, signature, *values)

    def _play(self, *arguments: str) -> None:
        self._start([_SYSTEM_PYTHON, "-m", "dbusmock", *arguments])

    def _wait_for(self, where: tuple[str, str, str]) -> None:
        def answers() -> bool:
            with suppress(DBusErrorResponse):
                self.call((where[0], where[1], "org.freedesktop.DBus.Peer"), "Ping")
                return True
            return False

        wait_until(answers, what=f"{where[0]} (is python3-dbusmock installed?)")

    def _connected(self) -> DBusConnection | None:
        """A connection, None while nobody listens yet."""
        with suppress(FileNotFoundError, ConnectionRefusedError):
            return open_dbus_connection(self.address)
        return None

    def _start(self, command: list[str]) -> "subprocess.Popen[bytes]":
        variables = dict.fromkeys(("DBUS_SYSTEM_BUS_ADDRESS", "DBUS_SESSION_BUS_ADDRESS"), self.address)
        variables["PATH"] = "/usr/bin:/bin"
        with (self._folder / "mock.log").open("ab") as log:
            process = subprocess.Popen(command, env=variables, stdout=log, stderr=log)
        self._stack.callback(_end, process)
        return process


@contextmanager
def mock_bus(folder: Path, kind: str = "system") -> Iterator[MockBus]:
    """A bus in `folder`, whose path has to be short: a socket's name has 108 characters."""
    with ExitStack() as stack:
        yield MockBus(folder, stack, kind)


def _end(process: "subprocess.Popen[bytes]") -> None:
    process.terminate()
    process.wait(PATIENCE_S)
