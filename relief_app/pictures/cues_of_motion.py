"""Arrows that say which way a pose moves or pulls: few, quiet, beside the body and never on the calf.

They belong to the held pose and stand still while the body moves, so that they can be kept.
"""

from collections.abc import Callable, Mapping, Sequence
from math import cos, hypot, radians, sin
from types import MappingProxyType

from relief_app.core.anatomy import Zone
from relief_app.core.skeleton import ANKLE, Posture, landmarks, on_leg, on_shank, palm
from relief_app.pictures.shapes import Path, Point, Shape, joined

ROLE = "cue_arrow"
_NECK, _HEAD, _LONG = 0.0058, 0.0140, 0.026
"""Half the width of the shaft and of the head, and the head's length, in statures."""
_ROUND = 0.004
"""The line that rounds the corners."""


def cues(held: Posture, zone: Zone | None = None) -> list[Shape]:
    """The arrows of the scene of `held`, the posture at its stated angles; none for most scenes.

    `zone` is the part of the calf that is massaged.
    """
    maker = _circle_low if zone is Zone.LOWER else _ARROWS.get(held.scene)
    if maker is None:
        return []
    return [
        Shape(f"{ROLE}_{i}", path, ROLE, ROLE, _ROUND, moving=True) for i, path in enumerate(maker(held), 1)
    ]


def arrow(line: Sequence[Point], *, both_ways: bool = False) -> Path:
    """An arrow along `line` (three points or more); its tail runs out to a point, or ends in a head."""
    shaft = _shortened(line)
    if both_ways:
        shaft = _shortened(shaft[::-1])[::-1]
    left, right = _edges(shaft, _NECK if both_ways else 0.0008)
    tip = _head(shaft[-1], line[-1])
    tail = [[point] for point in _head(shaft[0], line[0])] if both_ways else []
    return joined(left, *([point] for point in tip), right[::-1], *tail)


def _shortened(line: Sequence[Point]) -> list[Point]:
    """`line` with the head's length taken off its end."""
    kept = [point for point in line[:-1] if hypot(point[0] - line[-1][0], point[1] - line[-1][1]) > _LONG]
    (ax, ay), (bx, by) = kept[-1], line[-1]
    share = 1.0 - _LONG / hypot(bx - ax, by - ay)
    return [*kept, (ax + (bx - ax) * share, ay + (by - ay) * share)]


def _edges(line: Sequence[Point], tail: float) -> tuple[list[Point], list[Point]]:
    """Both sides of a shaft that widens from `tail` to its neck."""
    left, right = [], []
    last = len(line) - 1
    for i, (x, y) in enumerate(line):
        (ax, ay), (bx, by) = line[max(i - 1, 0)], line[min(i + 1, last)]
        half = tail + (_NECK - tail) * min(1.6 * i / last, 1.0)
        length = hypot(bx - ax, by - ay) / half
        nx, ny = (by - ay) / length, (ax - bx) / length
        left.append((x + nx, y + ny))
        right.append((x - nx, y - ny))
    return left, right


def _head(neck: Point, tip: Point) -> tuple[Point, Point, Point]:
    x, y = tip[0] - neck[0], tip[1] - neck[1]
    share = _HEAD / hypot(x, y)
    nx, ny = y * share, -x * share
    return (neck[0] + nx, neck[1] + ny), tip, (neck[0] - nx, neck[1] - ny)


def _straight(start: Point, end: Point) -> list[Point]:
    return [(start[0] + (end[0] - start[0]) * t, start[1] + (end[1] - start[1]) * t) for t in _SHARES]


_SHARES = (0.0, 0.25, 0.5, 0.75, 1.0)


def _arc(centre: Point, radius: float, start_deg: float, end_deg: float, steps: int = 9) -> list[Point]:
    """Points round `centre` from one angle above straight ahead to another."""
    way = (end_deg - start_deg) / (steps - 1)
    turns = [radians(start_deg + way * i) for i in range(steps)]
    return [(centre[0] + radius * cos(turn), centre[1] - radius * sin(turn)) for turn in turns]


def _toes_up(held: Posture) -> list[Path]:
    """From the pointed foot round the toes toward the shin."""
    return [arrow([on_shank(held, p) for p in _arc(ANKLE, 0.160, -32.0, 16.0)])]


def _up_and_down(held: Posture) -> list[Path]:
    ankle = on_shank(held, ANKLE)
    return [arrow(_arc(ankle, 0.165, -7.0, 34.0), both_ways=True)]


def _heel(held: Posture, start: float, end: float) -> list[Path]:
    """Behind the heel, from one height over the ground it comes to, to another."""
    x, y = landmarks(held).heel
    return [arrow(_straight((x - 0.045, y - start), (x - 0.045, y - end)))]


def _heel_down(held: Posture) -> list[Path]:
    return _heel(held, 0.112, 0.012)


def _heel_up(held: Posture) -> list[Path]:
    return _heel(held, -0.030, 0.070)


def _lean(held: Posture) -> list[Path]:
    """Behind the pelvis, forward: it leads; and the heel stays down."""
    x, y = held.pelvis
    return [arrow(_straight((x - 0.205, y + 0.006), (x - 0.105, y + 0.006)))]


def _pull(held: Posture) -> list[Path]:
    """Over the towel, from the foot to the hands."""
    (fx, fy), (hx, hy) = on_leg(held, (0.095, -0.030)), palm(held)
    over = [(fx + (hx - fx) * (0.22 + 0.46 * t), fy + (hy - fy) * (0.22 + 0.46 * t) - 0.066) for t in _SHARES]
    return [arrow(over)]


def _circle(held: Posture, height: float = 0.185) -> list[Path]:
    """Two half circles under the calf that chase one another, beside the `height` that is rubbed."""
    return [
        arrow([on_shank(held, p) for p in _arc((-0.120, -height), 0.032, start, start - 150.0, 11)])
        for start in (80.0, -100.0)
    ]


def _circle_low(held: Posture) -> list[Path]:
    return _circle(held, 0.132)


def _stroke(held: Posture) -> list[Path]:
    """Under the calf, from the ankle toward the knee, as long as the stroke and longer."""
    return [arrow([on_shank(held, p) for p in _straight((-0.092, -0.060), (-0.092, -0.235))])]


def _forward(held: Posture) -> list[Path]:
    """Ahead of the chest, the way one walks."""
    x, y = held.pelvis
    return [arrow(_straight((x + 0.190, y - 0.150), (x + 0.320, y - 0.150)))]


_ARROWS: Mapping[str, Callable[[Posture], list[Path]]] = MappingProxyType(
    {
        "active-dorsiflexion": _toes_up,
        "towel-stretch": _pull,
        "standing-heel-flat": _heel_down,
        "wall-stretch-straight": _lean,
        "wall-stretch-bent": _heel_down,
        "circle-massage": _circle,
        "stroke-massage": _stroke,
        "ankle-pumps": _up_and_down,
        "heel-drop": _heel_down,
        "heel-raise": _heel_up,
        "easy-walk": _forward,
    }
)
