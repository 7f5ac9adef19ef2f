"""What a session is at one moment: its state, its view for listeners, its snapshot for keeping."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum

from relief_app.core.anatomy import Leg
from relief_app.core.events import Event, Phase
from relief_app.core.routine import Hold, longest_hold_ms


class State(StrEnum):
    """Where a session stands."""

    RUNNING = "running"
    PAUSED = "paused"
    ALARM = "alarm"
    FINISHED = "finished"


class IllegalCommandError(Exception):
    """A command that the session's state does not allow.

    `events` came due before the refusal and are the caller's to deliver: a refused command loses
    nothing.
    """

    def __init__(self, command: str, state: State, events: Sequence[Event]) -> None:
        super().__init__(f"{command} is not possible while the session is {state}")
        self.command = command
        self.state = state
        self.events = tuple(events)


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A session at one moment, every time relative to that moment in milliseconds.

    `alarm_left_ms` is how much more cramping raises the alarm, None where none will be raised;
    `alarm_armed` whether that time is running. `massaged_left_ms` and `massaged_right_ms` are the
    massage each leg has had before the running hold.
    """

    state: State
    index: int
    exercise: str
    phase: Phase
    leg: Leg
    repetition: int
    elapsed_ms: int
    planned_ms: int
    marked_ms: int
    dose_reached: bool
    alarm_left_ms: int | None
    alarm_armed: bool
    cramp_ms: int
    release_ms: int | None
    eased_index: int | None
    massaged_left_ms: int = 0
    massaged_right_ms: int = 0


@dataclass(frozen=True, slots=True)
class View:
    """What a listener shows of a session at one moment; durations in milliseconds.

    `remaining_ms` is 0 past the dose of an open-ended hold. `cramp_ms` is how long the cramp has
    lasted, `release_ms` how long it lasted before it eased (None while it has not).
    """

    state: State
    routine: str
    index: int
    count: int
    hold: Hold
    phase: Phase
    repetition: int
    elapsed_ms: int
    remaining_ms: int
    duration_ms: int
    following: Hold | None
    cramp_ms: int
    release_ms: int | None
    is_cramp: bool = False


class SnapshotError(ValueError):
    """A snapshot that does not fit the routine it is to be restored into; `field` names what is off."""

    def __init__(self, field: str) -> None:
        super().__init__(f"the kept session does not fit the routine: {field}")
        self.field = field


def check_fits(snapshot: Snapshot, holds: Sequence[Hold]) -> None:
    """Refuse with SnapshotError what no snapshot of a session over `holds` can say."""
    for field in _misfits(snapshot, holds):
        raise SnapshotError(field)


def _misfits(snapshot: Snapshot, holds: Sequence[Hold]) -> Iterator[str]:
    """The fields that are off; later ones may rely on earlier ones."""
    if not 0 <= snapshot.index < len(holds):
        yield "index"
    hold, active = holds[snapshot.index], snapshot.phase is Phase.ACTIVE
    if hold.exercise.id != snapshot.exercise:
        yield "exercise"
    if snapshot.repetition < 1:
        yield "repetition"
    if snapshot.eased_index is not None and not 0 <= snapshot.eased_index < len(holds):
        yield "eased_index"
    if (snapshot.eased_index is None) != (snapshot.release_ms is None):
        yield "release_ms"
    if snapshot.dose_reached and not (active and hold.open_ended and not hold.rest_ms):
        yield "dose_reached"
    yield from _times_off(snapshot, longest_hold_ms(holds, snapshot.index) if active else None)


def _times_off(snapshot: Snapshot, hard_stop_ms: int | None) -> Iterator[str]:
    for field in ("elapsed_ms", "planned_ms", "marked_ms", "cramp_ms", "alarm_left_ms", "release_ms"):
        if (getattr(snapshot, field) or 0) < 0:
            yield field
    if hard_stop_ms is not None and snapshot.planned_ms > hard_stop_ms:
        yield "planned_ms"
    if snapshot.elapsed_ms > snapshot.planned_ms and not snapshot.dose_reached:
        yield "elapsed_ms"
    if snapshot.marked_ms > snapshot.elapsed_ms:
        yield "marked_ms"
