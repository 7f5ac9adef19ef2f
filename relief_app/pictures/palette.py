"""Colours of the pictures, a role each, for every theme and every tone of skin.

Night is pure red on black: green and blue are 0 in every colour, so that eyes stay adapted to the
dark. Amber is the same night for eyes that hardly see red: green is there, blue is still 0. Print is
black line art on white that survives a photocopy. None of the three knows a tone of skin.

The tones are six steps of equal lightness (CIE L*, 11 apart from 88 to 33 by day, 8 apart from 77 to
37 in the dark), chosen by eye for this figure and measured on nobody. From the first to the last, hair
and ink grow darker with the skin, so that a line drawn on it can be seen.
"""

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from relief_app.core.preferences import SkinTone

Palette = Mapping[str, str]
"""Colour role -> "#rrggbb"."""

_SKIN_ROLES = ["skin", "skin_shade", "skin_light", "skin_far", "skin_soft", "skin_line", "hair", "ink"]
_SKINS: Mapping[str, Mapping[SkinTone, str]] = {
    "light": {
        SkinTone.TONE_1: "#f2d8c3 #d4b69e #feebda #e0c8b4 #e0c4ae #a38672 #67564c #39312f",
        SkinTone.TONE_2: "#dcb79a #bf9676 #e8c9b0 #caa78b #caa486 #8e674d #5b4a41 #39312f",
        SkinTone.TONE_3: "#c39878 #a67756 #ceaa8d #b1886a #b18565 #764b30 #4e3f37 #342d2b",
        SkinTone.TONE_4: "#a77a5c #885c3f #b58a6b #956b4f #96684b #5b3018 #41342d #2e2624",
        SkinTone.TONE_5: "#875f47 #714932 #956f56 #7a553e #7b523b #492310 #322823 #221c1b",
        SkinTone.TONE_6: "#664636 #513122 #745544 #5a3d2e #5b3a2a #3a1b0d #251e1b #171211",
    },
    "dark": {
        SkinTone.TONE_1: "#d3baa5 #b69881 #deccbc #978373 #c1a691 #856a57 #504139 #090b0d",
        SkinTone.TONE_2: "#c5a285 #a88162 #d1b39a #8f735b #b48f72 #78543b #4e3f37 #090b0d",
        SkinTone.TONE_3: "#b58b6b #986b4a #c09c80 #846249 #a47859 #683f25 #4a3d36 #090b0d",
        SkinTone.TONE_4: "#a17557 #83573a #b08566 #77543b #906346 #562c14 #483b34 #090b0d",
        SkinTone.TONE_5: "#8a624a #744b35 #987158 #664633 #7d543d #4a2411 #453933 #090b0d",
        SkinTone.TONE_6: "#70503f #5b3a2b #7e5f4e #543a2d #654333 #3e1e11 #423732 #090b0d",
    },
}
"""What a tone changes in a theme: a colour for each of `_SKIN_ROLES`."""


def _skin(theme: str, tone: SkinTone) -> dict[str, str]:
    return dict(zip(_SKIN_ROLES, _SKINS[theme][tone].split(), strict=True))


LIGHT: Palette = MappingProxyType(
    _skin("light", SkinTone.TONE_3)
    | {
        "background": "#f7f5f1",
        "ink_soft": "#6f655e",
        "cloth": "#5f7f95",
        "cloth_shade": "#4a6679",
        "cloth_far": "#7d97a8",
        "shorts": "#6a6f78",
        "shorts_shade": "#535861",
        "shorts_far": "#868b93",
        "muscle": "#c9584f",
        "muscle_shade": "#a33f3a",
        "muscle_light": "#e08a7c",
        "muscle_glow": "#f0653a",
        "muscle_fibre": "#8e302d",
        "muscle_quiet": "#d8b3a6",
        "soleus": "#983833",
        "soleus_shade": "#742523",
        "soleus_light": "#b95a50",
        "tendon": "#ece5d3",
        "seam": "#ece5d3",
        "tendon_shade": "#cfc4a8",
        "tendon_sheen": "#fbf8ef",
        "bone": "#eadfc4",
        "bone_shade": "#cdbd98",
        "no_press": "#5f2f8a",
        "prop": "#d9d2c7",
        "prop_shade": "#bdb3a5",
        "prop_light": "#ebe6dd",
        "prop_accent": "#8fa9a0",
        "prop_line": "#b3a899",
        "floor": "#c9c1b6",
        "lamp": "#f2c94c",
        "muscle_line": "#4f1311",
        "tendon_line": "#857750",
        "bone_line": "#84734a",
        "lit": "#f0653a",
        "lit_light": "#ff9768",
        "lit_shade": "#b93c1c",
        "lit_fibre": "#7d1f0a",
        "glow_line": "#5c1405",
        "cue_arrow": "#125270",
    }
)
DARK: Palette = MappingProxyType(
    _skin("dark", SkinTone.TONE_3)
    | {
        "background": "#16181b",
        "ink_soft": "#83898f",
        "cloth": "#4c6b80",
        "cloth_shade": "#38515f",
        "cloth_far": "#3a5262",
        "shorts": "#555b66",
        "shorts_shade": "#424751",
        "shorts_far": "#454a53",
        "muscle": "#c4524a",
        "muscle_shade": "#973631",
        "muscle_light": "#df8173",
        "muscle_glow": "#ff7a45",
        "muscle_fibre": "#7d2826",
        "muscle_quiet": "#8d6258",
        "soleus": "#8a302d",
        "soleus_shade": "#662220",
        "soleus_light": "#ab5248",
        "tendon": "#dcd3bc",
        "seam": "#dcd3bc",
        "tendon_shade": "#b5a98a",
        "tendon_sheen": "#f3eddd",
        "bone": "#d3c6a6",
        "bone_shade": "#ab9c77",
        "no_press": "#dcc0f5",
        "prop": "#3d4247",
        "prop_shade": "#2c3034",
        "prop_light": "#4e545a",
        "prop_accent": "#56706a",
        "prop_line": "#5c636a",
        "floor": "#4a4f54",
        "lamp": "#ffd95f",
        "muscle_line": "#3a0d0c",
        "tendon_line": "#857a5c",
        "bone_line": "#7b6d4b",
        "lit": "#ff7a45",
        "lit_light": "#ffa67c",
        "lit_shade": "#c24a1e",
        "lit_fibre": "#7a220a",
        "glow_line": "#ffe3cf",
        "cue_arrow": "#8fd0ea",
    }
)
NIGHT: Palette = MappingProxyType(
    {
        "background": "#000000",
        "ink": "#b00000",
        "ink_soft": "#860000",
        "skin": "#4a0000",
        "skin_shade": "#320000",
        "skin_light": "#5c0000",
        "skin_far": "#280000",
        "skin_soft": "#3a0000",
        "hair": "#240000",
        "cloth": "#2e0000",
        "cloth_shade": "#220000",
        "cloth_far": "#1e0000",
        "shorts": "#380000",
        "shorts_shade": "#2a0000",
        "shorts_far": "#240000",
        "muscle": "#9c0000",
        "muscle_shade": "#660000",
        "muscle_light": "#b20000",
        "muscle_glow": "#e60000",
        "muscle_fibre": "#4a0000",
        "muscle_quiet": "#620000",
        "soleus": "#780000",
        "soleus_shade": "#5c0000",
        "soleus_light": "#880000",
        "tendon": "#c40000",
        "seam": "#c40000",
        "tendon_shade": "#980000",
        "tendon_sheen": "#d40000",
        "bone": "#600000",
        "bone_shade": "#4a0000",
        "no_press": "#ff0000",
        "prop": "#2c0000",
        "prop_shade": "#1e0000",
        "prop_light": "#3a0000",
        "prop_accent": "#4a0000",
        "prop_line": "#8a0000",
        "floor": "#8a0000",
        "lamp": "#900000",
        "skin_line": "#6e0000",
        "muscle_line": "#100000",
        "tendon_line": "#460000",
        "bone_line": "#c00000",
        "lit": "#e40000",
        "lit_light": "#ff0000",
        "lit_shade": "#900000",
        "lit_fibre": "#580000",
        "glow_line": "#ff0000",
        "cue_arrow": "#ff0000",
    }
)
GREEN_OF_AMBER = 0.45
"""Share of red: 590 nm and a little longer, as near to amber as a screen comes without blue."""
_AS_BRIGHT = 0.81
"""Green adds to the light: darker by this, amber pictures have the luminance of the red ones."""


def amber(red: str, share: float = 1.0) -> str:
    """The amber in place of a pure red "#rr0000", `share` of it."""
    value = int(red[1:3], 16) * share
    return f"#{round(value):02x}{round(value * GREEN_OF_AMBER):02x}00"


AMBER: Palette = MappingProxyType({role: amber(colour, _AS_BRIGHT) for role, colour in NIGHT.items()})
PRINT: Palette = MappingProxyType(
    dict.fromkeys(LIGHT, "#ffffff")
    | {
        "ink": "#000000",
        "ink_soft": "#333333",
        "hair": "#777777",
        "cloth": "#e4e4e4",
        "cloth_shade": "#cccccc",
        "cloth_far": "#eeeeee",
        "shorts": "#d6d6d6",
        "shorts_shade": "#bebebe",
        "shorts_far": "#e6e6e6",
        "skin_far": "#f2f2f2",
        "skin_soft": "#f0f0f0",
        "muscle": "#dcdcdc",
        "muscle_shade": "#c0c0c0",
        "muscle_light": "#ececec",
        "muscle_glow": "#707070",
        "muscle_fibre": "#333333",
        "muscle_quiet": "#e6e6e6",
        "soleus": "#c4c4c4",
        "soleus_shade": "#b0b0b0",
        "soleus_light": "#d0d0d0",
        "seam": "#000000",
        "tendon_shade": "#dddddd",
        "bone_shade": "#dddddd",
        "no_press": "#000000",
        "prop": "#f0f0f0",
        "prop_shade": "#d8d8d8",
        "prop_accent": "#e0e0e0",
        "prop_line": "#2e2e2e",
        "floor": "#2e2e2e",
        "skin_line": "#000000",
        "muscle_line": "#000000",
        "tendon_line": "#000000",
        "bone_line": "#000000",
        "lit": "#dcdcdc",
        "lit_light": "#ffffff",
        "lit_shade": "#9a9a9a",
        "lit_fibre": "#000000",
        "glow_line": "#000000",
        "cue_arrow": "#000000",
    }
)
PALETTES: Mapping[str, Palette] = MappingProxyType(
    {"light": LIGHT, "dark": DARK, "night": NIGHT, "amber": AMBER, "print": PRINT}
)


@cache
def palette(theme: str, tone: SkinTone = SkinTone.TONE_3) -> Palette:
    """The colours of `theme`, a key of `PALETTES`, for a figure of this tone; KeyError for another theme."""
    if theme not in _SKINS:
        return PALETTES[theme]
    return MappingProxyType({**PALETTES[theme], **_skin(theme, tone)})
