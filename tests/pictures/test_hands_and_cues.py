"""Hands and arrows: massage keeps off what must not be pressed, arrows point right, beside the body."""

from collections.abc import Iterator
from itertools import pairwise
from math import dist

import pytest

from relief_app.core.posture import EXERCISES_DRAWN, Posture, landmarks, posture
from relief_app.core.skeleton import ANKLE, KNEE, on_shank, palm
from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.figure_hands import HANDS
from relief_app.pictures.palette import PALETTES
from relief_app.pictures.shapes import Picture, Point

FOSSA, FIBULAR_NECK = (-0.028, -0.290), (-0.010, -0.266)
"""The hollow of the knee and the neck of the fibula (y = 0.08) on the standing shank."""
MASSAGE = ("circle-massage", "stroke-massage")
WITH_ARROW = {
    "active-dorsiflexion", "towel-stretch", "standing-heel-flat", "wall-stretch-straight",
    "wall-stretch-bent", "circle-massage", "stroke-massage", "ankle-pumps", "heel-drop", "heel-raise",
    "easy-walk",
}  # fmt: skip


def outlines(picture: Picture, *starts: str) -> Iterator[list[Point]]:
    """The corners of every shape whose id begins with one of `starts`."""
    for shape in picture.shapes:
        if shape.id.startswith(starts):
            yield [points[-1] for _, points in shape.path if points]


def arrow_points(picture: Picture) -> list[Point]:
    return [point for line in outlines(picture, "cue_arrow") for point in line]


def is_inside(point: Point, outline: list[Point]) -> bool:
    """Even-odd rule."""
    x, y = point
    crossings = 0
    for (ax, ay), (bx, by) in pairwise([*outline, outline[0]]):
        if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
            crossings += 1
    return crossings % 2 == 1


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    red, green, blue = (p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(a: str, b: str) -> float:
    low, high = sorted((luminance(a), luminance(b)))
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("exercise", MASSAGE)
def test_no_part_of_a_massaging_hand_comes_near_what_must_not_be_pressed(exercise: str) -> None:
    for phase in [i / 40 for i in range(41)]:
        body = posture(exercise, phase)
        picture = pose_picture(PoseState(exercise, phase))
        for hand in outlines(picture, "hand_", "thumb_"):
            skin = hand[1:-1]
            assert min(dist(p, on_shank(body, FOSSA)) for p in skin) > 0.075, phase
            assert min(dist(p, on_shank(body, FIBULAR_NECK)) for p in skin) > 0.045, phase


@pytest.mark.parametrize("exercise", MASSAGE)
def test_massaging_fingers_reach_round_the_back_of_the_calf(exercise: str) -> None:
    for phase in [i / 20 for i in range(21)]:
        body = posture(exercise, phase)
        picture = pose_picture(PoseState(exercise, phase))
        knee, ankle, back = (on_shank(body, p) for p in (KNEE, ANKLE, (KNEE[0] - 1.0, KNEE[1])))
        near, far = (next(outlines(picture, f"hand_{side}")) for side in ("near", "far"))
        for hand in (near, far):
            depth = max(_along(knee, back, p) for p in hand)
            assert 0.028 < depth < 0.062, (phase, depth)
        reach = [_along(knee, ankle, p) / 0.246 for p in near]
        assert min(reach) > 0.1, phase
        assert max(reach) < 0.85, phase


def _along(start: Point, end: Point, point: Point) -> float:
    """How far `point` lies from `start` on the way to `end`."""
    x, y = end[0] - start[0], end[1] - start[1]
    return ((point[0] - start[0]) * x + (point[1] - start[1]) * y) / dist(start, end)


@pytest.mark.parametrize("exercise", ["wall-stretch-straight", "wall-stretch-bent", "heel-raise"])
def test_the_far_hand_on_the_wall_stands_clear_of_the_near_one(exercise: str) -> None:
    body = posture(exercise)
    assert palm(body)[1] - palm(body, far=True)[1] > 0.04
    assert 8.0 < body.near_arm.elbow < 60.0


def test_hands_have_the_tabled_size() -> None:
    for name, hand in HANDS.items():
        across, along = zip(*(p for p in hand.palm if p[1] > 0.0), strict=True)
        assert max(along) < 0.108, name
        assert 0.020 < max(across) - min(across) < 0.052, name


@pytest.mark.parametrize("exercise", EXERCISES_DRAWN)
def test_arrows_stand_still_beside_the_body_and_off_the_calf(exercise: str) -> None:
    arrows = arrow_points(pose_picture(PoseState(exercise)))
    assert bool(arrows) == (exercise in WITH_ARROW)
    for phase in (0.0, 0.25, 0.5, 0.75, 1.0):
        picture = pose_picture(PoseState(exercise, phase))
        assert arrow_points(picture) == arrows
        calf = [p for line in outlines(picture, "gastrocnemius", "soleus", "achilles") for p in line]
        body = list(outlines(picture, "leg_", "arm_near", "arm_far", "hand_near", "hand_far", "body"))
        for point in arrows:
            assert min(dist(point, p) for p in calf) > 0.02, phase
            assert not any(is_inside(point, outline) for outline in body), (phase, point)


def way(exercise: str) -> tuple[Point, Point, Posture]:
    """Tail and tip of the arrow of `exercise`; its outline runs from the tail up one side to the tip."""
    line = arrow_points(pose_picture(PoseState(exercise)))
    return line[0], line[len(line) // 2], posture(exercise)


def test_arrows_point_where_the_cue_says() -> None:
    tail, tip, body = way("stroke-massage")
    assert dist(tip, landmarks(body).knee) < dist(tail, landmarks(body).knee)
    tail, tip, body = way("towel-stretch")
    assert dist(tip, palm(body)) < dist(tail, palm(body))
    tail, tip, body = way("active-dorsiflexion")
    assert dist(tip, landmarks(body).knee) < dist(tail, landmarks(body).knee)
    for exercise in ("standing-heel-flat", "wall-stretch-bent", "heel-drop"):
        tail, tip, _ = way(exercise)
        assert tip[1] > tail[1] + 0.05, exercise
    tail, tip, _ = way("heel-raise")
    assert tip[1] < tail[1] - 0.05
    tail, tip, _ = way("wall-stretch-straight")
    assert tip[0] > tail[0] + 0.05


def test_an_arrow_comes_once_the_body_has_come() -> None:
    def opacities(arrival: float) -> list[float]:
        state = PoseState("heel-raise", previous="easy-walk", arrival=arrival)
        return [s.opacity for s in pose_picture(state).shapes if s.id.startswith("cue_arrow")]

    assert opacities(0.5) == []
    assert 0.0 < opacities(0.9)[0] < 1.0
    assert opacities(1.0) == [1.0]


@pytest.mark.parametrize("theme", PALETTES)
def test_arrows_stand_out(theme: str) -> None:
    palette = PALETTES[theme]
    assert contrast(palette["cue_arrow"], palette["background"]) >= 3.0
    assert contrast(palette["cue_arrow"], palette["prop_light"]) >= 3.0
    if theme != "dark":  # where skin lies halfway between black and white; arrows never lie on it
        assert contrast(palette["cue_arrow"], palette["skin"]) >= 3.0
