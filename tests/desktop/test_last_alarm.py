"""The alarm without the app, as the real process it is."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from relief_app.desktop import last_alarm
from tests.support.private_desktop import ROOT
from tests.support.session_bus import SessionBus
from tests.support.sound_server import SoundServer
from tests.support.waiting import wait_until

WITHOUT_QT = """
import runpy, sys
refused = sys.argv.pop(1).split(",")
class Refuser:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in refused:
            raise ModuleNotFoundError(f"{name} was imported", name=name)
sys.meta_path.insert(0, Refuser())
runpy.run_module("relief_app.desktop.last_alarm", run_name="__main__", alter_sys=True)
"""


@contextmanager
def running(
    tmp_path: Path, *, without: str = "PySide6,shiboken6", **variables: str
) -> Iterator[subprocess.Popen[bytes]]:
    """The program; what it writes on stderr goes to a file."""
    command = [sys.executable, "-c", WITHOUT_QT, without, "--kind", "heat", "--leg", "left"]
    with (tmp_path / "said").open("wb") as said:
        process = subprocess.Popen(
            command, stdin=subprocess.DEVNULL, stderr=said, cwd=ROOT, env=os.environ | variables
        )
        try:
            yield process
        finally:
            process.kill()
            process.wait()


def said(tmp_path: Path) -> str:
    return (tmp_path / "said").read_text("utf-8")


def ends(process: subprocess.Popen[bytes]) -> int:
    process.send_signal(signal.SIGTERM)
    return process.wait(20)


def test_it_tells_notifies_and_rings_until_it_is_ended(
    server: SoundServer, bus: SessionBus, tmp_path: Path
) -> None:
    bus.start_service()
    with running(tmp_path) as process:
        wait_until(lambda: np.abs(server.heard()).max() > 0.01, what="the alarm")
        wait_until(bus.shown, what="the notification")
        assert ends(process) == 0
    shown = bus.shown()[0]
    assert (shown.title, shown.hints["urgency"], shown.expires) == ("Take the pack off now", 2, 0)
    assert shown.body == "Heat pack, left leg\nOpen Relief to end this alarm."
    assert bus.closed() == [1]
    assert said(tmp_path) == (
        "relief-app: Take the pack off now: Heat pack, left leg. Open Relief to end this alarm.\n"
    )


def test_without_sound_and_bus_the_terminal_rings(tmp_path: Path) -> None:
    nothing = f"{tmp_path}/nothing"
    with running(tmp_path, PULSE_SERVER=f"unix:{nothing}", ALSA_CONFIG_PATH=nothing, PATH=nothing) as process:
        wait_until(lambda: said(tmp_path).endswith("\a\a"), what="two strokes of the bell")
        assert ends(process) == 0


def test_without_the_sound_library_somebody_else_has_to_ring(bus: SessionBus, tmp_path: Path) -> None:
    bus.start_service()
    with running(tmp_path, without="PySide6,miniaudio") as process:
        assert process.wait(20) == 1
    assert [shown.title for shown in bus.shown()] == ["Take the pack off now"]


def test_without_jeepney_the_desktops_own_program_notifies(tmp_path: Path) -> None:
    program = tmp_path / "notify-send"
    program.write_text(f'#!/bin/sh\nprintf "%s|" "$@" > {tmp_path}/sent\n', encoding="utf-8")
    program.chmod(0o700)
    path = f"{tmp_path}:{os.environ['PATH']}"
    with running(tmp_path, without="PySide6,miniaudio,jeepney", PATH=path) as process:
        assert process.wait(20) == 1
    sent = (tmp_path / "sent").read_text("utf-8").split("|")
    assert sent[:3] == ["--urgency=critical", "--app-name=Relief", "Take the pack off now"]


def test_it_ends_by_itself(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    monkeypatch.setattr(last_alarm, "RING_S", 0.02)
    monkeypatch.setattr(last_alarm, "BELL_EVERY_S", 0.01)
    monkeypatch.setenv("PULSE_SERVER", "unix:/nonexistent")
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nonexistent")
    before = {number: signal.getsignal(number) for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP)}
    try:
        assert last_alarm.main(["--kind", "ice", "--leg", "right"]) == 0
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
    assert "Ice pack, right leg" in capsys.readouterr().err


@pytest.mark.parametrize("words", [[], ["--kind", "hold", "--leg", "left"], ["--kind", "heat", "--leg", "x"]])
def test_nonsense_is_refused(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as refusal:
        last_alarm.main(words)
    assert refusal.value.code == 2
    assert "usage" in capsys.readouterr().err
