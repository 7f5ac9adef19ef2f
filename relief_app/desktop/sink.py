"""Where the system sends its sound: whether anybody could hear it, as far as the sound server tells."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from enum import StrEnum

ASK_S = 2.0
"""How long a sound server may take to answer one question."""


class SinkState(StrEnum):
    """What becomes of a sound that is played now."""

    OPEN = "open"
    MUTED = "muted"
    AT_ZERO = "at_zero"
    NOBODY = "nobody"
    """The sound server has no loudspeaker and throws all sound away."""
    UNKNOWN = "unknown"
    """There is nobody to ask; it can be fine all the same."""


def sink_state() -> SinkState:
    """Ask PulseAudio or PipeWire about the default output; takes up to six seconds, never raises."""
    if _ask("get-default-sink").strip() in ("auto_null", "@NONE@"):
        return SinkState.NOBODY
    return state_of(_ask("get-sink-mute", "@DEFAULT_SINK@"), _ask("get-sink-volume", "@DEFAULT_SINK@"))


def state_of(mute: str, volume: str) -> SinkState:
    """What `pactl get-sink-mute` and `get-sink-volume` mean; "" is no answer."""
    if "yes" in mute:
        return SinkState.MUTED
    percents = re.findall(r"(\d+)%", volume)
    if percents and not any(map(int, percents)):
        return SinkState.AT_ZERO
    return SinkState.OPEN if percents and "no" in mute else SinkState.UNKNOWN


def _ask(*question: str) -> str:
    """What `pactl` answers; "" without an answer."""
    program = shutil.which("pactl")
    if program is None:
        return ""
    try:
        done = subprocess.run(  # noqa: S603 - a fixed program and fixed words
            [program, *question],
            check=False,
            capture_output=True,
            text=True,
            timeout=ASK_S,
            env=os.environ | {"LC_ALL": "C"},
        )
    except (OSError, ValueError, subprocess.SubprocessError):
        return ""
    return done.stdout if done.returncode == 0 else ""
