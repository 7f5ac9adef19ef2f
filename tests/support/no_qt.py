"""Make PySide6 unimportable for a whole test run: `pytest -p tests.support.no_qt tests/core tests/storage`.

Core and storage must run on a machine without Qt. import-linter reads their imports; this shows it by running
them, imports inside functions and those made by libraries included.
"""

import sys
from collections.abc import Sequence
from importlib.abc import MetaPathFinder
from importlib.machinery import ModuleSpec
from types import ModuleType

import pytest

_FORBIDDEN = frozenset({"PySide6", "shiboken6"})


class QtRefusedError(ImportError):
    """Raised when a test of core or storage reaches Qt."""


class _Refuser(MetaPathFinder):
    """A finder asked before all others that refuses Qt and knows nothing else."""

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Refuse Qt, leave every other module to the next finder."""
        if fullname.partition(".")[0] in _FORBIDDEN:
            raise QtRefusedError(f"{fullname} must not be imported here: core and storage run without Qt")
        return None


if _FORBIDDEN & sys.modules.keys():
    raise pytest.UsageError("tests.support.no_qt came too late: Qt is imported already")
sys.meta_path.insert(0, _Refuser())


def pytest_addoption(parser: pytest.Parser) -> None:
    """Stand in for pytest-qt, which is kept out below and would otherwise own this setting."""
    parser.addini("qt_api", "ignored: this run has no Qt")


def pytest_configure(config: pytest.Config) -> None:
    """Refuse a run that pytest-qt is part of: it imports Qt by itself."""
    if config.pluginmanager.hasplugin("pytest-qt"):
        raise pytest.UsageError("tests.support.no_qt needs `-p no:pytest-qt`")
