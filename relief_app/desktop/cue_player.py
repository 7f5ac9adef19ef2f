"""Hears a session and plays what belongs to its events; nobody else decides what of it is heard."""

from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer

from relief_app.core.events import Event, Phase
from relief_app.desktop.session_driver import SessionDriver
from relief_app.desktop.sound_cues import Hearing, hearing, sound_of


class CuePlayer(QObject):
    """A listener to a session. `play` plays a sound by its name, now."""

    def __init__(
        self, driver: SessionDriver, play: Callable[[str], None], parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._driver, self._play = driver, play
        self._late: str | None = None
        driver.happened.connect(self.hear)

    def hear(self, event: Event) -> None:
        """Follow the session. After a hold-up its cues come all at once: of those the last is heard."""
        sound = sound_of(event)
        if sound is None:
            return
        when = hearing(sound, self._driver.late_ms(event))
        if when is Hearing.NOW:
            self._play(sound)
        elif when is Hearing.LAST:
            if self._late is None:
                QTimer.singleShot(0, self, self._play_late)
            self._late = sound

    def catch_up(self) -> None:
        """A session that began with the window got ready before anyone could hear it."""
        event = self._driver.phase_now()
        if event is not None and event.phase is Phase.GET_READY:
            self._play("get_ready")

    def _play_late(self) -> None:
        sound, self._late = self._late, None
        if sound is not None:
            self._play(sound)
