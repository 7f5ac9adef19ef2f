"""Drives one pack with real time and keeps every change of it before anybody is told."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Qt, QTimer, Signal

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure, ExposureEvent, NotNowError, Pack, PackReason, Stamp, elapsed_ms
from relief_app.ports import Clock, ExposureStore, ExposureStores, NotKept

LOOK_EVERY_MS = 2_000
"""A timer stands still while the computer sleeps; so the time is looked at this often all the same."""


def stamp(clock: Clock) -> Stamp:
    """The present on all clocks of `clock`."""
    return Stamp(clock.boot_id(), clock.boot_ms(), clock.wall_s())


class ExposureHost(QObject):
    """One pack at a time, from the moment it is put on until somebody says that it is off."""

    happened = Signal(object)
    """One event of `core.exposure`, after it was kept."""
    not_kept = Signal(object)
    """A NotKept: the pack goes on in memory."""

    def __init__(self, clock: Clock, stores: ExposureStores, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._clock = clock
        self._stores = stores
        self._pack: Pack | None = None
        self._kept: Exposure | None = None
        self._origin = 0
        self._timer = QTimer(self)
        self._timer.setSingleShot(True)
        self._timer.setTimerType(Qt.TimerType.PreciseTimer)
        self._timer.timeout.connect(self.advance)

    @property
    def pack(self) -> Pack | None:
        """The pack on the skin, through its alarm too; None where there is none."""
        return self._pack

    @property
    def record(self) -> Exposure | None:
        """What is kept of the pack on the skin."""
        return self._kept

    def stamp(self) -> Stamp:
        """The present on all clocks."""
        return stamp(self._clock)

    def now(self) -> int:
        """Milliseconds since the pack was put on; a rehearsal's pass faster."""
        return (self._clock.boot_ms() - self._origin) * self._rate

    def alarm_at_ms(self) -> int | None:
        """When the alarm comes where nobody is there any more, in milliseconds since boot.

        0 where it stands, None where no pack is on.
        """
        if self._pack is None:
            return None
        at = self._pack.alarm_at()
        return self._origin + at // self._rate if at else 0

    def find_open(self) -> Exposure | None:
        """The pack that an earlier run left on the skin, real before rehearsed. Raises NotKept."""
        return self._stores.real.on_skin() or self._stores.rehearsed.on_skin()

    def since(self, span_ms: int, *, rehearsed: bool) -> tuple[Exposure, ...]:
        """The packs of the last `span_ms`. Raises NotKept."""
        store = self._stores.rehearsed if rehearsed else self._stores.real
        return store.since(self._clock.wall_s() - span_ms / 1_000)

    def begin(self, kind: Kind, leg: Leg, planned_ms: int, *, rate: int = 1, late_ms: int = 0) -> None:
        """A pack is put on now, or was `late_ms` ago. Raises NotKept, and then there is none."""
        pack = Pack(kind, leg, planned_ms)
        now = self.stamp()
        began = now._replace(boot_ms=now.boot_ms - late_ms, wall_s=now.wall_s - late_ms / 1_000)
        record = Exposure(kind, leg, pack.planned_ms, began, rate)
        self._kept = self._store(rate).add(record)
        self._pack, self._origin = pack, began.boot_ms
        self._tell(pack.start())

    def resume(self, kept: Exposure) -> None:
        """Take up a pack that an earlier run of the program left on the skin."""
        now, left = self.stamp(), kept.began.boot_id != self._clock.boot_id()
        gone = elapsed_ms(kept, now)
        self._pack, self._kept = Pack.of(kept), kept
        self._origin = now.boot_ms - (kept.planned_ms if gone is None else gone) // kept.rate
        self._tell(self._pack.resume(gone, left=left))

    def answer_check(self, *, fine: bool) -> None:
        """A skin check is answered; raises NotNowError where none is asked."""
        self._do(lambda pack: pack.answer_check(self.now(), fine=fine))

    def extend(self, by_ms: int) -> None:
        """The pack comes off later or earlier, never past its hard stop."""
        self._do(lambda pack: pack.extend(self.now(), by_ms))

    def correct_leg(self, leg: Leg) -> None:
        """The pack is on `leg` after all."""
        if self._pack is not None:
            self._pack.leg = leg
            self._keep()

    def raise_alarm(self, reason: PackReason) -> None:
        """The pack has to come off now."""
        self._do(lambda pack: pack.raise_alarm(self.now(), reason))

    def acknowledge(self) -> None:
        """The pack is off; raises NotNowError where none is on."""
        if self._pack is None:
            raise NotNowError("acknowledge")
        self._do(lambda pack: pack.acknowledge(self.now()))

    def advance(self) -> None:
        """Tell everything that is due."""
        self._do(lambda pack: pack.advance(self.now()))

    def leave(self) -> None:
        """The program ends in order while the pack is on: the next start opens on the alarm."""
        self._timer.stop()
        if self._pack is not None:
            self._pack.raise_alarm(self.now(), PackReason.LEFT)
            self._keep()

    def _store(self, rate: int) -> ExposureStore:
        return self._stores.rehearsed if rate > 1 else self._stores.real

    @property
    def _rate(self) -> int:
        return self._kept.rate if self._kept is not None else 1

    def _do(self, command: Callable[[Pack], Sequence[ExposureEvent]]) -> None:
        """Give a command to the pack, if there is one; what came due before a refusal is told."""
        if self._pack is None:
            return
        try:
            events = command(self._pack)
        except NotNowError as refused:
            self._tell(refused.events)
            raise
        self._tell(events)

    def _tell(self, events: Sequence[ExposureEvent]) -> None:
        """Keep first: what was told must never be lost."""
        if events:
            self._keep()
        if self._pack is not None and not self._pack.is_on:
            self._pack = None
        self._rearm()
        for event in events:
            self.happened.emit(event)

    def _keep(self) -> None:
        pack, kept = self._pack, self._kept
        if pack is None or kept is None:
            return
        self._kept = Exposure(
            kind=pack.kind,
            leg=pack.leg,
            planned_ms=pack.planned_ms,
            began=kept.began,
            rate=kept.rate,
            checked=pack.checked,
            alarm_reason=pack.reason,
            ended=None if pack.is_on else self.stamp(),
            id=kept.id,
        )
        if self._kept == kept:
            return
        try:
            self._store(kept.rate).update(self._kept)
        except NotKept as problem:
            self.not_kept.emit(problem)

    def _rearm(self) -> None:
        due = self._pack.next_deadline() if self._pack is not None else None
        if due is None:
            self._timer.stop()
            return
        delay = -((self.now() - due) // self._rate)
        self._timer.start(min(max(delay, 0), LOOK_EVERY_MS))
