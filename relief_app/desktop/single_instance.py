"""One app a person: the lock that the first one holds."""

import os
from pathlib import Path

try:
    import fcntl
except ImportError:  # pragma: no cover - only where there is no flock (Windows)
    fcntl = None  # type: ignore[assignment] # the module stands for "can be locked"


class InstanceLock:
    """An advisory lock on a file, held for as long as this object is open."""

    def __init__(self, descriptor: int) -> None:
        self._descriptor = descriptor

    def release(self) -> None:
        """Let another app be the first."""
        if self._descriptor >= 0:
            os.close(self._descriptor)
            self._descriptor = -1


def acquire(path: Path) -> InstanceLock | None:
    """Take the lock on `path`, or None where another process holds it.

    Raises OSError where the file cannot be made: the caller goes on alone and says so.
    """
    descriptor = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        if fcntl is not None:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        os.close(descriptor)
        return None
    return InstanceLock(descriptor)


def is_held(path: Path) -> bool:
    """True where a running app holds the lock on `path`."""
    if not path.exists():
        return False
    try:
        lock = acquire(path)
    except OSError:
        return False
    if lock is None:
        return True
    lock.release()
    return False
