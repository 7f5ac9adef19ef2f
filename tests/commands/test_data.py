"""`data where|backup|restore|erase` on the real files."""

import stat
from pathlib import Path

import pytest

from relief_app.commands import data, profile, settings
from relief_app.core.anatomy import Leg
from relief_app.desktop.single_instance import acquire
from relief_app.storage.paths import find_paths
from relief_app.storage.settings import SettingsFile

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
