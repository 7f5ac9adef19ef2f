"""Buttons that answer something that matters: never by the second half of a double click."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.held_key import HeldKey, Repeats
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
        self._repeats = Repeats()
        self._held = HeldKey(HOLD_MS, self)
        self._held.held.connect(self.click)
        self._held.gone.connect(lambda: self.setDown(False))

    def key_pressed(self, event: QKeyEvent) -> bool:
        """Begin to hold where `event` presses Enter anew; True where it was Enter at all."""
        if event.key() not in _ENTER:
            self.let_go()
            return False
        if event.modifiers() in _PLAIN:
            self._held.press(repeated=self._repeats.is_repeated(event))
            self.setDown(self._held.is_waiting)
        return True

    def key_released(self, event: QKeyEvent) -> None:
        """Enter let go before its time answers nothing."""
        self._repeats.note_release(event)
        if event.key() in _ENTER and not event.isAutoRepeat():
            self._held.release()

    def let_go(self) -> None:
        """Forget a key that is held."""
        self._held.forget()

    def hideEvent(self, event: QHideEvent) -> None:
        """What is not seen is not held."""
        self.let_go()
        super().hideEvent(event)


_PLAIN = (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
