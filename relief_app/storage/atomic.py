"""Writing files so that no reader ever sees half of one, readable by their owner only."""

import errno
import os
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from pathlib import Path

from relief_app.ports import NotKept, NotKeptReason

try:
    import fcntl
except ImportError:  # pragma: no cover - only where there is no flock (Windows)
    fcntl = None  # type: ignore[assignment] # the module stands for "can be locked"

_REASONS = {
    errno.ENOSPC: NotKeptReason.NO_SPACE,
    errno.EDQUOT: NotKeptReason.NO_SPACE,
    errno.EROFS: NotKeptReason.READ_ONLY,
    errno.EACCES: NotKeptReason.NO_PERMISSION,
    errno.EPERM: NotKeptReason.NO_PERMISSION,
}


def not_kept(path: Path, error: OSError) -> NotKept:
    """The exception that says why the system refused to write `path`."""
    return NotKept(path, _REASONS.get(error.errno or 0, NotKeptReason.OTHER))


def make_private_dir(path: Path) -> None:
    """Make `path` and the folders above it where missing, mode 0700 each. Raises OSError."""
    if path.is_dir():
        return
    if path.parent != path:
        make_private_dir(path.parent)
    with suppress(FileExistsError):  # another process was faster; a file in its place fails later
        path.mkdir(mode=0o700)


def shut_dir(path: Path) -> None:
    """As `make_private_dir`, and shut a folder that something else made and left open to others."""
    make_private_dir(path)
    if path.stat().st_mode & 0o077:
        path.chmod(0o700)


@contextmanager
def alone_in(folder: Path) -> Iterator[None]:
    """Keep other writers of ours out of `folder` meanwhile. It is made where missing; raises OSError."""
    make_private_dir(folder)
    with ExitStack() as stack:
        if fcntl is not None:
            descriptor = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
            stack.callback(os.close, descriptor)
            fcntl.flock(descriptor, fcntl.LOCK_EX)
        yield


def write_atomic(path: Path, data: bytes, *, durable: bool = False) -> None:
    """Put `data` at `path`, mode 0600: all of it or, with NotKept, none.

    `durable` waits until it is on the disk, for what must outlast a power cut.
    """
    _write(path, data, durable=durable, replace=True)


def write_new(path: Path, data: bytes) -> None:
    """As `write_atomic`, but raises FileExistsError where something is at `path` already."""
    _write(path, data, durable=True, replace=False)


def _write(path: Path, data: bytes, *, durable: bool, replace: bool) -> None:
    try:
        make_private_dir(path.parent)
        temporary = _write_temporary(path, data, durable=durable)
        try:
            _put(temporary, path, replace=replace)
        finally:
            temporary.unlink(missing_ok=True)
    except FileExistsError:
        if not replace:
            raise
        raise NotKept(path, NotKeptReason.OTHER) from None
    except OSError as error:
        raise not_kept(path, error) from error


def _write_temporary(path: Path, data: bytes, *, durable: bool) -> Path:
    """A new file beside `path`, mode 0600, that holds `data`. Leaves nothing when it fails.

    By hand: importing tempfile takes 4 ms, and starting a session writes.
    """
    temporary = path.with_name(f".{path.name}.{os.urandom(6).hex()}.tmp")
    flags = os.O_WRONLY | os.O_CREAT | os.O_EXCL | getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    descriptor = os.open(temporary, flags, 0o600)
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            if durable:
                file.flush()
                os.fsync(descriptor)
    except BaseException:
        with suppress(OSError):
            temporary.unlink()
        raise
    return temporary


def _put(temporary: Path, path: Path, *, replace: bool) -> None:
    """Rename, or link where nothing may be overwritten: a link fails where the name is taken."""
    if replace:
        temporary.replace(path)
    else:
        path.hardlink_to(temporary)
