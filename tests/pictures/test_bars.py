"""The bars: the right way, the right length, never off their scale."""

import pytest

from relief_app.pictures.bars import RANGE_PERCENT, ROW_HEIGHT, bar_rows, bars_picture
from relief_app.pictures.shapes import Shape


def bar(percent: float) -> Shape:
    (found,) = (shape for shape in bars_picture([("mg", percent)]).shapes if shape.id == "mg_bar")
    return found


def reach(shape: Shape) -> list[float]:
    return [x for segment in shape.path for x, _ in segment.points]


def test_longer_is_to_the_right_and_shorter_to_the_left_by_the_percent() -> None:
    assert (min(reach(bar(4.3))), max(reach(bar(4.3)))) == (0, 4.3)
    assert (min(reach(bar(-6.4))), max(reach(bar(-6.4)))) == (-6.4, 0)
    assert bar(4.3).fill != bar(-6.4).fill


def test_a_short_bar_is_all_point() -> None:
    assert sorted(set(reach(bar(0.2)))) == [0, 0.2]


def test_a_bar_ends_at_the_range_and_says_so() -> None:
    shapes = {shape.id: shape for shape in bars_picture([("mg", 30.0), ("sol", -7.0)]).shapes}
    assert max(reach(shapes["mg_bar"])) == RANGE_PERCENT
    assert "mg_beyond" in shapes
    assert "sol_beyond" not in shapes


def test_no_change_is_no_bar() -> None:
    assert [shape.id for shape in bars_picture([("mg", 0.04)]).shapes if shape.id] == ["mg_track", "zero"]


@pytest.mark.parametrize("value", [float("nan"), float("inf"), 100.0])
def test_what_no_muscle_does_is_refused(value: float) -> None:
    with pytest.raises(ValueError, match="mg"):
        bars_picture([("mg", value)])


def test_rows_hold_label_and_bar_apart() -> None:
    rows = bar_rows(3)
    picture = bars_picture([("mg", 1.0), ("lg", 2.0), ("sol", -3.0)])
    assert picture.view_box[3] == 3 * ROW_HEIGHT
    for row, following in zip(rows, (*rows[1:], None), strict=True):
        assert row.label[1] + row.label[3] <= row.bar[1] + 1e-9
        assert row.bar[1] < row.y < row.bar[1] + row.bar[3]
        assert following is None or row.bar[1] + row.bar[3] < following.label[1]


def test_nothing_to_show_is_an_empty_scale() -> None:
    assert [shape.id for shape in bars_picture([]).shapes] == ["zero"]
