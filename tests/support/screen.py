"""An X11 screen seen from outside: which windows a process shows, and their pixels."""

from collections.abc import Iterator
from typing import Any

from PIL import Image
from Xlib import X
from Xlib.display import Display
from Xlib.error import XError
from Xlib.protocol.event import ClientMessage


class Screen:
    """A connection to one display, for looking only."""

    def __init__(self, display: str) -> None:
        self._display: Any = Display(display)
        self._root: Any = self._display.screen().root

    def close(self) -> None:
        """End the connection."""
        self._display.close()

    def windows(self, pid: int) -> list[int]:
        """Return the ids of the windows that process shows, the largest first."""
        shown = [(_area(window), window.id) for window in self._tree(self._root) if self._shows(window, pid)]
        return [window_id for area, window_id in sorted(shown, reverse=True)]

    def title(self, window_id: int) -> str:
        """Return the window's title, empty when it has none."""
        value = self._property(self._window(window_id), "_NET_WM_NAME")
        return bytes(value).decode("utf-8") if value is not None else ""

    def size(self, window_id: int) -> tuple[int, int]:
        """Return width and height in pixels."""
        geometry = self._window(window_id).get_geometry()
        return geometry.width, geometry.height

    def image(
        self, window_id: int | None = None, box: tuple[int, int, int, int] | None = None
    ) -> Image.Image:
        """Return what the window shows now, or the whole screen; raise XError for a window that is gone.

        `box` is left, top, right and bottom of the part that is wanted, which comes the sooner.
        """
        window = self._root if window_id is None else self._window(window_id)
        if box is None:
            geometry = window.get_geometry()
            box = (0, 0, geometry.width, geometry.height)
        size = (box[2] - box[0], box[3] - box[1])
        raw = window.get_image(box[0], box[1], *size, X.ZPixmap, 0xFFFFFFFF)
        return Image.frombytes("RGB", size, raw.data, "raw", "BGRX")

    def hide_root_pointer(self) -> None:
        """Let the pointer be seen only where a window gives it a shape."""
        nothing = self._root.create_pixmap(1, 1, 1)
        pen = nothing.create_gc(foreground=0)
        nothing.fill_rectangle(pen, 0, 0, 1, 1)
        none = nothing.create_cursor(nothing, (0, 0, 0), (0, 0, 0), 0, 0)
        self._root.change_attributes(cursor=none)
        self._display.sync()

    def has_window_manager(self) -> bool:
        """Say whether a window manager has announced itself."""
        return self._property(self._root, "_NET_SUPPORTING_WM_CHECK") is not None

    def ask_to_close(self, window_id: int) -> None:
        """Send the window the message that a window manager's close button sends."""
        kind, word = (self._display.intern_atom(name) for name in ("WM_PROTOCOLS", "WM_DELETE_WINDOW"))
        window = self._window(window_id)
        message = ClientMessage(window=window, client_type=kind, data=(32, [word, X.CurrentTime, 0, 0, 0]))
        window.send_event(message)
        self._display.flush()

    def _window(self, window_id: int) -> Any:
        return self._display.create_resource_object("window", window_id)

    def _tree(self, window: Any) -> Iterator[Any]:
        """Yield all windows below, frames of a window manager and what is in them alike."""
        try:
            children = window.query_tree().children
        except XError:
            return
        for child in children:
            yield child
            yield from self._tree(child)

    def _shows(self, window: Any, pid: int) -> bool:
        try:
            viewable = window.get_attributes().map_state == X.IsViewable
            owner = self._property(window, "_NET_WM_PID") if viewable else None
        except XError:  # gone while we looked
            return False
        return owner is not None and owner[0] == pid

    def _property(self, window: Any, name: str) -> Any:
        found = window.get_full_property(self._display.intern_atom(name), X.AnyPropertyType)
        return found.value if found is not None else None


def _area(window: Any) -> int:
    try:
        geometry = window.get_geometry()
    except XError:
        return 0
    return int(geometry.width * geometry.height)
