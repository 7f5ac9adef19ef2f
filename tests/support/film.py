"""A film of a virtual screen: every frame of it is measured, and the worst ones are kept to look at."""

import subprocess
import threading
import time
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType
from typing import IO, NamedTuple, Self

import numpy as np
import numpy.typing as npt
from PIL import Image

from tests.support.waiting import PATIENCE_S, wait_until

FRAMES_A_SECOND = 30
_CODES = np.arange(256) / 255
LIGHT = np.where(_CODES <= 0.04045, _CODES / 12.92, ((_CODES + 0.055) / 1.055) ** 2.4)
"""Light of each value of a channel, 0 to 1: sRGB, IEC 61966-2-1."""
SHARES = (0.0722, 0.7152, 0.2126)
"""Shares of blue, green and red in luminance, ITU-R BT.709."""
_Rows = npt.NDArray[np.uint8]


class Frame(NamedTuple):
    """What was measured in one frame; luminance is a share of white, its mean over the screen."""

    number: int
    green: int
    blue: int
    luminance: float


class Measured(NamedTuple):
    """What a whole film came to: the worst value of each kind, and how many frames there are.

    `changes` are the frames that differ from the one before; `seconds` are those of the clock.
    """

    frames: int
    changes: tuple[Frame, ...]
    seconds: float
    green: Frame
    blue: Frame
    brightest: Frame

    def __str__(self) -> str:
        """One line for a person."""
        worst = f"worst green {self.green.green} and blue {self.blue.blue} of 255"
        light = f"highest mean luminance {self.brightest.luminance:.2%}"
        return f"{self.frames} frames, {self.frames / self.seconds:.1f} a second: {worst}, {light}"


class Film:
    """A context manager that films the screen, pointer included, from entering to leaving it.

    Frames come as they are, without compression, and are measured while it runs: nothing is left out.
    """

    def __init__(self, environment: Mapping[str, str], size: tuple[int, int], keep: Path) -> None:
        """`environment` names the display; the worst frames are kept in the folder `keep`."""
        self._environment, self._size, self._keep = environment, size, keep
        self._thread = threading.Thread(target=self._measure, name="film")
        self._worst: dict[str, Frame] = {}
        self._images: dict[str, bytes] = {}
        self._changes: list[Frame] = []
        self._frames = 0
        self._from = self._until = 0.0

    def __enter__(self) -> Self:
        width, height = self._size
        self._log = (self._keep / "ffmpeg.log").open("wb")
        grab = ["-f", "x11grab", "-draw_mouse", "1", "-framerate", str(FRAMES_A_SECOND)]
        area = ["-video_size", f"{width}x{height}", "-i", self._environment["DISPLAY"]]
        raw = ["-f", "rawvideo", "-pix_fmt", "bgr0", "-fps_mode", "passthrough", "-"]
        self._camera = subprocess.Popen(
            ["ffmpeg", "-nostdin", "-loglevel", "error", *grab, *area, *raw],
            env=dict(self._environment),
            stdin=subprocess.DEVNULL,
            stdout=subprocess.PIPE,
            stderr=self._log,
        )
        self._thread.start()
        wait_until(self._runs, what="the first frame of the film")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._camera.terminate()
        self._thread.join(PATIENCE_S)
        self._camera.wait(PATIENCE_S)
        self._log.close()
        for name, pixels in self._images.items():
            image = Image.frombytes("RGB", self._size, pixels, "raw", "BGRX")
            image.save(self._keep / f"{name}.png")

    @property
    def frames(self) -> int:
        """How many frames there are by now."""
        return self._frames

    def measured(self) -> Measured:
        """What there is to say about the whole film."""
        worst = (self._worst[name] for name in ("green", "blue", "luminance"))
        return Measured(self._frames, tuple(self._changes), self._until - self._from, *worst)

    def run(self, frames: int) -> None:
        """Wait for so many frames more."""
        until = self._frames + frames
        wait_until(lambda: self._runs() and self._frames >= until, what=f"{frames} frames more")

    def _runs(self) -> bool:
        if self._camera.poll() is not None:
            raise AssertionError(f"no film: {(self._keep / 'ffmpeg.log').read_text()}")
        return self._frames > 0

    def _measure(self) -> None:
        """Measure frame after frame; one that equals the frame before measures the same."""
        assert self._camera.stdout is not None
        length = self._size[0] * self._size[1] * 4
        before = b""
        with self._camera.stdout as pipe:
            while len(pixels := _read(pipe, length)) == length:
                if pixels != before:
                    self._take(pixels)
                    before = pixels
                self._until = time.monotonic()
                self._from = self._from or self._until
                self._frames += 1

    def _take(self, pixels: bytes) -> None:
        frame = measure(pixels, self._frames)
        self._changes.append(frame)
        for name in ("green", "blue", "luminance"):
            worst = self._worst.get(name)
            if worst is None or getattr(frame, name) > getattr(worst, name):
                self._worst[name], self._images[name] = frame, pixels


def measure(pixels: bytes, number: int = 0) -> Frame:
    """Measure one frame of `pixels`, four bytes each: blue, green, red and nothing."""
    channels = np.frombuffer(pixels, np.uint8).reshape(-1, 4)
    counts = [np.bincount(channels[:, index], minlength=256) for index in range(3)]
    light = sum(share * float(count @ LIGHT) for share, count in zip(SHARES, counts, strict=True))
    blue, green, _ = (int(np.flatnonzero(count)[-1]) for count in counts)
    return Frame(number, green, blue, light / len(channels))


def _read(pipe: IO[bytes], length: int) -> bytes:
    return pipe.read(length)
