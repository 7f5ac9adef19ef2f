"""Whatever plays at once, nothing is louder than 3 dB below full scale, and what is quiet stays as it is."""

from array import array
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.desktop.ringing import FULL, Ringing
from relief_app.desktop.sound_kinds import SoundKind
from relief_app.desktop.sound_limiter import AHEAD, CEILING, Limiter
from relief_app.desktop.sound_mixer import Mixer

RATE_HZ = 44_100

samples = st.integers(-32_768, 32_767)
units = st.floats(0, 1)
sounds = st.tuples(
    st.lists(samples, min_size=1, max_size=6),  # repeated: long enough to be met by many chunks
    st.integers(1, 400),
    units,
    st.sampled_from(SoundKind),
    st.integers(0, 2_000),
)
chunks = st.lists(st.tuples(st.integers(1, 900), st.lists(sounds, max_size=2)), min_size=1, max_size=8)
levels = st.dictionaries(st.sampled_from(SoundKind), units)


def fill(mixer: Mixer, new: list[tuple[list[int], int, float, SoundKind, int]]) -> None:
    for pattern, times, gain, kind, swell in new:
        mixer.add(array("h", pattern * times), gain, 0.0, kind, swell)


def test_the_ceiling_is_three_decibels_below_full_scale() -> None:
    assert 20 * np.log10(CEILING / 32_768) == pytest.approx(-3.0, abs=0.01)


@given(chunks, levels, levels)
def test_cues_chimes_voice_and_alarm_together_never_pass_the_ceiling(
    plan: list[tuple[int, list[tuple[list[int], int, float, SoundKind, int]]]],
    before: dict[SoundKind, float],
    after: dict[SoundKind, float],
) -> None:
    mixer = Mixer()
    for number, (count, new) in enumerate(plan):
        for kind, level in (before if number % 2 else after).items():
            mixer.set_level(kind, level)
        fill(mixer, new)
        heard = mixer.mix(count)
        assert len(heard) == count
        assert max(map(abs, heard)) <= CEILING


@given(chunks, st.lists(samples, min_size=1, max_size=300), st.floats(0.3, 1))
def test_a_packs_alarm_with_all_that_sounds_beside_it_never_passes_the_ceiling(
    plan: list[tuple[int, list[tuple[list[int], int, float, SoundKind, int]]]],
    tone: list[int],
    volume: float,
) -> None:
    mixer = Mixer()
    alarm = Ringing(array("h", [*tone, 1]), FULL, volume=lambda: volume, beside=mixer)
    for count, new in plan:
        fill(mixer, new)
        heard = alarm.take(count)
        assert len(heard) == count
        assert max(map(abs, heard)) <= CEILING


@given(st.lists(st.integers(-CEILING, CEILING), min_size=1, max_size=2_000))
def test_what_is_below_the_ceiling_is_not_touched(quiet: list[int]) -> None:
    assert Limiter().limit(quiet, len(quiet)).tolist() == quiet


@given(st.lists(samples, min_size=1, max_size=3_000), st.lists(st.integers(1, 900), min_size=1))
def test_the_limiter_neither_turns_a_sample_round_nor_makes_one_louder(
    loud: list[int], sizes: list[int]
) -> None:
    limiter, at = Limiter(), 0
    for size in sizes:
        seen = [3 * sample for sample in loud[at : at + size + AHEAD]]
        part = seen[:size]
        for now, before in zip(limiter.limit(seen, len(part)) if part else [], part, strict=True):
            assert min(0, before) <= now <= max(0, before)
        at += size


def test_the_gain_falls_before_a_peak_without_a_click_and_comes_back() -> None:
    """Two steady tones on top of each other for half a second: the first one dips and returns."""
    turn = 2 * np.pi * 300 * np.arange(2 * RATE_HZ) / RATE_HZ
    tone = array("h", (20_000 * np.sin(turn)).astype(int).tolist())
    mixer = Mixer()
    mixer.add(tone, 1.0, 0.0)
    heard = [*mixer.mix(RATE_HZ // 2)]
    mixer.add(tone[: RATE_HZ // 2], 1.0, 0.0, swell=2_000)
    while mixer.sounding:
        heard += mixer.mix(882)
    steps = [abs(later - earlier) for earlier, later in pairwise(heard)]
    assert max(steps) <= 1.05 * max(steps[: RATE_HZ // 4]) * CEILING / 20_000
    thirds = [max(heard[start : start + RATE_HZ // 4]) for start in (0, 3 * RATE_HZ // 4, 3 * RATE_HZ // 2)]
    assert thirds == pytest.approx([20_000, CEILING, 20_000], rel=0.01)
