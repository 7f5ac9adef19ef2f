"""Suspension, screen and lid while a session runs, a pack is on the skin or the bedside mode waits.

All that talks to the system is imported when it is first needed, and a moment later than that: the first
pictures of a cramp go before.
"""

from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QObject, QTimer, Signal

from relief_app.core.session_state import State
from relief_app.desktop.session_driver import SessionDriver

if TYPE_CHECKING:
    from relief_app.desktop.bus import SystemBus
    from relief_app.desktop.lid_guard import LidGuard
    from relief_app.desktop.stay_awake import StayAwake

SOON_MS = 500
"""How long after the first need the system is asked."""


class Needs(NamedTuple):
    """What has to be looked after now."""

    watch: bool = False
    """Suspension."""
    awake: bool = False
    """Screen and system."""
    lid: bool = False


class Wakefulness(QObject):
    """Follows a driver, `set_pack` and `set_bedside`."""

    about_to_sleep = Signal()
    """The last moment to write things down."""
    woke = Signal()
    """Every timer is late now: look at the clocks."""
    lid_refused = Signal()
    """A pack is on and the lid is not held: it has to be left open, and a second timer set."""
    awake_refused = Signal()
    """The bedside mode is on, and nobody here keeps screen and system awake."""
    _refused = Signal()

    def __init__(self, driver: SessionDriver, why_lid: str, parent: QObject | None = None) -> None:
        """`why_lid` is shown by the system to whoever asks what holds the lid."""
        super().__init__(parent)
        self._driver, self._why_lid = driver, why_lid
        self._pack_is_on = self._bedside = False
        self.nobody_keeps_it_awake = False
        """True where screen and system are to be kept awake and everybody refuses."""
        self._met = Needs()
        self._bus: SystemBus | None = None
        self._awake: StayAwake | None = None
        self._lid: LidGuard | None = None
        self._soon = QTimer(self)
        self._soon.setSingleShot(True)
        self._soon.setInterval(SOON_MS)
        self._soon.timeout.connect(self._begin)
        driver.happened.connect(self._look)
        driver.dropped.connect(self._look)
        self._refused.connect(self._note_refused)
        self._look()

    @property
    def lid_is_refused(self) -> bool:
        """True while the page of a pack has to say that the lid must stay open."""
        return self._lid is not None and self._lid.is_refused

    def set_pack(self, *, on: bool) -> None:
        """A pack is on the skin, or it is off."""
        self._pack_is_on = on
        self._look()

    def set_bedside(self, *, on: bool) -> None:
        """The bedside mode is on, or it was left."""
        self._bedside = on
        self._look()
        if on and self.nobody_keeps_it_awake:
            self.awake_refused.emit()

    def close(self) -> None:
        """Let go of everything."""
        self._soon.stop()
        self._meet(Needs())
        if self._awake is not None:
            self._awake.close()

    def _look(self) -> None:
        """What is no longer needed ends at once; what is needed begins a moment later."""
        needs = self._needs()
        if needs.watch and self._bus is None:
            if not self._soon.isActive():
                self._soon.start()
        else:
            self._soon.stop()
            self._meet(needs)

    def _begin(self) -> None:
        self._meet(self._needs())

    def _needs(self) -> Needs:
        """A session that stands still needs no screen, unless its alarm is still to come."""
        session, pack = self._driver.session, self._pack_is_on
        if session is None or session.state is State.FINISHED:
            return Needs(watch=pack, awake=pack or self._bedside, lid=pack)
        stands_still = session.state is State.PAUSED and session.next_deadline() is None
        return Needs(watch=True, awake=pack or self._bedside or not stands_still, lid=pack)

    def _meet(self, needs: Needs) -> None:
        if needs == self._met:
            return
        before, self._met = self._met, needs
        if needs.watch and self._bus is None:
            self._open_bus()
        if needs.lid != before.lid:
            self._hold_lid(on=needs.lid)
        if needs.awake != before.awake:
            self._keep_awake(on=needs.awake)
        if not needs.watch:
            self._close_bus()

    def _open_bus(self) -> None:
        from relief_app.desktop.bus import SystemBus
        from relief_app.desktop.suspend_watch import SuspendWatch

        self._bus = SystemBus(self)
        self._bus.open()
        watch = SuspendWatch(self._bus, self._bus)
        watch.about_to_sleep.connect(self.about_to_sleep)
        watch.woke.connect(self.woke)

    def _close_bus(self) -> None:
        if self._bus is not None:
            self._bus.close()
            self._bus.deleteLater()
            self._bus = None

    def _hold_lid(self, *, on: bool) -> None:
        from relief_app.desktop.lid_guard import LidGuard, has_lid

        if on and self._bus is not None and has_lid():
            self._lid = LidGuard(self._bus, self._why_lid, self._bus)
            self._lid.refused.connect(self.lid_refused)
            self._lid.hold()
        elif self._lid is not None:
            self._lid.release()
            self._lid = None

    def _keep_awake(self, *, on: bool) -> None:
        from relief_app.desktop.stay_awake import StayAwake

        if self._awake is None:
            self._awake = StayAwake(on_refused=self._refused.emit)
        self.nobody_keeps_it_awake = False
        if on:
            self._awake.hold()
        else:
            self._awake.release()

    def _note_refused(self) -> None:
        self.nobody_keeps_it_awake = self._met.awake
        if self._bedside and self.nobody_keeps_it_awake:
            self.awake_refused.emit()
