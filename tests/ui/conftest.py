"""A stage for each test, struck after it."""

from collections.abc import Callable, Iterator

import pytest

from tests.ui.stage import Stage

MakeStage = Callable[..., Stage]


@pytest.fixture
def make_stage(qapp: object) -> Iterator[MakeStage]:
    stages: list[Stage] = []

    def make(**how: object) -> Stage:
        stages.append(Stage(**how))  # type: ignore[arg-type] # a Stage checks nothing, its makers do
        return stages[-1]

    yield make
    for stage in stages:
        stage.close()


@pytest.fixture
def stage(make_stage: MakeStage) -> Stage:
    """Noon, light, nothing begun."""
    return make_stage()
