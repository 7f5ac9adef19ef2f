"""Colours as others see them, and how far two of them are apart.

Protanopia and deuteranopia after Machado, Oliveira and Fernandes, "A Physiologically-based Model for
Simulation of Color Vision Deficiency" (IEEE TVCG 15(6), 2009), severity 1.0, on linear RGB. Grey is the
relative luminance of IEC 61966-2-1. Differences are CIEDE2000 (CIE 142-2001; Sharma, Wu and Dalal 2005).
"""

import numpy as np
import numpy.typing as npt

Colours = npt.NDArray[np.float64]
"""Colours in the last axis of three."""

_LUMINANCE = np.array([0.2126, 0.7152, 0.0722])
_EYES = {
    "usual": np.eye(3),
    "protanopia": np.array(
        [
            [0.152286, 1.052583, -0.204868],
            [0.114503, 0.786281, 0.099216],
            [-0.003882, -0.048116, 1.051998],
        ]
    ),
    "deuteranopia": np.array(
        [
            [0.367322, 0.860646, -0.227968],
            [0.280085, 0.672501, 0.047413],
            [-0.011820, 0.042940, 0.968881],
        ]
    ),
    "grey": np.tile(_LUMINANCE, (3, 1)),
}
EYES = tuple(_EYES)
_TO_XYZ = np.array(
    [[0.4124564, 0.3575761, 0.1804375], [0.2126729, 0.7151522, 0.0721750], [0.0193339, 0.1191920, 0.9503041]]
)
_WHITE = _TO_XYZ.sum(axis=1)


def seen(colours: npt.NDArray[np.uint8], eye: str) -> Colours:
    """sRGB 0..255 as linear RGB 0..1 that an `eye` of EYES sees alike."""
    srgb = colours / 255.0
    linear = np.where(srgb <= 0.04045, srgb / 12.92, ((srgb + 0.055) / 1.055) ** 2.4)
    return np.asarray(np.clip(linear @ _EYES[eye].T, 0.0, 1.0))


def contrast(one: npt.NDArray[np.uint8], other: npt.NDArray[np.uint8]) -> npt.NDArray[np.float64]:
    """Contrast ratio of WCAG 2.2 between sRGB colours, 1 to 21, colour by colour."""
    light, dark = seen(one, "grey")[..., 0], seen(other, "grey")[..., 0]
    return np.asarray((np.maximum(light, dark) + 0.05) / (np.minimum(light, dark) + 0.05))


def lab(linear: Colours) -> Colours:
    """Linear RGB as CIE L*a*b* under D65."""
    ratio = linear @ _TO_XYZ.T / _WHITE
    f = np.where(ratio > (6 / 29) ** 3, np.cbrt(ratio), ratio / (3 * (6 / 29) ** 2) + 4 / 29)
    x, y, z = np.moveaxis(f, -1, 0)
    return np.stack([116 * y - 16, 500 * (x - y), 200 * (y - z)], axis=-1)


def apart(one: Colours, other: Colours) -> Colours:
    """CIEDE2000 between L*a*b* colours; 1 is about the least that is seen side by side."""
    (l1, a1, b1), (l2, a2, b2) = np.moveaxis(one, -1, 0), np.moveaxis(other, -1, 0)
    mean = (np.hypot(a1, b1) + np.hypot(a2, b2)) / 2
    grow = 1.5 - 0.5 * np.sqrt(mean**7 / (mean**7 + 25.0**7))
    a1, a2 = a1 * grow, a2 * grow
    c1, c2 = np.hypot(a1, b1), np.hypot(a2, b2)
    h1, h2 = np.degrees(np.arctan2(b1, a1)) % 360, np.degrees(np.arctan2(b2, a2)) % 360
    turn = (h2 - h1 + 180) % 360 - 180
    grey = c1 * c2 == 0
    hue = 2 * np.sqrt(c1 * c2) * np.sin(np.radians(np.where(grey, 0.0, turn) / 2))
    middle = np.where(grey, h1 + h2, (h1 + turn / 2) % 360)
    light, chroma = (l1 + l2) / 2, (c1 + c2) / 2
    weight = (
        1
        - 0.17 * np.cos(np.radians(middle - 30))
        + 0.24 * np.cos(np.radians(2 * middle))
        + 0.32 * np.cos(np.radians(3 * middle + 6))
        - 0.20 * np.cos(np.radians(4 * middle - 63))
    )
    s_light = 1 + 0.015 * (light - 50) ** 2 / np.sqrt(20 + (light - 50) ** 2)
    s_chroma, s_hue = 1 + 0.045 * chroma, 1 + 0.015 * chroma * weight
    twist = 2 * np.sqrt(chroma**7 / (chroma**7 + 25.0**7))
    twist *= -np.sin(np.radians(60 * np.exp(-(((middle - 275) / 25) ** 2))))
    by_light, by_chroma, by_hue = (l2 - l1) / s_light, (c2 - c1) / s_chroma, hue / s_hue
    square = by_light**2 + by_chroma**2 + by_hue**2 + twist * by_chroma * by_hue
    return np.asarray(np.sqrt(np.maximum(square, 0.0)))
