"""Massage names its place and its limit; the demonstration shows the lengths while the knee bends."""

import re
from itertools import pairwise

import pytest
from PySide6.QtCore import Qt

from relief_app.core.anatomy import Leg, Structure, Zone
from relief_app.core.biomechanics import relative_lengthening
from relief_app.core.profile import Answer, Profile
from relief_app.core.steering import Steer
from relief_app.pictures.figure import PoseState, drawn_angles
from relief_app.ui.questions import first_questions
from relief_app.ui.widgets.calf_view import CalfView
from relief_app.ui.widgets.pose_view import PoseView
from tests.ui.conftest import MakeStage
from tests.ui.stage import Stage

Key = Qt.Key
LEAD = 5_000
HEADS = {"Gastrocnemius, inner": Structure.GASTROCNEMIUS_MEDIAL, "Soleus": Structure.SOLEUS}


@pytest.fixture
def massage(stage: Stage) -> Stage:
    """The massage routine, every question of massage answered with no."""
    clear_for_massage(stage)
    return stage.guide("massage")


def clear_for_massage(stage: Stage) -> None:
    questions = first_questions(stage.safety)
    stage.profile.save(Profile({gate.key: Answer.NO for gate in questions}))


def pose(stage: Stage) -> PoseState:
    view = stage.find("pose_view")
    assert isinstance(view, PoseView)
    assert view.state is not None
    return view.state


def calf(stage: Stage) -> CalfView:
    view = stage.find("calf_view")
    assert isinstance(view, CalfView)
    return view


def lengths(stage: Stage) -> dict[str, float]:
    """What the bars tell, by the muscle's name."""
    told = re.findall(r"(Gastrocnemius, \w+|Soleus) ([+-]?[0-9.]+) %", stage.told("length_bars"))
    return {name: float(value) for name, value in told}


@pytest.mark.parametrize(
    ("skips", "place", "zone"),
    [
        (0, "Upward, to below the knee", None),
        (1, "Inner calf", Zone.MEDIAL),
        (2, "Outer calf", Zone.LATERAL),
        (3, "Lower calf", Zone.LOWER),
    ],
)
def test_the_place_that_is_rubbed_is_shown_and_named(
    massage: Stage, skips: int, place: str, zone: Zone | None
) -> None:
    for _ in range(skips):
        massage.press(Key.Key_Right)
    assert massage.text("massage_place_label") == place
    assert not massage.sees("length_bars")
    state = calf(massage).state
    assert (state.zone, state.strokes, state.no_press) == (zone, zone is None, True)
    assert pose(massage).zone is zone


def test_the_next_zone_is_told_by_its_name(massage: Stage) -> None:
    massage.press(Key.Key_Right)
    assert massage.text("next_label") == "Next: Slow circles, Outer calf"


def test_strokes_go_up_slowly_and_the_hands_come_back_without_a_jump(massage: Stage) -> None:
    massage.move(LEAD)
    places = []
    for _ in range(40):
        massage.move(100)
        places.append(pose(massage).phase)
    top = places.index(max(places))
    assert places[:top] == sorted(places[:top])
    assert top > 40 * 0.6
    assert max(abs(a - b) for a, b in pairwise(places)) < 0.2


def test_the_end_of_a_legs_massage_is_told_with_its_reason(massage: Stage) -> None:
    """Four strokes of a minute each, and a minute is all that is left of the next: 45 s, then 15 s."""
    for _ in range(4):
        massage.move(LEAD + 59_000)
        massage.steer(Steer.BACK)
    massage.move(LEAD + 60_000)
    limit = "Massage: at most five minutes a leg. The right leg has had them."
    assert massage.text("next_label") != limit
    massage.move(LEAD + 4_000)
    assert massage.text("next_label") == limit
    assert massage.text("cue_label") == "All done."


def test_a_passed_over_massage_says_why_until_the_next_step(make_stage: MakeStage) -> None:
    stage = make_stage()
    clear_for_massage(stage)
    stage.guide("massage")
    for _ in range(5):
        stage.move(LEAD + 59_000)
        stage.steer(Steer.BACK)
    stage.move(LEAD + 5_000)
    assert "five minutes a leg" in stage.text("next_label")


def test_the_demonstration_bends_the_knee_of_the_same_leg(stage: Stage) -> None:
    stage.guide("demonstration")
    assert [(hold.exercise.id, hold.leg) for hold in stage.holds()] == [
        ("wall-stretch-straight", Leg.RIGHT),
        ("wall-stretch-bent", Leg.RIGHT),
        ("wall-stretch-straight", Leg.LEFT),
        ("wall-stretch-bent", Leg.LEFT),
    ]


def test_the_demonstrations_numbers_are_those_of_the_model(stage: Stage) -> None:
    """Clinical content, section 2: knee 0 and 45 at 20 degrees of dorsiflexion."""
    stage.guide("demonstration")
    stage.move(LEAD + 4_000)
    assert lengths(stage) == {"Gastrocnemius, inner": 4.3, "Gastrocnemius, outer": 4.3, "Soleus": 3.9}
    stage.press(Key.Key_Right)
    assert lengths(stage)["Gastrocnemius, inner"] == 4.3
    stage.move(LEAD + 4_000)
    assert lengths(stage) == {"Gastrocnemius, inner": 1.5, "Gastrocnemius, outer": 2.0, "Soleus": 3.9}


def test_the_numbers_move_with_the_drawn_knee_and_do_not_jump(stage: Stage) -> None:
    stage.guide("demonstration")
    stage.move(LEAD + 4_000)
    stage.press(Key.Key_Right)
    stage.move(LEAD)
    shown = []
    for _ in range(80):
        stage.move(40)
        knee, ankle = drawn_angles(pose(stage))
        assert ankle == pytest.approx(20.0)
        for name, muscle in HEADS.items():
            assert lengths(stage)[name] == round(relative_lengthening(muscle, knee, ankle), 1)
        shown.append(lengths(stage)["Gastrocnemius, inner"])
    assert shown == sorted(shown, reverse=True)
    assert len(set(shown)) > 20
    assert max(a - b for a, b in pairwise(shown)) < 0.15


def test_the_stretch_is_kept_until_the_knee_bends(stage: Stage) -> None:
    stage.guide("demonstration")
    stage.move(LEAD + 4_000)
    stage.press(Key.Key_Right)
    for _ in range(4):
        stage.move(1_000)
        assert drawn_angles(pose(stage)) == pytest.approx((0.0, 20.0))


def test_the_other_leg_begins_with_a_straight_knee(stage: Stage) -> None:
    stage.guide("demonstration")
    for _ in range(2):
        stage.press(Key.Key_Right)
    stage.move(LEAD + 4_000)
    assert drawn_angles(pose(stage)) == pytest.approx((0.0, 20.0))


def test_with_reduced_motion_the_knee_is_straight_and_then_bent(make_stage: MakeStage) -> None:
    stage = make_stage(reduced_motion=True)
    stage.guide("demonstration")
    stage.move(LEAD + 1_000)
    stage.press(Key.Key_Right)
    assert drawn_angles(pose(stage)) == pytest.approx((0.0, 20.0))
    stage.move(LEAD + 1)
    assert drawn_angles(pose(stage)) == pytest.approx((45.0, 20.0))


def test_numbers_stand_beside_the_bars_for_the_therapist_only(make_stage: MakeStage) -> None:
    stage = make_stage()
    stage.guide("demonstration")
    stage.move(LEAD + 4_000)
    told = stage.picture("length_bars").copy()
    stage.guide("micro-break")
    stage.press(Key.Key_Right)
    stage.move(LEAD + 4_000)
    right = told.width() - told.width() // 8
    patient = stage.picture("length_bars")
    therapist = {told.pixel(x, y) for x in range(right, told.width()) for y in range(told.height())}
    only_bars = {patient.pixel(x, y) for x in range(right, told.width()) for y in range(patient.height())}
    assert len(therapist) > len(only_bars)
