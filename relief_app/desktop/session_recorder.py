"""Writes every session that is over into the diary, silently; rehearsals never."""

import time
from dataclasses import dataclass, field

from PySide6.QtCore import QObject, Signal

from relief_app.core.diary import SessionRecord
from relief_app.core.events import (
    AlarmRaised,
    DoseReached,
    Event,
    HoldEnded,
    Outcome,
    PhaseStarted,
    SessionEnded,
)
from relief_app.core.session import Session
from relief_app.core.session_state import State, View
from relief_app.desktop.session_driver import SessionDriver
from relief_app.ports import Clock, NotKept, SessionStore

DONE = (Outcome.COMPLETED, Outcome.EASED, Outcome.LIMITED)


@dataclass
class _Tally:
    """What has been done of one session since it began.

    Of one that was left or killed and goes on, the holds before the one it stood in count as done.
    """

    session: Session
    began_wall_s: float
    done: set[int] = field(default_factory=set)
    lasted_too_long: bool = False


class SessionRecorder(QObject):
    """Listens to a driver and keeps one record for each session that ends."""

    not_kept = Signal(object)
    """A NotKept: the session is over all the same."""

    def __init__(
        self, driver: SessionDriver, store: SessionStore, clock: Clock, parent: QObject | None = None
    ) -> None:
        super().__init__(parent)
        self._driver, self._store, self._clock = driver, store, clock
        self._tally: _Tally | None = None
        driver.happened.connect(self._on_event)

    def _on_event(self, event: Event) -> None:
        view, session = self._driver.view(), self._driver.session
        if session is None or view is None or self._driver.rate != 1:
            return
        if self._tally is None or self._tally.session is not session:
            self._tally = self._begun(session, view, event)
        _count(self._tally, event)
        if isinstance(event, SessionEnded):
            self._keep(self._tally, view, event.outcome)

    def _begun(self, session: Session, view: View, event: Event) -> _Tally:
        index = event.index if isinstance(event, PhaseStarted | HoldEnded | DoseReached) else view.index
        began = self._driver.began_wall_s
        return _Tally(session, began, set(range(index)), lasted_too_long=view.state is State.ALARM)

    def _keep(self, tally: _Tally, view: View, outcome: Outcome) -> None:
        now = self._clock.wall_s()
        record = SessionRecord(
            routine=tally.session.routine,
            leg=tally.session.holds[0].leg,
            began_wall_s=tally.began_wall_s,
            ended_wall_s=now,
            utc_offset_s=time.localtime(now).tm_gmtoff,
            outcome=outcome,
            holds_done=len(tally.done),
            holds=len(tally.session.holds),
            is_cramp=view.is_cramp,
            cramp_ms=view.cramp_ms if view.is_cramp else 0,
            release_ms=view.release_ms,
            lasted_too_long=tally.lasted_too_long,
        )
        try:
            self._store.add(record)
        except NotKept as problem:
            self.not_kept.emit(problem)


def _count(tally: _Tally, event: Event) -> None:
    if isinstance(event, DoseReached) or (isinstance(event, HoldEnded) and event.outcome in DONE):
        tally.done.add(event.index)
    elif isinstance(event, AlarmRaised):
        tally.lasted_too_long = True
