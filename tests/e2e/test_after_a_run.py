"""After a run, on the real program: two pictures first, answered by a key or from outside."""

import pytest

from tests.support.app import App
from tests.support.control import wait_for_step
from tests.support.private_desktop import PrivateDesktop

KEYS = ("unsteady", "blood_thinner", "pregnancy", "poor_circulation")
REFUSED = 4


@pytest.fixture
def asked(stage: PrivateDesktop) -> App:
    """The page with the two pictures."""
    for key in KEYS:
        assert stage.command("profile", "set", key, "no").returncode == 0
    app = stage.launch("start", "post-run", "--leg", "left", "--theme", "light")
    app.wait_for_status(lambda status: status["question"] is not None, what="the question")
    app.window()
    return app


def test_the_question_stands_in_the_status_and_next_does_not_answer_it(asked: App) -> None:
    status = asked.status()
    assert (status["state"], status["routine"], status["step"]) == ("ready", "post-run", None)
    assert status["question"]["id"] == "cramping"
    assert status["question"]["choices"] == ["no", "yes"]
    assert asked.command("next").returncode != 0
    assert asked.status()["question"]["id"] == "cramping"


@pytest.mark.parametrize(
    ("answer", "exercise", "phase"), [("no", "easy-walk", "get_ready"), ("yes", "get-up", "active")]
)
def test_an_answer_from_outside(asked: App, answer: str, exercise: str, phase: str) -> None:
    assert asked.command("answer", "cramping", answer).returncode == 0
    wait_for_step(asked, index=0, phase=phase)
    status = asked.status()
    assert (status["question"], status["step"]["exercise"], status["leg"]) == (None, exercise, "left")


def test_a_key_answers_on_the_page(asked: App) -> None:
    asked.key("1")
    wait_for_step(asked, index=0, phase="active")
    assert asked.status()["routine"] == "cramp-standing"


def test_with_nothing_answered_it_is_refused_with_its_reason(stage: PrivateDesktop) -> None:
    answer = stage.command("start", "post-run")
    assert answer.returncode == REFUSED
    assert "unsteady" in answer.stderr
