"""A cramp that lasts ten minutes is no ordinary cramp: the alarm comes, through a pause too."""

import json
from pathlib import Path

import pytest

from tests.support.app import App
from tests.support.control import events, tell, wait_for_state, wait_for_step
from tests.support.private_desktop import PrivateDesktop

RATE = 60
TEN_MINUTES_MS = 600_000
REFUSED = 4


def test_the_alarm_comes_through_a_pause_and_only_easing_ends_it(stage: PrivateDesktop) -> None:
    app = _idle(stage)
    with events(app) as watch:
        tell(app, "start", routine="cramp-bed", leg="left", rate=RATE)
        begun = watch.next("session_started")
        tell(app, "pause")
        alarm = watch.next("alarm_raised")
        assert watch.next("sound")["data"]["name"] == "alarm"
    assert alarm["data"]["after_ms"] == TEN_MINUTES_MS
    assert alarm["data"]["at"] - begun["data"]["at"] == TEN_MINUTES_MS
    assert alarm["boot_s"] - begun["boot_s"] > TEN_MINUTES_MS / RATE / 1000 - 0.1
    assert app.status()["state"] == "alarm"
    app.key("Return", "space", "Escape", "p")
    assert app.status()["state"] == "alarm", "a key that was meant for something else ended the alarm"
    refused = app.command("resume")
    assert refused.returncode == REFUSED
    assert refused.stderr.count("\n") == 1
    assert "ten minutes" in refused.stderr
    assert app.command("next").returncode != 0
    assert app.command("eased").returncode == 0
    status = wait_for_step(app, exercise="rest")
    assert status["state"] == "running"
    assert status["release_s"] >= TEN_MINUTES_MS / 1000


def test_a_cramp_that_eased_raises_no_alarm(stage: PrivateDesktop) -> None:
    app = _idle(stage)
    kinds = []
    with events(app) as watch:
        tell(app, "start", routine="cramp-bed", leg="left", rate=RATE)
        begun = watch.next("session_started")
        tell(app, "eased")
        # Resting is made so long that the ten minutes pass in it.
        tell(app, "extend", seconds=3600)
        for event in watch:
            kinds.append(event["type"])
            if event["type"] == "session_ended":
                assert event["data"]["at"] - begun["data"]["at"] > TEN_MINUTES_MS, "ended too early to tell"
                break
    assert "alarm_raised" not in kinds
    assert wait_for_state(app, "finished")["release_s"] < TEN_MINUTES_MS / 1000


@pytest.mark.parametrize("died_in", ["running", "alarm"])
def test_the_alarm_stands_also_when_a_kept_session_goes_on(stage: PrivateDesktop, died_in: str) -> None:
    journal = stage.home / "state/relief/session.json"
    app = stage.launch("start", "cramp-bed", "--leg", "left", "--rate", "60" if died_in == "alarm" else "1")
    wait_for_state(app, died_in)
    app.wait_until(lambda: journal.exists() and _state(journal) == died_in, what="the journal")
    app.kill()
    _grow_older(journal, 11 * 60)
    again = stage.launch("--theme", "light")
    wait_for_state(again, "ready")
    again.key("g")
    wait_for_state(again, "alarm")
    again.key("Escape", "space", "p", "Right")
    assert again.status()["state"] == "alarm", "a key that was meant for something else ended the alarm"
    assert again.command("eased").returncode == 0


def _state(journal: Path) -> str:
    return str(json.loads(journal.read_text())["session"]["state"])


def _grow_older(journal: Path, seconds: float) -> None:
    content = json.loads(journal.read_text())
    journal.write_text(
        json.dumps(content | {"boot_id": "another", "saved_wall_s": content["saved_wall_s"] - seconds})
    )


def _idle(stage: PrivateDesktop) -> App:
    app = stage.launch("--theme", "light")
    wait_for_state(app, "idle")
    return app
