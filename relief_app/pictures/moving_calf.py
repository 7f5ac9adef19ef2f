"""The calf of the moving leg, re-shaped by how much longer its muscles are than when standing.

Here they are laid bare, with their whole outline; the figure has them under its skin. They live on
the standing shank and are bent with the leg, so that they stay attached to femur and heel. A belly
that lengthens reaches lower and gets thinner, one that shortens pulls up and bulges.
"""

from relief_app.pictures.figure_calf import CalfState
from relief_app.pictures.figure_skin import LegSkin, bump
from relief_app.pictures.shapes import Path, Point, Shape, smooth

_GASTROCNEMIUS: tuple[Point, ...] = (
    (-0.0200, 0.298),
    (-0.0265, 0.278),
    (-0.0335, 0.257),
    (-0.0390, 0.236),
    (-0.0412, 0.214),
    (-0.0410, 0.192),
    (-0.0382, 0.171),
    (-0.0335, 0.152),
    (-0.0262, 0.155),
    (-0.0170, 0.168),
    (-0.0085, 0.188),
    (-0.0035, 0.210),
    (-0.0050, 0.238),
    (-0.0090, 0.267),
    (-0.0140, 0.293),
)
_SOLEUS: tuple[Point, ...] = (
    (-0.003, 0.262),
    (0.006, 0.240),
    (0.012, 0.213),
    (0.013, 0.182),
    (0.009, 0.150),
    (0.001, 0.120),
    (-0.0085, 0.092),
    (-0.0160, 0.068),
    (-0.0195, 0.070),
    (-0.0210, 0.095),
    (-0.0245, 0.122),
    (-0.0300, 0.150),
    (-0.0330, 0.180),
    (-0.0250, 0.235),
)
_TENDON: tuple[Point, ...] = (
    (-0.0345, 0.163),
    (-0.0310, 0.138),
    (-0.0250, 0.112),
    (-0.0218, 0.090),
    (-0.0222, 0.070),
    (-0.0265, 0.050),
    (-0.0325, 0.033),
    (-0.0340, 0.022),
    (-0.0275, 0.023),
    (-0.0235, 0.036),
    (-0.0185, 0.052),
    (-0.0155, 0.070),
    (-0.0155, 0.090),
    (-0.0180, 0.114),
    (-0.0235, 0.142),
    (-0.0285, 0.166),
)
_FIBRES: tuple[tuple[Point, ...], ...] = (
    ((-0.034, 0.252), (-0.022, 0.238), (-0.012, 0.219)),
    ((-0.038, 0.232), (-0.026, 0.217), (-0.016, 0.200)),
    ((-0.0390, 0.213), (-0.029, 0.199), (-0.0210, 0.184)),
    ((-0.0380, 0.193), (-0.032, 0.182), (-0.026, 0.170)),
    ((-0.027, 0.270), (-0.017, 0.258), (-0.009, 0.242)),
)
_SHEEN: tuple[Point, ...] = (
    (-0.0235, 0.262),
    (-0.0290, 0.240),
    (-0.0310, 0.215),
    (-0.0305, 0.192),
    (-0.0270, 0.186),
    (-0.0225, 0.205),
    (-0.0195, 0.230),
    (-0.0190, 0.255),
)
_TOP, _BACK = 0.296, -0.041
_PER_PERCENT = 0.022
"""Share by which a belly's drawn length changes for each % of shank length; more than life, to be seen."""


def calf_shapes(skin: LegSkin, state: CalfState) -> list[Shape]:
    """Soleus, tendon and gastrocnemius from deep to shallow, each with its glow and fibres."""
    soleus = _outline(skin, _SOLEUS, state.soleus, state)
    belly = _outline(skin, _GASTROCNEMIUS, state.gastrocnemius, state)
    tendon = smooth(skin.many(_TENDON))
    return [
        *_muscle("soleus", soleus, "soleus", state.soleus),
        Shape("achilles_tendon", tendon, "tendon", "tendon_line", 0.0016, moving=True),
        *_muscle("gastrocnemius", belly, "muscle", state.gastrocnemius),
        Shape(
            "gastrocnemius_sheen",
            _outline(skin, _SHEEN, state.gastrocnemius, state),
            "muscle_light",
            opacity=0.5,
            moving=True,
        ),
        *_fibres(skin, state),
    ]


def _muscle(name: str, path: Path, role: str, lengthening: float) -> list[Shape]:
    """Quiet at rest; its own colour comes up with the stretch, then the glow."""
    lit = min(max(0.20 + lengthening / 2.4, 0.0), 1.0)
    glow = min(max((lengthening - 0.8) / 3.2, 0.0), 0.9)
    shapes = [Shape(name, path, "muscle_quiet", moving=True)]
    shapes.append(Shape(f"{name}_lit", path, role, opacity=lit, moving=True))
    if glow > 0.0:
        shapes.append(Shape(f"{name}_glow", path, "muscle_glow", opacity=glow, moving=True))
    return [*shapes, Shape(f"{name}_line", path, stroke="muscle_line", width=0.0020, moving=True)]


def _fibres(skin: LegSkin, state: CalfState) -> list[Shape]:
    return [
        Shape(
            f"fibre_{i}",
            smooth([skin(*_stretched(p, state.gastrocnemius, state)) for p in line], closed=False),
            stroke="muscle_line",
            width=0.0011,
            opacity=0.55,
            moving=True,
        )
        for i, line in enumerate(_FIBRES)
    ]


def _outline(skin: LegSkin, points: tuple[Point, ...], lengthening: float, state: CalfState) -> Path:
    return smooth([skin(*_stretched(p, lengthening, state)) for p in points])


def _stretched(point: Point, lengthening: float, state: CalfState) -> Point:
    x, h = point
    x *= 1.0 - state.fold * bump(h, 0.300, 0.060)
    share = _PER_PERCENT * lengthening
    thin = 1.0 - 1.3 * share + 0.03 * state.swell
    return (_BACK + (x - _BACK) * thin, _TOP - (_TOP - h) * (1.0 + share))
