"""What `status --json` and `watch` say: plain dictionaries of a session's view and events."""

import os
from dataclasses import asdict
from enum import StrEnum
from typing import Any

from relief_app import __version__
from relief_app.core.anatomy import Leg
from relief_app.core.events import Event
from relief_app.core.exposure import ExposureEvent
from relief_app.core.session_state import View

STATUS_FORMAT = 1


def status(view: View | None, *, kept: bool, leg: Leg, theme: str, rate: int) -> dict[str, Any]:
    """The state of the app; times in seconds (see the README's "Interfaces")."""
    idle = "ready" if kept else "idle"
    return {
        "format": STATUS_FORMAT,
        "state": idle if view is None else view.state.value,
        "routine": None if view is None else view.routine,
        "leg": leg.value,
        "theme": theme,
        "rate": rate,
        "step": None if view is None else _step(view),
        "next": None if view is None or view.following is None else view.following.exercise.id,
        "release_s": None if view is None or view.release_ms is None else view.release_ms / 1000,
        "question": None,
        "exposure": None,
        "hydration": None,
        "version": __version__,
        "pid": os.getpid(),
    }


def _step(view: View) -> dict[str, Any]:
    hold = view.hold
    return {
        "index": view.index,
        "count": view.count,
        "repetition": view.repetition,
        "exercise": hold.exercise.id,
        "kind": hold.exercise.kind.value,
        "leg": hold.leg.value,
        "phase": view.phase.value,
        "open_ended": hold.open_ended,
        "elapsed_s": view.elapsed_ms / 1000,
        "remaining_s": view.remaining_ms / 1000,
        "duration_s": view.duration_ms / 1000,
        "cue": hold.cue,
    }


def event_name(event: Event | ExposureEvent) -> str:
    """`PhaseStarted` as "phase_started"."""
    name = type(event).__name__
    return "".join(f"_{c.lower()}" if c.isupper() else c for c in name).lstrip("_")


def event_data(event: Event | ExposureEvent) -> dict[str, Any]:
    """The fields of `event`, enums as their values."""
    return {key: str(v) if isinstance(v, StrEnum) else v for key, v in asdict(event).items()}
