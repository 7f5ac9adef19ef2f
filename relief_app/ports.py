"""The Protocols that stand between the rooms: who needs something names it here, who has it fits it."""

from typing import Protocol


class Clock(Protocol):
    """The clocks a driver runs on."""

    def boot_ms(self) -> int:
        """Whole milliseconds since boot; never runs backwards."""
        ...

    def wall_s(self) -> float:
        """Seconds since 1970."""
        ...

    def boot_id(self) -> str:
        """An id of this boot of the computer, "" where there is none."""
        ...
