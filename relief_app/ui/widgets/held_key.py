"""Keys that are held, and what a key does that is held: it repeats itself.

X11 tells of a repetition as let go and at once pressed again. Qt marks what it recognises of that as
repeated; the rest arrives as it was told (seen on Xvfb with every repetition).
"""

from PySide6.QtCore import QEvent, QObject, QTimer, Signal
from PySide6.QtGui import QKeyEvent

LET_GO_MS = 120
"""A key that was let go so long ago is up: later than this no program hears of a repetition's second half."""
AT_ONCE_MS = 15
"""No finger presses a key again this soon, by the display's own clock."""


class Repeats:
    """Tells the repetitions of a key from a finger that presses it again."""

    def __init__(self) -> None:
        self._key, self._released_ms = 0, 0

    def note_release(self, event: QKeyEvent) -> None:
        """A key was let go, or is being repeated."""
        self._key, self._released_ms = event.key(), event.timestamp()

    def is_repeated(self, event: QKeyEvent) -> bool:
        """Whether `event` is a key pressed by nobody: it is held. An event without a time is somebody's."""
        passed = event.timestamp() - self._released_ms if event.timestamp() else AT_ONCE_MS
        return event.isAutoRepeat() or (event.key() == self._key and passed < AT_ONCE_MS)

    def follow(self, event: QKeyEvent) -> bool:
        """Note `event`, pressed or let go; True for a repetition."""
        if event.type() == QEvent.Type.KeyRelease:
            self.note_release(event)
            return False
        return self.is_repeated(event)


class HeldKey(QObject):
    """Tells once when a key was held for its time, and takes no repetition for a finger that let go."""

    held = Signal()
    gone = Signal()
    """The key is up, or nobody can know."""

    def __init__(self, hold_ms: int, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._is_down = self._is_over = False
        self._hold = self._single_shot(hold_ms)
        self._hold.timeout.connect(self._end)
        self._let_go = self._single_shot(LET_GO_MS)
        self._let_go.timeout.connect(self.forget)

    @property
    def is_waiting(self) -> bool:
        """True while the key is down and its time is not over."""
        return self._is_down and not self._is_over

    def press(self, *, repeated: bool = False) -> None:
        """The key was pressed, or repeats itself; one that was down before this began does not count."""
        again = self._let_go.isActive()
        self._let_go.stop()
        if not self._is_down:
            self._is_down = not repeated
            if self._is_down:
                self._hold.start()
        elif again and not self._is_over and not self._hold.isActive():
            self._end()

    def release(self) -> None:
        """The key was let go, or repeats itself: that shows in a moment."""
        if self._is_down:
            self._let_go.start()

    def forget(self) -> None:
        """The key is up, or nobody can know."""
        self._hold.stop()
        self._let_go.stop()
        self._is_down = self._is_over = False
        self.gone.emit()

    def _single_shot(self, after_ms: int) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        return timer

    def _end(self) -> None:
        """Its time is over; but a key that was let go just now was not held to the end."""
        if not self._let_go.isActive():
            self._is_over = True
            self.held.emit()
