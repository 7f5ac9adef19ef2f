"""The real program on a desktop of its own; what it printed is shown when a test fails."""

import shutil
from collections.abc import Callable, Generator, Iterator
from pathlib import Path

import pytest

from tests.support.app import App
from tests.support.private_desktop import PrivateDesktop

AppFactory = Callable[..., App]


@pytest.fixture
def desktop() -> Iterator[PrivateDesktop]:
    """A screen of 1280x800 with a session bus, without window manager and without sound."""
    with PrivateDesktop() as desktop:
        yield desktop


@pytest.fixture
def managed_desktop() -> Iterator[PrivateDesktop]:
    """The same with a window manager, for focus and raising."""
    with PrivateDesktop(window_manager=True) as desktop:
        yield desktop


@pytest.fixture
def sounding_desktop() -> Iterator[PrivateDesktop]:
    """The same with a sound server that `record` listens to."""
    with PrivateDesktop(sound=True) as desktop:
        yield desktop


@pytest.fixture
def app_factory(desktop: PrivateDesktop) -> AppFactory:
    """Start the program with arguments and variables: `app_factory("now", "--leg", "left", LANG="de")`."""
    return desktop.launch


@pytest.fixture(scope="module")
def _shared_desktop() -> Iterator[PrivateDesktop]:
    """One desktop for all tests of a module: starting it takes longer than starting the program."""
    with PrivateDesktop() as desktop:
        yield desktop


@pytest.fixture
def stage(_shared_desktop: PrivateDesktop) -> Iterator[PrivateDesktop]:
    """A desktop shared with the module's other tests, its home as new; no program may show a traceback."""
    before = _shared_desktop.processes()
    yield _shared_desktop
    apps, _shared_desktop.apps = _shared_desktop.apps, []
    for app in apps:
        if app.process.poll() is None:
            app.kill()
    _shared_desktop.end(_shared_desktop.processes() - before)
    outputs = [app.output for app in apps]
    _make_as_new(_shared_desktop.home)
    for log in _shared_desktop.folder.glob("*-app.log"):
        log.unlink()
    for output in outputs:
        assert "Traceback" not in output, output


def _make_as_new(home: Path) -> None:
    """Empty the home, but leave the session bus where it listens."""
    for place in home.iterdir():
        for entry in place.iterdir() if place.name != "run" else [place / "relief"]:
            if entry.is_dir() and not entry.is_symlink():
                shutil.rmtree(entry)
            else:
                entry.unlink(missing_ok=True)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the programs' output to the report of a failed test, while the desktop is still there."""
    report = yield
    if report.failed and report.when == "call" and isinstance(item, pytest.Function):
        desktops = {value for value in item.funcargs.values() if isinstance(value, PrivateDesktop)}
        report.sections += [("programs on the private desktop", desktop.logs()) for desktop in desktops]
    return report
