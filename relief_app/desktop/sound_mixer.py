"""Adds up the sounds that play at the same time. Arithmetic on samples: no device, no thread, no clock."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Callable, Generator
from dataclasses import dataclass

FULL_SCALE = 32_767
CEILING = 0.7
"""Share of full scale that no sample passes, however many sounds there are: 3 dB below it and a little."""
BESIDE_ALARM = 0.2
"""The same while an alarm rings, which has a stream of its own and reaches `ringing.PEAK`."""
ATTACK = 64
"""So many samples a sum that is too loud takes to be turned down."""
RELEASE = 0.1
"""So much of the gain comes back with each chunk afterwards."""


@dataclass
class _Voice:
    """A sound on its way: which samples, how loud, asked for when, and how far it has come."""

    samples: array[int]
    gain: float
    asked_s: float
    position: int = 0
    spoken: bool = False
    ends: bool = False
    """Whether it falls silent with the next chunk."""

    def take(self, count: int) -> list[int]:
        """Return the next samples, at most `count`, and move on."""
        part = self.samples[self.position : self.position + count]
        self.position += len(part)
        if self.ends:
            self.position = len(self.samples)
            return _scaled(list(part), self.gain, 0.0)
        return list(part) if self.gain == 1.0 else [int(sample * self.gain) for sample in part]

    @property
    def over(self) -> bool:
        """Whether nothing is left to play."""
        return self.position >= len(self.samples)


class Mixer:
    """Mixes mono 16-bit samples; filled by one thread, emptied by the thread of the sound device.

    `ceiling` is asked for each chunk: the share of full scale that no sample of it may pass. A sum that would
    is turned down as a whole, which is not heard as distortion, as cutting it off would be.
    """

    def __init__(self, ceiling: Callable[[], float] = lambda: CEILING) -> None:
        self._ceiling = ceiling
        self._held = 1.0
        self._lock = threading.Lock()
        self._voices: list[_Voice] = []
        self._level = self._level_before = 1.0
        self._calls = 0

    @property
    def calls(self) -> int:
        """How often the device has asked for samples; a number that stands still tells of a dead device."""
        return self._calls

    @property
    def sounding(self) -> bool:
        """Whether anything is left to play."""
        with self._lock:
            return bool(self._voices)

    @property
    def level(self) -> float:
        """What everything is multiplied with, 0..1."""
        return self._level

    @level.setter
    def level(self, level: float) -> None:
        with self._lock:
            self._level = level
            if not self._voices:
                self._level_before = level  # nothing sounds, so nothing can click: no slope needed

    def add(self, samples: array[int], gain: float, asked_s: float, *, spoken: bool = False) -> None:
        """Let `samples` begin with the next chunk, `gain` times as loud; asked for at `asked_s`."""
        with self._lock:
            self._voices.append(_Voice(samples, gain, asked_s, spoken=spoken))

    def forget_late(self, before_s: float) -> None:
        """Forget sounds asked for before `before_s`, but never the newest.

        After a device was away its sounds must not all come at once.
        """
        with self._lock:
            newest = self._voices[-1:]
            self._voices = [voice for voice in self._voices[:-1] if voice.asked_s >= before_s] + newest

    def fade_spoken(self) -> None:
        """End what is spoken with the next chunk, along a slope that does not click."""
        with self._lock:
            for voice in self._voices:
                voice.ends = voice.ends or voice.spoken

    def clear(self) -> None:
        """Forget every sound."""
        with self._lock:
            self._voices = []

    def mix(self, count: int) -> array[int]:
        """Return exactly `count` samples: the sum of all sounds, held below the ceiling, then silence."""
        with self._lock:
            parts = [voice.take(count) for voice in self._voices]
            self._voices = [voice for voice in self._voices if not voice.over]
            before, level = self._level_before, self._level
            self._level_before = level
        if not parts:
            self._held = min(1.0, self._held + RELEASE)
            return array("h", bytes(2 * count))
        return array("h", self._limited(_scaled(_sum(parts, count), before, level)))

    def _limited(self, samples: list[int]) -> list[int]:
        """Return `samples` below the ceiling: turned down at once, let up again slowly."""
        highest = int(self._ceiling() * FULL_SCALE)
        loudest = max(map(abs, samples))
        bearable = min(1.0, highest / loudest) if loudest else 1.0
        before, self._held = self._held, min(bearable, self._held + RELEASE)
        if before == self._held == 1.0:
            return samples
        attack = ATTACK if self._held < before else len(samples)
        turned = [
            *_scaled(samples[:attack], before, self._held),
            *_scaled(samples[attack:], self._held, self._held),
        ]
        return [min(highest, max(-highest, sample)) for sample in turned]

    def stream(self) -> Generator[bytes, int, None]:
        """Return a started generator for the device: it is sent a number of frames and yields their bytes."""
        generator = self._chunks()
        next(generator)
        return generator

    def _chunks(self) -> Generator[bytes, int, None]:
        count = yield b""
        while True:
            self._calls += 1
            try:
                chunk = self.mix(count).tobytes()
            except Exception:
                self.clear()  # an error would end in C code and on the user's terminal
                chunk = bytes(2 * count)
            count = yield chunk


def _sum(parts: list[list[int]], count: int) -> list[int]:
    """Return the sample-wise sum of `parts`, each filled up with silence to `count` samples."""
    filled = [part + [0] * (count - len(part)) for part in parts]
    return filled[0] if len(filled) == 1 else [sum(samples) for samples in zip(*filled, strict=True)]


def _scaled(samples: list[int], before: float, level: float) -> list[int]:
    """Return `samples` times `level`; if that has changed, along a slope, which does not click."""
    if before != level and samples:
        slope = (level - before) / len(samples)
        return [int(sample * (before + slope * i)) for i, sample in enumerate(samples, start=1)]
    return samples if level == 1.0 else [int(sample * level) for sample in samples]
