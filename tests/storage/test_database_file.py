"""The database as a file: whoever kills, tears, erases or shares it, no pack is lost without a word."""

import errno
import fcntl
import os
import re
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure
from relief_app.ports import LoadProblem, NotKept, NotKeptReason
from relief_app.storage import sqlite_file
from relief_app.storage.database import is_pack_on
from relief_app.storage.database_file import MIGRATIONS, Database, check_copy
from relief_app.storage.sqlite_file import whole_copy
from tests.storage.databases import DAY, NOW, PACK, clean, modes, names, store
from tests.storage.test_database import PACKS


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data" / "relief.db"
    clean()


def run(code: str, *words: str) -> "subprocess.Popen[str]":
    """A Python of its own that knows `store` and `PACK`; `words` are its arguments from 1."""
    known = "import os, signal, sys, time; from pathlib import Path\nfrom dataclasses import replace\n"
    known += "from tests.storage.databases import NOW, PACK, store\n"
    command = [sys.executable, "-c", known + code, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)


# Whose eyes it is for


def test_all_that_lies_there_is_its_owners_alone(file: Path, tmp_path: Path) -> None:
    was = os.umask(0)
    try:
        store(file).add(PACK)
        store(file, later(tmp_path, "CREATE TABLE more (id INTEGER);")).add(PACK)
    finally:
        os.umask(was)
    beside = {"relief.db-wal", "relief.db-shm", f"relief.db.before-v2-{DAY}"}
    assert names(file.parent) == {"relief.db"} | beside
    assert modes(file.parent) == {0o600}
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_what_was_left_open_to_others_is_shut(file: Path) -> None:
    store(file).add(PACK)
    for entry in file.parent.iterdir():
        entry.chmod(0o644)
    file.parent.chmod(0o755)
    store(file).on_skin()
    assert modes(file.parent) == {0o600}
    assert file.parent.stat().st_mode & 0o777 == 0o700


# Killed, and more than one


def test_killed_right_after_a_write_nothing_is_lost(file: Path) -> None:
    process = run("store(Path(sys.argv[1])).add(PACK); os.kill(os.getpid(), signal.SIGKILL)", str(file))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert store(file).on_skin() == replace(PACK, id=1)


WRITES = """
exposures = store(Path(sys.argv[1]))
for number in range(100_000):
    kept = exposures.add(replace(PACK, planned_ms=number))
    exposures.update(replace(kept, ended=NOW))
    print(number, flush=True)
"""


@pytest.mark.parametrize("told", [1, 7, 40])
def test_killed_in_the_middle_of_writing_all_that_was_told_is_there(file: Path, told: int) -> None:
    process = run(WRITES, str(file))
    assert process.stdout is not None
    for _ in range(told):
        last = int(process.stdout.readline())
    process.kill()
    process.communicate()
    problems: list[LoadProblem] = []
    packs = store(file, on_problem=problems.append).since(0)
    assert problems == []
    assert [pack.planned_ms for pack in packs] == list(range(len(packs)))
    assert len(packs) > last
    assert all(pack.ended == NOW for pack in packs[: last + 1])


def test_what_was_written_is_on_the_disk_before_anybody_is_told(file: Path) -> None:
    """SQLite's own word for waiting at every transaction until the disk has it, as for a power cut."""
    with store(file).database.reading() as connection:
        assert connection.execute("PRAGMA synchronous").fetchone() == (2,)
        assert connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_two_begin_at_once_and_both_write(file: Path) -> None:
    """Neither makes the file twice, nor loses what the other wrote."""
    code = """
sys.stdin.readline()
exposures = store(Path(sys.argv[1]))
for number in range(20):
    exposures.add(replace(PACK, planned_ms=number, ended=NOW))
print("done")
"""
    processes = [run(code, str(file)) for _ in range(3)]
    for process in processes:
        assert process.stdin is not None
        process.stdin.write("go\n")
        process.stdin.flush()
    assert [process.communicate()[0] for process in processes] == ["done\n"] * 3
    assert sorted(pack.planned_ms for pack in store(file).since(0)) == sorted([*range(20)] * 3)


def test_it_is_made_with_the_folder_to_itself(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Else the log of another process could be taken for one that was left behind, and removed."""
    whole, held = Database._remove_beside, []

    def look(self: Database) -> None:
        folder = os.open(file.parent, os.O_RDONLY)
        with pytest.raises(BlockingIOError):
            fcntl.flock(folder, fcntl.LOCK_EX | fcntl.LOCK_NB)
        os.close(folder)
        held.append(True)
        whole(self)

    monkeypatch.setattr(Database, "_remove_beside", look)
    store(file).add(PACK)
    assert held == [True]


def test_killed_on_a_disk_without_logs_what_was_half_written_is_taken_back(file: Path) -> None:
    """Where SQLite cannot have a write-ahead log it keeps a journal, which the next to open rolls back."""
    kept = store(file).add(PACK)
    clean()
    code = """
import sqlite3
half = sqlite3.connect(sys.argv[1], isolation_level=None)
half.execute("PRAGMA journal_mode = DELETE").fetchone()
half.execute("PRAGMA cache_size = 1")
half.execute("BEGIN IMMEDIATE")
half.execute("UPDATE exposures SET ended_boot = '', ended_boot_ms = 0, ended_wall_s = 0")
more = "INSERT INTO sessions SELECT NULL, printf('%999d', value), 'left', 0, 0, 0, '', 0, 0, 0, 0, NULL, 0 "
half.execute(more + "FROM (WITH RECURSIVE n(value) AS (SELECT 1 UNION ALL SELECT value + 1 FROM n LIMIT 999) "
    "SELECT value FROM n)")
os.kill(os.getpid(), signal.SIGKILL)
"""
    process = run(code, str(file))
    process.communicate()
    assert process.returncode == -signal.SIGKILL
    assert file.with_name("relief.db-journal").stat().st_size > 0
    assert store(file).on_skin() == kept


def test_who_holds_the_file_too_long_is_told(file: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sqlite_file, "PATIENCE_S", 0.0)
    exposures = store(file)
    exposures.add(PACK)
    with closing(sqlite3.connect(file)) as other:
        other.execute("BEGIN IMMEDIATE")
        with pytest.raises(NotKept):
            exposures.add(PACK)
        other.rollback()
    assert exposures.add(PACK).id == 2


# Migrations


def later(tmp_path: Path, *scripts: str) -> Path:
    """A folder with our migrations and more."""
    folder = tmp_path / "later"
    copytree(MIGRATIONS, folder)
    first = len(list(folder.glob("*.sql"))) + 1
    for number, script in enumerate(scripts, first):
        (folder / f"{number:04}_more.sql").write_text(script)
    return folder


SCRIPTS = (
    "ALTER TABLE exposures ADD COLUMN note TEXT NOT NULL DEFAULT 'a;b';",
    """
    CREATE TABLE drinks (id INTEGER PRIMARY KEY, ml INTEGER) STRICT;
    -- a trigger has statements of its own
    CREATE TRIGGER seen AFTER INSERT ON drinks BEGIN
        SELECT 1;
        SELECT 2;
    END;
    """,
    "UPDATE exposures SET note = 'moved' WHERE note = 'a;b';",
)


@settings(max_examples=15)
@given(packs=st.lists(PACKS, max_size=6), version=st.integers(0, 2))
def test_from_every_older_version_every_row_comes_along(packs: list[Exposure], version: int) -> None:
    with TemporaryDirectory() as folder:
        tmp = Path(folder)
        file, ours = tmp / "data" / "relief.db", len(list(MIGRATIONS.glob("*.sql")))
        older = store(file, later(tmp / "older", *SCRIPTS[:version]))
        kept = [older.add(pack) for pack in packs]
        assert older.since(-1.0) == tuple(kept)
        clean()
        newer = store(file, later(tmp / "newer", *SCRIPTS))
        assert newer.since(-1.0) == tuple(kept)
        target = ours + len(SCRIPTS)
        assert names(file.parent) >= {"relief.db", f"relief.db.before-v{target}-{DAY}"}
        with closing(sqlite3.connect(file.with_name(f"relief.db.before-v{target}-{DAY}"))) as copy:
            assert copy.execute("PRAGMA user_version").fetchone() == (ours + version,)
            assert copy.execute("SELECT count(*) FROM exposures").fetchone() == (len(packs),)
        assert modes(file.parent) == {0o600}
        clean()


def test_a_second_copy_of_the_same_day_overwrites_none(file: Path, tmp_path: Path) -> None:
    first = file.with_name(f"relief.db.before-v2-{DAY}")
    store(file).add(PACK)
    first.write_text("precious")
    store(file, later(tmp_path, SCRIPTS[0])).on_skin()
    assert first.read_text() == "precious"
    assert first.with_name(first.name + "-2").exists()


def test_without_room_for_the_copy_nothing_is_migrated(
    file: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(file).add(PACK)
    clean()

    def full(*_: object) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    with monkeypatch.context() as patch:
        patch.setattr(os, "fsync", full)
        with pytest.raises(NotKept) as refused:
            store(file, later(tmp_path, SCRIPTS[0])).on_skin()
    assert refused.value.reason is NotKeptReason.NO_SPACE
    assert names(file.parent) == {"relief.db"}
    assert store(file).on_skin() == replace(PACK, id=1)


def test_a_migration_that_is_wrong_is_our_mistake_and_changes_nothing(file: Path, tmp_path: Path) -> None:
    store(file).add(PACK)
    wrong = later(tmp_path, "CREATE TABLE more (id INTEGER);\nINSERT INTO more VALUES (1);\nNONSENSE;")
    with pytest.raises(sqlite3.OperationalError, match="syntax error"):
        store(file, wrong).on_skin()
    assert store(file).on_skin() == replace(PACK, id=1)


def test_a_newer_database_is_not_touched(file: Path, tmp_path: Path) -> None:
    """Not even what is still in its log is moved into it."""
    store(file).add(PACK)
    with closing(sqlite3.connect(file)) as newer:
        newer.execute("PRAGMA user_version = 99")
        killed = tmp_path / "killed"
        copytree(file.parent, killed)
    before = {entry.name: entry.read_bytes() for entry in killed.iterdir()}
    for _ in range(2):
        with pytest.raises(NotKept) as refused:
            store(killed / "relief.db").add(PACK)
        assert refused.value.reason is NotKeptReason.NEWER
    assert names(killed) == set(before)
    for name in ("relief.db", "relief.db-wal"):
        assert (killed / name).read_bytes() == before[name]


# What is no file, or may not be used


def test_a_folder_in_its_place(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(NotKept):
        store(file).add(PACK)
    assert is_pack_on(file) is None


def test_a_pipe_in_its_place_keeps_nobody_waiting(file: Path) -> None:
    file.parent.mkdir()
    os.mkfifo(file)
    with pytest.raises(NotKept):
        store(file).since(0)


def test_below_a_file_there_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotKept):
        store(tmp_path / "file" / "relief.db").add(PACK)
    assert is_pack_on(tmp_path / "file" / "relief.db") is False


def test_replaced_meanwhile_the_new_one_is_used(file: Path, tmp_path: Path) -> None:
    exposures = store(file)
    exposures.add(PACK)
    other = store(tmp_path / "other.db")
    second = other.add(replace(PACK, kind=Kind.ICE))
    clean()
    exposures.on_skin()
    (tmp_path / "other.db").replace(file)
    assert exposures.on_skin() == second
    exposures.database.close()


def test_a_log_of_a_database_that_is_gone_is_not_read_into_a_new_one(file: Path) -> None:
    exposures = store(file)
    exposures.add(PACK)
    log = file.with_name("relief.db-wal").read_bytes()
    clean()
    file.unlink()
    file.with_name("relief.db-wal").write_bytes(log)
    assert store(file).since(0) == ()


def test_a_full_disk_leaves_what_was_there(file: Path) -> None:
    exposures = store(file)
    kept = exposures.add(PACK)
    with exposures.database.reading() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    refusals = []
    for _ in range(100):
        try:
            exposures.add(PACK)
        except NotKept as refused:
            refusals.append(refused.reason)
    assert set(refusals) == {NotKeptReason.NO_SPACE}
    exposures.update(replace(kept, checked=1))
    assert store(file).since(0)[0] == replace(kept, checked=1)


def test_a_mistake_of_ours_stays_one(file: Path) -> None:
    exposures = store(file)
    with pytest.raises(sqlite3.OperationalError), exposures.database.reading() as connection:
        connection.execute("SELECT * FROM nowhere")
    with pytest.raises(sqlite3.IntegrityError):
        exposures.add(replace(PACK, rate=61))
    assert exposures.since(0) == ()


# Copies


def test_a_copy_is_whole_while_another_writes(file: Path) -> None:
    exposures = store(file)
    exposures.add(PACK)
    with exposures.database.writing() as connection:
        connection.execute("UPDATE exposures SET checked = 3")
        data = whole_copy(file)
    check_copy(data)
    other = file.with_name("copy.db")
    other.write_bytes(data)
    assert store(other).since(0) == (replace(PACK, id=1),)


def test_only_one_module_names_a_table() -> None:
    """SQL with tables stands in `database` and in the migrations, nowhere else."""
    tables = {"sessions", "exposures"}
    words = re.compile(r"\b(?:FROM|INTO|UPDATE|TABLE|JOIN)\s+(\w+)")
    package = MIGRATIONS.parents[1]
    found = {
        file.name for file in package.rglob("*.py") if tables & set(words.findall(file.read_text("utf-8")))
    }
    assert found == {"database.py"}
