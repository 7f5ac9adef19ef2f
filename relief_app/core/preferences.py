"""What a person sets once: plain values with their defaults."""

from enum import StrEnum
from typing import NamedTuple

from relief_app.core.anatomy import Leg

LONGEST_NUMBER = 15
LEAST_ALARM = 0.5
"""No alarm is quieter than half: it keeps skin from a burn or frostbite, whoever has fallen asleep on a pack
has nothing else to wake of, and nobody tries it out before it is needed."""
_DIGITS = frozenset("0123456789")
_SIGNS = _DIGITS | frozenset("+*#")


class Theme(StrEnum):
    """How the window looks; night is red on black."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    NIGHT = "night"


class NightColour(StrEnum):
    """The one colour of the night; amber is for eyes that hardly see red."""

    RED = "red"
    AMBER = "amber"


class VoiceMode(StrEnum):
    """How much is said aloud."""

    ON = "on"
    STEPS = "steps"
    """What changes, no counting."""
    OFF = "off"


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

    `leg` is the last leg used. Night hours are local, "HH:MM"; the volumes are 0 to 1, that of the alarms
    LEAST_ALARM to 1;
    `country` is an ISO 3166 code of two capital letters, None until confirmed; `emergency_number` is one of
    the person's own, which goes before that of the country.
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
    emergency_number: str | None = None
    night_colour: NightColour = NightColour.RED
    voice: VoiceMode = VoiceMode.ON
    voice_volume: float = 0.8
    tick_volume: float = 0.7
    alarm_volume: float = 1.0
    media_keys: bool = False
    """Off until switched on: nobody's music is taken, and nothing stands on a lock screen."""
    chime_volume: float = 0.7
    """Of reminders."""


def is_number_to_call(text: str) -> bool:
    """True for what a telephone can call: at most 15 of the digits 0 to 9, + * and #, one digit at least."""
    signs = set(text)
    return 0 < len(text) <= LONGEST_NUMBER and signs <= _SIGNS and bool(signs & _DIGITS)
