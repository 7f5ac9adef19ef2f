"""Writes the running session down at every transition, so that a killed app comes back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from relief_app.core.events import Countdown, Counted, Event, Halfway, SessionEnded
from relief_app.desktop.session_host import SessionHost
from relief_app.ports import JournalEntry, JournalStore, NotKept

HEARTBEAT_MS = 5_000
"""Between transitions the time held is noted this often: so much at most is held twice after a crash.

A timer stands still while the computer is suspended; so much later at most the suspension is noticed where
nobody tells of it.
"""


class JournalKeeper(QObject):
    """Listens to a host's driver and keeps its session; says once where it cannot."""

    def __init__(
        self,
        host: SessionHost,
        journal: JournalStore,
        say: Callable[[NotKept], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._host, self._journal, self._say = host, journal, say
        self._said = False
        self._beat = QTimer(self)
        self._beat.setInterval(HEARTBEAT_MS)
        self._beat.timeout.connect(self._on_beat)
        host.driver.happened.connect(self._on_event)
        host.leaving.connect(self.keep)
        self.keep()

    def keep(self) -> None:
        """Write the session down as it stands now."""
        entry = self._host.entry()
        if entry is None:
            self._beat.stop()
            return
        self._write(entry)
        self._beat.start()

    def _on_beat(self) -> None:
        self._host.driver.advance()
        self.keep()

    def _write(self, entry: JournalEntry) -> None:
        try:
            self._journal.save(entry)
        except NotKept as problem:
            if not self._said:
                self._said = True
                self._say(problem)

    def _on_event(self, event: Event) -> None:
        if isinstance(event, SessionEnded):
            self._beat.stop()
            self._host.forget()
        elif not isinstance(event, Countdown | Counted | Halfway):
            self.keep()
