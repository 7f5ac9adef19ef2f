"""Starts, keeps and brings back sessions: the one door through which pages and scripts do so."""

from dataclasses import dataclass
from typing import NamedTuple

from PySide6.QtCore import QObject, Signal

from relief_app import __version__
from relief_app.core.anatomy import Leg
from relief_app.core.events import Event, LegChanged, Phase
from relief_app.core.exposure import Exposure
from relief_app.core.keeping import KEPT_FOR_MS, away_ms, plain, snapshot_of
from relief_app.core.pack_checks import PACKS, without_pack_questions
from relief_app.core.pack_session import packs_of, rebuilt, with_pack
from relief_app.core.routine import Routine
from relief_app.core.safety import NotOffered, offer_problem, performed, steps_blocked
from relief_app.core.session import Session
from relief_app.core.session_state import SnapshotError, State, View
from relief_app.core.steering import Steer
from relief_app.desktop.before_session import BeforeSession
from relief_app.desktop.session_driver import SessionDriver
from relief_app.ports import (
    Clock,
    Doorkeeper,
    JournalEntry,
    JournalStore,
    LoadProblem,
    NotKept,
    RoutineSource,
    SafetySource,
)

HELD_THROUGH_MS = 15_000
"""Started again so soon after it died, the guide counts the time between as held: nobody let go for it."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A session that was left or killed and can go on."""

    entry: JournalEntry
    routine: Routine
    index: int
    count: int
    away_ms: int


class Dropped(NamedTuple):
    """A kept session that is not offered: too old, or its routine is no longer the same."""

    routine: str
    too_old: bool


class SessionHost(QObject):
    """Knows the routines, drives the session, and what the journal kept."""

    kept_changed = Signal()
    leaving = Signal()
    """The session is about to be left: the last moment to write it down."""

    def __init__(
        self,
        driver: SessionDriver,
        routines: RoutineSource,
        safety: SafetySource,
        journal: JournalStore,
        clock: Clock,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.doorkeeper: Doorkeeper | None = None
        self.driver = driver
        self.routines = routines
        self._safety = safety
        self._journal = journal
        self._clock = clock
        self._leg = Leg.RIGHT
        self.before = BeforeSession(self, clock, self)
        self._kept: Kept | None = None
        self._routine: Routine | None = None
        driver.happened.connect(self._on_event)

    @property
    def routine(self) -> Routine | None:
        """The routine of the driven session."""
        return self._routine

    @property
    def leg(self) -> Leg:
        """The leg the driven session began with, as corrected since."""
        return self._leg

    @property
    def kept(self) -> Kept | None:
        """The session that can go on, if there is one."""
        return self._kept

    def wall_s(self) -> float:
        """The time of day in Unix seconds."""
        return self._clock.wall_s()

    def is_guiding(self, routine_id: str) -> bool:
        """True while a cramp that has not eased is guided by this routine."""
        session = self.driver.session
        return session is not None and session.routine == routine_id and session.may_ease()

    def start(self, routine_id: str, leg: Leg, *, urgent: bool = False, rate: int = 1) -> bool:
        """Start a routine on `leg`; False where something is asked first, and then it starts by itself.

        Raises what the routine source raises for an unknown or refused id, and NotOffered.
        """
        routine = self.routines.routine(routine_id)
        keeper = self.doorkeeper
        self._session(routine, leg, packs_cleared=keeper is not None)
        if keeper is not None and not keeper.lets_start(routine, leg, urgent=urgent, rate=rate):
            self.before.withdraw()
            return False
        if not self.before.lets_start(routine, leg, urgent=urgent, rate=rate):
            return False
        self.begin(routine, leg, urgent=urgent, rate=rate)
        return True

    def first_view(self, routine_id: str, leg: Leg) -> View:
        """What the first moment of a routine would show; nothing is started. Raises as `start` does."""
        session = self._session(self.routines.routine(routine_id), leg)
        return session.view(self._clock.boot_ms())

    def begin(
        self, routine: Routine, leg: Leg, *, urgent: bool = False, rate: int = 1, packs_cleared: bool = False
    ) -> None:
        """Start a routine about which nothing is left to ask; what was kept gives way to it.

        `packs_cleared`: the questions before a pack have been answered. Raises NotOffered.
        """
        session = self._session(routine, leg, packs_cleared=packs_cleared)
        self._routine, self._leg = routine, leg
        self._set_kept(None)
        self.driver.begin(session, urgent=urgent, rate=rate)

    def stop_what_is_blocked(self) -> bool:
        """Stop the driven session where the profile, as it stands now, forbids one of its steps to come.

        The answer is whether it was stopped; the doorkeeper may hold that back until a pack is off. One
        that has been stopped is not offered again.
        """
        view, session = self.driver.view(), self.driver.session
        if session is None or view is None or not self.driver.is_live:
            return False
        if not steps_blocked(session.holds[view.index :], self._safety.verdict()):
            return False
        if not self.driver.steer(Steer.STOP):
            return False
        self.driver.drop()
        return True

    def look_for_kept(self) -> Dropped | LoadProblem | None:
        """Read the journal: afterwards `kept` is set, or the answer says why it is not (None: nothing)."""
        entry = self._journal.load()
        if entry is None:
            return self._journal.take_problem()
        return self._offer(entry)

    def go_on(self) -> Dropped | None:
        """Go on with the kept session, with the time that was left when it was kept.

        The answer says where it does not fit any more: other answers to the safety questions change what
        a routine holds, or whether it is offered.
        """
        kept = self._kept
        if kept is None:
            return None
        away = self._away_ms(kept.entry) or 0
        self._set_kept(None)
        try:
            session = self._restored(kept.entry, kept.routine, self._clock.boot_ms(), away)
        except (NotOffered, SnapshotError):
            return self._drop(kept.entry, too_old=False)
        self._routine, self._leg = kept.routine, kept.entry.leg
        began = kept.entry.began_wall_s
        self.driver.adopt(session, rate=_whole_rate(kept.entry), began_wall_s=began)
        if session.state is State.PAUSED:
            self.driver.steer(Steer.RESUME)
        return None

    def recover(self, *, packs: bool = False) -> bool:
        """Go on with the session that the program's death cut off; False where there is none to go on with.

        It runs on as if nothing had happened, what was paused stays paused. One about packs only with
        `packs`: once it is known that none is on.
        """
        entry = self._journal.load()
        away = self._away_ms(entry) if entry is not None else None
        if entry is None or away is None or away > KEPT_FOR_MS:
            return False
        if self._is_about_packs(entry.routine) and not packs:
            return False
        try:
            routine = self.routines.routine(entry.routine)
            session = self._cut_off(entry, routine, away)
        except Exception:
            # Whatever the files can have become by now: what does not fit is not gone on with.
            return False
        self._routine, self._leg = routine, entry.leg
        self.driver.adopt(session, rate=_whole_rate(entry), began_wall_s=entry.began_wall_s)
        return True

    def let_be(self) -> None:
        """Forget the kept session."""
        self._set_kept(None)
        self.forget()

    def forget(self) -> None:
        """Clear the journal; what cannot be cleared is overwritten by the next session."""
        try:
            self._journal.clear()
        except NotKept:
            return

    def leave(self) -> bool:
        """Leave the session: a running one is kept, in memory where the disk fails, and offered again.

        False where the doorkeeper holds it back.
        """
        self.driver.advance()
        if self.doorkeeper is not None and not self.doorkeeper.lets_leave():
            return False
        self._let_go()
        return True

    def go_on_with_pack(self, exposure: Exposure, elapsed_ms: int) -> bool:
        """Show the session of a pack that is on the skin, at the time that has really passed.

        It is the one that was kept, or where that is lost the built-in routine for its kind. False where
        another session was kept, which is offered as ever.
        """
        entry = self._journal.load()
        if entry is not None and not self._is_about_packs(entry.routine):
            return False
        now = self._clock.boot_ms()
        try:
            routine, session = self._kept_with_pack(entry, exposure, elapsed_ms, now)
        except Exception:
            # Whatever the files can have become by now: the pack is shown all the same.
            routine = self.routines.routine(exposure.kind.value)
            session = rebuilt(routine, self.routines.exercises, exposure, elapsed_ms, now)
        self._set_kept(None)
        self._routine, self._leg = routine, exposure.leg
        self.driver.adopt(session, rate=exposure.rate, began_wall_s=exposure.began.wall_s)
        return True

    def forget_pack(self) -> None:
        """Forget the kept session where it is about a pack: that one is over."""
        entry = self._journal.load()
        if entry is not None and self._is_about_packs(entry.routine):
            self.let_be()

    def _kept_with_pack(
        self, entry: JournalEntry | None, exposure: Exposure, elapsed_ms: int, now: int
    ) -> tuple[Routine, Session]:
        if entry is None:
            raise SnapshotError("session")
        routine = self.routines.routine(entry.routine)
        prepared = self._session(routine, entry.leg, packs_cleared=True)
        return routine, with_pack(prepared, snapshot_of(entry.session), exposure, elapsed_ms, now)

    def _is_about_packs(self, routine_id: str) -> bool:
        try:
            return bool(packs_of(self.routines.routine(routine_id), self.routines.exercises))
        except Exception:
            # A routine that cannot be read any more says nothing; its session cannot go on either.
            return True

    def _let_go(self) -> None:
        entry = self.entry()
        if entry is None:
            self.driver.drop()
            return
        self.leaving.emit()
        self.driver.drop()
        self._offer(entry)

    def entry(self) -> JournalEntry | None:
        """What the journal is to keep now, None while no session runs."""
        snapshot = self.driver.snapshot()
        if snapshot is None or self._routine is None:
            return None
        return JournalEntry(
            version=__version__,
            saved_wall_s=self._clock.wall_s(),
            boot_id=self._clock.boot_id(),
            boot_ms=self._clock.boot_ms(),
            routine=self._routine.id,
            leg=self._leg,
            rate=self.driver.rate,
            session=plain(snapshot),
            began_wall_s=self.driver.began_wall_s,
        )

    def _on_event(self, event: Event) -> None:
        if isinstance(event, LegChanged):
            self._leg = self._leg.other

    def _offer(self, entry: JournalEntry) -> Dropped | None:
        away = self._away_ms(entry)
        if away is None or away > KEPT_FOR_MS:
            return self._drop(entry, too_old=True)
        try:
            routine = self.routines.routine(entry.routine)
            session = self._restored(entry, routine, self._clock.boot_ms())
        except Exception:
            # Whatever a routine file can have become by now: a session that does not fit is dropped.
            return self._drop(entry, too_old=False)
        view = session.view(self._clock.boot_ms())
        self._set_kept(Kept(entry, routine, view.index, view.count, away))
        return None

    def _session(self, routine: Routine, leg: Leg, *, packs_cleared: bool = False) -> Session:
        """A session of `routine` as the profile allows it at this moment; raises NotOffered."""
        exercises, verdict = self.routines.exercises, self._safety.verdict()
        if packs_cleared:
            verdict = without_pack_questions(verdict)
        problem = offer_problem(routine, exercises, verdict)
        if problem is not None:
            raise problem
        holds = performed(routine, exercises, leg, verdict)
        alarm = routine.alarm_after_ms
        return Session(routine.id, holds, cramp=routine.is_cramp, alarm_after_ms=alarm)

    def _cut_off(self, entry: JournalEntry, routine: Routine, away: int) -> Session:
        """The session as it would stand had the program not died, the short while since then held."""
        held = away if away <= HELD_THROUGH_MS else 0
        died = self._clock.boot_ms() - held * _whole_rate(entry)
        session = self._restored(entry, routine, died, away - held, packs_cleared=True)
        if _holds_pack(session, died):
            raise SnapshotError("phase")
        return session

    def _restored(
        self,
        entry: JournalEntry,
        routine: Routine,
        now: int,
        away_ms: int = 0,
        *,
        packs_cleared: bool = False,
    ) -> Session:
        prepared = self._session(routine, entry.leg, packs_cleared=packs_cleared)
        snapshot = snapshot_of(entry.session)
        if snapshot.state is State.FINISHED:
            raise SnapshotError("state")
        return Session.restore(prepared, snapshot, now, away_ms=away_ms)

    def _drop(self, entry: JournalEntry, *, too_old: bool) -> Dropped:
        self.forget()
        return Dropped(entry.routine, too_old)

    def _away_ms(self, entry: JournalEntry) -> int | None:
        """How long ago the entry was kept, None where the clocks contradict it."""
        now = (self._clock.boot_id(), self._clock.boot_ms(), self._clock.wall_s())
        return away_ms((entry.boot_id, entry.boot_ms, entry.saved_wall_s), now)

    def _set_kept(self, kept: Kept | None) -> None:
        if kept is not self._kept:
            self._kept = kept
            self.kept_changed.emit()


def _whole_rate(entry: JournalEntry) -> int:
    return max(round(entry.rate), 1)


def _holds_pack(session: Session, now: int) -> bool:
    """True in the hold with a pack on the skin, which does not begin without one."""
    view = session.view(now)
    return view.phase is Phase.ACTIVE and view.hold.exercise.kind in PACKS
