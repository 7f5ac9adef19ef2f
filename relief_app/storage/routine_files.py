"""Routine files, format 1: from TOML to a Routine that may be performed, and back.

A file is refused whole, with the one thing that is wrong with it; nothing is mended in silence.
"""

from collections.abc import Mapping
from pathlib import Path
from typing import Any

from relief_app.core.anatomy import Zone
from relief_app.core.exercise import Exercise, Position
from relief_app.core.refusal import Refusal, RefusalCode, RoutineRefused
from relief_app.core.routine import (
    Audience,
    Prescription,
    Routine,
    Side,
    Step,
    hard_stop_ms,
    stop_exceeded,
)
from relief_app.core.sources import Source
from relief_app.storage import fields
from relief_app.storage.fields import FORMAT, Field, FieldRefused, check_format, refuse
from relief_app.storage.reading import decode_text, parse_toml, read_bytes

STEP_LIMIT = 200
LINE = 200
"""Characters of a title or a cue."""
PARAGRAPH = 2_000
"""Characters of a summary."""


class RoutineReader:
    """Checks routine files against one catalogue."""

    def __init__(self, exercises: Mapping[str, Exercise], sources: Mapping[str, Source]) -> None:
        self._exercises = exercises
        self._top = _routine_fields(sources)
        self._step = _step_fields(exercises, sources)

    def read(self, path: Path) -> Routine:
        """The routine in `path`; raises RoutineRefused."""
        return self.check(read_bytes(path))

    def check(self, data: bytes) -> Routine:
        """The routine in a file's bytes; raises RoutineRefused and nothing else."""
        text = decode_text(data)
        raw = parse_toml(text)
        try:
            routine = self._routine(raw)
        except FieldRefused as refused:
            raise RoutineRefused(refused.refusal) from None
        self._check_stops(routine)
        override = fields.hidden_override(text)
        if override:
            code = RefusalCode.FORBIDDEN_CHARACTER
            raise RoutineRefused(Refusal(code, line=override[0], value=override[1]))
        return routine

    def _routine(self, raw: dict[str, Any]) -> Routine:
        check_format(raw)
        values = fields.read_table(raw, self._top)
        steps = tuple(self._read_step(number, step) for number, step in enumerate(values.pop("steps"), 1))
        del values["format"]
        prescription = {key: values.pop(key) for key in _PRESCRIPTION if key in values}
        return Routine(**values, steps=steps, prescription=Prescription(**prescription))

    def _read_step(self, number: int, raw: object) -> Step:
        try:
            step = Step(**fields.read_table(raw, self._step))
            self._check_dose(step, fields.mapping(raw))
            self._check_seated(step)
        except FieldRefused as refused:
            raise FieldRefused(refused.refusal._replace(step=number)) from None
        return step

    def _check_dose(self, step: Step, raw: Mapping[str, object]) -> None:
        if "duration_s" in raw and "count" in raw:
            refuse(RefusalCode.DOSE_TWICE, field="count")
        if "duration_s" not in raw and "count" not in raw:
            refuse(RefusalCode.DOSE_MISSING, field="duration_s")
        if "count" in raw and "tempo_s" not in raw:
            refuse(RefusalCode.TEMPO_MISSING, field="tempo_s")
        if "tempo_s" in raw and "count" not in raw:
            refuse(RefusalCode.TEMPO_WITHOUT_COUNT, field="tempo_s")
        if step.range_ms and not step.range_ms[0] <= step.dose_ms <= step.range_ms[1]:
            bound = (step.range_ms[0] / 1_000, step.range_ms[1] / 1_000)
            refuse(RefusalCode.RANGE_WITHOUT_DOSE, step.dose_ms / 1_000, bound, "range_s")

    def _check_seated(self, step: Step) -> None:
        """Who chose to sit is never asked to stand."""
        seated = step.instead_seated
        if seated and self._exercises[seated].position is Position.STANDING:
            refuse(RefusalCode.NOT_SEATED, seated, field="instead_seated")

    def _check_stops(self, routine: Routine) -> None:
        """Refuse what passes a hard stop, with the doses as they are or at the upper end of a range."""
        exceeded = stop_exceeded(routine, self._exercises)
        if exceeded:
            step = routine.steps[exceeded.step]
            field = "duration_s" if step.count is None else "count"
            refusal = Refusal(
                RefusalCode.HARD_STOP,
                step=exceeded.step + 1,
                field=field,
                value=exceeded.value_ms / 1_000,
                bound=exceeded.bound_ms / 1_000,
            )
            if step.open_ended:
                refusal = refusal._replace(
                    code=RefusalCode.OPEN_ENDED, field="open_ended", value=exceeded.kind.value
                )
            raise RoutineRefused(refusal)
        for number, step in enumerate(routine.steps, 1):
            self._check_range_stop(number, step)

    def _check_range_stop(self, number: int, step: Step) -> None:
        for name in (step.exercise, step.instead_seated):
            bound = hard_stop_ms(self._exercises[name].kind) if name else None
            most = step.range_ms[1] * step.repetitions if step.range_ms else 0
            if bound is not None and most > bound:
                raise RoutineRefused(
                    Refusal(RefusalCode.HARD_STOP, number, "range_s", most / 1_000, bound / 1_000)
                )


def _steps(value: object) -> list[object]:
    if not isinstance(value, list):
        refuse(RefusalCode.WRONG_TYPE, value, "list of steps")
    if not value:
        refuse(RefusalCode.NO_STEPS)
    if len(value) > STEP_LIMIT:
        refuse(RefusalCode.TOO_MANY_STEPS, len(value), STEP_LIMIT)
    return value


_PRESCRIPTION = {
    "times_per_day": Field(fields.whole(1, 24)),
    "days_per_week": Field(fields.whole(1, 7)),
    "weeks": Field(fields.whole(1, 520)),
}


def _routine_fields(sources: Mapping[str, Source]) -> dict[str, Field]:
    return {
        "format": Field(fields.whole(FORMAT, FORMAT), required=True),
        "id": Field(fields.identifier, required=True),
        "title": Field(fields.text(LINE), required=True),
        "summary": Field(fields.text(PARAGRAPH, empty=True), required=True),
        "audience": Field(fields.one_of(Audience), required=True),
        **_PRESCRIPTION,
        "side": Field(fields.one_of(Side), required=True),
        "source": Field(fields.known(sources, RefusalCode.UNKNOWN_SOURCE), required=True),
        "alarm_after_s": Field(fields.milliseconds(), "alarm_after_ms"),
        "steps": Field(_steps, required=True),
    }


def _step_fields(exercises: Mapping[str, Exercise], sources: Mapping[str, Source]) -> dict[str, Field]:
    exercise = fields.known(exercises, RefusalCode.UNKNOWN_EXERCISE)
    return {
        "exercise": Field(exercise, required=True),
        "duration_s": Field(fields.milliseconds(), "duration_ms"),
        "range_s": Field(fields.millisecond_range, "range_ms"),
        "open_ended": Field(fields.flag),
        "repetitions": Field(fields.whole(1, 100)),
        "count": Field(fields.whole(1, 1_000)),
        "tempo_s": Field(fields.milliseconds(), "tempo_ms"),
        "rest_s": Field(fields.milliseconds(low_s=0), "rest_ms"),
        "cue": Field(fields.text(LINE)),
        "source": Field(fields.known(sources, RefusalCode.UNKNOWN_SOURCE)),
        "side": Field(fields.one_of(Side)),
        "zone": Field(fields.one_of(Zone)),
        "knee_deg": Field(fields.number(0, 150)),
        "dorsiflexion_deg": Field(fields.number(0, 30)),
        "instead_seated": Field(exercise),
    }
