"""What the tests of the sounds play on instead of a sound device."""

from __future__ import annotations

from array import array
from collections.abc import Generator

RATE_HZ = 44_100


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


class FakeDevice:
    def __init__(self) -> None:
        self.stream: Generator[bytes, int, None] | None = None
        self.closed = False

    def start(self, stream: Generator[bytes, int, None]) -> None:
        self.stream = stream

    def close(self) -> None:
        self.closed = True

    def ask(self, seconds: float) -> array[int]:
        assert self.stream is not None
        assert not self.closed
        return array("h", self.stream.send(round(seconds * RATE_HZ)))
