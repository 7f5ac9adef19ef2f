"""Where two pictures differ: nothing that is painted differently lies outside the box."""

from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from relief_app.pictures.changes import NOTHING, changed_box
from relief_app.pictures.painting import paint
from relief_app.pictures.palette import LIGHT
from relief_app.pictures.shapes import Path, Picture, Point, Shape, polygon, smooth

SIDE = 60
POINT = st.tuples(st.integers(5, SIDE - 5).map(float), st.integers(5, SIDE - 5).map(float))
POINTS = st.lists(POINT, min_size=4, max_size=7, unique=True)


def picture(*shapes: Shape) -> Picture:
    return Picture((0.0, 0.0, float(SIDE), float(SIDE)), shapes)


def pixels(shown: Picture) -> QImage:
    image = QImage(SIDE, SIDE, QImage.Format.Format_RGB32)
    image.fill(QColor("white"))
    painter = QPainter(image)
    paint(painter, shown, LIGHT, QRectF(0, 0, SIDE, SIDE))
    painter.end()
    return image


def path(points: list[Point], *, curved: bool, closed: bool) -> Path:
    return smooth(points, closed=closed) if curved else polygon(points, closed=closed)


@given(POINTS, st.integers(0, 3), POINT, st.booleans(), st.booleans(), st.sampled_from((0.0, 1.0, 4.0)))
def test_what_lies_outside_the_box_is_painted_alike(
    points: list[Point], which: int, to: Point, curved: bool, closed: bool, width: float
) -> None:
    moved = [*points[:which], to, *points[which + 1 :]]
    before, after = (
        picture(Shape("a", path(line, curved=curved, closed=closed), "muscle", "ink" if width else "", width))
        for line in (points, moved)
    )
    box = changed_box(before, after)
    assert box is not None
    left, top, right, bottom = box[0] - 1, box[1] - 1, box[2] + 1, box[3] + 1
    one, other = pixels(before), pixels(after)
    for y in range(SIDE):
        for x in range(SIDE):
            if not (left <= x <= right and top <= y <= bottom):
                assert one.pixel(x, y) == other.pixel(x, y), (x, y, box)


def test_the_box_holds_the_moved_corner_and_its_line_but_not_the_rest() -> None:
    square = [(10.0, 10.0), (50.0, 10.0), (50.0, 50.0), (10.0, 50.0)]
    bent = [(10.0, 10.0), (50.0, 10.0), (55.0, 48.0), (10.0, 50.0)]
    before, after = (picture(Shape("a", polygon(points), "muscle", "ink", 2.0)) for points in (square, bent))
    assert changed_box(before, after) == (9.0, 9.0, 56.0, 51.0)
    still = Shape("b", polygon(((1.0, 1.0), (2.0, 1.0), (2.0, 2.0))), "muscle")
    assert changed_box(picture(still, *before.shapes), picture(still, *before.shapes)) == NOTHING


def test_another_colour_is_the_whole_shape() -> None:
    shape = Shape("a", polygon(((10.0, 10.0), (50.0, 10.0), (50.0, 40.0))), "muscle", "ink", 2.0)
    box = changed_box(picture(shape), picture(shape._replace(opacity=0.5)))
    assert box == (9.0, 9.0, 51.0, 41.0)


def test_another_view_or_other_shapes_are_all_of_it() -> None:
    shape = Shape("a", polygon(((10.0, 10.0), (50.0, 10.0), (50.0, 40.0))), "muscle")
    before = picture(shape)
    assert changed_box(before, picture(shape, shape)) is None
    assert changed_box(before, before._replace(is_turned=True)) is None
    assert changed_box(before, before._replace(view_box=(0.0, 0.0, 1.0, 1.0))) is None
