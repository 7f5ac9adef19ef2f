from __future__ import annotations

from array import array

import pytest

from relief_app.desktop.sound_device import DeviceError
from relief_app.desktop.sound_kinds import SoundKind
from relief_app.desktop.sound_mixer import Mixer
from relief_app.desktop.sound_output import Output
from tests.desktop.sound_fakes import RATE_HZ, Clock, FakeDevice


def test_a_sound_comes_out_sample_by_sample_and_silence_after_it() -> None:
    mixer = Mixer()
    mixer.add(array("h", [1, -2, 3]), 1.0, 0.0)
    heard = [(list(mixer.mix(count)), mixer.sounding) for count in (2, 3, 2)]
    assert heard == [([1, -2], True), ([3, 0, 0], False), ([0, 0], False)]


def test_overlapping_sounds_add_up_each_with_its_gain() -> None:
    mixer = Mixer()
    mixer.add(array("h", [100, 200, 300, 400]), 1.0, 0.0)
    assert list(mixer.mix(1)) == [100]
    mixer.add(array("h", [1000, -1000]), 0.5, 0.0)
    assert list(mixer.mix(4)) == [700, -200, 400, 0]


def test_the_level_of_a_kind_scales_it_alone_and_changes_along_a_slope() -> None:
    mixer = Mixer()
    mixer.set_level(SoundKind.CUE, 0.5)
    mixer.add(array("h", [1000] * 10), 1.0, 0.0)
    mixer.add(array("h", [1] * 10), 1.0, 0.0, SoundKind.VOICE)
    assert list(mixer.mix(2)) == [501, 501]
    mixer.set_level(SoundKind.CUE, 0.0)
    assert list(mixer.mix(4)) == [376, 251, 126, 1]
    assert list(mixer.mix(2)) == [1, 1]


def test_a_sound_that_swells_begins_at_nothing_and_takes_half_its_length_at_most() -> None:
    mixer = Mixer()
    mixer.add(array("h", [1000] * 8), 1.0, 0.0, swell=5)
    assert list(mixer.mix(3)) == [0, 250, 500]
    assert list(mixer.mix(5)) == [750, 1000, 1000, 1000, 1000]


def test_what_another_stream_carries_is_silent_here_and_not_lost() -> None:
    mixer = Mixer()
    mixer.add(array("h", [1, 2, 3, 4]), 1.0, 0.0)
    mixer.carried = True
    assert list(mixer.mix(2)) == [0, 0]
    assert mixer.take(2)[:4] == [1, 2, 3, 4]
    mixer.carried = False
    assert list(mixer.mix(2)) == [3, 4]


def test_fading_ends_what_sounds_along_a_slope_and_nothing_that_comes_after() -> None:
    mixer = Mixer()
    mixer.add(array("h", [1000] * 10), 0.5, 0.0)
    assert list(mixer.mix(2)) == [500, 500]
    mixer.fade(SoundKind.CUE)
    mixer.add(array("h", [7] * 6), 1.0, 0.0)
    assert list(mixer.mix(4)) == [382, 257, 132, 7]
    assert list(mixer.mix(3)) == [7, 7, 0]
    assert not mixer.sounding


def test_late_sounds_are_forgotten_but_not_the_newest() -> None:
    mixer = Mixer()
    for sample, asked_s in ((1, 10.0), (10, 12.0), (100, 11.0)):
        mixer.add(array("h", [sample]), 1.0, asked_s)
    mixer.forget_late(12.0)
    assert list(mixer.mix(1)) == [110]


def test_the_stream_never_raises_into_the_device() -> None:
    mixer = Mixer()
    stream = mixer.stream()
    mixer.add(array("h", [258]), 1.0, 0.0)
    assert stream.send(2) == array("h", [258, 0]).tobytes()
    mixer.add(array("h", [1]), float("nan"), 0.0)
    assert stream.send(2) == bytes(4)
    mixer.add(array("h", [259]), 1.0, 0.0)
    assert stream.send(1) == array("h", [259]).tobytes()
    assert mixer.calls == 3


# --- when the device is opened, tried again, given up, closed


class Bench:
    """An output with a clock to turn and devices to look at; the first `failures` attempts to open fail."""

    def __init__(self, failures: int = 0) -> None:
        self.clock, self.mixer = Clock(), Mixer()
        self.failures, self.attempts, self.said = failures, 0, list[str]()
        self.devices: list[FakeDevice] = []
        self.output = Output(
            self.mixer,
            self.open,
            self.clock,
            gave_up=lambda: self.said.append("gave up"),
            opened=lambda: self.said.append("opened"),
        )

    def open(self) -> FakeDevice:
        self.attempts += 1
        if self.attempts <= self.failures:
            raise DeviceError("no device")
        self.devices.append(FakeDevice())
        return self.devices[-1]

    def play(self, seconds: float, sample: int = 7) -> None:
        self.output.play(array("h", [sample] * round(seconds * RATE_HZ)), 1.0, self.clock.now)

    def run(self, seconds: float, *, asking: bool = True) -> None:
        """Let time pass as the worker would, in steps of 0.25 s; the device asks for samples or is dead."""
        for _ in range(round(seconds / 0.25)):
            self.clock.now += 0.25
            if asking and self.devices and not self.devices[-1].closed:
                self.devices[-1].ask(0.25)
            self.output.check()


def test_the_device_is_opened_with_the_first_sound_and_closed_after_two_silent_seconds() -> None:
    bench = Bench()
    assert (bench.attempts, bench.output.wait_s) == (0, None)
    bench.play(1.0)
    assert (bench.attempts, bench.output.wait_s) == (1, 0.25)
    closed = []
    for seconds in (2.5, 0.5):
        bench.run(seconds)
        closed.append(bench.devices[0].closed)
    assert closed == [False, True]
    assert bench.output.wait_s is None  # not one wake-up until the next sound
    bench.play(0.1)
    assert bench.attempts == 2


def test_sounds_in_quick_succession_share_one_device() -> None:
    bench = Bench()
    for _ in range(5):
        bench.play(0.1)
        bench.run(1.5)
    assert bench.attempts == 1


def test_opening_is_tried_again_and_the_sound_still_comes() -> None:
    bench = Bench(failures=2)
    bench.play(0.1, sample=9)
    assert bench.output.wait_s == 0.25
    bench.run(0.25)
    assert bench.output.wait_s == 1.0
    bench.run(1.0)
    assert (bench.attempts, bench.said) == (3, ["opened"])
    assert bench.devices[0].ask(0.01)[0] == 9


def test_what_was_missed_meanwhile_stays_missed_but_for_the_newest() -> None:
    bench = Bench(failures=3)
    for sample in (1, 10, 100):
        bench.play(0.1, sample)
        bench.run(0.5)
    bench.run(1.75)
    assert bench.devices[0].ask(0.01)[0] == 100


def test_the_attempts_are_bounded_and_giving_up_is_said() -> None:
    bench = Bench(failures=99)
    bench.play(0.1)
    bench.run(60.0)
    assert (bench.attempts, bench.said) == (4, ["gave up"])
    assert bench.output.wait_s is None
    assert not bench.mixer.sounding


def test_after_giving_up_each_sound_has_one_attempt_until_one_succeeds() -> None:
    bench = Bench(failures=5)
    bench.play(0.1)
    bench.run(60.0)
    bench.play(0.1)
    assert (bench.attempts, bench.said) == (5, ["gave up", "gave up"])
    bench.play(0.1)
    assert (bench.attempts, bench.said[-1]) == (6, "opened")
    bench.run(5.0)
    bench.failures = 99
    bench.play(0.1)
    bench.run(60.0)
    assert bench.attempts == 10  # patient again


def test_a_device_that_dies_while_sounding_is_replaced_and_the_sound_goes_on() -> None:
    bench = Bench()
    bench.play(1.0)
    bench.run(0.25)
    closed = []
    for seconds in (2.5, 0.5):
        bench.run(seconds, asking=False)
        closed.append(bench.devices[0].closed)
    assert (closed, len(bench.devices)) == ([False, True], 2)
    assert list(bench.devices[1].ask(0.75)) == [7] * round(0.75 * RATE_HZ)


def test_a_device_that_died_in_silence_is_replaced_before_the_next_sound() -> None:
    bench = Bench()
    bench.play(0.1)
    bench.run(0.5)
    bench.run(1.0, asking=False)
    bench.play(0.1)
    assert bench.devices[0].closed
    assert bench.devices[1].ask(0.01)[0] == 7


def test_a_sink_that_asks_every_two_seconds_only_is_not_dead() -> None:
    bench = Bench()
    bench.play(8.0)
    for _ in range(4):
        bench.run(1.75, asking=False)
        bench.run(0.25)
    assert (bench.attempts, bench.devices[0].closed) == (1, False)


def test_a_device_that_can_be_opened_but_not_started_counts_as_failed(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def refuse(device: FakeDevice, stream: object) -> None:
        raise DeviceError("cannot start")

    monkeypatch.setattr(FakeDevice, "start", refuse)
    bench = Bench()
    bench.play(0.1)
    bench.run(60.0)
    assert bench.said == ["gave up"]
    assert [device.closed for device in bench.devices] == [True] * 4


def test_a_sound_served_late_drops_older_ones() -> None:
    bench = Bench()
    for sample in (1, 10):
        bench.output.play(array("h", [sample]), 1.0, bench.clock.now - 5)
    assert list(bench.devices[0].ask(1 / RATE_HZ)) == [10]


def test_closing_the_output_closes_the_device_and_forgets_the_sounds() -> None:
    bench = Bench()
    bench.play(1.0)
    bench.output.close()
    assert bench.devices[0].closed
    assert (bench.mixer.sounding, bench.output.wait_s) == (False, None)


def test_woken_it_is_open_and_silent_and_the_sound_comes_with_the_next_chunk() -> None:
    bench = Bench()
    bench.output.wake()
    assert not any(bench.devices[0].ask(0.1))
    bench.run(1.5)
    bench.play(0.1, sample=9)
    assert bench.devices[0].ask(0.01)[0] == 9
    bench.run(3.0)
    assert (bench.attempts, bench.devices[0].closed) == (1, True)


def test_where_it_cannot_be_woken_nothing_is_said_and_the_sound_tries_as_ever() -> None:
    bench = Bench(failures=1)
    bench.output.wake()
    assert (bench.said, bench.output.wait_s) == ([], None)
    bench.play(0.1, sample=9)
    assert bench.devices[0].ask(0.01)[0] == 9


def test_while_an_alarm_carries_the_sounds_no_device_is_open_and_after_it_the_rest_is_played() -> None:
    bench = Bench()
    bench.play(1.0)
    bench.mixer.carried = True
    bench.run(0.25, asking=False)
    bench.output.wake()
    bench.play(1.0, sample=2)
    assert [device.closed for device in bench.devices] == [True]
    assert bench.mixer.take(round(0.5 * RATE_HZ))[0] == 9
    assert bench.output.wait_s == 0.25
    bench.mixer.carried = False
    bench.run(0.25)
    assert bench.devices[1].ask(0.1)[0] == 9
