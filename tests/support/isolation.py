"""What surrounds a test: an own home, no desktop session, no network."""

import os
import socket
from pathlib import Path
from typing import Any

import pytest

_FOLDERS = {
    "XDG_CONFIG_HOME": "config",
    "XDG_DATA_HOME": "data",
    "XDG_STATE_HOME": "state",
    "XDG_CACHE_HOME": "cache",
    "XDG_RUNTIME_DIR": "run",
}


def own_home(home: Path) -> dict[str, str]:
    """Make a home with the XDG folders, the runtime one private, and return the variables that name them."""
    variables = {"HOME": str(home)}
    for variable, name in _FOLDERS.items():
        (home / name).mkdir(parents=True, mode=0o700)
        variables[variable] = str(home / name)
    return variables


def isolate(monkeypatch: pytest.MonkeyPatch, home: Path) -> None:
    """Point this process at an own home and at no bus; the user's language plays no part either."""
    for name in [name for name in os.environ if name.startswith("XDG_")]:
        monkeypatch.delenv(name)
    for name, value in own_home(home).items():
        monkeypatch.setenv(name, value)
    monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", f"unix:path={home}/no-bus")
    monkeypatch.setenv("DBUS_SYSTEM_BUS_ADDRESS", f"unix:path={home}/no-bus")
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    monkeypatch.delenv("LANGUAGE", raising=False)


class LocalSocket(socket.socket):
    """A socket that refuses everything but sockets of this machine's file system."""

    def __init__(self, family: int = -1, type: int = -1, proto: int = -1, fileno: Any = None) -> None:  # noqa: A002
        """Fail the test when it asks for a network socket; -1 is Python's word for IPv4."""
        if fileno is None and family != socket.AF_UNIX:
            # pytest's own failure is no Exception: code that shrugs off network errors cannot hide it.
            pytest.fail("this test opened a network socket")
        super().__init__(family, type, proto, fileno)
