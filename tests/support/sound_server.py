"""A sound server of the test's own."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

import numpy as np
import numpy.typing as npt

from tests.support.waiting import wait_until

RATE_HZ = 44_100


class SoundServer:
    """A PulseAudio with one silent sink, and a recorder of what arrives there."""

    def __init__(self, home: Path) -> None:
        self.address = f"unix:{home}/socket"
        self._environment = {
            "PATH": os.environ["PATH"],
            "HOME": str(home),
            "XDG_RUNTIME_DIR": str(home),
            "PULSE_SERVER": self.address,
        }
        self._record = home / "record.raw"
        self._processes: list[subprocess.Popen[bytes]] = []

    def start(self) -> None:
        """Start the server and the recorder, and wait until both are at work."""
        options = ("-n", "--daemonize=no", "--use-pid-file=no", "--exit-idle-time=-1")
        socket = f"module-native-protocol-unix socket={self.address.removeprefix('unix:')}"
        self._run("pulseaudio", *options, "-L", socket, "-L", "module-null-sink sink_name=relief")
        wait_until(lambda: self.ask("info") is not None)
        self._record.unlink(missing_ok=True)
        form = ("--raw", f"--rate={RATE_HZ}", "--channels=1", "--latency-msec=20")
        self._run("parec", "-d", "relief.monitor", *form, str(self._record))
        wait_until(lambda: self._record.exists() and self._record.stat().st_size)

    def kill(self) -> None:
        """End the server without a farewell, and the recorder with it."""
        while self._processes:
            process = self._processes.pop()
            process.kill()
            process.wait()

    def ask(self, *question: str) -> str | None:
        """What `pactl` answers; None without a server."""
        command = ["pactl", *question]
        answer = subprocess.run(command, check=False, env=self._environment, capture_output=True, text=True)
        return answer.stdout if answer.returncode == 0 else None

    def heard(self) -> npt.NDArray[np.float64]:
        """What arrived at the sink since the start, in -1..1."""
        raw = self._record.read_bytes()
        return np.frombuffer(raw[: len(raw) // 2 * 2], "<i2").astype(float) / 32_768

    def hears(self, pitch_hz: float) -> bool:
        """Whether some tenth of a second recorded so far is loud, most of all at `pitch_hz`."""
        samples = self.heard()
        chunks = samples[: len(samples) // 4410 * 4410].reshape(-1, 4410) * np.hanning(4410)
        spectra = np.abs(np.fft.rfft(chunks, 2**15)) * 4 / 4410
        pitches = spectra.argmax(axis=1) * RATE_HZ / 2**15
        return bool(((spectra.max(axis=1) > 0.05) & (np.abs(pitches / pitch_hz - 1) < 0.02)).any())

    def _run(self, *command: str) -> None:
        quiet = subprocess.DEVNULL
        self._processes.append(
            subprocess.Popen(command, env=self._environment, stdin=quiet, stdout=quiet, stderr=quiet)
        )
