"""SQLite files as files: opened by one way only, looked over, copied whole. Tables are `database`'s.

What SQLite says went wrong comes out as `Damaged`, or as `NotKept` where the disk, its owner or another
process refused; every other error of SQLite is a mistake of ours and stays what it is.
"""

import os
import sqlite3
import stat
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

from relief_app.ports import NotKept, NotKeptReason
from relief_app.storage.atomic import not_kept

PATIENCE_S = 2.0
"""How long another process may hold the file: whoever waits is the window."""

UNREADABLE = (sqlite3.Error, UnicodeDecodeError)
"""What reading a damaged file can end in: SQLite quotes it in its messages, and not all of it is text."""

_DAMAGE = frozenset({sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB})
_ENVIRONMENT = {
    sqlite3.SQLITE_FULL: NotKeptReason.NO_SPACE,
    sqlite3.SQLITE_READONLY: NotKeptReason.READ_ONLY,
    sqlite3.SQLITE_PERM: NotKeptReason.NO_PERMISSION,
    sqlite3.SQLITE_AUTH: NotKeptReason.NO_PERMISSION,
    sqlite3.SQLITE_CANTOPEN: NotKeptReason.OTHER,
    sqlite3.SQLITE_IOERR: NotKeptReason.OTHER,
    sqlite3.SQLITE_BUSY: NotKeptReason.OTHER,
    sqlite3.SQLITE_LOCKED: NotKeptReason.OTHER,
    sqlite3.SQLITE_PROTOCOL: NotKeptReason.OTHER,
    sqlite3.SQLITE_NOLFS: NotKeptReason.OTHER,
    sqlite3.SQLITE_NOMEM: NotKeptReason.OTHER,
}
_UNSAID = frozenset({sqlite3.SQLITE_READONLY, sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_IOERR})
"""Where SQLite does not tell which of the reasons it was."""


class Damaged(Exception):  # noqa: N818 - found out by looking, not an accident of ours
    """A file that is no sound database of ours."""


@contextmanager
def said(path: Path) -> Iterator[None]:
    """Errors of SQLite and of the system about `path`, as Damaged or NotKept."""
    try:
        yield
    except sqlite3.Error as error:
        code = _code(error)
        if code in _DAMAGE:
            raise Damaged(str(path)) from error
        if code not in _ENVIRONMENT:
            raise
        raise NotKept(path, _reason_at(path, code)) from error
    except UnicodeDecodeError as error:
        raise Damaged(str(path)) from error
    except OSError as error:
        raise not_kept(path, error) from error


@contextmanager
def looking_over() -> Iterator[None]:
    """What SQLite calls a mistake while a file is only looked at is the file's: Damaged."""
    try:
        yield
    except sqlite3.Error as error:
        if _code(error) == sqlite3.SQLITE_ERROR:
            raise Damaged from error
        raise


def open_sound(path: Path) -> sqlite3.Connection:
    """A connection that writes through to the disk; in autocommit, so that transactions are ours to say.

    SQLite gives what it makes beside the file the file's own mode. Raises as `said`.
    """
    with said(path):
        connection = _connect(path, "rw")
        try:
            with looking_over():
                connection.execute("PRAGMA journal_mode = WAL").fetchone()
                connection.execute("PRAGMA synchronous = FULL")
                check_sound(connection)
        except BaseException:
            connection.close()
            raise
    return connection


def open_to_read(path: Path) -> sqlite3.Connection:
    """A connection that changes nothing, whoever writes meanwhile. Raises as SQLite does."""
    return _connect(path, "ro")


def version_at(path: Path) -> int | None:
    """The `user_version` of the file `path`, which stays untouched; None where that cannot be told.

    Raises as `said`.
    """
    with said(path):
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):
            raise NotKept(path, NotKeptReason.OTHER)
        if found.st_size == 0:
            raise Damaged(str(path))  # ours are never empty: they are put in place whole
        try:
            with closing(open_to_read(path)) as connection, looking_over():
                return version(connection)
        except sqlite3.OperationalError as error:
            if _code(error) not in _UNSAID:
                raise
            return None  # as with a journal that a killed program left for the next to roll back


def version(connection: sqlite3.Connection) -> int:
    """How many migrations a database has seen."""
    return int(connection.execute("PRAGMA user_version").fetchone()[0])


def check_sound(connection: sqlite3.Connection) -> None:
    """Raises Damaged where SQLite finds something wrong."""
    if connection.execute("PRAGMA quick_check(1)").fetchone() != ("ok",):
        raise Damaged


@contextmanager
def transaction(connection: sqlite3.Connection) -> Iterator[None]:
    """All that is written within is on the disk afterwards, or none of it."""
    connection.execute("BEGIN IMMEDIATE")
    try:
        yield
        connection.execute("COMMIT")
    except BaseException:
        if connection.in_transaction:
            connection.execute("ROLLBACK")
        raise


def run_script(connection: sqlite3.Connection, script: str) -> None:
    """Every statement of `script` within the transaction that runs; `executescript` would end it first."""
    statement = ""
    for line in script.splitlines(keepends=True):
        statement += line
        if sqlite3.complete_statement(statement):
            connection.execute(statement)
            statement = ""


def in_memory(scripts: Sequence[str]) -> sqlite3.Connection:
    """A new database that has seen `scripts`."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    bring_up(connection, scripts)
    return connection


def bring_up(connection: sqlite3.Connection, scripts: Sequence[str]) -> None:
    """Run those of `scripts` that the database has not seen."""
    for script in scripts[version(connection) :]:
        run_script(connection, script)
    connection.execute(f"PRAGMA user_version = {len(scripts)}")


def whole_copy(path: Path) -> bytes:
    """The file `path` as it is at one moment, what is still in its log included. Raises as SQLite does."""
    with closing(open_to_read(path)) as source, closing(sqlite3.connect(":memory:")) as copy:
        source.backup(copy)
        return copy.serialize()


def opened_copy(data: bytes) -> sqlite3.Connection:
    """The database in `data`, in memory. Raises as SQLite does."""
    connection = sqlite3.connect(":memory:", isolation_level=None)
    try:
        # A database in memory cannot have a write-ahead log, and is not opened where the header asks for one.
        connection.deserialize(data[:18] + b"\x01\x01" + data[20:])
    except BaseException:
        connection.close()
        raise
    return connection


def structure(connection: sqlite3.Connection) -> set[tuple[str, ...]]:
    """What a database is made of: type and name of each part, tables with their columns."""
    found = connection.execute(
        "SELECT type, name FROM sqlite_schema WHERE name NOT LIKE 'sqlite@_%' ESCAPE '@'"
    )
    return {(kind, name, *_columns(connection, name)) for kind, name in found.fetchall()}


def _columns(connection: sqlite3.Connection, table: str) -> list[str]:
    rows = connection.execute("SELECT name FROM pragma_table_info(?)", (table,))
    return sorted(name for (name,) in rows)


def _connect(path: Path, mode: str) -> sqlite3.Connection:
    """A connection in autocommit to a file that is there: SQLite would make one that others may read."""
    address = f"{path.absolute().as_uri()}?mode={mode}"
    connection = sqlite3.connect(address, uri=True, timeout=PATIENCE_S, isolation_level=None)
    connection.text_factory = _text
    return connection


def _text(stored: bytes) -> str:
    """Text that damage may have made into none: SQLite does not look, and the rest of its row counts."""
    return stored.decode("utf-8", "replace")


def _code(error: sqlite3.Error) -> int:
    """The primary code of SQLite for `error`, 0 for what Python's own side raised."""
    return getattr(error, "sqlite_errorcode", 0) & 0xFF


def _reason_at(path: Path, code: int) -> NotKeptReason:
    reason = _ENVIRONMENT[code]
    if code not in _UNSAID or not hasattr(os, "statvfs"):
        return reason
    try:
        disk = os.statvfs(path.parent)
    except OSError:
        return reason
    if disk.f_flag & os.ST_RDONLY:
        return NotKeptReason.READ_ONLY
    if disk.f_bavail == 0:
        return NotKeptReason.NO_SPACE
    refused = not os.access(path.parent, os.W_OK) or (path.exists() and not os.access(path, os.W_OK))
    return NotKeptReason.NO_PERMISSION if refused else reason
