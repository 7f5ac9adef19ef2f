"""Restoring and erasing: all of it or nothing, also where the power goes in the middle."""

import io
import stat
import zipfile
from contextlib import suppress
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from relief_app.core.archives import ArchiveRefused
from relief_app.core.preferences import Settings
from relief_app.core.profile import Answer, Profile
from relief_app.ports import NotKept
from relief_app.storage import own_data
from relief_app.storage.archive import make_archive
from relief_app.storage.own_data import erase, finish, kept_files, restore
from relief_app.storage.paths import Paths
from relief_app.storage.profile import ProfileFile
from relief_app.storage.settings import SettingsFile
from tests.storage.databases import NOW, PACK, clean, store
from tests.storage.test_archive import fill, packed, paths_in


def today() -> date:
    return date(2026, 1, 31)


def contents(paths: Paths) -> dict[str, bytes]:
    """Every file by its place, but archives of what was before, and the index that reading a log leaves."""
    root = paths.config_dir.parent.parent
    names = (kept.path for kept in kept_files(paths) if not kept.path.name.startswith("before-restore"))
    found = (path for path in names if not path.name.endswith("-shm"))
    return {str(path.relative_to(root)): path.read_bytes() for path in found}


@pytest.fixture
def paths(tmp_path: Path) -> Paths:
    """What was before: other settings, a diary with its log, a routine that no archive has, a session."""
    paths = paths_in(tmp_path / "mine")
    fill(paths, rows=5).close()
    SettingsFile(paths.settings_file).save(Settings(country="US"))
    (paths.own_routines_dir / "old.toml").write_text("format = 1")
    paths.database.with_name("relief.db-wal").write_bytes(b"of another database")
    paths.state_dir.mkdir(parents=True)
    paths.journal.write_text("{}")
    return paths


@pytest.fixture
def archive(tmp_path: Path) -> bytes:
    other = paths_in(tmp_path / "other")
    fill(other).close()
    ProfileFile(other.profile).save(Profile({"blood_thinner": Answer.YES}))
    return make_archive(other, "0")


def check_restored(paths: Paths) -> None:
    assert SettingsFile(paths.settings_file).load().country == "DE"
    assert ProfileFile(paths.profile).load() == Profile({"blood_thinner": Answer.YES})
    assert sorted(path.name for path in paths.own_routines_dir.iterdir()) == ["mine.toml", "torn.toml"]
    assert len(store(paths.database).since(0)) == 3
    clean()
    assert paths.journal.read_text() == "{}"
    names = {kept.path.name for kept in kept_files(paths)}
    assert not [name for name in names if name == "unfinished" or name.endswith(".restoring")]


def test_what_is_in_the_archive_takes_the_place_of_what_was(paths: Paths, archive: bytes) -> None:
    before = contents(paths)
    aside = restore(paths, archive, today)
    check_restored(paths)
    assert aside == paths.data_dir / "before-restore-2026-01-31.zip"
    assert stat.S_IMODE(aside.stat().st_mode) == 0o600
    with zipfile.ZipFile(aside) as old:
        assert old.read("settings.json") == before["config/relief/settings.json"]
        assert old.read("routines/old.toml") == b"format = 1"
        assert old.read("relief.db-wal") == b"of another database"
    assert restore(paths, archive, today) == paths.data_dir / "before-restore-2026-01-31-2.zip"
    check_restored(paths)


def test_what_an_older_copy_does_not_know_of_packs_stays_known(tmp_path: Path) -> None:
    """Restoring is no way round an interval, and puts no pack on again that has come off since."""
    paths = paths_in(tmp_path / "mine")
    packs = store(paths.database)
    first = packs.add(PACK)
    archive = make_archive(paths, "0")
    first = replace(first, ended=NOW, checked=2)
    packs.update(first)
    since = [packs.add(replace(PACK, began=NOW._replace(boot_ms=number), ended=NOW)) for number in range(3)]
    clean()
    for _ in range(2):
        restore(paths, archive, today)
        assert store(paths.database).since(0) == (first, *since)
        assert store(paths.database).on_skin() is None
        clean()
    # Cut short right before its last change, it is done once more.
    paths.unfinished.write_bytes(archive)
    finish(paths)
    assert store(paths.database).since(0) == (first, *since)
    clean()


def test_an_archive_without_a_database_forgets_no_packs_either(tmp_path: Path) -> None:
    paths = paths_in(tmp_path / "mine")
    archive = make_archive(paths, "0")
    pack = store(paths.database).add(replace(PACK, ended=NOW))
    clean()
    restore(paths, archive, today)
    assert store(paths.database).since(0) == (pack,)
    clean()


def test_every_restored_file_is_for_its_owner_only(tmp_path: Path, archive: bytes) -> None:
    paths = paths_in(tmp_path / "new")
    assert restore(paths, archive, today) is None
    kept = kept_files(paths)
    assert {stat.S_IMODE(file.path.stat().st_mode) for file in kept} == {0o600}
    assert {stat.S_IMODE(file.path.parent.stat().st_mode) for file in kept} == {0o700}


@pytest.mark.parametrize("bad", [b"", b"no archive", packed({"../x": b""}), packed({"profile.json": b"{"})])
def test_what_is_refused_changes_nothing(paths: Paths, bad: bytes) -> None:
    before = contents(paths)
    with pytest.raises(ArchiveRefused):
        restore(paths, bad, today)
    assert contents(paths) == before


def test_where_a_file_cannot_be_replaced_nothing_is_changed(paths: Paths, archive: bytes) -> None:
    paths.profile.unlink()
    paths.profile.mkdir()
    before = contents(paths)
    with pytest.raises(NotKept):
        restore(paths, archive, today)
    assert contents(paths) == before


def test_without_room_for_the_note_nothing_is_changed(paths: Paths, archive: bytes) -> None:
    paths.unfinished.mkdir()
    before = contents(paths)
    with pytest.raises(NotKept):
        restore(paths, archive, today)
    assert contents(paths) == before


class PowerCutError(BaseException):
    """Nothing after it happens."""


def cut_power_at(number: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """Let the file system change `number` times more, and no more."""
    left = [number]
    for name in ("replace", "unlink", "rmdir", "hardlink_to"):
        whole = getattr(Path, name)

        def cut(self: Path, *values: object, whole: object = whole, **named: object) -> object:
            if left[0] == 0:
                raise PowerCutError
            left[0] -= 1
            return whole(self, *values, **named)  # type: ignore[operator] # a method of Path

        monkeypatch.setattr(Path, name, cut)


@pytest.mark.parametrize("changes", range(60))
def test_a_restore_cut_short_at_any_change_is_finished_or_was_never_begun(
    paths: Paths, archive: bytes, changes: int
) -> None:
    before = contents(paths)
    with pytest.MonkeyPatch.context() as patch:
        cut_power_at(changes, patch)
        with suppress(PowerCutError):
            restore(paths, archive, today)
    if paths.unfinished.exists():
        finish(paths)
        check_restored(paths)
    elif contents(paths).get("config/relief/settings.json") == before["config/relief/settings.json"]:
        after = contents(paths)
        assert {key: after[key] for key in before} == before
    else:
        check_restored(paths)


@pytest.mark.parametrize("changes", range(20))
def test_an_erasure_cut_short_is_finished(paths: Paths, changes: int) -> None:
    before = contents(paths)
    with pytest.MonkeyPatch.context() as patch:
        cut_power_at(changes, patch)
        with suppress(PowerCutError):
            erase(paths)
    if paths.unfinished.exists():
        finish(paths)
    after = contents(paths)
    # The first change puts the note in place under its name.
    assert after == {} if changes else {key: after[key] for key in before} == before


def test_erasing_leaves_neither_file_nor_folder(paths: Paths) -> None:
    (paths.data_dir / "deep" / "er").mkdir(parents=True)
    (paths.data_dir / "profile.json.damaged-2026-01-01").write_text("{")
    (paths.state_dir / "relief.log.1").write_text("x")
    elsewhere = paths.config_dir.parent.parent / "not-ours.txt"
    elsewhere.write_text("stays")
    (paths.data_dir / "link").symlink_to(elsewhere)
    erase(paths)
    assert kept_files(paths) == ()
    assert [paths.config_dir.exists(), paths.state_dir.exists()] == [False, False]
    assert elsewhere.read_text() == "stays"


def test_what_only_a_running_app_has_is_no_data(paths: Paths) -> None:
    here = paths._replace(runtime_dir=paths.state_dir)
    here.lock.write_text("")
    assert here.lock not in {kept.path for kept in kept_files(here)}
    erase(here)
    assert here.lock.exists()


def test_every_file_is_named_once_with_its_size(paths: Paths) -> None:
    same = paths._replace(config_dir=paths.data_dir)
    found = kept_files(same)
    assert len({kept.path for kept in found}) == len(found)
    sizes = {kept.path: kept.size for kept in found}
    assert sizes[paths.own_routines_dir / "old.toml"] == len("format = 1")


@pytest.mark.parametrize("note", [b"", b"nonsense", packed({"profile.json": b"{"})])
def test_a_note_that_says_nothing_is_dropped(paths: Paths, note: bytes) -> None:
    before = contents(paths)
    paths.unfinished.write_bytes(note)
    finish(paths)
    assert contents(paths) == before


def test_a_note_that_is_gone_is_no_trouble(paths: Paths) -> None:
    before = contents(paths)
    finish(paths)
    assert contents(paths) == before


def test_an_erasure_that_may_not_go_on_is_told(paths: Paths, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(self: Path, *, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    with pytest.raises(NotKept):
        own_data._erase(paths)
    monkeypatch.undo()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(Path, "replace", lambda *_: refuse(paths.profile))
        with pytest.raises(NotKept):
            own_data._swap(paths, {paths.profile: paths.profile})


def test_the_raw_archive_is_one(paths: Paths, archive: bytes) -> None:
    aside = restore(paths, archive, today)
    assert aside is not None
    assert zipfile.is_zipfile(io.BytesIO(aside.read_bytes()))
