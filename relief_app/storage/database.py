"""The tables: the one module with SQL. Rows go in and come out as values of the core.

Where a damaged database was set aside, what can still be read of its packs goes into the new one, above all
one that is on the skin; and since nobody knows what is missing, a pack of each kind counts as just taken
off, so that no interval is cut short. Where nothing can be opened or written NotKept says why, and whoever
asked puts no pack on.
"""

import sqlite3
from collections.abc import Callable, Iterable
from contextlib import closing, suppress
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from relief_app.core.anatomy import Leg
from relief_app.core.diary import SessionRecord
from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure, PackReason, Stamp
from relief_app.core.pack_limits import A_DAY
from relief_app.storage.database_file import Carry, Database, copy_in_memory
from relief_app.storage.paths import may_exist
from relief_app.storage.sqlite_file import UNREADABLE, open_to_read

NEVER_KNOWN = Stamp("", 0, 0.0)
LIMITED = 2 * A_DAY
"""So many packs at most were put on in the last day: of each kind as many as a day allows."""


class Exposures:
    """Packs in a database; fits `relief_app.ports.ExposureStore`."""

    def __init__(self, database: Database, now: Callable[[], Stamp] = lambda: NEVER_KNOWN) -> None:
        """Packs in `database`; `now` is the present on all clocks."""
        self.database, self._now = database, now

    def add(self, exposure: Exposure) -> Exposure:
        """Keep a new pack; the answer carries its id. Raises NotKept."""
        with self.database.writing() as connection:
            return _added(connection, exposure)

    def update(self, exposure: Exposure) -> None:
        """Keep `exposure` in place of the one with its id. Raises NotKept.

        Where that is gone, the file having been erased or set aside meanwhile, it is kept anew: no pack is
        ever dropped. A pack is known by when it began as well, as ids begin anew with the file.
        """
        with self.database.writing() as connection:
            _put(connection, exposure, (_UPDATE, _UPDATE_MOVED, _INSERT_MOVED))

    def on_skin(self) -> Exposure | None:
        """The newest pack that nobody has said is off. Raises NotKept."""
        with self.database.reading() as connection:
            row = _select(connection, _ON_SKIN).fetchone()
        return None if row is None else _exposure(row)

    def since(self, wall_s: float) -> tuple[Exposure, ...]:
        """Packs that began or ended after `wall_s` (Unix seconds), and those on the skin. Raises NotKept.

        The wall clock may have been set since: those of the present boot count by its own clock as well.
        """
        now = self._now()
        boot_ms = now.boot_ms - (now.wall_s - wall_s) * 1_000
        values = {"wall_s": wall_s, "boot": now.boot_id, "boot_ms": boot_ms}
        with self.database.reading() as connection:
            rows = _select(connection, _SINCE, values).fetchall()
        return tuple(map(_exposure, rows))


class Sessions:
    """Sessions in a database; fits `relief_app.ports.SessionStore`."""

    def __init__(self, database: Database) -> None:
        self.database = database

    def add(self, record: SessionRecord) -> SessionRecord:
        """Keep a session that is over; the answer carries its id. Raises NotKept."""
        with self.database.writing() as connection:
            return replace(record, id=connection.execute(_INSERT_SESSION, asdict(record)).lastrowid)

    def last_cramp_s(self) -> float | None:
        """When the last cramp session ended (Unix seconds), None where there was none. Raises NotKept."""
        with self.database.reading() as connection:
            ended: float | None = connection.execute(_LAST_CRAMP).fetchone()[0]
        return ended


def carry_nothing(_damaged: Path, _new: sqlite3.Connection) -> None:
    """What outlasts damage in rehearsals: those packs lay on nobody's skin."""


def carry_packs(now: Callable[[], Stamp]) -> Carry:
    """What outlasts damage: the packs that can be read, and one of each kind just taken off."""

    def carry(damaged: Path, new: sqlite3.Connection) -> None:
        for pack in (*_readable_packs(damaged), *_assumed_packs(now())):
            with suppress(sqlite3.IntegrityError, OverflowError):  # what was read may be anything
                _added(new, pack)

    return carry


def is_pack_on(path: Path) -> bool | None:
    """Whether the database `path` has a pack that nobody has said is off; None where that cannot be read.

    Nothing is changed, nothing set aside.
    """
    if not may_exist(path):
        return False
    try:
        with closing(open_to_read(path)) as connection:
            return connection.execute(_ON_SKIN).fetchone() is not None
    except UNREADABLE:
        return None


def with_newest_packs(data: bytes | None, kept: Path) -> bytes | None:
    """The database `data` that is to take the place of the one at `kept`, with the newest packs of that one.

    No interval and no daily limit is forgotten with an older copy, and no pack is on again that has come off
    since. `data` is None where there is none to
    put there, and so is the answer where there are no packs either.
    """
    packs = _readable_packs(kept)[-LIMITED:] if may_exist(kept) else []
    if not packs:
        return data
    with closing(copy_in_memory(data)) as connection:
        for pack in packs:
            with suppress(sqlite3.IntegrityError, OverflowError):  # as in `carry_packs`
                _put(connection, pack, (_UPDATE_MOVED, _INSERT_MOVED))
        return connection.serialize()


_INSERT = """
    INSERT INTO exposures (
        id, kind, leg, planned_ms, rate, checked, alarm_reason,
        began_boot, began_boot_ms, began_wall_s, ended_boot, ended_boot_ms, ended_wall_s
    ) VALUES (
        :id, :kind, :leg, :planned_ms, :rate, :checked, :alarm_reason,
        :began_boot, :began_boot_ms, :began_wall_s, :ended_boot, :ended_boot_ms, :ended_wall_s
    )
"""
_INSERT_MOVED = _INSERT.replace(":id", "NULL")
_UPDATE_MOVED = """
    UPDATE exposures SET
        kind = :kind, leg = :leg, planned_ms = :planned_ms, rate = :rate, checked = :checked,
        alarm_reason = :alarm_reason,
        ended_boot = :ended_boot, ended_boot_ms = :ended_boot_ms, ended_wall_s = :ended_wall_s
    WHERE began_boot = :began_boot AND began_boot_ms = :began_boot_ms AND began_wall_s = :began_wall_s
"""
_UPDATE = f"{_UPDATE_MOVED} AND id = :id"
_ON_SKIN = "SELECT * FROM exposures WHERE ended_boot IS NULL ORDER BY id DESC LIMIT 1"
_SINCE = """
    SELECT * FROM exposures
    WHERE ended_boot IS NULL
        OR max(began_wall_s, ended_wall_s) > :wall_s
        OR ended_boot = :boot AND ended_boot != '' AND ended_boot_ms > :boot_ms
    ORDER BY id
"""
_NEWEST = "SELECT * FROM exposures ORDER BY id DESC LIMIT 100"
_LAST_CRAMP = "SELECT max(ended_wall_s) FROM sessions WHERE is_cramp"
_INSERT_SESSION = """
    INSERT INTO sessions (
        id, routine, leg, began_wall_s, ended_wall_s, utc_offset_s, outcome,
        holds_done, holds, is_cramp, cramp_ms, release_ms, lasted_too_long
    ) VALUES (
        :id, :routine, :leg, :began_wall_s, :ended_wall_s, :utc_offset_s, :outcome,
        :holds_done, :holds, :is_cramp, :cramp_ms, :release_ms, :lasted_too_long
    )
"""


def _select(
    connection: sqlite3.Connection, query: str, values: dict[str, Any] | None = None
) -> sqlite3.Cursor:
    cursor = connection.cursor()
    cursor.row_factory = sqlite3.Row
    return cursor.execute(query, values or {})


def _added(connection: sqlite3.Connection, exposure: Exposure) -> Exposure:
    return replace(exposure, id=connection.execute(_INSERT, _row(exposure)).lastrowid)


def _put(connection: sqlite3.Connection, exposure: Exposure, ways: Iterable[str]) -> None:
    """Keep `exposure` in the first of several ways that finds a row for it."""
    row = _row(exposure)
    for statement in ways:
        if connection.execute(statement, row).rowcount:
            return


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


def _readable_packs(path: Path) -> list[Exposure]:
    """What can still be read of the newest packs in a damaged database, the oldest first."""
    packs: list[Exposure] = []
    with suppress(*UNREADABLE), closing(open_to_read(path)) as connection:
        for row in _select(connection, _NEWEST):
            with suppress(LookupError, TypeError, ValueError):
                packs.append(_exposure(row))
    return packs[::-1]


def _assumed_packs(now: Stamp) -> list[Exposure]:
    """Nobody knows which packs there were: one of each kind, of no length, counts as just taken off."""
    return [Exposure(kind, Leg.LEFT, 0, began=now, ended=now) for kind in (Kind.HEAT, Kind.ICE)]
