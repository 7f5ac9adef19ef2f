"""The near leg's muscles under its skin: the calf, re-shaped by how much longer it is than when standing.

Muscles are told by height and by how deep they lie behind the leg's own back edge, so that they stay
inside its outline, and follow it to the heel, however the leg is bent or pressed. A belly that lengthens
reaches lower and gets thinner, one that shortens pulls up and bulges.
"""

from collections.abc import Iterable
from typing import NamedTuple

from relief_app.core.anatomy import Structure
from relief_app.core.biomechanics import relative_lengthening
from relief_app.core.skeleton import Posture
from relief_app.pictures.figure_body import LegEdges
from relief_app.pictures.figure_outline import LEG_ROWS, Row
from relief_app.pictures.figure_skin import ramp
from relief_app.pictures.shapes import Gradient, Path, Point, Shape, smooth

_ROWS: tuple[Row, ...] = (
    *LEG_ROWS,
    (0.058, -0.026, 0.030),
    (0.042, -0.031, 0.025),
    (0.027, -0.036, 0.020),
    (0.014, -0.0365, 0.018),
)
"""The leg, and on along the heel, whose back edge is the foot's outline from its end."""
_HEEL_ROWS = len(_ROWS) - len(LEG_ROWS)


def spread(points: Iterable[Point]) -> list[Point]:
    """Height and share of the leg's depth, from the back, of points (depth behind the edge, height)."""
    return [(h, depth / _depth(h)) for depth, h in points]


def _depth(h: float) -> float:
    i, t = _row(h)
    (_, back, front), (_, low_back, low_front) = _ROWS[i], _ROWS[i + 1]
    return (front - back) * (1.0 - t) + (low_front - low_back) * t


def _row(h: float) -> tuple[int, float]:
    """The row over height `h`, and how far below it `h` lies on the way to the next."""
    i = next((i for i in range(1, len(_ROWS) - 1) if _ROWS[i][0] <= h), len(_ROWS) - 1)
    high, low = _ROWS[i - 1][0], _ROWS[i][0]
    return i - 1, min(max((high - h) / (high - low), 0.0), 1.0)


class Flesh:
    """Places inside a bent leg: height and share of its depth (0 = back edge) to a point."""

    __slots__ = ("_back", "_front")

    def __init__(self, edges: LegEdges) -> None:
        heel = edges.foot[-1 : -_HEEL_ROWS - 1 : -1]
        (ax, ay), (bx, by) = edges.foot[1], edges.foot[0]
        inner = [(bx + (ax - bx) * t, by + (ay - by) * t) for t in (0.3, 0.6, 0.8, 0.9)]
        self._back = [*edges.back, *heel]
        self._front = [*edges.front, *inner]

    def __call__(self, h: float, share: float) -> Point:
        """The place at standing height `h`; 0 lies on the very curve that is drawn as the back edge."""
        i, t = _row(h)
        back, front = self._back, self._front
        (ax, ay), (bx, by), (cx, cy) = back[max(i - 1, 0)], back[i], back[i + 1]
        dx, dy = back[min(i + 2, len(back) - 1)]
        x = bx + 0.5 * t * (cx - ax + t * (2 * ax - 5 * bx + 4 * cx - dx + t * (3 * (bx - cx) + dx - ax)))
        y = by + 0.5 * t * (cy - ay + t * (2 * ay - 5 * by + 4 * cy - dy + t * (3 * (by - cy) + dy - ay)))
        (fx, fy), (gx, gy) = front[i], front[i + 1]
        return (x + (fx + (gx - fx) * t - x) * share, y + (fy + (gy - fy) * t - y) * share)


_SKIN = 0.0026
"""How thick the skin is drawn over a muscle's back."""
_BELLY_BACK = tuple((_SKIN, h) for h in (0.272, 0.254, 0.236, 0.216, 0.196, 0.178, 0.164))
_BELLY_FRONT = (
    (0.0050, 0.1520), (0.0125, 0.1545), (0.0215, 0.1680), (0.0310, 0.1870), (0.0370, 0.2100),
    (0.0350, 0.2340), (0.0240, 0.2620),
)  # fmt: skip
_GASTROCNEMIUS = spread(((0.0165, 0.2850), (0.0080, 0.2860), *_BELLY_BACK, *_BELLY_FRONT))
_BELLY_LINE = spread(((0.0175, 0.2790), *_BELLY_FRONT[::-1], *_BELLY_BACK[::-1], (0.0075, 0.2800)))
_SOLEUS_FRONT = (
    (0.0400, 0.2480), (0.0480, 0.2330), (0.0545, 0.2100), (0.0540, 0.1820), (0.0460, 0.1500),
    (0.0310, 0.1200), (0.0170, 0.0920), (0.0085, 0.0690),
)  # fmt: skip
_SOLEUS = spread(
    ((0.0310, 0.2560), *_SOLEUS_FRONT, (0.0045, 0.0720), (_SKIN, 0.0950), (_SKIN, 0.122),
     (_SKIN, 0.150), (_SKIN, 0.175), (0.0120, 0.2200))
)  # fmt: skip
_SOLEUS_LINE = spread(((0.0345, 0.2535), *_SOLEUS_FRONT))
_TENDON = spread(
    ((_SKIN, 0.172), (_SKIN, 0.150), (_SKIN, 0.128), (0.0020, 0.106), (0.0016, 0.084), (0.0016, 0.062),
     (0.0018, 0.042), (0.0022, 0.027), (0.0050, 0.0190), (0.0085, 0.0240), (0.0085, 0.0400), (0.0080, 0.0600),
     (0.0078, 0.0840), (0.0085, 0.1060), (0.0095, 0.1300), (0.0090, 0.1520))
)  # fmt: skip
_FIBRES = tuple(
    spread(line)
    for line in (
        ((0.0045, 0.252), (0.0150, 0.238), (0.0250, 0.221)),
        ((0.0045, 0.232), (0.0150, 0.217), (0.0255, 0.199)),
        ((0.0045, 0.212), (0.0130, 0.198), (0.0215, 0.182)),
        ((0.0050, 0.192), (0.0110, 0.181), (0.0165, 0.169)),
    )
)
_SHEEN = spread(
    ((0.0110, 0.256), (0.0100, 0.240), (0.0105, 0.215), (0.0110, 0.192), (0.0140, 0.186), (0.0190, 0.205),
     (0.0210, 0.230), (0.0180, 0.255))
)  # fmt: skip
_TOP = 0.296
_PER_PERCENT = 0.022
"""Share by which a belly's drawn length changes for each % of shank length; more than life, to be seen."""
_DEEP, _SEEN = 0.286, 0.256
"""Heights at which a muscle dips out of sight under the skin, and from which down it is seen whole."""

_CREASE = 0.250
"""Height under which the bending knee leaves a muscle where it is."""


class CalfState(NamedTuple):
    """How much longer each muscle is than when standing, in % of shank length, and the breath.

    `fold` (0 to 1) draws the heads in as the knee bends. `shown` (0 to 1) is
    how plainly they are seen: less where another muscle is meant. From `covered` up they lie under cloth.
    """

    gastrocnemius: float
    soleus: float
    swell: float
    fold: float = 0.0
    shown: float = 1.0
    covered: float = _DEEP

    @property
    def bulge(self) -> float:
        """Share by which the calf's back outline stands out more (or less) than when standing."""
        return -0.020 * self.gastrocnemius + 0.012 * self.swell


def calf_state(posture: Posture, swell: float) -> CalfState:
    """What the near leg's angles do to its calf; the lateral head faces the viewer."""
    knee, ankle = posture.near_leg.knee, posture.near_leg.ankle
    return CalfState(
        relative_lengthening(Structure.GASTROCNEMIUS_LATERAL, knee, ankle),
        relative_lengthening(Structure.SOLEUS, knee, ankle),
        swell,
        fold := ramp(knee, 30.0, 90.0),
        covered=_DEEP - 0.016 * fold,
    )


def calf_shapes(flesh: Flesh, state: CalfState) -> list[Shape]:
    """Soleus, tendon and gastrocnemius from deep to shallow, each with its glow and fibres."""
    fade = flesh(state.covered - _DEEP + _SEEN, 0.3), flesh(state.covered, 0.3)

    def bent(points: Iterable[Point], lengthening: float) -> list[Point]:
        return [flesh(*_stretched(h, share, lengthening, state)) for h, share in points]

    def outline(points: Iterable[Point]) -> Path:
        return smooth(bent(points, state.gastrocnemius))

    soleus = muscle("soleus", smooth(bent(_SOLEUS, state.soleus)), "soleus", state.soleus, fade)
    belly = muscle("gastrocnemius", outline(_GASTROCNEMIUS), "muscle", state.gastrocnemius, fade)
    tendon = smooth(bent(_TENDON, 0.0))
    shapes = [
        *soleus,
        line("soleus_line", [bent(_SOLEUS_LINE, state.soleus)], 0.0019),
        Shape("achilles_tendon", tendon, "tendon", "tendon_line", 0.0019, moving=True),
        *belly,
        Shape("gastrocnemius_sheen", outline(_SHEEN), "muscle_light", opacity=0.5, moving=True),
        line("gastrocnemius_line", [bent(_BELLY_LINE, state.gastrocnemius)], 0.0019),
        line("fibres", [bent(line, state.gastrocnemius) for line in _FIBRES], 0.0011, 0.55),
    ]
    if state.shown < 1.0:
        return [shape._replace(opacity=shape.opacity * state.shown) for shape in shapes]
    return shapes


def muscle(
    name: str, path: Path, role: str, lengthening: float, fade: tuple[Point, Point] | None = None
) -> list[Shape]:
    """Quiet at rest; its own colour comes up with the stretch, then the glow.

    It fades away between the two points of `fade`.
    """
    lit = min(max(0.20 + lengthening / 2.4, 0.0), 1.0)
    glow = min(max((lengthening - 0.8) / 3.2, 0.0), 0.9)
    gradient = fade and Gradient(*fade, "")
    shapes = [Shape(name, path, "muscle_quiet", gradient=gradient, moving=True)]
    shapes.append(Shape(f"{name}_lit", path, role, opacity=lit, gradient=gradient, moving=True))
    if glow > 0.0:
        shapes.append(
            Shape(f"{name}_glow", path, "muscle_glow", opacity=glow, gradient=gradient, moving=True)
        )
    return shapes


def line(name: str, runs: Iterable[list[Point]], width: float, opacity: float = 1.0) -> Shape:
    """Thin lines on a muscle, all in one shape."""
    path: Path = ()
    for run in runs:
        path += smooth(run, closed=False)
    return Shape(name, path, stroke="muscle_line", width=width, opacity=opacity, moving=True)


def _stretched(h: float, share: float, lengthening: float, state: CalfState) -> Point:
    longer = _PER_PERCENT * lengthening
    thin = 1.0 - 1.3 * longer + 0.03 * state.swell
    h = _TOP - (_TOP - h) * (1.0 + longer)
    if h > _CREASE:
        h = _CREASE + (h - _CREASE) * (1.0 - 0.55 * state.fold)
    return (h, share * thin)
