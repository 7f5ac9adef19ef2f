"""Renders Relief's own sounds into `assets/sounds`: the same bytes every time, from the scores below.

`python -m tools.render_sounds [FOLDER]`
"""

from __future__ import annotations

import math
import sys
import wave
from array import array
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

SAMPLE_RATE_HZ = 44_100
FULL_SCALE = 32_767
SOUNDS_FOLDER = Path(__file__).resolve().parent.parent / "assets" / "sounds"

BELL = (1.0, 0.30, 0.10, 0.04)
SOFT = (1.0, 0.12)
WOOD = (1.0, 0.0, 0.20)
# A fundamental near 520 Hz with odd partials wakes sleepers, and reaches ears that have lost the high tones,
# better than a high beep does: fire alarms for bedrooms sound like that. Ours has slow edges, few partials.
WAKING = (1.0, 0.0, 0.33, 0.0, 0.20)

LOW_HZ, HIGH_HZ = 392.0, 523.25
"""The two tones of the pack's alarm, a fourth: a call, not a siren."""


@dataclass(frozen=True)
class Note:
    """One tone: it starts `start_s` into the sound, lasts `length_s` and ends in silence.

    `partials` are the weights of the first, second ... harmonic; `attack_s` is the time of the rise;
    `decay_s` is the time in which it falls to 1/e (infinite: it is held until its release).
    """

    start_s: float
    pitch_hz: float
    length_s: float
    level: float = 1.0
    partials: tuple[float, ...] = BELL
    attack_s: float = 0.015
    decay_s: float = 0.25
    release_s: float = 0.06


@dataclass(frozen=True)
class Sound:
    """A score, the highest sample it may reach, in dB relative to full scale, and the silence after it."""

    notes: tuple[Note, ...]
    peak_dbfs: float = -8.0
    rest_s: float = 0.0


def call(*tones: tuple[float, float, float]) -> tuple[Note, ...]:
    """Return notes that wake softly, each of `tones` as start and length in seconds and pitch in Hz."""
    return tuple(
        Note(start, pitch, length, partials=WAKING, attack_s=0.08, decay_s=math.inf, release_s=0.10)
        for start, length, pitch in tones
    )


SOUNDS: dict[str, Sound] = {
    "get_ready": Sound(
        (
            Note(0.00, 330.0, 0.35, level=0.7, partials=SOFT, attack_s=0.03),
            Note(0.25, 440.0, 0.50, partials=SOFT, attack_s=0.03),
        )
    ),
    "tick": Sound(
        (Note(0.0, 880.0, 0.09, partials=WOOD, attack_s=0.006, decay_s=0.03, release_s=0.03),), -14.0
    ),
    "halfway": Sound((Note(0.0, 587.0, 0.22, decay_s=0.1), Note(0.20, 587.0, 0.25, decay_s=0.1)), -10.0),
    "step_end": Sound((Note(0.0, 659.0, 0.85),)),
    "set_end": Sound((Note(0.0, 523.0, 0.40, level=0.7), Note(0.22, 784.0, 0.95, decay_s=0.3))),
    "finished": Sound(
        (
            Note(0.00, 523.0, 0.50, level=0.6),
            Note(0.20, 659.0, 0.50, level=0.6),
            Note(0.40, 784.0, 0.50, level=0.6),
            Note(0.60, 1047.0, 1.30, decay_s=0.4),
        )
    ),
    "chime": Sound(
        (
            Note(0.00, 659.0, 0.90, level=0.7, partials=SOFT, attack_s=0.05, decay_s=0.4, release_s=0.2),
            Note(0.35, 880.0, 1.20, partials=SOFT, attack_s=0.05, decay_s=0.45, release_s=0.3),
        ),
        -12.0,
    ),
    "alarm": Sound(
        tuple(
            Note(at, 520.0, 0.42, partials=WAKING, attack_s=0.08, decay_s=math.inf, release_s=0.08)
            for at in (0.0, 0.52, 1.04)
        ),
        -6.5,
    ),
    "pack_alarm": Sound(
        call((0.0, 0.5, LOW_HZ), (0.5, 0.4, HIGH_HZ), (1.0, 0.5, LOW_HZ), (1.5, 0.4, HIGH_HZ)),
        -3.5,
        rest_s=0.7,
    ),
    "pack_test": Sound(call((0.0, 0.5, LOW_HZ), (0.5, 0.4, HIGH_HZ)), -3.5, rest_s=0.1),
    "eased": Sound(
        (
            Note(0.00, 392.0, 0.80, level=0.6, partials=SOFT, attack_s=0.08, decay_s=0.4, release_s=0.2),
            Note(0.45, 330.0, 0.90, level=0.7, partials=SOFT, attack_s=0.08, decay_s=0.4, release_s=0.2),
            Note(0.95, 262.0, 1.55, partials=SOFT, attack_s=0.08, decay_s=0.6, release_s=0.4),
        ),
        -10.0,
    ),
}
"""Every sound by the name of its file."""


def rise(fraction: float) -> float:
    """Return how far a soft edge has come, 0..1, after `fraction` of its time: no corner, so no click."""
    return 0.5 - 0.5 * math.cos(math.pi * min(1.0, max(0.0, fraction)))


def loudness(note: Note, at_s: float) -> float:
    """Return the envelope of `note`, 0..1, `at_s` after its own start: exactly 0 at both ends."""
    fall = math.exp(-at_s / note.decay_s)
    return rise(at_s / note.attack_s) * fall * rise((note.length_s - at_s) / note.release_s)


def tone(note: Note, at_s: float) -> float:
    """Return the sample of `note`, in any unit, `at_s` after its own start."""
    angle = 2 * math.pi * note.pitch_hz * at_s
    wave_form = sum(weight * math.sin(n * angle) for n, weight in enumerate(note.partials, start=1))
    return note.level * loudness(note, at_s) * wave_form


def length(sound: Sound) -> int:
    """Return the number of frames of `sound`."""
    end_s = max(note.start_s + note.length_s for note in sound.notes)
    return round((end_s + sound.rest_s) * SAMPLE_RATE_HZ)


def render(sound: Sound) -> array[int]:
    """Return `sound` as signed 16-bit samples, the loudest exactly at its `peak_dbfs`."""
    mixed = [0.0] * (length(sound) + 1)  # one more: the last sample is the note's end, which is zero
    for note in sound.notes:
        first = round(note.start_s * SAMPLE_RATE_HZ)
        for i in range(round(note.length_s * SAMPLE_RATE_HZ)):
            mixed[first + i] += tone(note, i / SAMPLE_RATE_HZ)
    scale = FULL_SCALE * 10 ** (sound.peak_dbfs / 20) / max(abs(sample) for sample in mixed)
    return array("h", (round(sample * scale) for sample in mixed))


def write(name: str, folder: Path) -> Path:
    """Write the sound `name` into `folder` and return its file; OSError where that fails."""
    path = folder / f"{name}.wav"
    samples = render(SOUNDS[name])
    if sys.byteorder == "big":
        samples.byteswap()
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(SAMPLE_RATE_HZ)
        file.writeframes(samples.tobytes())
    return path


def main(arguments: Sequence[str]) -> None:
    """Write every sound into the folder named in `arguments`, else into the assets."""
    folder = Path(arguments[0]) if arguments else SOUNDS_FOLDER
    folder.mkdir(parents=True, exist_ok=True)
    for name in SOUNDS:
        print(write(name, folder))


if __name__ == "__main__":
    main(sys.argv[1:])
