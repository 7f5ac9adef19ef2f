"""What a test may not leave behind: running timers, animations and threads.

Qt is only looked at when something has imported it already, so that runs without Qt stay without it.
"""

import gc
import sys
import threading
import weakref
from typing import Any

_THREAD_PATIENCE_S = 2.0
_MANY_OBJECTS = 30_000
_found: "weakref.WeakSet[Any]" = weakref.WeakSet()


def threads_now() -> set[threading.Thread]:
    """Return the Python threads alive now, those made by Qt's own threads calling into Python left out."""
    # A dummy thread stands for a foreign thread that once called in; nobody can end or join it.
    return {thread for thread in threading.enumerate() if not isinstance(thread, threading._DummyThread)}


def new_threads(before: set[threading.Thread]) -> list[str]:
    """Name the threads that were not there before and do not end within the patience shown to them."""
    fresh = threads_now() - before
    for thread in fresh:
        thread.join(_THREAD_PATIENCE_S)
    return [f"thread {thread.name}" for thread in fresh if thread.is_alive()]


def running_qt_objects() -> list[str]:
    """Name the running timers, animations and QThreads, and stop them, so that one leak fails one test."""
    if "PySide6.QtCore" not in sys.modules or not _running():
        return []
    _let_deleted_objects_go()
    leaked = _running()
    names = [_describe(leak) for leak in leaked]
    for leak in leaked:
        _stop(leak)
    return names


def _let_deleted_objects_go() -> None:
    """Carry out pending deletions: a widget closed by qtbot takes its timers along only then."""
    from PySide6.QtCore import QCoreApplication, QEvent

    if QCoreApplication.instance() is not None:
        QCoreApplication.processEvents()
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    gc.collect()


def _running() -> list[Any]:
    """Return the timers, animations and threads of Qt that run, as far as Python holds them."""
    from shiboken6 import isValid

    return [thing for thing in _candidates() if isValid(thing) and _runs(thing)]


def _candidates() -> list[Any]:
    """Return what could run: what is new among all objects, and what was found before."""
    from PySide6.QtCore import QAbstractAnimation, QThread, QTimer

    things = gc.get_objects()
    # By type(), not isinstance(): the latter runs the code of every proxy object it meets. There are few
    # types and very many objects.
    kinds = {
        kind for kind in set(map(type, things)) if issubclass(kind, QTimer | QAbstractAnimation | QThread)
    }
    _found.update(thing for thing in things if type(thing) in kinds)
    if len(things) > _MANY_OBJECTS:
        # Frozen objects are not listed again, and modules with all they hold are a quarter of a million.
        gc.collect()
        gc.freeze()
    return list(_found)


def _runs(thing: Any) -> bool:
    from PySide6.QtCore import QAbstractAnimation, QThread, QTimer

    if isinstance(thing, QTimer):
        return thing.isActive()
    if isinstance(thing, QThread):
        return thing.isRunning() and thing is not QThread.currentThread()
    return bool(thing.state() == QAbstractAnimation.State.Running)


def _stop(thing: Any) -> None:
    from PySide6.QtCore import QThread

    if isinstance(thing, QThread):
        thing.quit()
        thing.wait(int(_THREAD_PATIENCE_S * 1000))
    else:
        thing.stop()


def _describe(thing: Any) -> str:
    """Say what it is and whose, as far as it can be told."""
    owner = thing.parent()
    name = thing.objectName() or "without a name"
    return f"{type(thing).__name__} {name}, parent {type(owner).__name__ if owner else 'none'}"
