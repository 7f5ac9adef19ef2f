import socket
from pathlib import Path

import pytest

from relief_app.desktop import display
from relief_app.desktop.display import has_display


@pytest.fixture
def screen() -> "socket.socket":
    """An X server that listens at a number nobody uses, in the abstract name space."""
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    listener.bind("\0/tmp/.X11-unix/X7341")
    listener.listen(4)
    return listener


@pytest.mark.parametrize("platform", ["darwin", "win32"])
def test_elsewhere_there_is_always_a_screen(platform: str) -> None:
    assert has_display({}, platform)


def test_without_any_word_of_a_display_there_is_none() -> None:
    assert not has_display({}, "linux")
    assert not has_display({"DISPLAY": "", "WAYLAND_DISPLAY": ""}, "linux")


def test_wayland_is_believed() -> None:
    assert has_display({"WAYLAND_DISPLAY": "wayland-0"}, "linux")


@pytest.mark.parametrize("plugin", ["offscreen", "minimal", "vnc"])
def test_a_plugin_without_a_screen_needs_none(plugin: str) -> None:
    assert has_display({"QT_QPA_PLATFORM": plugin}, "linux")


@pytest.mark.parametrize("plugin", ["xcb", "wayland"])
def test_a_plugin_with_a_screen_needs_one(plugin: str) -> None:
    assert not has_display({"QT_QPA_PLATFORM": plugin}, "linux")


@pytest.mark.parametrize("name", [":7341", ":7341.0", "unix:7341"])
def test_a_living_x_server_is_a_screen(screen: socket.socket, name: str) -> None:
    assert has_display({"DISPLAY": name}, "linux")
    assert has_display({"DISPLAY": name, "QT_QPA_PLATFORM": "xcb"}, "linux")
    screen.close()
    assert not has_display({"DISPLAY": name}, "linux")


def test_an_x_server_that_listens_in_the_file_system_is_a_screen(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as listener:
        listener.bind(str(tmp_path / "x"))
        listener.listen()
        assert display._connects(str(tmp_path / "x"))
    assert not display._connects(str(tmp_path / "x"))


def test_a_display_elsewhere_is_believed() -> None:
    assert has_display({"DISPLAY": "host.example:10.0"}, "linux")


@pytest.mark.parametrize("name", ["7341", "x", ":", ":a", ":7341.0.0", ":-1", "host:"])
def test_what_names_no_display_is_none(name: str) -> None:
    assert not has_display({"DISPLAY": name}, "linux")


def test_the_processs_own_environment_is_asked_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.platform", "linux")
    monkeypatch.setenv("QT_QPA_PLATFORM", "xcb")
    monkeypatch.delenv("DISPLAY", raising=False)
    monkeypatch.setenv("WAYLAND_DISPLAY", "wayland-0")
    assert has_display()
    monkeypatch.delenv("WAYLAND_DISPLAY")
    assert not has_display()
