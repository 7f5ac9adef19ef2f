"""Figures that a test measures and people want to read: printed below pytest's own summary, workers' too."""

from collections.abc import Callable, Iterator, Sequence
from typing import Literal, Protocol

import pytest

Keep = Literal["least", "most"]
_FIGURE = "figure"
_CHOOSE: dict[str, Callable[[Sequence[float]], float]] = {"least": min, "most": max}


class RecordFigure(Protocol):
    """Notes a figure by name, as in `record_figure("clips recognised", "134 of 134")`."""

    def __call__(self, name: str, value: object, *, keep: Keep | None = None, unit: str = "") -> None:
        """`keep`: which of several numbers under the same name is printed; without it, each of them."""


@pytest.fixture
def record_figure(record_property: Callable[[str, object], None]) -> RecordFigure:
    def record(name: str, value: object, *, keep: Keep | None = None, unit: str = "") -> None:
        record_property(_FIGURE, [name, value if keep else str(value), keep, unit])

    return record


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """Print every figure of this run; a worker's are in its master's."""
    if not hasattr(terminalreporter.config, "workerinput"):
        for line in sorted(_lines(terminalreporter)):
            terminalreporter.write_line(line)


def _lines(reporter: pytest.TerminalReporter) -> Iterator[str]:
    numbers: dict[tuple[str, str, str], list[float]] = {}
    for name, value, keep, unit in _figures(reporter):
        if keep:
            numbers.setdefault((name, keep, unit), []).append(value)
        else:
            yield f"{name}: {value}{unit}"
    yield from (f"{name}: {_CHOOSE[keep](found):.4g}{unit}" for (name, keep, unit), found in numbers.items())


def _figures(reporter: pytest.TerminalReporter) -> Iterator[list]:  # type: ignore[type-arg] # as a worker sends it
    for report in (report for found in reporter.stats.values() for report in found):
        if isinstance(report, pytest.TestReport) and report.when == "call":
            for name, value in report.user_properties:
                if name == _FIGURE and isinstance(value, list):
                    yield value
