"""Databases for tests: opened in many ways, all of them closed again."""

from collections.abc import Callable
from datetime import date
from pathlib import Path

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure, Stamp
from relief_app.ports import LoadProblem
from relief_app.storage.database import Exposures, carry_packs
from relief_app.storage.database_file import MIGRATIONS, Database

NOW = Stamp("boot-1", 5_000_000, 1_700_000_000.0)
PACK = Exposure(Kind.HEAT, Leg.LEFT, 900_000, NOW)
DAY = "2026-01-31"

_opened: list[Database] = []


def store(
    file: Path,
    migrations: Path = MIGRATIONS,
    *,
    now: Stamp = NOW,
    on_problem: Callable[[LoadProblem], None] = lambda _: None,
) -> Exposures:
    """Packs in `file` at the moment `now`; `clean` closes it."""
    database = Database(
        file,
        carry_packs(lambda: now),
        today=lambda: date.fromisoformat(DAY),
        on_problem=on_problem,
        migrations=migrations,
    )
    _opened.append(database)
    return Exposures(database, lambda: now)


def clean() -> None:
    """Close every database that a test opened."""
    while _opened:
        _opened.pop().close()


def modes(folder: Path) -> set[int]:
    return {entry.stat().st_mode & 0o777 for entry in folder.iterdir()}


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}
