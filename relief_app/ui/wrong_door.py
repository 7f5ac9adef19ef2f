"""The way into "Something is wrong" and out of it: what runs stands still while the page is read."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from relief_app.core.session_state import IllegalCommandError, State
from relief_app.core.steering import Steer
from relief_app.ui.pages.something_wrong import SomethingWrongPage

if TYPE_CHECKING:
    from relief_app.core.safety import RedFlag
    from relief_app.desktop.session_host import SessionHost
    from relief_app.ui.surroundings import Surroundings


class WrongDoor(QObject):
    """Pauses the session, has the page shown, and stops or resumes the session as the person says."""

    closed = Signal()
    """Back to where the person came from."""
    ended = Signal()
    """The session is over: to the Home page."""
    reported = Signal(object)
    """A sign (RedFlag) was reported, and a session that it forbids has stopped."""

    def __init__(self, host: "SessionHost", around: "Surroundings", parent: QWidget) -> None:
        super().__init__(parent)
        self._host, self._around, self._parent = host, around, parent
        self._paused = False

    @cached_property
    def page(self) -> SomethingWrongPage:
        """The page, made when it is first shown."""
        page = SomethingWrongPage(self._around.red_flags(), self._around.questions(), self._parent)
        page.closed.connect(self._close)
        page.eased.connect(self._eased)
        page.ended.connect(self._end)
        page.reported.connect(self._report)
        return page

    def forget(self) -> None:
        """Another session has begun: whatever pauses it, was not this page."""
        self._paused = False

    def open(self, sign: str | None = None, *, now: bool = False) -> None:
        """Let what runs stand still, and show the page from its beginning, or at the reported `sign`.

        `now`: it was reported just now, elsewhere; what it forbids stops as if it had been pressed here.
        """
        state = self._state
        if state is State.RUNNING:
            self._paused = self._host.driver.steer(Steer.PAUSE)
        live = self._host.driver.is_live
        self.page.present(self._around.emergency_number(), alarm=state is State.ALARM, session=live)
        if sign is not None:
            self.page.show_reported(sign, now=now)

    @property
    def _state(self) -> State | None:
        session = self._host.driver.session
        return session.state if session is not None and self._host.driver.is_live else None

    def _report(self, flag: "RedFlag") -> None:
        self._host.stop_what_is_blocked()
        live = self._host.driver.is_live
        self.page.follow(alarm=self._state is State.ALARM, session=live)
        self.reported.emit(flag)

    def _close(self) -> None:
        if self._paused and self._state is State.PAUSED:
            self._host.driver.steer(Steer.RESUME)
        self._paused = False
        self.closed.emit()

    def _eased(self) -> None:
        self._steer(Steer.EASED)
        self._close()

    def _end(self) -> None:
        if not self._steer(Steer.STOP):
            self._close()
            return
        self._host.driver.drop()
        self._paused = False
        self.ended.emit()

    def _steer(self, command: Steer) -> bool:
        """Give a command; False where it waits until a pack is off, which the Guide page asks."""
        try:
            return self._host.driver.steer(command)
        except IllegalCommandError:
            # It ended by itself while the page was read.
            return True
