"""Waiting for something outside this process: look until a deadline, never sleep a fixed time."""

import time
from collections.abc import Callable
from typing import TypeVar

T = TypeVar("T")

PATIENCE_S = 30.0
"""How long to wait for a program on a busy machine; a passing test never waits it out."""

_PAUSE_S = 0.02


def wait_until(look: Callable[[], T], timeout: float = PATIENCE_S, what: str = "") -> T:
    """Return the first true value `look()` gives; raise AssertionError naming `what` at the timeout."""
    deadline = time.monotonic() + timeout
    while True:
        found = look()
        if found:
            return found
        if time.monotonic() >= deadline:
            raise AssertionError(f"not within {timeout:g} s: {what or look.__name__}")
        time.sleep(_PAUSE_S)
