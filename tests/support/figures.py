"""Figures that a test measures and people want to read: printed below pytest's own summary, workers' too."""

from collections.abc import Callable, Iterator

import pytest

FIGURE = "figure: "

RecordFigure = Callable[[str, object], None]


@pytest.fixture
def record_figure(record_property: Callable[[str, object], None]) -> RecordFigure:
    """Note a figure by name, as in `record_figure("clips recognised", "134 of 134")`."""
    return lambda name, value: record_property(f"{FIGURE}{name}", str(value))


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print every figure of this run; a worker's are in its master's."""
    if hasattr(terminalreporter.config, "workerinput"):
        return
    for line in sorted(_lines(terminalreporter)):
        terminalreporter.write_line(line)


def _lines(reporter: pytest.TerminalReporter) -> Iterator[str]:
    reports = [report for found in reporter.stats.values() for report in found]
    for report in reports:
        if isinstance(report, pytest.TestReport) and report.when == "call":
            found = ((name, value) for name, value in report.user_properties if name.startswith(FIGURE))
            yield from (f"{name.removeprefix(FIGURE)}: {value}" for name, value in found)
