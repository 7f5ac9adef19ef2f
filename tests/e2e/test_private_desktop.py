"""The private desktop itself, tried with a window that knows nothing of Relief."""

import os
import signal
import stat
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.app import App
from tests.support.private_desktop import PrivateDesktop
from tests.support.waiting import wait_until

SAMPLE = (sys.executable, str(Path(__file__).parents[1] / "support/sample_window.py"))


@pytest.fixture
def sample(desktop: PrivateDesktop) -> App:
    return desktop.launch_program(SAMPLE)


def test_a_window_is_found_keyed_and_seen(sample: App, tmp_path: Path) -> None:
    assert sample.title() == "0 keys"
    sample.key("a")
    sample.wait_until(lambda: sample.title() == "1 keys, last 'a'", what="the key")
    image = sample.image()
    assert image.size == (400, 300)
    assert image.getpixel((2, 2)) == (0x10, 0x20, 0x30)
    assert len(image.getcolors(1 << 16) or []) > 12
    assert sample.screenshot(tmp_path / "new" / "window.png").stat().st_size > 500
    sample.key("q")
    assert sample.wait() == 7
    assert sample.output == "shown\n"


def test_a_window_is_resized_and_closed(sample: App) -> None:
    sample.resize(500, 350)
    assert sample.image().size == (500, 350)
    sample.close()
    assert sample.wait() == 0


def test_an_ended_program_is_said_at_once(sample: App) -> None:
    sample.window()
    sample.kill()
    with pytest.raises(AssertionError, match=f"ended with {-signal.SIGKILL}"):
        sample.wait_until(lambda: False)


def test_under_a_window_manager(managed_desktop: PrivateDesktop) -> None:
    first, second = (managed_desktop.launch_program(SAMPLE) for _ in range(2))
    second.window()
    first.key("a")
    first.wait_until(lambda: first.title() == "1 keys, last 'a'", what="the key")
    assert second.title() == "0 keys"


def test_the_home_is_new_and_the_environment_bare(desktop: PrivateDesktop) -> None:
    runtime = Path(desktop.environment["XDG_RUNTIME_DIR"])
    assert stat.S_IMODE(runtime.stat().st_mode) == 0o700
    assert desktop.home in runtime.parents
    assert "PYTHONDONTWRITEBYTECODE" not in desktop.environment
    assert desktop.environment["DBUS_SESSION_BUS_ADDRESS"] != os.environ["DBUS_SESSION_BUS_ADDRESS"]


def test_nothing_is_left_not_even_what_the_programs_started() -> None:
    with PrivateDesktop() as desktop:
        shell = desktop.launch_program(["sh", "-c", "setsid sleep 600 & echo $!"])
        shell.wait()
        orphan = int(shell.output)
        os.kill(orphan, 0)
        folder = desktop.folder
    wait_until(lambda: not _lives(orphan), what="the end of the orphan")
    assert not folder.exists()


def test_what_is_played_is_heard(sounding_desktop: PrivateDesktop, tmp_path: Path) -> None:
    tone, heard = tmp_path / "tone.wav", tmp_path / "heard.wav"
    subprocess.run(["sox", "-n", str(tone), "synth", "1", "sine", "440"], check=True)
    recorder = sounding_desktop.record(heard)
    wait_until(lambda: heard.exists() and heard.stat().st_size > 4096, what="the recording")
    assert sounding_desktop.launch_program(["paplay", str(tone)]).wait() == 0
    recorder.terminate()
    recorder.wait()
    assert _loudest(heard) > 0.5


def _loudest(path: Path) -> float:
    """Return the highest sample in a wave file, 0..1."""
    measured = subprocess.run(["sox", str(path), "-n", "stat"], check=True, capture_output=True, text=True)
    line = next(line for line in measured.stderr.splitlines() if line.startswith("Maximum amplitude"))
    return float(line.split()[-1])


def _lives(pid: int) -> bool:
    """Read the state: a killed process may stay a zombie for a while, and signal 0 reaches zombies too."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except OSError:
        return False
