"""Memory of a running program, its helpers included: the proportional set size the kernel reports."""

import time
from collections.abc import Sequence
from pathlib import Path

from tests.support.private_desktop import PrivateDesktop

SETTLE_S = 10.0


def memory_mib(command: Sequence[str]) -> float:
    """Start the program on a new desktop; return its PSS in MiB, ten seconds after its window is shown."""
    with PrivateDesktop() as desktop:
        others = desktop.processes()
        desktop.launch_program(command).window()
        time.sleep(SETTLE_S)
        return sum(pss_kib(pid) for pid in desktop.processes() - others) / 1024


def pss_kib(pid: int) -> int:
    """Return the process's proportional set size in KiB, 0 when it is gone."""
    try:
        lines = Path(f"/proc/{pid}/smaps_rollup").read_text(encoding="ascii").splitlines()
    except OSError:
        return 0
    return next((int(line.split()[1]) for line in lines if line.startswith("Pss:")), 0)
