"""Hands in side view, in the frame of the hanging hand: wrist at the origin, fingers downward.

Points are (forward, distance from the wrist) in statures. A hand is 0.108 long (Drillis & Contini).
Forward is the thumb's side; when the arm points forward it is up.
"""

from collections.abc import Mapping, Sequence
from itertools import pairwise
from math import hypot
from types import MappingProxyType
from typing import NamedTuple

from relief_app.pictures.shapes import Point


class Hand(NamedTuple):
    """The outline of palm and fingers, the thumb over it (empty when hidden), and lines between fingers."""

    palm: tuple[Point, ...]
    thumb: tuple[Point, ...] = ()
    lines: tuple[tuple[Point, ...], ...] = ()


class _Finger:
    """Where a finger begins and ends, half its width, and how far its middle bends forward."""

    __slots__ = ("base", "bend", "half", "tip")

    def __init__(self, base: Point, tip: Point, half: float, bend: float = 0.0) -> None:
        self.base, self.tip, self.half, self.bend = base, tip, half, bend

    def at(self, share: float, side: float) -> Point:
        """The point at `share` of the length, `side` half widths in front of the finger's middle."""
        x, d = self.tip[0] - self.base[0], self.tip[1] - self.base[1]
        length = hypot(x, d)
        off = side * self.half + 4.0 * self.bend * share * (1.0 - share)
        return (self.base[0] + x * share + d / length * off, self.base[1] + d * share - x / length * off)


def _spread(front: Sequence[Point], fingers: Sequence[_Finger], back: Sequence[Point]) -> tuple[Point, ...]:
    """The outline of a hand with `fingers`, thumb side first, between its front and back edges."""
    outline = list(front)
    for i, finger in enumerate(fingers):
        if i:
            outline.append(_cleft(fingers[i - 1], finger))
        outline += [finger.at(*place) for place in _AROUND]
    return (*outline, *back)


_AROUND = ((0.30, 1.0), (0.62, 0.98), (0.90, 0.86), (1.0, 0.0), (0.90, -0.86), (0.62, -0.98), (0.30, -1.0))


def _cleft(before: _Finger, after: _Finger) -> Point:
    (ax, ad), (bx, bd) = before.at(0.12, -1.0), after.at(0.12, 1.0)
    return ((ax + bx) / 2, (ad + bd) / 2)


def _between(fingers: Sequence[_Finger]) -> tuple[tuple[Point, ...], ...]:
    """A line between each two fingers, from behind the knuckles to the shorter one's last joint."""
    lines = []
    for before, after in pairwise(fingers):
        (ax, ad), (bx, bd) = before.at(0.55, -1.0), after.at(0.55, 1.0)
        x, d = _cleft(before, after)
        lines.append(((x - 0.0005, d - 0.005), (x, d + 0.004), ((ax + bx) / 2, (ad + bd) / 2)))
    return tuple(lines)


_RELAXED_FINGERS = (
    _Finger((0.0115, 0.050), (0.0095, 0.091), 0.0050, 0.0010),
    _Finger((0.0020, 0.053), (-0.0020, 0.100), 0.0050, 0.0015),
    _Finger((-0.0075, 0.052), (-0.0125, 0.095), 0.0048, 0.0015),
    _Finger((-0.0160, 0.047), (-0.0210, 0.081), 0.0043, 0.0015),
)
_RELAXED = Hand(
    palm=_spread(
        ((0.003, -0.022), (0.010, -0.004), (0.013, 0.012), (0.016, 0.030), (0.017, 0.046)),
        _RELAXED_FINGERS,
        ((-0.0210, 0.044), (-0.0205, 0.028), (-0.018, 0.010), (-0.018, -0.004), (-0.011, -0.022)),
    ),
    thumb=(
        (0.007, 0.008), (0.014, 0.014), (0.021, 0.026), (0.025, 0.040), (0.0255, 0.056), (0.0225, 0.063),
        (0.0185, 0.058), (0.0170, 0.046), (0.0125, 0.036), (0.006, 0.026),
    ),
    lines=_between(_RELAXED_FINGERS),
)  # fmt: skip
_FLAT_PALM = (
    (0.003, -0.022), (0.0100, -0.006), (0.0110, 0.006), (0.0088, 0.020), (0.0055, 0.036), (0.0030, 0.048),
    (-0.0012, 0.060), (-0.0036, 0.074), (-0.0056, 0.088), (-0.0080, 0.0975), (-0.0115, 0.1015),
    (-0.0146, 0.0985), (-0.0148, 0.0850), (-0.0148, 0.0600), (-0.0148, 0.0400), (-0.0148, 0.0150),
    (-0.0140, 0.0040), (-0.0150, -0.0060), (-0.011, -0.022),
)  # fmt: skip
"""Seen from its edge, the wall under its palm."""
_FLAT = Hand(
    palm=_FLAT_PALM,
    lines=(
        ((0.0010, 0.0500), (-0.0050, 0.0620), (-0.0085, 0.0760), (-0.0118, 0.0860), (-0.0146, 0.0850)),
        ((-0.0146, 0.0300), (-0.0105, 0.0260), (-0.0085, 0.0170)),
    ),
)
_FLAT_FAR = Hand(
    palm=_FLAT_PALM,
    thumb=(
        (0.0030, 0.0080), (0.0015, 0.0220), (-0.0020, 0.0380), (-0.0050, 0.0500), (-0.0085, 0.0555),
        (-0.0125, 0.0530), (-0.0125, 0.0420), (-0.0110, 0.0280), (-0.0085, 0.0140),
    ),
    lines=(((-0.0020, 0.0600), (-0.0075, 0.0720), (-0.0100, 0.0850), (-0.0125, 0.0960)),),
)  # fmt: skip
_WRAP = Hand(
    palm=(
        (0.003, -0.022), (0.0110, -0.006), (0.0145, 0.010), (0.0175, 0.028), (0.0190, 0.046), (0.0195, 0.062),
        (0.0180, 0.0760), (0.0140, 0.0830), (0.0100, 0.0830), (0.0065, 0.0895), (0.0020, 0.0915),
        (-0.0020, 0.0885), (-0.0055, 0.0895), (-0.0095, 0.0870), (-0.0120, 0.0800), (-0.0150, 0.0790),
        (-0.0185, 0.0735), (-0.0205, 0.0600), (-0.0210, 0.0440), (-0.0200, 0.0260), (-0.0180, 0.010),
        (-0.018, -0.004), (-0.011, -0.022),
    ),
    thumb=(
        (0.0060, 0.0080), (0.0150, 0.0075), (0.0240, 0.0120), (0.0320, 0.0215), (0.0375, 0.0320),
        (0.0380, 0.0405), (0.0335, 0.0425), (0.0285, 0.0375), (0.0240, 0.0315), (0.0190, 0.0295),
        (0.0130, 0.0310),
    ),
    lines=(
        ((0.0100, 0.0825), (0.0098, 0.0680), (0.0092, 0.0520)),
        ((-0.0018, 0.0880), (-0.0010, 0.0700), (-0.0005, 0.0530)),
        ((-0.0120, 0.0800), (-0.0112, 0.0660), (-0.0100, 0.0520)),
    ),
)  # fmt: skip
"""The fingers lie side by side round the calf, the thumb apart from them."""
_REST = Hand(
    palm=(
        (0.003, -0.022), (0.010, -0.004), (0.0120, 0.012), (0.0135, 0.030), (0.0130, 0.046), (0.0095, 0.060),
        (0.0055, 0.076), (-0.0010, 0.092), (-0.0070, 0.102), (-0.0120, 0.1045), (-0.0145, 0.1005),
        (-0.0120, 0.0940), (-0.0150, 0.0935), (-0.0160, 0.0885), (-0.0130, 0.0815),
        (-0.0165, 0.0800), (-0.0165, 0.0740), (-0.0140, 0.060), (-0.0140, 0.044), (-0.0160, 0.026),
        (-0.0170, 0.010), (-0.018, -0.004), (-0.011, -0.022),
    ),
    lines=(
        ((0.0020, 0.0440), (0.0000, 0.0560), (-0.0060, 0.0720), (-0.0130, 0.0815)),
        ((0.0070, 0.0500), (0.0040, 0.0640), (-0.0030, 0.0820), (-0.0120, 0.0940)),
    ),
)  # fmt: skip
_GRIP = Hand(
    palm=(
        (0.003, -0.022), (0.010, -0.006), (0.0140, 0.008), (0.0165, 0.024), (0.0160, 0.040), (0.0120, 0.053),
        (0.0040, 0.0605), (-0.0060, 0.0620), (-0.0155, 0.0600), (-0.0215, 0.0560), (-0.0205, 0.0500),
        (-0.0230, 0.0460), (-0.0228, 0.0415), (-0.0205, 0.0385), (-0.0225, 0.0345), (-0.0220, 0.0305),
        (-0.0198, 0.0280), (-0.0208, 0.0240), (-0.0200, 0.0200), (-0.0180, 0.0165), (-0.0170, 0.006),
        (-0.018, -0.004), (-0.011, -0.022),
    ),
    thumb=(
        (0.0040, 0.0080), (0.0140, 0.0120), (0.0195, 0.0240), (0.0205, 0.0380), (0.0185, 0.0500),
        (0.0145, 0.0540), (0.0110, 0.0490), (0.0110, 0.0380), (0.0085, 0.0290), (0.0030, 0.0240),
    ),
    lines=(
        ((-0.0205, 0.0500), (-0.0080, 0.0500), (0.0040, 0.0475)),
        ((-0.0205, 0.0385), (-0.0080, 0.0390), (0.0035, 0.0380)),
        ((-0.0198, 0.0280), (-0.0080, 0.0290), (0.0025, 0.0295)),
    ),
)  # fmt: skip
"""Round a bar or the top of a chair's back, the fingers over it side by side."""
_FIST = Hand(
    palm=(
        (0.003, -0.022), (0.010, -0.004), (0.0155, 0.012), (0.0190, 0.030), (0.0205, 0.044), (0.0200, 0.054),
        (0.0150, 0.0595), (0.0105, 0.0580), (0.0060, 0.0620), (0.0010, 0.0605), (-0.0040, 0.0630),
        (-0.0085, 0.0595), (-0.0135, 0.0600), (-0.0185, 0.0540), (-0.0210, 0.044), (-0.0210, 0.028),
        (-0.018, 0.010), (-0.018, -0.004), (-0.011, -0.022),
    ),
    thumb=(
        (0.004, 0.008), (0.014, 0.010), (0.0235, 0.020), (0.0285, 0.034), (0.0280, 0.048), (0.0220, 0.0555),
        (0.0165, 0.0520), (0.0175, 0.0420), (0.0140, 0.032), (0.006, 0.026),
    ),
    lines=(
        ((0.0108, 0.0580), (0.0095, 0.0520), (0.0060, 0.0455)),
        ((0.0012, 0.0605), (0.0010, 0.0540), (-0.0010, 0.0470)),
        ((-0.0085, 0.0595), (-0.0080, 0.0540), (-0.0090, 0.0470)),
    ),
)  # fmt: skip
HANDS: Mapping[str, Hand] = MappingProxyType(
    {
        "relaxed": _RELAXED,
        "flat": _FLAT,
        "flat_far": _FLAT_FAR,
        "rest": _REST,
        "grip": _GRIP,
        "fist": _FIST,
        "wrap": _WRAP,
    }
)
"""Hands by what they do: hang, press on a wall (seen from the little finger or from the thumb), lie palm
down, hold a rail, hold a towel, wrap the calf."""
