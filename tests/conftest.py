"""Around every test: an own home, no network, and nothing left running."""

import os
import socket
from collections.abc import Iterator
from typing import TYPE_CHECKING

import pytest
from hypothesis import settings

from tests.support.isolation import LocalSocket, isolate
from tests.support.leaks import new_threads, running_qt_objects, threads_now

if TYPE_CHECKING:  # the core's tests run where PySide6 cannot be imported
    from PySide6.QtWidgets import QApplication

pytest_plugins = ["pytester", "tests.support.tally", "tests.support.figures"]

# A busy machine is no failure: speed is a ratio in `make bench`, never a timed test.
settings.register_profile("untimed", deadline=None)
settings.load_profile("untimed")

# Before anything makes a QApplication; `make test` sets it as well.
os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")


@pytest.fixture(autouse=True)
def _own_home(monkeypatch: pytest.MonkeyPatch, tmp_path_factory: pytest.TempPathFactory) -> None:
    """Keep the developer's settings and diary out of the tests and the tests out of them."""
    # Not tmp_path: tests may say of theirs that it stays empty.
    isolate(monkeypatch, tmp_path_factory.mktemp("home"))


@pytest.fixture(autouse=True)
def _no_network(monkeypatch: pytest.MonkeyPatch) -> None:
    """Fail a test that opens a network socket: Relief never does."""
    monkeypatch.setattr(socket, "socket", LocalSocket)


@pytest.fixture(autouse=True)
def _nothing_left_running() -> Iterator[None]:
    """Fail a test that leaves a timer, an animation or a thread running."""
    before = threads_now()
    yield
    left = running_qt_objects() + new_threads(before)
    if left:
        pytest.fail("left running: " + "; ".join(left))


@pytest.fixture(scope="session")
def qapp(qapp: "QApplication") -> "QApplication":
    """pytest-qt's application; closing a window ends no other test's event loop."""
    qapp.setQuitOnLastWindowClosed(False)
    return qapp
