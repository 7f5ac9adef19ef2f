from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[2]
FIGURES = """
    import pytest
    def test_one(record_figure): record_figure("worst pixel", 3)
    def test_two(record_figure): record_figure("clips recognised", "134 of 134")
    @pytest.mark.parametrize("contrast", [7.5, 7.123, 9.0])
    def test_parts(record_figure, contrast):
        record_figure("contrast", contrast, keep="least")
        record_figure("late", contrast, keep="most", unit=" ms")
    def test_none(): pass
"""


@pytest.mark.parametrize("workers", [(), ("-n", "2")])
def test_figures_are_printed_once_below_the_summary(
    pytester: pytest.Pytester, monkeypatch: pytest.MonkeyPatch, workers: tuple[str, ...]
) -> None:
    monkeypatch.setenv("PYTHONPATH", str(ROOT))
    pytester.makepyfile(FIGURES)
    run = pytester.runpytest_subprocess("-p", "tests.support.figures", "-p", "no:cacheprovider", *workers)
    run.assert_outcomes(passed=6)
    names = ("worst pixel", "clips", "contrast", "late")
    assert [line for line in run.outlines if line.startswith(names)] == [
        "clips recognised: 134 of 134",
        "contrast: 7.123",
        "late: 9 ms",
        "worst pixel: 3",
    ]
