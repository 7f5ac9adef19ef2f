"""A pack's alarm is heard and seen whatever is muted, and ends when the pack is off."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import pytest

from tests.support.pack_run import PackRun
from tests.support.private_desktop import PrivateDesktop
from tests.support.session_bus import NotificationService
from tests.support.waiting import wait_until

HEADER_BYTES, RATE_HZ, CHANNELS = 44, 44_100, 2
AUDIBLE = 0.005
A_DRAWING = 20
"""The empty screen has fewer colours."""


class Recording:
    """What is played on the desktop, as far as it is written."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def frames(self) -> int:
        """How many frames there are by now."""
        return max(self._path.stat().st_size - HEADER_BYTES, 0) // (2 * CHANNELS)

    def loudest(self, first: int = 0) -> float:
        """The highest sample from the frame `first` on, 0..1."""
        raw = self._path.read_bytes()[HEADER_BYTES + first * 2 * CHANNELS :]
        samples = np.frombuffer(raw[: len(raw) // 2 * 2], "<i2").astype(float)
        return float(np.abs(samples).max(initial=0.0)) / 32_768


@contextmanager
def recorded(desktop: PrivateDesktop, path: Path) -> Iterator[Recording]:
    recorder = desktop.record(path)
    try:
        wait_until(lambda: path.exists() and path.stat().st_size > HEADER_BYTES, what="the recording")
        yield Recording(path)
    finally:
        recorder.terminate()
        recorder.wait()


@pytest.fixture(name="service")
def _service(sounding_desktop: PrivateDesktop) -> NotificationService:
    service = NotificationService(sounding_desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
    sounding_desktop.launch_program(service.COMMAND)
    wait_until(service.has_service, what="the notification service")
    return service


@pytest.fixture(name="muted_run")
def _muted_run(sounding_desktop: PrivateDesktop, tmp_path: Path) -> Iterator[PackRun]:
    """A rehearsal whose first skin check nobody answers: its alarm comes after six seconds."""
    run = PackRun(sounding_desktop, tmp_path / "home", kill_after_s=float("inf"), answers=0, muted=True)
    yield run
    run.end()


def test_muted_it_rings_and_is_shown_and_ends_with_the_pack(
    sounding_desktop: PrivateDesktop, service: NotificationService, muted_run: PackRun, tmp_path: Path
) -> None:
    with recorded(sounding_desktop, tmp_path / "heard.wav") as heard:
        wait_until(lambda: muted_run.look() or _elapsed_s(muted_run) > 200, what="a pack")
        before = heard.frames()  # after the test sound
        wait_until(lambda: muted_run.look() or _elapsed_s(muted_run) > 330, what="the skin check")
        assert heard.loudest(before) == 0.0
        wait_until(lambda: muted_run.look() or muted_run.alarms, what="the alarm")
        wait_until(lambda: heard.loudest(before) > AUDIBLE, what="its sound")
        quiet = heard.loudest(before)
        wait_until(lambda: heard.loudest(before) > 2 * quiet, what="its rise")
        (shown,) = service.shown()
        assert (shown.title, shown.hints["urgency"], shown.hints["resident"]) == (
            "Take the pack off now",
            2,
            True,
        )
        assert shown.body.startswith("Heat pack, right leg\n")
        muted_run.ask("acknowledge")
        wait_until(lambda: service.closed() == [1], what="the notification to go")
        wait_until(lambda: _falls_silent(heard), what="silence")


def test_ended_by_force_it_rings_again_at_the_next_start(
    sounding_desktop: PrivateDesktop, service: NotificationService, muted_run: PackRun, tmp_path: Path
) -> None:
    wait_until(lambda: muted_run.look() or service.shown(), what="the alarm")
    muted_run.app.kill()
    with recorded(sounding_desktop, tmp_path / "heard.wav") as heard:
        muted_run.start_again()
        wait_until(lambda: heard.loudest() > AUDIBLE, what="its sound")
    wait_until(lambda: len(service.shown()) == 2, what="another notification")


def test_the_last_alarm_is_drawn_by_a_real_desktop_and_taken_away(desktop: PrivateDesktop) -> None:
    for program in ("xfconf/xfconfd", "notifyd/xfce4-notifyd"):
        found = next(iter(Path("/usr/lib").glob(f"*/xfce4/{program}")), None)
        if found is None:
            pytest.skip("xfce4-notifyd is not installed")
        desktop.launch_program([str(found)])
    service = NotificationService(desktop.environment["DBUS_SESSION_BUS_ADDRESS"])
    wait_until(service.has_service, what="the notification service")
    words = ("-m", "relief_app.desktop.last_alarm", "--kind", "ice", "--leg", "left")
    alarm = desktop.launch_program([sys.executable, *words])
    wait_until(lambda: _colours(desktop) > A_DRAWING, what="the notification to be drawn")
    assert alarm.terminate() == 0
    wait_until(lambda: _colours(desktop) <= A_DRAWING, what="the notification to go")
    assert alarm.output.startswith("relief-app: Take the pack off now: Ice pack, left leg.")


def _colours(desktop: PrivateDesktop) -> int:
    """How many colours the screen shows."""
    return len(desktop.image().getcolors(2**24) or ())


def _elapsed_s(run: PackRun) -> float:
    """How long the pack has been on, 0 while there is none."""
    return float((run.exposure() or {}).get("elapsed_s", 0))


def _falls_silent(heard: Recording) -> bool:
    """Whether the last second that is written is silent."""
    frames = heard.frames()
    return heard.loudest(frames - RATE_HZ) == 0.0
