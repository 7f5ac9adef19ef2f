"""How the figures are judged: by ratios, pair by pair, and never by half a picture."""

from itertools import pairwise

import pytest
from PIL import Image, ImageDraw
from PySide6.QtCore import QRect

from tools import bench_picture
from tools.bench import Figure, against_twin, table, within
from tools.bench_lateness import STEP_MS, Listener, figures, run
from tools.bench_paint import COLUMNS, ROWS, Program, busy_cells, cells_at, is_whole


def picture(*, whole: bool) -> Image.Image:
    image = Image.new("RGB", (COLUMNS * 20, ROWS * 20))
    draw = ImageDraw.Draw(image)
    for shade in range(14):
        draw.point((shade, 5), (shade * 10, 0, 0))
    if whole:
        draw.rectangle((45, 65, 50, 70), "white")
    return image


def test_half_a_picture_is_not_the_picture() -> None:
    cells = busy_cells(picture(whole=True))
    assert cells == {(0, 0), (2, 3)}
    assert is_whole(picture(whole=True), cells)
    assert not is_whole(picture(whole=False), cells)
    assert not is_whole(Image.new("RGB", (320, 200)), frozenset())


def test_of_words_only_their_part_of_the_window_is_looked_at() -> None:
    cells = frozenset({(0, 0), (2, 3), (3, 3), (9, 7)})
    size = (COLUMNS * 20, ROWS * 20)
    words = cells_at(cells, size, [QRect(45, 65, 30, 10)])
    assert words == {(2, 3), (3, 3)}
    assert Program("x", (), size, cells, words).box == (40, 60, 80, 80)
    assert cells_at(cells, size, []) == cells


@pytest.mark.parametrize(
    ("pairs", "verdict", "failed"),
    [
        ([(120.0, 100.0), (900.0, 800.0), (300.0, 100.0)], "aim met", False),
        ([(140.0, 100.0), (141.0, 100.0), (10.0, 100.0)], "good", False),
        ([(160.0, 100.0)], "OUT OF BOUND", True),
    ],
)
def test_the_median_of_the_pairs_ratios_is_judged(
    pairs: list[tuple[float, float]], verdict: str, failed: bool
) -> None:
    figure = against_twin("x", pairs, "ms", bound=1.5, aim=1.25)
    assert (figure.verdict, figure.failed) == (verdict, failed)


def test_the_table_is_in_columns() -> None:
    lines = table([Figure("x", "1 ms", "", "", "", "", "good")]).splitlines()
    assert lines[0].index("verdict") == lines[1].index("good")


def test_the_real_driver_is_measured(qapp: object) -> None:
    listener = run(steps=10)
    assert len(listener.late_ms) == 10
    assert listener.scheduled_ms == 10 * STEP_MS
    assert figures(listener)["sum_off_ms"] == 0
    assert min(listener.late_ms) >= 0


def test_percentiles() -> None:
    listener = Listener()
    listener.late_ms = [float(value) for value in range(1000)]
    listener.scheduled_ms = 1000 * STEP_MS + 3
    assert figures(listener) == {
        "median_ms": 500,
        "p99_ms": 990,
        "worst_ms": 999,
        "steps": 1000,
        "sum_off_ms": 3,
    }


@pytest.mark.parametrize(("value", "verdict", "failed"), [(8.0, "good", False), (8.1, "OUT OF BOUND", True)])
def test_an_absolute_figure_is_judged_by_its_bound(value: float, verdict: str, failed: bool) -> None:
    figure = within("x", value, "ms", bound=8.0)
    assert (figure.verdict, figure.failed, figure.app) == (verdict, failed, f"{value} ms")


def test_frames_are_measured_over_every_position_of_the_cramp_and_bedtime_routines() -> None:
    order = bench_picture.exercises()
    assert {"active-dorsiflexion", "towel-stretch", "wall-stretch-straight", "hamstring-stretch"} <= {*order}
    assert all(before != after for before, after in pairwise(order))


def test_frames_of_the_real_picture_are_measured(qapp: object) -> None:
    measured = bench_picture.figures(["rest", "towel-stretch"], (200, 120))
    assert measured["frames"] == 63 + 38 + 1 + 75
    assert 0 < measured["held_median_ms"] <= measured["held_p99_ms"]
    assert 0 < measured["changing_median_ms"] <= measured["changing_p99_ms"]
