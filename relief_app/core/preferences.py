"""What a person sets once: plain values with their defaults."""

from enum import StrEnum
from typing import NamedTuple

from relief_app.core.anatomy import Leg


class Theme(StrEnum):
    """How the window looks; night is red on black."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    NIGHT = "night"


class SkinTone(StrEnum):
    """Tone of the drawn figure's skin, from very light to very dark in six even steps."""

    TONE_1 = "tone-1"
    TONE_2 = "tone-2"
    TONE_3 = "tone-3"
    TONE_4 = "tone-4"
    TONE_5 = "tone-5"
    TONE_6 = "tone-6"


class Settings(NamedTuple):
    """Everything in the settings file.

    `leg` is the last leg used. Night hours are local, "HH:MM"; `volume` is 0 to 1; `country` is an
    ISO 3166 code of two capital letters, None until confirmed.
    """

    leg: Leg = Leg.RIGHT
    theme: Theme = Theme.SYSTEM
    night_from: str = "21:00"
    night_until: str = "07:00"
    sounds: bool = True
    volume: float = 0.7
    reduced_motion: bool = False
    country: str | None = None
    skin_tone: SkinTone = SkinTone.TONE_3
