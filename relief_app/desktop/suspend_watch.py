"""Hears from logind that the computer is about to be suspended, and that it woke.

Where there is no system bus or no logind nothing is heard; then the driver's own look at the clocks does.
"""

from jeepney import Message
from PySide6.QtCore import QObject, Signal

from relief_app.desktop import logind
from relief_app.desktop.bus import SystemBus


class SuspendWatch(QObject):
    """Listens on `bus` for as long as that is open."""

    about_to_sleep = Signal()
    woke = Signal()

    def __init__(self, bus: SystemBus, parent: QObject | None = None) -> None:
        super().__init__(parent)
        bus.heard.connect(self._on_signal)
        bus.call(logind.tell_of_sleep())

    def _on_signal(self, message: Message) -> None:
        asleep = logind.falls_asleep(message)
        if asleep is not None:
            (self.about_to_sleep if asleep else self.woke).emit()
