"""What a screen reader is told on every page: who is there, what it is called, what it does, which key."""

from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface, QKeySequence
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from relief_app.core.anatomy import Leg
from relief_app.core.session_state import State
from relief_app.core.steering import Steer
from relief_app.pictures.figure import PoseState
from relief_app.ui.accessible.fresh import tell_anew
from relief_app.ui.accessible.pictures import pose_words
from tests.ui.conftest import MakeStage
from tests.ui.scenes import SCENES, play
from tests.ui.stage import QUIET_AFTER_MS, Stage

Key = Qt.Key
Role, Text = QAccessible.Role, QAccessible.Text
PRESS = QAccessibleActionInterface.pressAction()
CONTROLS = frozenset({Role.Button, Role.RadioButton, Role.CheckBox, Role.Slider, Role.EditableText})
PICTURES = ("PoseView", "CalfView", "LegView", "SignView", "_SignView", "AnatomyPlate", "LengthBars")
BARE = ("qt_scrollarea_viewport", "dark_cover")
"""Leaves without a word: what scrolls, and a black that is nothing but black."""


class Part(NamedTuple):
    """A widget as a screen reader has it."""

    widget: QWidget
    role: QAccessible.Role
    name: str
    description: str
    key: str
    actions: tuple[str, ...]
    invisible: bool

    @property
    def is_control(self) -> bool:
        """Whether a person acts on it."""
        return self.role in CONTROLS or PRESS in self.actions


def part_of(told: QAccessibleInterface) -> Part:
    widget = told.object()
    assert isinstance(widget, QWidget)
    return Part(
        widget,
        told.role(),
        told.text(Text.Name),
        told.text(Text.Description),
        told.text(Text.Accelerator),
        tuple(told.actionInterface().actionNames()),
        bool(told.state().invisible),
    )


def ask(widget: QWidget) -> QAccessibleInterface:
    told = QAccessible.queryAccessibleInterface(widget)
    assert told is not None
    return told


def tree(told: QAccessibleInterface) -> Iterator[Part]:
    """Everything that is shown, from the window down."""
    widget = told.object()
    if not isinstance(widget, QWidget) or not widget.isVisible():
        return
    yield part_of(told)
    for number in range(told.childCount()):
        child = told.child(number)
        if child is not None:
            yield from tree(child)


def parts(stage: Stage) -> list[Part]:
    return [part for part in tree(ask(stage.window)) if not part.invisible]


def part(stage: Stage, name: str) -> Part:
    return part_of(ask(stage.find(name)))


def press(control: Part) -> None:
    """Press, as a screen reader does."""
    ask(control.widget).actionInterface().doAction(PRESS)
    QApplication.processEvents()


def do(stage: Stage, name: str) -> None:
    """Press `name` of the page."""
    press(part(stage, name))


def is_empty_list(widget: QWidget) -> bool:
    above = widget.parentWidget()
    return above is not None and above.objectName() == "qt_scrollarea_viewport"


def complaints(stage: Stage) -> Iterator[str]:
    """What a person who does not see the page would miss."""
    found = parts(stage)
    for each in found:
        who = each.widget.objectName() or type(each.widget).__name__
        is_leaf = not each.widget.children() and each.widget.objectName() not in BARE
        if each.role is Role.Client and is_leaf and not is_empty_list(each.widget):
            yield f"{who} has no role"
        if each.role is not Role.Client and not each.name:
            yield f"{who} has no name"
        if each.is_control and not each.description:
            yield f"{who} has no description"
        if type(each.widget).__name__ in PICTURES and each.role is not Role.Graphic:
            yield f"{who} is no picture"
    names = Counter(each.name for each in found if each.is_control)
    yield from (f"{count} controls are called {name!r}" for name, count in names.items() if count > 1)
    if part_of(ask(stage.page)).name == "":
        yield f"{stage.window.page_name} has no name"


def test_every_widget_of_every_page_has_role_name_and_description(make_stage: MakeStage) -> None:
    found, controls = [], 0
    keys: dict[bool, set[tuple[str, str, str]]] = {True: set(), False: set()}
    for name in SCENES:
        stage = play(make_stage, name)
        found += [f"{name}: {each}" for each in complaints(stage)]
        acted_on = [each for each in parts(stage) if each.is_control]
        controls += len(acted_on)
        page = stage.window.page_name
        keys[name in KEYED] |= {(page, each.widget.objectName(), each.key) for each in acted_on if each.key}
        stage.close()
    assert not found, "\n".join(found)
    assert controls > 700
    assert keys[False] <= keys[True], "shortcuts that nothing below has tried"


@pytest.mark.parametrize(
    ("scene", "name", "role", "key"),
    [
        ("home", "cramp_now_button", Role.Button, "Enter"),
        ("home", "leg_left_button", Role.RadioButton, "L"),
        ("home", "leg_right_button", Role.RadioButton, ""),
        ("home", "calf_view", Role.Button, "A"),
        ("home", "title_label", Role.Heading, ""),
        ("cramp", "guide_page", Role.Pane, ""),
        ("cramp", "eased_button", Role.Button, "Space"),
        ("cramp", "cue_label", Role.StaticText, ""),
        ("cramp, all buttons", "next_button", Role.Button, "Right"),
        ("anatomy", "no_press_button", Role.CheckBox, "P"),
        ("anatomy", "knee_slider", Role.Slider, ""),
        ("country", "own_number_field", Role.EditableText, ""),
        ("keys", "keys_back_button", Role.Button, "Esc"),
        ("before heat, question 1", "pack_no_button", Role.Button, "1"),
        ("pack alarm", "pack_alarm_page", Role.AlertMessage, ""),
        ("bedside", "bedside_page", Role.Button, ""),
    ],
)
def test_roles_and_shortcuts(
    make_stage: MakeStage, scene: str, name: str, role: QAccessible.Role, key: str
) -> None:
    told = part(play(make_stage, scene), name)
    assert (told.role, told.key) == (role, key)


def test_a_choice_of_several_says_which_it_is(make_stage: MakeStage) -> None:
    stage = play(make_stage, "home")
    states = [ask(stage.find(name)).state() for name in ("leg_left_button", "leg_right_button")]
    assert [bool(state.checkable) for state in states] == [True, True]
    assert [bool(state.checked) for state in states] == [False, True]
    do(stage, "leg_left_button")
    states = [ask(stage.find(name)).state() for name in ("leg_left_button", "leg_right_button")]
    assert [bool(state.checked) for state in states] == [True, False]


def test_the_countdown_keeps_its_digits(make_stage: MakeStage) -> None:
    stage = play(make_stage, "cramp")
    assert part(stage, "countdown_ring").name == "30 seconds"
    stage.move(8_000)
    assert part(stage, "countdown_ring").name == "22 seconds"
    assert part(stage, "progress_dots").name == "0 of 4 steps done"


def test_a_value_between_less_and_more_is_told(make_stage: MakeStage) -> None:
    stage = play(make_stage, "settings")
    assert part(stage, "volume_value").name == "Volume of cues: 70 %"
    assert part(stage, "volume_more_button").description == "Now 70 %."
    do(stage, "volume_more_button")
    assert part(stage, "volume_value").name == "Volume of cues: 80 %"


def test_pictures_are_told_in_words(make_stage: MakeStage) -> None:
    stage = play(make_stage, "bedtime")
    assert part(stage, "pose_view").name == (
        "Picture: sitting in bed, the right leg straight; both hands pull a towel that lies round the ball "
        "of the foot."
    )
    calf = next(each for each in parts(stage) if each.widget.objectName() == "calf_view")
    assert calf.name.startswith("Picture: the calf of the right leg from behind. Lit: ")
    assert "gastrocnemius, inner head" in calf.name


def test_every_exercise_has_a_picture_in_words(make_stage: MakeStage) -> None:
    exercises = make_stage().catalogue.exercises
    told = {name: pose_words(PoseState(name, leg=Leg.LEFT)) for name in exercises}
    assert len(set(told.values())) == len(told)
    assert all("left leg" in words for words in told.values())


def test_who_goes_by_names_finds_every_button_of_a_cramp(make_stage: MakeStage) -> None:
    """Tab and the mouse show what a cramp hides; a screen reader goes through what is there."""
    names = {each.name for each in parts(play(make_stage, "cramp")) if each.is_control}
    assert names == {"It let go", "Something is wrong"}
    QAccessible.setActive(True)
    try:
        stage = play(make_stage, "cramp")
        names = {each.name for each in parts(stage) if each.is_control}
        assert {"Back", "Pause", "Next", "30 seconds longer", "Other leg", "Leave"} <= names
        for timer in stage.timers(QUIET_AFTER_MS):
            timer.timeout.emit()
        assert stage.button("next_button").isVisible()
    finally:
        QAccessible.setActive(False)


def test_what_a_screen_reader_keeps_is_told_anew_once_it_is_otherwise(
    make_stage: MakeStage, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Pictures and steps are called by what they show, and readers ask but once."""
    stage = play(make_stage, "cramp")
    assert part(stage, "pose_view").name.startswith("Picture: lying on the back")
    told: list[tuple[str, QAccessible.Event]] = []
    monkeypatch.setattr(
        QAccessible,
        "updateAccessibility",
        lambda event: told.append((event.object().objectName(), event.type())),
    )
    tell_anew()
    assert told == []
    stage.steer(Steer.NEXT)
    tell_anew()
    assert ("pose_view", QAccessible.Event.NameChanged) in told
    assert part(stage, "pose_view").name.startswith("Picture: sitting in bed")
    told.clear()
    tell_anew()
    assert told == []


def test_why_a_door_is_closed_is_told(make_stage: MakeStage) -> None:
    massage = part(play(make_stage, "care, nothing answered"), "massage_button")
    assert massage.description.startswith("First answer: ")
    assert PRESS not in massage.actions
    over = part(play(make_stage, "bedtime, over"), "next_button")
    assert over.description == "Not now: the session is over."


def test_what_lies_below_a_question_cannot_be_reached(make_stage: MakeStage) -> None:
    stage = play(make_stage, "look at the skin, heat")
    names = [each.widget.objectName() for each in parts(stage) if each.is_control]
    assert sorted(names) == ["skin_fine_button", "skin_not_fine_button", "something_wrong_button"]
    do(stage, "pack_off_button")
    assert stage.sees("skin_fine_button")


def test_the_night_routine_by_presses_alone(make_stage: MakeStage) -> None:
    stage = play(make_stage, "bedside")
    do(stage, "bedside_page")
    assert stage.window.page_name == "guide_page"
    stage.move(154_000)
    do(stage, "eased_button")
    assert part(stage, "eased_button").name == "It's back"
    for _ in range(10):
        stage.move(60_000)
    assert stage.state() is State.FINISHED


def stand(stage: Stage) -> tuple[object, ...]:
    """What there is to see and to be told: two ways of doing the same end alike."""
    view = stage.driver.view()
    words = tuple((each.name, each.description) for each in parts(stage))
    full = stage.window.isFullScreen()
    return stage.window.page_name, stage.window.theme_name, stage.muted, full, view, words


KEYED = (
    *("home", "home, kept", "care", "after a run", "keys", "settings", "country", "own data: where"),
    *("cramp, all buttons", "bedtime", "anatomy", "safety question 2", "what is possible now"),
    *("before ice, question 9", "no heat pack now", "look at the skin, heat", "after heat, fine"),
    *("wrong", "a sign", "look once more", "prepare", "show", "anatomy, from the inside"),
    *("before heat, question 8", "pack off first", "cramp below pack off first", "the morning after, sore"),
)


@pytest.mark.parametrize("scene", KEYED)
def test_a_shortcut_does_what_its_control_does(make_stage: MakeStage, scene: str) -> None:
    stage = play(make_stage, scene)
    keyed = [each for each in parts(stage) if each.is_control and each.key]
    assert keyed
    for name, key in [(each.widget.objectName(), each.key) for each in keyed]:
        by_key = play(make_stage, scene)
        QTest.keySequence(QApplication.focusWidget() or by_key.page, QKeySequence(key))
        QApplication.processEvents()
        by_key.move(0)
        reached = stand(by_key)
        by_key.close()
        pressed = play(make_stage, scene)
        press(next(each for each in parts(pressed) if each.widget.objectName() == name))
        pressed.move(0)
        assert stand(pressed) == reached, f"{key} is not {name}"
        pressed.close()
