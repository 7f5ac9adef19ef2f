"""The sound device and the decoder: everything that touches miniaudio, which is imported only when needed."""

from __future__ import annotations

import functools
import sys
from array import array
from collections.abc import Generator
from pathlib import Path
from types import ModuleType
from typing import Any, Protocol, cast

SAMPLE_RATE_HZ = 44_100
PERIOD_MS = 25
"""The device asks for samples this often and keeps three such periods: a sound is heard within 75 ms."""


class DeviceError(Exception):
    """The system has no sound device that works."""


class SampleError(Exception):
    """A sample is missing or damaged."""


class Device(Protocol):
    """An open sound device: mono, signed 16 bits, 44.1 kHz."""

    def start(self, stream: Generator[bytes, int, None]) -> None:
        """Let the device fetch its samples from `stream`, a started generator; DeviceError."""

    def close(self) -> None:
        """Give the device back; its thread has ended when this returns. Never raises."""


class MiniaudioDevice:
    """The default device of the system, opened by miniaudio."""

    def __init__(self) -> None:
        """Open it, which can take as long as the sound server likes; DeviceError."""
        miniaudio = library()
        _silence_alsa()
        self._lib: Any = miniaudio.lib
        kind: Any = miniaudio.PlaybackDevice
        # Made apart from its __init__, so that there is something to close if that fails.
        self._device: Any = kind.__new__(kind)
        try:
            self._device.__init__(**_settings(miniaudio))
        except miniaudio.MiniaudioError as error:
            self.close()
            raise DeviceError(str(error)) from error

    def start(self, stream: Generator[bytes, int, None]) -> None:
        """See `Device`."""
        miniaudio = library()
        try:
            self._device.start(stream)
        except miniaudio.MiniaudioError as error:
            raise DeviceError(str(error)) from error

    def close(self) -> None:
        """See `Device`."""
        self._device.close()
        # miniaudio 1.71 never gives its context back, which is a connection to the sound server each time.
        context, self._device._context = getattr(self._device, "_context", None), None
        if context is not None:
            self._lib.ma_context_uninit(context)


def decode(path: Path) -> array[int]:
    """Return the sound in `path` (wav, flac, ogg, mp3) as mono 16-bit samples at 44.1 kHz; SampleError."""
    miniaudio = library()
    try:
        decoded = miniaudio.decode(path.read_bytes(), nchannels=1, sample_rate=SAMPLE_RATE_HZ)
    except (OSError, ValueError, miniaudio.MiniaudioError) as error:
        raise SampleError(f"{path}: {error}") from error
    samples: array[int] = decoded.samples
    if not samples:
        raise SampleError(f"{path}: no sound in it")
    return samples


@functools.cache
def library() -> Any:
    """Return miniaudio, imported without numpy and urllib.

    It imports them for what we never do, arrays and radio from the network: 10 MiB, a tenth of a second, and
    network code in a program that promises none. It can do without numpy (None says there is no such module).
    """
    modules: dict[str, ModuleType | None] = cast("dict[str, ModuleType | None]", sys.modules)
    stand_ins = {"numpy": None, "urllib.request": ModuleType("urllib.request")}
    spared = stand_ins.keys() - modules.keys()
    modules.update({name: stand_ins[name] for name in spared})
    try:
        import miniaudio
    finally:
        for name in spared:
            modules.pop(name, None)
    return miniaudio


def _settings(miniaudio: Any) -> dict[str, Any]:
    """Return how the device is opened."""
    return {
        "nchannels": 1,
        "sample_rate": SAMPLE_RATE_HZ,
        "buffersize_msec": PERIOD_MS,
        "backends": _backends(miniaudio),
        "app_name": "Relief",
    }


def _backends(miniaudio: Any) -> list[Any]:
    """Return what may play, best first.

    Not the null device, which would take our sounds in silence and never fail; and not JACK, which may start
    a server of its own and prints to the terminal.
    """
    refused = {miniaudio.Backend.NULL, miniaudio.Backend.JACK, miniaudio.Backend.CUSTOM}
    enabled = miniaudio.get_enabled_backends() - refused
    return [backend for backend in miniaudio.Backend if backend in enabled]


@functools.cache
def _silence_alsa() -> None:
    """Keep ALSA's complaints (thirty lines where there is no card) off the user's terminal.

    ALSA lets a program put in its own error handler. Unlike pointing file descriptor 2 elsewhere for a while,
    that cannot swallow what another thread of ours says meanwhile. The handler is a C function that takes no
    notice of its arguments: one in Python could be called when Python has ended already.
    """
    if not sys.platform.startswith("linux"):
        return
    import ctypes  # not on the start-up path either

    try:
        alsa, libc = ctypes.CDLL("libasound.so.2"), ctypes.CDLL(None)
        alsa.snd_lib_error_set_handler(ctypes.cast(libc.getpid, ctypes.c_void_p))
    except (OSError, AttributeError):
        return  # without ALSA there is nobody to silence
