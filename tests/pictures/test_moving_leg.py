"""The moving leg: the stated angles can be read off it, it stays in view, and its calf answers."""

from math import dist

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg, Structure
from relief_app.pictures.moving_leg import VIEW_BOX, LegState, leg_picture
from relief_app.pictures.palette import LIGHT
from relief_app.pictures.shapes import Picture
from tests.pictures.test_figure import deformation, outline, shape, written_angles, written_markers

STABLE_IDS = {
    "thigh", "shank", "foot", "femur", "tibia", "fibula", "patella", "calcaneus", "soleus", "gastrocnemius",
    "achilles_tendon", "knee_arc", "ankle_arc",
}  # fmt: skip
ANGLES = [(0, 0), (0, 20), (0, -30), (30, 30), (45, 10), (90, 0), (90, 30), (120, -30)]
STATES = st.builds(
    LegState,
    st.floats(0, 120),
    st.floats(-30, 30),
    st.sampled_from(Leg),
    st.frozensets(st.sampled_from(Structure)),
)


def ids(picture: Picture) -> list[str]:
    return [one.id for one in picture.shapes]


@pytest.mark.parametrize("leg", Leg)
@pytest.mark.parametrize("angles", ANGLES)
def test_the_stated_angles_can_be_read_off(angles: tuple[float, float], leg: Leg) -> None:
    assert written_angles(leg_picture(LegState(*angles, leg=leg))) == pytest.approx(angles, abs=0.5)


@pytest.mark.parametrize(
    ("given_angles", "shown"), [((-20, 0), (0, 0)), ((150, 50), (120, 30)), ((0, -70), (0, -30))]
)
def test_angles_that_cannot_be_are_clamped(
    given_angles: tuple[float, float], shown: tuple[float, float]
) -> None:
    assert leg_picture(LegState(*given_angles)) == leg_picture(LegState(*shown))


@given(STATES)
def test_it_never_leaves_the_view_and_the_ankle_stays(state: LegState) -> None:
    picture = leg_picture(state)
    assert picture == leg_picture(state)
    assert picture.view_box == VIEW_BOX
    left, top, width, height = VIEW_BOX
    for one in picture.shapes:
        for x, y in (point for _, points in one.path for point in points):
            assert left + one.width <= x <= left + width - one.width, one.id
            assert top + one.width <= y <= top + height - one.width, one.id
    standing = written_markers(leg_picture(LegState(leg=state.leg)))
    assert written_markers(picture)["landmark_ankle"] == pytest.approx(standing["landmark_ankle"], abs=1e-4)


@given(STATES)
def test_shapes_have_ids_of_their_own_and_roles_of_the_palette(state: LegState) -> None:
    picture = leg_picture(state)
    assert set(ids(picture)) >= STABLE_IDS
    assert len(ids(picture)) == len(set(ids(picture)))
    assert {one.fill for one in picture.shapes} | {one.stroke for one in picture.shapes} <= {"", *LIGHT}


def test_the_gastrocnemius_springs_from_the_femur_above_the_knee() -> None:
    for knee in (0, 45):
        picture = leg_picture(LegState(knee))
        at = written_markers(picture)
        head = min(outline(picture, "gastrocnemius"), key=lambda p: p[1])
        assert head[1] < at["landmark_knee"][1] - 0.01
        assert head[1] < min(y for _, y in outline(picture, "soleus")) - 0.03


def test_colour_and_line_of_the_gastrocnemius_share_one_outline() -> None:
    picture = leg_picture(LegState(60, 20))
    whole = [
        one.path for one in picture.shapes if one.id.startswith("gastrocnemius") and "sheen" not in one.id
    ]
    assert len(whole) >= 2
    assert len(set(whole)) == 1


def test_a_bent_knee_slackens_the_gastrocnemius_alone() -> None:
    straight, bent = leg_picture(LegState(0, 10)), leg_picture(LegState(90, 10))
    assert shape(straight, "gastrocnemius_lit").opacity > 2 * shape(bent, "gastrocnemius_lit").opacity
    assert shape(straight, "soleus_lit").opacity == shape(bent, "soleus_lit").opacity
    lowest = [max(y for _, y in outline(one, "gastrocnemius")) for one in (straight, bent)]
    assert lowest[1] < lowest[0] - 0.01
    assert deformation(straight, bent, "gastrocnemius") > 0.01


def test_both_muscles_glow_with_the_foot_drawn_up_and_none_with_it_pointed() -> None:
    assert {"gastrocnemius_glow", "soleus_glow"} <= set(ids(leg_picture(LegState(0, 20))))
    assert not {"gastrocnemius_glow", "soleus_glow"} & set(ids(leg_picture(LegState(0, -20))))


@pytest.mark.parametrize("angles", ANGLES)
def test_the_achilles_tendon_ends_on_the_heel_bone(angles: tuple[float, float]) -> None:
    picture = leg_picture(LegState(*angles))
    bone = outline(picture, "calcaneus")
    assert min(dist(p, q) for p in outline(picture, "achilles_tendon") for q in bone) < 0.006


@pytest.mark.parametrize(
    ("structure", "rim"),
    [
        (Structure.SOLEUS, "soleus_rim"),
        (Structure.GASTROCNEMIUS_MEDIAL, "gastrocnemius_rim"),
        (Structure.CALCANEUS, "calcaneus_rim"),
    ],
)
def test_what_is_chosen_has_a_rim(structure: Structure, rim: str) -> None:
    assert rim not in ids(leg_picture(LegState()))
    assert rim in ids(leg_picture(LegState(highlight=frozenset({structure}))))


def test_the_left_leg_is_the_right_one_in_the_mirror() -> None:
    right, left = leg_picture(LegState(40, 10)), leg_picture(LegState(40, 10, Leg.LEFT))
    assert left == right._replace(is_turned=True)
