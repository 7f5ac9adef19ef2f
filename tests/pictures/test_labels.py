"""Labels keep apart at any size: nothing overlaps, crosses or leaves, and what fits is shown."""

from collections.abc import Mapping, Sequence
from itertools import combinations, pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg, Structure
from relief_app.pictures.calf import CalfState, label_anchors
from relief_app.pictures.labels import GAP, REACH, Label, Rect, place_labels
from relief_app.pictures.shapes import Point
from tests.pictures.plates import plate

Anchors = Sequence[tuple[Structure, Point]]
Scene = tuple[Anchors, Mapping[Structure, tuple[float, float]], Rect, Rect]
SLACK = 1e-6
SHOWN = (
    Structure.FEMUR,
    Structure.GASTROCNEMIUS_MEDIAL,
    Structure.GASTROCNEMIUS_LATERAL,
    Structure.SOLEUS,
    Structure.TIBIA,
    Structure.FIBULA,
    Structure.ACHILLES_TENDON,
    Structure.CALCANEUS,
)
ALL_SHOWN = tuple(Structure)


@st.composite
def scenes(draw: st.DrawFn) -> Scene:
    """Any anchors and label sizes about any picture in any area, the picture not always inside."""
    sides = st.floats(1, 1500)
    area = (draw(st.floats(-50, 50)), draw(st.floats(-50, 50)), draw(sides), draw(sides))
    picture = (
        area[0] + area[2] * draw(st.floats(-0.1, 0.7)),
        area[1] + area[3] * draw(st.floats(-0.1, 0.7)),
        area[2] * draw(st.floats(0.01, 1.0)),
        area[3] * draw(st.floats(0.01, 1.0)),
    )
    names = draw(st.lists(st.sampled_from(Structure), unique=True, max_size=len(Structure)))
    share = st.floats(0, 1)
    anchors = [
        (name, (picture[0] + picture[2] * draw(share), picture[1] + picture[3] * draw(share)))
        for name in names
    ]
    sizes = {name: (draw(st.floats(1, 400)), draw(st.floats(1, 80))) for name in names}
    return anchors, sizes, picture, area


def crossing(one: tuple[Point, Point], other: tuple[Point, Point]) -> bool:
    """True if the two pieces cross in a point inside both."""
    (a, b), (c, d) = one, other

    def side(p: Point, q: Point, r: Point) -> float:
        return (q[0] - p[0]) * (r[1] - p[1]) - (q[1] - p[1]) * (r[0] - p[0])

    return side(a, b, c) * side(a, b, d) < -SLACK and side(c, d, a) * side(c, d, b) < -SLACK


def through(line: tuple[Point, Point], box: Rect) -> bool:
    """True if the piece has a point inside the box (Liang and Barsky)."""
    left, top, width, height = box
    (x, y), (end_x, end_y) = line
    enter, leave = 0.0, 1.0
    for start, step, least, most in ((x, end_x - x, left, left + width), (y, end_y - y, top, top + height)):
        low, high = least + SLACK, most - SLACK
        if abs(step) < SLACK:
            if not low < start < high:
                return False
            continue
        first, last = sorted(((low - start) / step, (high - start) / step))
        enter, leave = max(enter, first), min(leave, last)
    return enter < leave


def distance(a: Rect, b: Rect) -> float:
    """How far two boxes lie apart along the axis that parts them; negative if they overlap."""
    across = max(a[0], b[0]) - min(a[0] + a[2], b[0] + b[2])
    down = max(a[1], b[1]) - min(a[1] + a[3], b[1] + b[3])
    return max(across, down)


def inside(point: Point, area: Rect) -> bool:
    left, top, width, height = area
    x, y = point
    return left - SLACK <= x <= left + width + SLACK and top - SLACK <= y <= top + height + SLACK


def corners(box: Rect) -> list[Point]:
    left, top, width, height = box
    return [(left, top), (left + width, top + height)]


@given(scenes(), st.none() | st.sampled_from(Structure))
def test_labels_and_lines_keep_apart_and_inside(scene: Scene, first: Structure | None) -> None:
    anchors, sizes, picture, area = scene
    labels = place_labels(anchors, sizes, picture, area, first)
    assert labels == place_labels(anchors, sizes, picture, area, first)
    at = dict(anchors)
    assert [label.structure for label in labels] == [
        n for n, _ in anchors if n in {x.structure for x in labels}
    ]
    for label in labels:
        assert label.box[2:] == sizes[label.structure]
        assert label.line[-1] == at[label.structure]
        assert distance((*label.line[0], 0.0, 0.0), label.box) == pytest.approx(0.0, abs=SLACK)
        assert all(inside(point, area) for point in (*corners(label.box), *label.line))
        assert distance(label.box, picture) >= REACH - SLACK
    for one, other in combinations(labels, 2):
        assert distance(one.box, other.box) >= GAP - SLACK
        assert not any(crossing(p, q) for p in pairwise(one.line) for q in pairwise(other.line))
    for one in labels:
        assert not any(through(piece, other.box) for piece in pairwise(one.line) for other in labels)


@given(scenes(), st.sampled_from(Structure))
def test_the_chosen_label_stays_wherever_it_fits_alone(scene: Scene, first: Structure) -> None:
    anchors, sizes, picture, area = scene
    alone = place_labels([pair for pair in anchors if pair[0] == first], sizes, picture, area)
    together = place_labels(anchors, sizes, picture, area, first)
    assert (first in {label.structure for label in together}) == bool(alone)


def plate_scene(
    state: CalfState, names: Sequence[Structure], area: Rect, share: float = 1.0
) -> tuple[Anchors, Rect]:
    """Anchors of the plate painted in the middle of `area`, `share` of it high, and its rectangle."""
    drawn = plate(state.view)
    left, top, width, height = drawn.view_box
    scale = area[3] * share / height
    x, y = area[0] + (area[2] - width * scale) / 2, area[1] + area[3] * (1 - share) / 2
    anchors = [
        (name, (x + (at[0] - left) * scale, y + (at[1] - top) * scale))
        for name, at in label_anchors(state, drawn)
        if name in names
    ]
    return anchors, (x, y, width * scale, height * scale)


def placed(state: CalfState, names: Sequence[Structure], area: Rect, width: float) -> tuple[Label, ...]:
    anchors, picture = plate_scene(state, names, area)
    return place_labels(anchors, {name: (width, 26.0) for name, _ in anchors}, picture, area)


@pytest.mark.parametrize("leg", Leg)
@pytest.mark.parametrize("view", ["posterior", "medial"])
@pytest.mark.parametrize("area", [(0, 0, 860, 640), (20, 90, 1240, 690), (0, 0, 700, 480)])
@pytest.mark.parametrize("width", [110.0, 110.0 * 1.6])
def test_at_ordinary_sizes_nothing_is_left_out(view: str, leg: Leg, area: Rect, width: float) -> None:
    labels = placed(CalfState(view=view, leg=leg), SHOWN, area, width)
    assert {label.structure for label in labels} == set(SHOWN)


@pytest.mark.parametrize("view", ["posterior", "medial"])
def test_all_thirteen_fit_a_full_window(view: str) -> None:
    state = CalfState(view=view, no_press=True)
    assert len(placed(state, ALL_SHOWN, (0, 0, 1280, 700), 180.0)) == len(Structure)


def test_by_value_labels_stand_level_with_their_anchors_on_the_nearer_side() -> None:
    anchors = [(Structure.TIBIA, (420.0, 100.0)), (Structure.SOLEUS, (480.0, 300.0))]
    sizes = {Structure.TIBIA: (80.0, 20.0), Structure.SOLEUS: (60.0, 30.0)}
    left, right = place_labels(anchors, sizes, (400.0, 0.0, 100.0, 400.0), (0.0, 0.0, 900.0, 400.0))
    assert left == Label(
        Structure.TIBIA,
        (400.0 - REACH - 80.0, 90.0, 80.0, 20.0),
        ((400.0 - REACH, 100.0), (400.0 - REACH / 2, 100.0), (420.0, 100.0)),
    )
    assert right.box == (500.0 + REACH, 285.0, 60.0, 30.0)


def test_where_the_columns_are_too_narrow_labels_stand_above_and_below() -> None:
    names = SHOWN[:4]
    state, area = CalfState(), (0.0, 0.0, 360.0, 640.0)
    anchors, picture = plate_scene(state, names, area, share=0.8)
    labels = place_labels(anchors, dict.fromkeys(names, (150.0, 24.0)), picture, area)
    assert len(labels) == 4
    bottom = picture[1] + picture[3]
    assert all(x.box[1] + 24.0 < picture[1] or x.box[1] > bottom for x in labels)


def test_what_does_not_fit_goes_from_the_end_and_the_chosen_one_last() -> None:
    names = (Structure.FEMUR, Structure.TIBIA, Structure.SOLEUS)
    anchors = [(name, (150.0, 10.0 + 10 * i)) for i, name in enumerate(names)]
    sizes = dict.fromkeys(names, (90.0, 30.0))
    picture, area = (110.0, 0.0, 80.0, 40.0), (0.0, 0.0, 300.0, 40.0)

    def shown(first: Structure | None) -> list[Structure]:
        return [label.structure for label in place_labels(anchors, sizes, picture, area, first)]

    assert shown(None) == [Structure.FEMUR, Structure.TIBIA]
    assert shown(Structure.SOLEUS) == [Structure.FEMUR, Structure.SOLEUS]


def test_what_is_not_seen_is_not_named() -> None:
    anchors = [(Structure.TIBIA, (420.0, 500.0))]
    assert place_labels(anchors, {Structure.TIBIA: (80, 20)}, (400, 0, 100, 600), (0, 0, 900, 400)) == ()


def test_one_side_alone_names_a_crowd_without_crossing() -> None:
    names = ALL_SHOWN[:8]
    anchors = [(name, (10.0 + 37 * (i * 5 % 8), 290.0 + 3 * i)) for i, name in enumerate(names)]
    sizes = {name: (100.0, 20.0 + 4 * (i % 3)) for i, name in enumerate(names)}
    labels = place_labels(anchors, sizes, (0.0, 0.0, 300.0, 600.0), (0.0, 0.0, 420.0, 600.0))
    assert len(labels) == len(names)
