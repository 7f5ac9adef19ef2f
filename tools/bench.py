"""Print the speed figures; exit 1 where one is out of its bound.

Ratios are taken pair by pair, the app and its twin alternating on the same machine within seconds, so they
hold on a busy or slow machine too. Absolute figures depend on the machine, which is printed with them. What
frames and a session cost is counted in processor time, which others' work hardly touches, and judged. Read
from the clock, where one of many is late because others work, are when a step ends, which is not judged, and
how soon a key in the bedside mode shows its cue, of which the median is.
"""

import json
import math
import os
import platform
import statistics
import subprocess
import sys
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import PySide6
from PySide6.QtCore import QRect

from relief_app.ui.main_window import FIRST_SIZE
from relief_app.ui.pages.guide_layout import STEERING_COUNT, TOOL_COUNT, places
from tools.bench_bedside import key_to_cue_ms
from tools.bench_memory import memory_mib
from tools.bench_paint import app_command, first_paints_ms, warmed_up
from tools.bench_processor import busy_percent, out_of_sight

NOW = ("now", "--leg", "left", "--position", "bed")
BARE = (sys.executable, str(Path(__file__).with_name("bench_bare.py")))
PAINT_RUNS, MEMORY_RUNS = 9, 3
KEY_MS = 100


@dataclass(frozen=True)
class Figure:
    """One line of the table."""

    name: str
    app: str
    twin: str
    ratio: str
    bound: str
    aim: str
    verdict: str
    failed: bool = False

    @property
    def cells(self) -> tuple[str, ...]:
        """What is printed of it."""
        return (self.name, self.app, self.twin, self.ratio, self.bound, self.aim, self.verdict)


def against_twin(
    name: str, pairs: Sequence[tuple[float, float]], unit: str, *, bound: float, aim: float
) -> Figure:
    """Judge pairs of (app, twin) by the median of their ratios."""
    app, twin = (statistics.median(values) for values in zip(*pairs, strict=True))
    ratio = statistics.median(a / t for a, t in pairs)
    verdict = "OUT OF BOUND" if ratio > bound else "good" if ratio > aim else "aim met"
    return Figure(
        name,
        f"{app:.0f} {unit}",
        f"{twin:.0f} {unit}",
        f"{ratio:.2f}",
        f"<= {bound:g}",
        f"{aim:g}",
        verdict,
        ratio > bound,
    )


def alternate(
    what: str, runs: int, app: Callable[[], float], twin: Callable[[], float]
) -> list[tuple[float, float]]:
    """Measure app and twin in turns; say on stderr how far it is."""
    pairs = []
    for run in range(1, runs + 1):
        pairs.append((app(), twin()))
        print(f"{what} {run}/{runs}: {pairs[-1][0]:.0f} against {pairs[-1][1]:.0f}", file=sys.stderr)
    return pairs


def first_paint() -> list[Figure]:
    """Exec to the first painted cue, which is judged, and to the picture that follows it."""
    app = warmed_up("relief-app now", app_command(*NOW), _words_of_a_cramp())
    twin = warmed_up("the bare window", BARE)
    cues, pictures = [], []
    for run in range(1, PAINT_RUNS + 1):
        (cue, picture), (bare, _) = first_paints_ms(app), first_paints_ms(twin)
        cues.append((cue, bare))
        pictures.append((picture, bare))
        print(f"first paint, ms {run}/{PAINT_RUNS}: {cue:.0f} against {bare:.0f}", file=sys.stderr)
    judged = against_twin("exec to the first painted cue", cues, "ms", bound=1.5, aim=1.25)
    followed = against_twin("... to the picture to it", pictures, "ms", bound=math.inf, aim=math.inf)
    return [judged, replace(followed, bound="", aim="", verdict="(not judged)")]


def _words_of_a_cramp() -> list[QRect]:
    """Where cue and number stand in a cramp, in a window of its usual size. A ring leaves corners free."""
    size = FIRST_SIZE
    found = places(
        size.width(), size.height(), cramp=True, tools=TOOL_COUNT, steering=STEERING_COUNT, scale=1.0
    )
    corner = found.ring.width() // 6
    return [found.cue, found.ring.adjusted(corner, corner, -corner, -corner)]


def memory() -> Figure:
    """Memory in a session."""
    pairs = alternate(
        "memory, MiB", MEMORY_RUNS, lambda: memory_mib(app_command(*NOW)), lambda: memory_mib(BARE)
    )
    return against_twin("memory (PSS) in a session", pairs, "MiB", bound=2.0, aim=1.6)


def lateness() -> list[Figure]:
    """Step ends in a busy event loop: lateness depends on the machine, the sum of the schedule does not."""
    print("step ends ...", file=sys.stderr)
    command = [sys.executable, "-m", "tools.bench_lateness"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    measured: dict[str, float] = json.loads(answer)
    p99, off = measured["p99_ms"], measured["sum_off_ms"]
    late = Figure(
        f"step end late, p99 of {measured['steps']:.0f}",
        f"{p99:.1f} ms",
        "",
        "",
        "<= 20 ms",
        "",
        "good" if p99 <= 20 else "late (not judged)",
    )
    total = Figure(
        "schedule off, sum of a routine",
        f"{off:g} ms",
        "",
        "",
        "0 ms",
        "",
        "OUT OF BOUND" if off else "exact",
        bool(off),
    )
    return [late, total]


def key_to_cue() -> list[Figure]:
    """From a key in the bedside mode to its first painted cue."""
    print("a key in the bedside mode ...", file=sys.stderr)
    found = sorted(key_to_cue_ms())
    p99 = found[int(len(found) * 0.99)]
    median = within("bedside: key to cue, median", statistics.median(found), "ms", bound=KEY_MS)
    verdict = "good" if p99 <= KEY_MS else "late (not judged)"
    name = f"bedside: key to cue, p99 of {len(found)}"
    return [median, Figure(name, f"{p99:.1f} ms", "", "", f"<= {KEY_MS} ms", "", verdict)]


def pictures() -> list[Figure]:
    """Frames of the picture, held and changing position."""
    print("picture frames ...", file=sys.stderr)
    command = [sys.executable, "-m", "tools.bench_picture"]
    answer = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    measured: dict[str, float] = json.loads(answer)
    return [
        within(f"picture 1920x1080, {what}, p99", measured[f"{key}_p99_ms"], "ms", bound=bound)
        for what, key, bound in (("held", "held", 8.0), ("changing position", "changing", 33.0))
    ]


def processor() -> list[Figure]:
    """A minute of a session in sight, its picture moving; and of a pack out of sight."""
    figures = []
    for routine in ("cramp-bed", "bedtime"):
        print(f"processor, {routine} ...", file=sys.stderr)
        name = f"processor: {routine} visible, 1280x800"
        figures.append(within(name, busy_percent(routine), "%", bound=10.0))
    print("processor, heat out of sight ...", file=sys.stderr)
    busy, woken = out_of_sight()
    name = "heat pack, window out of sight"
    figures.append(within(f"processor: {name}", busy, "%", bound=0.3))
    figures.append(within(f"wake-ups: {name}", woken, "/s", bound=2.0))
    return figures


def within(name: str, value: float, unit: str, *, bound: float) -> Figure:
    """Judge an absolute figure."""
    failed = value > bound
    verdict = "OUT OF BOUND" if failed else "good"
    return Figure(
        name, f"{value:.{1 if bound > 1 else 2}f} {unit}", "", "", f"<= {bound:g} {unit}", "", verdict, failed
    )


def machine() -> str:
    """Say what was measured on."""
    model = "unknown processor"
    for line in Path("/proc/cpuinfo").read_text(encoding="utf-8").splitlines():
        if line.startswith("model name"):
            model = line.partition(":")[2].strip()
            break
    load = " ".join(f"{value:.1f}" for value in os.getloadavg())
    versions = f"Python {platform.python_version()}, PySide6 {PySide6.__version__}"
    return (
        f"{model}, {os.cpu_count()} cores, {platform.system()} {platform.release()}; {versions}; load {load}"
    )


def table(figures: Sequence[Figure]) -> str:
    """Lay the figures out in columns."""
    rows: list[tuple[str, ...]] = [("figure", "app", "bare window", "ratio", "bound", "aim", "verdict")]
    rows += [figure.cells for figure in figures]
    widths = [max(len(cell) for cell in column) for column in zip(*rows, strict=True)]
    lines = ("  ".join(cell.ljust(width) for cell, width in zip(row, widths, strict=True)) for row in rows)
    return "\n".join(line.rstrip() for line in lines)


def main() -> int:
    """Measure, print, judge."""
    figures = [*first_paint(), memory(), *key_to_cue(), *lateness(), *pictures(), *processor()]
    print(machine())
    print(table(figures))
    return int(any(figure.failed for figure in figures))


if __name__ == "__main__":
    sys.exit(main())
