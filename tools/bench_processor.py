"""What a session costs the processor while its picture moves: the real program on a screen of its own.

Counts user and system time of the program alone, in % of one core, from the start of a minute to its end.
"""

import os
import time
from pathlib import Path

from tests.support.private_desktop import PrivateDesktop
from tools.bench_paint import app_command

SETTLE_S, MEASURED_S = 3.0, 60.0
WINDOW = (1280, 800)


def busy_percent(routine: str) -> float:
    """Start `routine` in a window of 1280x800, sound off; return its processor time over a minute, in %."""
    with PrivateDesktop(*WINDOW) as desktop:
        app = desktop.launch_program(app_command("start", routine, "--leg", "left"))
        app.resize(*WINDOW)
        app.wait_for_state("running")
        time.sleep(SETTLE_S)
        before, started = processor_s(app.pid), time.monotonic()
        time.sleep(MEASURED_S)
        return 100 * (processor_s(app.pid) - before) / (time.monotonic() - started)


def processor_s(pid: int) -> float:
    """User and system time of a process so far, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
