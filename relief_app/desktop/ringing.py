"""Rounds of a sound, again and again, from quiet to full. Arithmetic on samples: no device, no clock."""

from __future__ import annotations

import math
import threading
from array import array
from collections.abc import Generator
from typing import NamedTuple

from relief_app.desktop.sound_device import SAMPLE_RATE_HZ

RISE_S = 30.0
"""So long the alarm takes from quiet to full."""

QUIET_DB = -34.0
"""How far below full it begins: a voice at the other end of the room, not a start out of sleep."""

PEAK = int(32_767 * 0.5)
"""No sample is louder: with what else sounds meanwhile (`sound_mixer.BESIDE_ALARM`) it stays 3 dB below full
scale, so that no loudspeaker distorts it."""


class Rise(NamedTuple):
    """A loudness that grows evenly to the ear, by the same number of dB each second."""

    length_s: float = RISE_S
    quiet_db: float = QUIET_DB

    def gain(self, at_s: float) -> float:
        """How loud, 0..1, `at_s` after the beginning."""
        left = 1.0 - at_s / self.length_s if self.length_s > 0.0 else 0.0
        return 10 ** (self.quiet_db * min(1.0, max(0.0, left)) / 20)


FULL = Rise(0.0)
"""As loud as it can be, at once."""


class Ringing:
    """Mono 16-bit samples without end, or `rounds` times; emptied by the thread of the sound device.

    `volume` is what it rises to, 0..1; `at_s` is how far the rise has come already when the device opens: a
    device that comes back goes on where the alarm is by now.
    """

    def __init__(
        self,
        samples: array[int],
        rise: Rise,
        *,
        volume: float = 1.0,
        at_s: float = 0.0,
        rounds: float = math.inf,
    ) -> None:
        self._samples = _held(samples, volume)
        self._rise = rise
        self._at_s = at_s
        self._left = rounds * len(samples)
        self._taken = 0
        self._calls = 0
        self._ends = threading.Event()

    @property
    def calls(self) -> int:
        """How often the device has asked; a number that stands still tells of a dead device."""
        return self._calls

    @property
    def over(self) -> bool:
        """Whether the last round has been fetched, or silence after `fade`."""
        return self._left <= 0

    def fade(self) -> None:
        """Fall silent with the next chunk, without a click."""
        self._ends.set()

    def stream(self) -> Generator[bytes, int, None]:
        """Return a started generator for the device: it is sent a number of frames and yields their bytes."""
        generator = self._chunks()
        next(generator)
        return generator

    def take(self, count: int) -> array[int]:
        """Return exactly `count` samples and move on; silence when the rounds are over."""
        part = self._next(int(min(count, max(0, self._left))))
        before = self._rise.gain(self._at_s + self._taken / SAMPLE_RATE_HZ)
        self._taken += count
        after = 0.0 if self._ends.is_set() else self._rise.gain(self._at_s + self._taken / SAMPLE_RATE_HZ)
        self._left = 0 if self._ends.is_set() else self._left - count
        if before != 1.0 or after != 1.0:
            slope = (after - before) / count
            part = array("h", [int(sample * (before + slope * i)) for i, sample in enumerate(part)])
        return part + array("h", bytes(2 * (count - len(part))))

    def _next(self, count: int) -> array[int]:
        """Return `count` samples as they are, from where the last ones ended, round after round."""
        start = self._taken % len(self._samples)
        part = self._samples[start : start + count]
        while len(part) < count:
            part += self._samples[: count - len(part)]
        return part

    def _chunks(self) -> Generator[bytes, int, None]:
        count = yield b""
        while True:
            self._calls += 1
            count = yield self.take(count).tobytes()


def spare_call() -> array[int]:
    """Two tones and a rest, for an alarm whose file is missing or damaged: plain, but it rings."""
    tones = [(392.0, 0.5), (523.25, 0.4), (0.0, 0.6)]
    return array("h", [sample for pitch, length in tones for sample in _tone(pitch, length)])


def _tone(pitch_hz: float, length_s: float) -> list[int]:
    count = round(length_s * SAMPLE_RATE_HZ)
    edge = 0.08 * SAMPLE_RATE_HZ
    return [
        int(
            PEAK * min(1.0, i / edge, (count - i) / edge) * math.sin(math.tau * pitch_hz * i / SAMPLE_RATE_HZ)
        )
        for i in range(count)
    ]


def _held(samples: array[int], volume: float) -> array[int]:
    """Return `samples` at `volume`, quieter still as a whole where a replaced file is louder than PEAK."""
    gain = volume * min(1.0, PEAK / max(map(abs, samples)))
    return samples if gain == 1.0 else array("h", [int(sample * gain) for sample in samples])
