"""The real program on a desktop of its own; what it printed is shown when a test fails."""

from collections.abc import Callable, Generator, Iterator

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


@pytest.hookimpl(wrapper=True)
def pytest_runtest_makereport(item: pytest.Item) -> Generator[None, pytest.TestReport, pytest.TestReport]:
    """Add the programs' output to the report of a failed test, while the desktop is still there."""
    report = yield
    if report.failed and report.when == "call" and isinstance(item, pytest.Function):
        desktops = [value for value in item.funcargs.values() if isinstance(value, PrivateDesktop)]
        report.sections += [("programs on the private desktop", desktop.logs()) for desktop in desktops]
    return report
