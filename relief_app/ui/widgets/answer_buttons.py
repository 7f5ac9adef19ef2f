"""Buttons that answer something that matters: never by the second half of a double click."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.touch_button import TouchButton, Weight

HOLD_MS = 1_000
"""How long Enter is held to answer an alarm."""

_ENTER = (Qt.Key.Key_Return, Qt.Key.Key_Enter)


class AnswerButton(TouchButton):
    """A double click that began on the page before would answer this one unread."""

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """Nothing."""
        event.accept()


class HeldButton(AnswerButton):
    """Pressed by the pointer, or by its page's Enter held for a second; no other key reaches it."""

    def __init__(self, name: str, text: str, hint: str, parent: QWidget) -> None:
        super().__init__(name, text, weight=Weight.PRIMARY, hint=hint, parent=parent)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._held = QTimer(self)
        self._held.setSingleShot(True)
        self._held.setInterval(HOLD_MS)
        self._held.timeout.connect(self.click)

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Begin to hold where `event` presses Enter anew; True where it was Enter at all."""
        if event.key() not in _ENTER:
            self.let_go()
            return False
        if not event.isAutoRepeat() and event.modifiers() in _PLAIN:
            self.setDown(True)
            self._held.start()
        return True

    def key_released(self, event: QKeyEvent) -> None:
        """Enter let go before its time answers nothing."""
        if event.key() in _ENTER and not event.isAutoRepeat():
            self.let_go()

    def let_go(self) -> None:
        """Forget a key that is held."""
        if self._held.isActive():
            self._held.stop()
            self.setDown(False)

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen is not held."""
        self.let_go()
        super().hideEvent(event)


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
