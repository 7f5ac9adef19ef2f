"""Colours of the pictures, a role each, for every theme.

Night is pure red on black: green and blue are 0 in every colour, so that eyes stay adapted to the
dark. Print is black line art on white that survives a photocopy.
"""

from collections.abc import Mapping
from types import MappingProxyType

Palette = Mapping[str, str]
"""Colour role -> "#rrggbb"."""

LIGHT: Palette = MappingProxyType(
    {
        "background": "#f7f5f1",
        "ink": "#3b3431",
        "ink_soft": "#8b817a",
        "skin": "#e9c9ad",
        "skin_shade": "#d3a888",
        "skin_light": "#f5dfca",
        "skin_far": "#d9bba2",
        "hair": "#5b4a41",
        "cloth": "#5f7f95",
        "cloth_shade": "#4a6679",
        "cloth_far": "#7d97a8",
        "muscle": "#c9584f",
        "muscle_shade": "#a33f3a",
        "muscle_light": "#e08a7c",
        "muscle_glow": "#f0653a",
        "muscle_fibre": "#8e302d",
        "muscle_quiet": "#d8b3a6",
        "soleus": "#a8443f",
        "soleus_shade": "#85302e",
        "soleus_light": "#c66b60",
        "tendon": "#ece5d3",
        "tendon_shade": "#cfc4a8",
        "tendon_sheen": "#fbf8ef",
        "bone": "#eadfc4",
        "bone_shade": "#cdbd98",
        "no_press": "#7a4ca0",
        "prop": "#d9d2c7",
        "prop_shade": "#bdb3a5",
        "prop_light": "#ebe6dd",
        "prop_accent": "#8fa9a0",
        "floor": "#c9c1b6",
        "lamp": "#f2c94c",
    }
)
DARK: Palette = MappingProxyType(
    {
        "background": "#16181b",
        "ink": "#0b0c0d",
        "ink_soft": "#83898f",
        "skin": "#c9a184",
        "skin_shade": "#a37d63",
        "skin_light": "#dfbc9f",
        "skin_far": "#8f705b",
        "hair": "#2f2724",
        "cloth": "#4c6b80",
        "cloth_shade": "#38515f",
        "cloth_far": "#3a5262",
        "muscle": "#c4524a",
        "muscle_shade": "#973631",
        "muscle_light": "#df8173",
        "muscle_glow": "#ff7a45",
        "muscle_fibre": "#7d2826",
        "muscle_quiet": "#8d6258",
        "soleus": "#9c3c38",
        "soleus_shade": "#752927",
        "soleus_light": "#bd6157",
        "tendon": "#dcd3bc",
        "tendon_shade": "#b5a98a",
        "tendon_sheen": "#f3eddd",
        "bone": "#d3c6a6",
        "bone_shade": "#ab9c77",
        "no_press": "#b58ad6",
        "prop": "#3d4247",
        "prop_shade": "#2c3034",
        "prop_light": "#4e545a",
        "prop_accent": "#56706a",
        "floor": "#4a4f54",
        "lamp": "#f2c94c",
    }
)
NIGHT: Palette = MappingProxyType(
    {
        "background": "#000000",
        "ink": "#b00000",
        "ink_soft": "#5a0000",
        "skin": "#4a0000",
        "skin_shade": "#320000",
        "skin_light": "#5c0000",
        "skin_far": "#280000",
        "hair": "#240000",
        "cloth": "#1e0000",
        "cloth_shade": "#140000",
        "cloth_far": "#120000",
        "muscle": "#8c0000",
        "muscle_shade": "#660000",
        "muscle_light": "#a40000",
        "muscle_glow": "#e60000",
        "muscle_fibre": "#4a0000",
        "muscle_quiet": "#480000",
        "soleus": "#6a0000",
        "soleus_shade": "#4e0000",
        "soleus_light": "#800000",
        "tendon": "#780000",
        "tendon_shade": "#5a0000",
        "tendon_sheen": "#8c0000",
        "bone": "#3e0000",
        "bone_shade": "#2c0000",
        "no_press": "#d00000",
        "prop": "#180000",
        "prop_shade": "#100000",
        "prop_light": "#220000",
        "prop_accent": "#2a0000",
        "floor": "#3a0000",
        "lamp": "#900000",
    }
)
PRINT: Palette = MappingProxyType(
    dict.fromkeys(LIGHT, "#ffffff")
    | {
        "ink": "#000000",
        "ink_soft": "#555555",
        "hair": "#777777",
        "cloth": "#e4e4e4",
        "cloth_shade": "#cccccc",
        "cloth_far": "#eeeeee",
        "skin_far": "#f2f2f2",
        "muscle": "#b0b0b0",
        "muscle_shade": "#8c8c8c",
        "muscle_light": "#d0d0d0",
        "muscle_glow": "#707070",
        "muscle_fibre": "#333333",
        "muscle_quiet": "#e6e6e6",
        "soleus": "#8e8e8e",
        "soleus_shade": "#6c6c6c",
        "soleus_light": "#aaaaaa",
        "tendon_shade": "#dddddd",
        "bone_shade": "#dddddd",
        "no_press": "#000000",
        "prop": "#f0f0f0",
        "prop_shade": "#d8d8d8",
        "prop_accent": "#e0e0e0",
        "floor": "#888888",
    }
)
PALETTES: Mapping[str, Palette] = MappingProxyType(
    {"light": LIGHT, "dark": DARK, "night": NIGHT, "print": PRINT}
)
