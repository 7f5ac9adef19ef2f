"""A film of whole nights, at thirty frames a second: not one pixel of one frame is anything but the night's.

The screen is black and has no window manager: whatever is lit on it is ours, from the first frame of the
first window on, and the pointer over our window is ours, too. What a window manager draws round the window
is not, and is not on it.
"""

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

import numpy as np
import pytest

from relief_app.core.gates import Asked
from relief_app.storage.gates import read_gates
from tests.support.app import App
from tests.support.control import Status, ask, tell, wait_for, wait_for_state, wait_for_step
from tests.support.figures import RecordFigure
from tests.support.film import Film, Measured
from tests.support.private_desktop import PrivateDesktop

SIZE = (800, 600)
BRIGHTEST = 0.04
"""Mean luminance of a screen, as a share of white."""
A_MOMENT = 6
UNTIL_STILL = 105
"""Frames: so long at least until the pointer hides."""
ANOTHER_PAGE = 0.02
"""Share of the pixels that another page changes."""
NOW = ("now", "--leg", "left", "--position", "bed", "--theme", "night")


@pytest.fixture(scope="module", name="_shared_desktop")
def _small_desktop() -> Iterator[PrivateDesktop]:
    """A small screen: a slow machine, too, measures thirty frames of it a second."""
    with PrivateDesktop(*SIZE) as desktop:
        desktop.screen.hide_root_pointer()
        yield desktop


class Night(NamedTuple):
    """The program that is filmed."""

    desktop: PrivateDesktop
    film: Film
    app: App

    def press(self, *keys: str) -> None:
        """Press keys one by one, each for a moment of film."""
        for key in keys:
            self.app.key(key)
            self.film.run(A_MOMENT)

    def open(self, *keys: str) -> None:
        """Press keys that each lead to another page."""
        for key in keys:
            before = np.asarray(self.app.image())
            self.app.key(key)

            def look(before: "np.ndarray[tuple[int, ...], np.dtype[np.uint8]]" = before) -> bool:
                now = np.asarray(self.app.image())
                return now.shape != before.shape or (now != before).any(axis=2).mean() > ANOTHER_PAGE

            self.app.wait_until(look, what=f"another page by {key}")
            self.film.run(A_MOMENT)

    def fill_screen(self) -> None:
        self.app.resize(*SIZE)
        self.film.run(A_MOMENT)

    def move_pointer(self) -> None:
        """Move over much of the window; it is seen, and hides again only after a while."""
        for part in range(1, 10):
            self.app.move_mouse(SIZE[0] * part // 10, SIZE[1] * part // 10)
            self.film.run(2)

    def until(self, fits: Callable[[Status], bool], what: str) -> None:
        wait_for(self.app, fits, what)
        self.film.run(A_MOMENT)


@contextmanager
def filmed(desktop: PrivateDesktop, folder: Path, record: RecordFigure, name: str) -> Iterator[Film]:
    """A film of what happens inside; its figures are recorded, and every frame is checked."""
    with Film(desktop.environment, SIZE, folder) as film:
        yield film
    found = film.measured()
    record(name, str(found))
    _check(found, folder)


def _check(found: Measured, folder: Path) -> None:
    assert found.frames > 100, "no film"
    assert len(found.changes) > 20, "nothing happened in it"
    assert found.blue.blue == 0, f"blue in frame {found.blue.number}, see {folder}/blue.png"
    assert found.green.green == 0, f"green in frame {found.green.number}, see {folder}/green.png"
    assert found.brightest.luminance < BRIGHTEST, f"{found.brightest}, see {folder}/luminance.png"


def test_a_whole_night(stage: PrivateDesktop, tmp_path: Path, record_figure: RecordFigure) -> None:
    with filmed(stage, tmp_path, record_figure, "film of a whole night") as film:
        night = Night(stage, film, stage.launch(*NOW))
        wait_for_step(night.app, phase="active")
        night.fill_screen()
        _cramp(night)
        night = _crash(night)
        night.press("Escape")
        wait_for_state(night.app, "ready")
        night.open("g", "Escape")
        _home(night)
        _settings(night)
        _bedside(night)
        _sign(night)


def _cramp(night: Night) -> None:
    """Every key of the guide, the pages behind it, and other sizes of the window."""
    night.move_pointer()
    night.film.run(UNTIL_STILL)
    night.press(*["Tab"] * 12)
    night.open("w")
    night.press("Tab", "Tab", "Next", "Prior", "Down", "Up")
    night.open("Escape", "question")
    night.press("Next", "Prior", "Tab")
    night.open("Escape")
    night.press("f", "f", "m", "m", "p", "p", "plus", "minus", "l", "Right", "Left", "Next", "Prior")
    for size in ((480, 640), (320, 420), (700, 330)):
        night.app.resize(*size)
        night.film.run(A_MOMENT)
    night.fill_screen()
    night.press("space", "space")


def _crash(night: Night) -> Night:
    """The program dies and is back."""
    night.app.crash()
    again = night._replace(app=night.desktop.started_again(night.app))
    wait_for_state(again.app, "running")
    again.fill_screen()
    again.press("Right", "Tab")
    return again


def _home(night: Night) -> None:
    """The first page, what is behind its doors, the calf and the questions."""
    night.press(*["Tab"] * 12)
    night.move_pointer()
    for door in "pho":
        night.open(door)
        night.press("Tab", "Tab")
        night.open("Escape")
    night.open("a")
    night.press("Down", "Down", "Right", "v", "p", "t", "m", "Tab", "Tab", "Right")
    night.move_pointer()
    night.open("Escape", "q")
    night.press("Tab", "u", "u", "y", "Left")
    night.open("Escape", "Escape")


def _settings(night: Night) -> None:
    """Every row, the countries, and what may be done with the person's own files."""
    night.open("comma")
    night.press("Next", "Next", "Prior", *["Tab"] * 3, "shift+Tab", "shift+Tab")
    night.open("Return")
    night.press("Tab", "1", "1", "2", "shift+Left", "shift+Home", "Delete", "Tab", "Tab", "Next")
    night.open("Escape", "Escape")
    for row in (3, 4, 5, 6):
        night.open("comma")
        night.press(*["shift+Tab"] * row)
        night.open("Return")
        night.press("Tab", "Tab")
        night.open("Escape", "Escape")


def _bedside(night: Night) -> None:
    """Black, relief by a key, and out of it."""
    night.open("z")
    night.move_pointer()
    night.press("space")
    wait_for_step(night.app, phase="active")
    night.film.run(30)
    tell(night.app, "stop")
    night.press("Escape")
    night.app.key_down("Escape")
    night.until(lambda status: not status["bedside"], "the end of the bedside mode")
    night.app.key_up("Escape")
    night.film.run(A_MOMENT)


def _sign(night: Night) -> None:
    """A sign is reported, and what it stands against is refused."""
    night.open("w")
    night.press("Tab")
    night.open("Return")
    night.press("Tab", "Tab", "Escape", "Escape")
    night.app.key("Return")
    night.film.run(30)


def test_a_pack_from_its_questions_to_its_alarm(
    stage: PrivateDesktop, tmp_path: Path, record_figure: RecordFigure
) -> None:
    _answer_profile(stage)
    with filmed(stage, tmp_path, record_figure, "film of a pack at night") as film:
        app = stage.launch("start", "heat", "--rate", "60", "--theme", "night")
        night = Night(stage, film, app)
        wait_for(app, lambda status: status["question"] is not None, "the first question")
        night.fill_screen()
        night.press("2", "Return")
        tell(app, "start", routine="heat", rate=60)
        night.press("Tab", "Tab", "Right", "Left")
        _answer_questions(night)
        night.open("w", "Escape")
        night.until(lambda status: _question(status) == "skin_check", "the look at the skin")
        night.press("Tab", "Tab")
        night.until(lambda status: bool(status["exposure"] and status["exposure"]["alarm"]), "the alarm")
        night.move_pointer()
        night.app.key_down("Return")
        night.until(lambda status: status["exposure"] is None, "the pack to be off")
        night.app.key_up("Return")
        night.film.run(A_MOMENT)
        night.press("1", "1", "Return")


def test_a_night_in_amber(stage: PrivateDesktop, tmp_path: Path, record_figure: RecordFigure) -> None:
    assert stage.command("settings", "set", "night_colour", "amber").returncode == 0
    with Film(stage.environment, SIZE, tmp_path) as film:
        night = Night(stage, film, stage.launch(*NOW))
        wait_for_step(night.app, phase="active")
        night.fill_screen()
        _cramp(night)
        night.press("Escape")
        wait_for_state(night.app, "ready")
        night.open("a", "Escape")
    found = film.measured()
    record_figure("film of a night in amber", str(found))
    _check(found._replace(green=found.green._replace(green=0)), tmp_path)
    assert found.green.green in range(100, 120)


def test_key_n_leads_from_light_to_night_and_back_without_a_flash(
    stage: PrivateDesktop, tmp_path: Path
) -> None:
    app = stage.launch("now", "--theme", "light")
    wait_for_step(app, phase="active")
    app.resize(*SIZE)
    app.wait_until(lambda: np.asarray(app.image())[..., 1].mean() > 100, what="a page by day")
    with Film(stage.environment, SIZE, tmp_path) as film:
        night = Night(stage, film, app)
        night.press("w")
        night.open("n")
        night.press("Tab")
        night.open("n")
    by_day = [frame.green > 0 for frame in film.measured().changes]
    turns = [number for number in range(1, len(by_day)) if by_day[number] != by_day[number - 1]]
    assert (by_day[0], len(turns), by_day[-1]) == (True, 2, True), turns


def _answer_profile(desktop: PrivateDesktop) -> None:
    """Nothing stands in the way of heat."""
    answers = {gate.key: "no" for gate in read_gates() if gate.asked is Asked.PROFILE}
    folder = Path(desktop.environment["XDG_DATA_HOME"]) / "relief"
    folder.mkdir(mode=0o700, exist_ok=True)
    (folder / "profile.json").write_text(json.dumps({"format": 1, "answers": answers, "facts": {}}))


def _question(status: Status) -> object:
    return status["question"] and status["question"]["id"]


def _answer_questions(night: Night) -> None:
    """The questions before a pack, by key; without a loudspeaker the last one only by command."""

    def on(status: Status) -> bool:
        return status["exposure"] is not None

    for _ in range(20):
        status = ask(night.app, "status")
        if on(status):
            break
        night.press("1")
        question = ask(night.app, "status")["question"]
        if question is not None and question["id"] == "pack_unheard":
            tell(night.app, "answer", question=question["id"], value=question["choices"][0])
    night.until(on, "the pack")
