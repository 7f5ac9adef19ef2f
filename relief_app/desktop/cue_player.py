"""The sounds of a session: hears it, decides what is heard and how loud, and says what was played."""

from collections import deque
from collections.abc import Callable

from PySide6.QtCore import QObject, QTimer, Signal

from relief_app.core.events import Event, Phase
from relief_app.core.preferences import Settings
from relief_app.desktop.night_level import NightLevel
from relief_app.desktop.session_driver import SessionDriver
from relief_app.desktop.sound import Gain, SoundPlayer
from relief_app.desktop.sound_cues import Hearing, SoundKind, hearing, kind_of, sound_of


class CuePlayer(QObject):
    """Plays before anybody paints: what is seen a moment late is forgiven, what is heard late is not.

    `is_night` says whether cues begin at a whisper; an alarm never does.
    """

    played = Signal(str, bool)
    """The name of a sound and whether it was muted, after its event was told to everybody."""

    def __init__(
        self, driver: SessionDriver, player: SoundPlayer, is_night: Callable[[], bool], parent: QObject
    ) -> None:
        super().__init__(parent)
        self._driver, self._player = driver, player
        self._levels = {kind: NightLevel(is_night) for kind in (SoundKind.CUE, SoundKind.TICK)}
        self._alarm_volume = 1.0
        self._late: str | None = None
        self._told: deque[tuple[Event, str]] = deque()
        driver.due.connect(self.hear)
        driver.happened.connect(self._tell)

    def use(self, settings: Settings, *, muted: bool) -> None:
        """As loud as this from now on, or silent."""
        self._levels[SoundKind.CUE].volume = settings.volume
        self._levels[SoundKind.TICK].volume = settings.tick_volume
        self._alarm_volume = settings.alarm_volume
        self._player.muted = muted

    def hear(self, event: Event) -> None:
        """Play the sound of `event`. After a hold-up cues come all at once: of those the last is heard."""
        sound = sound_of(event)
        if sound is None:
            return
        when = hearing(sound, self._driver.late_ms(event))
        if when is Hearing.NOW:
            self.play(sound)
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

    def play(self, sound: str) -> None:
        """Play `sound` as loud as its kind is."""
        self._player.play(sound, gain=self._gain(sound))

    def chime(self, sound: str) -> None:
        """Play `sound`, which belongs to no event."""
        self.play(sound)
        self._say(sound)

    def _gain(self, sound: str) -> Gain:
        level = self._levels.get(kind_of(sound))
        return self._alarm_volume if level is None else level.gain

    def _play_late(self) -> None:
        sound, self._late = self._late, None
        if sound is not None:
            self.chime(sound)

    def _tell(self, event: Event) -> None:
        while self._told and self._told[0][0] is event:
            self._say(self._told.popleft()[1])

    def _say(self, sound: str) -> None:
        self.played.emit(sound, self._player.muted)
