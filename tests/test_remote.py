"""What the running app answers to commands from outside: the real app, its clock moved by hand."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from relief_app.bootstrap import Relief
from relief_app.commands import profile
from relief_app.core.anatomy import Leg
from relief_app.core.session_state import State, View
from relief_app.core.steering import Steer
from relief_app.opening import Opening
from relief_app.remote import Remote
from relief_app.storage.gates import read_gates
from relief_app.storage.paths import find_paths
from tests.desktop.desk import HandClock

OK = {"ok": True}


class Outside:
    """Someone who sends requests to the app."""

    def __init__(self, relief: Relief, clock: HandClock) -> None:
        self.relief, self.clock = relief, clock
        self._remote = Remote(relief)

    def ask(self, command: object, **values: object) -> dict[str, Any]:
        answer = dict(self._remote.handle({"command": command, **values}))
        json.dumps(answer)
        return answer

    def refused(self, command: object, **values: object) -> str:
        """The one line of an error that is no refusal for safety."""
        answer = self.ask(command, **values)
        assert set(answer) == {"error", "exit"}
        assert answer["exit"] == 1
        assert "\n" not in answer["error"]
        return str(answer["error"])

    def move(self, ms: int) -> None:
        self.clock.move(ms)
        self.relief.driver.advance()

    def view(self) -> View:
        view = self.relief.driver.view()
        assert view is not None
        return view


@pytest.fixture
def outside(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Outside]:
    clock = HandClock()
    monkeypatch.setattr("relief_app.desktop.clock.SystemClock", lambda: clock)
    relief = Relief(find_paths(), Opening())
    relief.window.first_painted.disconnect()  # no services: nothing listens, nothing sounds
    relief.open()
    yield Outside(relief, clock)
    relief.window.close()
    relief.driver.drop()
    relief.window.deleteLater()


def test_at_home_the_status_is_idle(outside: Outside) -> None:
    said = outside.ask("status")
    assert (said["state"], said["routine"], said["step"], said["leg"]) == ("idle", None, None, "right")
    assert said["pid"] == os.getpid()
    assert said["theme"] in ("light", "dark")


def test_a_kept_session_makes_it_ready(outside: Outside) -> None:
    outside.ask("start", routine="bedtime")
    outside.relief.host.leave()
    assert outside.ask("status")["state"] == "ready"


def test_now_begins_a_cramp_at_once_on_the_last_leg(outside: Outside) -> None:
    assert outside.ask("now") == OK
    said = outside.ask("status")
    assert (said["state"], said["routine"], said["leg"]) == ("running", "cramp-bed", "right")
    assert (said["step"]["phase"], said["step"]["elapsed_s"]) == ("active", 0)
    assert outside.relief.window.page_name == "guide_page"


@pytest.mark.parametrize(
    ("position", "routine"), [("bed", "cramp-bed"), ("standing", "cramp-standing"), (None, "cramp-bed")]
)
def test_now_takes_a_position_and_a_leg(outside: Outside, position: str | None, routine: str) -> None:
    assert outside.ask("now", position=position, leg="left") == OK
    assert (outside.view().routine, outside.view().hold.leg) == (routine, Leg.LEFT)
    outside.ask("stop")
    outside.ask("now", position=position)  # the last leg
    assert outside.view().hold.leg is Leg.LEFT


def test_now_again_in_the_same_cramp_goes_on_and_corrects_the_leg(outside: Outside) -> None:
    outside.ask("now", leg="left")
    outside.move(8_000)
    outside.ask("pause")
    assert outside.ask("now", leg="right") == OK
    view = outside.view()
    assert (view.state, view.elapsed_ms, view.hold.leg) == (State.RUNNING, 8_000, Leg.RIGHT)
    outside.ask("eased")
    outside.ask("now")
    assert (outside.view().index, outside.view().cramp_ms) == (0, 0)


def test_standing_up_does_not_begin_the_ten_minutes_anew(outside: Outside) -> None:
    outside.ask("now")
    outside.move(300_000)
    outside.ask("now", position="standing")
    assert (outside.view().routine, outside.view().cramp_ms) == ("cramp-standing", 300_000)
    outside.move(300_000)
    assert outside.view().state is State.ALARM
    outside.ask("now", position="standing")
    assert outside.view().state is State.ALARM
    assert outside.relief.window.page_name == "something_wrong_page"


def test_bedside_goes_black_and_waits_for_what_runs(outside: Outside) -> None:
    outside.ask("start", routine="bedtime")
    assert outside.refused("bedside") == "bedside: a session is running; it comes first"
    outside.ask("stop")
    assert outside.ask("bedside") == OK
    assert outside.relief.window.page_name == "bedside_page"
    assert (outside.ask("status")["bedside"], outside.ask("status")["theme"]) == (True, "night")
    assert outside.ask("now") == OK
    assert outside.ask("bedside") == OK, "it is on already"
    assert (outside.relief.window.page_name, outside.view().state) == ("guide_page", State.RUNNING)


def test_start_takes_a_rate_and_getting_ready(outside: Outside) -> None:
    assert outside.ask("start", routine="bedtime", leg="both", rate=60) == OK
    said = outside.ask("status")
    assert (said["rate"], said["step"]["phase"], said["step"]["count"]) == (60, "get_ready", 12)
    outside.move(200)
    assert outside.view().elapsed_ms == 7_000


def test_a_start_takes_the_place_of_what_runs(outside: Outside) -> None:
    outside.ask("start", routine="bedtime")
    assert outside.ask("now") == OK
    assert outside.view().routine == "cramp-bed"


@pytest.mark.parametrize("routine", ["heat", "ice", "massage", "post-run"])
def test_what_needs_questions_is_refused_for_safety_and_nothing_changes(
    outside: Outside, routine: str
) -> None:
    outside.ask("start", routine="bedtime")
    answer = outside.ask("start", routine=routine)
    assert answer["exit"] == 4
    assert routine in answer["error"]
    assert outside.view().routine == "bedtime"
    assert outside.relief.driver.is_live


def cleared() -> None:
    for gate in read_gates():
        if not gate.is_dated:
            profile.set_answer(gate.key, "no")


@pytest.mark.parametrize(
    ("choice", "routine", "phase"), [("no", "post-run", "get_ready"), ("yes", "cramp-standing", "active")]
)
def test_the_question_before_a_cool_down(outside: Outside, choice: str, routine: str, phase: str) -> None:
    cleared()
    assert outside.ask("start", routine="post-run") == OK
    outside.clock.move(2_500)
    said = outside.ask("status")
    assert said["question"] == {"id": "cramping", "choices": ["no", "yes"], "asked_s": 2.5}
    assert (said["state"], said["routine"], said["step"]) == ("ready", "post-run", None)
    assert outside.relief.window.page_name == "cramping_page"
    outside.refused("next")
    outside.refused("answer", question="cramping", value="perhaps")
    outside.refused("answer", question="skin_check", value="fine")
    assert outside.ask("answer", question="cramping", value=choice) == OK
    said = outside.ask("status")
    assert (said["question"], said["routine"], said["step"]["phase"]) == (None, routine, phase)
    assert outside.relief.window.page_name == "guide_page"


def test_stop_gives_up_the_question_before_a_cool_down(outside: Outside) -> None:
    cleared()
    outside.ask("start", routine="post-run")
    assert outside.ask("stop") == OK
    assert outside.ask("status")["question"] is None
    assert outside.relief.window.page_name == "home_page"


def test_an_unknown_routine_is_told_with_those_there_are(outside: Outside) -> None:
    line = outside.refused("start", routine="nap")
    assert "nap" in line
    assert "cramp-bed" in line


def test_an_own_routine_that_may_not_be_used_is_told_why(outside: Outside) -> None:
    folder: Path = find_paths().own_routines_dir
    folder.mkdir(parents=True)
    (folder / "mine.toml").write_text('format = 1\nid = "mine"\ntitle = "Mine"\n')
    line = outside.refused("start", routine="mine")
    assert "mine" in line


@pytest.mark.parametrize(
    ("command", "values"),
    [
        ("dance", {}),
        (None, {}),
        (7, {}),
        (["status"], {}),
        ("now", {"position": "sitting"}),
        ("now", {"leg": "middle"}),
        ("start", {}),
        ("start", {"routine": "bedtime", "rate": 0}),
        ("start", {"routine": "bedtime", "rate": 61}),
        ("start", {"routine": "bedtime", "rate": 1.5}),
        ("start", {"routine": "bedtime", "rate": True}),
        ("start", {"routine": ["bedtime"]}),
    ],
    ids=str,
)
def test_what_asks_for_nothing_we_know_is_one_line(
    outside: Outside, command: object, values: dict[str, Any]
) -> None:
    outside.refused(command, **values)
    assert outside.relief.driver.session is None


@pytest.mark.parametrize("command", [*Steer])
def test_without_a_session_there_is_nothing_to_steer(outside: Outside, command: Steer) -> None:
    assert outside.refused(command.value) == f"{command.value}: no session is running"


def test_every_steering_command_reaches_the_session(outside: Outside) -> None:
    outside.ask("now")
    for command, look in (
        ("pause", lambda view: view.state is State.PAUSED),
        ("resume", lambda view: view.state is State.RUNNING),
        ("next", lambda view: view.index == 1),
        ("back", lambda view: view.index == 0),
        ("eased", lambda view: view.release_ms == 0),
        ("back-again", lambda view: view.release_ms is None),
        ("leg", lambda view: view.hold.leg is Leg.LEFT),
        ("stop", lambda view: view.state is State.FINISHED),
    ):
        assert outside.ask(command) == OK
        assert look(outside.view()), command


@pytest.mark.parametrize(
    ("seconds", "remaining"), [(None, 60.0), (12.5, 42.5), (-10, 20.0), (0, 30.0), (-3600, None)]
)
def test_extend_by_seconds(outside: Outside, seconds: float | None, remaining: float | None) -> None:
    outside.ask("now")
    outside.ask("extend", **({} if seconds is None else {"seconds": seconds}))
    step = outside.ask("status")["step"]
    if remaining is None:
        assert step["index"] == 1  # shorter than it was already long: it is over
    else:
        assert step["remaining_s"] == remaining


@pytest.mark.parametrize("seconds", [3601, -3601, "30", True, [30], float("nan"), float("inf"), 10**400])
def test_extend_by_anything_else_is_refused(outside: Outside, seconds: object) -> None:
    outside.ask("now")
    outside.refused("extend", seconds=seconds)
    assert outside.view().remaining_ms == 30_000


@pytest.mark.parametrize(("leg", "expected"), [("left", Leg.LEFT), ("right", Leg.RIGHT), (None, Leg.LEFT)])
def test_the_leg_is_named_or_the_other_one(outside: Outside, leg: str | None, expected: Leg) -> None:
    outside.ask("now", leg="right")
    assert outside.ask("leg", leg=leg) == OK
    assert outside.view().hold.leg is expected
    assert outside.ask("status")["leg"] == expected.value


def test_what_the_state_forbids_is_one_line_that_names_it(outside: Outside) -> None:
    outside.ask("start", routine="bedtime")
    assert outside.refused("resume") == "resume: not possible while the session is running"
    assert "eased" in outside.refused("eased")
    outside.ask("stop")
    assert outside.refused("pause") == "pause: not possible while the session is finished"


def test_after_the_alarm_going_on_is_refused_for_safety(outside: Outside) -> None:
    outside.ask("now")
    outside.move(600_000)
    assert outside.ask("status")["state"] == "alarm"
    answer = outside.ask("resume")
    assert answer["exit"] == 4
    assert "ten minutes" in answer["error"]
    assert outside.ask("eased") == OK
    assert outside.ask("status")["release_s"] == 600.0


def test_wrong_opens_the_page_and_stops_what_runs(outside: Outside) -> None:
    outside.ask("now")
    assert outside.ask("wrong") == OK
    assert outside.relief.window.page_name == "something_wrong_page"
    assert outside.view().state is State.PAUSED


def test_raise_and_watch_change_nothing(outside: Outside) -> None:
    outside.ask("now")
    before = outside.view()
    assert (outside.ask("raise"), outside.ask("watch")) == (OK, OK)
    assert outside.view() == before


def answer(**answers: str) -> None:
    for key, value in answers.items():
        assert profile.set_answer(key, value) == 0


def test_a_changed_answer_counts_from_the_next_start_on(outside: Outside) -> None:
    assert outside.ask("start", routine="massage")["exit"] == 4
    answer(blood_thinner="no", pregnancy="no", poor_circulation="no")
    assert outside.ask("start", routine="massage") == OK
    assert outside.view().count == 5
    answer(blood_thinner="yes")
    outside.move(6_000)
    assert outside.view().routine == "massage"
    refused = outside.ask("start", routine="massage")
    assert refused["exit"] == 4
    assert refused["error"].startswith("massage is not offered: With a blood thinner there is no massage.")
    outside.ask("now")
    assert outside.view().count == 4


def test_who_is_unsteady_is_not_made_to_stand(outside: Outside) -> None:
    outside.ask("now", position="standing")
    assert outside.view().hold.exercise.id == "get-up"
    answer(unsteady="yes")
    outside.ask("stop")
    outside.ask("now", position="standing")
    view = outside.view()
    assert (view.routine, view.hold.exercise.id, view.count) == ("cramp-standing", "towel-stretch", 4)


# A sign is reported from outside


@pytest.mark.parametrize(("sign", "live"), [("pop_or_gap", False), ("often_or_severe", True)])
def test_a_sign_reported_from_outside_stops_what_it_forbids(outside: Outside, sign: str, live: bool) -> None:
    outside.ask("now")
    assert outside.refused("reported", sign=sign) == f"sign '{sign}': it is not reported"
    outside.relief.safety.report(sign)
    assert outside.ask("reported", sign=sign) == OK
    assert outside.relief.driver.is_live is live
    assert outside.relief.window.page_name == "something_wrong_page"


def test_what_a_sign_forbids_is_refused_and_the_window_says_what_to_do(outside: Outside) -> None:
    outside.relief.safety.report("swollen_warm_leg")
    answer = outside.ask("now")
    assert answer["exit"] == 4
    assert "relief-app profile set swollen_warm_leg no" in answer["error"]
    assert outside.relief.window.page_name == "something_wrong_page"
    assert not outside.relief.driver.is_live
