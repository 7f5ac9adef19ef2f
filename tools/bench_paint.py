"""From exec to the first painted cue, seen from outside.

The clock starts right before the process does. The X server tells when a window is mapped; from then on its
pixels are fetched until they are the whole picture: more than a dozen colours (a filled background has one,
antialiased text has more), and something in every cell of a grid that is never empty once the window has
settled, the cue's cells among them. Which cells those are is learned from a warm-up run, so that half a frame
does not count.
"""

import select
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from PIL import Image
from Xlib import X
from Xlib.display import Display

from tests.support.app import App
from tests.support.private_desktop import PrivateDesktop

COLOURS = 12
COLUMNS, ROWS = 16, 10
PATIENCE_S = 30.0
_SETTLED_AFTER_S = 1.5
_LOOKS = 4

Cells = frozenset[tuple[int, int]]


@dataclass(frozen=True)
class Program:
    """What to start, and which cells of its window are never empty."""

    name: str
    command: tuple[str, ...]
    cells: Cells = frozenset()


def first_paint_ms(program: Program) -> float:
    """Start the program on a new desktop, in a new home; return the ms to its first whole picture."""
    with PrivateDesktop() as desktop:
        events: Any = Display(desktop.display)
        try:
            events.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
            events.sync()
            started = time.perf_counter()
            app = desktop.launch_program(program.command)
            _wait_for_map(events, started)
            return (_time_of_picture(app, program.cells, started) - started) * 1000
        finally:
            events.close()


def warmed_up(name: str, command: Sequence[str]) -> Program:
    """Run the program once, uncounted, and learn which cells of its window are never empty."""
    with PrivateDesktop() as desktop:
        app = desktop.launch_program(command)
        app.window()
        cells: Cells | None = None
        for _ in range(_LOOKS):
            time.sleep(_SETTLED_AFTER_S)
            busy = busy_cells(app.image())
            cells = busy if cells is None else cells & busy
    if not cells:
        raise SystemExit(f"bench: the window of {name} stays empty")
    return Program(name, tuple(command), cells)


def is_whole(image: Image.Image, cells: Cells) -> bool:
    """Say whether this is the whole picture."""
    return image.getcolors(COLOURS) is None and cells <= busy_cells(image)


def busy_cells(image: Image.Image) -> Cells:
    """Return the cells, (column, row), of the grid over the image that hold more than one colour."""
    cells = ((column, row) for column in range(COLUMNS) for row in range(ROWS))
    return frozenset(cell for cell in cells if _is_busy(image, *cell))


def _is_busy(image: Image.Image, column: int, row: int) -> bool:
    width, height = image.size
    left, right = (width * edge // COLUMNS for edge in (column, column + 1))
    top, bottom = (height * edge // ROWS for edge in (row, row + 1))
    return image.crop((left, top, right, bottom)).getcolors(1) is None


def _wait_for_map(events: Any, started: float) -> None:
    """Return when the X server has said that a window is shown: nobody else is on this desktop."""
    while True:
        left = started + PATIENCE_S - time.perf_counter()
        if not events.pending_events() and not select.select([events.fileno()], [], [], max(left, 0.0))[0]:
            raise SystemExit(f"bench: no window within {PATIENCE_S:g} s")
        while events.pending_events():
            if events.next_event().type == X.MapNotify:
                return


def _time_of_picture(app: App, cells: Cells, started: float) -> float:
    """Return when the window was first asked for its pixels and showed its whole picture."""
    window = app.window()
    while (asked := time.perf_counter()) < started + PATIENCE_S:
        if is_whole(app.image_of(window), cells):
            return asked
    raise SystemExit(f"bench: no whole picture within {PATIENCE_S:g} s:\n{app.output}")


def app_command(*args: str) -> list[str]:
    """Return the command line that starts Relief with the Python running now."""
    return [sys.executable, "main.py", *args]
