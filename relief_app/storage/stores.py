"""What is kept in databases, each opened when something is first asked of it.

Real packs and sessions lie in the database, rehearsed packs apart. SQLite is imported when it is needed and
not before: opening the window needs none of it.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from relief_app.core.exposure import Exposure, Stamp
from relief_app.ports import ExposureStores, LoadProblem
from relief_app.storage.paths import Paths, may_exist

if TYPE_CHECKING:
    from relief_app.core.diary import SessionRecord
    from relief_app.storage.database import Exposures, Sessions
    from relief_app.storage.database_file import Database

Now = Callable[[], Stamp]
OnProblem = Callable[[LoadProblem], None]


class LateDatabase:
    """A database that is opened when it is first asked; a rehearsed one has nothing to outlast damage."""

    def __init__(self, path: Path, now: Now, on_problem: OnProblem, *, rehearsed: bool = False) -> None:
        self.path = path
        self._now, self._on_problem, self._rehearsed = now, on_problem, rehearsed

    @cached_property
    def exposures(self) -> "Exposures":
        """Its packs."""
        from relief_app.storage.database import Exposures

        return Exposures(self._database, self._now)

    @cached_property
    def sessions(self) -> "Sessions":
        """Its sessions."""
        from relief_app.storage.database import Sessions

        return Sessions(self._database)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        if "_database" in self.__dict__:
            self._database.close()

    @cached_property
    def _database(self) -> "Database":
        from relief_app.storage.database import carry_nothing, carry_packs
        from relief_app.storage.database_file import Database

        carry = carry_nothing if self._rehearsed else carry_packs(self._now)
        return Database(self.path, carry, on_problem=self._on_problem)


class LateExposures:
    """Packs in a database; fits `relief_app.ports.ExposureStore`."""

    def __init__(self, late: LateDatabase) -> None:
        self._late = late

    def add(self, exposure: Exposure) -> Exposure:
        """Keep a new pack; the answer carries its id. Raises NotKept."""
        return self._late.exposures.add(exposure)

    def update(self, exposure: Exposure) -> None:
        """Keep `exposure` in place of the one with its id. Raises NotKept."""
        self._late.exposures.update(exposure)

    def on_skin(self) -> Exposure | None:
        """The newest pack that nobody has said is off. Raises NotKept."""
        return self._late.exposures.on_skin() if may_exist(self._late.path) else None

    def since(self, wall_s: float) -> tuple[Exposure, ...]:
        """Packs that began or ended after `wall_s` (Unix seconds), and those on the skin. Raises NotKept."""
        return self._late.exposures.since(wall_s)


class LateSessions:
    """Sessions in a database; fits `relief_app.ports.SessionStore`."""

    def __init__(self, late: LateDatabase) -> None:
        self._late = late

    def add(self, record: "SessionRecord") -> "SessionRecord":
        """Keep a session that is over; the answer carries its id. Raises NotKept."""
        return self._late.sessions.add(record)

    def last_cramp_s(self) -> float | None:
        """When the last cramp session ended (Unix seconds), None where there was none. Raises NotKept."""
        return self._late.sessions.last_cramp_s() if may_exist(self._late.path) else None


class Stores:
    """The stores of whoever runs this; `on_problem` is told where a damaged database was set aside."""

    def __init__(self, paths: Paths, now: Now, on_problem: OnProblem) -> None:
        self._real = LateDatabase(paths.database, now, on_problem)
        self._rehearsed = LateDatabase(paths.rehearsals, now, on_problem, rehearsed=True)
        self.exposures = ExposureStores(LateExposures(self._real), LateExposures(self._rehearsed))
        self.sessions = LateSessions(self._real)

    def close(self) -> None:
        """Let go of the files, so that others can take their place."""
        self._real.close()
        self._rehearsed.close()
