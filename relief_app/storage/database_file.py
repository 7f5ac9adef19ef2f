"""A database file of ours: made, looked over, brought to our version, set aside when damaged.

For its owner's eyes only with all that lies beside it. `user_version` says which migrations
(`migrations/NNNN_*.sql`, plain SQL) it has seen; before they run over rows a copy is made, and all of them
take effect or none. A database of a newer program is not touched. What is in the tables is `database`'s.
"""

import sqlite3
from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager, suppress
from datetime import date
from functools import cached_property
from itertools import count
from pathlib import Path

from relief_app.ports import LoadProblem, NotKept, NotKeptReason, ProblemCode
from relief_app.storage.atomic import alone_in, shut_dir, write_atomic, write_new
from relief_app.storage.paths import may_exist
from relief_app.storage.sqlite_file import (
    Damaged,
    bring_up,
    check_sound,
    in_memory,
    looking_over,
    open_sound,
    opened_copy,
    said,
    structure,
    transaction,
    version,
    version_at,
    whole_copy,
)

MIGRATIONS = Path(__file__).parent / "migrations"
BESIDE = ("-wal", "-shm", "-journal")
"""What SQLite keeps beside a database, and would read into another one in its place."""

Carry = Callable[[Path, sqlite3.Connection], None]
"""Puts what is to outlast a damaged file, which lies at the path, into the new database."""


class Newer(Exception):  # noqa: N818 - an answer, not an accident
    """A database of a newer program, of which nothing is known."""


class Database:
    """One database file, made and opened when it is first asked."""

    def __init__(
        self,
        path: Path,
        carry: Carry,
        *,
        today: Callable[[], date] = date.today,
        on_problem: Callable[[LoadProblem], None] = lambda _: None,
        migrations: Path = MIGRATIONS,
    ) -> None:
        """A database at `path`; `on_problem` is told where a damaged one was set aside."""
        self.path = path
        self._carry, self._today, self._on_problem = carry, today, on_problem
        self._migrations = migrations
        self._open: sqlite3.Connection | None = None
        self._file: tuple[int, int] | None = None

    @contextmanager
    def reading(self) -> Iterator[sqlite3.Connection]:
        """The connection, to read from. Raises NotKept."""
        try:
            with said(self.path):
                yield self._connection()
        except Damaged:
            self.close()  # whoever asks next has it looked over and set aside
            raise NotKept(self.path, NotKeptReason.OTHER) from None

    @contextmanager
    def writing(self) -> Iterator[sqlite3.Connection]:
        """The connection, in a transaction that is on the disk afterwards. Raises NotKept."""
        with self.reading() as connection, transaction(connection):
            yield connection

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        if self._open is not None:
            self._open.close()
            self._open = None

    @cached_property
    def _scripts(self) -> list[str]:
        return read_scripts(self._migrations)

    def _connection(self) -> sqlite3.Connection:
        """The open connection; another one where the file has been erased or replaced behind our back."""
        if self._open is not None and _file_at(self.path) != self._file:
            self.close()
        if self._open is None:
            with alone_in(self.path.parent):
                self._open = self._opened()
            self._file = _file_at(self.path)
        return self._open

    def _opened(self) -> sqlite3.Connection:
        shut_dir(self.path.parent)
        if not may_exist(self.path):
            self._remove_beside()
            with suppress(FileExistsError):
                write_new(self.path, self._new())
        try:
            return self._sound()
        except Damaged:
            self._begin_anew()
        return self._sound()

    def _sound(self) -> sqlite3.Connection:
        """A connection to a sound database of ours, brought to our version."""
        self._check_version(version_at(self.path))
        self._shut_files()
        connection = open_sound(self.path)
        try:
            with said(self.path):
                self._check_version(version(connection))
                with looking_over():
                    _check_structure(connection, self._scripts)
                self._migrate(connection)
        except BaseException:
            connection.close()
            raise
        return connection

    def _check_version(self, seen: int | None) -> None:
        """Raises NotKept for a newer one, Damaged for what was never ours."""
        if seen is not None and seen > len(self._scripts):
            raise NotKept(self.path, NotKeptReason.NEWER)
        if seen is not None and seen < 1:
            raise Damaged(str(self.path))

    def _migrate(self, connection: sqlite3.Connection) -> None:
        if version(connection) == len(self._scripts):
            return
        self._beside(f".before-v{len(self._scripts)}-", lambda free: write_new(free, whole_copy(self.path)))
        with transaction(connection):
            bring_up(connection, self._scripts)

    def _new(self, damaged: Path | None = None) -> bytes:
        """The bytes of a new database: put in place whole, it is never half made."""
        with closing(in_memory(self._scripts)) as connection:
            if damaged is not None:
                self._carry(damaged, connection)
            return connection.serialize()

    def _begin_anew(self) -> None:
        """Set the damaged database aside and put a new one in its place, in one step for whoever looks."""
        self._shut_files()
        anew = self._new(self.path)
        aside = self._beside(".damaged-", lambda free: free.hardlink_to(self.path))
        for ending in ("-wal", "-journal"):
            with suppress(FileNotFoundError):
                _ending(self.path, ending).rename(_ending(aside, ending))
        self._remove_beside()
        write_atomic(self.path, anew, durable=True)
        self._on_problem(LoadProblem(ProblemCode.DAMAGED, self.path, aside))

    def _beside(self, ending: str, put: Callable[[Path], None]) -> Path:
        """Have `put` make a file of a free name, which ends in `ending` and the day."""
        name = f"{self.path.name}{ending}{self._today().isoformat()}"
        for number in count(1):
            free = self.path.with_name(name if number == 1 else f"{name}-{number}")
            with suppress(FileExistsError):
                put(free)
                return free
        raise AssertionError("unreachable: count never ends")

    def _remove_beside(self) -> None:
        for ending in BESIDE:
            _ending(self.path, ending).unlink(missing_ok=True)

    def _shut_files(self) -> None:
        """Shut files that something else left open to others; what is made beside them follows them."""
        for path in (self.path, *(_ending(self.path, ending) for ending in BESIDE)):
            with suppress(FileNotFoundError):
                if path.stat().st_mode & 0o777 != 0o600:
                    path.chmod(0o600)


def read_scripts(migrations: Path = MIGRATIONS) -> list[str]:
    """Every migration in its order."""
    return [file.read_text("utf-8") for file in sorted(migrations.glob("[0-9]*.sql"))]


def copy_in_memory(data: bytes | None) -> sqlite3.Connection:
    """The database in `data`, which was checked, brought to our version; a new one where there is none."""
    scripts = read_scripts()
    if data is None:
        return in_memory(scripts)
    connection = opened_copy(data)
    bring_up(connection, scripts)
    return connection


def check_copy(data: bytes) -> None:
    """Refuse bytes that are no sound database of ours, of this version or an older one.

    Raises Newer, Damaged, or sqlite3.Error for what is no database.
    """
    scripts = read_scripts()
    with closing(opened_copy(data)) as connection:
        check_sound(connection)
        if version(connection) > len(scripts):
            raise Newer
        if version(connection) < 1:
            raise Damaged
        _check_structure(connection, scripts)


def _check_structure(connection: sqlite3.Connection, scripts: Sequence[str]) -> None:
    """Raises Damaged where tables, columns or anything else differ from what the migrations make."""
    with closing(in_memory(scripts[: version(connection)])) as ours:
        if structure(connection) != structure(ours):
            raise Damaged


def _ending(path: Path, ending: str) -> Path:
    return path.with_name(path.name + ending)


def _file_at(path: Path) -> tuple[int, int] | None:
    """What tells one file from another of the same name."""
    try:
        found = path.stat()
    except OSError:
        return None
    return found.st_dev, found.st_ino
