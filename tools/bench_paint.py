"""From exec to the first painted cue, seen from outside.

The clock starts right before the process does. The X server tells when a window is mapped and when
something has been drawn into it; then its pixels are fetched, and the drawing counts after which they are
whole: more than a dozen colours (a filled background has one, antialiased text has more), and something in
every cell of a grid that is never empty once the window has settled. Which cells those are is learned from a
warm-up run, so that half a frame does not count. Relief paints its words first, the cue and the number in
its ring, and then all the rest: both times are taken.
"""

import select
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from typing import Any

from PIL import Image
from PySide6.QtCore import QPoint, QRect
from Xlib import X
from Xlib.display import Display
from Xlib.ext import damage

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
    """What to start, which cells of its window are never empty, and which of these hold its words."""

    name: str
    command: tuple[str, ...]
    size: tuple[int, int] = (0, 0)
    cells: Cells = frozenset()
    words: Cells = frozenset()

    @property
    def box(self) -> tuple[int, int, int, int]:
        """Left, top, right and bottom of the part of the window that holds its words."""
        width, height = self.size
        columns, rows = zip(*self.words, strict=True)
        left, right = (width * edge // COLUMNS for edge in (min(columns), max(columns) + 1))
        top, bottom = (height * edge // ROWS for edge in (min(rows), max(rows) + 1))
        return left, top, right, bottom


def first_paints_ms(program: Program) -> tuple[float, float]:
    """Start the program in a new home; return the ms to its words and to its whole window."""
    with PrivateDesktop() as desktop, closing(Watcher(desktop.display)) as watcher:
        started = time.perf_counter()
        app = desktop.launch_program(program.command)
        deadline = started + PATIENCE_S
        window, words = watcher.mapped(deadline), 0.0
        for _ in watcher.draws(window, deadline):
            words = words or _drawn_s(app, watcher, window, program)
            image = app.image_of(window) if words else None
            whole = watcher.last_drawn_s()
            if image is not None and is_whole(image, program.cells):
                return (words - started) * 1000, (whole - started) * 1000
    raise SystemExit(f"bench: no whole picture of {program.name} within {PATIENCE_S:g} s")


def _drawn_s(app: App, watcher: "Watcher", window: int, program: Program) -> float:
    """When its words were drawn; 0 before that. Only their part is fetched: that is quick."""
    seen = Image.new("RGB", program.size)
    seen.paste(app.image_of(window, program.box), program.box[:2])
    drawn = watcher.last_drawn_s()
    return drawn if is_whole(seen, program.words) else 0.0


class Watcher:
    """Told by the X server what happens on a desktop, so that nothing is polled while the program works."""

    def __init__(self, display: str) -> None:
        self._display: Any = Display(display)
        self._display.damage_query_version()
        self._display.screen().root.change_attributes(event_mask=X.SubstructureNotifyMask)
        self._display.sync()

    def close(self) -> None:
        """End the connection."""
        self._display.close()

    def mapped(self, deadline: float) -> int:
        """Return the id of the first window that is shown; nobody else is on this desktop."""
        for event in self._events(deadline):
            if event.type == X.MapNotify:
                window: int = event.window.id
                return window
        raise SystemExit(f"bench: no window within {PATIENCE_S:g} s")

    def draws(self, window: int, deadline: float) -> Iterator[None]:
        """Yield each time something was drawn into the window, first right away."""
        drawable = self._display.create_resource_object("window", window)
        self._mark = drawable.damage_create(damage.DamageReportNonEmpty)
        self._display.sync()
        self._drawn_s, self._has_more = time.perf_counter(), True
        while self._has_more or self._waits_for_more(deadline):
            self._has_more = False
            yield

    def _waits_for_more(self, deadline: float) -> bool:
        for event in self._events(deadline):
            if event.type == self._display.extension_event.DamageNotify:
                self._note(event)
                return True
        return False

    def last_drawn_s(self) -> float:
        """When something was last drawn, on the clock of `perf_counter`.

        The X server says it, whose clock on Linux is the same one: a picture takes a while to fetch, and what
        was drawn meanwhile would count as drawn when it is looked at. Of all that may be in a picture already
        the latest counts.
        """
        self._display.sync()
        for _ in range(self._display.pending_events()):
            event = self._display.next_event()
            if event.type == self._display.extension_event.DamageNotify:
                self._note(event)
        return self._drawn_s

    def _note(self, event: Any) -> None:
        """Keep when this was drawn, and be told of the next."""
        self._has_more = True
        now_ms = round(time.perf_counter() * 1000)
        since_ms = (now_ms - event.timestamp) % 2**32
        self._drawn_s = (now_ms - since_ms) / 1000
        self._display.damage_subtract(self._mark)
        self._display.sync()

    def _events(self, deadline: float) -> Iterator[Any]:
        while (left := deadline - time.perf_counter()) > 0:
            if self._display.pending_events():
                yield self._display.next_event()
            else:
                select.select([self._display.fileno()], [], [], left)


def warmed_up(name: str, command: Sequence[str], places: Sequence[QRect] = ()) -> Program:
    """Run the program once, uncounted, and learn which cells of its window are never empty.

    Its words are at `places`, which may be anywhere.
    """
    with PrivateDesktop() as desktop:
        app = desktop.launch_program(command)
        app.window()
        cells: Cells | None = None
        size = (0, 0)
        for _ in range(_LOOKS):
            time.sleep(_SETTLED_AFTER_S)
            image = app.image()
            size, busy = image.size, busy_cells(image)
            cells = busy if cells is None else cells & busy
    if not cells:
        raise SystemExit(f"bench: the window of {name} stays empty")
    return Program(name, tuple(command), size, cells, cells_at(cells, size, places))


def cells_at(cells: Cells, size: tuple[int, int], places: Sequence[QRect]) -> Cells:
    """Those of `cells` of a window of this size with their middle in `places`; all where there are none."""
    width, height = size[0] / COLUMNS, size[1] / ROWS
    middles = {
        cell: QPoint(round((cell[0] + 0.5) * width), round((cell[1] + 0.5) * height)) for cell in cells
    }
    return frozenset(
        cell for cell in cells if not places or any(place.contains(middles[cell]) for place in places)
    )


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


def app_command(*args: str) -> list[str]:
    """Return the command line that starts Relief with the Python running now."""
    return [sys.executable, "main.py", *args]
