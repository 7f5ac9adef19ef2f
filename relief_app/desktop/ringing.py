"""Rounds of a sound, again and again, from quiet to full. Arithmetic on samples: no device, no clock."""

from __future__ import annotations

import math
import threading
from array import array
from collections.abc import Callable, Generator
from typing import NamedTuple, Protocol

from relief_app.desktop.sound_device import SAMPLE_RATE_HZ
from relief_app.desktop.sound_limiter import AHEAD, CEILING, Limiter

RISE_S = 30.0
"""So long the alarm takes from quiet to full."""

QUIET_DB = -34.0
"""How far below full it begins: a voice at the other end of the room, not a start out of sleep."""


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


class Beside(Protocol):
    """Sounds that are taken along. Fits `Mixer`."""

    def take(self, count: int) -> list[int]:
        """Return their sum, `count` samples and AHEAD more to look at, and move on by `count`."""
        ...

    def clear(self) -> None:
        """Forget them."""
        ...


class Ringing:
    """Mono 16-bit samples without end, or `rounds` times; emptied by the thread of the sound device.

    `at_s` is how far the rise has come already when the device opens: a device that comes back goes on where
    the alarm is by now. `volume` (0..1) is asked for each chunk. What sounds `beside` it is taken along in
    the same stream, because two streams added up by a sound server could be louder than either may be.
    """

    def __init__(
        self,
        samples: array[int],
        rise: Rise,
        *,
        at_s: float = 0.0,
        rounds: float = math.inf,
        volume: Callable[[], float] = lambda: 1.0,
        beside: Beside | None = None,
    ) -> None:
        self._samples = _held(samples)
        self._rise, self._volume, self._beside = rise, volume, beside
        self._limiter = Limiter()
        self._at_s = at_s
        self._left = rounds * len(samples)
        self._taken = 0
        self._gain = self._gain_now()
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
        if self._beside is None:
            return array("h", self._own(count, 0))
        both = zip(self._own(count, AHEAD), self._others(self._beside, count), strict=True)
        return self._limiter.limit([own + other for own, other in both], count)

    def _own(self, count: int, ahead: int) -> list[int]:
        """Return the alarm alone, `ahead` more samples than it moves on by."""
        part = self._next(int(min(count + ahead, max(0, self._left))))
        before = self._gain
        self._taken += count
        self._gain = after = 0.0 if self._ends.is_set() else self._gain_now()
        self._left = 0 if self._ends.is_set() else self._left - count
        slope = (after - before) / count
        if before != 1.0 or after != 1.0:
            gains = (before + slope * min(i, count) for i in range(len(part)))
            part = array("h", [int(sample * gain) for sample, gain in zip(part, gains, strict=True)])
        return [*part, *[0] * (count + ahead - len(part))]

    def _others(self, beside: Beside, count: int) -> list[int]:
        """Return what sounds beside; whatever is wrong with it, the alarm rings."""
        try:
            return beside.take(count)
        except Exception:
            beside.clear()
            return [0] * (count + AHEAD)

    def _gain_now(self) -> float:
        return self._rise.gain(self._at_s + self._taken / SAMPLE_RATE_HZ) * self._volume()

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
    edges = (min(1.0, i / edge, (count - i) / edge) for i in range(count))
    turn = math.tau * pitch_hz / SAMPLE_RATE_HZ
    return [int(CEILING * level * math.sin(turn * i)) for i, level in enumerate(edges)]


def _held(samples: array[int]) -> array[int]:
    """Return `samples`, quieter as a whole where a replaced file is louder than CEILING."""
    loudest = max(map(abs, samples))
    if loudest <= CEILING:
        return samples
    return array("h", [int(sample * CEILING / loudest) for sample in samples])
