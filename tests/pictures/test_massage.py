"""Where the calf is rubbed: on its own muscle, clear of what is never pressed, and upward."""

from math import dist

import pytest

from relief_app.core.anatomy import NO_PRESS_ZONES, Leg, Structure, Zone
from relief_app.core.posture import posture
from relief_app.core.skeleton import on_shank
from relief_app.pictures.calf import CalfState, calf_picture
from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.massage import ON_PLATE, STROKES
from relief_app.pictures.shapes import Path as Outline
from relief_app.pictures.shapes import Picture, Point, smooth
from tests.pictures.plates import plate, points
from tests.pictures.test_hands_and_cues import FIBULAR_NECK, FOSSA, is_inside, outlines

CLEAR = 0.03
"""Shank lengths between what is rubbed and what is never pressed: a centimetre."""
HEEL, KNEE_HOLLOW = 0.90, 0.125
"""Levels on the plate: the heel bone's tendon ends, and where the hollow of the knee is past."""


def shape(picture: Picture, name: str) -> Outline:
    return next(shape.path for shape in picture.shapes if shape.id == name)


def line(path: Outline) -> list[Point]:
    return [point for run in points(path) for point in run]


@pytest.fixture(scope="module")
def no_press() -> list[Point]:
    posterior = plate("posterior")
    return [point for zone in NO_PRESS_ZONES for point in line(posterior.part(str(zone)).path)]


@pytest.mark.parametrize("zone", Zone)
def test_a_zone_is_clear_of_what_is_never_pressed(zone: Zone, no_press: list[Point]) -> None:
    outline = line(smooth(ON_PLATE[zone]))
    assert min(dist(a, b) for a in outline for b in no_press) > CLEAR
    assert not any(is_inside(point, outline) for point in no_press)


@pytest.mark.parametrize("zone", Zone)
def test_a_zone_lies_on_the_calf(zone: Zone) -> None:
    skin = line(plate("posterior").part("skin_outline").path)
    outline = line(smooth(ON_PLATE[zone]))
    assert all(is_inside(point, skin) for point in outline)
    assert all(KNEE_HOLLOW < y < HEEL for _, y in outline)


@pytest.mark.parametrize(
    ("zone", "muscle"),
    [(Zone.MEDIAL, Structure.GASTROCNEMIUS_MEDIAL), (Zone.LATERAL, Structure.GASTROCNEMIUS_LATERAL)],
)
def test_inner_and_outer_zone_lie_on_their_head_of_the_gastrocnemius(zone: Zone, muscle: Structure) -> None:
    belly = line(plate("posterior").part(str(muscle)).path)
    outline = line(smooth(ON_PLATE[zone]))
    assert sum(is_inside(point, belly) for point in outline) > 0.95 * len(outline)


def test_the_lower_zone_lies_below_both_bellies() -> None:
    heads = (Structure.GASTROCNEMIUS_MEDIAL, Structure.GASTROCNEMIUS_LATERAL)
    lowest = max(y for head in heads for _, y in line(plate("posterior").part(str(head)).path))
    assert min(y for _, y in line(smooth(ON_PLATE[Zone.LOWER]))) > lowest


@pytest.mark.parametrize("stroke", STROKES)
def test_strokes_go_up_from_clear_of_the_heel_to_below_the_knee(
    stroke: tuple[Point, ...], no_press: list[Point]
) -> None:
    levels = [y for _, y in stroke]
    assert levels == sorted(levels, reverse=True)
    assert levels[0] < HEEL
    assert levels[-1] > KNEE_HOLLOW
    assert min(dist(a, b) for a in line(smooth(stroke, closed=False)) for b in no_press) > CLEAR


def test_the_arrows_of_strokes_stay_off_what_is_never_pressed(no_press: list[Point]) -> None:
    picture = calf_picture(CalfState(strokes=True), plate("posterior"))
    for number in range(1, len(STROKES) + 1):
        outline = line(shape(picture, f"stroke_{number}"))
        assert not any(is_inside(point, outline) for point in no_press)


def test_the_left_leg_has_the_inner_side_on_the_other_side() -> None:
    state = CalfState(zone=Zone.MEDIAL)
    right = calf_picture(state, plate("posterior"))
    left = calf_picture(CalfState(zone=Zone.MEDIAL, leg=Leg.LEFT), plate("posterior"))
    assert shape(left, "zone_medial") == shape(right, "zone_medial")
    assert left.is_turned
    assert not right.is_turned


@pytest.mark.parametrize("zone", Zone)
def test_no_hand_comes_near_what_is_never_pressed(zone: Zone) -> None:
    for phase in [i / 20 for i in range(21)]:
        body = posture("circle-massage", phase, zone=zone)
        picture = pose_picture(PoseState("circle-massage", phase, zone=zone))
        resting = {Zone.MEDIAL: "near", Zone.LATERAL: "far"}.get(zone)
        for side in {"near", "far"} - {resting}:
            for hand in outlines(picture, f"hand_{side}", f"thumb_{side}"):
                assert min(dist(p, on_shank(body, FOSSA)) for p in hand[1:-1]) > 0.075, phase
                assert min(dist(p, on_shank(body, FIBULAR_NECK)) for p in hand[1:-1]) > 0.045, phase


@pytest.mark.parametrize("zone", [Zone.LATERAL, Zone.LOWER])
def test_the_hand_works_on_the_zone_that_is_drawn(zone: Zone) -> None:
    for phase in (0.0, 0.25, 0.5, 0.75):
        picture = pose_picture(PoseState("circle-massage", phase, zone=zone))
        hand = next(outlines(picture, "hand_near"))
        outline = next(outlines(picture, f"zone_{zone}"))
        middle = (sum(x for x, _ in outline) / len(outline), sum(y for _, y in outline) / len(outline))
        assert min(dist(middle, point) for point in hand) < 0.030, phase


def test_without_a_zone_the_picture_is_as_ever() -> None:
    assert not any(shape.id.startswith("zone_") for shape in pose_picture(PoseState("circle-massage")).shapes)
    assert not any(
        shape.id.startswith(("zone_", "stroke_"))
        for shape in calf_picture(CalfState(), plate("posterior")).shapes
    )
