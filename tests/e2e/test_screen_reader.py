"""The night without eyes: a real AT-SPI client goes through it by accessible names and actions alone."""

import json
from collections import Counter
from collections.abc import Iterator

import pytest

from relief_app.core.gates import Asked
from relief_app.storage.gates import read_gates
from tests.support.control import Status, wait_for_state
from tests.support.figures import RecordFigure
from tests.support.private_desktop import PrivateDesktop
from tests.support.screen_reader import Element, Heard, ScreenReader, screen_reader
from tests.support.watch import Watch

RATE = 10
"""Of the rehearsals: a hold of thirty seconds takes three."""
CUE, STRETCH, REST = (
    "Pull your toes toward your shin.",
    "Knee straight. Pull the towel gently.",
    "Keep your feet",
)
GUIDE_KEYS = {
    "It let go": "Space",
    "Something is wrong": "W",
    "Back": "Left",
    "Pause": "P",
    "Next": "Right",
    "30 seconds longer": "+",
    "Other leg": "L",
    "Night": "N",
    "Mute": "M",
    "Full screen": "F",
    "Keys": "?",
    "Leave": "Esc",
}


@pytest.fixture(name="reader")
def _reader(managed_desktop: PrivateDesktop) -> Iterator[ScreenReader]:
    """A window manager gives the window the keyboard: only then a reader is told of the focus."""
    with screen_reader(managed_desktop) as reader:
        yield reader


def complaints(page: str, elements: list[Element]) -> Iterator[str]:
    """What a person who does not see the page would miss."""
    controls = [each for each in elements if each.is_control]
    if not controls:
        yield f"{page}: nothing to act on"
    for each in elements:
        if not each.name and each.role != "label":  # a label without words says nothing to anybody
            yield f"{page}: a {each.role} ({each.id}) has no name"
    for each in controls:
        if not each.description:
            yield f"{page}: {each.name} has no description"
    names = Counter(each.name for each in controls)
    yield from (f"{page}: {count} are called {name}" for name, count in names.items() if count > 1)
    if sum("focused" in each.states for each in elements) != 1:
        yield f"{page}: the keyboard is nowhere, or everywhere"


def look_at(reader: ScreenReader, page: str) -> dict[str, Element]:
    """Everything to act on by its name, once all of the page is as it should be."""
    elements = reader.elements()
    found = list(complaints(page, elements))
    assert not found, "\n".join(found)
    return {each.name: each for each in elements if each.is_control}


def clear_profile(desktop: PrivateDesktop) -> None:
    """Nothing stands in the way of anything."""
    folder = desktop.home / "data/relief"
    folder.mkdir(parents=True, mode=0o700)
    answers = {gate.key: "no" for gate in read_gates() if gate.asked is Asked.PROFILE}
    profile = {"format": 1, "answers": answers, "facts": {}}
    (folder / "profile.json").write_text(json.dumps(profile), encoding="utf-8")


def test_from_the_first_page_to_the_end_by_names_and_actions_alone(
    managed_desktop: PrivateDesktop, reader: ScreenReader
) -> None:
    clear_profile(managed_desktop)
    app = managed_desktop.launch("--theme", "night")
    reader.hear_page("Relief, first page")
    home = look_at(reader, "first page")
    assert {name: home[name].key for name in ("Cramp now: in bed", "Cramp now: standing", "Care")} == {
        "Cramp now: in bed": "Enter",
        "Cramp now: standing": "S",
        "Care": "H",
    }
    since = len(reader.heard)
    reader.press("Cramp now: in bed")
    reader.hear_page("Step 1 of 5")
    reader.hear_said("get ready. Toes to shin.")
    guide = look_at(reader, "guide")
    assert {name: guide[name].key for name in guide if "Press" in guide[name].actions} == GUIDE_KEYS
    reader.hear_said(CUE, since)
    reader.press("Next")
    reader.hear_said("Next: Towel stretch.", since)
    reader.hear_said(STRETCH, since)
    look_at(reader, "second hold")
    told = [each.name for each in reader.elements()]
    assert any(name.startswith("Picture: sitting in bed") for name in told), told
    reader.hear_page("Step 2 of 5, right leg")
    reader.press("It let go")
    reader.hear_said("It let go. Rub slow circles", since)
    look_at(reader, "it let go")
    since = len(reader.heard)
    reader.press("Next")
    reader.hear_said(CUE, since)
    reader.press("Next")
    reader.hear_said(REST, since)
    look_at(reader, "rest")
    reader.press("Next")
    done = reader.hear_said("All done.", since)
    over = look_at(reader, "the end")
    assert "It's back" in over
    assert done.text == "All done. Standing may be unsteady just after a cramp. Hold on."
    assert wait_for_state(app, "finished")["release_s"] is not None
    assert {each.priority for each in reader.announcements} == {"polite"}
    since = len(reader.heard)
    reader.press("Done")
    reader.hear_page("Relief, first page", since)


def test_a_night_routine_is_heard_whole_and_in_order(
    managed_desktop: PrivateDesktop, reader: ScreenReader, record_figure: RecordFigure
) -> None:
    app = managed_desktop.launch("--theme", "night")
    reader.hear_page("Relief, first page")
    watch = managed_desktop.watch()
    assert app.command("start", "cramp-bed", "--leg", "left", "--rate", str(RATE)).returncode == 0
    reader.hear_said(STRETCH)
    reader.press("It let go")
    told = announced(watch, until="session_ended")
    reader.hear_said(told[-1].text)
    heard = [(each.text, each.priority) for each in reader.announcements]
    in_order(["get ready.", CUE, "Next: Towel stretch", STRETCH, "It let go.", REST, "All done."], heard)
    assert heard[-len(told) :] == [(each.text, each.priority) for each in told]
    assert len(told) < 20, "too much to listen to"
    assert wait_for_state(app, "finished")["release_s"] is not None
    record_figure("announcements heard in a night routine", f"{len(told)} of {len(told)}")


def announced(watch: Watch, until: str) -> list[Heard]:
    """What watchers were told until an event of the type `until` and the line that belongs to it."""
    told: list[Heard] = []
    is_over = False
    for event in watch.events():
        is_over = is_over or event["type"] == until
        if event["type"] == "announcement":
            told.append(as_heard(event["data"]))
            if is_over:
                break
    return told


def as_heard(data: Status) -> Heard:
    return Heard("announcement", data["text"], data["priority"])


def in_order(wanted: list[str], heard: list[tuple[str, str]]) -> None:
    """Each of `wanted` begins, or stands in, one that was heard, each at or after the one before."""
    at = 0
    for text in wanted:
        found = next((n for n, (said, _) in enumerate(heard[at:], at) if text in said), None)
        assert found is not None, f"{text!r} is not in {heard[at:]}"
        at = found


def test_a_pack_by_names_alone_and_its_alarm_does_not_wait(sounding_managed: PrivateDesktop) -> None:
    desktop = sounding_managed
    clear_profile(desktop)
    with screen_reader(desktop) as reader:
        app = desktop.launch("start", "heat", "--leg", "left", "--rate", "60", "--theme", "night")
        for number in range(1, 10):
            reader.hear_page(f"Before heat: {number} of 9.")
            page = look_at(reader, f"question {number}")
            assert page["No pack now"].key == "Esc"
            reader.press("I heard it" if "I heard it" in page else "No")
        reader.hear_page("Look at your skin now.")
        alarm = reader.hear(lambda each: each.priority == "assertive", "the alarm")
        assert alarm.text.startswith("Take the pack off now.")
        reader.hear_page("Take the pack off now")
        look_at(reader, "alarm")
        reader.press(name_of(reader, "acknowledge_button"))
        reader.hear_said("The pack is off.")
        reader.hear_page("Look at your skin once more.")
        asked = look_at(reader, "a look at the skin")
        assert sorted(asked) == ["Not fine", "Something is wrong", "The skin is fine"]
        assert app.terminate() == 0


def name_of(reader: ScreenReader, name: str) -> str:
    return next(each.name for each in reader.elements() if each.id == name)


@pytest.fixture(name="sounding_managed")
def _sounding_managed() -> Iterator[PrivateDesktop]:
    """A pack is only started where its alarm can be heard."""
    with PrivateDesktop(window_manager=True, sound=True) as desktop:
        yield desktop


def test_the_first_cue_of_now_is_heard_although_the_program_has_only_begun(
    managed_desktop: PrivateDesktop, reader: ScreenReader
) -> None:
    app = managed_desktop.launch("now", "--leg", "left", "--theme", "night")
    assert reader.hear_said(CUE).text.endswith("30 seconds.")
    reader.hear_page("Step 1 of 4, left leg")
    assert app.terminate() == 0


def test_what_changes_under_the_keyboard_is_said_and_no_answer_is_called_not_selected(
    managed_desktop: PrivateDesktop, reader: ScreenReader
) -> None:
    app = managed_desktop.launch("--theme", "light")
    reader.hear_page("Relief, first page, right leg")
    app.key("l")
    reader.hear_page("Relief, first page, left leg")
    app.key("q")
    reader.hear_page("1 of 4. Are you unsteady on your feet?")
    app.key("n")
    reader.hear_page("2 of 4.")
    answers = look_at(reader, "question")
    assert {answers[name].role for name in ("Yes", "No", "Not sure")} == {"push button"}
    reader.press("Back")
    reader.hear_page("1 of 4.")
    reader.wait_for("No", lambda each: each.description.startswith("Your answer so far."))
    app.key("Escape")
    reader.hear_page("What is possible now.")
    reader.hear(lambda each: each.kind == "description" and "Massage" in each.text, "what is possible")
    app.key("Escape")
    reader.press("Settings")
    reader.hear_page("Settings")
    reader.press("Volume of cues: Louder", "SetFocus")
    reader.press("Volume of cues: Louder")
    reader.hear(lambda each: each.text == "Now 80 %.", "the new volume")
    assert app.terminate() == 0
