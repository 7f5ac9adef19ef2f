"""Muscles lie inside the leg in every pose, and the muscle that lights up is the one that is meant."""

from collections.abc import Iterator
from math import dist

import pytest

from relief_app.core.posture import EXERCISES_DRAWN, posture
from relief_app.core.skeleton import HEEL, on_leg
from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.palette import LIGHT
from relief_app.pictures.shapes import Path, Picture, Point
from relief_app.pictures.svg import svg
from tests.pictures.test_figure import shape
from tests.pictures.test_hands_and_cues import is_inside

MUSCLES = ("soleus", "gastrocnemius", "achilles_tendon")
FOR_THE_THIGH = ("hamstring-stretch", "seated-hamstring")
BENT = [PoseState("wall-stretch-bent", knee_deg=45.0, dorsiflexion_deg=30.0), PoseState("heel-raise")]


def drawn(path: Path) -> Iterator[Point]:
    """Points on the curve itself, eight to a piece."""
    last = path[0].points[0]
    for command, points in path:
        if command == "C":
            a, b, c = points
            for i in range(1, 9):
                t, u = i / 8, 1 - i / 8
                k = (u**3, 3 * u * u * t, 3 * u * t * t, t**3)
                x, y = (sum(w * p[n] for w, p in zip(k, (last, a, b, c), strict=True)) for n in (0, 1))
                yield (x, y)
        elif points:
            yield points[-1]
        if points:
            last = points[-1]


def outside(picture: Picture, name: str, leg: list[Point]) -> float:
    """How far `name` comes out of the leg at most, in statures."""
    stray = [p for p in drawn(shape(picture, name).path) if not is_inside(p, leg)]
    return max((min(dist(p, q) for q in leg) for p in stray), default=0.0)


@pytest.mark.parametrize(
    "state", [*(PoseState(e, p) for e in EXERCISES_DRAWN for p in (0.0, 0.5, 1.0)), *BENT]
)
def test_the_calf_stays_inside_the_outline_of_the_leg(state: PoseState) -> None:
    picture = pose_picture(state)
    leg = list(drawn(shape(picture, "leg_near").path))
    for name in MUSCLES:
        assert outside(picture, name, leg) < 0.001, name


@pytest.mark.parametrize("exercise", EXERCISES_DRAWN)
def test_the_tendon_runs_along_the_back_of_the_leg_to_the_heel(exercise: str) -> None:
    picture = pose_picture(PoseState(exercise))
    leg = list(drawn(shape(picture, "leg_near").path))
    tendon = list(drawn(shape(picture, "achilles_tendon").path))
    assert max(min(dist(p, q) for q in leg) for p in tendon) < 0.014
    assert min(dist(p, on_leg(posture(exercise), HEEL)) for p in tendon) < 0.03


@pytest.mark.parametrize("exercise", EXERCISES_DRAWN)
def test_hamstrings_light_up_where_they_are_stretched_and_nowhere_else(exercise: str) -> None:
    picture = pose_picture(PoseState(exercise))
    names = {one.id for one in picture.shapes}
    assert ("hamstrings_glow" in names) == (exercise in FOR_THE_THIGH)
    if exercise in FOR_THE_THIGH:
        assert shape(picture, "hamstrings_lit").opacity > 0.9
        assert shape(picture, "gastrocnemius_lit").opacity < 0.15
        assert "gastrocnemius_glow" not in names


def test_hamstrings_come_with_their_scene_and_go_with_it() -> None:
    def seen(exercise: str, previous: str, arrival: float) -> float:
        picture = pose_picture(PoseState(exercise, 0.0, previous=previous, arrival=arrival))
        return next((one.opacity for one in picture.shapes if one.id == "hamstrings"), 0.0)

    assert seen("hamstring-stretch", "easy-walk", 0.5) == 0.0
    assert 0.0 < seen("hamstring-stretch", "easy-walk", 0.9) < 1.0
    assert 0.0 < seen("easy-walk", "hamstring-stretch", 0.1) < 1.0
    assert seen("easy-walk", "hamstring-stretch", 0.6) == 0.0


def test_a_muscle_fades_away_at_its_top_in_a_file_too() -> None:
    picture = pose_picture(PoseState("wall-stretch-straight"))
    fade = shape(picture, "gastrocnemius").gradient
    assert fade is not None
    assert fade.end[1] < fade.start[1]
    assert svg(picture, LIGHT).count('stop-opacity="0"') == len([s for s in picture.shapes if s.gradient])
