"""One archive of all that a person owns: whole, restorable, and refused where it is not ours."""

import hashlib
import io
import json
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from relief_app.core.archives import ArchiveProblem, ArchiveRefused
from relief_app.core.preferences import Settings
from relief_app.core.profile import Answer, Profile
from relief_app.storage import archive as archive_module
from relief_app.storage.archive import (
    make_archive,
    make_raw_archive,
    read_archive,
)
from relief_app.storage.database_file import Database
from relief_app.storage.paths import Paths
from relief_app.storage.profile import ProfileFile
from relief_app.storage.settings import SettingsFile
from tests.storage.databases import NOW, PACK, clean, store
from tests.storage.samples import document


def paths_in(folder: Path) -> Paths:
    return Paths(*(folder / kind / "relief" for kind in ("config", "data", "state", "run")))


def fill(paths: Paths, *, rows: int = 3) -> Database:
    """Settings, answers, two routines, and a database whose packs are still in its write-ahead log."""
    SettingsFile(paths.settings_file).save(Settings(country="DE"))
    ProfileFile(paths.profile).save(Profile({"unsteady": Answer.YES}, {"cream_used_at": 5.0}))
    paths.own_routines_dir.mkdir()
    (paths.own_routines_dir / "mine.toml").write_text(document())
    (paths.own_routines_dir / "torn.toml").write_bytes(b"\xff")
    packs = store(paths.database)
    for number in range(rows):
        packs.add(replace(PACK, planned_ms=number, ended=NOW))
    return packs.database


def manifest_of(files: dict[str, bytes]) -> bytes:
    sums = {name: hashlib.sha256(data).hexdigest() for name, data in files.items()}
    return json.dumps({"format": 1, "version": "0", "files": sums}).encode()


def packed(files: dict[str, bytes], *, manifest: bytes | None = None) -> bytes:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as writing:
        first = {"manifest.json": manifest_of(files) if manifest is None else manifest}
        for name, data in (first | files).items():
            writing.writestr(name, data)
    return target.getvalue()


def problem(data: bytes) -> tuple[ArchiveProblem, str]:
    with pytest.raises(ArchiveRefused) as refused:
        read_archive(data)
    return refused.value.problem, refused.value.name


def test_everything_is_in_it_and_comes_out_again(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    with closing(fill(paths)):
        content = read_archive(make_archive(paths, "1.2.3"))
    manifest = json.loads(content.pop("manifest.json"))
    assert (manifest["format"], manifest["version"], set(manifest["files"])) == (1, "1.2.3", set(content))
    (tmp_path / "copy.db").write_bytes(content.pop("relief.db"))
    assert [pack.planned_ms for pack in store(tmp_path / "copy.db").since(0)] == [0, 1, 2]
    clean()
    routines = paths.own_routines_dir
    assert content == {
        "settings.json": paths.settings_file.read_bytes(),
        "profile.json": paths.profile.read_bytes(),
        "routines/mine.toml": (routines / "mine.toml").read_bytes(),
        "routines/torn.toml": b"\xff",
    }


def test_of_nothing_there_is_an_archive_of_nothing(tmp_path: Path) -> None:
    assert list(read_archive(make_archive(paths_in(tmp_path), "0"))) == ["manifest.json"]
    assert make_raw_archive(paths_in(tmp_path)) == b""


@pytest.mark.parametrize("name", ["settings_file", "profile", "database"])
def test_what_could_not_be_restored_is_not_backed_up(tmp_path: Path, name: str) -> None:
    paths = paths_in(tmp_path)
    fill(paths).close()
    path: Path = getattr(paths, name)
    path.write_bytes(b"no such thing" * 300)
    with pytest.raises(ArchiveRefused) as refused:
        make_archive(paths, "0")
    assert refused.value.name == path.name
    with zipfile.ZipFile(io.BytesIO(make_raw_archive(paths))) as raw:
        assert raw.read(path.name) == path.read_bytes()


def test_a_folder_in_the_place_of_a_file_is_named(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    paths.profile.mkdir(parents=True)
    with pytest.raises(ArchiveRefused) as refused:
        make_archive(paths, "0")
    assert (refused.value.problem, refused.value.name) == (ArchiveProblem.UNREADABLE_FILE, "profile.json")
    assert make_raw_archive(paths) == b""


def test_the_raw_archive_has_what_sqlite_keeps_beside_the_database(tmp_path: Path) -> None:
    paths = paths_in(tmp_path)
    with closing(fill(paths)), zipfile.ZipFile(io.BytesIO(make_raw_archive(paths))) as raw:
        assert {"relief.db", "relief.db-wal", "routines/mine.toml"} <= set(raw.namelist())


STRANGE, DAMAGED, OTHER = (
    ArchiveProblem.STRANGE_FILE,
    ArchiveProblem.DAMAGED_FILE,
    ArchiveProblem.OTHER_FORMAT,
)


@pytest.mark.parametrize(
    "name",
    [
        "../settings.json",
        "/etc/passwd",
        "routines/../profile.json",
        "routines/a/b.toml",
        "routines/.toml",
        "routines/Mine.toml",
        "routines/mine.toml\n",
        "session.json",
        "folder/",
        "C:\\x",
    ],
)
def test_no_name_but_ours_is_taken(name: str) -> None:
    found = problem(packed({name: b""}))
    assert found[0] is STRANGE


@pytest.mark.parametrize(
    ("name", "data"),
    [
        ("settings.json", b"{"),
        ("settings.json", b'{"format": 1, "leg": "third"}'),
        ("settings.json", b" " * 70_000),
        ("profile.json", b'{"format": 1, "answers": {"unsteady": "maybe"}}'),
        ("profile.json", b'{"format":' + b"[" * 30_000),
        ("relief.db", b"no database" * 500),
        ("routines/long.toml", b"#" * 70_000),
    ],
)
def test_a_damaged_file_is_named(name: str, data: bytes) -> None:
    assert problem(packed({name: data})) == (DAMAGED, name)


@pytest.mark.parametrize("manifest", [b"", b"[]", b'{"format": 2}', b'{"version": "0"}', b"[" * 30_000])
def test_another_format_is_refused(manifest: bytes) -> None:
    assert problem(packed({}, manifest=manifest)) == (OTHER, "manifest.json")


def test_without_a_manifest_it_is_not_ours() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as writing:
        writing.writestr("settings.json", b"{}")
    assert problem(target.getvalue()) == (OTHER, "manifest.json")


def test_an_archive_with_less_or_more_or_other_than_it_says_is_refused() -> None:
    one, other = {"routines/a.toml": b"a"}, {"routines/a.toml": b"b"}
    two = one | {"routines/b.toml": b"b"}
    for files, said in ((one, two), (two, one), (one, other), (one, {})):
        assert problem(packed(files, manifest=manifest_of(said))) == (DAMAGED, "manifest.json")
    assert problem(packed({}, manifest=b'{"format": 1}')) == (DAMAGED, "manifest.json")


def test_a_file_that_is_there_twice_is_refused() -> None:
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w") as writing:
        writing.writestr("manifest.json", manifest_of({}))
        writing.writestr("profile.json", b'{"format": 1, "answers": {}}')
        with pytest.warns(UserWarning, match="Duplicate"):
            writing.writestr("profile.json", b'{"format": 1, "answers": {"unsteady": "no"}}')
    assert problem(target.getvalue()) == (STRANGE, "profile.json")


def test_too_many_and_too_large_are_refused_unread(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archive_module, "MEMBERS", 2)
    many = packed({f"routines/r{number}.toml": b"" for number in range(2)})
    assert problem(many) == (ArchiveProblem.TOO_LARGE, "")
    monkeypatch.setattr(archive_module, "ARCHIVE_LIMIT", 1_000)
    assert problem(packed({"relief.db": b"0" * 1_000})) == (ArchiveProblem.TOO_LARGE, "")


def test_torn_anywhere_or_with_a_byte_changed_it_is_refused_or_the_same(tmp_path: Path) -> None:
    """Never something else: what is read out of a damaged archive is what was put in."""
    paths = paths_in(tmp_path)
    SettingsFile(paths.settings_file).save(Settings())
    ProfileFile(paths.profile).save(Profile({"unsteady": Answer.YES}))
    whole = make_archive(paths, "0")
    content = read_archive(whole)
    for at in range(len(whole)):
        assert _or_refused(whole[:at]) is None
        changed = whole[:at] + bytes([whole[at] ^ 0x41]) + whole[at + 1 :]
        assert _or_refused(changed) in (None, content), at


def _or_refused(data: bytes) -> dict[str, bytes] | None:
    try:
        return read_archive(data)
    except ArchiveRefused:
        return None
