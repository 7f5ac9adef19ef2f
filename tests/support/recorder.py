"""What is played on a private desktop, as it is played: samples, and when each was heard."""

import subprocess
import threading
import time
from types import TracebackType
from typing import Self

import numpy as np
import numpy.typing as npt

from tests.support.private_desktop import PrivateDesktop

RATE_HZ = 44_100
_CHUNK = 441


class Recorder:
    """A context manager that records from entering to leaving it.

    When a sample was heard follows from the chunk that came with the least delay: no chunk comes before it
    was recorded, so no sound is taken to be earlier than it was.
    """

    def __init__(self, desktop: PrivateDesktop) -> None:
        self._desktop = desktop
        self._chunks: list[bytes] = []
        self._bytes = 0
        self._began_s = float("inf")
        self._thread = threading.Thread(target=self._read, name="recorder")

    def __enter__(self) -> Self:
        form = ("--raw", "--format=s16le", f"--rate={RATE_HZ}", "--channels=1", "--latency-msec=10")
        self._process = subprocess.Popen(
            ["parec", "-d", "relief.monitor", *form],
            stdout=subprocess.PIPE,
            env=self._desktop.environment,
        )
        self._thread.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._process.terminate()
        self._process.wait()
        self._thread.join()

    @property
    def seconds(self) -> float:
        """How much is recorded by now."""
        return self._bytes / 2 / RATE_HZ

    @property
    def began_s(self) -> float:
        """The boot time of the first sample, in seconds; infinite before the first chunk."""
        return self._began_s

    def samples(self) -> npt.NDArray[np.float64]:
        """What was heard so far, in -1..1, shape (samples,)."""
        raw = b"".join(self._chunks)
        return np.frombuffer(raw[: len(raw) // 2 * 2], "<i2").astype(float) / 32_768

    def _read(self) -> None:
        pipe = self._process.stdout
        assert pipe is not None
        while chunk := pipe.read(2 * _CHUNK):
            now = time.clock_gettime(time.CLOCK_BOOTTIME)
            self._chunks.append(chunk)
            self._bytes += len(chunk)
            self._began_s = min(self._began_s, now - self._bytes / 2 / RATE_HZ)
