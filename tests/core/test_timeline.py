"""What comes between two holds, how long phases are, and what falls due inside them."""

from dataclasses import replace

import pytest

from relief_app.core.events import Countdown, Counted, Event, Halfway, Phase
from relief_app.core.routine import Hold, Side, Step
from relief_app.core.timeline import lead_anew, lead_in, marks, phase_ms
from tests.core.sample import LEAN, LIE, PULL, PUMP, planned

(HOLD,) = planned(PULL)
(COUNTED,) = planned(PUMP)


def pair(*steps: Step, side: Side = Side.CHOSEN) -> tuple[Hold, Hold]:
    first, second = planned(*steps, side=side)
    return first, second


@pytest.mark.parametrize(
    ("holds", "between", "anew"),
    [
        (pair(PULL, LEAN), Phase.GET_READY, Phase.GET_READY),
        (pair(PULL, PULL), Phase.GET_READY, Phase.GET_READY),
        (pair(replace(PULL, repetitions=2)), Phase.ACTIVE, Phase.GET_READY),
        (pair(replace(PULL, repetitions=2, rest_ms=1)), Phase.REST, Phase.GET_READY),
        (pair(replace(PULL, rest_ms=9), side=Side.BOTH), Phase.SWITCH, Phase.SWITCH),
        (pair(PULL, LIE), Phase.ACTIVE, Phase.ACTIVE),
        (pair(LIE, side=Side.BOTH), Phase.ACTIVE, Phase.ACTIVE),
        (pair(replace(LIE, repetitions=2, rest_ms=9)), Phase.ACTIVE, Phase.ACTIVE),
    ],
)
def test_what_comes_between(holds: tuple[Hold, Hold], between: Phase, anew: Phase) -> None:
    assert lead_in(*holds) is between
    assert lead_anew(*holds) is anew


def test_how_long_a_phase_is() -> None:
    assert {phase: phase_ms(phase, HOLD, 1_234) for phase in Phase} == {
        Phase.GET_READY: 5_000,
        Phase.SWITCH: 5_000,
        Phase.REST: 1_234,
        Phase.ACTIVE: 20_000,
    }


COUNTING_DOWN = (Countdown(2_000, 3), Countdown(3_000, 2), Countdown(4_000, 1))


@pytest.mark.parametrize(
    ("hold", "phase", "end", "expected"),
    [
        (HOLD, Phase.GET_READY, 5_000, COUNTING_DOWN),
        (HOLD, Phase.ACTIVE, 5_000, COUNTING_DOWN),
        (HOLD, Phase.ACTIVE, 4_999, ()),
        (COUNTED, Phase.SWITCH, 5_000, COUNTING_DOWN),
        (COUNTED, Phase.ACTIVE, 5_999, (Counted(2_000, 1), Counted(4_000, 2))),
        (COUNTED, Phase.ACTIVE, 1_999, ()),
        (HOLD, Phase.REST, 20_000, (Countdown(17_000, 3), Countdown(18_000, 2), Countdown(19_000, 1))),
    ],
)
def test_marks(hold: Hold, phase: Phase, end: int, expected: tuple[Event, ...]) -> None:
    assert marks(7, hold, phase, 0, end) == expected


@pytest.mark.parametrize(("length", "half"), [(19_999, None), (20_000, 10_000), (20_001, 10_000)])
def test_halfway_is_for_holds_of_twenty_seconds(length: int, half: int | None) -> None:
    found = [e for e in marks(7, HOLD, Phase.ACTIVE, 300, 300 + length) if isinstance(e, Halfway)]
    assert found == ([] if half is None else [Halfway(300 + half, 7)])


def test_marks_are_in_order_of_time() -> None:
    found = [event.at for event in marks(0, HOLD, Phase.ACTIVE, 0, 20_000)]
    assert found == [10_000, 17_000, 18_000, 19_000]
