"""What is kept about a person: where it lies, back from an archive, and gone.

Restoring and erasing touch several files, and a power cut does not wait: each first leaves a note
(`Paths.unfinished`), from which the next start finishes it. Nothing else may run meanwhile.
"""

import os
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import NamedTuple

from relief_app.core.archives import ArchiveRefused, DataInUse
from relief_app.core.refusal import RoutineRefused
from relief_app.ports import NotKept, NotKeptReason
from relief_app.storage.archive import (
    ARCHIVE_LIMIT,
    DATABASE,
    MANIFEST,
    beside_database,
    make_raw_archive,
    place_of,
    read_archive,
    sources,
)
from relief_app.storage.atomic import not_kept, write_atomic, write_new
from relief_app.storage.database import is_pack_on, with_newest_packs
from relief_app.storage.paths import Paths
from relief_app.storage.reading import read_bytes

_ERASE = b"erase\n"
_NOT_DATA = frozenset({"lock", "socket"})
"""What only a running app has."""


class KeptFile(NamedTuple):
    """One file with its size in bytes."""

    path: Path
    size: int


def kept_files(paths: Paths) -> tuple[KeptFile, ...]:
    """Every file that is kept, folder by folder. Raises OSError where a folder cannot be looked into."""
    folders = dict.fromkeys((paths.config_dir, paths.data_dir, paths.state_dir))
    found = dict.fromkeys(path for folder in folders for path in _below(folder))
    return tuple(KeptFile(path, path.lstat().st_size) for path in found)


def restore(paths: Paths, archive: bytes, today: Callable[[], date] = date.today) -> Path | None:
    """Put what is in `archive` in place of what is kept: all of it, or nothing.

    The newest packs stay known, so that the next one comes no sooner.
    What was kept lies then in an archive of its own: the answer is its path, None where there was nothing.
    Raises ArchiveRefused, DataInUse and, where there is no room, NotKept: nothing was changed then.
    """
    content = read_archive(archive)
    check_packs(paths)
    aside = _keep_aside(paths, make_raw_archive(paths), today().isoformat())
    staged = _stage(paths, content)
    try:
        write_atomic(paths.unfinished, archive, durable=True)
    except BaseException:
        _unlink(staged.values())
        raise
    _swap(paths, staged)
    return aside


def erase(paths: Paths) -> None:
    """Remove every file that is kept, and the folders that are empty then. Raises DataInUse and NotKept."""
    check_packs(paths)
    write_atomic(paths.unfinished, _ERASE, durable=True)
    _erase(paths)


def finish(paths: Paths) -> None:
    """Finish what was cut short; a note that says nothing is dropped. Raises NotKept."""
    try:
        note = read_bytes(paths.unfinished, ARCHIVE_LIMIT)
        if note == _ERASE:
            _erase(paths)
        else:
            _swap(paths, _stage(paths, read_archive(note)))
    except (RoutineRefused, ArchiveRefused):
        _unlink([paths.unfinished])


def check_packs(paths: Paths) -> bool:
    """Raises DataInUse where nobody has said that a pack is off: what is known of it must not go.

    False where it cannot be read whether a pack is on the skin: that is no reason to keep people
    from their own data.
    """
    found = is_pack_on(paths.database)
    if found:
        raise DataInUse
    return found is not None


def _keep_aside(paths: Paths, archive: bytes, day: str) -> Path | None:
    """Write `archive` under a free name; raises NotKept."""
    if not archive:
        return None
    names = (f"before-restore-{day}{'' if number == 1 else f'-{number}'}.zip" for number in count(1))
    for name in names:
        with suppress(FileExistsError):
            write_new(paths.data_dir / name, archive)
            return paths.data_dir / name
    raise AssertionError("unreachable: count never ends")


def _stage(paths: Paths, content: Mapping[str, bytes]) -> dict[Path, Path]:
    """Write every file beside its place: new paths by the places they are for. If one fails, none stays."""
    database = with_newest_packs(content.get(DATABASE), paths.database)
    content = {**content, DATABASE: database} if database is not None else content
    staged: dict[Path, Path] = {}
    try:
        for name, data in content.items():
            if name != MANIFEST:
                place = place_of(paths, name)
                staged[place] = place.with_name(f".{place.name}.restoring")
                _stage_one(place, staged[place], data)
    except BaseException:
        _unlink(staged.values())
        raise
    return staged


def _stage_one(place: Path, new: Path, data: bytes) -> None:
    if place.is_dir():  # a file could never take its place
        raise NotKept(place, NotKeptReason.OTHER)
    write_atomic(new, data, durable=True)


def _swap(paths: Paths, staged: Mapping[Path, Path]) -> None:
    """Put what is staged in place, remove what the archive does not have, and the note last."""
    try:
        old = [path for _, path in sources(paths) if path not in staged and not path.is_dir()]
        _unlink([*old, *beside_database(paths.database)])
        for place, new in staged.items():
            new.replace(place)
        _unlink([paths.unfinished])
    except OSError as error:
        raise not_kept(paths.unfinished, error) from error


def _erase(paths: Paths) -> None:
    try:
        _unlink(kept.path for kept in kept_files(paths) if kept.path != paths.unfinished)
        _unlink([paths.unfinished])
    except OSError as error:
        raise not_kept(paths.unfinished, error) from error
    for folder in (paths.own_routines_dir, paths.config_dir, paths.data_dir, paths.state_dir):
        with suppress(OSError):  # not empty, or never there
            folder.rmdir()


def _unlink(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)


def _below(folder: Path) -> Iterator[Path]:
    """Files and links below `folder`, but for what only a running app has; links are not followed."""
    if not folder.is_dir():
        return
    with os.scandir(folder) as entries:
        found = sorted(entries, key=lambda entry: entry.name)
    for entry in found:
        if entry.is_dir(follow_symlinks=False):
            yield from _below(Path(entry.path))
        elif entry.name not in _NOT_DATA:
            yield Path(entry.path)
