"""`data where|backup|restore|erase` on the real files."""

import sqlite3
import stat
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from relief_app.commands import data, profile, settings
from relief_app.core.anatomy import Leg
from relief_app.core.exposure import Exposure
from relief_app.desktop.single_instance import acquire
from relief_app.storage.paths import find_paths
from relief_app.storage.settings import SettingsFile
from relief_app.storage.sqlite_file import whole_copy
from tests.storage.databases import NOW, PACK, clean, store
from tests.storage.test_archive import packed

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _something_is_kept() -> None:
    assert profile.set_answer("unsteady", "yes") == 0
    assert settings.set_value("leg", "left") == 0


def test_every_file_is_named(capsys: Captured) -> None:
    assert data.where() == 0
    paths = find_paths()
    sizes = [(path, path.stat().st_size) for path in (paths.settings_file, paths.profile)]
    assert capsys.readouterr() == ("".join(f"{path}  {size}\n" for path, size in sizes), "")


def test_a_backup_brings_back_what_was_lost(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "mine.zip"
    assert data.backup(str(file)) == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert data.erase_all(yes=True) == 0
    assert data.where() == 0
    out = capsys.readouterr().out.splitlines()
    assert out[:2] == [f"backed up: {file}", "erased: nothing is kept any more"]
    assert out[2].startswith("nothing is kept; it would lie in ")
    assert data.restore_from(str(file)) == 0
    assert capsys.readouterr() == (f"restored: {file}\n", "")
    assert profile.get("unsteady") == 0
    assert capsys.readouterr().out == "yes\n"
    assert SettingsFile(find_paths().settings_file).load().leg is Leg.LEFT


def test_what_was_there_is_put_aside_and_told(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "mine.zip"
    assert data.backup(str(file)) == 0
    assert profile.set_answer("unsteady", "no") == 0
    assert data.restore_from(str(file)) == 0
    (aside,) = find_paths().data_dir.glob("before-restore-*.zip")
    assert capsys.readouterr().out.splitlines()[-1] == f"what was there before: {aside}"


def test_a_file_that_is_there_is_not_overwritten(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "mine.zip"
    file.write_text("precious")
    assert data.backup(str(file)) == 1
    assert file.read_text() == "precious"
    out, err = capsys.readouterr()
    assert out == ""
    assert err.endswith(": there is a file already; nothing was overwritten\n")


def test_a_damaged_file_is_named_and_nothing_is_written(tmp_path: Path, capsys: Captured) -> None:
    find_paths().profile.write_text("{")
    assert data.backup(str(tmp_path / "mine.zip")) == 1
    assert capsys.readouterr() == ("", "not backed up: profile.json is damaged\n")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04", b"\x1b[31m"])
def test_what_is_no_archive_changes_nothing(tmp_path: Path, content: bytes, capsys: Captured) -> None:
    file = tmp_path / "\x1b[31m.zip"
    file.write_bytes(content)
    before = find_paths().profile.read_bytes()
    assert data.restore_from(str(file)) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
    assert "this is no archive of Relief; nothing was changed" in err
    assert "\x1b" not in err
    assert find_paths().profile.read_bytes() == before


def test_a_missing_file_is_one_line(tmp_path: Path, capsys: Captured) -> None:
    assert data.restore_from(str(tmp_path / "none.zip")) == 1
    assert (
        capsys.readouterr().err == f"{tmp_path / 'none.zip'}: this file cannot be read; nothing was changed\n"
    )


def test_erasing_asks_for_a_plain_yes(capsys: Captured) -> None:
    assert data.erase_all(yes=False) == 2
    assert find_paths().profile.exists()
    assert capsys.readouterr().err.endswith("to do it: data erase --yes\n")


def test_beside_a_running_app_nothing_is_changed(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "mine.zip"
    assert data.backup(str(file)) == 0
    paths = find_paths()
    paths.lock.parent.mkdir(parents=True, exist_ok=True)
    lock = acquire(paths.lock)
    assert lock is not None
    before = paths.profile.read_bytes()
    try:
        assert (data.restore_from(str(file)), data.erase_all(yes=True)) == (1, 1)
    finally:
        lock.release()
    line = "Relief is running: close it first; nothing was changed\n"
    assert capsys.readouterr() == (f"backed up: {file}\n", line * 2)
    assert paths.profile.read_bytes() == before


def pack_on() -> Exposure:
    """A heat pack that an earlier run left on the skin."""
    return store(find_paths().database).add(PACK)


def test_while_a_pack_is_on_nothing_that_is_known_of_it_goes(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "mine.zip"
    pack = pack_on()
    assert data.backup(str(file)) == 0
    before = find_paths().database.read_bytes()
    assert (data.restore_from(str(file)), data.erase_all(yes=True)) == (4, 4)
    out, err = capsys.readouterr()
    assert out == f"backed up: {file}\n"
    line = "a heat or ice pack counts as on the skin: take it off, open Relief and say that it is off"
    assert err == f"{line}; nothing was changed\n" * 2
    assert find_paths().database.read_bytes() == before
    store(find_paths().database).update(replace(pack, ended=NOW))
    clean()
    assert data.erase_all(yes=True) == 0
    assert not find_paths().data_dir.exists()


def test_while_a_pack_is_on_in_the_running_app_the_pack_is_the_reason() -> None:
    pack_on()
    paths = find_paths()
    paths.lock.parent.mkdir(parents=True, exist_ok=True)
    lock = acquire(paths.lock)
    assert lock is not None
    try:
        assert data.erase_all(yes=True) == 4
    finally:
        lock.release()
        clean()


def test_a_rehearsed_pack_keeps_nobody_from_erasing() -> None:
    store(find_paths().rehearsals).add(replace(PACK, rate=60))
    clean()
    assert data.erase_all(yes=True) == 0


def test_data_that_cannot_be_read_can_be_erased_with_a_word_on_packs(capsys: Captured) -> None:
    find_paths().database.write_bytes(b"no database" * 99)
    assert data.erase_all(yes=True) == 0
    out, err = capsys.readouterr()
    assert out == "erased: nothing is kept any more\n"
    assert err == "whether a pack is on the skin could not be read: if one is, take it off now\n"


def test_all_that_belongs_to_a_database_is_named_private_and_erased(capsys: Captured) -> None:
    paths = find_paths()
    store(paths.database).add(replace(PACK, ended=NOW))
    store(paths.rehearsals).add(PACK)
    for name in ("relief.db.before-v2-2026-01-31", "relief.db.damaged-2026-01-31"):
        (paths.data_dir / name).write_bytes(b"x")
    assert data.where() == 0
    named = {Path(line.rpartition("  ")[0]).name for line in capsys.readouterr().out.splitlines()}
    assert named >= {
        "relief.db",
        "relief.db-wal",
        "relief.db-shm",
        "rehearsal.db",
        "rehearsal.db-wal",
        "relief.db.before-v2-2026-01-31",
        "relief.db.damaged-2026-01-31",
    }
    assert data.erase_all(yes=True) == 0
    clean()
    assert [folder.exists() for folder in (paths.config_dir, paths.data_dir, paths.state_dir)] == [False] * 3


def test_a_backup_while_the_app_writes_is_one_moment(tmp_path: Path, capsys: Captured) -> None:
    packs = store(find_paths().database)
    kept = packs.add(PACK)
    with packs.database.writing() as connection:
        connection.execute("UPDATE exposures SET checked = 9")
        assert data.backup(str(tmp_path / "mine.zip")) == 0
    packs.update(replace(kept, ended=NOW))
    clean()
    assert data.erase_all(yes=True) == 0
    assert data.restore_from(str(tmp_path / "mine.zip")) == 0
    assert store(find_paths().database).on_skin() == kept
    assert not list(find_paths().data_dir.glob("*-journal"))
    clean()


def test_a_database_of_a_newer_version_is_not_restored(tmp_path: Path, capsys: Captured) -> None:
    file = tmp_path / "mine.zip"
    store(find_paths().database).on_skin()
    clean()
    with closing(sqlite3.connect(find_paths().database)) as database:
        database.execute("PRAGMA user_version = 99")
        content = {"relief.db": whole_copy(find_paths().database)}
    file.write_bytes(packed(content))
    assert data.restore_from(str(file)) == 1
    assert "or one of another version; nothing was changed" in capsys.readouterr().err


def test_what_was_cut_short_is_finished_first(tmp_path: Path) -> None:
    file = tmp_path / "mine.zip"
    assert data.backup(str(file)) == 0
    paths = find_paths()
    paths.unfinished.parent.mkdir(parents=True, exist_ok=True)
    paths.unfinished.write_bytes(file.read_bytes())
    paths.profile.unlink()
    assert data.backup(str(tmp_path / "again.zip")) == 0
    assert paths.profile.exists()
    paths.unfinished.write_bytes(file.read_bytes())
    paths.profile.unlink()
    bad = tmp_path / "bad.zip"
    bad.write_bytes(b"no")
    assert data.restore_from(str(bad)) == 1
    assert paths.profile.exists()
    assert not paths.unfinished.exists()
