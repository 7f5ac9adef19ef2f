"""Screen readers keep what they were once told: whatever is called otherwise by now is told to them anew.

Qt does so for what is set on a widget; names and descriptions that are looked up when asked for are ours.
"""

from typing import Protocol
from weakref import WeakSet

from PySide6.QtGui import QAccessible, QAccessibleEvent
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

Text, Event = QAccessible.Text, QAccessible.Event
KINDS = {Text.Name: Event.NameChanged, Text.Description: Event.DescriptionChanged}


class Asked(Protocol):
    """Somebody who was asked by a screen reader, and remembers what was answered."""

    answered: dict[QAccessible.Text, str]

    def isValid(self) -> bool:
        """Whether the widget lives."""
        ...

    def widget(self) -> QWidget:
        """Whom it is about."""
        ...

    def text(self, kind: QAccessible.Text) -> str:
        """What it answers now."""
        ...


_asked: "WeakSet[Asked]" = WeakSet()


def remember(asked: Asked, kind: QAccessible.Text, text: str) -> None:
    """Note that `asked` answered `text`."""
    if kind in KINDS:
        asked.answered[kind] = text
        _asked.add(asked)


def tell_anew() -> None:
    """Tell of everything on screen that would be answered otherwise now."""
    for asked in list(_asked):
        if not isValid(asked) or not asked.isValid():
            _asked.discard(asked)
            continue
        if not asked.widget().isVisible():
            continue
        for kind, was in list(asked.answered.items()):
            if asked.text(kind) != was:
                QAccessible.updateAccessibility(QAccessibleEvent(asked.widget(), KINDS[kind]))
