"""The page of the bedside mode: black, and any key or click asks for relief."""

import time
from collections.abc import Callable

from PySide6.QtCore import QLocale, QRect, Qt, QTime, QTimer, Signal
from PySide6.QtGui import (
    QFocusEvent,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.held_key import HeldKey, Repeats
from relief_app.ui.widgets.themed import Themed, text_scale

HINT_MS = 12_000
"""So long the words stand; then only the clock is left."""
HOLD_MS = 1_000
MINUTE_MS = 60_000
MARGIN = 24
SHARES = (0.14, 0.1, 0.3)
"""Of the page's height: what a key does, how to leave, and what else there is to say."""
STEPS_ACROSS, STEPS_DOWN = 41, 29
"""Minutes the clock takes from edge to edge: both are prime, so that it hardly comes to the same place."""

NOT_ALONE = frozenset(
    {
        Qt.Key.Key_Shift,
        Qt.Key.Key_Control,
        Qt.Key.Key_Alt,
        Qt.Key.Key_AltGr,
        Qt.Key.Key_Meta,
        Qt.Key.Key_Super_L,
        Qt.Key.Key_Super_R,
        Qt.Key.Key_Hyper_L,
        Qt.Key.Key_Hyper_R,
        Qt.Key.Key_WakeUp,
    }
)
"""Keys that do nothing by themselves; "wake up" is what many a laptop says for Fn."""


class BedsidePage(Themed):
    """Waits. Nothing moves but a dim clock, a little once a minute, so that no place on the screen wears."""

    relief_wanted = Signal()
    left = Signal()

    def __init__(self, wall_s: Callable[[], float] = time.time, parent: QWidget | None = None) -> None:
        """`wall_s` is the time of day in Unix seconds."""
        super().__init__(parent)
        self.setObjectName("bedside_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._wall_s = wall_s
        self._notices: list[str] = []
        self._clock = CueLabel("bedside_clock_label", role="line", parent=self)
        self._how = CueLabel("bedside_hint_label", bold=True, parent=self)
        self._how.setText(self.tr("Any key starts relief."))
        self._leaving = CueLabel("bedside_leave_label", role="muted", parent=self)
        self._leaving.setText(self.tr("Hold Esc to leave."))
        self._notice = CueLabel("bedside_notice_label", role="muted", parent=self)
        self.setAccessibleName(f"{self._how.text()} {self._leaving.text()}")
        self._words = (self._how, self._leaving, self._notice)
        self._hint_over = self._single_shot(HINT_MS, self._hide_hint)
        self._minute = self._single_shot(MINUTE_MS, self._tick)
        self._minute.setTimerType(Qt.TimerType.VeryCoarseTimer)
        self._escape = HeldKey(HOLD_MS, self)
        self._escape.held.connect(self.left.emit)
        self._repeats = Repeats()

    # What it shows

    def begin(self) -> None:
        """Say how it works, without what was said another night."""
        self._notices = []
        self.show_hint()

    def say(self, line: str) -> None:
        """Show one line for a while, and again with the hint."""
        self._notices.append(line)
        self.show_hint()

    def show_hint(self) -> None:
        """Say for a while what a key does."""
        self._notice.setText("\n".join(self._notices))
        for label in self._words:
            label.show()
        self._clock.hide()
        self._hint_over.start()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Any key brings relief; Esc has to be held to leave."""
        event.accept()
        repeated = self._repeats.is_repeated(event)
        if event.key() == Qt.Key.Key_Escape:
            self.show_hint()
            self._escape.press(repeated=repeated)
        elif not repeated and event.key() not in NOT_ALONE:
            self.relief_wanted.emit()

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Esc let go before its time leaves nothing."""
        event.accept()
        self._repeats.note_release(event)
        if event.key() == Qt.Key.Key_Escape and not event.isAutoRepeat():
            self._escape.release()

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Any button, or a finger."""
        self.relief_wanted.emit()

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        """The second half of the click that led here asks for nothing."""

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Somebody is there and may wonder."""
        self.show_hint()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """There is nothing to go to: Tab is a key like any other."""
        return False

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is let go elsewhere is held no longer."""
        self._escape.forget()
        super().focusOutEvent(event)

    def showEvent(self, event: QShowEvent) -> None:
        """The clock goes while it is seen."""
        self._tick()

    def hideEvent(self, event: QHideEvent) -> None:
        """No timers for nobody."""
        for timer in (self._hint_over, self._minute):
            timer.stop()
        self._escape.forget()
        self._repeats = Repeats()
        self._hide_hint()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        self._place_clock()
        width = min(self.width() - 2 * MARGIN, round(1100 * text_scale()))
        left, top = (self.width() - width) // 2, round(self.height() * 0.3)
        size = min(max(self.height() * 0.05, 24.0), 56.0)
        for label, largest, share in zip(self._words, (size, size * 0.7, size * 0.6), SHARES, strict=True):
            high = round(self.height() * share)
            label.set_largest(largest)
            label.setGeometry(left, top, width, high)
            top += high

    def paintEvent(self, event: QPaintEvent) -> None:
        """Black."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.black)
        painter.end()

    # How it works inside

    def _single_shot(self, after_ms: int, action: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(action)
        return timer

    def _hide_hint(self) -> None:
        for label in self._words:
            label.hide()
        self._clock.show()

    def _tick(self) -> None:
        """Show the time of day, whatever became of the system's clock, and look again in the next minute."""
        now_s = self._wall_s()
        now = time.localtime(now_s)
        self._clock.setText(
            QLocale().toString(QTime(now.tm_hour, now.tm_min), QLocale.FormatType.ShortFormat)
        )
        self._place_clock()
        self._minute.start(MINUTE_MS - round(now_s * 1000) % MINUTE_MS)

    def _place_clock(self) -> None:
        minute = int(self._wall_s() // 60)
        high = round(min(max(self.height() * 0.07, 28.0), 72.0))
        self._clock.set_largest(high * 0.7)
        room = self.rect().adjusted(MARGIN, MARGIN, -MARGIN - 4 * high, -MARGIN - high)
        self._clock.setGeometry(QRect(*clock_place(room, minute), 4 * high, high))


def clock_place(room: QRect, minute: int) -> tuple[int, int]:
    """Where the clock's corner is in `room` at `minute` (since 1970): to and fro, and up and down."""
    across, down = _to_and_fro(minute, STEPS_ACROSS), _to_and_fro(minute, STEPS_DOWN)
    return room.x() + round(across * room.width()), room.y() + round(down * room.height())


def _to_and_fro(minute: int, steps: int) -> float:
    """From 0 to 1 in `steps` minutes, and back."""
    return 1.0 - abs(minute % (2 * steps) - steps) / steps
