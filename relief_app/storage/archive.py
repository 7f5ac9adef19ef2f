"""All that a person owns in one file: a ZIP archive with a manifest, checked before it is made or used."""

import hashlib
import io
import json
import re
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from pathlib import Path

from relief_app.core.archives import ArchiveProblem, ArchiveRefused
from relief_app.core.refusal import RoutineRefused
from relief_app.storage.database_file import BESIDE, Newer, check_copy
from relief_app.storage.fields import FORMAT, FieldRefused, check_format
from relief_app.storage.json_files import parse_json
from relief_app.storage.paths import Paths
from relief_app.storage.profile import read_profile
from relief_app.storage.reading import FILE_LIMIT, read_bytes
from relief_app.storage.settings import read_settings
from relief_app.storage.sqlite_file import UNREADABLE, Damaged, whole_copy

ARCHIVE_LIMIT = 256 * 1024 * 1024
"""Bytes of an archive, and of all that is in it."""
MEMBERS = 2_000
"""Files in one archive."""

MANIFEST, SETTINGS, PROFILE, DATABASE = "manifest.json", "settings.json", "profile.json", "relief.db"
_ROUTINE = re.compile(r"routines/[a-z0-9][a-z0-9-]{0,63}\.toml")


def place_of(paths: Paths, name: str) -> Path:
    """Where the file `name` of an archive belongs."""
    return _places(paths).get(name) or paths.own_routines_dir / name.removeprefix("routines/")


def sources(paths: Paths) -> Iterator[tuple[str, Path]]:
    """The files that are there for an archive, with their names in it."""
    yield from ((name, path) for name, path in _places(paths).items() if path.exists())
    for path in sorted(paths.own_routines_dir.glob("*.toml")):
        if _ROUTINE.fullmatch(f"routines/{path.name}"):
            yield f"routines/{path.name}", path


def make_archive(paths: Paths, version: str) -> bytes:
    """Settings, profile, own routines and diary as one archive that can be restored.

    Raises ArchiveRefused naming a file that cannot be read, or that is damaged.
    """
    content: dict[str, bytes] = {}
    for name, path in sources(paths):
        try:
            content[name] = whole_copy(path) if name == DATABASE else read_bytes(path, ARCHIVE_LIMIT)
        except (RoutineRefused, *UNREADABLE):
            raise ArchiveRefused(ArchiveProblem.UNREADABLE_FILE, name) from None
    manifest = {"format": FORMAT, "version": version, "files": _sums(content)}
    content = {MANIFEST: json.dumps(manifest).encode(), **content}
    _check(content)
    return _pack(content)


def make_raw_archive(paths: Paths) -> bytes:
    """Whatever is there, byte by byte, damaged or not, for somebody to look into; b"" where nothing is."""
    content = {}
    for name, path in sources(paths):
        for part in (path, *beside_database(path)) if name == DATABASE else (path,):
            try:
                content[name.removesuffix(path.name) + part.name] = read_bytes(part, ARCHIVE_LIMIT)
            except RoutineRefused:
                continue  # a folder in its place, or not ours to read: it is not replaced either
    return _pack(content) if content else b""


def read_archive(data: bytes) -> dict[str, bytes]:
    """What is in the archive `data`, by name, all of it checked; raises ArchiveRefused."""
    try:
        content = _unpack(data)
    except (zipfile.BadZipFile, zlib.error, OSError, ValueError, EOFError, RuntimeError):
        raise ArchiveRefused(ArchiveProblem.NOT_AN_ARCHIVE) from None
    _check(content)
    return content


def beside_database(path: Path) -> tuple[Path, ...]:
    """What SQLite keeps beside the database `path`, and would read into another one in its place."""
    return tuple(path.with_name(path.name + ending) for ending in BESIDE)


def _places(paths: Paths) -> dict[str, Path]:
    return {SETTINGS: paths.settings_file, PROFILE: paths.profile, DATABASE: paths.database}


def _pack(content: Mapping[str, bytes]) -> bytes:
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in content.items():
            archive.writestr(name, data)
    return packed.getvalue()


def _unpack(data: bytes) -> dict[str, bytes]:
    """The files of an archive, no more of each than it says, none with a name that is not ours."""
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        members = archive.infolist()
        if len(members) > MEMBERS or sum(member.file_size for member in members) > ARCHIVE_LIMIT:
            raise ArchiveRefused(ArchiveProblem.TOO_LARGE)
        content: dict[str, bytes] = {}
        for member in members:
            if not _is_ours(member.filename) or member.filename in content:
                raise ArchiveRefused(ArchiveProblem.STRANGE_FILE, member.filename)
            with archive.open(member) as file:
                content[member.filename] = file.read(member.file_size)
        return content


def _is_ours(name: str) -> bool:
    return name in (MANIFEST, SETTINGS, PROFILE, DATABASE) or bool(_ROUTINE.fullmatch(name))


def _check(content: Mapping[str, bytes]) -> None:
    """Refuse what the app could not use afterwards."""
    try:
        manifest = parse_json(content[MANIFEST])
        check_format(manifest)
    except (KeyError, ValueError, RecursionError, FieldRefused):
        raise ArchiveRefused(ArchiveProblem.OTHER_FORMAT, MANIFEST) from None
    if manifest.get("files") != _sums(content):
        # A ZIP file whose table of contents is damaged may seem to be whole and have less in it.
        raise ArchiveRefused(ArchiveProblem.DAMAGED_FILE, MANIFEST)
    for name, data in content.items():
        try:
            _check_one(name, data)
        except Newer:
            raise ArchiveRefused(ArchiveProblem.OTHER_FORMAT, name) from None
        except (ValueError, RecursionError, FieldRefused, *UNREADABLE, Damaged):
            raise ArchiveRefused(ArchiveProblem.DAMAGED_FILE, name) from None


def _sums(content: Mapping[str, bytes]) -> dict[str, str]:
    """A checksum for every file but the manifest."""
    return {name: hashlib.sha256(data).hexdigest() for name, data in content.items() if name != MANIFEST}


def _check_one(name: str, data: bytes) -> None:
    """Own routines are checked whenever they are used, so here only their size counts."""
    if name == DATABASE:
        check_copy(data)
    elif len(data) > FILE_LIMIT:
        raise ValueError(name)
    elif name == SETTINGS:
        read_settings(data)
    elif name == PROFILE:
        read_profile(data)
