"""What is asked around a pack, and what has to wait until it is off."""

from collections.abc import Iterator
from dataclasses import replace
from typing import NamedTuple

import pytest
from PySide6.QtCore import QTimer

from relief_app.core.anatomy import Leg
from relief_app.core.events import Phase
from relief_app.core.exercise import Kind
from relief_app.core.exposure import ExposureEvent, PackReason
from relief_app.core.gates import Asked
from relief_app.core.pack_limits import LimitReason
from relief_app.core.profile import Answer
from relief_app.core.routine import Side, Step
from relief_app.core.safety import NotOffered, NotOfferedReason
from relief_app.core.session_state import State, View
from relief_app.core.steering import Steer
from relief_app.desktop.exposure_host import ExposureHost
from relief_app.desktop.pack_care import PackCare
from relief_app.desktop.pack_questions import (
    FINE,
    NOT_FINE,
    OFF,
    PACK_OFF,
    SKIN_AFTER,
    SKIN_CHECK,
    STILL_ON,
    BadChoice,
    ExposureView,
    UnknownQuestion,
)
from relief_app.desktop.session_host import SessionHost
from relief_app.ports import ExposureStores, NotKept
from relief_app.storage.gates import read_gates
from relief_app.storage.profile import Safety
from tests.core.sample import LEAN, PULL, open_ended, routine
from tests.desktop.desk import (
    HandClock,
    MemoryExposures,
    MemoryJournal,
    MemoryProfile,
    Shelf,
    host_of,
    kinds,
)

pytestmark = pytest.mark.usefixtures("qapp")
MIN = 60_000
WARM = Step("warm", duration_ms=15 * MIN)


def clear_profile() -> MemoryProfile:
    """Nothing stands in the way."""
    return MemoryProfile(**{gate.key: "no" for gate in read_gates() if gate.asked is Asked.PROFILE})


class Room(NamedTuple):
    """One run of the program, with what outlives it."""

    clock: HandClock
    journal: MemoryJournal
    profile: MemoryProfile
    stores: ExposureStores
    host: SessionHost
    exposures: ExposureHost
    care: PackCare
    heard: list[ExposureEvent]
    refused: list[NotOffered]

    def pass_time(self, ms: int) -> None:
        self.clock.move(ms)
        self.host.driver.advance()
        self.care.advance()

    def put_on(self, name: str = "heat", *, rate: int = 1) -> None:
        """Answer everything and wait until the pack is on."""
        assert not self.host.start(name, Leg.LEFT, rate=rate)
        while self.care.question is not None:
            self.care.answer(self.care.question.id, self.care.question.choices[0])
        view = self.view
        assert view.phase is Phase.GET_READY
        self.pass_time(-(-view.remaining_ms // rate))

    @property
    def view(self) -> View:
        view = self.host.driver.view()
        assert view is not None
        return view

    def end(self) -> None:
        """The program is gone, without a word."""
        OPEN.remove(self.host)
        _stop(self.host)

    def shown(self) -> ExposureView:
        """The pack on the skin."""
        view = self.care.exposure
        assert view is not None
        return view

    def asked(self) -> str:
        """The question that is asked."""
        assert self.care.question is not None
        return self.care.question.id

    @property
    def question(self) -> str | None:
        return self.care.question and self.care.question.id

    def next_run(self, *, boot: str | None = None) -> "Room":
        """Another run of the program, which finds what this one left."""
        self.end()
        if boot is not None:
            self.clock.boot_name, self.clock.boot = boot, 60_000
        return room(self.clock, self.journal, self.profile, self.stores)


def room(
    clock: HandClock | None = None,
    journal: MemoryJournal | None = None,
    profile: MemoryProfile | None = None,
    stores: ExposureStores | None = None,
) -> Room:
    clock, journal = clock or HandClock(), journal or MemoryJournal()
    profile = profile or clear_profile()
    stores = stores or ExposureStores(MemoryExposures(), MemoryExposures())
    cramp = routine(open_ended(PULL, rest_ms=5_000), side=Side.CRAMPED, name="cramp")
    shelf = Shelf(
        routine(WARM, side=Side.CHOSEN, name="heat"),
        routine(Step("warm", duration_ms=5 * MIN), PULL, LEAN, side=Side.CHOSEN, name="warm-up"),
        replace(cramp, alarm_after_ms=600_000),
        routine(PULL, LEAN, name="plain"),
        routine(WARM, open_ended(PULL), side=Side.CRAMPED, name="warm-cramp"),
    )
    host = host_of(clock, journal, shelf, profile)
    exposures = ExposureHost(clock, stores, host.driver)
    care = PackCare(host, exposures, Safety(profile, clock.wall_s), host.driver)
    heard: list[ExposureEvent] = []
    refused: list[NotOffered] = []
    care.happened.connect(heard.append)
    care.refused.connect(refused.append)
    OPEN.append(host)
    return Room(clock, journal, profile, stores, host, exposures, care, heard, refused)


OPEN: list[SessionHost] = []


@pytest.fixture(autouse=True)
def _shut() -> Iterator[None]:
    """The machines of a test end with it."""
    yield
    while OPEN:
        _stop(OPEN.pop())


def _stop(host: SessionHost) -> None:
    """Its timers stop; what Python still holds is deleted by Python alone."""
    for timer in host.driver.findChildren(QTimer):
        timer.stop()


@pytest.fixture(name="at")
def _at() -> Room:
    return room()


# Before


def test_every_question_of_the_table_is_asked_once_and_then_it_begins(at: Room) -> None:
    asked = []
    assert not at.host.start("heat", Leg.LEFT)
    while at.care.question is not None:
        asked.append(at.care.question.id)
        assert at.care.question.choices == ("no", "yes")
        assert not at.host.driver.is_live
        at.care.answer(asked[-1], "no")
    assert asked == [gate.key for gate in read_gates() if gate.asked is Asked.PACK]
    assert at.host.driver.is_live
    assert at.care.exposure is None


def test_a_yes_ends_it_and_says_why(at: Room) -> None:
    at.host.start("heat", Leg.LEFT)
    at.care.answer(at.asked(), "yes")
    assert at.question is None
    assert not at.host.driver.is_live
    assert [problem.reason for problem in at.refused] == [NotOfferedReason.GATED]


def test_a_cream_locks_heat_for_a_day(at: Room) -> None:
    at.host.start("heat", Leg.LEFT)
    while at.question != "pack_cream":
        at.care.answer(at.asked(), "no")
    at.care.answer("pack_cream", "yes")
    at.clock.move(24 * 60 * MIN - 1_000)
    with pytest.raises(NotOffered) as refused:
        at.host.start("heat", Leg.LEFT)
    assert [gate.key for gate in refused.value.because] == ["cream_used_at"]
    at.clock.move(1_000)
    assert not at.host.start("heat", Leg.LEFT)


def test_next_answers_no_question_and_neither_does_another_questions_answer(at: Room) -> None:
    at.host.start("heat", Leg.LEFT)
    first = at.asked()
    at.host.driver.steer(Steer.NEXT)
    assert at.asked() == first
    with pytest.raises(UnknownQuestion):
        at.care.answer(SKIN_CHECK, FINE)
    with pytest.raises(BadChoice):
        at.care.answer(first, "maybe")
    assert at.asked() == first


def test_a_cramp_waits_for_no_question(at: Room) -> None:
    at.host.start("heat", Leg.LEFT)
    assert at.host.start("cramp", Leg.LEFT, urgent=True)
    assert at.question is None


def test_what_profile_answers_forbid_is_not_even_asked() -> None:
    at = room(profile=MemoryProfile())
    with pytest.raises(NotOffered):
        at.host.start("heat", Leg.LEFT)
    assert at.question is None


def test_heat_in_the_middle_of_a_cramp_is_refused(at: Room) -> None:
    with pytest.raises(NotOffered) as refused:
        at.host.start("warm-cramp", Leg.LEFT)
    assert refused.value.reason is NotOfferedReason.MIXED


def test_where_no_time_can_be_kept_there_is_no_pack(at: Room) -> None:
    real = at.stores.real
    assert isinstance(real, MemoryExposures)
    real.writable = False
    at.put_on()
    assert [problem.reason for problem in at.refused] == [NotOfferedReason.NO_RECORD]
    assert at.care.exposure is None
    assert not at.host.driver.is_live


# On the skin


def test_it_is_on_when_its_hold_begins(at: Room) -> None:
    at.put_on()
    assert kinds(at.heard) == ["ExposureStarted"]
    view = at.care.exposure
    assert view is not None
    assert (view.kind, view.leg, view.ends_in_ms, view.alarm) == (Kind.HEAT, Leg.LEFT, 15 * MIN, False)


def test_the_whole_of_it(at: Room) -> None:
    at.put_on()
    for _ in range(2):
        at.pass_time(5 * MIN)
        assert at.asked() == SKIN_CHECK
        at.care.answer(SKIN_CHECK, FINE)
        assert at.question is None
    at.pass_time(5 * MIN)
    assert at.shown().reason is PackReason.TIME_UP
    assert at.question is None
    at.care.acknowledge()
    assert at.care.exposure is None
    assert at.asked() == SKIN_AFTER
    at.care.answer(SKIN_AFTER, FINE)
    assert at.question is None
    assert at.view.state is State.FINISHED
    assert kinds(at.heard).count("ExposureAlarm") == 1


@pytest.mark.parametrize("answer", [None, NOT_FINE])
def test_a_skin_check_missed_or_bad_raises_the_alarm(at: Room, answer: str | None) -> None:
    at.put_on()
    at.pass_time(5 * MIN)
    if answer:
        at.care.answer(SKIN_CHECK, answer)
    else:
        at.pass_time(MIN)
    assert at.shown().reason is (PackReason.SKIN if answer else PackReason.UNANSWERED)
    assert at.view.state is State.PAUSED
    at.care.acknowledge()
    assert not at.host.driver.is_live


def test_after_a_bad_skin_check_no_pack_is_offered_any_more(at: Room) -> None:
    at.put_on()
    at.pass_time(5 * MIN)
    at.care.answer(SKIN_CHECK, NOT_FINE)
    assert at.profile.profile.answer("bad_reaction") is Answer.YES


@pytest.mark.parametrize("command", [Steer.PAUSE, Steer.NEXT, Steer.BACK, Steer.STOP])
def test_pack_off_first(at: Room, command: Steer) -> None:
    at.put_on()
    at.pass_time(2 * MIN)
    assert not at.host.driver.steer(command)
    assert at.asked() == PACK_OFF
    assert at.view.state is State.RUNNING
    at.care.answer(PACK_OFF, STILL_ON)
    assert at.question is None
    at.host.driver.steer(command)
    at.care.answer(PACK_OFF, OFF)
    assert at.care.exposure is None
    assert at.asked() == SKIN_AFTER
    assert not at.host.driver.is_live


def test_leaving_the_guide_waits_for_the_pack(at: Room) -> None:
    at.put_on()
    assert not at.host.leave()
    assert at.asked() == PACK_OFF
    assert at.host.driver.is_live


def test_another_start_waits_and_then_begins_by_itself(at: Room) -> None:
    at.put_on()
    assert not at.host.start("plain", Leg.RIGHT)
    assert at.view.routine == "heat"
    at.care.acknowledge()
    assert at.asked() == SKIN_AFTER
    at.care.answer(SKIN_AFTER, FINE)
    assert at.view.routine == "plain"


def test_a_cramp_is_guided_at_once_beside_the_pack(at: Room) -> None:
    at.put_on()
    at.pass_time(4 * MIN)
    assert at.host.start("cramp", Leg.LEFT, urgent=True)
    assert at.view.routine == "cramp"
    assert at.view.state is State.RUNNING
    at.pass_time(2 * MIN)
    assert at.shown().reason is PackReason.UNANSWERED
    assert at.view.state is State.RUNNING
    at.care.acknowledge()
    assert at.care.exposure is None
    assert at.view.routine == "cramp"
    assert at.question is None
    at.host.driver.steer(Steer.EASED)
    if at.host.driver.is_live:
        at.host.driver.steer(Steer.STOP)
    assert at.asked() == SKIN_AFTER


def test_longer_goes_to_the_hard_stop_and_not_past_it(at: Room) -> None:
    at.put_on()
    at.host.driver.steer(Steer.EXTEND, by_ms=60 * MIN)
    assert at.shown().ends_in_ms == 20 * MIN
    at.host.driver.steer(Steer.EXTEND, by_ms=-10 * MIN)
    assert at.shown().ends_in_ms == at.view.remaining_ms == 10 * MIN


def test_what_comes_behind_a_pack_waits_until_it_is_off(at: Room) -> None:
    at.put_on("warm-up")
    at.pass_time(5 * MIN)
    assert (at.view.index, at.view.state) == (1, State.PAUSED)
    assert not at.host.driver.steer(Steer.RESUME)
    at.care.acknowledge()
    assert (at.view.index, at.view.state) == (1, State.RUNNING)
    assert not at.host.driver.steer(Steer.BACK)
    assert at.view.index == 1


def test_correcting_the_leg_corrects_the_packs(at: Room) -> None:
    at.put_on()
    at.host.driver.steer(Steer.LEG, leg=Leg.RIGHT)
    assert at.shown().leg is Leg.RIGHT


def test_a_full_disk_meanwhile_is_told_and_loses_nothing(at: Room) -> None:
    told: list[NotKept] = []
    at.care.not_kept.connect(told.append)
    at.put_on()
    real = at.stores.real
    assert isinstance(real, MemoryExposures)
    real.writable = False
    at.pass_time(6 * MIN)
    assert told
    assert at.shown().reason is PackReason.UNANSWERED


# Afterwards


def test_the_next_one_has_to_wait(at: Room) -> None:
    at.put_on()
    at.care.acknowledge()
    at.care.answer(SKIN_AFTER, FINE)
    at.clock.move(30 * MIN)
    with pytest.raises(NotOffered) as refused:
        at.host.start("heat", Leg.LEFT)
    assert refused.value.limit is not None
    assert refused.value.limit[1:] == (LimitReason.INTERVAL, 30 * MIN)


def test_a_rehearsal_limits_nothing_real(at: Room) -> None:
    at.put_on(rate=60)
    at.pass_time(5_000)
    assert at.asked() == SKIN_CHECK
    at.pass_time(1_000)
    assert at.shown().reason is PackReason.UNANSWERED
    at.care.acknowledge()
    at.care.answer(SKIN_AFTER, FINE)
    at.put_on()


# The program dies


def test_killed_and_back_in_time_it_goes_on_where_real_time_is(at: Room) -> None:
    at.put_on()
    at.pass_time(2 * MIN)
    entry = at.host.entry()
    assert entry is not None
    at.journal.save(entry)
    at.clock.move(MIN)
    again = at.next_run()
    assert again.care.recover()
    assert again.shown().ends_in_ms == again.view.remaining_ms == 12 * MIN
    assert again.view.state is State.RUNNING
    again.pass_time(2 * MIN)
    assert again.question == SKIN_CHECK


def test_without_its_session_the_pack_is_shown_by_the_built_in_one(at: Room) -> None:
    at.put_on()
    at.clock.move(MIN)
    again = at.next_run()
    again.journal.entry = None
    assert again.care.recover()
    assert again.view.remaining_ms == 14 * MIN


def test_killed_and_back_too_late_it_opens_on_the_alarm(at: Room) -> None:
    at.put_on()
    at.clock.move(90 * MIN)
    again = at.next_run()
    assert again.care.recover()
    assert again.shown().alarm
    assert kinds(again.heard) == ["ExposureResumed", "SkinCheckDue", "ExposureAlarm"]


def test_after_a_reboot_it_opens_on_the_alarm(at: Room) -> None:
    at.put_on()
    at.clock.wall += 60
    again = at.next_run(boot="boot-2")
    assert again.care.recover()
    assert (again.shown().reason, again.shown().elapsed_ms) == (PackReason.LEFT, MIN)


def test_after_a_reboot_with_the_clock_set_back_too(at: Room) -> None:
    at.put_on()
    at.clock.wall -= 3600
    again = at.next_run(boot="boot-2")
    assert again.care.recover()
    assert again.shown().reason is PackReason.CLOCK
    assert again.shown().elapsed_ms == 15 * MIN


def test_ended_in_order_the_next_start_opens_on_the_alarm(at: Room) -> None:
    at.put_on()
    at.pass_time(MIN)
    at.exposures.leave()
    assert kinds(at.heard) == ["ExposureStarted"]
    again = at.next_run()
    assert again.care.recover()
    assert again.shown().reason is PackReason.LEFT
    again.care.acknowledge()
    assert not again.next_run().care.recover()


def alarm_at(at: Room) -> int | None:
    return at.care.alarm_at_ms


def test_the_alarm_of_a_pack_that_nobody_watches_is_known_beforehand(at: Room) -> None:
    assert alarm_at(at) is None
    at.put_on()
    began = at.clock.boot
    assert alarm_at(at) == began + 6 * MIN
    at.pass_time(5 * MIN + 20_000)
    assert alarm_at(at) == began + 6 * MIN
    at.care.answer(SKIN_CHECK, FINE)
    assert alarm_at(at) == began + 11 * MIN
    at.pass_time(6 * MIN)
    assert at.shown().alarm
    assert alarm_at(at) == 0


def test_a_rehearsed_alarm_is_known_in_real_time(at: Room) -> None:
    at.put_on(rate=60)
    assert alarm_at(at) == at.clock.boot + 6_000


def test_a_pack_whose_beginning_was_told_late_began_when_it_was_due(at: Room) -> None:
    """The hold and the pack end together: no alarm comes before the pack's own time."""
    at.host.start("heat", Leg.LEFT, rate=60)
    while at.question is not None:
        at.care.answer(at.asked(), "no")
    due = at.clock.boot + -(-at.view.remaining_ms // 60)
    at.pass_time(due - at.clock.boot + 970)
    assert at.stores.rehearsed.on_skin() is not None
    assert at.shown().elapsed_ms == 970 * 60
    assert at.view.elapsed_ms - at.shown().elapsed_ms < 60, "more than a millisecond of real time apart"


def test_killed_before_a_pack_it_goes_on_to_it_and_asks_nothing_again(at: Room) -> None:
    assert not at.host.start("heat", Leg.LEFT)
    while at.question is not None:
        at.care.answer(at.asked(), "no")
    left = at.view.remaining_ms
    at.journal.entry = at.host.entry()
    at.clock.move(1_000)
    again = at.next_run()
    assert not again.host.recover()
    assert not again.care.recover()
    assert again.host.recover(packs=True)
    assert again.view.remaining_ms == left - 1_000
    assert not again.care.is_on
    again.pass_time(left)
    assert again.care.is_on


def test_a_packs_hold_is_never_gone_on_with_without_its_pack(at: Room) -> None:
    at.put_on()
    at.journal.entry = at.host.entry()
    at.care.acknowledge()
    again = at.next_run()
    assert not again.host.recover(packs=True)
    assert not again.host.driver.is_live
