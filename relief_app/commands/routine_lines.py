"""Routines as rows, as details and as lines."""

from collections.abc import Iterator, Mapping
from typing import Any

from relief_app.commands.routine_times import minutes as whole_minutes
from relief_app.commands.routine_times import planned_ms
from relief_app.commands.wording import gates_text, not_offered_line
from relief_app.core.gates import Verdict
from relief_app.core.routine import Routine, Step
from relief_app.core.safety import against_exercise, is_seated, not_offered, offer_problem
from relief_app.i18n import translate
from relief_app.storage.catalogue import BUILT_IN, Catalogue


def routine_row(routine: Routine, catalogue: Catalogue, verdict: Verdict) -> dict[str, Any]:
    """What a list says of a routine; `why` is None where it is offered."""
    problem = offer_problem(routine, catalogue.exercises, verdict)
    length = planned_ms(routine, catalogue.exercises, verdict)
    return {
        "id": routine.id,
        "title": translate("catalogue", routine.title),
        "own": routine.id not in BUILT_IN,
        "audience": routine.audience.value,
        "steps": len(routine.steps),
        "duration_s": length / 1000,
        "minutes": whole_minutes(length),
        "offered": problem is None,
        "why": None if problem is None else not_offered_line(problem),
    }


def routine_detail(routine: Routine, catalogue: Catalogue, verdict: Verdict) -> dict[str, Any]:
    """Everything about a routine; `steps` becomes the list of them."""
    row = routine_row(routine, catalogue, verdict)
    steps = [_step(step, routine, catalogue) for step in routine.steps]
    for step, written in zip(steps, routine.steps, strict=True):
        why = _why_left_out(written, routine, catalogue, verdict) if row["offered"] else None
        step |= {"left_out": why is not None, "why_left_out": why}
    return row | {
        "summary": translate("catalogue", routine.summary),
        "side": routine.side.value,
        "source": _source(routine.source, catalogue),
        "alarm_after_s": None if routine.alarm_after_ms is None else routine.alarm_after_ms / 1000,
        "steps": steps,
    }


def detail_lines(detail: Mapping[str, Any]) -> Iterator[str]:
    """A detail as lines for people."""
    yield detail["title"]
    if detail["summary"]:
        yield detail["summary"]
    yield f"for the {_SIDES[detail['side']]}; about {detail['minutes']} min in all"
    yield f"source: {detail['source']}"
    if detail["alarm_after_s"]:
        yield f"alarm after {_time(detail['alarm_after_s'])} of cramp"
    if detail["why"]:
        yield detail["why"]
    for number, step in enumerate(detail["steps"], 1):
        yield from _step_lines(number, step)


def _step(step: Step, routine: Routine, catalogue: Catalogue) -> dict[str, Any]:
    exercise = catalogue.exercises[step.exercise]
    return {
        "exercise": step.exercise,
        "name": translate("catalogue", exercise.name),
        "kind": exercise.kind.value,
        "instead_seated": step.instead_seated,
        "side": (step.side or routine.side).value,
        "zone": None if step.zone is None else step.zone.value,
        "duration_s": step.dose_ms / 1000,
        "range_s": None if step.range_ms is None else [part / 1000 for part in step.range_ms],
        "count": step.count,
        "tempo_s": step.tempo_ms / 1000 or None,
        "repetitions": step.repetitions,
        "rest_s": step.rest_ms / 1000,
        "open_ended": step.open_ended,
        "cue": translate("catalogue", step.cue or exercise.cue),
        "source": _source(step.source or exercise.source, catalogue),
    }


def _why_left_out(step: Step, routine: Routine, catalogue: Catalogue, verdict: Verdict) -> str | None:
    """Why `step` is not performed, None where it is, or its seated version is."""
    seated = step.instead_seated if is_seated(routine, verdict) else None
    exercise = catalogue.exercises[seated or step.exercise]
    reasons = against_exercise(exercise, routine, verdict)
    if not reasons:
        return None
    problem = not_offered(routine, reasons)
    return gates_text(problem.reason, problem.because)


def _step_lines(number: int, step: Mapping[str, Any]) -> Iterator[str]:
    yield f"{number:>3}. {step['name']}{_zone(step)}: {_dose(step)}"
    yield f"     {step['cue']}"
    if step["instead_seated"]:
        yield f"     seated instead: {step['instead_seated']}"
    if step["left_out"]:
        yield f"     left out: {step['why_left_out']}"
    yield f"     source: {step['source']}"


def _dose(step: Mapping[str, Any]) -> str:
    dose = f"{step['count']} times" if step["count"] else _time(step["duration_s"])
    parts = [dose if step["repetitions"] == 1 else f"{step['repetitions']} x {dose}"]
    if step["open_ended"]:
        parts.append("until it lets go")
    if step["rest_s"]:
        parts.append(f"{_time(step['rest_s'])} rest")
    return ", ".join(parts)


def _zone(step: Mapping[str, Any]) -> str:
    return f" ({step['zone']})" if step["zone"] else ""


def _time(seconds: float) -> str:
    minutes, rest = divmod(seconds, 60)
    parts = [f"{minutes:g} min"] if minutes else []
    return " ".join(parts + ([f"{rest:g} s"] if rest or not minutes else []))


def _source(key: str, catalogue: Catalogue) -> str:
    return catalogue.sources[key].title


_SIDES = {
    "cramped": "cramped leg",
    "chosen": "chosen leg",
    "both": "two legs, one after the other",
    "alternate": "two legs in turn",
    "leg_by_leg": "all of it on one leg, then on the other",
}
