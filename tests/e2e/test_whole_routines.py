"""Every routine from its start to its end, sixty times as fast, compared with what its file says."""

import os
import signal
from collections import Counter
from collections.abc import Callable
from itertools import pairwise
from typing import Any

from tests.support.app import App
from tests.support.control import events, tell, wait_for_state
from tests.support.plans import GET_READY_S, Hold, Phase, holds, phases
from tests.support.private_desktop import PrivateDesktop

RATE = 60
COUNTED_DOWN_S, HALVED_S = 5, 20
"""A phase shorter than that is not counted down, a hold shorter than that has no half-way sign."""

Event = dict[str, Any]
Answer = Callable[[App, Event], None]


def test_before_bed_changes_legs_hold_by_hold(stage: PrivateDesktop) -> None:
    told = _play(stage, "bedtime", "left")
    plan = holds("bedtime", "left")
    assert _told(told) == list(phases(plan))
    assert {phase.phase for phase in _told(told)} == {"get_ready", "active", "switch"}
    _check_sounds(told, plan, completed=len(plan))


def test_the_micro_break_does_one_leg_then_the_other(stage: PrivateDesktop) -> None:
    told = _play(stage, "micro-break", "right")
    plan = holds("micro-break", "right")
    assert _told(told) == list(phases(plan))
    assert [event["data"]["number"] for event in told if event["type"] == "counted"] == [*range(1, 11)] * 2
    _check_sounds(told, plan, completed=len(plan))


def test_a_cramp_standing_goes_on_when_asked_to(stage: PrivateDesktop) -> None:
    plan = holds("cramp-standing", "right")
    open_hold = next(index for index, hold in enumerate(plan) if hold.open_ended)

    def go_on(app: App, event: Event) -> None:
        if event["type"] == "phase_started" and _is_active(event, open_hold):
            tell(app, "next")

    told = _play(stage, "cramp-standing", "right", go_on)
    assert _told(told) == list(phases(plan))
    (skipped,) = [event for event in told if event["data"].get("outcome") == "skipped"]
    assert (skipped["type"], skipped["data"]["index"]) == ("hold_ended", open_hold)
    _check_sounds(told, plan, completed=len(plan) - 1, cut=open_hold)


def test_a_cramp_in_bed_is_held_rested_and_held_again_until_it_eases(stage: PrivateDesktop) -> None:
    plan = holds("cramp-bed", "left")
    open_hold = next(index for index, hold in enumerate(plan) if hold.open_ended)

    def ease(app: App, event: Event) -> None:
        if event["type"] == "phase_started" and _is_active(event, open_hold, repetition=2):
            tell(app, "eased")

    told = _play(stage, "cramp-bed", "left", ease)
    towel = plan[open_hold]
    again = [
        Phase(open_hold, "rest", towel.exercise, towel.leg, 2, towel.rest_s),
        Phase(open_hold, "active", towel.exercise, towel.leg, 2, towel.seconds),
    ]
    until_then = list(phases(plan[: open_hold + 1]))
    # What is left of the stretching is skipped: only the resting is still to come.
    assert _told(told) == [*until_then, *again, *phases(plan, len(plan) - 1)]
    (eased,) = [event for event in told if event["type"] == "eased"]
    begun = next(event for event in told if event["type"] == "session_started")
    assert eased["data"]["release_ms"] == eased["data"]["at"] - begun["data"]["at"]
    assert Counter(_sounds(told))["eased"] == 1
    assert "alarm" not in _sounds(told)


def test_a_program_that_stood_still_tells_all_it_missed(stage: PrivateDesktop) -> None:
    app = stage.launch("--theme", "light")
    wait_for_state(app, "idle")
    plan = holds("bedtime", "left")
    with events(app) as watch:
        tell(app, "start", routine="bedtime", leg="left", rate=RATE)
        told = [watch.next("session_started")]
        os.kill(app.pid, signal.SIGSTOP)
        try:
            answer = app.command("status")
        finally:
            os.kill(app.pid, signal.SIGCONT)
        assert (answer.returncode, answer.stdout) == (1, "")
        assert answer.stderr == "the app does not answer\n"
        for event in watch:
            told.append(event)
            if event["type"] == "session_ended":
                break
        wait_for_state(app, "finished")
        app.terminate()
        told += watch
    assert _told(told) == list(phases(plan))
    _check_order(told)


def _play(stage: PrivateDesktop, routine: str, leg: str, answer: Answer | None = None) -> list[Event]:
    """Play a routine to its end; return all that was told, checked for order and gaps."""
    app = stage.launch("--theme", "light")
    wait_for_state(app, "idle")
    told: list[Event] = []
    with events(app) as watch:
        tell(app, "start", routine=routine, leg=leg, rate=RATE)
        for event in watch:
            told.append(event)
            if answer is not None:
                answer(app, event)
            if event["type"] == "session_ended":
                break
        finished = wait_for_state(app, "finished")
        assert (finished["routine"], finished["rate"]) == (routine, RATE)
        app.terminate()
        told += watch
    _check_order(told)
    return told


def _check_order(told: list[Event]) -> None:
    assert [event["seq"] for event in told] == [*range(1, len(told) + 1)]
    assert told[0]["type"] == "session_started"
    ended = [event for event in told if event["type"] == "session_ended"]
    assert [event["data"]["outcome"] for event in ended] == ["completed"]
    for before, after in pairwise(told):
        assert after["boot_s"] >= before["boot_s"], (before, after)
    timed = [event for event in told if "at" in event["data"]]
    assert [event["data"]["at"] for event in timed] == sorted(event["data"]["at"] for event in timed)
    _check_no_time_is_lost(timed)


def _check_no_time_is_lost(told: list[Event]) -> None:
    """A phase that ran to its end lasted what it was planned to, to the millisecond."""
    marks = [event for event in told if event["type"] in ("phase_started", "session_ended")]
    cut = {event["data"]["at"] for event in told if event["data"].get("outcome") in ("skipped", "eased")}
    for begun, ended in pairwise(marks):
        if ended["data"]["at"] not in cut:
            lasted = ended["data"]["at"] - begun["data"]["at"]
            assert lasted == begun["data"]["duration_ms"], (begun, ended)


def _told(told: list[Event]) -> list[Phase]:
    data = [event["data"] for event in told if event["type"] == "phase_started"]
    return [
        Phase(
            one["index"],
            one["phase"],
            one["exercise"],
            one["leg"],
            one["repetition"],
            one["duration_ms"] / 1000,
        )
        for one in data
    ]


def _is_active(event: Event, index: int, repetition: int = 1) -> bool:
    data = event["data"]
    return (data["index"], data["phase"], data["repetition"]) == (index, "active", repetition)


def _sounds(told: list[Event]) -> list[str]:
    return [event["data"]["name"] for event in told if event["type"] == "sound"]


def _check_sounds(told: list[Event], plan: list[Hold], *, completed: int, cut: int | None = None) -> None:
    """Each completed hold ends with its sound, each phase is counted down, the end has one of its own."""
    heard = Counter(_sounds(told))
    expected = [phase for phase in phases(plan) if phase.index != cut or phase.phase != "active"]
    counted = {index for index, hold in enumerate(plan) if hold.exercise == "ankle-pumps"}
    down = [p for p in expected if p.seconds >= COUNTED_DOWN_S and not _is_counted(p, counted)]
    assert heard["tick"] == 3 * len(down)
    halved = [p for p in down if p.phase == "active" and p.seconds >= HALVED_S]
    assert heard["halfway"] == len(halved)
    ready = [p for p in expected if p.phase == "get_ready"]
    assert all(p.seconds == GET_READY_S for p in ready)
    assert heard["get_ready"] == len(ready)
    # The last hold's end is the end of all, which has its own sound.
    assert heard["step_end"] + heard["set_end"] == completed - 1
    assert heard["finished"] == 1
    assert _sounds(told)[-1] == "finished"


def _is_counted(phase: Phase, counted: set[int]) -> bool:
    return phase.phase == "active" and phase.index in counted
