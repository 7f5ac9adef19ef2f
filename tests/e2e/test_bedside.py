"""The bedside mode on a real screen, with real keys: black all night, relief at the first of them."""

import os
from collections.abc import Callable
from typing import Any

import numpy as np
import pytest

from tests.support.app import App
from tests.support.control import ask, tell, wait_for, wait_for_state
from tests.support.private_desktop import ROOT, PrivateDesktop
from tests.support.processes import command_of, guards_of, lives
from tests.support.waiting import wait_until

FAILED, REFUSED = 1, 4
HINT_AT_MOST = 0.02
"""Of all pixels, those of the words and of the clock."""


def _in_bedside(desktop: PrivateDesktop, *args: str) -> App:
    app = desktop.launch("bedside", *args)
    wait_for(app, lambda status: bool(status["bedside"]), "the bedside mode")
    _wait_for_black(desktop, app)
    return app


def _wait_for_black(desktop: PrivateDesktop, app: App) -> None:
    """Wait until the whole screen is black but for red words."""

    def is_black() -> bool:
        pixels = np.asarray(desktop.image().convert("RGB"))
        return bool(pixels[..., 1:].max() == 0 and (pixels[..., 0] > 0).mean() < HINT_AT_MOST)

    app.wait_until(is_black, what="a black screen")


def _wait_until_heard(app: App) -> None:
    """Press pause until it is obeyed: right after the first key nothing is."""

    def is_paused() -> bool:
        app.key("p")
        return bool(ask(app, "status")["state"] == "paused")

    app.wait_until(is_paused, what="a key to be heard")


@pytest.mark.parametrize("key", ["space", "Tab", "XF86AudioPlay", "Next"])
def test_any_key_starts_relief_and_escape_leads_back(managed_desktop: PrivateDesktop, key: str) -> None:
    app = _in_bedside(managed_desktop, "--theme", "light")
    app.key("shift")
    assert ask(app, "status")["state"] == "idle"
    app.key(key)
    status = wait_for_state(app, "running")
    assert (status["routine"], status["theme"], status["leg"]) == ("cramp-bed", "night", "right")
    assert status["step"]["phase"] == "active"
    _wait_until_heard(app)
    app.key("Escape")
    wait_for(app, lambda status: status["state"] in ("ready", "idle"), "the end of it")
    _wait_for_black(managed_desktop, app)
    assert ask(app, "status")["bedside"] is True


def test_a_click_starts_relief(managed_desktop: PrivateDesktop) -> None:
    app = _in_bedside(managed_desktop)
    app.click(30, 30)
    assert wait_for_state(app, "running")["routine"] == "cramp-bed"


def test_escape_pressed_shortly_stays_and_held_leaves(managed_desktop: PrivateDesktop) -> None:
    app = _in_bedside(managed_desktop)
    app.key("Escape")
    _wait_for_black(managed_desktop, app)
    assert ask(app, "status")["bedside"] is True
    app.key_down("Escape")
    wait_for(app, lambda status: not status["bedside"], "the end of the bedside mode")
    app.key_up("Escape")
    assert ask(app, "status")["state"] == "idle"


def test_the_running_app_goes_black_and_now_works_over_it(managed_desktop: PrivateDesktop) -> None:
    app = managed_desktop.launch()
    wait_for_state(app, "idle")
    assert app.command("bedside").returncode == 0
    _wait_for_black(managed_desktop, app)
    assert app.command("now", "--leg", "left").returncode == 0
    status = wait_for_state(app, "running")
    assert (status["leg"], status["theme"], status["bedside"]) == ("left", "night", True)


def test_a_session_or_a_pack_comes_first(managed_desktop: PrivateDesktop) -> None:
    app = managed_desktop.launch("start", "bedtime")
    wait_for_state(app, "running")
    answer = app.command("bedside")
    assert (answer.returncode, answer.stderr) == (
        FAILED,
        "bedside: a session is running; it comes first\n",
    )
    assert ask(app, "status")["bedside"] is False


def test_without_a_screen_it_says_so(managed_desktop: PrivateDesktop) -> None:
    answer = managed_desktop.command("bedside", DISPLAY="")
    assert answer.returncode == FAILED
    assert answer.stderr.startswith("relief-app: bedside: there is no screen here")
    assert answer.stderr.count("\n") == 1


def _waits(app: App) -> None:
    assert ask(app, "status")["state"] == "idle"


def _guides(app: App) -> None:
    app.key("space")
    wait_for_state(app, "running")


@pytest.mark.parametrize(("bring_to", "state"), [(_waits, "idle"), (_guides, "running")])
def test_killed_it_is_back_in_the_mode(
    managed_desktop: PrivateDesktop, bring_to: Callable[[App], Any], state: str
) -> None:
    app = _in_bedside(managed_desktop)
    bring_to(app)
    app.wait_until(lambda: guards_of(app.pid), what="a guard")
    app.crash()
    again = managed_desktop.started_again(app)
    wait_for(
        again,
        lambda status: status["pid"] == again.pid and status["bedside"] and status["state"] == state,
        f"the mode again, {state}",
    )
    if state == "idle":
        _wait_for_black(managed_desktop, again)
        again.key("a")
        assert wait_for_state(again, "running")["routine"] == "cramp-bed"
    tell(again, "stop")


def test_left_and_killed_it_stays_away(managed_desktop: PrivateDesktop) -> None:
    app = _in_bedside(managed_desktop)
    (guard,) = app.wait_until(lambda: guards_of(app.pid), what="a guard")
    app.key_down("Escape")
    wait_for(app, lambda status: not status["bedside"], "the end of the bedside mode")
    app.key_up("Escape")
    app.crash()
    wait_until(lambda: not lives(guard), what="the end of the guard")
    left = [pid for pid in managed_desktop.processes() if os.fsencode(ROOT / "main.py") in command_of(pid)]
    assert left == []
