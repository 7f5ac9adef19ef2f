"""The events of the running program, as `watch` prints them: one JSON line each."""

import json
import os
import select
import subprocess
import time
from collections.abc import Iterator
from typing import IO, Any

from tests.support.waiting import PATIENCE_S


class Watch:
    """Reads a `watch` command's output while it runs."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdout is not None
        self.process = process
        self._pipe: IO[bytes] = process.stdout
        self._rest = b""

    def events(self, timeout: float = PATIENCE_S) -> Iterator[dict[str, Any]]:
        """Yield events as they come, until the program ends; fail when none comes for `timeout` seconds."""
        while line := self._line(timeout):
            yield json.loads(line)

    def next(self, kind: str, timeout: float = PATIENCE_S) -> dict[str, Any]:
        """Return the next event of this type, passing over others."""
        for event in self.events(timeout):
            if event["type"] == kind:
                return event
        raise AssertionError(f"the program ended before the event {kind}")

    def _line(self, timeout: float) -> bytes:
        """Return one line, empty at the end of the output."""
        deadline = time.monotonic() + timeout
        while b"\n" not in self._rest:
            left = max(deadline - time.monotonic(), 0.0)
            if not select.select([self._pipe], [], [], left)[0]:
                raise AssertionError(f"no event within {timeout:g} s")
            data = os.read(self._pipe.fileno(), 65536)
            if not data:
                return b""
            self._rest += data
        line, _, self._rest = self._rest.partition(b"\n")
        return line
