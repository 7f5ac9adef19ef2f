"""Every page in every state a person can meet it in: a stage is led there by what a person does.

The tests of what eyes and hands need (large text, contrast, targets, keyboard, grey) go through all of them.
Whoever adds a page or a state adds a scene.
"""

from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import NamedTuple

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication

from relief_app.core.exposure import PackReason
from relief_app.core.steering import Steer
from relief_app.ports import NotKept, NotKeptReason
from relief_app.ui.pages.bedside import HINT_MS
from relief_app.ui.pages.morning import MorningPage
from relief_app.ui.problem_words import not_kept
from tests.ui.stage import Heard, Stage
from tests.ui.test_packs import asked, checked, cramped, off, on, over, unheard

Key = Qt.Key
Go = Callable[[Stage], object]
Size = tuple[int, int]
USUAL = (1280, 800)
MIN = 60_000
LONG_NOTICE = "No sound device was found: watch the number, there will be no sounds."
LONG_PATH = Path("/home/somebody/.local/share/relief/backups/relief-backup-2031-12-24.zip")


class Scene(NamedTuple):
    """How to get to a state; `how` makes the stage."""

    go: Go
    how: Mapping[str, object] = {}


def play(make_stage: Callable[..., Stage], name: str, size: Size = USUAL, **how: object) -> Stage:
    """A stage of `size` in the scene `name`."""
    scene = SCENES[name]
    stage = make_stage(**(dict(scene.how) | how))
    stage.resize(*size)
    scene.go(stage)
    QApplication.processEvents()
    return stage


@contextmanager
def played(name: str, size: Size = USUAL, **how: object) -> Iterator[Stage]:
    """The same, struck at once: many scenes after one another must not stand in each other's way."""
    made: list[Stage] = []

    def make(**each: object) -> Stage:
        made.append(Stage(**each))  # type: ignore[arg-type] # as in conftest
        return made[-1]

    try:
        yield play(make, name, size, **how)
    finally:
        for stage in made:
            stage.close()


def _home(*keys: Key) -> Go:
    def go(stage: Stage) -> None:
        stage.home()
        for key in keys:
            stage.press(key)

    return go


def _kept(stage: Stage, *, say: str = "") -> None:
    stage.guide("demonstration")
    stage.press(Key.Key_Right)
    stage.move(7_000)
    stage.press(Key.Key_Escape)
    stage.move(50 * MIN)
    stage.window.show_home()
    if say:
        stage.window.say(say)


def _problem(stage: Stage) -> None:
    stage.home()
    stage.window.start("massage")


def _guide(routine: str, ms: int = 0, *, steer: Steer | None = None, say: str = "") -> Go:
    def go(stage: Stage) -> None:
        stage.guide(routine)
        stage.move(ms)
        if steer is not None:
            stage.steer(steer)
        if say:
            stage.window.say(say)

    return go


def _over(routine: str) -> Go:
    def go(stage: Stage) -> None:
        stage.guide(routine)
        if routine.startswith("cramp"):
            stage.move(154_000)
            stage.steer(Steer.EASED)
        for _ in range(60):
            stage.move(MIN)

    return go


def _all_buttons(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.move(8_000)
    stage.move_mouse()


def _eased(stage: Stage) -> None:
    stage.guide("cramp-bed")
    stage.move(154_000)
    stage.steer(Steer.EASED)


def _wrong(*, alarm: bool = False, session: bool = False) -> Go:
    def go(stage: Stage) -> None:
        if alarm or session:
            stage.guide("cramp-bed")
            stage.move(700_000 if alarm else 0)
        else:
            stage.home()
        if not alarm:
            stage.press(Key.Key_W)

    return go


def _sign(name: str, *, session: bool = False, again: bool = False, kept: bool = True) -> Go:
    def go(stage: Stage) -> None:
        _wrong(session=session)(stage)
        store = stage.profile
        store.writable = kept
        stage.button(f"{name}_button").click()
        if again:
            stage.press(Key.Key_Escape)
            stage.move(9 * 3_600_000)
            stage.press(Key.Key_Escape)
            stage.press(Key.Key_W)
            stage.button(f"{name}_button").click()

    return go


def _clearing(stage: Stage) -> None:
    _sign("sign_swollen_warm_leg", again=True)(stage)
    stage.click("clinician_button")


def _reported_card(stage: Stage) -> None:
    _sign("sign_swollen_warm_leg")(stage)
    stage.press(Key.Key_Escape)


def _settings(button: str = "", then: str = "") -> Go:
    def go(stage: Stage) -> None:
        stage.desk.found = [LONG_PATH, LONG_PATH.with_name("relief-backup-2031-12-25.zip")]
        stage.desk.files = [(LONG_PATH, 123_456), (LONG_PATH.with_name("settings.json"), 812)]
        stage.home()
        stage.press(Key.Key_Comma)
        for name in (button, then):
            if name:
                stage.button(name).click()

    return go


def _changed_settings(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_Comma)
    for name in ("set_theme_dark", "set_leg_left", "volume_less", "night_from_more", "set_sounds_off"):
        stage.button(f"{name}_button").click()


def _country(number: str) -> Go:
    def go(stage: Stage) -> None:
        _settings("country_button")(stage)
        field = stage.find("own_number_field")
        field.setText(number)  # type: ignore[attr-defined] # a line to type in
        stage.button("own_number_button").click()

    return go


def _questions(number: int = 0, *, kept: bool = True) -> Go:
    def go(stage: Stage) -> None:
        stage.home()
        stage.press(Key.Key_Q)
        stage.profile.writable = kept
        for _ in range(number):
            stage.press(Key.Key_N)

    return go


def _end_of_questions(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_Q)
    stage.press(Key.Key_Escape)


def _run(stage: Stage) -> None:
    stage.home()
    stage.press(Key.Key_R)


def cool_down(stage: Stage) -> None:
    """After a run, where it does not cramp now."""
    _run(stage)
    stage.click("cool_down_button")


def _cool_down_over(stage: Stage) -> None:
    cool_down(stage)
    for _ in range(60):
        stage.move(MIN)


def _bedside(*, say: str = "", clock: bool = False) -> Go:
    def go(stage: Stage) -> None:
        size = stage.window.size()
        stage.home()
        stage.press(Key.Key_Z)
        stage.window.showNormal()
        stage.resize(size.width(), size.height())
        if say:
            stage.page.say(say)  # type: ignore[attr-defined] # the bedside page
        if clock:
            stage.timer(HINT_MS).timeout.emit()

    return go


def _anatomy(*keys: Key) -> Go:
    return _home(Key.Key_A, *keys)


def _sound_of(heard: Heard | None) -> Go:
    def go(stage: Stage) -> None:
        stage.heard = heard
        unheard(stage)

    return go


def _refused(stage: Stage) -> None:
    asked(stage)
    for _ in range(3):
        stage.press(Key.Key_1)
    stage.press(Key.Key_2)


def _pack_question(name: str, number: int) -> Go:
    def go(stage: Stage) -> None:
        asked(stage, name)
        for _ in range(number):
            stage.press(Key.Key_1)

    return go


def _pack_on(name: str, *, lid: bool = False) -> Go:
    def go(stage: Stage) -> None:
        stage.lid_open = lid
        on(stage, name)
        stage.move(70_000)

    return go


def _ask_off(stage: Stage) -> None:
    on(stage)
    stage.press(Key.Key_Escape)


def _alarm(reason: PackReason) -> Go:
    def go(stage: Stage) -> None:
        if reason is PackReason.SKIN:
            checked(stage).press(Key.Key_2)
        else:
            checked(stage).move(2 * MIN)

    return go


def _after(name: str, *, fine: bool) -> Go:
    def go(stage: Stage) -> None:
        off(stage, name)
        stage.press(Key.Key_1 if fine else Key.Key_2)

    return go


def _banner(*, urgent: bool = False, home: bool = False, wrong: bool = False) -> Go:
    def go(stage: Stage) -> None:
        cramped(stage)
        if urgent:
            stage.move(6 * MIN)
        if home:
            stage.press(Key.Key_Escape)
        if wrong:
            stage.press(Key.Key_W)

    return go


def _waiting_packs(stage: Stage) -> None:
    """Neither pack is allowed just now."""
    _after("heat", fine=True)(stage)
    stage.press(Key.Key_Escape)
    stage.press(Key.Key_H)


_CLEAR = {"clear": True}
_NOWHERE = {"number": None}
_NOTICE = not_kept(NotKept(LONG_PATH, NotKeptReason.NO_SPACE))


def _morning(question: str) -> Go:
    def go(stage: Stage) -> None:
        stage.home()
        page = stage.window.keep_page(MorningPage(stage.window))
        page.night_wanted.connect(stage.window.toggle_night)
        page.something_wrong.connect(stage.window.show_wrong)
        page.let_be.connect(stage.window.show_home)
        page.answered.connect(stage.window.show_guide)
        page.present(question)
        stage.window.show_page(page)

    return go


SCENES: Mapping[str, Scene] = {
    # Home
    "home": Scene(_home()),
    "home, questions answered": Scene(_home(), _CLEAR),
    "home, kept": Scene(_kept),
    "home, kept and a notice": Scene(lambda stage: _kept(stage, say=LONG_NOTICE)),
    "home, a long notice": Scene(lambda stage: stage.home().window.say(_NOTICE)),
    "home, why a massage is not offered": Scene(_problem),
    # Doors
    "prepare": Scene(_home(Key.Key_P)),
    "care, nothing answered": Scene(_home(Key.Key_H)),
    "care": Scene(_home(Key.Key_H), _CLEAR),
    "care, packs have to wait": Scene(_waiting_packs, _CLEAR),
    "show": Scene(_home(Key.Key_O)),
    "after a run": Scene(_run, _CLEAR),
    # Guide
    "cramp": Scene(_guide("cramp-bed")),
    "cramp, all buttons": Scene(_all_buttons),
    "cramp, paused": Scene(_guide("cramp-bed", 8_000, steer=Steer.PAUSE)),
    "cramp, until it lets go": Scene(_guide("cramp-bed", 300_000)),
    "cramp, a notice": Scene(_guide("cramp-bed", 8_000, say=LONG_NOTICE)),
    "cramp, eased": Scene(_eased),
    "cramp, over": Scene(_over("cramp-bed")),
    "cramp standing": Scene(_guide("cramp-standing", 8_000)),
    "bedtime, get ready": Scene(_guide("bedtime")),
    "bedtime": Scene(_guide("bedtime", 8_000)),
    "bedtime, paused": Scene(_guide("bedtime", 8_000, steer=Steer.PAUSE)),
    "bedtime, a notice": Scene(_guide("bedtime", 8_000, say=_NOTICE)),
    "bedtime, over": Scene(_over("bedtime")),
    "micro-break": Scene(_guide("micro-break", 8_000)),
    "after a run, cool-down": Scene(cool_down, _CLEAR),
    "after a run, over": Scene(_cool_down_over, _CLEAR),
    "massage": Scene(_guide("massage", 8_000), _CLEAR),
    "massage, over": Scene(_over("massage"), _CLEAR),
    "demonstration": Scene(_guide("demonstration", 8_000)),
    # Packs
    **{
        f"before {name}, question {number + 1}": Scene(_pack_question(name, number), _CLEAR)
        for name, numbers in {"heat": (0, 2, 5, 7), "ice": (4, 8)}.items()
        for number in numbers
    },
    "before heat, no sound yet": Scene(_sound_of(None), _CLEAR),
    "before heat, sound muted": Scene(_sound_of(Heard(sink="muted")), _CLEAR),
    "before heat, no sound device": Scene(_sound_of(Heard(played=False)), _CLEAR),
    "no heat pack now": Scene(_refused, _CLEAR),
    "heat on": Scene(_pack_on("heat"), _CLEAR),
    "ice on, lid open": Scene(_pack_on("ice", lid=True), _CLEAR),
    "pack off first": Scene(_ask_off, _CLEAR),
    "look at the skin, heat": Scene(checked, _CLEAR),
    "look at the skin, ice": Scene(lambda stage: checked(stage, "ice"), _CLEAR),
    "look once more": Scene(off, _CLEAR),
    "pack alarm": Scene(over, _CLEAR),
    "pack alarm, skin": Scene(_alarm(PackReason.SKIN), _CLEAR),
    "pack alarm, nobody answered": Scene(_alarm(PackReason.UNANSWERED), _CLEAR),
    "after heat, fine": Scene(_after("heat", fine=True), _CLEAR),
    "after heat, not fine": Scene(_after("heat", fine=False), _CLEAR),
    "after ice, not fine": Scene(_after("ice", fine=False), _CLEAR),
    "cramp below pack off first": Scene(_banner(), _CLEAR),
    "cramp below the pack's alarm": Scene(_banner(urgent=True), _CLEAR),
    "home below pack off first": Scene(_banner(home=True), _CLEAR),
    "wrong below pack off first": Scene(_banner(wrong=True), _CLEAR),
    # Something is wrong
    "wrong": Scene(_wrong()),
    "wrong, no number": Scene(_wrong(), _NOWHERE),
    "wrong in a session": Scene(_wrong(session=True), _NOWHERE),
    "wrong, ten minutes": Scene(_wrong(alarm=True), _NOWHERE),
    "wrong, a card reported before": Scene(_reported_card),
    "a sign": Scene(_sign("sign_swollen_warm_leg"), _NOWHERE),
    "a sign in a session": Scene(_sign("sign_often_or_severe", session=True), _NOWHERE),
    "a sign, not kept": Scene(_sign("sign_pop_or_gap", kept=False), _NOWHERE),
    "a sign, reported before": Scene(_sign("sign_swollen_warm_leg", again=True), _NOWHERE),
    "a sign, looked at?": Scene(_clearing, _NOWHERE),
    "none of the signs": Scene(_sign("none_of_these"), _NOWHERE),
    # Settings
    "settings": Scene(_settings()),
    "settings, changed": Scene(_changed_settings),
    "country": Scene(_settings("country_button")),
    "country, no number": Scene(_country("call me")),
    "country, own number": Scene(_country("0900 123 456")),
    "own data: where": Scene(_settings("data_where_button")),
    "own data: back up": Scene(_settings("data_backup_button")),
    "own data: backed up": Scene(_settings("data_backup_button", "data_go_on_button")),
    "own data: restore": Scene(_settings("data_restore_button")),
    "own data: restore, sure": Scene(_settings("data_restore_button", "data_go_on_button")),
    "own data: erase": Scene(_settings("data_erase_button")),
    "own data: erase, sure": Scene(_settings("data_erase_button", "data_go_on_button")),
    # Safety questions
    **{f"safety question {number + 1}": Scene(_questions(number)) for number in range(4)},
    "safety question, not kept": Scene(_questions(1, kept=False)),
    "what is possible now": Scene(_end_of_questions),
    # Bedside
    "bedside": Scene(_bedside()),
    "bedside, a notice": Scene(_bedside(say=LONG_NOTICE)),
    "bedside, the clock": Scene(_bedside(clock=True)),
    # The rest
    "the morning after, sore": Scene(_morning("still_sore")),
    "the morning after, cream": Scene(_morning("morning_cream")),
    "keys": Scene(_home(Key.Key_Question)),
    "anatomy": Scene(_anatomy()),
    "anatomy, a muscle": Scene(_anatomy(Key.Key_Down, Key.Key_Down)),
    "anatomy, from the inside": Scene(_anatomy(Key.Key_V, Key.Key_Down)),
    "anatomy, never press": Scene(_anatomy(Key.Key_P)),
    "anatomy, the leg": Scene(_anatomy(Key.Key_M)),
}

AT_ONCE = 12
PARTS = tuple(tuple(SCENES)[at : at + AT_ONCE] for at in range(0, len(SCENES), AT_ONCE))
"""The names in parts that a test goes through at once."""
