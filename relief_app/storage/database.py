"""The database: the one module with SQL. Rows go in and come out as values of the core.

SQLite in WAL mode, mode 0600 with all that lies beside it. `user_version` says which migrations
(`migrations/NNNN.sql`, plain SQL) it has seen; before one runs over rows, a copy is made. A database of a
newer program is left alone. A damaged one is set aside, and since nobody knows then which packs there were,
one of each kind counts as just taken off.
"""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure, PackReason, Stamp
from relief_app.ports import NotKept, NotKeptReason
from relief_app.storage.atomic import make_private_dir, not_kept
from relief_app.storage.json_files import free_name

MIGRATIONS = Path(__file__).parent / "migrations"
PATIENCE_S = 5.0
"""How long another process may hold the database."""
NEVER_KNOWN = Stamp("", 0, 0.0)

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_REASONS = {
    sqlite3.SQLITE_FULL: NotKeptReason.NO_SPACE,
    sqlite3.SQLITE_READONLY: NotKeptReason.READ_ONLY,
    sqlite3.SQLITE_PERM: NotKeptReason.NO_PERMISSION,
    sqlite3.SQLITE_AUTH: NotKeptReason.NO_PERMISSION,
}


class Database:
    """One database file, opened when it is first asked."""

    def __init__(
        self,
        path: Path,
        *,
        now: Callable[[], Stamp] = lambda: NEVER_KNOWN,
        today: Callable[[], date] = date.today,
        migrations: Path = MIGRATIONS,
    ) -> None:
        self.path = path
        self.set_aside: Path | None = None
        """Where a damaged database was moved."""
        self._now, self._today, self._migrations = now, today, migrations
        self._open: sqlite3.Connection | None = None

    @contextmanager
    def use(self) -> Iterator[sqlite3.Connection]:
        """The connection, in a transaction that is on the disk afterwards. Raises NotKept."""
        with self._said():
            connection = self._connection()
            with connection:
                yield connection

    def copy_to(self, target: Path) -> None:
        """Write a whole copy to `target`, which must not exist, whoever writes meanwhile. Raises NotKept."""
        with self._said():
            target.touch(mode=0o600, exist_ok=False)
            with closing(sqlite3.connect(target)) as copy:
                self._connection().backup(copy)

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    @contextmanager
    def _said(self) -> Iterator[None]:
        """What the environment refuses, as NotKept; what we did wrong stays what it is."""
        try:
            yield
        except sqlite3.DatabaseError as error:
            if not isinstance(error, sqlite3.OperationalError) and _code(error) not in _DAMAGE:
                raise
            raise NotKept(self.path, _REASONS.get(_code(error), NotKeptReason.OTHER)) from error
        except OSError as error:
            raise not_kept(self.path, error) from error

    def _connection(self) -> sqlite3.Connection:
        if self._open is not None and not self.path.exists():
            self.close()  # erased behind our back
        if self._open is None:
            self._open = self._opened()
        return self._open

    def _opened(self) -> sqlite3.Connection:
        make_private_dir(self.path.parent)
        try:
            return self._prepared()
        except sqlite3.DatabaseError as error:
            if _code(error) not in _DAMAGE:
                raise
        self._put_aside()
        connection = self._prepared()
        with connection:
            _assume_packs(connection, self._now())
        return connection

    def _prepared(self) -> sqlite3.Connection:
        """A connection to a sound database of our version; SQLite gives its files beside it the same mode."""
        self.path.touch(mode=0o600)
        connection = sqlite3.connect(self.path, timeout=PATIENCE_S)
        connection.row_factory = sqlite3.Row
        try:
            connection.execute("PRAGMA journal_mode = WAL")
            connection.execute("PRAGMA synchronous = FULL")
            _check(connection)
            self._migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _migrate(self, connection: sqlite3.Connection) -> None:
        scripts = sorted(self._migrations.glob("[0-9]*.sql"))
        version = _version(connection)
        if version > len(scripts):
            raise NotKept(self.path, NotKeptReason.NEWER)
        if 0 < version < len(scripts):
            self._back_up(connection, version)
        for script in scripts[version:]:
            connection.executescript(script.read_text("utf-8"))

    def _back_up(self, connection: sqlite3.Connection, version: int) -> None:
        copy = free_name(self.path, f".before-v{version + 1}-{self._today().isoformat()}")
        with closing(sqlite3.connect(copy)) as target:
            connection.backup(target)

    def _put_aside(self) -> None:
        self.set_aside = free_name(self.path, f".damaged-{self._today().isoformat()}")
        self.path.replace(self.set_aside)
        for suffix in ("-wal", "-shm"):
            self.path.with_name(self.path.name + suffix).unlink(missing_ok=True)


class Exposures:
    """Packs in a database; fits `relief_app.ports.ExposureStore`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, exposure: Exposure) -> Exposure:
        """Keep a new pack; the answer carries its id. Raises NotKept."""
        with self.database.use() as connection:
            return _added(connection, exposure)

    def update(self, exposure: Exposure) -> None:
        """Keep `exposure` in place of the one with its id. Raises NotKept."""
        with self.database.use() as connection:
            connection.execute(_UPDATE, _row(exposure))

    def on_skin(self) -> Exposure | None:
        """The newest pack that nobody has said is off. Raises NotKept."""
        with self.database.use() as connection:
            row = connection.execute(_ON_SKIN).fetchone()
        return None if row is None else _exposure(row)

    def since(self, wall_s: float) -> tuple[Exposure, ...]:
        """Packs that began or ended after `wall_s` (Unix seconds), and those on the skin. Raises NotKept."""
        with self.database.use() as connection:
            rows = connection.execute(_SINCE, (wall_s,)).fetchall()
        return tuple(map(_exposure, rows))


_INSERT = """
    INSERT INTO exposures (
        id, kind, leg, planned_ms, rate, checked, alarm_reason,
        began_boot, began_boot_ms, began_wall_s, ended_boot, ended_boot_ms, ended_wall_s
    ) VALUES (
        :id, :kind, :leg, :planned_ms, :rate, :checked, :alarm_reason,
        :began_boot, :began_boot_ms, :began_wall_s, :ended_boot, :ended_boot_ms, :ended_wall_s
    )
"""
_UPDATE = """
    UPDATE exposures SET
        kind = :kind, leg = :leg, planned_ms = :planned_ms, rate = :rate, checked = :checked,
        alarm_reason = :alarm_reason, began_boot = :began_boot, began_boot_ms = :began_boot_ms,
        began_wall_s = :began_wall_s, ended_boot = :ended_boot, ended_boot_ms = :ended_boot_ms,
        ended_wall_s = :ended_wall_s
    WHERE id = :id
"""
_ON_SKIN = "SELECT * FROM exposures WHERE ended_boot IS NULL ORDER BY id DESC LIMIT 1"
_SINCE = """
    SELECT * FROM exposures
    WHERE ended_boot IS NULL OR max(began_wall_s, ended_wall_s) > ?
    ORDER BY id
"""


def _added(connection: sqlite3.Connection, exposure: Exposure) -> Exposure:
    return replace(exposure, id=connection.execute(_INSERT, _row(exposure)).lastrowid)


def _row(exposure: Exposure) -> dict[str, Any]:
    began, ended = exposure.began, exposure.ended
    return {
        "id": exposure.id,
        "kind": exposure.kind.value,
        "leg": exposure.leg.value,
        "planned_ms": exposure.planned_ms,
        "rate": exposure.rate,
        "checked": exposure.checked,
        "alarm_reason": None if exposure.alarm_reason is None else exposure.alarm_reason.value,
        "began_boot": began.boot_id,
        "began_boot_ms": began.boot_ms,
        "began_wall_s": began.wall_s,
        "ended_boot": None if ended is None else ended.boot_id,
        "ended_boot_ms": None if ended is None else ended.boot_ms,
        "ended_wall_s": None if ended is None else ended.wall_s,
    }


def _exposure(row: sqlite3.Row) -> Exposure:
    reason = row["alarm_reason"]
    ended = Stamp(row["ended_boot"], row["ended_boot_ms"], row["ended_wall_s"])
    return Exposure(
        kind=Kind(row["kind"]),
        leg=Leg(row["leg"]),
        planned_ms=row["planned_ms"],
        began=Stamp(row["began_boot"], row["began_boot_ms"], row["began_wall_s"]),
        rate=row["rate"],
        checked=row["checked"],
        alarm_reason=None if reason is None else _reason(reason),
        ended=None if row["ended_boot"] is None else ended,
        id=row["id"],
    )


def _reason(text: str) -> PackReason:
    """A reason that a later version may know better: why it stood is lost, that it stood is not."""
    return PackReason(text) if text in set(PackReason) else PackReason.CLOCK


def _assume_packs(connection: sqlite3.Connection, now: Stamp) -> None:
    """Nobody knows which packs there were: one of each kind, of no length, counts as just taken off."""
    for kind in (Kind.HEAT, Kind.ICE):
        _added(connection, Exposure(kind, Leg.LEFT, 0, began=now, ended=now))


def _version(connection: sqlite3.Connection) -> int:
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _code(error: sqlite3.Error) -> int:
    """The primary code of SQLite for `error`, 0 where it has none."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _check(connection: sqlite3.Connection) -> None:
    """Raises DatabaseError where SQLite finds the file damaged."""
    if connection.execute("PRAGMA quick_check(1)").fetchone()[0] != "ok":
        error = sqlite3.DatabaseError("quick_check")
        error.sqlite_errorcode = sqlite3.SQLITE_CORRUPT
        raise error
