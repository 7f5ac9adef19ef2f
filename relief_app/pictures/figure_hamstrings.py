"""The hamstrings of the near leg, seen through skin and shorts in the two stretches that mean them."""

from relief_app.pictures.figure_calf import Flesh, line, muscle, spread
from relief_app.pictures.shapes import Shape, smooth

_OUTLINE = spread(
    ((0.030, 0.517), (0.015, 0.505), (0.0065, 0.478), (0.0045, 0.445), (0.0040, 0.410), (0.0040, 0.375),
     (0.0045, 0.345), (0.0065, 0.322), (0.0105, 0.302), (0.0160, 0.284), (0.0210, 0.281), (0.0230, 0.302),
     (0.0285, 0.330), (0.0380, 0.365), (0.0440, 0.400), (0.0470, 0.435), (0.0460, 0.470), (0.0420, 0.502))
)  # fmt: skip
_LINES = tuple(
    spread(points)
    for points in (
        (
            (0.0215, 0.288),
            (0.0240, 0.307),
            (0.0290, 0.331),
            (0.0380, 0.365),
            (0.0440, 0.400),
            (0.0465, 0.440),
        ),
        ((0.0130, 0.300), (0.0165, 0.330), (0.0205, 0.370), (0.0220, 0.420), (0.0225, 0.470)),
    )
)
_FIBRES = tuple(
    spread(((a, h), (a + 0.0035, h - 0.028), (a + 0.0050, h - 0.058)))
    for a, h in (
        (0.0085, 0.470),
        (0.0085, 0.420),
        (0.0095, 0.375),
        (0.0270, 0.465),
        (0.0270, 0.415),
        (0.0245, 0.372),
    )
)
_DEEP, _SEEN = 0.512, 0.462
_LONGER = 4.0
"""Drawn as bright as a calf longer by this share of its shank, in %; there is no model of their length."""


def hamstring_shapes(flesh: Flesh, stretch: float) -> list[Shape]:
    """From the seat to below the knee, brighter as `stretch` grows from 0 to 1."""
    path = smooth([flesh(h, share) for h, share in _OUTLINE])
    fade = flesh(_SEEN, 0.3), flesh(_DEEP, 0.3)
    return [
        *muscle("hamstrings", path, "muscle", _LONGER * stretch, fade),
        line("hamstring_fibres", [[flesh(*p) for p in fibre] for fibre in _FIBRES], 0.0012, 0.5),
        line("hamstring_lines", [[flesh(*p) for p in edge] for edge in _LINES], 0.0018),
    ]
