"""A screen reader on a private desktop: it sees what is accessible and nothing else, and acts by names alone.

Its accessibility bus is started as a desktop starts it, and the program under test is told of it in the usual
way: by the bus's own word that a screen reader is on.
"""

import json
import os
import select
import subprocess
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any, NamedTuple, TypeVar

from jeepney import DBusAddress, new_method_call
from jeepney.io.blocking import open_dbus_connection
from jeepney.wrappers import unwrap_msg

from tests.support.private_desktop import PrivateDesktop
from tests.support.session_bus import SYSTEM_PYTHON
from tests.support.waiting import PATIENCE_S, wait_until

T = TypeVar("T")

CLIENT = str(Path(__file__).with_name("atspi_client.py"))
LAUNCHERS = tuple(
    Path(folder) / "at-spi-bus-launcher" for folder in ("/usr/libexec", "/usr/lib/at-spi2-core")
)
CONTROLS = frozenset({"push button", "radio button", "check box", "toggle button", "slider", "text", "entry"})
PRESS, TOGGLE = "Press", "Toggle"
_NAME = "org.a11y.Bus"
_BUS = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
_STATUS = DBusAddress("/org/a11y/bus", bus_name=_NAME, interface="org.freedesktop.DBus.Properties")


class Element(NamedTuple):
    """Something on screen; `id` is its object name, `actions` are names with their keys."""

    id: str
    role: str
    name: str
    description: str
    states: frozenset[str]
    actions: Mapping[str, str]

    @property
    def is_control(self) -> bool:
        """Whether a person acts on it."""
        return self.role in CONTROLS or PRESS in self.actions

    @property
    def key(self) -> str:
        """Its shortcut, "" where it has none."""
        return self.actions.get(PRESS, "")


class Heard(NamedTuple):
    """One thing a screen reader is told.

    `kind` is "announcement", "focus", "window" or, for what has the keyboard and is called or described
    anew, "name" or "description". `text` is what is announced, or the name, or the description; `element`
    is what has the keyboard now.
    """

    kind: str
    text: str
    priority: str = ""
    element: Element | None = None


class ScreenReader:
    """Talks with the client; whatever it hears meanwhile is kept in `heard`, in order."""

    def __init__(self, process: "subprocess.Popen[bytes]") -> None:
        assert process.stdin is not None
        assert process.stdout is not None
        self._in, self._out = process.stdin, process.stdout
        self._rest = b""
        self.heard: list[Heard] = []
        self._answers: list[dict[str, Any]] = []
        self._answer()

    @property
    def announcements(self) -> list[Heard]:
        """What was announced so far."""
        self._take(0.0)
        return [each for each in self.heard if each.kind == "announcement"]

    def elements(self) -> list[Element]:
        """Everything on screen, from the top of the tree down."""
        while True:
            answer = self._ask(ask="elements")
            if "problem" not in answer:
                return [_element(each) for each in answer["answer"]]

    def wait_for(self, name: str, fits: Callable[[Element], bool]) -> Element:
        """Return the control of that name as soon as it fits."""

        def look() -> Element | None:
            found = (each for each in self.elements() if each.is_control and each.name == name)
            return next((each for each in found if fits(each)), None)

        element = wait_until(look, what=f"{name!r} as it should be")
        assert element is not None
        return element

    def press(self, name: str, action: str = PRESS) -> None:
        """Wait for what is called `name` and can be pressed, and press it."""
        problem = ""

        def pressed() -> bool:
            nonlocal problem
            answer = self._ask(ask="act", name=name, action=action)
            problem = str(answer.get("problem") or answer["answer"])
            return problem == ""

        try:
            wait_until(pressed, what=f"{name!r} to be pressed")
        except AssertionError as error:
            raise AssertionError(f"{error}: {problem}\n{self.story()}") from None

    def hear(self, fits: Callable[[Heard], bool], what: str, since: int = 0) -> Heard:
        """Return the first of what was heard from number `since` on that fits."""

        def look() -> Heard | None:
            self._take(0.1)
            return next((each for each in self.heard[since:] if fits(each)), None)

        try:
            found = wait_until(look, what=what)
        except AssertionError as error:
            raise AssertionError(f"{error}\n{self.story()}") from None
        assert found is not None
        return found

    def hear_said(self, text: str, since: int = 0) -> Heard:
        """Return the first announcement with `text` in it."""
        return self.hear(lambda each: each.kind == "announcement" and text in each.text, repr(text), since)

    def hear_page(self, name: str, since: int = 0) -> Heard:
        """Return when the keyboard has come to what begins with `name`, or that was given this name."""
        told = ("focus", "name")
        return self.hear(lambda each: each.kind in told and each.text.startswith(name), repr(name), since)

    def story(self) -> str:
        """What was heard, for the report of a failed test."""
        return "\n".join(f"{each.kind}: {each.text} {each.priority}".rstrip() for each in self.heard)

    def _ask(self, **request: str) -> dict[str, Any]:
        self._in.write(json.dumps(request).encode() + b"\n")
        self._in.flush()
        return self._answer()

    def _answer(self) -> dict[str, Any]:
        wait_until(lambda: self._answers or self._take(0.1), what="an answer of the screen reader")
        return self._answers.pop()

    def _take(self, timeout: float) -> bool:
        """Take in what has come; whether there is an answer now."""
        while select.select([self._out], [], [], timeout)[0]:
            data = os.read(self._out.fileno(), 65_536)
            assert data, f"the screen reader has ended\n{self.story()}"
            *lines, self._rest = (self._rest + data).split(b"\n")
            for line in map(json.loads, lines):
                self._answers.append(line) if "answer" in line else self._note(line)
            timeout = 0.0
        return bool(self._answers)

    def _note(self, line: dict[str, Any]) -> None:
        if line["event"] == "announcement":
            self.heard.append(Heard("announcement", line["text"], line["priority"]))
        elif "problem" not in line:
            text = line["description" if line["event"] == "description" else "name"]
            self.heard.append(Heard(line["event"], text, element=_element(line)))


@contextmanager
def screen_reader(desktop: PrivateDesktop) -> Iterator[ScreenReader]:
    """Switch a screen reader on, before or after the program was started."""
    launcher = next(path for path in LAUNCHERS if path.exists())
    desktop.launch_program([str(launcher), "--launch-immediately"], GSETTINGS_BACKEND="memory")
    wait_until(lambda: _ask(desktop, _BUS, "NameHasOwner", "s", _NAME)[0], what="the accessibility bus")
    _ask(desktop, _STATUS, "Set", "ssv", "org.a11y.Status", "ScreenReaderEnabled", ("b", True))
    with (desktop.folder / "screen-reader.log").open("wb") as errors:
        process = subprocess.Popen(
            [SYSTEM_PYTHON, "-W", "ignore::DeprecationWarning", CLIENT],
            env=desktop.environment,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    try:
        yield ScreenReader(process)
    finally:
        process.terminate()
        process.communicate(timeout=PATIENCE_S)


def _element(line: Mapping[str, Any]) -> Element:
    return Element(
        line["id"],
        line["role"],
        line["name"],
        line["description"],
        frozenset(line["states"]),
        dict(line["actions"]),
    )


def _ask(
    desktop: PrivateDesktop, where: DBusAddress, method: str, types: str, *words: Any
) -> tuple[Any, ...]:
    with open_dbus_connection(desktop.environment["DBUS_SESSION_BUS_ADDRESS"]) as connection:
        reply = connection.send_and_get_reply(
            new_method_call(where, method, types, words), timeout=PATIENCE_S
        )
    return tuple(unwrap_msg(reply))
