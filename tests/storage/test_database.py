"""The database: what goes in comes out, whatever happens to the file meanwhile."""

import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from dataclasses import replace
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure, PackReason, Stamp
from relief_app.ports import NotKept, NotKeptReason
from relief_app.storage.database import MIGRATIONS, Database, Exposures

NOW = Stamp("boot-1", 5_000_000, 1_700_000_000.0)
PACK = Exposure(Kind.HEAT, Leg.LEFT, 900_000, NOW)
STAMPS = st.builds(
    Stamp, st.text("ab-", max_size=4), st.integers(0, 2**40), st.floats(0, 1e12, allow_nan=False)
)


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Path:
    return tmp_path / "data" / "relief.db"


def store(file: Path, migrations: Path = MIGRATIONS) -> Exposures:
    database = Database(file, now=lambda: NOW, today=lambda: date(2026, 1, 31), migrations=migrations)
    return Exposures(database)


def modes(folder: Path) -> set[int]:
    return {entry.stat().st_mode & 0o777 for entry in folder.iterdir()}


@given(
    st.builds(
        Exposure,
        kind=st.sampled_from([Kind.HEAT, Kind.ICE]),
        leg=st.sampled_from(Leg),
        planned_ms=st.integers(0, 1_200_000),
        began=STAMPS,
        rate=st.integers(1, 60),
        checked=st.integers(0, 4),
        alarm_reason=st.none() | st.sampled_from(PackReason),
        ended=st.none() | STAMPS,
    )
)
def test_a_pack_comes_out_as_it_went_in(pack: Exposure) -> None:
    with TemporaryDirectory() as folder:
        exposures = store(Path(folder) / "relief.db")
        kept = exposures.add(pack)
        assert exposures.since(-1.0) == (kept,)
        assert kept == replace(pack, id=kept.id)
        exposures.database.close()


def test_another_run_finds_the_pack_that_is_on(file: Path) -> None:
    first = store(file)
    kept = first.add(PACK)
    first.add(replace(PACK, ended=NOW))
    again = store(file)
    assert again.on_skin() == kept
    again.update(replace(kept, ended=NOW, checked=2))
    assert store(file).on_skin() is None
    assert store(file).since(0)[0].checked == 2


def test_only_what_is_recent_or_on_the_skin_is_told(file: Path) -> None:
    exposures = store(file)
    old = exposures.add(replace(PACK, ended=NOW))
    open_one = exposures.add(replace(PACK, began=NOW._replace(wall_s=5.0)))
    assert exposures.since(NOW.wall_s - 1) == (old, open_one)
    assert exposures.since(NOW.wall_s) == (open_one,)


def test_all_that_lies_there_is_its_owners_alone(file: Path) -> None:
    exposures = store(file)
    exposures.add(PACK)
    assert modes(file.parent) == {0o600}
    assert {entry.name for entry in file.parent.iterdir()} >= {"relief.db", "relief.db-wal"}
    assert file.parent.stat().st_mode & 0o777 == 0o700


def test_killed_right_after_a_write_nothing_is_lost(file: Path) -> None:
    code = (
        "import os, sys, signal; from pathlib import Path\n"
        "from tests.storage.test_database import PACK, store\n"
        "store(Path(sys.argv[1])).add(PACK); os.kill(os.getpid(), signal.SIGKILL)"
    )
    ended = subprocess.run([sys.executable, "-c", code, str(file)], check=False)
    assert ended.returncode == -signal.SIGKILL
    assert store(file).on_skin() == replace(PACK, id=1)


def test_before_a_migration_a_copy_is_made(file: Path, tmp_path: Path) -> None:
    store(file).add(PACK)
    later = tmp_path / "migrations"
    later.mkdir()
    for script in MIGRATIONS.glob("*.sql"):
        (later / script.name).write_bytes(script.read_bytes())
    number = len(list(later.iterdir())) + 1
    (later / f"{number:04}.sql").write_text(
        f"BEGIN; CREATE TABLE more (id INTEGER); PRAGMA user_version = {number}; COMMIT;"
    )
    assert store(file, later).on_skin() == replace(PACK, id=1)
    copy = file.with_name(f"relief.db.before-v{number}-2026-01-31")
    with closing(sqlite3.connect(copy)) as kept:
        assert kept.execute("PRAGMA user_version").fetchone() == (number - 1,)
        assert kept.execute("SELECT count(*) FROM exposures").fetchone() == (1,)
    assert modes(file.parent) == {0o600}


def test_a_migration_that_fails_changes_nothing(file: Path, tmp_path: Path) -> None:
    store(file).add(PACK)
    later = tmp_path / "migrations"
    later.mkdir()
    for script in MIGRATIONS.glob("*.sql"):
        (later / script.name).write_bytes(script.read_bytes())
    (later / "0009.sql").write_text("BEGIN; CREATE TABLE more (id INTEGER); INSERT INTO nowhere VALUES (1);")
    with pytest.raises(NotKept):
        store(file, later).on_skin()
    assert store(file).on_skin() == replace(PACK, id=1)


def test_a_newer_database_is_left_alone(file: Path) -> None:
    store(file).add(PACK)
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = 99")
        connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    before = file.read_bytes()
    with pytest.raises(NotKept) as refused:
        store(file).add(PACK)
    assert refused.value.reason is NotKeptReason.NEWER
    assert file.read_bytes() == before


@pytest.mark.parametrize("damage", [b"no database at all" * 99, b"SQLite format 3\0" + b"\xff" * 4096])
def test_a_damaged_one_is_set_aside_and_packs_count_as_just_taken_off(file: Path, damage: bytes) -> None:
    file.parent.mkdir(mode=0o700)
    file.write_bytes(damage)
    exposures = store(file)
    found = exposures.since(0)
    assert {(pack.kind, pack.planned_ms, pack.ended) for pack in found} == {
        (Kind.HEAT, 0, NOW),
        (Kind.ICE, 0, NOW),
    }
    aside = file.with_name("relief.db.damaged-2026-01-31")
    assert exposures.database.set_aside == aside
    assert aside.read_bytes() == damage


def test_an_empty_file_is_a_new_database(file: Path) -> None:
    file.parent.mkdir(mode=0o700)
    file.touch()
    assert store(file).since(0) == ()


def test_a_folder_in_its_place(file: Path) -> None:
    file.mkdir(parents=True)
    with pytest.raises(NotKept):
        store(file).add(PACK)


def test_below_a_file_there_is_no_place(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotKept):
        store(tmp_path / "file" / "relief.db").add(PACK)


def test_erased_meanwhile_it_begins_anew(file: Path) -> None:
    exposures = store(file)
    exposures.add(PACK)
    for entry in file.parent.iterdir():
        entry.unlink()
    assert exposures.on_skin() is None
    assert exposures.add(PACK).id == 1


def test_a_copy_is_whole_while_another_writes(file: Path, tmp_path: Path) -> None:
    exposures = store(file)
    exposures.add(PACK)
    exposures.database.copy_to(tmp_path / "copy.db")
    exposures.add(PACK)
    assert len(store(tmp_path / "copy.db").since(0)) == 1
    assert (tmp_path / "copy.db").stat().st_mode & 0o777 == 0o600
