from collections.abc import Sequence
from typing import Any

import pytest

from relief_app.core import events as ev
from relief_app.core.anatomy import Leg
from relief_app.core.gates import CAUTIOUS, Verdict
from relief_app.core.safety import NotOffered
from relief_app.core.session import Session
from relief_app.core.session_state import State
from relief_app.terminal.actions import Act, Action
from relief_app.terminal.loop import Loop, new_session
from tests.core.sample import CATALOGUE, LEAN, LIE, PULL, RUB, cramp, open_ended, routine, session
from tests.terminal.fakes import FakeClock, RecordingFace, Script, ScriptedKeys


def guided(
    subject: Session,
    script: Script = (),
    *,
    live: bool = True,
    stays_open: bool = True,
    urgent: bool = True,
    **options: Any,
) -> tuple[RecordingFace, FakeClock]:
    """The face after a whole session, and the clock it ran on."""
    clock = FakeClock()
    face = RecordingFace(0.1 if live else None)
    keys = ScriptedKeys(clock, script, stays_open=stays_open)
    Loop(subject, face, keys, clock, **options).run(urgent=urgent)
    return face, clock


def times(face: RecordingFace, kind: type[ev.Event]) -> list[float]:
    """When events of a kind were due, in seconds since the start."""
    return [(event.at - face.events[0].at) / 1000 for event in face.events if isinstance(event, kind)]


@pytest.mark.parametrize("live", [True, False])
def test_a_session_without_keys_takes_its_time_and_no_more(live: bool) -> None:
    face, clock = guided(session(PULL, LEAN), live=live, urgent=False)
    # 5 s to get ready, 20 s, 5 s, 10 s
    assert times(face, ev.SessionEnded) == [40.0]
    assert clock.now - face.events[0].at == 40_000
    assert face.events[-1] == ev.SessionEnded(face.events[0].at + 40_000, ev.Outcome.COMPLETED)


def test_urgent_begins_with_the_first_hold() -> None:
    face, _ = guided(session(PULL))
    first = face.events[1]
    assert isinstance(first, ev.PhaseStarted)
    assert first.phase is ev.Phase.ACTIVE


def test_a_rehearsal_runs_faster_on_the_clock_and_the_same_in_its_own_time() -> None:
    face, clock = guided(session(PULL, LEAN), rate=50, live=False)
    assert times(face, ev.SessionEnded) == [35.0]
    assert clock.now - face.events[0].at == 35_000 / 50


def test_lines_wait_for_deadlines_and_a_screen_is_repainted_ten_times_a_second() -> None:
    clock = FakeClock()
    keys = ScriptedKeys(clock)
    Loop(session(LIE), RecordingFace(), keys, clock).run()
    assert keys.waits == [3.0]
    keys = ScriptedKeys(clock)
    Loop(session(LIE), RecordingFace(0.1), keys, clock).run()
    assert len(keys.waits) == 30
    assert max(wait for wait in keys.waits if wait is not None) == 0.1


def test_space_in_a_cramp_is_it_let_go_and_then_it_is_back() -> None:
    script = [(4, Act.SPACE), (6, Act.SPACE), (9, Act.SPACE)]
    face, _ = guided(cramp(PULL, LIE), script)
    eased = [event for event in face.events if isinstance(event, ev.Eased)]
    assert [event.release_ms for event in eased] == [4_000, 7_000]
    assert times(face, ev.CameBack) == [6.0]


def test_space_elsewhere_pauses_and_goes_on() -> None:
    face, _ = guided(session(PULL), [(4, Act.SPACE), (10, Act.SPACE)])
    assert times(face, ev.Paused) == [4.0]
    assert times(face, ev.Resumed) == [10.0]
    assert times(face, ev.SessionEnded) == [26.0]


def test_p_pauses_also_in_a_cramp() -> None:
    face, _ = guided(cramp(PULL), [(4, Act.PAUSE_OR_RESUME), (10, Act.PAUSE_OR_RESUME)])
    assert times(face, ev.Paused) == [4.0]
    assert times(face, ev.SessionEnded) == [26.0]


@pytest.mark.parametrize(
    ("action", "kind", "value"),
    [
        (Action(Act.NEXT), ev.HoldEnded, "skipped"),
        (Action(Act.BACK), ev.HoldEnded, "skipped"),
        (Action(Act.EXTEND, 7_000), ev.Extended, 7_000),
        (Action(Act.LEG), ev.LegChanged, "right"),
        (Action(Act.LEG, leg=Leg.RIGHT), ev.LegChanged, "right"),
        (Action(Act.ESCAPE), ev.SessionEnded, "stopped"),
        (Action(Act.STOP), ev.SessionEnded, "stopped"),
    ],
)
def test_every_key_does_what_it_says(action: Action, kind: type[ev.Event], value: object) -> None:
    face, _ = guided(session(PULL, LEAN), [(4, action)])
    event: Any = next(event for event in face.events if type(event) is kind)
    assert event.at - face.events[0].at == 4_000
    assert value in (getattr(event, name, None) for name in ("outcome", "by_ms", "leg"))


def test_a_refused_command_is_noted_and_loses_nothing() -> None:
    face, _ = guided(session(PULL), [(4, Act.EASED), (5, Act.RESUME)])
    assert face.notes == ["eased: not possible now", "resume: not possible now"]
    assert times(face, ev.SessionEnded) == [20.0]
    assert times(face, ev.Halfway) == [10.0]


def test_a_refused_command_tells_what_came_due_with_it() -> None:
    face, _ = guided(session(PULL), [(10, Act.EASED)], live=False)
    assert times(face, ev.Halfway) == [10.0]


def test_an_unknown_line_is_named_without_what_could_steer_a_terminal() -> None:
    face, _ = guided(session(PULL), [(4, Action(Act.UNKNOWN, text="do\x1b[2J %2" + "x" * 500))])
    assert face.notes[0].startswith('"do[2J %2xxx')
    assert "\x1b" not in face.notes[0]
    assert len(face.notes[0]) < 200


def test_something_is_wrong_stands_still_and_goes_on_when_closed() -> None:
    script = [(4, Act.WRONG), (6, Act.NEXT), (7, Act.BACK), (8, Act.EASED), (9, Act.WRONG)]
    face, _ = guided(cramp(PULL), script)
    assert face.pages == [None, 0, 1, 0, None]
    assert times(face, ev.Paused) == [4.0]
    assert times(face, ev.Resumed) == [9.0]
    assert times(face, ev.Eased) == []
    assert times(face, ev.SessionEnded) == [25.0]


def test_something_is_wrong_leaves_a_paused_session_paused() -> None:
    script = [(3, Act.PAUSE), (4, Act.WRONG), (5, Act.ESCAPE), (9, Act.RESUME)]
    face, _ = guided(session(PULL), script)
    assert times(face, ev.Resumed) == [9.0]


def test_something_is_wrong_can_end_the_session() -> None:
    face, _ = guided(session(PULL), [(4, Act.WRONG), (5, Act.STOP)])
    assert times(face, ev.SessionEnded) == [5.0]


def test_lines_print_the_red_flags_and_take_every_word_afterwards() -> None:
    face, _ = guided(cramp(PULL, LIE), [(4, Act.WRONG), (6, Act.EASED)], live=False)
    assert face.calls[0] == "wrong"
    assert times(face, ev.Eased) == [6.0]


def test_an_alarm_is_answered_by_its_two_words_and_by_no_other_key() -> None:
    others = [Act.SPACE, Act.NEXT, Act.PAUSE_OR_RESUME, Act.ESCAPE, Act.BACK, Act.WRONG, Act.BACK_AGAIN]
    script = [(31 + index, act) for index, act in enumerate(others)]
    stretch = open_ended(PULL)
    face, _ = guided(cramp(stretch, LIE, alarm_after_ms=30_000), [*script, (50, Act.EASED)])
    assert times(face, ev.AlarmRaised) == [30.0]
    assert times(face, ev.Eased) == [50.0]
    assert times(face, ev.SessionEnded) == [53.0]
    # It opens the red flags by itself, and they close with the answer.
    assert face.pages[1] == 0
    assert face.pages[-1] is None


@pytest.mark.parametrize(("live", "stays_open"), [(False, True), (False, False), (True, False)])
def test_an_alarm_that_nobody_can_answer_ends_the_session(live: bool, stays_open: bool) -> None:
    subject = cramp(open_ended(PULL, 10_000), LIE, alarm_after_ms=65_000)
    face, _ = guided(subject, live=live, stays_open=stays_open)
    assert times(face, ev.AlarmRaised) == [65.0]
    assert times(face, ev.SessionEnded) == [65.0]


@pytest.mark.parametrize("rest_ms", [0, 10_000])
def test_without_input_and_alarm_an_open_ended_hold_ends_with_its_dose(rest_ms: int) -> None:
    face, _ = guided(session(open_ended(PULL, rest_ms), LEAN), live=False, stays_open=False)
    assert isinstance(face.events[-1], ev.SessionEnded)
    assert times(face, ev.SessionEnded) == [35.0]


def test_with_input_an_open_ended_hold_waits() -> None:
    face, _ = guided(session(open_ended(PULL), LEAN), [(500, Act.NEXT)], live=False)
    assert times(face, ev.SessionEnded) == [515.0]


def test_input_that_ends_in_a_pause_lets_the_session_run_on() -> None:
    face, _ = guided(session(PULL), [(4, Act.PAUSE)], live=False, stays_open=False)
    assert times(face, ev.SessionEnded) == [20.0]


def test_an_interrupt_ends_whatever_stands() -> None:
    for script in ([(4, Act.INTERRUPT)], [(1, Act.WRONG), (4, Act.INTERRUPT)]):
        face, _ = guided(session(PULL), script)
        assert times(face, ev.SessionEnded) == [4.0]
    face, _ = guided(cramp(PULL, alarm_after_ms=2_000), [(4, Act.INTERRUPT)])
    assert times(face, ev.SessionEnded) == [4.0]


def test_a_late_look_tells_everything_in_order() -> None:
    clock = FakeClock()

    class Asleep(ScriptedKeys):
        def wait(self, timeout_s: float | None) -> tuple[Action, ...]:
            clock.now += 300_000
            return ()

    face = RecordingFace()
    Loop(session(PULL, LEAN), face, Asleep(clock), clock).run(urgent=True)
    assert [event.at for event in face.events] == sorted(event.at for event in face.events)
    assert times(face, ev.SessionEnded) == [35.0]


def test_the_background_stands_still() -> None:
    clock = FakeClock()
    face = RecordingFace(0.1)

    def background() -> None:
        face.calls.append("away")
        clock.sleep(60_000)

    keys = ScriptedKeys(clock, [(4, Act.AWAY)])
    Loop(session(PULL), face, keys, clock, background=background).run(urgent=True)
    assert face.calls == ["pause", "away", "go_on"]
    assert times(face, ev.SessionEnded) == [80.0]


def test_a_suspended_computer_pauses_the_session() -> None:
    clock = FakeClock()

    class Lid(ScriptedKeys):
        def wait(self, timeout_s: float | None) -> Sequence[Action]:
            if clock.asleep == 0:
                clock.now += 4_000
                clock.sleep(300_000)
                return ()
            return super().wait(timeout_s)

    face = RecordingFace()
    Loop(session(PULL), face, Lid(clock, [(310, Act.RESUME)]), clock).run(urgent=True)
    assert times(face, ev.Paused) == [4.0]
    assert times(face, ev.Resumed) == [310.0]
    assert times(face, ev.SessionEnded) == [326.0]


def test_stopping_twice_is_stopping_once() -> None:
    clock = FakeClock()
    subject = session(PULL)
    loop = Loop(subject, RecordingFace(), ScriptedKeys(clock), clock)
    loop.run()
    loop.stop()
    assert subject.state is State.FINISHED


def test_massage_is_left_out_and_a_routine_of_nothing_else_is_refused() -> None:
    left = new_session(routine(PULL, RUB), CATALOGUE, Leg.LEFT, CAUTIOUS)
    assert [hold.exercise.id for hold in left.holds] == ["pull"]
    with pytest.raises(NotOffered):
        new_session(routine(RUB), CATALOGUE, Leg.LEFT, CAUTIOUS)
    rubbed = new_session(routine(PULL, RUB), CATALOGUE, Leg.LEFT, Verdict())
    assert [hold.exercise.id for hold in rubbed.holds] == ["pull", "rub"]
