"""From a key in the bedside mode to the first painted cue, seen from outside.

The clock starts right before the X server is told that a key goes down. It stops when the server tells of the
drawing after which the picture is whole: the cells of the screen that hold something in the guide's first
picture, the cue's among them, hold something again. Before each key the screen is black.
"""

import time
from collections.abc import Iterator
from contextlib import closing
from typing import Any

from Xlib import XK, X
from Xlib.display import Display
from Xlib.ext import xtest

from tests.support.app import App
from tests.support.control import wait_for, wait_for_state
from tests.support.private_desktop import PrivateDesktop
from tools.bench_paint import PATIENCE_S, Cells, Watcher, app_command, busy_cells, is_whole

PRESSES = 25
LIT_CELLS = 6
"""Cells of the grid that the dim clock of the black page may touch."""
DEAF_S = 1.2
"""So long after the key that starts relief no other one is heard."""


def key_to_cue_ms(presses: int = PRESSES) -> list[float]:
    """Press a key in the black so many times; return the ms to the first whole picture of each."""
    with PrivateDesktop(window_manager=True) as desktop:
        app = desktop.launch_program(app_command("bedside"))
        with closing(Keyboard(desktop.display)) as keyboard, closing(Watcher(desktop.display)) as watcher:
            wait_for(app, lambda status: bool(status["bedside"]), "the bedside mode")
            cells = _guided(app, keyboard)
            return [_timed(app, keyboard, watcher, cells) for _ in range(presses)]


class Keyboard:
    """Presses keys by the server's own test extension: nothing of it takes time."""

    def __init__(self, display: str) -> None:
        self._display: Any = Display(display)

    def close(self) -> None:
        """End the connection."""
        self._display.close()

    def press(self, name: str) -> None:
        """Press and release a key by its X name."""
        code = self._display.keysym_to_keycode(XK.string_to_keysym(name))
        for kind in (X.KeyPress, X.KeyRelease):
            xtest.fake_input(self._display, kind, code)
        self._display.sync()


def _guided(app: App, keyboard: Keyboard) -> Cells:
    """Go once through it, uncounted; return the cells that are busy whatever the figure does."""
    _wait_for_black(app)
    keyboard.press("a")
    wait_for_state(app, "running")
    cells: Cells | None = None
    for _ in range(3):
        time.sleep(DEAF_S / 2)
        busy = busy_cells(app.image())
        cells = busy if cells is None else cells & busy
    _back(app, keyboard)
    assert cells is not None
    return cells


def _timed(app: App, keyboard: Keyboard, watcher: Watcher, cells: Cells) -> float:
    window = app.window()
    drawings = watcher.draws(window, time.perf_counter() + PATIENCE_S)
    next(drawings)
    pressed = time.perf_counter()
    keyboard.press("a")
    drawn = _first_whole(app, window, watcher, drawings, cells)
    time.sleep(DEAF_S)
    _back(app, keyboard)
    return (drawn - pressed) * 1000


def _first_whole(app: App, window: int, watcher: Watcher, drawings: Iterator[None], cells: Cells) -> float:
    for _ in drawings:
        image = app.image_of(window)
        drawn_s = watcher.last_drawn_s()
        if is_whole(image, cells):
            return drawn_s
    raise SystemExit(f"bench: no cue within {PATIENCE_S:g} s of the key")


def _back(app: App, keyboard: Keyboard) -> None:
    keyboard.press("Escape")
    wait_for(app, lambda status: status["state"] in ("ready", "idle"), "the black")
    _wait_for_black(app)


def _wait_for_black(app: App) -> None:
    """The hint's time is over too, and what is made ready for the next key is ready."""
    app.wait_until(lambda: len(busy_cells(app.image())) <= LIT_CELLS, what="a black screen")
    time.sleep(DEAF_S)
