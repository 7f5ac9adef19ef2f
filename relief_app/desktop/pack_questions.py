"""What is asked around a pack, and what there is to show of it: plain values for pages and scripts."""

from typing import NamedTuple

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import PackReason
from relief_app.core.gates import Gate

SKIN_CHECK, SKIN_AFTER, PACK_OFF = "skin_check", "skin_after", "pack_off"
FINE, NOT_FINE = "fine", "not_fine"
STILL_ON, OFF = "still_on", "off"


class Question(NamedTuple):
    """What is asked now. The first of `choices` lets the session go on; `asked_ms` is since boot."""

    id: str
    choices: tuple[str, ...]
    asked_ms: int
    kind: Kind
    gate: Gate | None = None
    number: int = 1
    out_of: int = 1


class ExposureView(NamedTuple):
    """What there is to show of the pack on the skin; a rehearsal's times pass `rate` times as fast."""

    kind: Kind
    leg: Leg
    started_wall_s: float
    elapsed_ms: int
    ends_in_ms: int
    planned_ms: int
    alarm: bool
    reason: PackReason | None
    check_left_ms: int | None
    rate: int


class UnknownQuestion(Exception):  # noqa: N818 - the other side's mistake, answered in one line
    """A question that is not asked now; `asked` is the one that is, if any."""

    def __init__(self, question: str, asked: str | None) -> None:
        super().__init__(question)
        self.question, self.asked = question, asked


class BadChoice(Exception):  # noqa: N818 - the other side's mistake, answered in one line
    """An answer that the question does not have."""

    def __init__(self, question: Question, choice: str) -> None:
        super().__init__(choice)
        self.question, self.choice = question, choice
