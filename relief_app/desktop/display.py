"""Is there a screen? Qt aborts the process where it finds none, so it is asked before Qt is."""

import os
import re
import sys
from collections.abc import Mapping

_X_DISPLAY = re.compile(r"(?P<host>[^:]*):(?P<number>[0-9]+)(?:\.[0-9]+)?")


def has_display(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> bool:
    """True where a window can be opened: always outside Linux, else with Wayland or a living X display."""
    env = os.environ if environment is None else environment
    if not platform.startswith("linux") or env.get("QT_QPA_PLATFORM", "xcb") not in ("xcb", "wayland"):
        return True
    return bool(env.get("WAYLAND_DISPLAY")) or _x_answers(env.get("DISPLAY", ""))


def _x_answers(display: str) -> bool:
    """True where an X server listens behind `display`; a remote one is believed."""
    found = _X_DISPLAY.fullmatch(display)
    if found is None:
        return False
    if found["host"] not in ("", "unix"):
        return True
    path = f"/tmp/.X11-unix/X{found['number']}"  # noqa: S108 - where X servers listen
    return any(_connects(address) for address in (f"\0{path}", path))


def _connects(address: str) -> bool:
    # The module below `socket`: the rest takes 3 ms to import, and a cramp's first picture waits for this.
    import _socket

    attempt = _socket.socket(_socket.AF_UNIX, _socket.SOCK_STREAM)
    try:
        return attempt.connect_ex(address) == 0
    finally:
        attempt.close()
