"""Tab goes as the eye goes: band by band from the top, within a band from the left.

Pages are laid out anew for every size of window, so the order is found from where things stand.
"""

from collections.abc import Callable, Iterable, Iterator

from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtWidgets import QAbstractScrollArea, QApplication, QWidget

Placed = tuple[QRect, QWidget]
TOUCHING = 2
"""Neighbours may overlap by so many pixels and still stand beside each other."""


def move_focus(window: QWidget, *, forward: bool) -> bool:
    """Give the keyboard to what comes next, or before; round at the ends. False where there is nothing."""
    ring = stops(window)
    if not ring:
        return False
    now = QApplication.focusWidget()
    at = ring.index(now) if now in ring else (-1 if forward else 0)
    reason = Qt.FocusReason.TabFocusReason if forward else Qt.FocusReason.BacktabFocusReason
    ring[(at + (1 if forward else -1)) % len(ring)].setFocus(reason)
    return True


def stops(window: QWidget) -> list[QWidget]:
    """What takes the keyboard by Tab, in order: a page before what stands on it."""
    return list(_walk(window))


def _walk(parent: QWidget) -> Iterator[QWidget]:
    for child in in_reading_order((_place(each), each) for each in _children(parent)):
        if _takes_focus(child):
            yield child
        yield from _walk(child)


def _children(parent: QWidget) -> Iterator[QWidget]:
    for child in parent.children():
        if isinstance(child, QWidget) and child.isVisible() and not child.isWindow():
            yield child


def _place(widget: QWidget) -> QRect:
    return QRect(widget.mapTo(widget.window(), QPoint()), widget.size())


def _takes_focus(widget: QWidget) -> bool:
    by_tab = widget.focusPolicy().value & Qt.FocusPolicy.TabFocus.value
    return bool(by_tab) and widget.isEnabled() and not isinstance(widget, QAbstractScrollArea)


def in_reading_order(placed: Iterable[Placed]) -> list[QWidget]:
    """Cut into bands where nothing crosses the cut, these into columns, and so on."""
    parts = [each for each in placed if not each[0].isEmpty()]
    if len(parts) < 2:
        return [widget for _, widget in parts]
    for begin, end in ((QRect.top, QRect.bottom), (QRect.left, QRect.right)):
        groups = _cut(parts, begin, end)
        if len(groups) > 1:
            return [widget for group in groups for widget in in_reading_order(group)]
    return [widget for _, widget in sorted(parts, key=lambda each: (each[0].top(), each[0].left()))]


def _cut(
    parts: list[Placed], begin: Callable[[QRect], int], end: Callable[[QRect], int]
) -> list[list[Placed]]:
    """Groups that one line after another parts, in order."""
    groups: list[list[Placed]] = []
    reached = 0
    for each in sorted(parts, key=lambda part: begin(part[0])):
        if not groups or begin(each[0]) > reached - TOUCHING:
            groups.append([])
            reached = end(each[0])
        groups[-1].append(each)
        reached = max(reached, end(each[0]))
    return groups
