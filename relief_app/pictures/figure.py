"""The articulated figure in side view: the pose of an exercise as a picture.

A picture is a pure function of its state; units are statures. The near leg is the worked leg; for
the left leg the whole picture is mirrored.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from relief_app.core.anatomy import Leg
from relief_app.core.posture import Posture, blend, landmarks, posture
from relief_app.pictures import figure_body as body
from relief_app.pictures import props
from relief_app.pictures.figure_calf import calf_shapes, calf_state
from relief_app.pictures.figure_skin import LegSkin, TrunkSkin
from relief_app.pictures.shapes import Marker, Picture, Point, Shape, mirrored

Box = tuple[float, float, float, float]


@dataclass(frozen=True, slots=True)
class PoseState:
    """What the picture shows.

    `phase`, `breath`, `knee_deg` and `dorsiflexion_deg` are those of `core.posture.posture`;
    `previous` and `arrival` (0..1) show the way from another exercise's pose to this one.
    """

    exercise: str
    phase: float = 1.0
    breath: float = 0.0
    leg: Leg = Leg.RIGHT
    knee_deg: float | None = None
    dorsiflexion_deg: float | None = None
    previous: str | None = None
    arrival: float = 1.0


_STANDING: Box = (-0.36, -1.06, 0.92, 1.12)
_ON_BED: Box = (-0.70, -0.78, 1.40, 0.84)
_SITTING: Box = (-0.32, -0.90, 1.02, 0.96)
VIEW_BOXES: Mapping[str, Box] = MappingProxyType(
    {
        "active-dorsiflexion": (-0.70, -0.60, 1.40, 0.66),
        "towel-stretch": (-0.70, -0.86, 1.40, 0.92),
        "get-up": (-0.50, -1.06, 1.24, 1.12),
        "seated-hamstring": (-0.46, -0.90, 1.10, 0.96),
        "circle-massage": _ON_BED,
        "stroke-massage": _ON_BED,
        "ankle-pumps": _SITTING,
        "heat-pack": _SITTING,
        "ice-pack": _SITTING,
        "rest": (-0.70, -0.64, 1.40, 0.70),
        "heel-drop": (-0.36, -1.16, 0.92, 1.22),
    }
)
"""What is seen of each exercise; the rest are standing."""


def pose_picture(state: PoseState) -> Picture:
    """The figure with its props in `state`.

    Raises PostureError for an unknown exercise, or a phase or angle out of range.
    """
    figure = _posture(state)
    view = _view(state)
    swell = min(1.0, figure.breath + 0.35 * figure.phase)
    shapes = (*props.floor(view), *_behind(figure), *_figure(figure, swell))
    picture = Picture(view, shapes, _markers(figure))
    return mirrored(picture) if state.leg is Leg.LEFT else picture


def _posture(state: PoseState) -> Posture:
    there = posture(
        state.exercise,
        state.phase,
        breath=state.breath,
        knee_deg=state.knee_deg,
        dorsiflexion_deg=state.dorsiflexion_deg,
    )
    if state.previous is None:
        return there
    return blend(posture(state.previous, breath=state.breath), there, state.arrival)


def _view(state: PoseState) -> Box:
    there = VIEW_BOXES.get(state.exercise, _STANDING)
    if state.previous is None:
        return there
    start, t = VIEW_BOXES.get(state.previous, _STANDING), state.arrival
    share = t * t * (3.0 - 2.0 * t)
    left, top, width, height = (a + (b - a) * share for a, b in zip(start, there, strict=True))
    return (left, top, width, height)


def _behind(figure: Posture) -> list[Shape]:
    return [shape for maker in props.BEHIND[figure.scene] for shape in maker(figure)]


def _figure(figure: Posture, swell: float) -> list[Shape]:
    def flat(point: Point) -> Point:
        return point

    calf = calf_state(figure, swell)
    near, far = LegSkin(figure, calf=calf.bulge), LegSkin(figure, far=True)
    trunk = TrunkSkin(figure, swell)
    over = [shape for maker in props.BEFORE.get(figure.scene, ()) for shape in maker(figure)]
    return [
        *body.arm_shapes(figure, far=True),
        *body.leg_shapes(far, flat),
        *body.shorts_shapes(far, flat),
        *body.trunk_shapes(trunk, flat),
        *body.leg_shapes(near, flat),
        *calf_shapes(near, calf),
        *body.shorts_shapes(near, flat),
        *body.shirt_shapes(trunk, flat),
        *over,
        *body.arm_shapes(figure),
    ]


def _markers(figure: Posture) -> tuple[Marker, ...]:
    points = landmarks(figure)
    return tuple(Marker(f"landmark_{name}", at) for name, at in zip(points._fields, points, strict=True))
