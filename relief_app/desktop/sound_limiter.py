"""Holds a sum of sounds below a ceiling, without a click. Arithmetic on samples: no device, no clock."""

from __future__ import annotations

from array import array

from relief_app.desktop.sound_device import SAMPLE_RATE_HZ

CEILING = int(32_767 * 10 ** (-3.0 / 20))
"""No sample is louder: 3 dB below full scale, so that no loudspeaker distorts it."""

AHEAD = 256
"""So many samples, 6 ms, are seen beyond those that are returned: the gain falls before a peak comes."""

RELEASE_DB_PER_S = 24.0
"""After a peak the gain grows back no faster than this, which would be heard."""


class Limiter:
    """One for each stream: it remembers how far it has turned down.

    Samples are taken in pieces. Where two of them meet, the gain is no more than either of them bears, and
    within a piece it goes straight from one to the other: so no sample is ever above the ceiling.
    """

    def __init__(self) -> None:
        self._gain = 1.0

    def limit(self, samples: list[int], count: int) -> array[int]:
        """Return the first `count` of `samples`, held below the ceiling; the rest are seen ahead."""
        bears = [_bearable(samples[at : min(at + AHEAD, count)]) for at in range(0, count, AHEAD)]
        bears.append(_bearable(samples[count : count + AHEAD]))
        if self._gain == 1.0 and min(bears) == 1.0:
            return array("h", samples[:count])
        self._gain = min(self._gain, bears[0])
        limited = array("h")
        for number, at in enumerate(range(0, count, AHEAD)):
            piece = samples[at : min(at + AHEAD, count)]
            after = min(bears[number], bears[number + 1], self._gain * _release(len(piece)))
            limited.extend(_sloped(piece, self._gain, after))
            self._gain = after
        return limited


def _bearable(piece: list[int]) -> float:
    """Return the gain, 1 at most, that keeps `piece` below the ceiling."""
    loudest = max(map(abs, piece), default=0)
    return 1.0 if loudest <= CEILING else CEILING / loudest


def _release(count: int) -> float:
    """Return what the gain may be multiplied with after `count` samples."""
    return float(10 ** (RELEASE_DB_PER_S * count / SAMPLE_RATE_HZ / 20))


def _sloped(piece: list[int], before: float, after: float) -> list[int]:
    """Return `piece` times a gain that goes straight from `before` to `after`."""
    slope = (after - before) / len(piece)
    held = (int(sample * (before + slope * i)) for i, sample in enumerate(piece, start=1))
    return [min(CEILING, max(-CEILING, sample)) for sample in held]  # the last bit of a float's rounding
