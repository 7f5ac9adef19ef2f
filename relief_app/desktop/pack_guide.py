"""The session as a pack sees it: whether it shows one, and what becomes of it with the pack."""

from relief_app.core.events import Phase
from relief_app.core.pack_checks import PACKS
from relief_app.core.pack_session import is_about_packs
from relief_app.core.session_state import State
from relief_app.core.steering import Steer
from relief_app.desktop.session_driver import SessionDriver


class PackGuide:
    """Asks the driven session, and moves it past the doorkeeper once the pack allows it."""

    def __init__(self, driver: SessionDriver) -> None:
        self._driver = driver

    @property
    def guides_cramp(self) -> bool:
        """True while a cramp is guided."""
        session = self._driver.session
        return self._driver.is_live and session is not None and session.is_cramp

    @property
    def is_about_pack(self) -> bool:
        """True where the running session is about packs."""
        session = self._driver.session
        return self._driver.is_live and session is not None and is_about_packs(session.holds)

    @property
    def pack_lies_behind(self) -> bool:
        """True where a step back would put the pack on once more, without its interval."""
        view = self._driver.view()
        session = self._driver.session
        if view is None or session is None or view.index == 0:
            return False
        return session.holds[view.index - 1].exercise.kind in PACKS

    def stand_still(self) -> None:
        """Whatever the session would do next waits until the pack is off."""
        self._driver.advance()
        session = self._driver.session
        if self.is_about_pack and session is not None and session.state is State.RUNNING:
            self._driver.force(Steer.PAUSE)

    def run_on(self) -> None:
        """The pack's own hold is over with it; what comes behind it goes on."""
        self._driver.advance()
        view = self._driver.view()
        if view is None or not self.is_about_pack:
            return
        on_pack = view.hold.exercise.kind in PACKS and view.phase is Phase.ACTIVE
        if on_pack:
            self._driver.force(Steer.NEXT)
        if self._driver.is_live and view.state is State.PAUSED:
            self._driver.force(Steer.RESUME)
