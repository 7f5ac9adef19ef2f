from __future__ import annotations

import itertools
from array import array

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.desktop.ringing import FULL, QUIET_DB, RISE_S, Ringing, Rise, spare_call
from relief_app.desktop.sound_device import decode
from relief_app.desktop.sound_limiter import CEILING
from tests.desktop.sound_fakes import RATE_HZ
from tools.render_sounds import SOUNDS_FOLDER

STEADY = array("h", [10_000] * 700)


def alarm() -> array[int]:
    return decode(SOUNDS_FOLDER / "pack_alarm.wav")


def chunked(ringing: Ringing, chunks: list[int]) -> array[int]:
    taken = array("h")
    for count in chunks:
        taken += ringing.take(count)
    return taken


def test_the_alarm_rises_round_by_round_for_thirty_seconds_and_never_clips() -> None:
    samples = alarm()
    ringing = Ringing(samples, Rise())
    peaks = [max(map(abs, ringing.take(len(samples)))) for _ in range(16)]
    rising = int(RISE_S * RATE_HZ / len(samples)) + 1
    assert all(later > 1.2 * earlier for earlier, later in itertools.pairwise(peaks[:rising]))
    assert peaks[0] < max(samples) / 25
    assert peaks[rising:] == [max(map(abs, samples))] * (16 - rising)
    assert 0.9 * CEILING < max(peaks) <= CEILING


@given(st.floats(0, 40), st.floats(0, 40))
def test_the_rise_never_falls_and_stays_within_its_bounds(one: float, other: float) -> None:
    early, late = sorted((one, other))
    assert 10 ** (QUIET_DB / 20) <= Rise().gain(early) <= Rise().gain(late) <= 1.0
    assert FULL.gain(early) == 1.0


def test_it_grows_by_the_same_number_of_decibels_each_second() -> None:
    gains = 20 * np.log10([Rise().gain(at_s) for at_s in range(31)])
    assert np.diff(gains) == pytest.approx([-QUIET_DB / RISE_S] * 30)
    assert gains[-1] == 0.0


@given(st.lists(st.integers(1, 2000), min_size=1, max_size=8))
def test_rounds_follow_each_other_whatever_the_device_asks_for(chunks: list[int]) -> None:
    samples = array("h", range(700))
    taken = chunked(Ringing(samples, FULL), chunks)
    assert list(taken) == [i % 700 for i in range(sum(chunks))]


@given(st.lists(st.integers(1, 500), min_size=8, max_size=8))
def test_chunks_of_a_rise_leave_no_step_between_them(chunks: list[int]) -> None:
    taken = chunked(Ringing(STEADY, Rise(0.05)), chunks)
    gain_a_sample = 10 ** (-QUIET_DB / 20 / (0.05 * RATE_HZ))
    steepest = 10_000 * (gain_a_sample**500 - 1) / 500
    assert max(np.diff(np.array(taken, dtype=float))) <= steepest + 1


def test_a_device_that_comes_back_goes_on_where_the_rise_is() -> None:
    late = Ringing(STEADY, Rise(), at_s=RISE_S / 2)
    assert late.take(1)[0] == pytest.approx(10_000 * 10 ** (QUIET_DB / 2 / 20), abs=1)
    assert Ringing(STEADY, Rise(), at_s=99.0).take(5) == STEADY[:5]


def test_one_round_ends_in_silence() -> None:
    once = Ringing(STEADY, FULL, rounds=1)
    assert (once.take(600), once.over) == (STEADY[:600], False)
    assert (once.take(300), once.over) == (STEADY[:100] + array("h", bytes(400)), True)
    assert once.take(300) == array("h", bytes(600))


def test_fading_slopes_to_silence_and_stays_there() -> None:
    ringing = Ringing(STEADY, FULL)
    ringing.take(100)
    ringing.fade()
    last = ringing.take(1000)
    assert last[0] == 10_000
    assert max(np.abs(np.diff(np.array(last, dtype=float)))) <= 11
    assert last[-1] < 20
    assert ringing.over
    assert set(ringing.take(1000)) == {0}


def test_a_file_that_is_too_loud_is_held_below_the_peak() -> None:
    loud = Ringing(array("h", [0, 32_767, -32_768, 100]), FULL).take(4)
    assert max(map(abs, loud)) == CEILING
    assert loud[1] == pytest.approx(-loud[2], abs=2)


def test_its_volume_is_what_it_rises_to_and_a_change_is_heard_at_once_without_a_click() -> None:
    volume = [0.5]
    ringing = Ringing(STEADY, FULL, volume=lambda: volume[0])
    assert max(ringing.take(100)) == pytest.approx(max(STEADY) / 2, abs=1)
    volume[0] = 1.0
    rising = list(ringing.take(100))
    assert rising == sorted(rising)
    assert ringing.take(1)[0] == max(STEADY)


def test_the_spare_tone_is_loud_enough_and_has_two_pitches() -> None:
    samples = np.array(spare_call(), dtype=float)
    assert 0.98 * CEILING < np.abs(samples).max() <= CEILING
    halves = samples[: RATE_HZ // 2], samples[RATE_HZ // 2 : RATE_HZ * 9 // 10]
    pitches = [np.abs(np.fft.rfft(half, RATE_HZ)).argmax() for half in halves]
    assert pitches == pytest.approx([392, 523], abs=2)
    assert samples[0] == 0 == samples[-1]


def test_the_device_is_counted_each_time_it_asks() -> None:
    ringing = Ringing(STEADY, FULL)
    stream = ringing.stream()
    assert ringing.calls == 0
    assert array("h", stream.send(10)) == STEADY[:10]
    assert ringing.calls == 1
