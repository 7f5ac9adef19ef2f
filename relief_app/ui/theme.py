"""The looks of the app: every colour on a screen comes from here or from the pictures' palette.

Night is pure red on black, or amber for eyes that hardly see red; without any blue either way. Nothing
of ours is painted by a stock style, because a stock style paints grey where a palette has no say.
"""

from collections.abc import Mapping
from types import MappingProxyType
from typing import NamedTuple

from PySide6.QtGui import QColor

from relief_app.core.preferences import NightColour, SkinTone
from relief_app.pictures.palette import Palette, amber, palette


class Theme(NamedTuple):
    """Colours by role, as "#rrggbb"; `pictures` is the palette that goes with them.

    `line` parts what is written; `edge` bounds what is pressed, at 3:1 or more on every ground.
    `skin_tone` is that of every figure painted in this theme: a painter that keeps what it painted has
    to compare the theme, not its name. Both nights are called "night"; `palette_name` tells their pictures
    apart.
    """

    name: str
    window: str
    surface: str
    surface_hover: str
    line: str
    edge: str
    text: str
    muted: str
    primary: str
    primary_hover: str
    primary_text: str
    warning: str
    warning_text: str
    focus: str
    ring: str
    ring_track: str
    skin_tone: SkinTone = SkinTone.TONE_3
    palette_name: str = ""

    @property
    def pictures(self) -> Palette:
        """The palette of the pictures in this theme, for its tone of skin."""
        return palette(self.palette_name or self.name, self.skin_tone)

    def colour(self, role: str) -> QColor:
        """The colour of `role`, ready to paint with."""
        return QColor(getattr(self, role))


LIGHT = Theme(
    name="light",
    window="#f7f5f1",
    surface="#ffffff",
    surface_hover="#f0ebe3",
    line="#d6cec3",
    edge="#857b71",
    text="#211e1c",
    muted="#4f4843",
    primary="#8c2f26",
    primary_hover="#7a261e",
    primary_text="#ffffff",
    warning="#fff1d6",
    warning_text="#5e3200",
    focus="#1f5f8b",
    ring="#8c2f26",
    ring_track="#e3dbd0",
)
DARK = Theme(
    name="dark",
    window="#16181b",
    surface="#23272b",
    surface_hover="#2b3034",
    line="#40464c",
    edge="#7d858d",
    text="#f3f0eb",
    muted="#c4beb6",
    primary="#8f3128",
    primary_hover="#983529",
    primary_text="#ffffff",
    warning="#3a2e17",
    warning_text="#ffd98a",
    focus="#8cc7f0",
    ring="#f0917f",
    ring_track="#33383d",
)
NIGHT = Theme(
    name="night",
    window="#000000",
    surface="#100000",
    surface_hover="#1c0000",
    line="#5a0000",
    edge="#c40000",
    text="#ff0000",
    muted="#ff0000",
    primary="#1e0000",
    primary_hover="#2a0000",
    primary_text="#ff0000",
    warning="#100000",
    warning_text="#ff0000",
    focus="#ff0000",
    ring="#d80000",
    ring_track="#2a0000",
)
AMBER = Theme._make(amber(value) if str(value).startswith("#") else value for value in NIGHT)
AMBER = AMBER._replace(palette_name="amber")
THEMES: Mapping[str, Theme] = MappingProxyType({theme.name: theme for theme in (LIGHT, DARK, NIGHT)})


def theme_of(name: str, night_colour: NightColour = NightColour.RED) -> Theme:
    """The theme `name`, a key of `THEMES`; the night in its colour."""
    return AMBER if name == NIGHT.name and night_colour is NightColour.AMBER else THEMES[name]
