"""What SQLite says went wrong, told as what refused: the environment, or we."""

import os
import sqlite3
from pathlib import Path

import pytest

from relief_app.ports import NotKept, NotKeptReason
from relief_app.storage.sqlite_file import said


@pytest.mark.parametrize(
    ("code", "reason"),
    [
        (sqlite3.SQLITE_FULL, NotKeptReason.NO_SPACE),
        (sqlite3.SQLITE_READONLY_DBMOVED, NotKeptReason.READ_ONLY),
        (sqlite3.SQLITE_PERM, NotKeptReason.NO_PERMISSION),
        (sqlite3.SQLITE_CANTOPEN, NotKeptReason.OTHER),
        (sqlite3.SQLITE_IOERR_WRITE, NotKeptReason.OTHER),
        (sqlite3.SQLITE_BUSY_SNAPSHOT, NotKeptReason.OTHER),
    ],
)
def test_the_environments_refusals_have_their_reasons(
    tmp_path: Path, code: int, reason: NotKeptReason
) -> None:
    error = sqlite3.OperationalError("refused")
    error.sqlite_errorcode = code
    with pytest.raises(NotKept) as refused, said(tmp_path / "relief.db"):
        raise error
    assert refused.value.reason is reason


@pytest.mark.parametrize(
    ("flags", "free", "reason"),
    [(0, 0, NotKeptReason.NO_SPACE), (os.ST_RDONLY, 0, NotKeptReason.READ_ONLY), (0, 9, NotKeptReason.OTHER)],
)
def test_where_sqlite_does_not_say_why_the_disk_is_asked(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, flags: int, free: int, reason: NotKeptReason
) -> None:
    disk = os.statvfs_result((4_096, 4_096, 99, free, free, 99, 9, 9, flags, 255))
    monkeypatch.setattr(os, "statvfs", lambda _: disk)
    error = sqlite3.OperationalError("disk I/O error")
    error.sqlite_errorcode = sqlite3.SQLITE_IOERR_SHMSIZE
    with pytest.raises(NotKept) as refused, said(tmp_path / "relief.db"):
        raise error
    assert refused.value.reason is reason
