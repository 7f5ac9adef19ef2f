"""What lies under the pointer is what is painted there: layers, depth, zones, both legs."""

import time
from dataclasses import replace

import pytest

from relief_app.core.anatomy import Leg, Structure
from relief_app.pictures.calf import CalfState, Layer
from relief_app.pictures.picking import outline_of, structure_at
from relief_app.pictures.shapes import Point
from tests.pictures.plates import plate

FRONT = {
    "posterior": {
        (-0.07, 0.27): Structure.GASTROCNEMIUS_MEDIAL,
        (0.075, 0.25): Structure.GASTROCNEMIUS_LATERAL,
        (0.098, 0.545): Structure.SOLEUS,
        (-0.02, 0.87): Structure.ACHILLES_TENDON,
        (0.078, 0.75): Structure.FIBULA,
        (0.026, 1.10): Structure.CALCANEUS,
        (-0.10, -0.16): Structure.HAMSTRINGS,
        (0.145, 0.20): Structure.SKIN,
        (0.10, 1.12): Structure.SKIN,
        (0.25, 0.50): None,
    },
    "medial": {
        (0.08, 0.27): Structure.GASTROCNEMIUS_MEDIAL,
        (0.005, 0.50): Structure.SOLEUS,
        (0.0768, 0.79): Structure.PLANTARIS,
        (-0.055, 0.45): Structure.TIBIA,
        (0.0865, 0.88): Structure.ACHILLES_TENDON,
        (0.085, 1.115): Structure.CALCANEUS,
        (-0.045, -0.225): Structure.FEMUR,
        (-0.28, 1.09): Structure.SKIN,
        (-0.30, 0.30): None,
    },
}
POINTS = [(view, point, structure) for view, points in FRONT.items() for point, structure in points.items()]


def mirrored(view: str, point: Point) -> Point:
    left, _, width, _ = plate(view).view_box
    return (2 * left + width - point[0], point[1])


def under(state: CalfState, point: Point) -> Structure | None:
    return structure_at(state, plate(state.view), point)


@pytest.mark.parametrize(("view", "point", "structure"), POINTS)
def test_both_plates_and_legs_by_value(view: str, point: Point, structure: Structure | None) -> None:
    assert under(CalfState(view=view), point) == structure
    assert under(CalfState(view=view, leg=Leg.LEFT), mirrored(view, point)) == structure


@pytest.mark.parametrize(
    ("depth", "structure"),
    [
        (0.0, Structure.SKIN),
        (0.4, Structure.SKIN),
        (0.6, Structure.GASTROCNEMIUS_MEDIAL),
        (1.0, Structure.GASTROCNEMIUS_MEDIAL),
        (1.4, Structure.GASTROCNEMIUS_MEDIAL),
        (1.6, Structure.SOLEUS),
        (2.4, Structure.SOLEUS),
        (2.6, Structure.TIBIA),
        (3.0, Structure.TIBIA),
    ],
)
def test_the_depth_opens_one_layer_after_the_other(depth: float, structure: Structure) -> None:
    assert under(CalfState(depth=depth), (0.0, 0.30)) == structure


def test_a_layer_taken_off_is_not_met() -> None:
    bones = CalfState(layers=frozenset({Layer.BONES}))
    assert under(bones, (0.0, 0.30)) is Structure.TIBIA
    assert under(bones, (-0.10, 0.30)) is None
    assert under(CalfState(layers=frozenset({Layer.SKIN})), (0.0, 0.30)) is Structure.SKIN


@pytest.mark.parametrize(
    ("point", "zone"),
    [((0.01, -0.02), Structure.POPLITEAL_FOSSA), ((0.10, 0.085), Structure.FIBULAR_NECK)],
)
@pytest.mark.parametrize("depth", [None, 0.0, 3.0])
def test_the_zones_lie_over_everything_while_shown(
    point: Point, zone: Structure, depth: float | None
) -> None:
    shown = CalfState(no_press=True, depth=depth)
    assert under(shown, point) is zone
    assert under(replace(shown, no_press=False), point) not in {zone, None}


def test_what_is_lit_changes_nothing() -> None:
    lit = CalfState(highlight=frozenset({Structure.SOLEUS}), lengthening=((Structure.SOLEUS, 4.0),))
    assert under(lit, (-0.07, 0.27)) is Structure.GASTROCNEMIUS_MEDIAL


def test_the_outline_lies_where_it_is_painted() -> None:
    right = outline_of(CalfState(), plate("posterior"), Structure.SOLEUS)
    left = outline_of(CalfState(leg=Leg.LEFT), plate("posterior"), Structure.SOLEUS)
    assert right == plate("posterior").part("soleus").path
    assert left[0].points[0] == pytest.approx(mirrored("posterior", right[0].points[0]))


def test_a_move_of_the_pointer_is_answered_at_once() -> None:
    state = CalfState(depth=1.3, no_press=True)
    under(state, (0.0, 0.0))
    start = time.process_time()
    for step in range(400):
        under(state, (-0.15 + 0.001 * (step % 300), step / 400))
    assert (time.process_time() - start) / 400 < 0.001
