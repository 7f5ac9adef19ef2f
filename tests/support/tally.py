"""One closing line for a test run made of several pytest runs.

`make test` runs the parts one after another and names a file in RELIEF_TEST_TALLY; each part adds its counts
to it and ends with the sum so far, so that the last line of the last part speaks for all of them.
"""

import os
from collections import Counter
from pathlib import Path

import pytest

TALLY_VARIABLE = "RELIEF_TEST_TALLY"
_OUTCOMES = ("failed", "error", "passed", "skipped", "xfailed", "xpassed")


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Add this part's counts to the file, when there is one; a worker's are in its master's."""
    if TALLY_VARIABLE in os.environ and not hasattr(terminalreporter.config, "workerinput"):
        counts = (f"{name} {len(terminalreporter.stats.get(name, ()))}\n" for name in _OUTCOMES)
        with Path(os.environ[TALLY_VARIABLE]).open("a", encoding="utf-8") as file:
            file.writelines(counts)


def pytest_unconfigure(config: pytest.Config) -> None:
    """Print the sum of all parts so far, below pytest's own closing line."""
    path = Path(os.environ.get(TALLY_VARIABLE, ""))
    reporter = config.pluginmanager.getplugin("terminalreporter")
    if path.is_file() and reporter is not None:
        reporter.write_line(f"=== all parts so far: {total(path.read_text(encoding='utf-8'))} ===")


def total(lines: str) -> str:
    """Sum lines of `outcome count` to one phrase, the bad outcomes first; nothing counted is "no tests"."""
    sums: Counter[str] = Counter()
    for line in lines.splitlines():
        name, count = line.split()
        sums[name] += int(count)
    return ", ".join(f"{sums[name]} {name}" for name in _OUTCOMES if sums[name]) or "no tests"
