"""What an alarm of a pack does beside the window: it rings and notifies until the pack is off."""

from typing import Protocol

from PySide6.QtCore import QObject

from relief_app.core import exposure
from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import PackReason
from relief_app.desktop.alarm_words import alarm_reason, take_it_off, where


class Rings(Protocol):
    """What rings. Fits `AlarmSound`."""

    def start(self) -> None:
        """Ring; goes on where it rings already."""
        ...

    def stop(self) -> None:
        """Fall silent."""
        ...


class Tells(Protocol):
    """What shows a notification. Fits `Notifications`."""

    def notify(self, title: str, body: str, *, critical: bool) -> bool:
        """Show it, in place of the one before; False where that cannot be."""
        ...

    def withdraw(self) -> None:
        """Take it away."""
        ...


class ExposureAlarm(QObject):
    """A listener to the events of `core.exposure`; neither mute nor do-not-disturb stands in its way."""

    def __init__(self, sound: Rings, notifications: Tells, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._sound, self._notifications = sound, notifications
        self._told: tuple[Kind, Leg] | None = None

    @property
    def is_on(self) -> bool:
        """Whether the alarm stands."""
        return self._told is not None

    def hear(self, event: exposure.ExposureEvent) -> None:
        """Follow what happens to the pack; one that comes back with its alarm standing rings at once."""
        match event:
            case exposure.ExposureAlarm():
                self.begin(event.kind, event.leg, event.reason)
            case exposure.ExposureResumed(reason=PackReason() as reason):
                self.begin(event.kind, event.leg, reason)
            case exposure.ExposureStarted() | exposure.ExposureEnded():
                self.end()

    def begin(self, kind: Kind, leg: Leg, reason: PackReason) -> None:
        """The pack has to come off; said again it changes nothing, but for another pack or leg."""
        self._sound.start()
        if self._told == (kind, leg):
            return
        self._told = (kind, leg)
        body = f"{where(kind, leg)}\n{alarm_reason(reason)}"
        self._notifications.notify(take_it_off(), body, critical=True)

    def end(self) -> None:
        """The pack is off."""
        if self._told is not None:
            self._told = None
            self._sound.stop()
            self._notifications.withdraw()
