"""With a window manager: a second launch, and an alarm, bring the window to the front."""

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.app import App
from tests.support.control import tell, wait_for_state
from tests.support.private_desktop import PrivateDesktop

SAMPLE = (sys.executable, str(Path(__file__).parents[1] / "support/sample_window.py"))


@pytest.fixture
def covered(managed_desktop: PrivateDesktop) -> Iterator[App]:
    """The program behind another window, which has the focus."""
    app = managed_desktop.launch("--theme", "light")
    wait_for_state(app, "idle")
    window = app.window()
    other = managed_desktop.launch_program(SAMPLE)
    other.key("a")
    other.wait_until(lambda: _in_front(managed_desktop) == other.window(), what="the other window in front")
    assert _in_front(managed_desktop) != window
    yield app
    assert "Traceback" not in app.output, app.output


def test_a_second_launch_brings_the_first_window_to_the_front(
    covered: App, managed_desktop: PrivateDesktop
) -> None:
    second = managed_desktop.launch()
    assert second.wait() == 0, second.output
    covered.wait_until(lambda: _in_front(managed_desktop) == covered.window(), what="the window in front")


def test_a_cramp_brings_the_window_to_the_front_and_takes_the_keys(
    covered: App, managed_desktop: PrivateDesktop
) -> None:
    assert managed_desktop.launch("now", "--leg", "left").wait() == 0
    wait_for_state(covered, "running")
    covered.wait_until(lambda: _in_front(managed_desktop) == covered.window(), what="the window in front")
    subprocess.run(["xdotool", "key", "p"], env=managed_desktop.environment, check=True, timeout=30)
    wait_for_state(covered, "paused")


def test_closing_by_the_window_manager_keeps_the_session(
    covered: App, managed_desktop: PrivateDesktop
) -> None:
    tell(covered, "now", leg="left", position="standing")
    wait_for_state(covered, "running")
    covered.close()
    assert covered.wait() == 0
    again = managed_desktop.launch()
    wait_for_state(again, "ready")


def _in_front(desktop: PrivateDesktop) -> int:
    """Return the id of the window with the focus, 0 where none has it."""
    answer = subprocess.run(
        ["xdotool", "getactivewindow"],
        env=desktop.environment,
        capture_output=True,
        text=True,
        timeout=30,
        check=False,
    )
    return int(answer.stdout) if answer.returncode == 0 else 0
