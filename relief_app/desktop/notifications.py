"""The desktop notification that says what the window says, for whoever looks elsewhere."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from relief_app.desktop import notice as notices
from relief_app.desktop.notice import Notice

if TYPE_CHECKING:
    from jeepney import Message

    from relief_app.desktop.bus import SessionBus


class NotificationProblem(StrEnum):
    """Why no notification is shown."""

    NO_BUS = "no_session_bus"
    NO_SERVICE = "no_notification_service"


class Notifications(QObject):
    """One notification on the desktop, replaced in place and taken away again.

    Nothing here waits or raises: a missing bus or service is told to `on_problem`, once each. The bus is
    connected with the first notification, and again with the next one after it was lost.
    """

    activated = Signal()
    """Somebody clicked on the notification."""

    def __init__(
        self,
        on_problem: Callable[[NotificationProblem], None] | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._on_problem = on_problem
        self._said: set[NotificationProblem] = set()
        self._bus: SessionBus | None = None
        self._wanted: Notice | None = None
        self._sent: Notice | None = None
        self._shown = 0
        self._is_sending = False

    @property
    def is_connected(self) -> bool:
        """Whether there is a bus to show anything through, as far as is known."""
        return self._bus is not None and self._bus.is_open

    def notify(self, title: str, body: str, *, critical: bool = False) -> bool:
        """Show this, in place of what is shown; False where there is no bus to show it through.

        `critical`: it passes do-not-disturb and stays until `withdraw`. `title` and `body` are plain text
        without angle brackets and ampersands: some services take them for markup.
        """
        self._wanted = Notice(title, body, critical, self.tr("Open Relief"))
        self._sent = None
        if not self._connect():
            return False
        self._settle()
        return True

    def withdraw(self) -> None:
        """Take the notification away, also one that is only about to be shown."""
        self._wanted = None
        self._settle()

    def close(self) -> None:
        """Take the notification away and leave the bus; may be called again."""
        self.withdraw()
        self._leave()

    def _connect(self) -> bool:
        """Whether there is a bus; a lost one took along what it showed."""
        if self.is_connected:
            return True
        from relief_app.desktop.bus import SessionBus

        self._leave()
        bus = SessionBus(self)
        bus.open()
        if not bus.is_open:
            bus.deleteLater()
            self._say(NotificationProblem.NO_BUS)
            return False
        bus.heard.connect(self._hear)
        bus.call(notices.listen())
        self._bus = bus
        return True

    def _leave(self) -> None:
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.close()
            bus.deleteLater()
        self._shown, self._is_sending = 0, False

    def _settle(self) -> None:
        """Bring the desktop closer to what is wanted; one call at a time, for only the answer has the id."""
        if self._bus is None or not self._bus.is_open or self._is_sending:
            return
        if self._wanted is None:
            if self._shown:
                self._bus.call(notices.close(self._shown))
            self._shown, self._sent = 0, None
        elif self._sent is not self._wanted:
            self._sent, self._is_sending = self._wanted, True
            self._bus.call(notices.show(self._wanted, self._shown), self._take_id)

    def _take_id(self, reply: Message | None) -> None:
        self._is_sending = False
        if self._bus is None:
            return  # given up by us, not lost
        shown = notices.shown_id(reply)
        if shown is not None:
            self._shown = shown
        else:
            self._say(NotificationProblem.NO_BUS if reply is None else NotificationProblem.NO_SERVICE)
        self._settle()

    def _hear(self, message: Message) -> None:
        heard = notices.heard(message)
        if heard is None or heard.id != self._shown or not self._shown:
            return
        if heard.closed:
            self._shown = 0
        else:
            self.activated.emit()

    def _say(self, problem: NotificationProblem) -> None:
        if self._on_problem is not None and problem not in self._said:
            self._said.add(problem)
            self._on_problem(problem)
