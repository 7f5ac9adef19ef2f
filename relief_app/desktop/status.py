"""What `status --json` and `watch` say: plain dictionaries of a session's view and events."""

import os
from dataclasses import asdict
from datetime import datetime
from enum import StrEnum
from typing import TYPE_CHECKING, Any, NamedTuple

from relief_app import __version__
from relief_app.core.anatomy import Leg
from relief_app.core.events import Event
from relief_app.core.exposure import ExposureEvent
from relief_app.core.session_state import State, View

if TYPE_CHECKING:
    from relief_app.desktop.pack_questions import ExposureView, Question

STATUS_FORMAT = 1


def status(
    view: View | None,
    *,
    kept: bool,
    leg: Leg,
    theme: str,
    rate: int,
    packs: "PackStatus | None" = None,
    bedside: bool = False,
) -> dict[str, Any]:
    """The state of the app; times in seconds (see the README's "Interfaces")."""
    packs = packs or PackStatus()
    return {
        "format": STATUS_FORMAT,
        "state": _state(view, kept=kept, packs=packs),
        "routine": packs.waiting or (None if view is None else view.routine),
        "leg": leg.value,
        "theme": theme,
        "bedside": bedside,
        "rate": rate,
        "step": None if view is None else _step(view),
        "next": None if view is None or view.following is None else view.following.exercise.id,
        "release_s": None if view is None or view.release_ms is None else view.release_ms / 1000,
        "question": None if packs.question is None else _question(packs.question, packs.now_ms),
        "exposure": None if packs.exposure is None else _exposure(packs.exposure),
        "hydration": None,
        "version": __version__,
        "pid": os.getpid(),
    }


class PackStatus(NamedTuple):
    """What there is to say of packs; `waiting` is the routine whose questions are asked."""

    question: "Question | None" = None
    exposure: "ExposureView | None" = None
    waiting: str | None = None
    now_ms: int = 0


def _state(view: View | None, *, kept: bool, packs: PackStatus) -> str:
    """A cramp is guided through a pack's alarm; anything else stands behind it."""
    is_alarm = packs.exposure is not None and packs.exposure.alarm
    if is_alarm and not (view is not None and view.is_cramp and view.state is not State.FINISHED):
        return State.ALARM.value
    if packs.waiting is not None:
        return "ready"
    idle = "ready" if kept else "idle"
    return idle if view is None else view.state.value


def _question(question: "Question", now_ms: int) -> dict[str, Any]:
    return {
        "id": question.id,
        "choices": list(question.choices),
        "asked_s": max(now_ms - question.asked_ms, 0) / 1000,
    }


def _exposure(exposure: "ExposureView") -> dict[str, Any]:
    started = datetime.fromtimestamp(exposure.started_wall_s).astimezone()
    return {
        "kind": exposure.kind.value,
        "leg": exposure.leg.value,
        "started_at": started.isoformat(timespec="seconds"),
        "elapsed_s": exposure.elapsed_ms / 1000,
        "ends_in_s": exposure.ends_in_ms / 1000,
        "alarm": exposure.alarm,
        "reason": None if exposure.reason is None else exposure.reason.value,
        "rate": exposure.rate,
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
