"""Why a routine is refused: a code with values, never a sentence.

The one English line is made in `relief_app.commands.wording`.
"""

from enum import StrEnum
from typing import NamedTuple


class RefusalCode(StrEnum):
    """What is wrong. `value` and `bound` of the refusal hold what is named here."""

    # The file cannot be read at all.
    MISSING = "missing"
    NOT_A_FILE = "not_a_file"
    NO_PERMISSION = "no_permission"
    UNREADABLE = "unreadable"
    """value: the operating system's error name."""

    # The text, before it is parsed.
    FILE_TOO_LARGE = "file_too_large"
    """bound: bytes."""
    NOT_UTF8 = "not_utf8"
    """value: offset of the first bad byte."""
    KEY_TOO_DEEP = "key_too_deep"
    """bound: parts of a key."""
    NESTED_TOO_DEEP = "nested_too_deep"
    """bound: levels of brackets."""
    TOO_MANY_VALUES = "too_many_values"
    """bound: values in the file."""
    NOT_TOML = "not_toml"

    # One field.
    WRONG_FORMAT = "wrong_format"
    """bound: the format understood."""
    UNKNOWN_KEY = "unknown_key"
    MISSING_KEY = "missing_key"
    WRONG_TYPE = "wrong_type"
    """bound: the name of the expected type."""
    NOT_FINITE = "not_finite"
    OUT_OF_RANGE = "out_of_range"
    """bound: the smallest and the largest allowed."""
    EMPTY = "empty"
    TOO_LONG = "too_long"
    """value: characters; bound: characters."""
    FORBIDDEN_CHARACTER = "forbidden_character"
    """value: the code point, as in U+202E."""
    BAD_ID = "bad_id"
    UNKNOWN_CHOICE = "unknown_choice"
    """bound: the choices."""
    UNKNOWN_EXERCISE = "unknown_exercise"
    UNKNOWN_SOURCE = "unknown_source"

    # Fields that do not go together.
    NO_STEPS = "no_steps"
    TOO_MANY_STEPS = "too_many_steps"
    """value: steps; bound: steps."""
    DOSE_TWICE = "dose_twice"
    DOSE_MISSING = "dose_missing"
    TEMPO_MISSING = "tempo_missing"
    TEMPO_WITHOUT_COUNT = "tempo_without_count"
    RANGE_REVERSED = "range_reversed"
    """value: the range in seconds."""
    RANGE_WITHOUT_DOSE = "range_without_dose"
    """value: the dose in seconds; bound: the range in seconds."""
    NOT_SEATED = "not_seated"
    """value: an exercise done standing, named as what is done seated."""
    HARD_STOP = "hard_stop"
    """value: seconds asked for; bound: seconds allowed, over the routine."""
    OPEN_ENDED = "open_ended"
    """value: the kind of exercise that must have an end."""

    # Keeping a routine.
    ID_TAKEN = "id_taken"
    """value: the id."""


class Refusal(NamedTuple):
    """One refused thing. `step` and `line` count from 1; `field` is the key as written in the file."""

    code: RefusalCode
    step: int | None = None
    field: str | None = None
    value: object = None
    bound: object = None
    line: int | None = None

    @property
    def where(self) -> str:
        """Place in the file: `steps[2].duration_s` or `line 4`, counted from 1; empty for all of it."""
        if self.line is not None:
            return f"line {self.line}"
        parts = [] if self.step is None else [f"steps[{self.step}]"]
        return ".".join(parts + ([] if self.field is None else [self.field]))


class RoutineRefused(Exception):  # noqa: N818 - a refusal is an answer, not an accident
    """A routine that may not be used; `refusal` says why."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code.value, refusal.where)
        self.refusal = refusal

    @property
    def code(self) -> RefusalCode:
        """What is wrong."""
        return self.refusal.code

    @property
    def where(self) -> str:
        """Place in the file, counted from 1."""
        return self.refusal.where
