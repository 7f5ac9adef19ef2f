"""What a page knows of the test sound before a pack."""

from collections.abc import Callable
from typing import Protocol


class HeardSound(Protocol):
    """What became of the test sound."""

    @property
    def played(self) -> bool:
        """Whether a device took it."""
        ...

    @property
    def sink(self) -> str:
        """Where the system sends sound: open, muted, at_zero, nobody or unknown."""
        ...


PlayTest = Callable[[Callable[[HeardSound], None]], None]
"""Plays the test sound and answers later, from any thread."""
