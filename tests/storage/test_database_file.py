"""The database as a file: whoever kills, tears, erases or shares it, no pack is lost without a word."""

import errno
import os
import signal
import sqlite3
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure
from relief_app.ports import LoadProblem, NotKept, NotKeptReason, ProblemCode
from relief_app.storage import sqlite_file
from relief_app.storage.database import is_pack_on
from relief_app.storage.database_file import MIGRATIONS, check_copy
from relief_app.storage.sqlite_file import Damaged, said, whole_copy
from tests.storage.databases import DAY, NOW, PACK, clean, store
from tests.storage.test_database import PACKS

JUST_OFF = {(Kind.HEAT, NOW), (Kind.ICE, NOW)}
"""Kind and end of the packs that are assumed where nobody knows."""


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data" / "relief.db"
    clean()


def modes(folder: Path) -> set[int]:
    return {entry.stat().st_mode & 0o777 for entry in folder.iterdir()}


def names(folder: Path) -> set[str]:
    return {entry.name for entry in folder.iterdir()}


def ended(packs: tuple[Exposure, ...]) -> set[tuple[Kind, object]]:
    return {(pack.kind, pack.ended) for pack in packs}


def run(code: str, *words: str) -> "subprocess.Popen[str]":
    """A Python of its own that knows `store` and `PACK`; `words` are its arguments from 1."""
    known = "import os, signal, sys, time; from pathlib import Path\nfrom dataclasses import replace\n"
    known += "from tests.storage.databases import NOW, PACK, store\n"
    command = [sys.executable, "-c", known + code, *words]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stdin=subprocess.PIPE, text=True)


# Whose eyes it is for


def test_all_that_lies_there_is_its_owners_alone(file: Path) -> None:
    was = os.umask(0)
    try:
        store(file).add(PACK)
    finally:
        os.umask(was)
    assert names(file.parent) == {"relief.db", "relief.db-wal", "relief.db-shm"}
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


def test_no_file_is_open_to_others_even_for_a_moment(file: Path, tmp_path: Path) -> None:
    """Every open that makes a file, seen by the system's own trace: none gives more than 0600."""
    code = """
made = []
def heard(event, values):
    if event == "open" and isinstance(values[0], str) and values[2] & os.O_CREAT:
        made.append(values[0])
sys.addaudithook(heard)
os.umask(0)
file = Path(sys.argv[1])
store(file).add(PACK)
store(file, Path(sys.argv[2])).on_skin()
assert not [name for name in made if os.path.exists(name) and os.stat(name).st_mode & 0o077], made
print("fine")
"""
    process = run(code, str(file), str(later(tmp_path, "CREATE TABLE more (id INTEGER);")))
    assert process.communicate()[0] == "fine\n"
    assert modes(file.parent) == {0o600}


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


# Damage


def no_database(file: Path) -> None:
    file.write_bytes(b"no database at all" * 99)


def torn_header(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 4_096)


def zero_bytes(file: Path) -> None:
    file.write_bytes(b"")


def half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def somebody_elses(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE cramps (severity INTEGER)")


def without_its_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE exposures")


def with_a_trap(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON exposures BEGIN DELETE FROM exposures; END")


def never_ours(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = -1")


Harm = Callable[[Path], None]
UNREADABLE: list[Harm] = [no_database, torn_header, zero_bytes, half, somebody_elses, without_its_table]


@pytest.mark.parametrize("harm", [*UNREADABLE, with_a_trap, never_ours])
def test_a_damaged_one_is_set_aside_and_packs_count_as_just_taken_off(file: Path, harm: Harm) -> None:
    store(file).add(replace(PACK, ended=NOW._replace(wall_s=5.0)))
    clean()
    harm(file)
    damaged = file.read_bytes()
    problems: list[LoadProblem] = []
    exposures = store(file, on_problem=problems.append)
    assert ended(exposures.since(NOW.wall_s - 1)) >= JUST_OFF
    aside = file.with_name(f"relief.db.damaged-{DAY}")
    assert problems == [LoadProblem(ProblemCode.DAMAGED, file, aside)]
    assert aside.read_bytes() == damaged
    assert modes(file.parent) == {0o600}
    assert exposures.add(PACK) == exposures.on_skin()
    clean()
    store(file, on_problem=problems.append).since(0)
    assert len(problems) == 1


def test_what_is_set_aside_takes_the_place_of_nothing(file: Path) -> None:
    store(file).add(PACK)
    for number in range(3):
        clean()
        file.write_text(f"damage {number}")
        store(file).since(0)
    assert sorted(entry.read_text() for entry in file.parent.glob("*.damaged-*")) == [
        f"damage {number}" for number in range(3)
    ]


@pytest.mark.parametrize("harm", [with_a_trap, never_ours])
def test_a_pack_that_can_still_be_read_stays_on_the_skin(file: Path, harm: Harm) -> None:
    store(file).add(replace(PACK, planned_ms=0, ended=NOW))
    kept = store(file).add(PACK)
    clean()
    harm(file)
    assert store(file).on_skin() == kept
    assert len(store(file).since(0)) == 4


def test_what_is_still_in_the_log_of_a_damaged_one_goes_with_it_and_is_read(file: Path) -> None:
    exposures = store(file)
    exposures.add(PACK)
    with_a_trap(file)
    with closing(sqlite3.connect(file)) as killed:
        kept = (killed.execute("SELECT count(*) FROM exposures").fetchone(), file.with_name("relief.db-wal"))
        assert kept[1].stat().st_size > 0
        copytree(file.parent, file.parent.parent / "killed")
    there = file.parent.parent / "killed" / "relief.db"
    assert store(there).on_skin() == replace(PACK, id=1)
    assert f"relief.db.damaged-{DAY}-wal" in names(there.parent)


class PowerCutError(BaseException):
    """Nothing after it happens."""


@pytest.mark.parametrize("changes", range(12))
def test_where_the_power_goes_while_it_is_set_aside_no_interval_is_forgotten(
    file: Path, changes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(file).add(PACK)
    with_a_trap(file)
    clean()
    left = [changes]
    with monkeypatch.context() as patch:
        for name in ("replace", "unlink", "rename", "hardlink_to"):
            patch.setattr(Path, name, _cut(getattr(Path, name), left))
        with suppress(PowerCutError):
            store(file).since(0)
    clean()
    assert store(file).on_skin() == replace(PACK, id=1)
    assert ended(store(file).since(0)) >= JUST_OFF
    assert list(file.parent.glob("*.damaged-*"))


def _cut(whole: Callable[..., object], left: list[int]) -> Callable[..., object]:
    def cut(*values: object, **named: object) -> object:
        if left[0] == 0:
            raise PowerCutError
        left[0] -= 1
        return whole(*values, **named)

    return cut


@settings(max_examples=60)
@given(data=st.data())
def test_torn_or_changed_anywhere_it_opens_or_is_set_aside_and_says_so(data: st.DataObject) -> None:
    """And where nothing is said, the pack that was on is on."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "relief.db"
        store(file).add(PACK)
        clean()
        whole = file.read_bytes()
        at = data.draw(st.integers(0, len(whole) - 1))
        torn = data.draw(st.booleans())
        file.write_bytes(whole[:at] if torn else (whole[:at] + b"\xa5" * 16 + whole[at + 16 :])[: len(whole)])
        problems: list[LoadProblem] = []
        exposures = store(file, on_problem=problems.append)
        try:
            found = exposures.since(0)
        except NotKept:
            return  # as where the bytes changed are those of the version: no pack is put on
        finally:
            clean()
        assert ended(found) >= JUST_OFF if problems else len(found) == 1


def test_text_that_is_none_any_more_hides_no_pack(file: Path) -> None:
    """SQLite does not look whether text is text; the boot is then not known, and the wall clock counts."""
    kept = store(file).add(PACK)
    clean()
    file.write_bytes(file.read_bytes().replace(b"boot-1", b"boot\xff\xff"))
    found = store(file).on_skin()
    assert found == replace(kept, began=NOW._replace(boot_id="boot\ufffd\ufffd"))


def test_damage_that_shows_later_is_told_and_the_file_looked_over_again(file: Path) -> None:
    exposures = store(file)
    exposures.add(PACK)
    with pytest.raises(NotKept), exposures.database.writing():
        raise Damaged
    assert exposures.on_skin() == replace(PACK, id=1)


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


# Copies, and a look from outside


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


def test_from_outside_a_pack_on_the_skin_is_seen_and_nothing_changed(file: Path) -> None:
    assert is_pack_on(file) is False
    exposures = store(file)
    kept = exposures.add(PACK)
    assert is_pack_on(file) is True
    exposures.update(replace(kept, ended=NOW))
    assert is_pack_on(file) is False
    clean()
    assert is_pack_on(file) is False
    for harm in UNREADABLE:
        harm(file)
        before = file.read_bytes()
        assert is_pack_on(file) is None
        assert file.read_bytes() == before
        file.unlink()
        store(file).on_skin()
        clean()
