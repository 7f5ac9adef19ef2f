"""Loudness of a clip by ITU-R BS.1770-4, its peak, and where its speech begins and ends.

The K-weighting is applied to the power spectrum of each block, which spares a filter. Blocks are 400 ms with
75 % overlap, as there; a clip that is shorter is one block.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

Samples = NDArray[np.float64]

BLOCK_S, STEP_S = 0.4, 0.1
ABSOLUTE_GATE_LUFS, RELATIVE_GATE_LU = -70.0, -10.0
SPEECH_DB = -40.0
"""Softer than this below the clip's peak counts as silence around the speech."""

# Both stages of BS.1770's filter, made for 48 kHz: numerators and denominators in z^-1.
_SHELF = (
    (1.53512485958697, -2.69169618940638, 1.19839281085285),
    (1.0, -1.69065929318241, 0.73248077421585),
)
_HIGH_PASS = ((1.0, -2.0, 1.0), (1.0, -1.99004745483398, 0.99007225036621))
_FILTER_RATE_HZ = 48_000


def loudness_lufs(samples: Samples, rate_hz: int) -> float:
    """Return the integrated loudness of mono `samples` (-1..1), gated as BS.1770 has it; -inf for silence."""
    powers = np.array([_power(block, rate_hz) for block in _blocks(samples, rate_hz)])
    heard = powers[_lufs(powers) > ABSOLUTE_GATE_LUFS]
    if not len(heard):
        return -np.inf
    loud = heard[_lufs(heard) > _lufs(heard.mean()) + RELATIVE_GATE_LU]
    return float(_lufs(loud.mean()))


def peak_dbfs(samples: Samples) -> float:
    """Return the highest sample in dB relative to full scale."""
    return float(20 * np.log10(max(np.abs(samples).max(), 1e-9)))


def speech(samples: Samples, rate_hz: int) -> tuple[int, int]:
    """Return where the speech begins and ends, in samples: the rest is silence at both ends."""
    size = rate_hz // 200
    rows = samples[: len(samples) // size * size].reshape(-1, size)
    level = np.sqrt(np.square(rows).mean(axis=1))
    loud = np.flatnonzero(level > np.abs(samples).max() * 10 ** (SPEECH_DB / 20))
    return (int(loud[0]) * size, int(loud[-1] + 1) * size) if len(loud) else (0, 0)


def _blocks(samples: Samples, rate_hz: int) -> list[Samples]:
    size, step = int(BLOCK_S * rate_hz), int(STEP_S * rate_hz)
    if len(samples) <= size:
        return [samples]
    return [samples[start : start + size] for start in range(0, len(samples) - size + 1, step)]


def _power(block: Samples, rate_hz: int) -> float:
    """Return the mean square of `block` after the K-weighting, by Parseval's theorem."""
    spectrum = np.square(np.abs(np.fft.rfft(block)))
    spectrum[1:-1] *= 2
    z = np.exp(-2j * np.pi * np.fft.rfftfreq(len(block), 1 / rate_hz) / _FILTER_RATE_HZ)
    gain = np.ones(len(z))
    for numerator, denominator in (_SHELF, _HIGH_PASS):
        gain *= np.square(np.abs(np.polyval(numerator[::-1], z) / np.polyval(denominator[::-1], z)))
    return float((spectrum * gain).sum() / len(block) ** 2)


def _lufs(power: NDArray[np.float64] | float) -> NDArray[np.float64]:
    return np.asarray(-0.691 + 10 * np.log10(np.maximum(power, 1e-12)))
