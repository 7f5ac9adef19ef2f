
import pytest

TWO_FIGURES = """
    def test_one(record_figure): record_figure("worst pixel", 3)
    def test_two(record_figure): record_figure("clips recognised", "134 of 134")
    def test_none(): pass
"""


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_figures_are_printed_once_below_the_summary(
    pytester: pytest.Pytester, workers: tuple[str, ...]
) -> None:
    pytester.makepyfile(TWO_FIGURES)
    run = pytester.runpytest_subprocess("-p", "tests.support.figures", "-p", "no:cacheprovider", *workers)
    run.assert_outcomes(passed=3)
    lines = [line for line in run.outlines if line.startswith(("worst pixel", "clips recognised"))]
    assert lines == ["clips recognised: 134 of 134", "worst pixel: 3"]
