"""The main job: a cramp, one command, the first cue at once, and every key from there on."""

import tomllib
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from PIL import Image

from tests.support.app import App
from tests.support.control import tell, wait_for, wait_for_state, wait_for_step
from tests.support.private_desktop import ROOT, PrivateDesktop

NOW = ("now", "--leg", "left", "--position", "bed", "--theme", "light")
A_PICTURE = 200
"""Colours that a page with a shaded figure has at least."""


@pytest.fixture
def guided(stage: PrivateDesktop) -> App:
    """A cramp in bed, left leg, in its first hold."""
    app = stage.launch(*NOW)
    wait_for_step(app, index=0, phase="active")
    app.window()
    return app


def test_the_first_cue_stands_at_once(stage: PrivateDesktop) -> None:
    app = stage.launch(*NOW)
    status = wait_for_state(app, "running")
    step = status["step"]
    assert (status["routine"], status["leg"], status["theme"]) == ("cramp-bed", "left", "light")
    assert (step["index"], step["phase"], step["leg"]) == (0, "active", "left"), step
    assert step["exercise"] == _steps("cramp-bed")[0]["exercise"]
    assert step["cue"] == _exercises()[step["exercise"]]["cue"]
    assert step["duration_s"] == _steps("cramp-bed")[0]["duration_s"]
    assert step["elapsed_s"] < step["duration_s"]
    assert status["pid"] == app.pid
    assert len(stage.screen.windows(app.pid)) == 1, "a dialog stands beside the guide"
    assert app.output == ""


def test_picture_cue_and_number_are_painted(guided: App) -> None:
    guided.resize(1280, 800)
    # The guide's column of picture and words is the left two thirds; the ring stands on the right.
    picture, cue, ring = (20, 80, 800, 560), (20, 590, 800, 670), (860, 100, 1260, 520)

    def look() -> bool:
        image = guided.image()
        shown = len(image.crop(picture).getcolors(1 << 24) or []) > A_PICTURE
        return shown and all(0.01 < _painted(image.crop(part)) < 0.9 for part in (cue, ring))

    guided.wait_until(look, what="picture, cue and ring")


def test_space_says_that_it_let_go_and_again_that_it_is_back(guided: App) -> None:
    guided.key("space")
    eased = wait_for(guided, lambda status: status["release_s"] is not None, "it let go")
    assert eased["step"]["exercise"] == "rest"
    assert eased["state"] == "running"
    assert 0 < eased["release_s"] < 60
    guided.key("space")
    back = wait_for(guided, lambda status: status["release_s"] is None, "it is back")
    assert (back["step"]["index"], back["step"]["phase"]) == (0, "active")


def test_the_time_to_release_stays_what_it_was(guided: App) -> None:
    guided.key("space")
    eased = wait_for(guided, lambda status: status["release_s"] is not None, "it let go")
    later = wait_for_step(guided, exercise="rest")
    wait_for(guided, lambda status: status["step"]["elapsed_s"] > later["step"]["elapsed_s"], "time going on")
    tell(guided, "pause")
    assert guided.status()["release_s"] == eased["release_s"]


def test_p_pauses_and_goes_on(guided: App) -> None:
    guided.key("p")
    paused = wait_for_state(guided, "paused")
    assert guided.status()["step"] == paused["step"], "time runs on in a pause"
    guided.key("p")
    running = wait_for_state(guided, "running")
    assert running["step"]["elapsed_s"] - paused["step"]["elapsed_s"] < 5


@pytest.mark.parametrize(("forward", "backward"), [("Right", "Left"), ("Next", "Prior"), ("Return", "Left")])
def test_keys_and_presentation_clickers_go_on_and_back(guided: App, forward: str, backward: str) -> None:
    guided.key(forward)
    wait_for_step(guided, index=1, exercise="towel-stretch")
    guided.key(backward)
    wait_for_step(guided, index=0, exercise="active-dorsiflexion")


def test_plus_and_minus_change_the_running_hold(guided: App) -> None:
    assert _duration(guided) == 30
    guided.key("plus")
    wait_for(guided, _lasts(60), "30 s more")
    guided.key("equal")
    wait_for(guided, _lasts(90), "30 s more by the key without Shift")
    guided.key("minus")
    wait_for(guided, _lasts(60), "30 s less")


def test_l_takes_the_other_leg_without_losing_time(guided: App) -> None:
    before = wait_for_step(guided, leg="left")
    guided.key("l")
    after = wait_for_step(guided, leg="right")
    assert after["step"]["index"] == 0
    assert after["step"]["elapsed_s"] >= before["step"]["elapsed_s"]
    assert after["step"]["duration_s"] == 30


def test_w_opens_the_warnings_and_stops_the_clock(guided: App) -> None:
    guide = guided.image()
    guided.key("w")
    paused = wait_for_state(guided, "paused")
    guided.wait_until(lambda: _differs(guided.image(), guide), what="the page of warnings")
    guided.key("Escape")
    running = wait_for_state(guided, "running")
    assert running["step"]["index"] == paused["step"]["index"]


def test_question_mark_lists_the_keys_and_f_fills_the_screen(guided: App) -> None:
    guide = guided.image()
    guided.key("question")
    guided.wait_until(lambda: _differs(guided.image(), guide), what="the list of keys")
    keys = guided.image()
    guided.key("Escape")
    guided.wait_until(lambda: _differs(guided.image(), keys), what="the guide again")
    wait_for_state(guided, "running")
    guided.key("f")
    wait_for_state(guided, "running")


def test_n_and_m_are_night_and_mute(guided: App) -> None:
    guided.key("n")
    wait_for(guided, lambda status: status["theme"] == "night", "night")
    guided.key("n")
    wait_for(guided, lambda status: status["theme"] == "light", "day")
    guided.key("m")
    assert wait_for_state(guided, "running")["step"]["index"] == 0


def test_escape_leaves_and_g_goes_on_with_what_was_left(guided: App) -> None:
    guided.key("Right")
    left = wait_for_step(guided, index=1)
    guided.key("Escape")
    ready = wait_for_state(guided, "ready")
    assert ready["step"] is None
    guided.key("g")
    on = wait_for_state(guided, "running")
    assert (on["routine"], on["leg"]) == ("cramp-bed", "left")
    assert on["step"]["index"] == 1
    if on["step"]["phase"] == left["step"]["phase"]:
        assert on["step"]["elapsed_s"] >= left["step"]["elapsed_s"]


def test_the_mouse_presses_the_large_button_and_the_warning(guided: App) -> None:
    guided.resize(1280, 800)
    large, warning = (1050, 640), (1050, 764)
    guided.click(*large)
    wait_for_step(guided, exercise="rest")
    guided.click(*large)
    wait_for_step(guided, index=0, phase="active")
    guided.click(*warning)
    wait_for_state(guided, "paused")


def test_space_after_the_end_begins_again_at_once(guided: App) -> None:
    tell(guided, "eased")
    tell(guided, "next")
    assert wait_for_state(guided, "finished")["release_s"] is not None
    guided.key("space")
    again = wait_for_state(guided, "running")
    assert (again["step"]["index"], again["step"]["phase"], again["step"]["leg"]) == (0, "active", "left")


def test_enter_on_home_starts_relief_on_the_last_leg(stage: PrivateDesktop) -> None:
    app = stage.launch("--theme", "light")
    wait_for_state(app, "idle")
    app.key("l")
    wait_for(app, lambda status: status["leg"] == "left", "the left leg")
    app.key("Return")
    status = wait_for_state(app, "running")
    assert (status["routine"], status["leg"]) == ("cramp-bed", "left")
    app.terminate()
    (stage.home / "state/relief/session.json").unlink()
    again = stage.launch()
    assert wait_for_state(again, "idle")["leg"] == "left", "the last leg is forgotten"


def test_the_leg_asked_for_is_the_last_leg_from_then_on(stage: PrivateDesktop) -> None:
    settings = stage.home / "config/relief/settings.json"
    app = stage.launch(*NOW)
    app.wait_until(settings.exists, what="the settings")
    app.kill()
    assert wait_for_state(stage.launch("now"), "running")["leg"] == "left"


def _lasts(seconds: float) -> Callable[[dict[str, Any]], bool]:
    return lambda status: bool(status["step"]["duration_s"] == seconds)


def _duration(app: App) -> float:
    return float(app.status()["step"]["duration_s"])


def _painted(part: Image.Image) -> float:
    """Return the share of pixels that are not the most frequent colour."""
    colours = part.getcolors(1 << 24) or []
    return 1 - max(count for count, _ in colours) / (part.width * part.height)


def _differs(one: Image.Image, other: Image.Image) -> bool:
    """Say whether two pages differ, by far more than a figure that breathes."""
    return bool((np.asarray(one) != np.asarray(other)).any(axis=2).mean() > 0.2)


def _steps(routine: str) -> list[dict[str, Any]]:
    return list(_toml(f"routines/{routine}.toml")["steps"])


def _exercises() -> dict[str, Any]:
    return dict(_toml("exercises.toml")["exercises"])


def _toml(name: str) -> dict[str, Any]:
    return tomllib.loads((ROOT / "assets" / Path(name)).read_text(encoding="utf-8"))
