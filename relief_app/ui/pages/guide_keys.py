"""The keys of the Guide page, presentation clickers included.

Clickers send PageDown and PageUp, F5 to begin a show, and a full stop or B for a black screen.
"""

from enum import StrEnum

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent


class GuideKey(StrEnum):
    """What a key does."""

    MAIN = "main"
    PAUSE = "pause"
    NEXT = "next"
    BACK = "back"
    LONGER = "longer"
    SHORTER = "shorter"
    LEG = "leg"
    LEAVE = "leave"
    FULL = "full"
    MUTE = "mute"
    NIGHT = "night"
    HELP = "help"
    WRONG = "wrong"


_KEYS = {
    Qt.Key.Key_Space: GuideKey.MAIN,
    Qt.Key.Key_F5: GuideKey.MAIN,
    Qt.Key.Key_Period: GuideKey.MAIN,
    Qt.Key.Key_B: GuideKey.MAIN,
    Qt.Key.Key_P: GuideKey.PAUSE,
    Qt.Key.Key_Right: GuideKey.NEXT,
    Qt.Key.Key_Return: GuideKey.NEXT,
    Qt.Key.Key_Enter: GuideKey.NEXT,
    Qt.Key.Key_PageDown: GuideKey.NEXT,
    Qt.Key.Key_Left: GuideKey.BACK,
    Qt.Key.Key_PageUp: GuideKey.BACK,
    Qt.Key.Key_Plus: GuideKey.LONGER,
    Qt.Key.Key_Equal: GuideKey.LONGER,
    Qt.Key.Key_Minus: GuideKey.SHORTER,
    Qt.Key.Key_L: GuideKey.LEG,
    Qt.Key.Key_Escape: GuideKey.LEAVE,
    Qt.Key.Key_F: GuideKey.FULL,
    Qt.Key.Key_F11: GuideKey.FULL,
    Qt.Key.Key_M: GuideKey.MUTE,
    Qt.Key.Key_N: GuideKey.NIGHT,
    Qt.Key.Key_Question: GuideKey.HELP,
    Qt.Key.Key_F1: GuideKey.HELP,
    Qt.Key.Key_W: GuideKey.WRONG,
}


def guide_key(event: QKeyEvent) -> GuideKey | None:
    """What `event` asks for, or None; keys with Ctrl or Alt belong to the system."""
    held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
    return None if held else _KEYS.get(Qt.Key(event.key()))
