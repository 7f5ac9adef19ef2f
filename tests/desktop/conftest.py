"""What the tests of sounds listen with."""

import shutil
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.session_bus import SessionBus
from tests.support.sound_server import SoundServer


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[SoundServer]:
    if not all(shutil.which(program) for program in ("pulseaudio", "parec", "pactl")):
        pytest.skip("pulseaudio is not installed")
    with tempfile.TemporaryDirectory(prefix="relief-") as home:  # short: it holds a socket
        server = SoundServer(Path(home))
        monkeypatch.setenv("PULSE_SERVER", server.address)
        monkeypatch.setenv("HOME", home)
        monkeypatch.setenv("XDG_RUNTIME_DIR", home)
        try:
            server.start()
            yield server
        finally:
            server.kill()


@pytest.fixture
def bus(monkeypatch: pytest.MonkeyPatch) -> Iterator[SessionBus]:
    with tempfile.TemporaryDirectory(prefix="relief-") as folder:  # short: it holds a socket
        bus = SessionBus(Path(folder))
        monkeypatch.setenv("DBUS_SESSION_BUS_ADDRESS", bus.address)
        try:
            yield bus
        finally:
            bus.kill()
