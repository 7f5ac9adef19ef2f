"""Adds up the sounds that play at the same time. Arithmetic on samples: no device, no thread, no clock."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Generator
from dataclasses import dataclass

SAMPLE_MIN, SAMPLE_MAX = -32_768, 32_767


@dataclass
class _Voice:
    """A sound on its way: which samples, how loud, asked for when, and how far it has come."""

    samples: array[int]
    gain: float
    asked_s: float
    position: int = 0
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
    """Mixes mono 16-bit samples; filled by one thread, emptied by the thread of the sound device."""

    def __init__(self) -> None:
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

    def add(self, samples: array[int], gain: float, asked_s: float) -> None:
        """Let `samples` begin with the next chunk, `gain` times as loud; asked for at `asked_s`."""
        with self._lock:
            self._voices.append(_Voice(samples, gain, asked_s))

    def forget_late(self, before_s: float) -> None:
        """Forget sounds asked for before `before_s`, but never the newest.

        After a device was away its sounds must not all come at once.
        """
        with self._lock:
            newest = self._voices[-1:]
            self._voices = [voice for voice in self._voices[:-1] if voice.asked_s >= before_s] + newest

    def fade(self) -> None:
        """End every sound with the next chunk, along a slope that does not click."""
        with self._lock:
            for voice in self._voices:
                voice.ends = True

    def clear(self) -> None:
        """Forget every sound."""
        with self._lock:
            self._voices = []

    def mix(self, count: int) -> array[int]:
        """Return exactly `count` samples: the sum of all sounds, held within 16 bits, then silence."""
        with self._lock:
            parts = [voice.take(count) for voice in self._voices]
            self._voices = [voice for voice in self._voices if not voice.over]
            before, level = self._level_before, self._level
            self._level_before = level
        if not parts:
            return array("h", bytes(2 * count))
        total = _sum(parts, count)
        return array("h", [min(SAMPLE_MAX, max(SAMPLE_MIN, s)) for s in _scaled(total, before, level)])

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
