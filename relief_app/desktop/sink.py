"""Where the system sends its sound: whether anybody could hear it, and opening it for an alarm."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from collections.abc import Callable
from enum import StrEnum

ASK_S = 2.0
"""How long a sound server may take to answer one question."""


HEARD = "60%"
"""What an output at zero is set to: an alarm nobody hears is none, one at full could hurt in headphones."""


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


def open_up() -> Callable[[], None]:
    """Let the default output be heard where it is muted or at zero; what is returned puts it back.

    Takes as long as `sink_state`, never raises; without anybody to ask it does nothing.
    """
    name = _ask("get-default-sink").strip()
    undo: list[tuple[str, ...]] = []
    if "yes" in _ask("get-sink-mute", name):
        _ask("set-sink-mute", name, "0")
        undo.append(("set-sink-mute", name, "1"))
    if state_of("no", _ask("get-sink-volume", name)) is SinkState.AT_ZERO:
        _ask("set-sink-volume", name, HEARD)
        undo.append(("set-sink-volume", name, "0"))

    def put_back() -> None:
        for words in undo:
            _ask(*words)

    return put_back


def volume_db() -> float | None:
    """How far below full the default output is set, in dB (0 or less, as a rule); None where nobody knows."""
    return db_of(_ask("get-sink-volume", "@DEFAULT_SINK@"))


def db_of(volume: str) -> float | None:
    """The loudest channel of what `pactl get-sink-volume` says."""
    found = re.findall(r"(-?\d+\.\d+|-inf) dB", volume)
    return max(map(float, found)) if found else None


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
