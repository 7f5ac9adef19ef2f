"""The clocks of this computer."""

import time
from pathlib import Path

_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
_AT_ONCE_NS = 10_000_000


class SystemClock:
    """Time since boot, suspend included where the system can tell, and the wall clock."""

    def boot_ms(self) -> int:
        """Whole milliseconds since boot; never runs backwards."""
        return time.clock_gettime_ns(_SINCE_BOOT) // 1_000_000

    def asleep_ms(self) -> int:
        """Whole milliseconds of the time since boot spent in suspension; 0 where the system cannot tell.

        The two clocks are read again where the program itself was held up between them.
        """
        while True:
            before = time.clock_gettime_ns(time.CLOCK_MONOTONIC)
            since_boot = time.clock_gettime_ns(_SINCE_BOOT)
            if time.clock_gettime_ns(time.CLOCK_MONOTONIC) - before < _AT_ONCE_NS:
                return (since_boot - before) // 1_000_000 if _SINCE_BOOT != time.CLOCK_MONOTONIC else 0

    def wall_s(self) -> float:
        """Seconds since 1970; jumps when the clock is set."""
        return time.time()

    def boot_id(self) -> str:
        """An id of this boot of the computer, "" where there is none."""
        try:
            return Path("/proc/sys/kernel/random/boot_id").read_text("ascii").strip()
        except OSError:
            return ""
