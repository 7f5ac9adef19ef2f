"""Records what arrives at a sink, and knows at which moment each sample was played."""

import subprocess
import threading
import time
from collections.abc import Mapping
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from tests.support.waiting import PATIENCE_S, wait_until

RATE_HZ = 44_100
LATENCY_MS = 5
"""Asked of the recorder: a sink that nobody hears works in pieces of this length."""
_SETTLES_S = 1.0
"""A sink that nobody was recording has worked far ahead: when its first pieces come tells nothing."""
_AHEAD_S = 2 * LATENCY_MS / 1000
"""So far ahead of their time pieces can be handed on; it is added, so that no sound is taken to be early."""

Samples = npt.NDArray[np.float64]


class Recording:
    """A context manager: everything that is played on a sink meanwhile, mono.

    The recorder's pieces come with a delay that varies, more on a busy machine, and is never less than
    nothing. So the piece that came soonest tells when all of them were played: the moment of a sample is
    never put too early, and too late by the least delay at most.
    """

    def __init__(self, environment: Mapping[str, str], sink: str = "relief") -> None:
        command = ("parec", "-d", f"{sink}.monitor", "--raw", "--format=s16le", "--channels=1")
        self._command = (*command, f"--rate={RATE_HZ}", f"--latency-msec={LATENCY_MS}")
        self._environment = dict(environment)
        self._lock = threading.Lock()
        self._data = bytearray()
        self._began_s = float("inf")

    def __enter__(self) -> Self:
        quiet = subprocess.DEVNULL
        self._process = subprocess.Popen(
            self._command, env=self._environment, stdin=quiet, stdout=subprocess.PIPE, stderr=quiet, bufsize=0
        )
        self._reader = threading.Thread(target=self._read, daemon=True)
        self._reader.start()
        wait_until(lambda: self._began_s < float("inf"), what="the recording")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._reader.join(PATIENCE_S)
        self._process.wait()
        assert self._process.stdout is not None
        self._process.stdout.close()

    @property
    def samples(self) -> Samples:
        """All samples so far, -1..1."""
        with self._lock:
            data = bytes(self._data)
        return np.frombuffer(data[: len(data) // 2 * 2], "<i2").astype(float) / 32_768

    @property
    def began_s(self) -> float:
        """When the first sample was played, in seconds since boot."""
        with self._lock:
            return self._began_s + _AHEAD_S

    @property
    def ends_s(self) -> float:
        """Up to when it is recorded, in seconds since boot."""
        with self._lock:
            return self._began_s + _AHEAD_S + len(self._data) / 2 / RATE_HZ

    def _read(self) -> None:
        assert self._process.stdout is not None
        while piece := self._process.stdout.read(65_536):
            now_s = time.clock_gettime(time.CLOCK_BOOTTIME)
            with self._lock:
                before_s = len(self._data) / 2 / RATE_HZ
                self._data += piece
                if before_s > _SETTLES_S:
                    # The piece's first sample: the sink hands on a whole piece when it begins to play it.
                    self._began_s = min(self._began_s, now_s - before_s)


def band(samples: Samples, low_hz: float, high_hz: float) -> Samples:
    """Only what lies between two pitches."""
    spectrum = np.fft.rfft(samples)
    pitches = np.fft.rfftfreq(len(samples), 1 / RATE_HZ)
    spectrum[(pitches < low_hz) | (pitches > high_hz)] = 0
    return np.fft.irfft(spectrum, len(samples))


def onsets_s(samples: Samples, *, threshold: float = 0.01, silence_s: float = 0.2) -> list[float]:
    """When sounds begin, in seconds from the first sample: above `threshold` after `silence_s` below it."""
    loud = np.flatnonzero(np.abs(samples) > threshold)
    first = np.diff(loud, prepend=-RATE_HZ) > silence_s * RATE_HZ
    return [float(at) / RATE_HZ for at in loud[first]]


def loudness(samples: Samples, window_s: float = 0.1) -> Samples:
    """The root mean square of each whole window, shape (windows,)."""
    size = round(window_s * RATE_HZ)
    windows = samples[: len(samples) // size * size].reshape(-1, size)
    return np.asarray(np.sqrt((windows**2).mean(axis=1)))


def hears(samples: Samples, pitch_hz: float, threshold: float = 0.01) -> bool:
    """Whether some tenth of a second is louder than `threshold` at a pitch, and loudest there."""
    size = RATE_HZ // 10
    chunks = samples[: len(samples) // size * size].reshape(-1, size) * np.hanning(size)
    if not len(chunks):
        return False
    spectra = np.abs(np.fft.rfft(chunks, 2**15)) * 4 / size
    pitches = spectra.argmax(axis=1) * RATE_HZ / 2**15
    return bool(((spectra.max(axis=1) > threshold) & (np.abs(pitches / pitch_hz - 1) < 0.02)).any())
