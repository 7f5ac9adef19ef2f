"""The app's status in lines for people; scripts read the JSON."""

from collections.abc import Iterator, Mapping
from typing import Any

from relief_app.commands.output import printable
from relief_app.i18n import translate


def status_lines(status: Mapping[str, Any]) -> Iterator[str]:
    """Lines for a reply to `status`; what is missing in it is left out."""
    yield printable(_state(status))
    step = status.get("step")
    if isinstance(step, dict):
        yield from map(printable, _step_lines(step))
        following = status.get("next")
        if following:
            yield printable(_tr("next: %1").replace("%1", str(following)))


def _state(status: Mapping[str, Any]) -> str:
    state = str(status.get("state", ""))
    words = {
        "idle": _tr("no session is running"),
        "ready": _tr("a session was left and can go on"),
        "running": _tr("running: %1"),
        "paused": _tr("paused: %1"),
        "alarm": _tr("alarm: %1: stop stretching, get medical help urgently"),
        "finished": _tr("finished: %1"),
    }
    return words.get(state, f"{state}: %1").replace("%1", str(status.get("routine") or "-"))


def _step_lines(step: Mapping[str, Any]) -> Iterator[str]:
    number = f"{step.get('index', 0) + 1}/{step.get('count', '?')}"
    yield f"{number} {step.get('exercise', '')}, {_leg(step)}, {_time(step)}"
    if step.get("cue"):
        yield str(step["cue"])


def _leg(step: Mapping[str, Any]) -> str:
    return _tr("left leg") if step.get("leg") == "left" else _tr("right leg")


def _time(step: Mapping[str, Any]) -> str:
    phase = {
        "get_ready": _tr("get ready, %1 s left"),
        "rest": _tr("rest, %1 s left"),
        "switch": _tr("change legs, %1 s left"),
    }.get(str(step.get("phase")), _tr("%1 s left"))
    remaining = float(step.get("remaining_s") or 0)
    if step.get("open_ended") and remaining == 0:
        return _tr("%1 s, until it lets go").replace("%1", f"{float(step.get('elapsed_s') or 0):.0f}")
    return phase.replace("%1", f"{remaining:.0f}")


def _tr(text: str) -> str:
    return translate("status", text)
