"""Clocks that are moved by hand, stores in memory, and the small catalogue as a source of routines."""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

from relief_app.core.events import Event
from relief_app.core.exercise import Exercise
from relief_app.core.exposure import Exposure
from relief_app.core.profile import Answer, Profile
from relief_app.core.routine import Routine, Side
from relief_app.core.sources import Source
from relief_app.desktop.session_driver import SessionDriver
from relief_app.desktop.session_host import SessionHost
from relief_app.ports import JournalEntry, LoadProblem, NotKept, NotKeptReason
from relief_app.storage.profile import Safety
from tests.core.sample import CATALOGUE, LEAN, LIE, PULL, PUMP, RUB, open_ended, routine

HOUR_MS = 3_600_000


class HandClock:
    """Fits `relief_app.ports.Clock`; `move` moves both clocks, `sleep` as well."""

    def __init__(
        self, boot: int = 5_000_000, wall: float = 1_700_000_000.0, boot_name: str = "boot-1"
    ) -> None:
        self.boot, self.wall, self.boot_name = boot, wall, boot_name
        self.asleep = 0

    def boot_ms(self) -> int:
        return self.boot

    def asleep_ms(self) -> int:
        return self.asleep

    def wall_s(self) -> float:
        return self.wall

    def boot_id(self) -> str:
        return self.boot_name

    def move(self, ms: int) -> None:
        self.boot += ms
        self.wall += ms / 1000

    def sleep(self, ms: int) -> None:
        """The computer is suspended for `ms`."""
        self.move(ms)
        self.asleep += ms


class MemoryJournal:
    """Fits `relief_app.ports.JournalStore`; `writable` off makes the disk full."""

    def __init__(self, entry: JournalEntry | None = None) -> None:
        self.entry = entry
        self.problem: LoadProblem | None = None
        self.writable = True
        self.writes = 0

    def save(self, entry: JournalEntry) -> None:
        self._touch()
        self.writes += 1
        self.entry = entry

    def load(self) -> JournalEntry | None:
        return self.entry

    def clear(self) -> None:
        self._touch()
        self.entry = None

    def take_problem(self) -> LoadProblem | None:
        problem, self.problem = self.problem, None
        return problem

    def _touch(self) -> None:
        if not self.writable:
            raise NotKept(Path("/full/session.json"), NotKeptReason.NO_SPACE)


class MemoryProfile:
    """Fits `relief_app.ports.ProfileStore`; the answers can be changed meanwhile, `writable` is as above."""

    def __init__(self, **answers: str) -> None:
        self.profile = Profile({key: Answer(answer) for key, answer in answers.items()})
        self.problem: LoadProblem | None = None
        self.writable = True

    def load(self) -> Profile:
        return self.profile

    def save(self, profile: Profile) -> None:
        if not self.writable:
            raise NotKept(Path("/full/profile.json"), NotKeptReason.NO_SPACE)
        self.profile = profile

    @contextmanager
    def alone(self) -> Iterator[None]:
        yield

    def take_problem(self) -> LoadProblem | None:
        problem, self.problem = self.problem, None
        return problem


class MemoryExposures:
    """Fits `relief_app.ports.ExposureStore`; `writable` is as above."""

    def __init__(self) -> None:
        self.rows: list[Exposure] = []
        self.writable = True

    def add(self, exposure: Exposure) -> Exposure:
        self._touch()
        self.rows.append(replace(exposure, id=len(self.rows) + 1))
        return self.rows[-1]

    def update(self, exposure: Exposure) -> None:
        self._touch()
        assert exposure.id is not None
        self.rows[exposure.id - 1] = exposure

    def on_skin(self) -> Exposure | None:
        return next((row for row in reversed(self.rows) if row.ended is None), None)

    def since(self, wall_s: float) -> tuple[Exposure, ...]:
        return tuple(row for row in self.rows if row.ended is None or row.ended.wall_s > wall_s)

    def _touch(self) -> None:
        if not self.writable:
            raise NotKept(Path("/full/relief.db"), NotKeptReason.NO_SPACE)


class Shelf:
    """Fits `relief_app.ports.RoutineSource`; routines can be changed meanwhile."""

    def __init__(self, *routines: Routine) -> None:
        self.routines = {entry.id: entry for entry in routines}

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        return CATALOGUE

    @property
    def sources(self) -> Mapping[str, Source]:
        return {}

    def routine_ids(self) -> tuple[str, ...]:
        return tuple(self.routines)

    def routine(self, routine_id: str) -> Routine:
        return self.routines[routine_id]


def shelf() -> Shelf:
    """Two stretches; a cramp; both legs with counted movements; one with a massage; one not offered."""
    cramp = routine(LEAN, open_ended(PULL, rest_ms=5_000), LIE, side=Side.CRAMPED, name="cramp")
    return Shelf(
        routine(PULL, LEAN, name="plain"),
        replace(cramp, alarm_after_ms=600_000),
        routine(PUMP, side=Side.BOTH, name="both"),
        routine(RUB, PULL, name="rubbed"),
        routine(RUB, name="massage"),
    )


class Ear:
    """Listens to a driver."""

    def __init__(self, driver: SessionDriver) -> None:
        self.heard: list[Event] = []
        driver.happened.connect(self.heard.append)

    def take(self) -> list[Event]:
        """What was heard since the last call."""
        heard = self.heard[:]
        self.heard.clear()
        return heard


def host_of(
    clock: HandClock,
    journal: MemoryJournal | None = None,
    routines: Shelf | None = None,
    profile: MemoryProfile | None = None,
) -> SessionHost:
    driver = SessionDriver(clock)
    journal = MemoryJournal() if journal is None else journal
    safety = Safety(profile or MemoryProfile(), clock.wall_s)
    return SessionHost(driver, shelf() if routines is None else routines, safety, journal, clock, driver)


def kinds(events: Sequence[object]) -> list[str]:
    return [type(event).__name__ for event in events]
