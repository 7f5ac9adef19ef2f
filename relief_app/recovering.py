"""A start by the recovery guard: nothing is asked, and the person finds what the dead program left."""

from typing import TYPE_CHECKING

from PySide6.QtCore import Qt

from relief_app.opening import BEDSIDE, FULL_SCREEN, MUTED, SESSION, Recovered

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief


def take_up(relief: "Relief", recovered: Recovered) -> None:
    """Look as it looked, and go on with the session that was cut off; the Home page where there is none."""
    relief.muted = MUTED in recovered.was
    if BEDSIDE in recovered.was:
        relief.window.bedside.enter()
    elif FULL_SCREEN in recovered.was:
        relief.window.setWindowState(Qt.WindowState.WindowFullScreen)
    if not _goes_on(relief, recovered):
        relief.window.show_home()


def take_up_before_a_pack(relief: "Relief", recovered: Recovered) -> None:
    """Go on with a session whose pack was not on yet; it is known by now that none is."""
    _goes_on(relief, recovered, packs=True)


def _goes_on(relief: "Relief", recovered: Recovered, *, packs: bool = False) -> bool:
    if SESSION not in recovered.was or not relief.host.recover(packs=packs):
        return False
    relief.window.show_guide()
    return True
