"""The kinds of sound, each with a volume of its own."""

from enum import StrEnum


class SoundKind(StrEnum):
    """What a sound is for."""

    CUE = "cue"
    """A step of a session begins, is half done, ends."""
    TICK = "tick"
    """Three, two, one."""
    CHIME = "chime"
    """A reminder."""
    VOICE = "voice"
    ALARM = "alarm"


_KINDS = {"tick": SoundKind.TICK, "chime": SoundKind.CHIME, "alarm": SoundKind.ALARM}


def kind_of(sound: str) -> SoundKind:
    """What the sound of this name is for."""
    return _KINDS.get(sound, SoundKind.CUE)
