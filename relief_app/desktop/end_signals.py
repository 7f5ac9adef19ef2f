"""Lets SIGTERM, SIGINT and SIGHUP end the program in order, so that what runs is kept.

Made before the window is shown: from the first picture on nobody can end the program any other way.
"""

import os
import signal

from PySide6.QtCore import QObject, QSocketNotifier, Signal

ENDING = tuple(getattr(signal, name) for name in ("SIGTERM", "SIGINT", "SIGHUP") if hasattr(signal, name))
_PIPE_FULL = 64


class EndSignals(QObject):
    """Turns the system's wish that the program ends into a Qt signal."""

    asked_to_end = Signal()

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._ends = os.pipe()
        for end in self._ends:
            os.set_blocking(end, False)
        signal.set_wakeup_fd(self._ends[1])
        self._before = {number: signal.signal(number, lambda *_: None) for number in ENDING}
        # A pipe wakes the event loop; Python's own handlers run only between two lines of Python.
        self._notifier = QSocketNotifier(self._ends[0], QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._on_signal)

    def close(self) -> None:
        """Give the signals back to whoever had them."""
        self._notifier.setEnabled(False)
        signal.set_wakeup_fd(-1)
        for number, before in self._before.items():
            signal.signal(number, before)
        for end in self._ends:
            os.close(end)

    def _on_signal(self) -> None:
        os.read(self._ends[0], _PIPE_FULL)
        self.asked_to_end.emit()
