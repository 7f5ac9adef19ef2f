"""Where things lie, by the XDG specification and nothing else."""

import os
from pathlib import Path

import pytest

from relief_app.storage.paths import Paths, find_paths


def private_dir(path: Path) -> Path:
    path.mkdir(mode=0o700)
    return path


def test_everything_has_its_place(tmp_path: Path) -> None:
    runtime = private_dir(tmp_path / "run")
    names = {"XDG_CONFIG_HOME": "/c", "XDG_DATA_HOME": "/d", "XDG_STATE_HOME": "/s", "HOME": "/h"}
    found = find_paths(names | {"XDG_RUNTIME_DIR": str(runtime)}, "linux")
    assert found.settings_file == Path("/c/relief/settings.json")
    assert found.database == Path("/d/relief/relief.db")
    assert found.own_routines_dir == Path("/d/relief/routines")
    assert found.journal == Path("/s/relief/session.json")
    assert found.log_file == Path("/s/relief/relief.log")
    assert found.lock == runtime / "relief" / "lock"
    assert found.socket == runtime / "relief" / "socket"


DEFAULT = Paths(
    Path("/h/.config/relief"),
    Path("/h/.local/share/relief"),
    Path("/h/.local/state/relief"),
    Path("/h/.local/state/relief"),
)


@pytest.mark.parametrize("value", [None, "", "relative/place"])
def test_without_usable_variables_the_defaults_hold(value: str | None) -> None:
    names = ("XDG_CONFIG_HOME", "XDG_DATA_HOME", "XDG_STATE_HOME", "XDG_RUNTIME_DIR")
    environment = {"HOME": "/h"} | ({} if value is None else dict.fromkeys(names, value))
    assert find_paths(environment, "linux") == DEFAULT


def runtime_of(runtime: Path) -> Path:
    return find_paths({"HOME": "/h", "XDG_RUNTIME_DIR": str(runtime)}, "linux").runtime_dir


def test_a_runtime_dir_others_may_write_to_is_not_trusted(tmp_path: Path) -> None:
    shared = private_dir(tmp_path / "shared")
    shared.chmod(0o770)
    assert runtime_of(shared) == DEFAULT.state_dir


def test_a_runtime_dir_of_somebody_else_is_not_ours(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    other = private_dir(tmp_path / "other")
    assert runtime_of(other) == other / "relief"
    somebody = os.geteuid() + 1
    monkeypatch.setattr(os, "geteuid", lambda: somebody)
    assert runtime_of(other) == DEFAULT.state_dir


def test_a_runtime_dir_that_is_a_file_or_missing_is_none(tmp_path: Path) -> None:
    (tmp_path / "file").touch(mode=0o600)
    assert runtime_of(tmp_path / "file") == DEFAULT.state_dir
    assert runtime_of(tmp_path / "none") == DEFAULT.state_dir
    assert runtime_of(tmp_path / "nul\0") == DEFAULT.state_dir


def test_the_environment_of_the_process_is_taken_by_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("XDG_DATA_HOME", "/elsewhere")
    assert find_paths(platform="linux").data_dir == Path("/elsewhere/relief")


def test_finding_paths_makes_none_of_them(tmp_path: Path) -> None:
    find_paths({"HOME": str(tmp_path)}, "linux")
    assert list(tmp_path.iterdir()) == []


def test_other_platforms_have_places_too() -> None:
    found = find_paths(platform="darwin")
    folders = (found.config_dir, found.data_dir, found.state_dir, found.runtime_dir)
    assert all(folder.is_absolute() and "relief" in folder.parts for folder in folders)
