"""What a session costs the processor while its picture moves: the real program on a screen of its own.

Counts user and system time of the program alone, in % of one core, from the start of a minute to its end.
"""

import os
import tempfile
import time
from pathlib import Path

from tests.support.pack_run import PackRun
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


def out_of_sight() -> tuple[float, float]:
    """A 15-minute heat pack in a window nobody sees: its processor time in %, and wake-ups a second."""
    with PrivateDesktop(*WINDOW) as desktop, tempfile.TemporaryDirectory() as home:
        run = PackRun(desktop, Path(home), kill_after_s=float("inf"), rate=1)
        run.app.wait_until(lambda: not run.look() and run.exposure() is not None, what="a pack on the skin")
        run.app.put_out_of_sight()
        time.sleep(SETTLE_S)
        before, woken, started = processor_s(run.app.pid), wake_ups(run.app.pid), time.monotonic()
        time.sleep(MEASURED_S)
        seconds = time.monotonic() - started
        busy = 100 * (processor_s(run.app.pid) - before) / seconds
        now = wake_ups(run.app.pid)
        return busy, sum(count - woken.get(thread, 0) for thread, count in now.items()) / seconds


def wake_ups(pid: int) -> dict[str, int]:
    """How often each thread of a process, by its number, has waited so far and been woken."""
    found = {}
    for task in Path(f"/proc/{pid}/task").iterdir():
        lines = (task / "status").read_text(encoding="utf-8").splitlines()
        found[task.name] = sum(int(line.split()[1]) for line in lines if line.startswith("voluntary"))
    return found


def processor_s(pid: int) -> float:
    """User and system time of a process so far, in seconds."""
    fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
