"""Postures: the angle drawn is the angle stated, contacts hold, no joint leaves its range."""

from itertools import pairwise, permutations, product
from math import acos, degrees, dist, hypot

import pytest

from relief_app.core.anatomy import Zone
from relief_app.core.posture import (
    EXERCISES_DRAWN,
    Landmarks,
    Posture,
    PostureError,
    blend,
    landmarks,
    posture,
)
from relief_app.core.skeleton import (
    FOREARM,
    HEEL,
    RANGES,
    TOE,
    UPPER_ARM,
    Point,
    fingertips,
    foot_low,
    on_leg,
    on_thigh,
    palm,
    shoulder,
    wrist,
)
from relief_app.core.stances import BED, RAIL, SEAT, STEP, STOOL, WALL_X

PHASES = [i / 10 for i in range(11)]
STATED = {
    "active-dorsiflexion": (0, 5),
    "towel-stretch": (0, 4),
    "standing-heel-flat": (0, 5),
    "wall-stretch-straight": (0, 10),
    "wall-stretch-bent": (45, 15),
    "get-up": (0, 0),
    "hamstring-stretch": (0, 0),
    "seated-hamstring": (0, 0),
    "circle-massage": (30, 0),
    "stroke-massage": (30, 0),
    "ankle-pumps": (90, 10),
    "heat-pack": (20, 0),
    "ice-pack": (20, 0),
    "heel-drop": (0, 10),
    "heel-raise": (0, -30),
}
ON_THE_FLOOR = ("standing-heel-flat", "wall-stretch-straight", "wall-stretch-bent", "heel-raise", "get-up")


def between(a: Point, b: Point) -> float:
    """The angle between two directions, in degrees, from nothing but the dot product."""
    return degrees(acos(max(-1.0, min(1.0, (a[0] * b[0] + a[1] * b[1]) / (hypot(*a) * hypot(*b))))))


def vector(a: Point, b: Point) -> Point:
    return (b[0] - a[0], b[1] - a[1])


def drawn(points: Landmarks) -> tuple[float, float]:
    hip, knee, ankle, heel, toe = points
    flexion = between(vector(hip, knee), vector(knee, ankle))
    return flexion, 90.0 - between(vector(ankle, knee), vector(heel, toe))


def joints(body: Posture) -> dict[str, float]:
    found = {"trunk": body.trunk_deg, "neck": body.neck_deg}
    for part in ("near_leg", "far_leg", "near_arm", "far_arm"):
        angles = getattr(body, part)
        found |= {f"{part}.{name}": value for name, value in angles._asdict().items()}
    return found


def assert_in_range(body: Posture) -> None:
    for name, value in joints(body).items():
        low, high = RANGES[name.split(".")[-1]]
        assert low - 1e-6 <= value <= high + 1e-6, (body.scene, body.phase, name, value)


def test_all_seventeen_exercises_are_drawn() -> None:
    assert set(EXERCISES_DRAWN) == {*STATED, "rest", "easy-walk"}


@pytest.mark.parametrize("exercise", STATED)
def test_the_angle_drawn_is_the_angle_stated(exercise: str) -> None:
    assert drawn(landmarks(posture(exercise))) == pytest.approx(STATED[exercise], abs=1e-4)


@pytest.mark.parametrize("exercise", EXERCISES_DRAWN)
@pytest.mark.parametrize("angles", [(0, 0), (30, 20), (10, -15), (60, 5)])
def test_given_angles_stand_in_for_the_stated_ones(exercise: str, angles: tuple[float, float]) -> None:
    body = posture(exercise, knee_deg=angles[0], dorsiflexion_deg=angles[1])
    assert drawn(landmarks(body)) == pytest.approx(angles, abs=1e-4)


@pytest.mark.parametrize("exercise", EXERCISES_DRAWN)
def test_bones_keep_their_tabled_lengths(exercise: str) -> None:
    for phase in PHASES:
        body = posture(exercise, phase)
        hip, knee, ankle, heel, toe = landmarks(body)
        assert dist(hip, knee) == pytest.approx(0.245)
        assert dist(knee, ankle) == pytest.approx(0.246)
        assert dist(heel, toe) <= 0.152 + 1e-9
        assert dist(hip, shoulder(body)) == pytest.approx(0.288, abs=0.02)
        assert dist(shoulder(body), wrist(body)) <= UPPER_ARM + FOREARM


@pytest.mark.parametrize("exercise", EXERCISES_DRAWN)
def test_no_joint_leaves_its_range(exercise: str) -> None:
    for phase in PHASES:
        assert_in_range(posture(exercise, phase))


def test_no_joint_leaves_its_range_on_the_way_from_any_exercise_to_any_other() -> None:
    ends = {name: (posture(name, 0.0), posture(name)) for name in EXERCISES_DRAWN}
    for a, b in permutations(EXERCISES_DRAWN, 2):
        for t in (0.2, 0.45, 0.7):
            body = blend(ends[a][1], ends[b][0], t)
            assert_in_range(body)
            assert max(foot_low(body), foot_low(body, far=True)) <= 1e-6, (a, b, t)


@pytest.mark.parametrize("exercise", ON_THE_FLOOR)
def test_standing_feet_touch_the_floor_and_never_sink(exercise: str) -> None:
    for phase in PHASES:
        body = posture(exercise, phase)
        assert foot_low(body) == pytest.approx(0.0, abs=0.004)
        assert foot_low(body, far=True) == pytest.approx(0.0, abs=0.004)


@pytest.mark.parametrize("exercise", ["wall-stretch-straight", "wall-stretch-bent", "get-up"])
def test_the_heel_stays_down_and_where_it_is(exercise: str) -> None:
    start = landmarks(posture(exercise, 0.0))
    for phase in PHASES:
        now = landmarks(posture(exercise, phase))
        assert now.heel == pytest.approx(start.heel, abs=1e-6)
        assert now.heel[1] == pytest.approx(0.0, abs=1e-6)
        assert now.toe[1] == pytest.approx(0.0, abs=1e-6)


def test_the_heel_comes_down_in_the_standing_stretch() -> None:
    heights = [-landmarks(posture("standing-heel-flat", phase)).heel[1] for phase in PHASES]
    assert heights == sorted(heights, reverse=True)
    assert heights[0] > 0.02
    assert heights[-1] == pytest.approx(0.0, abs=1e-9)


@pytest.mark.parametrize(
    ("exercise", "height"),
    [
        ("active-dorsiflexion", BED),
        ("towel-stretch", BED),
        ("circle-massage", BED),
        ("hamstring-stretch", SEAT),
        ("heat-pack", STOOL),
        ("ice-pack", STOOL),
        ("seated-hamstring", 0.0),
        ("ankle-pumps", 0.0),
        ("heel-drop", STEP),
    ],
)
def test_the_worked_foot_rests_on_what_bears_it(exercise: str, height: float) -> None:
    for phase in PHASES:
        low = foot_low(posture(exercise, phase))
        assert low >= -height - 1e-6
        if exercise != "heel-drop":
            assert low == pytest.approx(-height, abs=1e-6)


@pytest.mark.parametrize("exercise", WALL_X)
def test_both_palms_lie_on_the_wall(exercise: str) -> None:
    for phase in PHASES:
        body = posture(exercise, phase)
        for far in (False, True):
            assert wrist(body, far=far)[0] == pytest.approx(WALL_X[exercise] - 0.0145, abs=0.002)


@pytest.mark.parametrize("exercise", ["standing-heel-flat", "heel-drop", "get-up"])
def test_the_hand_is_on_its_support(exercise: str) -> None:
    phases = (1.0,) if exercise == "get-up" else PHASES
    for phase in phases:
        assert palm(posture(exercise, phase)) == pytest.approx(RAIL[exercise], abs=1e-3)


def test_the_far_hand_holds_the_rail_in_the_hamstring_stretch() -> None:
    for phase in PHASES:
        held = palm(posture("hamstring-stretch", phase), far=True)
        assert held == pytest.approx(RAIL["hamstring-stretch"], abs=1e-3)


@pytest.mark.parametrize("exercise", ["circle-massage", "stroke-massage"])
def test_massaging_hands_stay_on_the_calf_clear_of_the_hollow_of_the_knee(exercise: str) -> None:
    for phase in [i / 40 for i in range(41)]:
        body = posture(exercise, phase)
        _, knee, ankle, _, _ = landmarks(body)
        for far in (False, True):
            share = dist(palm(body, far=far), knee) / dist(ankle, knee)
            assert 0.2 < share < 0.85, (phase, far, share)


@pytest.mark.parametrize(("zone", "working_is_far"), [(Zone.MEDIAL, True), (Zone.LATERAL, False)])
def test_one_hand_massages_its_own_side_of_the_calf_and_the_other_lies_on_the_thigh(
    zone: Zone, working_is_far: bool
) -> None:
    for phase in PHASES:
        body, both = posture("circle-massage", phase, zone=zone), posture("circle-massage", phase)
        assert palm(body, far=working_is_far) == pytest.approx(palm(both, far=working_is_far))
        idle = palm(body, far=not working_is_far)
        assert dist(idle, landmarks(body).knee) < dist(idle, landmarks(body).ankle)
        assert dist(idle, on_thigh(body, (0.078, -0.370), far=working_is_far is False)) < 0.06, phase


def test_the_lower_calf_is_massaged_nearer_to_the_heel() -> None:
    for phase, far in product(PHASES, (False, True)):
        ankle = landmarks(posture("circle-massage", phase)).ankle
        low = dist(palm(posture("circle-massage", phase, zone=Zone.LOWER), far=far), ankle)
        assert low < dist(palm(posture("circle-massage", phase), far=far), ankle) - 0.01
        assert low > 0.15 * 0.246


def test_strokes_go_upward_and_circles_close() -> None:
    places = [
        dist(palm(posture("stroke-massage", p)), landmarks(posture("stroke-massage", p)).knee) for p in PHASES
    ]
    assert places == sorted(places, reverse=True)
    assert palm(posture("circle-massage", 0.0)) == pytest.approx(palm(posture("circle-massage", 1.0)))


def test_walking_keeps_a_foot_on_the_floor_and_closes_its_cycle() -> None:
    for phase in [i / 40 for i in range(41)]:
        body = posture("easy-walk", phase)
        lows = (foot_low(body), foot_low(body, far=True))
        assert max(lows) == pytest.approx(0.0, abs=1e-9)
    first, last = landmarks(posture("easy-walk", 0.0)), landmarks(posture("easy-walk", 1.0))
    assert [*first.hip, *first.ankle] == pytest.approx([*last.hip, *last.ankle])


def test_getting_up_leads_from_the_beds_edge_to_standing() -> None:
    heights = [-posture("get-up", phase).pelvis[1] for phase in PHASES]
    assert heights == sorted(heights)
    assert heights[0] == pytest.approx(BED + 0.055)
    assert heights[-1] == pytest.approx(0.53)


def test_pumping_starts_with_a_flat_foot() -> None:
    at_rest = landmarks(posture("ankle-pumps", 0.0))
    assert drawn(at_rest) == pytest.approx((90.0, 0.0), abs=1e-4)
    assert at_rest.heel[1] == pytest.approx(at_rest.toe[1], abs=1e-6)


def test_phase_moves_the_ankle_from_pointed_to_pulled_up() -> None:
    ankles = [drawn(landmarks(posture("active-dorsiflexion", phase)))[1] for phase in PHASES]
    assert ankles == sorted(ankles)
    assert ankles[0] == pytest.approx(-18.0, abs=1e-4)


def test_an_ankle_beyond_the_toes_reach_still_stands() -> None:
    steep = posture("heel-drop", dorsiflexion_deg=35.0)
    assert drawn(landmarks(steep))[1] == pytest.approx(35.0, abs=1e-4)
    assert posture("standing-heel-flat", knee_deg=100.0).pelvis[1] > posture("standing-heel-flat").pelvis[1]


def test_a_wall_out_of_reach_leaves_the_hands_hanging() -> None:
    assert posture("wall-stretch-straight", knee_deg=90.0, dorsiflexion_deg=-10.0).near_hand == "relaxed"


def test_blending_begins_and_ends_exactly() -> None:
    a, b = posture("active-dorsiflexion"), posture("towel-stretch", 0.0)
    assert blend(a, b, 0.0) == a
    assert blend(a, b, 1.0) == b


def test_blending_moves_without_jumps() -> None:
    for a, b in (
        ("wall-stretch-straight", "rest"),
        ("towel-stretch", "get-up"),
        ("ankle-pumps", "easy-walk"),
    ):
        start, end = posture(a), posture(b, 0.0)
        hips = [blend(start, end, i / 100).pelvis for i in range(101)]
        assert max(dist(p, q) for p, q in pairwise(hips)) < 0.03, (a, b)


def test_one_gets_onto_a_bed_by_sitting_on_its_edge() -> None:
    halfway = blend(posture("wall-stretch-straight"), posture("rest", 0.0), 0.5)
    assert -halfway.pelvis[1] == pytest.approx(BED + 0.055, abs=1e-6)
    assert foot_low(halfway) == pytest.approx(0.0, abs=1e-6)


def test_breath_is_carried_and_blended() -> None:
    a, b = posture("rest", breath=0.2), posture("active-dorsiflexion", breath=0.6)
    assert a.breath == 0.2
    assert 0.2 < blend(a, b, 0.5).breath < 0.6


@pytest.mark.parametrize(
    ("arguments", "named"),
    [
        ({"exercise_id": "somersault"}, "somersault"),
        ({"exercise_id": "rest", "phase": 1.2}, "phase 1.2"),
        ({"exercise_id": "rest", "phase": -0.1}, "phase -0.1"),
        ({"exercise_id": "rest", "phase": float("nan")}, "phase nan"),
        ({"exercise_id": "rest", "breath": 2.0}, "breath 2"),
        ({"exercise_id": "rest", "knee_deg": 140.0}, "knee_deg 140"),
        ({"exercise_id": "rest", "knee_deg": -1.0}, "knee_deg -1"),
        ({"exercise_id": "rest", "dorsiflexion_deg": 40.0}, "dorsiflexion_deg 40"),
        ({"exercise_id": "rest", "dorsiflexion_deg": -51.0}, "dorsiflexion_deg -51"),
    ],
)
def test_what_cannot_be_is_refused_and_named(arguments: dict[str, object], named: str) -> None:
    with pytest.raises(PostureError, match=named):
        posture(**arguments)  # type: ignore[arg-type]


def test_a_blend_beyond_its_ends_is_refused() -> None:
    with pytest.raises(PostureError, match=r"t 1\.5"):
        blend(posture("rest"), posture("rest"), 1.5)


@pytest.mark.parametrize("exercise", ["standing-heel-flat", "wall-stretch-straight", "wall-stretch-bent"])
def test_the_worked_leg_stands_a_step_behind_and_the_front_foot_stays(exercise: str) -> None:
    places = [on_leg(posture(exercise, phase), HEEL, far=True)[0] for phase in (0.6, 0.8, 1.0)]
    assert places[0] > landmarks(posture(exercise)).heel[0] + 0.15
    assert max(places) - min(places) < 0.012
    assert posture(exercise).far_leg.knee > 15.0


def test_a_walking_heel_strikes_the_floor() -> None:
    for phase, far in ((0.0, False), (0.05, False), (0.5, True), (0.55, True)):
        assert foot_low(posture("easy-walk", phase), far=far) == pytest.approx(0.0, abs=0.002)


def test_pumping_lifts_the_toes_and_leaves_the_other_foot() -> None:
    up, flat = posture("ankle-pumps"), posture("ankle-pumps", 0.0)
    assert on_leg(up, TOE)[1] < on_leg(flat, TOE)[1] - 0.02
    assert up.near_leg.toes > 20.0
    assert foot_low(up, far=True) == pytest.approx(0.0, abs=1e-6)


def test_a_person_getting_up_leans_on_the_thighs_before_taking_hold() -> None:
    for phase in (0.0, 0.3, 0.5):
        body = posture("get-up", phase)
        assert dist(palm(body), on_thigh(body, (0.08, -0.36))) < 0.09, phase
        assert body.near_arm.elbow < 100.0


@pytest.mark.parametrize("to_wall", WALL_X)
def test_no_hand_goes_through_a_wall_on_the_way_to_it_or_from_it(to_wall: str) -> None:
    for other in set(EXERCISES_DRAWN) - {to_wall}:
        for share in (0.5, 0.6, 0.7, 0.8, 0.9, 0.99):
            coming = blend(posture(other), posture(to_wall, 0.0), share)
            going = blend(posture(to_wall), posture(other, 0.0), 1.0 - share)
            for body, far in product((coming, going), (False, True)):
                assert fingertips(body, far=far)[0] < WALL_X[to_wall] + 0.001, (other, share)


def test_fingertips_are_a_hand_away_from_the_wrist() -> None:
    body = posture("easy-walk", 0.3)
    assert dist(fingertips(body), wrist(body)) == pytest.approx(0.108)
