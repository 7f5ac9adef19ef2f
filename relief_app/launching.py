"""Open the window, unless another one is open: then hand it the request.

Start-up is measured (`make bench`). What needs no Qt is imported before Qt, because PySide6 hooks itself
into every import that comes after it: the same modules were measured to take a fifth longer then.
"""

import sys
from collections.abc import Mapping
from typing import Any

import relief_app.storage.first_look
import relief_app.storage.settings  # noqa: F401 - both: before Qt, see above
from relief_app.desktop.single_instance import InstanceLock, acquire
from relief_app.opening import Opening
from relief_app.storage.atomic import make_private_dir
from relief_app.storage.paths import Paths, find_paths

FAILED, NOT_RUNNING, REFUSED = 1, 3, 4
DYING_S = 2.0
"""So long at most the system takes to let go of what a dead program held."""


def open_or_send(opening: Opening, request: Mapping[str, Any]) -> int:
    """Exit status of the window, or of the request to the window that is open already.

    Who asks whether an app runs holds the lock for a moment; an app may also end just now. So where
    the lock is held and nobody answers, the door is tried once more.
    """
    paths = find_paths()
    lock, problem = _lock(paths)
    if opening.recovered is not None:
        if lock is None and problem is None:
            lock, problem = _lock_in_time(paths)
        if lock is None and problem is None:
            return 0  # somebody was faster than the guard: that one goes on
    if lock is None and problem is None:
        status = _send(request)
        if status != NOT_RUNNING:
            return status
        lock, problem = _lock(paths)
    if lock is not None and paths.unfinished.exists():
        _finish(paths)
    from relief_app.bootstrap import run

    try:
        return run(paths, opening, lock, problem)
    except Exception as refused:
        line, status = _refusal(refused, opening)
        print(f"relief-app: {line}", file=sys.stderr)  # noqa: T201 - the one clear line
        return status


def _lock(paths: Paths) -> tuple[InstanceLock | None, OSError | None]:
    """The lock, None where another app has it; where nothing can be locked, why: it goes on alone."""
    try:
        make_private_dir(paths.lock.parent)
        return acquire(paths.lock), None
    except OSError as problem:
        return None, problem


def _lock_in_time(paths: Paths) -> tuple[InstanceLock | None, OSError | None]:
    """The lock, waiting a little for the program that died to be gone altogether."""
    import time

    until = time.monotonic() + DYING_S
    while time.monotonic() < until:
        lock, problem = _lock(paths)
        if lock is not None or problem is not None:
            return lock, problem
        time.sleep(DYING_S / 40)
    return None, None


def _finish(paths: Paths) -> None:
    """Finish a restore or an erasure that was cut short; whatever comes of it, the guide opens."""
    from relief_app.commands.wording import not_kept_line
    from relief_app.ports import NotKept
    from relief_app.storage.own_data import finish

    try:
        finish(paths)
    except NotKept as problem:
        print(f"relief-app: {not_kept_line(problem)}", file=sys.stderr)  # noqa: T201 - the one clear line


def _send(request: Mapping[str, Any]) -> int:
    from relief_app.commands import client

    values = {key: value for key, value in request.items() if key != "command"}
    return client.steer(request["command"], **values)


def _refusal(problem: Exception, opening: Opening) -> tuple[str, int]:
    """The line and the exit status for what kept the window from opening."""
    from relief_app.commands.wording import not_offered_line, our_fault_line, refusal_line
    from relief_app.core.refusal import RoutineRefused
    from relief_app.core.safety import NotOffered
    from relief_app.storage.assets import AssetMissing
    from relief_app.storage.catalogue import UnknownRoutine

    match problem:
        case NotOffered():
            return not_offered_line(problem), REFUSED
        case UnknownRoutine():
            return f"no routine {problem.routine!r}; see: relief-app routines list", FAILED
        case RoutineRefused():
            return refusal_line(str(opening.routine), problem.refusal), FAILED
        case AssetMissing():
            return f"a file of the program is missing: {problem.name}", FAILED
    return our_fault_line(problem), FAILED
