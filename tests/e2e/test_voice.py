"""The voice of the real program, recorded where it leaves it and understood by a speech recogniser."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from relief_app.storage.voice_clips import read_clips
from tests.support.control import events, tell, wait_for_state
from tests.support.private_desktop import PrivateDesktop
from tests.support.waiting import wait_until
from tools.voice.listener import RATE_HZ, Listener
from tools.voice.loudness import Samples
from tools.voice.texts import words_of

CUE, WARNING = "Pull your toes toward your shin. Don't point them.", "Stop at sharp or rising pain."
FIRST_WORDS = words_of(CUE) + words_of(WARNING)
WHISPER = 0.05
"""The highest sample of the first words at night, as a share of full scale."""

NO_SPEECH = {"SPEECHD_ADDRESS": "inet_socket:127.0.0.1:1"}

OWN = """
format = 1
id = "own-cue"
title = "Own cue"
summary = "A routine with a cue of its own."
audience = "everyone"
side = "chosen"
source = "design"

[[steps]]
exercise = "active-dorsiflexion"
duration_s = 60
cue = "Fußspitze zur Nase."
source = "design"
"""


@pytest.fixture(scope="module")
def listener() -> Listener:
    return Listener(read_clips(), several=True)


@contextmanager
def recorded(desktop: PrivateDesktop, path: Path) -> Iterator[Path]:
    """Write what is played to a file meanwhile."""
    recorder = desktop.record(path)
    try:
        wait_until(lambda: path.exists() and path.stat().st_size > 4096, what="the recording")
        yield path
    finally:
        recorder.terminate()
        recorder.wait()


def heard(path: Path) -> Samples:
    """What was recorded so far, as the recogniser wants it."""
    data = path.read_bytes()
    channels, rate = int.from_bytes(data[22:24], "little"), int.from_bytes(data[24:28], "little")
    frames = data[44 : 44 + (len(data) - 44) // (2 * channels) * 2 * channels]
    mono = np.frombuffer(frames, "<i2").reshape(-1, channels).mean(axis=1) / 32_768
    return np.asarray(np.interp(np.arange(0, len(mono), rate / RATE_HZ), np.arange(len(mono)), mono))


def words_in(listener: Listener, path: Path) -> tuple[str, ...]:
    """The words recorded so far, brought to a loudness that can be understood."""
    samples = heard(path)
    loud = np.flatnonzero(np.abs(samples) > 1e-4)
    if not len(loud):
        return ()
    spoken = samples[loud[0] : loud[-1]]
    return listener.hear(0.5 * spoken / np.abs(spoken).max())


def says_first_words(listener: Listener, desktop: PrivateDesktop, theme: str, path: Path) -> Samples:
    """Start the program into a cramp and return what was recorded of its first words."""
    with recorded(desktop, path):
        app = desktop.launch("now", "--leg", "left", "--theme", theme)
        wait_until(lambda: words_in(listener, path) == FIRST_WORDS, what="the first words to be understood")
        samples = heard(path)
    assert app.terminate() == 0
    assert app.output == ""
    return samples


def test_the_first_cue_of_a_cramp_is_spoken_and_at_night_whispered(
    sounding_desktop: PrivateDesktop, listener: Listener, tmp_path: Path
) -> None:
    day = says_first_words(listener, sounding_desktop, "light", tmp_path / "day.wav")
    night = says_first_words(listener, sounding_desktop, "night", tmp_path / "night.wav")
    assert np.abs(day).max() > 4 * WHISPER
    assert 0.001 < np.abs(night).max() < WHISPER


def test_watchers_are_told_what_is_said_and_by_which_clip(stage: PrivateDesktop) -> None:
    app = stage.launch("--theme", "light")
    wait_for_state(app, "idle")
    with events(app) as watch:
        tell(app, "start", routine="micro-break", leg="left", rate=1)
        said = watch.next("voice")["data"]
        assert said["text"] == "get ready. Ankle pumps. left leg."
        assert said["clips"] == ["get-ready", "ankle-pumps", "left-leg"]
        tell(app, "pause")
        while said["text"] != "Paused.":
            said = watch.next("voice")["data"]
    assert app.terminate() == 0


def test_switched_off_nothing_is_said(stage: PrivateDesktop) -> None:
    assert stage.command("settings", "set", "voice", "off").returncode == 0
    app = stage.launch("--theme", "light")
    wait_for_state(app, "idle")
    with events(app) as watch:
        tell(app, "start", routine="micro-break", rate=60)
        told = []
        for event in watch:
            told.append(event["type"])
            if event["type"] == "session_ended":
                break
    assert "sound" in told
    assert "voice" not in told
    assert app.terminate() == 0


def test_a_cue_that_nothing_here_can_read_chimes_and_that_is_said_once(
    stage: PrivateDesktop, tmp_path: Path
) -> None:
    file = tmp_path / "own-cue.toml"
    file.write_text(OWN, encoding="utf-8")
    assert stage.command("routines", "import", str(file)).returncode == 0
    app = stage.launch("--theme", "light", LANG="C", **NO_SPEECH)
    wait_for_state(app, "idle")
    with events(app) as watch:
        tell(app, "start", routine="own-cue", rate=1)
        tell(app, "extend", seconds=-5)
        for _ in range(2):
            while watch.next("phase_started")["data"]["phase"] != "active":
                pass
            assert watch.next("sound")["data"]["name"] == "get_ready"
            tell(app, "back")
            tell(app, "extend", seconds=-5)
    app.wait_until(lambda: "voice" in app.output, what="the line on the voice")
    lines = [line for line in app.output.splitlines() if "sound device" not in line]
    assert len(lines) == 1
    assert "has no voice" in lines[0]
    assert app.terminate() == 0
