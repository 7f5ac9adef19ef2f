"""Night is pure red on black, in every pixel of every page, from the first frame on."""

from datetime import datetime, timedelta

import numpy as np
import pytest
from PIL import Image

from tests.support.app import App
from tests.support.control import tell, wait_for, wait_for_state, wait_for_step
from tests.support.private_desktop import PrivateDesktop

BRIGHTEST = 0.04
"""Mean luminance of a page, as a share of white."""
PAINTED = 12
"""Colours of a page that is more than its ground."""
FRAMES = 60


def test_every_frame_from_the_first_on_is_red_on_black(stage: PrivateDesktop) -> None:
    app = stage.launch("now", "--theme", "night")
    frames: list[Image.Image] = []

    def look() -> bool:
        for window in stage.screen.windows(app.pid):
            frames.append(stage.screen.image(window))
        return len(frames) >= FRAMES and _colours(frames[-1]) > PAINTED

    app.wait_until(look, what="a painted window")
    for number, frame in enumerate(frames):
        _check(frame, f"frame {number}")


@pytest.mark.parametrize("command", [("now",), ("start", "micro-break"), ()])
def test_every_page_is_red_on_black(stage: PrivateDesktop, command: tuple[str, ...]) -> None:
    app = stage.launch(*command, "--theme", "night")
    wait_for_state(app, "running" if command else "idle")
    _check_page(app, "the first page")
    _see_another(app, "w", "the warnings")
    _see_another(app, "Escape", "back from the warnings")
    _see_another(app, "question", "the keys")
    _see_another(app, "Escape", "back from the keys")
    app.key("Tab")
    _check_page(app, "a button with the focus")
    width, height = app.image().size
    for x, y in ((width // 2, height - 40), (width - 60, 40), (width - 100, height - 40)):
        app.move_mouse(x, y)
        _check_page(app, f"the mouse at {x}, {y}")


def test_phases_endings_and_offers_are_red_on_black(stage: PrivateDesktop) -> None:
    app = stage.launch("start", "bedtime", "--theme", "night")
    wait_for_step(app, phase="get_ready")
    _check_page(app, "getting ready")
    tell(app, "extend", seconds=-3600)
    wait_for_step(app, phase="active")
    _check_page(app, "holding")
    tell(app, "pause")
    wait_for_state(app, "paused")
    _check_page(app, "a pause")
    app.key("Escape")
    wait_for_state(app, "ready")
    _check_page(app, "the offer to go on")
    app.key("g")
    wait_for_state(app, "running")
    tell(app, "stop")
    wait_for_state(app, "finished")
    _check_page(app, "the end")
    tell(app, "now", leg="left", position="standing")
    wait_for_step(app, phase="active")
    tell(app, "eased")
    wait_for_step(app, exercise="easy-walk")
    _check_page(app, "walking after it let go")


def test_night_comes_by_the_clock_for_a_cramp_only(stage: PrivateDesktop) -> None:
    now = datetime.now().astimezone()
    for key, hours in (("night_from", -2), ("night_until", 2)):
        clock = (now + timedelta(hours=hours)).strftime("%H:%M")
        assert stage.command("settings", "set", key, clock).returncode == 0
    app = stage.launch()
    assert wait_for_state(app, "idle")["theme"] != "night"
    tell(app, "start", routine="micro-break")
    assert wait_for_state(app, "running")["theme"] != "night"
    tell(app, "now", leg="left", position="bed")
    assert wait_for(app, lambda status: status["theme"] == "night", "night")["routine"] == "cramp-bed"
    app.wait_until(lambda: _is_red(app.image()), what="the night's colours")
    _check_page(app, "a cramp at night")


@pytest.mark.parametrize("size", [(480, 640), (320, 420), (1280, 500)])
def test_other_sizes_are_red_on_black(stage: PrivateDesktop, size: tuple[int, int]) -> None:
    app = stage.launch("now", "--theme", "night")
    wait_for_step(app, phase="active")
    app.resize(*size)
    _check_page(app, f"{size[0]} x {size[1]}")


def test_a_line_about_a_fault_is_red_on_black(stage: PrivateDesktop) -> None:
    stage.home.joinpath("state/relief").mkdir()
    stage.home.joinpath("state/relief/session.json").write_text("{")
    app = stage.launch("--theme", "night")
    app.wait_until(lambda: app.output, what="the line on the journal")
    wait_for_state(app, "idle")
    _check_page(app, "Home with a line")


def _check_page(app: App, what: str) -> None:
    """Check a few looks at the window, the first one with more than the ground."""
    app.wait_until(lambda: _colours(app.image()) > PAINTED, what=what)
    for _ in range(3):
        _check(app.image(), what)


def _see_another(app: App, key: str, what: str) -> None:
    """Press a key and check every frame until the page is another one."""
    before = np.asarray(app.image())
    app.key(key)

    def look() -> bool:
        image = app.image()
        _check(image, f"on the way to {what}")
        return bool((np.asarray(image) != before).any(axis=2).mean() > 0.02)

    app.wait_until(look, what=what)
    _check_page(app, what)


def _check(image: Image.Image, what: str) -> None:
    pixels = np.asarray(image)
    assert pixels[..., 1].max() == 0, f"{what}: green"
    assert pixels[..., 2].max() == 0, f"{what}: blue"
    # The share of red in luminance. Values as they are encoded: light itself is darker still.
    luminance = 0.2126 * float(pixels[..., 0].mean()) / 255
    assert luminance < BRIGHTEST, f"{what}: mean luminance {luminance:.3f}"


def _is_red(image: Image.Image) -> bool:
    return not np.asarray(image)[..., 1:].any()


def _colours(image: Image.Image) -> int:
    return len(image.getcolors(1 << 24) or [])
