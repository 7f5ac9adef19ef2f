"""The question before a cool-down, as a line of text."""

import io

import pytest

from relief_app.core.anatomy import Leg
from relief_app.core.gates import CAUTIOUS
from relief_app.core.routine import Side
from relief_app.terminal.actions import Act, Action
from relief_app.terminal.guide import run_guide
from relief_app.terminal.keys import line_action
from tests.core.sample import CATALOGUE, LEAN, LIE, PULL, routine
from tests.terminal.fakes import AID, FakeClock, Script, ScriptedKeys

QUESTION = "Is it cramping now? 1: cramping now, 2: cool down"


def written(script: Script, *, stays_open: bool = True) -> list[str]:
    clock, out = FakeClock(), io.StringIO()
    keys = ScriptedKeys(clock, script, stays_open=stays_open)
    status = run_guide(
        routine(LEAN, name="cool"),
        CATALOGUE,
        Leg.LEFT,
        CAUTIOUS,
        urgent=False,
        rate=1,
        clock=clock,
        out=out,
        keys=keys,
        aid=AID,
        if_cramping=routine(PULL, LIE, side=Side.CRAMPED, name="cramp"),
    )
    assert status == 0
    return out.getvalue().splitlines()


@pytest.mark.parametrize("act", [Act.NO, Act.NEXT])
def test_no_is_the_cool_down_from_the_moment_of_the_answer(act: Act) -> None:
    assert written([(60.0, act)])[:3] == [QUESTION, "0:00 Cool", "0:00 get ready 5 s, next: Lean, left leg"]


def test_yes_is_the_cramp_at_once() -> None:
    assert written([(3.0, Act.YES), (4.0, Act.STOP)])[:3] == [
        QUESTION,
        "0:00 Cramp",
        "0:00 left leg: Do pull. (20 s)",
    ]


@pytest.mark.parametrize("act", [Act.STOP, Act.ESCAPE, Act.INTERRUPT])
def test_it_can_be_left(act: Act) -> None:
    assert written([(1.0, act)]) == [QUESTION]


def test_another_word_answers_nothing() -> None:
    assert written([(1.0, Act.PAUSE), (2.0, Action(Act.UNKNOWN, text="?")), (3.0, Act.STOP)]) == [QUESTION]


def test_where_nobody_can_answer_it_goes_on() -> None:
    assert written([], stays_open=False)[1] == "0:00 Cool"


@pytest.mark.parametrize(
    ("line", "act"), [("1", Act.YES), ("y", Act.YES), ("yes", Act.YES), ("2", Act.NO), ("no", Act.NO)]
)
def test_answers_as_lines(line: str, act: Act) -> None:
    assert line_action(line).act is act


def test_an_answer_to_nothing_changes_nothing() -> None:
    lines = written([(1.0, Act.NO), (7.0, Act.YES)])
    assert "Nothing is asked now." in lines
    assert lines[-1].endswith("done")
