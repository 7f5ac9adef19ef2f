"""Before a cool-down: is it cramping now? *No* goes on with it, *yes* is a cramp at once."""

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QObject

from relief_app.core.anatomy import Leg
from relief_app.core.events import Phase
from relief_app.core.profile import Answer, Profile
from relief_app.core.safety import NotOffered
from relief_app.core.session_state import State
from relief_app.desktop.pack_questions import BadChoice, UnknownQuestion
from relief_app.desktop.session_driver import SessionDriver
from relief_app.desktop.session_host import SessionHost
from relief_app.storage.catalogue import Catalogue
from relief_app.storage.gates import read_gates
from relief_app.storage.profile import Safety
from tests.desktop.desk import HandClock, MemoryJournal, MemoryProfile

COOL_DOWN = "post-run"


class Desk:
    """A host over the real catalogue, every safety question answered with no."""

    def __init__(self, parent: QObject) -> None:
        self.clock, self.profile = HandClock(), MemoryProfile()
        self.profile.save(Profile({gate.key: Answer.NO for gate in read_gates() if not gate.is_dated}))
        self.driver = SessionDriver(self.clock, parent)
        safety = Safety(self.profile, self.clock.wall_s)
        self.host = SessionHost(self.driver, Catalogue(), safety, MemoryJournal(), self.clock, parent)
        self.told = 0
        self.host.before.changed.connect(self._count)

    def _count(self) -> None:
        self.told += 1


@pytest.fixture
def desk(qapp: QObject) -> Iterator[Desk]:
    made = Desk(qapp)
    yield made
    made.driver.drop()
    made.driver.deleteLater()


def test_the_cool_down_waits_for_its_question(desk: Desk) -> None:
    assert not desk.host.start(COOL_DOWN, Leg.LEFT)
    question = desk.host.before.question
    assert question is not None
    assert (question.id, question.choices) == ("cramping", ("no", "yes"))
    assert question.asked_ms == desk.clock.boot_ms()
    assert (desk.host.before.waiting_routine, desk.host.before.leg) == (COOL_DOWN, Leg.LEFT)
    assert desk.driver.session is None
    assert desk.told == 1


def test_no_goes_on_with_it(desk: Desk) -> None:
    desk.host.start(COOL_DOWN, Leg.LEFT, rate=7)
    desk.host.before.answer("cramping", "no")
    view = desk.driver.view()
    assert view is not None
    assert (view.routine, view.phase, view.hold.leg) == (COOL_DOWN, Phase.GET_READY, Leg.LEFT)
    assert desk.driver.rate == 7
    assert desk.host.before.question is None
    assert desk.told == 2


def test_yes_is_a_cramp_at_once(desk: Desk) -> None:
    desk.host.start(COOL_DOWN, Leg.LEFT)
    desk.host.before.answer("cramping", "yes")
    view = desk.driver.view()
    assert view is not None
    assert (view.routine, view.phase, view.hold.leg) == ("cramp-standing", Phase.ACTIVE, Leg.LEFT)
    assert desk.host.is_guiding("cramp-standing")


def test_what_runs_is_kept_while_it_is_asked(desk: Desk) -> None:
    desk.host.start("bedtime", Leg.RIGHT)
    desk.host.start(COOL_DOWN, Leg.RIGHT)
    assert desk.driver.session is None
    assert desk.host.kept is not None
    assert desk.host.kept.routine.id == "bedtime"


@pytest.mark.parametrize("urgent", [True, False])
def test_another_start_takes_the_place_of_the_question(desk: Desk, urgent: bool) -> None:
    desk.host.start(COOL_DOWN, Leg.LEFT)
    assert desk.host.start("cramp-bed", Leg.LEFT, urgent=urgent)
    assert desk.host.before.question is None
    assert desk.told == 2


def test_what_is_not_asked_has_no_answer(desk: Desk) -> None:
    with pytest.raises(UnknownQuestion) as unknown:
        desk.host.before.answer("cramping", "no")
    assert unknown.value.asked is None
    desk.host.start(COOL_DOWN, Leg.LEFT)
    with pytest.raises(UnknownQuestion) as unknown:
        desk.host.before.answer("skin_check", "fine")
    assert unknown.value.asked == "cramping"
    with pytest.raises(BadChoice):
        desk.host.before.answer("cramping", "perhaps")
    assert desk.host.before.question is not None
    assert desk.driver.session is None


def test_next_does_not_answer_it(desk: Desk) -> None:
    desk.host.start(COOL_DOWN, Leg.LEFT)
    desk.driver.advance()
    desk.clock.move(3_600_000)
    desk.driver.advance()
    assert desk.host.before.question is not None


def test_an_answer_given_meanwhile_may_still_forbid_it(desk: Desk) -> None:
    desk.host.start(COOL_DOWN, Leg.LEFT)
    desk.profile.save(Profile())
    with pytest.raises(NotOffered):
        desk.host.before.answer("cramping", "no")
    assert desk.host.before.question is None
    assert desk.driver.session is None


def test_where_it_is_not_offered_nothing_is_asked(desk: Desk) -> None:
    desk.profile.save(Profile())
    with pytest.raises(NotOffered):
        desk.host.start(COOL_DOWN, Leg.LEFT)
    assert desk.host.before.question is None


def test_a_finished_cool_down_was_walk_stretches_and_strokes_of_both_legs(desk: Desk) -> None:
    desk.host.start(COOL_DOWN, Leg.LEFT)
    desk.host.before.answer("cramping", "no")
    session = desk.driver.session
    assert session is not None
    assert "".join(hold.exercise.letter for hold in session.holds) == "WDDDDEEEENN"
    desk.clock.move(3_600_000)
    desk.driver.advance()
    assert session.state is State.FINISHED
