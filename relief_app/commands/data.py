"""`data where|backup|restore|erase`: a person's data in their own hands."""

from collections.abc import Callable
from pathlib import Path

from relief_app import __version__
from relief_app.commands.output import DONE, FAILED, REFUSED, USAGE, complain, say
from relief_app.commands.wording import not_kept_line, plain
from relief_app.commands.writing import write_out
from relief_app.core.archives import ArchiveProblem, ArchiveRefused, DataInUse
from relief_app.core.refusal import RoutineRefused
from relief_app.desktop.single_instance import acquire
from relief_app.ports import NotKept
from relief_app.storage.archive import ARCHIVE_LIMIT, make_archive
from relief_app.storage.atomic import make_private_dir
from relief_app.storage.own_data import check_packs, erase, finish, kept_files, restore
from relief_app.storage.paths import Paths, find_paths
from relief_app.storage.reading import read_bytes

_PACK_ON = (
    "a heat or ice pack counts as on the skin: take it off, open Relief and say that it is off; "
    "nothing was changed"
)
_PACK_UNKNOWN = "whether a pack is on the skin could not be read: if one is, take it off now"
_RUNNING = "Relief is running: close it first; nothing was changed"


def where() -> int:
    """Print every file that is kept, with its size in bytes; the folders where there is none."""
    paths = find_paths()
    try:
        found = kept_files(paths)
    except OSError as error:
        return _fail(f"{error.filename}: this folder cannot be read ({error.strerror})")
    for kept in found:
        say(f"{plain_path(kept.path)}  {kept.size}")
    if not found:
        folders = dict.fromkeys((paths.config_dir, paths.data_dir, paths.state_dir))
        say(f"nothing is kept; it would lie in {', '.join(map(plain_path, folders))}")
    return DONE


def backup(file: str) -> int:
    """Write settings, profile, own routines and diary to one archive; a file that is there stays."""
    if find_paths().unfinished.exists() and _alone(lambda _: DONE) != DONE:
        return FAILED  # half old and half new is nothing to keep
    try:
        archive = make_archive(find_paths(), __version__)
    except ArchiveRefused as refused:
        return _fail(f"not backed up: {_archive_line(refused)}")
    problem = write_out(Path(file), archive, replace=False)
    if problem is not None:
        return _fail(problem)
    say(f"backed up: {plain_path(file)}")
    return DONE


def restore_from(file: str) -> int:
    """Put what is in the archive in place of what is kept."""
    try:
        archive = read_bytes(Path(file), ARCHIVE_LIMIT)
    except RoutineRefused:
        return _fail(f"{plain_path(file)}: this file cannot be read; nothing was changed")

    def job(paths: Paths) -> int:
        try:
            aside = restore(paths, archive)
        except ArchiveRefused as refused:
            return _fail(f"{plain_path(file)}: {_archive_line(refused)}; nothing was changed")
        say(f"restored: {plain_path(file)}")
        if aside is not None:
            say(f"what was there before: {plain_path(aside)}")
        return DONE

    return _unless_pack_on(job)


def erase_all(*, yes: bool) -> int:
    """Remove every file that is kept; asks for a plain yes."""
    if not yes:
        complain(
            "this removes settings, answers, own routines and diary for good; to do it: data erase --yes"
        )
        return USAGE

    def job(paths: Paths) -> int:
        erase(paths)
        say("erased: nothing is kept any more")
        return DONE

    return _unless_pack_on(job)


def plain_path(path: Path | str) -> str:
    """All of a path, with what could steer a terminal spelled out."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in str(path))


def _unless_pack_on(job: Callable[[Paths], int]) -> int:
    """As `_alone`, where no pack counts as on the skin: what is known of it must not go."""
    try:
        if not check_packs(find_paths()):
            complain(_PACK_UNKNOWN)
        return _alone(job)
    except DataInUse:
        complain(_PACK_ON)
        return REFUSED


def _alone(job: Callable[[Paths], int]) -> int:
    """Do `job` while no app runs and none can start; first finish what was cut short."""
    paths = find_paths()
    try:
        make_private_dir(paths.lock.parent)
        lock = acquire(paths.lock)
    except OSError as error:
        return _fail(f"{plain_path(paths.lock)}: it cannot be locked ({error.strerror}); nothing was changed")
    if lock is None:
        return _fail(_RUNNING)
    try:
        if paths.unfinished.exists():
            finish(paths)
        return job(paths)
    except NotKept as problem:
        return _fail(not_kept_line(problem))
    finally:
        lock.release()


def _archive_line(refused: ArchiveRefused) -> str:
    return {
        ArchiveProblem.NOT_AN_ARCHIVE: "this is no archive of Relief",
        ArchiveProblem.OTHER_FORMAT: "this is no archive of Relief, or one of another version",
        ArchiveProblem.TOO_LARGE: "the archive is too large",
        ArchiveProblem.STRANGE_FILE: f"{plain(refused.name)!r} in it is not Relief's",
        ArchiveProblem.DAMAGED_FILE: f"{plain(refused.name)} is damaged",
        ArchiveProblem.UNREADABLE_FILE: f"{plain(refused.name)} cannot be read",
    }[refused.problem]


def _fail(line: str) -> int:
    complain(line)
    return FAILED
