"""A screen reader's ears and hands, on libatspi as real ones are: JSON lines in, JSON lines out.

Runs under the system's Python, which has `gi`. It knows nothing of the program it reads: what it is given are
accessible names, and what it gives are roles, names, descriptions, states, actions and keys.
"""

import json
import sys
from collections.abc import Iterator
from typing import Any

import gi

gi.require_version("Atspi", "2.0")
from gi.repository import Atspi, GLib  # noqa: E402 - after the version is required

STATES = ("showing", "visible", "enabled", "sensitive", "focusable", "focused", "checkable", "checked")
EVENTS = {
    "object:announcement": "announcement",
    "object:state-changed:focused": "focus",
    "object:property-change:accessible-name": "name",
    "object:property-change:accessible-description": "description",
    "window:activate": "window",
}
PRIORITIES = {1: "polite", 2: "assertive"}


def say(line: dict[str, Any]) -> None:
    sys.stdout.write(json.dumps(line) + "\n")
    sys.stdout.flush()


def states(thing: Any) -> list[str]:
    found = thing.get_state_set()
    return [name for name in STATES if found.contains(getattr(Atspi.StateType, name.upper()))]


def actions(thing: Any) -> list[list[str]]:
    """Each action's name and key."""
    if "Action" not in thing.get_interfaces():
        return []
    count = Atspi.Action.get_n_actions(thing)
    return [
        [Atspi.Action.get_action_name(thing, number), Atspi.Action.get_key_binding(thing, number)]
        for number in range(count)
    ]


def element(thing: Any) -> dict[str, Any]:
    return {
        "id": thing.get_accessible_id().rpartition(".")[2],
        "role": thing.get_role_name(),
        "name": thing.get_name(),
        "description": thing.get_description(),
        "states": states(thing),
        "actions": actions(thing),
    }


def shown(thing: Any) -> Iterator[Any]:
    """What is on screen, from the top of the tree down."""
    for number in range(thing.get_child_count()):
        child = thing.get_child_at_index(number)
        if child is not None and "showing" in states(child):
            yield child
            yield from shown(child)


def everything() -> Iterator[Any]:
    desk = Atspi.get_desktop(0)
    for number in range(desk.get_child_count()):
        application = desk.get_child_at_index(number)
        if application is not None:
            yield from shown(application)


def act(name: str, action: str) -> str:
    """Do `action` to the one thing of that name that has it; what was wrong, else nothing."""
    found = [
        (thing, number)
        for thing in everything()
        if thing.get_name() == name
        for number, (does, _) in enumerate(actions(thing))
        if does == action
    ]
    if len(found) != 1:
        return f"{len(found)} things called {name!r} can be asked for {action!r}"
    thing, number = found[0]
    return "" if Atspi.Action.do_action(thing, number) else f"{name!r} did nothing"


def answer(request: dict[str, Any]) -> None:
    try:
        if request["ask"] == "elements":
            say({"answer": [element(thing) for thing in everything()]})
        else:
            say({"answer": act(request["name"], request["action"])})
    except GLib.Error as gone:  # what was just there may be gone
        say({"answer": None, "problem": str(gone)})


def heard(event: Any) -> None:
    kind = EVENTS[event.type]
    try:
        if kind == "announcement":
            say({"event": kind, "text": event.any_data, "priority": PRIORITIES.get(event.detail1, "none")})
        elif kind in ("name", "description"):
            if "focused" in states(event.source):
                say({"event": kind, **element(event.source)})
        elif kind == "window" or event.detail1:
            say({"event": kind, **element(event.source)})
    except GLib.Error as gone:
        say({"event": "gone", "problem": str(gone)})


def on_request(*_: object) -> bool:
    line = sys.stdin.readline()
    if not line:
        Atspi.event_quit()
        return False
    answer(json.loads(line))
    return True


if __name__ == "__main__":
    Atspi.init()
    listener = Atspi.EventListener.new(heard)
    for kind in EVENTS:
        listener.register(kind)
    GLib.unix_fd_add_full(GLib.PRIORITY_DEFAULT, 0, GLib.IOCondition.IN | GLib.IOCondition.HUP, on_request)
    say({"answer": "listening"})
    Atspi.event_main()
