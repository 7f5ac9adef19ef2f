"""The recorded voice: every sentence has its clip, as loud as the others, trimmed, and understood."""

import functools
import hashlib
import re
from collections.abc import Callable

import numpy as np
import pytest

from tests.support.figures import RecordFigure
from tools.voice import clips
from tools.voice.clips import FOLDER, Rendered, by_clip, load_index
from tools.voice.listener import RATE_HZ, Listener
from tools.voice.loudness import Samples, loudness_lufs, peak_dbfs, speech
from tools.voice.texts import digest, every_text, number_word, read_aloud, slug, words_of

INDEX = load_index()
LONGEST_S = 8.0
LARGEST_BYTES = 2_500_000
"""Of all clips together; a wheel is downloaded by people with slow lines, too."""


@functools.cache
def sound(clip: str) -> Samples:
    return clips.read(FOLDER / f"{clip}.ogg", RATE_HZ)


def test_every_sentence_has_a_clip_read_as_it_stands_now_and_no_other_clip_lies_there() -> None:
    wanted = by_clip(every_text())
    assert {clip: entry.texts for clip, entry in INDEX.items()} == wanted
    assert [clip for clip, texts in wanted.items() if INDEX[clip].words != digest(texts[0])] == []
    assert {path.name for path in FOLDER.iterdir()} == {f"{clip}.ogg" for clip in wanted} | {"index.json"}


def test_every_clip_is_the_file_that_was_measured() -> None:
    changed = [
        clip
        for clip, entry in INDEX.items()
        if hashlib.sha256((FOLDER / f"{clip}.ogg").read_bytes()).hexdigest() != entry.sha256
    ]
    assert changed == []


def off(judge: Callable[[Samples], bool]) -> list[str]:
    return [clip for clip in INDEX if not judge(sound(clip))]


def test_every_clip_is_equally_loud_and_under_its_peak() -> None:
    def loud(samples: Samples) -> bool:
        return abs(loudness_lufs(samples, RATE_HZ) - clips.LOUDNESS_LUFS) <= clips.TOLERANCE_LU

    assert off(loud) == []
    assert off(lambda samples: peak_dbfs(samples) < -3.0) == []


def test_every_clip_is_trimmed_and_calm() -> None:
    def trimmed(samples: Samples) -> bool:
        start, end = speech(samples, RATE_HZ)
        return start <= 0.05 * RATE_HZ and len(samples) - end <= 0.12 * RATE_HZ

    def calm(entry: Rendered) -> bool:
        """No faster than people read aloud slowly: under four words a second, but for single words."""
        words = len(words_of(entry.texts[0]))
        return words < 3 or words / entry.seconds < 4.0

    assert off(trimmed) == []
    assert [clip for clip, entry in INDEX.items() if not calm(entry) or entry.seconds > LONGEST_S] == []


def test_no_clip_begins_or_ends_with_a_click() -> None:
    assert off(lambda samples: bool(max(abs(samples[0]), abs(samples[-1])) < 0.01)) == []


def test_all_clips_together_stay_small() -> None:
    assert sum(path.stat().st_size for path in FOLDER.iterdir()) < LARGEST_BYTES


@pytest.fixture(scope="module")
def listener() -> Listener:
    return Listener([entry.texts[0] for entry in INDEX.values()])


def test_a_speech_recogniser_gets_every_sentence_back(
    listener: Listener, record_figure: RecordFigure
) -> None:
    heard = {clip: listener.hear(sound(clip)) for clip in INDEX}
    wrong = {clip: words for clip, words in heard.items() if words != words_of(INDEX[clip].texts[0])}
    record_figure("clips recognised", f"{len(INDEX) - len(wrong)} of {len(INDEX)}")
    assert wrong == {}


def test_the_recogniser_can_tell_a_wrong_clip(listener: Listener) -> None:
    left, right = (sound(slug(f"{side} leg")) for side in ("left", "right"))
    assert listener.understands(left, "left leg")
    assert not listener.understands(right, "left leg")
    assert listener.hear(np.zeros(RATE_HZ)) == ()
    assert not listener.understands(sound("three")[::-1], "3")


# How the tool measures and names


def test_loudness_of_a_tone_is_what_the_standard_says() -> None:
    """BS.1770: a full-scale sine of 997 Hz is -3.01 LUFS; 20 dB less is -23.01."""
    tone = np.sin(2 * np.pi * 997 * np.arange(3 * 24_000) / 24_000)
    assert loudness_lufs(tone, 24_000) == pytest.approx(-3.01, abs=0.05)
    assert loudness_lufs(0.1 * tone, 24_000) == pytest.approx(-23.01, abs=0.05)


def test_silence_around_a_tone_changes_its_loudness_little_and_is_found() -> None:
    tone = 0.1 * np.sin(2 * np.pi * 997 * np.arange(3 * 24_000) / 24_000)
    padded = np.concatenate([np.zeros(12_000), tone, np.zeros(24_000)])
    assert loudness_lufs(padded, 24_000) == pytest.approx(-23.01, abs=0.6)
    assert speech(padded, 24_000) == (12_000, 84_000)


def test_a_clip_is_brought_to_its_loudness_however_it_was_spoken() -> None:
    rng = np.random.default_rng(1)
    noise = rng.standard_normal(24_000) * np.hanning(24_000)
    quiet, spiky = 0.001 * noise, noise * (1 + 9 * (rng.random(24_000) > 0.999))
    for spoken in (quiet, spiky):
        clip = clips.mastered([spoken, spoken], 24_000)
        assert loudness_lufs(clip, 24_000) == pytest.approx(clips.LOUDNESS_LUFS, abs=0.2)
        assert peak_dbfs(clip) <= clips.PEAK_DBFS + 0.01


def test_numbers_are_read_in_words() -> None:
    assert [number_word(n) for n in (3, 12, 20, 21, 100)] == [
        "three",
        "twelve",
        "twenty",
        "twenty-one",
        "one hundred",
    ]
    assert read_aloud("in the last 24 hours") == "In the last twenty-four hours."
    assert words_of("Don't: 2!") == ("don't", "two")


def test_names_of_clips_are_plain_and_their_own() -> None:
    names = list(by_clip(every_text()))
    assert all(re.fullmatch(r"[a-z]+(-[a-z0-9]+)*", name) for name in names)
    assert slug("Rest.") == slug("rest") != slug("Next: Rest")
