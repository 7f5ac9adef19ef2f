"""What is played can be heard, and silence is silent."""

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.app import App
from tests.support.control import events, tell, wait_for_state
from tests.support.private_desktop import PrivateDesktop
from tests.support.waiting import wait_until

AUDIBLE = 0.02
"""The highest sample, as a share of full scale."""


def test_silence_is_silent_and_m_lets_it_be_heard(sounding_desktop: PrivateDesktop, tmp_path: Path) -> None:
    assert sounding_desktop.command("settings", "set", "sounds", "no").returncode == 0
    app = sounding_desktop.launch("--theme", "light")
    wait_for_state(app, "idle")
    with _recorded(sounding_desktop, tmp_path / "heard.wav") as heard:
        assert all(_play(app))
        assert _loudest(heard) < AUDIBLE
        app.key("m")
        assert not any(_play(app))
        wait_until(lambda: _loudest(heard) > AUDIBLE, what="a sound")
    assert app.terminate() == 0
    assert app.output == ""


@contextmanager
def _recorded(desktop: PrivateDesktop, path: Path) -> Iterator[Path]:
    """Write what is played to a file meanwhile."""
    recorder = desktop.record(path)
    try:
        wait_until(lambda: path.exists() and path.stat().st_size > 4096, what="the recording")
        yield path
    finally:
        recorder.terminate()
        recorder.wait()


def _play(app: App) -> list[bool]:
    """Play a routine to its end; return for each sound whether it was muted."""
    with events(app) as watch:
        tell(app, "start", routine="bedtime", rate=60)
        told = []
        for event in watch:
            told.append(event)
            if event["type"] == "session_ended":
                break
    muted = [event["data"]["muted"] for event in told if event["type"] == "sound"]
    assert len(muted) > 10
    return muted


def _loudest(path: Path) -> float:
    """Return the highest sample so far; the header of a file that is still written tells no length."""
    raw = ["sox", "--ignore-length", str(path), "-n", "stat"]
    measured = subprocess.run(raw, capture_output=True, text=True, check=False).stderr
    lines = [line for line in measured.splitlines() if line.startswith("Maximum amplitude")]
    return float(lines[0].split()[-1]) if lines else 0.0
