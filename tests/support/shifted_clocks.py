"""Runs `main.py` with clocks that a file shifts, to play a suspension: `shifted_clocks.py FILE ARGUMENT...`.

FILE holds the seconds that the computer was asleep, as a number. They count for the clock since boot and for
the wall clock and not for the monotonic one, nor for Qt's timers, just as in a real suspension; nothing
that shifts the clocks of a whole process can part the first from the last.
"""

import runpy
import sys
import time
from pathlib import Path

ASLEEP = Path(sys.argv[1])
_read, _time = time.clock_gettime_ns, time.time


def asleep_s() -> float:
    """What the file says now."""
    return float(ASLEEP.read_text("ascii"))


def shifted(clock: int) -> int:
    """`time.clock_gettime_ns`, shifted."""
    shift = asleep_s() if clock in (time.CLOCK_BOOTTIME, time.CLOCK_REALTIME) else 0
    return _read(clock) + int(shift * 1_000_000_000)


if __name__ == "__main__":
    time.clock_gettime_ns = shifted
    time.time = lambda: _time() + asleep_s()
    main = Path(__file__).parents[2] / "main.py"
    sys.argv[:2] = [str(main)]
    sys.path[0] = str(main.parent)
    runpy.run_path(str(main), run_name="__main__")
