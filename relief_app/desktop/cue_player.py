"""Hears a session and plays what belongs to its events; nobody else decides what of it is heard."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from relief_app.core.events import Event, Phase
from relief_app.desktop.session_driver import SessionDriver
from relief_app.desktop.sound_cues import Hearing, hearing, sound_of

WAKE_MS = 1_200
"""So long before the next moment of a session the sound device is woken: it sleeps while nothing sounds, and
on a busy machine it can take a second to open."""


class CuePlayer(QObject):
    """Plays before anybody paints: what is seen a moment late is forgiven, what is heard late is not.

    `play` plays a sound by its name, now; `wake` readies what plays for the next one.
    """

    played = Signal(str)
    """The name of a sound, after its event was told to everybody."""

    def __init__(
        self,
        driver: SessionDriver,
        play: Callable[[str], None],
        wake: Callable[[], None],
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self._driver, self._play = driver, play
        self._late: str | None = None
        self._told: deque[tuple[Event, str]] = deque()
        self._waking = QTimer(self)
        self._waking.setSingleShot(True)
        self._waking.setObjectName("waking")
        self._waking.timeout.connect(wake)
        driver.due.connect(self.hear)
        driver.happened.connect(self._tell)
        driver.dropped.connect(self._waking.stop)

    def hear(self, event: Event) -> None:
        """Play the sound of `event`. After a hold-up cues come all at once: of those the last is heard."""
        self._wait_to_wake()
        sound = sound_of(event)
        if sound is None:
            return
        when = hearing(sound, self._driver.late_ms(event))
        if when is Hearing.NOW:
            self._play(sound)
            self._told.append((event, sound))
        elif when is Hearing.LAST:
            if self._late is None:
                QTimer.singleShot(0, self, self._play_late)
            self._late = sound

    def catch_up(self) -> None:
        """A session that began with the window got ready before anyone could hear it."""
        event = self._driver.phase_now()
        if event is not None and event.phase is Phase.GET_READY:
            self.chime("get_ready")
        self._wait_to_wake()

    def chime(self, sound: str) -> None:
        """Play `sound`, which belongs to no event."""
        self._play(sound)
        self.played.emit(sound)

    def _wait_to_wake(self) -> None:
        due_ms = self._driver.due_in_ms()
        if due_ms is None:
            self._waking.stop()
        else:
            self._waking.start(max(due_ms - WAKE_MS, 0))

    def _play_late(self) -> None:
        sound, self._late = self._late, None
        if sound is not None:
            self.chime(sound)

    def _tell(self, event: Event) -> None:
        while self._told and self._told[0][0] is event:
            self.played.emit(self._told.popleft()[1])
