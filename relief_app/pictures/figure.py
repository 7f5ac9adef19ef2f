"""The articulated figure in side view: the pose of an exercise as a picture.

A picture is a pure function of its state; units are statures. The near leg is the worked leg; for
the left leg the whole picture is mirrored.
"""

from collections.abc import Mapping
from functools import lru_cache
from math import inf
from types import MappingProxyType
from typing import NamedTuple

from relief_app.core.anatomy import Leg, Zone
from relief_app.core.posture import Posture, blend, landmarks, posture
from relief_app.core.stances import SURFACES, WALL_X
from relief_app.pictures import figure_arms as arms
from relief_app.pictures import figure_body as body
from relief_app.pictures import props
from relief_app.pictures.cues_of_motion import cues
from relief_app.pictures.figure_calf import Flesh, calf_shapes, calf_state
from relief_app.pictures.figure_skin import LegSkin, TrunkSkin, ramp
from relief_app.pictures.furniture import floor
from relief_app.pictures.massage import zone_on_figure
from relief_app.pictures.shapes import Marker, Picture, Point, Shape, turned

Box = tuple[float, float, float, float]


class PoseState(NamedTuple):
    """What the picture shows.

    `phase`, `breath`, `knee_deg` and `dorsiflexion_deg` are those of `core.posture.posture`;
    `zone` is the part of the calf that is massaged. `previous`, at its own angles, and `arrival` (0..1)
    show the way from another exercise's pose to this one.
    """

    exercise: str
    phase: float = 1.0
    breath: float = 0.0
    leg: Leg = Leg.RIGHT
    knee_deg: float | None = None
    dorsiflexion_deg: float | None = None
    previous: str | None = None
    arrival: float = 1.0
    zone: Zone | None = None
    previous_knee_deg: float | None = None
    previous_dorsiflexion_deg: float | None = None


_STANDING: Box = (-0.34, -1.04, 0.88, 1.07)
_LYING: Box = (-0.68, -0.62, 1.32, 0.56)
_ON_BED: Box = (-0.27, -0.84, 0.92, 0.78)
_SITTING: Box = (-0.26, -0.84, 0.90, 0.87)
VIEW_BOXES: Mapping[str, Box] = MappingProxyType(
    {
        "active-dorsiflexion": _LYING,
        "towel-stretch": _ON_BED,
        "standing-heel-flat": (-0.30, -1.05, 0.92, 1.08),
        "wall-stretch-straight": (-0.24, -1.05, 0.86, 1.08),
        "wall-stretch-bent": (-0.30, -1.02, 0.84, 1.05),
        "get-up": (-0.61, -1.05, 1.37, 1.08),
        "hamstring-stretch": (-0.26, -1.05, 0.92, 1.08),
        "seated-hamstring": (-0.46, -0.86, 1.02, 0.89),
        "circle-massage": _ON_BED,
        "stroke-massage": _ON_BED,
        "ankle-pumps": _SITTING,
        "heat-pack": _SITTING,
        "ice-pack": _SITTING,
        "rest": _LYING,
        "heel-raise": (-0.34, -1.08, 0.88, 1.11),
        "heel-drop": (-0.32, -1.14, 0.92, 1.17),
    }
)
"""What is seen of each exercise; the rest are standing."""


def pose_picture(state: PoseState) -> Picture:
    """The figure with its props in `state`.

    Raises PostureError for an unknown exercise, or a phase or angle out of range.
    """
    figure = _drawn(state)
    view = _view(state)
    shapes = (*floor(view), *_behind(state), *_figure(figure, state), *_arrows(state))
    picture = Picture(view, shapes, _markers(figure))
    return turned(picture) if state.leg is Leg.LEFT else picture


def drawn_angles(state: PoseState) -> Point:
    """Knee flexion and dorsiflexion (degrees) that the near leg is drawn with, also on the way.

    Raises what `pose_picture` raises.
    """
    leg = _drawn(state).near_leg
    return (leg.knee, leg.ankle)


@lru_cache(maxsize=2)
def _drawn(state: PoseState) -> Posture:
    there = posture(
        state.exercise,
        state.phase,
        breath=state.breath,
        knee_deg=state.knee_deg,
        dorsiflexion_deg=state.dorsiflexion_deg,
        zone=state.zone,
    )
    if state.previous is None:
        return there
    before = posture(
        state.previous,
        breath=state.breath,
        knee_deg=state.previous_knee_deg,
        dorsiflexion_deg=state.previous_dorsiflexion_deg,
    )
    return blend(before, there, state.arrival)


def _view(state: PoseState) -> Box:
    there = VIEW_BOXES.get(state.exercise, _STANDING)
    if state.previous is None:
        return there
    start, t = VIEW_BOXES.get(state.previous, _STANDING), state.arrival
    share = t * t * (3.0 - 2.0 * t)
    left, top, width, height = (a + (b - a) * share for a, b in zip(start, there, strict=True))
    return (left, top, width, height)


def _behind(state: PoseState) -> list[Shape]:
    """The props of a scene; on the way from another, its props go as the new ones come."""
    come = _room(state.exercise, state.knee_deg, state.dorsiflexion_deg)
    if state.previous is None or state.arrival >= 1.0:
        return list(come)
    went = _room(state.previous, state.previous_knee_deg, state.previous_dorsiflexion_deg)
    stay = set(come) & set(went)
    return [
        *_faded([shape for shape in went if shape not in stay], ramp(state.arrival, 0.4, 0.1)),
        *_faded([shape for shape in come if shape not in stay], ramp(state.arrival, 0.3, 0.6)),
        *(shape for shape in come if shape in stay),
    ]


@lru_cache(maxsize=64)
def _room(exercise: str, knee_deg: float | None, dorsiflexion_deg: float | None) -> tuple[Shape, ...]:
    """What stands in the room. It is set up for the held pose and does not move with the body."""
    held = posture(exercise, knee_deg=knee_deg, dorsiflexion_deg=dorsiflexion_deg)
    return tuple(shape for maker in props.BEHIND[exercise] for shape in maker(held))


def _arrows(state: PoseState) -> list[Shape]:
    """Which way the pose moves or pulls; told once the body has come."""
    shapes = list(_kept_cues(state.exercise, state.knee_deg, state.dorsiflexion_deg, state.zone))
    if state.previous is None or state.arrival >= 1.0:
        return shapes
    return _faded(shapes, ramp(state.arrival, 0.75, 1.0))


@lru_cache(maxsize=64)
def _kept_cues(
    exercise: str, knee_deg: float | None, dorsiflexion_deg: float | None, zone: Zone | None
) -> tuple[Shape, ...]:
    return tuple(cues(posture(exercise, knee_deg=knee_deg, dorsiflexion_deg=dorsiflexion_deg), zone))


def _faded(shapes: list[Shape], share: float) -> list[Shape]:
    if share <= 0.0 or share >= 1.0:
        return shapes if share else []
    return [shape._replace(opacity=shape.opacity * share, moving=True) for shape in shapes]


def _over(figure: Posture, state: PoseState) -> list[Shape]:
    """What lies on the body; it comes last in a change of position and goes first."""
    shapes = [shape for maker in props.BEFORE.get(figure.scene, ()) for shape in maker(figure)]
    return _faded(shapes, _presence(figure, state))


def _presence(figure: Posture, state: PoseState) -> float:
    """How far what belongs to the scene of `figure` is there."""
    if state.previous is None or state.arrival >= 1.0:
        return 1.0
    return (
        ramp(state.arrival, 0.25, 0.0) if figure.scene == state.previous else ramp(state.arrival, 0.75, 1.0)
    )


class _Limbs(NamedTuple):
    """What does not breathe: the head, and limbs behind the trunk, under the shirt and over it."""

    head: body.Head
    far: tuple[Shape, ...]
    leg: tuple[Shape, ...]
    over: tuple[Shape, ...]


def _figure(figure: Posture, state: PoseState) -> list[Shape]:
    limbs = _limbs(figure._replace(breath=0.0), state._replace(breath=0.0))
    trunk = TrunkSkin(figure, min(1.0, figure.breath + _EFFORT * figure.phase))
    flat = _flattener(figure, state)
    return [
        *limbs.far,
        *body.trunk_shapes(trunk, flat, limbs.head),
        *limbs.leg,
        *body.shirt_shapes(trunk, flat),
        *limbs.over,
    ]


_EFFORT = 0.35
"""How much a stretch swells chest and calf, as a share of a full breath."""


@lru_cache(maxsize=2)
def _limbs(figure: Posture, state: PoseState) -> _Limbs:
    """Arms, legs and what lies on them, the same objects in every frame of a held pose."""
    flat = _flattener(figure, state)
    thigh = _presence(figure, state) if figure.scene in _MEANING_THE_THIGH else 0.0
    calf = calf_state(figure, _EFFORT * figure.phase)._replace(shown=1.0 - 0.65 * thigh)
    if figure.scene == "rest":
        calf = calf._replace(covered=min(calf.covered, props.HEM), shown=0.75)
    near, far = LegSkin(figure, calf=calf.bulge), LegSkin(figure, far=True)
    edges = body.leg_edges(near, flat)
    leg, flesh = body.leg_shapes(edges, near, flat), Flesh(edges)
    return _Limbs(
        body.head_of(TrunkSkin(figure), flat),
        tuple(_far_limbs(figure, far, flat)),
        (
            *leg,
            *calf_shapes(flesh, calf),
            body.veil(leg),
            *body.shorts_shapes(near, flat),
            *_thigh_muscles(flesh, figure, thigh),
        ),
        (*zone_on_figure(figure, state.zone), *_over(figure, state), *arms.arm_shapes(figure, flat)),
    )


_MEANING_THE_THIGH = frozenset({"hamstring-stretch", "seated-hamstring"})
"""Scenes that stretch the muscles at the back of the thigh (clinical content, section 8)."""


def _thigh_muscles(flesh: Flesh, figure: Posture, share: float) -> list[Shape]:
    if not share:
        return []
    from relief_app.pictures.figure_hamstrings import hamstring_shapes  # these scenes alone need it

    return _faded(hamstring_shapes(flesh, figure.phase), share)


def _far_limbs(figure: Posture, far: LegSkin, flat: body.Flatten) -> list[Shape]:
    """The far arm hangs beyond the far leg; a far hand that works comes between the legs."""
    arm = arms.arm_shapes(figure, flat, far=True)
    leg = [*body.leg_shapes(body.leg_edges(far, flat), far, flat), *body.shorts_shapes(far, flat)]
    return [*leg, *arm] if figure.far_hand in _OVER_THE_LEG else [*arm, *leg]


_OVER_THE_LEG = frozenset({"wrap", "rest", "grip"})


def _flattener(figure: Posture, state: PoseState) -> body.Flatten:
    """Keeps flesh that has come to rest on a bed, a seat or a wall from going into it."""
    wall = WALL_X.get(figure.scene, inf)
    if state.previous is not None and SURFACES.get(state.previous) != SURFACES.get(state.exercise):
        return lambda point: (min(point[0], wall), point[1])
    left, right, surface = SURFACES.get(figure.scene, (0.0, 0.0, 0.0))

    def flat(point: Point) -> Point:
        x, y = point
        if surface < y < surface + 0.06 and left < x < right + 0.03:
            return (x, surface + (y - surface) * ramp(x, right - 0.05, right + 0.03))
        return (min(x, wall), y)

    return flat


def _markers(figure: Posture) -> tuple[Marker, ...]:
    points = landmarks(figure)
    return tuple(Marker(f"landmark_{name}", at) for name, at in zip(points._fields, points, strict=True))
