"""Adds up the sounds that play at the same time. Arithmetic on samples: no device, no thread, no clock."""

from __future__ import annotations

import threading
from array import array
from collections.abc import Generator
from dataclasses import dataclass

from relief_app.desktop.sound_kinds import SoundKind
from relief_app.desktop.sound_limiter import AHEAD, Limiter


@dataclass
class _Voice:
    """A sound on its way: which samples, how loud, asked for when, and how far it has come."""

    samples: array[int]
    gain: float
    asked_s: float
    kind: SoundKind
    swell: int
    """So many samples it takes to come up to its gain."""
    position: int = 0
    ends: bool = False
    """Whether it falls silent with the next chunk."""

    def take(self, count: int) -> list[int]:
        """Return the next samples, at most `count` and AHEAD more to look at, and move on by `count`."""
        begin = self.position
        part = list(self.samples[begin : begin + count + AHEAD])
        self.position = begin + count
        if self.ends:
            self.position = len(self.samples)
            return _scaled(part[:count], self.gain, 0.0, count)
        if begin < self.swell:
            part = [int(s * min(1.0, (begin + i) / self.swell)) for i, s in enumerate(part)]
        return part if self.gain == 1.0 else [int(sample * self.gain) for sample in part]

    @property
    def over(self) -> bool:
        """Whether nothing is left to play."""
        return self.position >= len(self.samples)


class _Level:
    """What a kind of sound is multiplied with, 0..1, now and at the end of the chunk before."""

    def __init__(self) -> None:
        self.now = self.before = 1.0


class Mixer:
    """Mixes mono 16-bit samples; filled by one thread, emptied by the thread of a sound device."""

    def __init__(self) -> None:
        self._lock = threading.Lock()
        self._voices: list[_Voice] = []
        self._levels = {kind: _Level() for kind in SoundKind}
        self._limiter = Limiter()
        self._calls = 0
        self.carried = False
        """Whether another stream takes our sounds along (`take`): our own is silent then."""

    @property
    def calls(self) -> int:
        """How often the device has asked for samples; a number that stands still tells of a dead device."""
        return self._calls

    @property
    def sounding(self) -> bool:
        """Whether anything is left to play."""
        with self._lock:
            return bool(self._voices)

    def level(self, kind: SoundKind) -> float:
        """What sounds of a kind are multiplied with, 0..1."""
        return self._levels[kind].now

    def set_level(self, kind: SoundKind, level: float) -> None:
        """Multiply sounds of a kind with `level` from the next chunk on."""
        with self._lock:
            self._levels[kind].now = level
            if not any(voice.kind is kind for voice in self._voices):
                self._levels[kind].before = level  # nothing sounds, so nothing can click: no slope needed

    def add(
        self,
        samples: array[int],
        gain: float,
        asked_s: float,
        kind: SoundKind = SoundKind.CUE,
        swell: int = 0,
    ) -> None:
        """Let `samples` begin with the next chunk, `gain` times as loud, asked for at `asked_s`.

        They take `swell` samples to come up, but no more than half their length.
        """
        with self._lock:
            self._voices.append(_Voice(samples, gain, asked_s, kind, min(swell, len(samples) // 2)))

    def forget_late(self, before_s: float) -> None:
        """Forget sounds asked for before `before_s`, but never the newest.

        After a device was away its sounds must not all come at once.
        """
        with self._lock:
            newest = self._voices[-1:]
            self._voices = [voice for voice in self._voices[:-1] if voice.asked_s >= before_s] + newest

    def fade(self, kind: SoundKind) -> None:
        """End every sound of a kind with the next chunk, along a slope that does not click."""
        with self._lock:
            for voice in self._voices:
                voice.ends = voice.ends or voice.kind is kind

    def clear(self) -> None:
        """Forget every sound."""
        with self._lock:
            self._voices = []

    def take(self, count: int) -> list[int]:
        """Return the sum of all sounds, `count` samples and AHEAD more to look at, and move on by `count`.

        The sum may be louder than any device can play.
        """
        with self._lock:
            parts = [(voice.kind, voice.take(count)) for voice in self._voices]
            self._voices = [voice for voice in self._voices if not voice.over]
            levels = {kind: (level.before, level.now) for kind, level in self._levels.items()}
            for level in self._levels.values():
                level.before = level.now
        total = [0] * (count + AHEAD)
        for kind, part in parts:
            for i, sample in enumerate(_scaled(part, *levels[kind], count)):
                total[i] += sample
        return total

    def mix(self, count: int) -> array[int]:
        """Return exactly `count` samples: the sum of all sounds below the limiter's ceiling, then silence."""
        if self.carried:
            return array("h", bytes(2 * count))
        return self._limiter.limit(self.take(count), count)

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


def _scaled(samples: list[int], before: float, level: float, count: int) -> list[int]:
    """Return `samples` times `level`; if that has changed, along a slope over `count`: no click."""
    if before != level:
        slope = (level - before) / count
        return [int(s * (before + slope * min(i, count))) for i, s in enumerate(samples, start=1)]
    return samples if level == 1.0 else [int(sample * level) for sample in samples]
