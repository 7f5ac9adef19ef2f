from __future__ import annotations

import subprocess
import sys
import threading
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import numpy as np
import pytest

from relief_app.core.preferences import LEAST_ALARM
from relief_app.desktop.alarm_sound import AlarmSound, SoundCheck
from relief_app.desktop.ringing import Rise
from relief_app.desktop.sink import SinkState, sink_state
from relief_app.desktop.sound import SoundProblem, SoundProblemCode
from relief_app.desktop.sound_device import DeviceError
from relief_app.desktop.sound_limiter import CEILING
from relief_app.desktop.sound_mixer import Mixer
from tests.desktop.sound_fakes import RATE_HZ, Clock, FakeDevice
from tests.support.sound_server import SoundServer
from tests.support.waiting import wait_until
from tools.render_sounds import SOUNDS_FOLDER

NO_DEVICE = SoundProblem(SoundProblemCode.NO_DEVICE)


def path_of(name: str) -> Path:
    return SOUNDS_FOLDER / f"{name}.wav"


class Stage:
    """Alarms whose devices are made up; each is closed after the test."""

    def __init__(self) -> None:
        self.devices: list[FakeDevice] = []
        self.said: list[SoundProblem] = []
        self.checks: list[SoundCheck] = []
        self.broken = False
        self.sink: list[str] = []
        self.clock = Clock()
        self.alarms: list[AlarmSound] = []

    def open(self) -> FakeDevice:
        if self.broken:
            raise DeviceError("no device")
        self.devices.append(FakeDevice())
        return self.devices[-1]

    def open_sink(self) -> Callable[[], None]:
        self.sink.append("opened")
        return lambda: self.sink.append("put back")

    def alarm(
        self,
        find: Callable[[str], Path] = path_of,
        on_problem: Callable[[SoundProblem], None] | None = None,
        beside: Mixer | None = None,
    ) -> AlarmSound:
        alarm = AlarmSound(
            find,
            beside=beside,
            on_problem=on_problem or self.said.append,
            open_device=self.open,
            clock=self.clock,
            ask_sink=lambda: SinkState.OPEN,
            open_sink=self.open_sink,
        )
        self.alarms.append(alarm)
        return alarm

    def passed_s(self, seconds: float) -> bool:
        """Let time pass."""
        self.clock.now += seconds
        return True

    def device(self, number: int = 1) -> FakeDevice:
        """The device opened as the `number`th, once it plays."""
        wait_until(lambda: self.devices[number - 1 :] and self.devices[number - 1].stream, what="a device")
        return self.devices[number - 1]


@pytest.fixture
def stage() -> Iterator[Stage]:
    stage = Stage()
    yield stage
    for alarm in stage.alarms:
        alarm.close()


def test_it_rings_until_it_is_stopped(stage: Stage) -> None:
    alarm = stage.alarm()
    alarm.start()
    device = stage.device()
    peaks = [max(device.ask(2.6)) for _ in range(14)]
    assert peaks[:12] == sorted(set(peaks[:12]))
    assert 0.9 * CEILING < peaks[-1] <= CEILING
    alarm.start()
    ringing = alarm.ringing
    alarm.stop()
    assert (ringing, alarm.ringing) == (True, False)
    wait_until(lambda: stage.passed_s(0.1) and device.closed, what="the device to close")
    assert (len(stage.devices), stage.said) == (1, [])


def test_starting_and_stopping_return_at_once_while_the_device_is_being_opened() -> None:
    opening, go_on = threading.Event(), threading.Event()

    def slow() -> FakeDevice:
        opening.set()
        assert go_on.wait(30)
        return FakeDevice()

    alarm = AlarmSound(path_of, open_device=slow)
    alarm.start()
    assert opening.wait(30)
    for _ in range(3):
        alarm.stop()
        alarm.start()  # would never get here if it waited
    go_on.set()
    alarm.close()


def test_it_can_be_started_again_and_is_quiet_again(stage: Stage) -> None:
    alarm = stage.alarm()
    alarm.start()
    first = max(stage.device().ask(1.0))
    alarm.stop()
    alarm.start()
    assert max(stage.device(2).ask(1.0)) == first < CEILING / 20


def test_without_a_device_it_is_said_and_one_that_comes_rings_loud_by_now(
    stage: Stage, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("relief_app.desktop.bell.RETRY_S", 0.0)
    stage.broken = True
    alarm = stage.alarm()
    alarm.start()
    wait_until(lambda: stage.said, what="the problem")
    assert stage.said == [NO_DEVICE]
    stage.clock.now += 60
    stage.broken = False
    assert max(stage.device().ask(1.0)) > 0.9 * CEILING
    assert alarm.ringing


def test_a_damaged_file_is_said_and_a_plain_tone_rings(stage: Stage, tmp_path: Path) -> None:
    (tmp_path / "pack_alarm.wav").write_bytes(b"RIFF....WAVEdamaged")
    alarm = stage.alarm(lambda name: tmp_path / f"{name}.wav")
    alarm.start()
    device = stage.device()
    device.ask(31.0)
    assert max(device.ask(1.5)) > 0.9 * CEILING
    assert stage.said == [SoundProblem(SoundProblemCode.SAMPLE_UNREADABLE, "pack_alarm")]


def test_a_finder_or_a_listener_that_raises_does_not_silence_it(stage: Stage) -> None:
    def find(name: str) -> Path:
        return {"pack_test": path_of(name)}[name]

    def listen(problem: SoundProblem) -> None:
        raise RuntimeError("a fault of the listener")

    stage.alarm(find, listen).start()
    assert max(stage.device().ask(2.0)) > 0


def test_the_test_is_as_loud_as_the_alarm_and_comes_once(stage: Stage) -> None:
    stage.alarm().play_test(stage.checks.append)
    device = stage.device()
    assert 0.9 * CEILING < max(device.ask(0.9)) <= CEILING
    device.ask(0.2)
    wait_until(lambda: stage.checks, what="the report")
    assert max(device.ask(1.0)) == 0
    assert stage.checks == [SoundCheck(played=True, sink=SinkState.OPEN)]


def test_the_test_tells_that_no_device_works(stage: Stage) -> None:
    stage.broken = True
    stage.alarm().play_test(stage.checks.append)
    wait_until(lambda: stage.checks, what="the report")
    assert stage.checks == [SoundCheck(played=False, sink=SinkState.OPEN)]
    assert stage.said == []


def test_a_listener_to_the_test_that_raises_does_not_end_the_alarm(stage: Stage) -> None:
    def listen(check: SoundCheck) -> None:
        raise RuntimeError("a fault of the listener")

    alarm = stage.alarm()
    alarm.play_test(listen)
    stage.device().ask(1.5)
    alarm.start()
    stage.device(2)


def test_an_alarm_in_the_middle_of_a_test_answers_it(stage: Stage) -> None:
    alarm = stage.alarm()
    alarm.play_test(stage.checks.append)
    stage.device().ask(0.1)
    alarm.start()
    device = stage.device(2)
    alarm.play_test(stage.checks.append)
    assert max(device.ask(1.0)) < CEILING / 20
    wait_until(lambda: len(stage.checks) == 2, what="both reports")
    assert stage.checks == [SoundCheck(played=True, sink=SinkState.OPEN)] * 2
    assert len(stage.devices) == 2


def test_the_systems_output_is_opened_once_for_an_alarm_that_plays(stage: Stage) -> None:
    alarm = stage.alarm()
    alarm.play_test(stage.checks.append)
    stage.device().ask(1.5)
    wait_until(lambda: stage.checks, what="the report")
    alarm.start()
    for _ in range(3):
        stage.device(2).ask(0.1)
        wait_until(lambda: stage.sink, what="the output to be opened")
    alarm.stop()
    wait_until(lambda: len(stage.sink) > 1, what="the output to be put back")
    assert stage.sink == ["opened", "put back"]


def test_closing_in_the_middle_of_an_alarm_puts_the_output_back(stage: Stage) -> None:
    alarm = stage.alarm()
    alarm.start()
    stage.device().ask(0.1)
    wait_until(lambda: stage.sink, what="the output to be opened")
    alarm.close()
    assert stage.sink == ["opened", "put back"]


def test_its_volume_has_a_floor_and_a_change_is_heard_while_it_rings(stage: Stage) -> None:
    alarm = stage.alarm()
    alarm.volume = 0.0
    assert alarm.volume == LEAST_ALARM
    alarm.start()
    device = stage.device()
    device.ask(31.0)
    quiet = max(device.ask(2.6))
    assert quiet > 0.9 * LEAST_ALARM * CEILING
    alarm.volume = 1.0
    device.ask(2.6)
    assert max(device.ask(2.6)) > 0.9 * CEILING


def test_what_sounds_beside_is_heard_through_its_device_and_the_sum_stays_below_the_ceiling(
    stage: Stage,
) -> None:
    mixer = Mixer()
    alarm = stage.alarm(beside=mixer)
    alarm.start()
    device = stage.device()
    assert mixer.carried
    mixer.add(array("h", [5_000] * 100), 1.0, 0.0)
    assert max(device.ask(0.01)) == pytest.approx(5_000, abs=CEILING / 50)
    device.ask(31.0)
    mixer.add(array("h", [30_000, -30_000] * 2 * RATE_HZ), 1.0, 0.0)
    assert max(map(abs, device.ask(2.6))) == CEILING
    alarm.stop()
    wait_until(lambda: stage.passed_s(1.0) and not mixer.carried, what="the end of the carrying")
    assert device.closed
    assert mixer.sounding  # and goes on where it is


def test_without_a_device_the_others_are_let_go(stage: Stage) -> None:
    mixer = Mixer()
    stage.broken = True
    stage.alarm(beside=mixer).start()
    wait_until(lambda: stage.passed_s(1.0) and stage.said, what="the failure")
    wait_until(lambda: not mixer.carried, what="the others to be let go")


def test_after_closing_nothing_rings(stage: Stage) -> None:
    alarm = stage.alarm()
    alarm.start()
    device = stage.device()
    alarm.close()
    alarm.close()
    assert device.closed
    alarm.start()
    alarm.play_test(stage.checks.append)
    assert not alarm.ringing
    assert (len(stage.devices), stage.checks) == (1, [])


def test_importing_it_brings_in_neither_qt_nor_miniaudio() -> None:
    code = "import sys, relief_app.desktop.alarm_sound; print({'PySide6', 'miniaudio'} & set(sys.modules))"
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


# --- for real, on a sound server of the test's own


@pytest.fixture
def real() -> Iterator[AlarmSound]:
    alarm = AlarmSound(path_of, rise=Rise(4.0))
    yield alarm
    alarm.close()


def loudest(server: SoundServer) -> list[float]:
    """The highest sample of each second since the alarm began to be heard."""
    heard = np.abs(server.heard())
    first = int((heard > 0).argmax())
    seconds = heard[first : first + (len(heard) - first) // RATE_HZ * RATE_HZ].reshape(-1, RATE_HZ)
    return [float(second.max()) for second in seconds]


def test_the_alarm_rises_and_repeats_on_a_real_sink(server: SoundServer, real: AlarmSound) -> None:
    real.start()
    wait_until(lambda: len(loudest(server)) >= 6, what="six seconds of alarm")
    peaks = loudest(server)
    assert peaks[0] < 0.05 < peaks[1] < 0.15 < peaks[3]
    assert 0.6 < max(peaks[4:]) <= 10 ** (-3 / 20)
    real.stop()
    wait_until(lambda: "Relief" not in (server.ask("list", "clients") or "Relief"))


def test_it_comes_back_loud_after_the_server_was_killed(server: SoundServer, real: AlarmSound) -> None:
    real.start()
    wait_until(lambda: max(loudest(server), default=0.0) > 0.01, what="the alarm")
    server.kill()
    server.start()
    wait_until(lambda: max(loudest(server), default=0.0) > 0.3, what="the alarm again")


@pytest.mark.parametrize(
    ("setting", "value", "state"),
    [("set-sink-mute", "1", SinkState.MUTED), ("set-sink-volume", "0", SinkState.AT_ZERO)],
)
def test_the_test_tells_of_a_sink_that_cannot_be_heard(
    server: SoundServer, real: AlarmSound, setting: str, value: str, state: SinkState
) -> None:
    server.ask(setting, "relief", value)
    checks: list[SoundCheck] = []
    real.play_test(checks.append)
    wait_until(lambda: checks, what="the report")
    assert checks == [SoundCheck(played=True, sink=state)]
    assert np.abs(server.heard()).max() < 0.001


def test_the_alarm_opens_a_muted_sink_at_zero_and_puts_it_back(server: SoundServer, real: AlarmSound) -> None:
    server.ask("set-sink-volume", "relief", "0")
    server.ask("set-sink-mute", "relief", "1")
    real.start()
    wait_until(lambda: max(loudest(server), default=0.0) > 0.05, what="the alarm")
    real.stop()
    wait_until(lambda: sink_state() is SinkState.MUTED, what="the sink to be muted again")
    wait_until(lambda: " 0%" in (server.ask("get-sink-volume", "relief") or ""), what="the volume to be back")


def test_the_test_is_heard_on_an_open_sink(server: SoundServer, real: AlarmSound) -> None:
    checks: list[SoundCheck] = []
    real.play_test(checks.append)
    wait_until(lambda: checks and server.hears(392) and server.hears(523), what="both tones")
    assert checks == [SoundCheck(played=True, sink=SinkState.OPEN)]
