"""Asking the running program over its socket: a client command takes a twentieth of a second to start,
and a rehearsal at rate 60 goes through three seconds meanwhile.
"""

import json
import socket
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from tests.support.app import App
from tests.support.waiting import PATIENCE_S

Status = dict[str, Any]


def ask(app: App, command: str, *, at: Path | None = None, **values: Any) -> Status:
    """Return the program's answer; empty while it does not listen yet. `at`: where, if elsewhere."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.settimeout(PATIENCE_S)
        try:
            connection.connect(str(at or app.listens_at))
        except (FileNotFoundError, ConnectionRefusedError):
            return {}
        connection.sendall(json.dumps({"command": command, **values}).encode() + b"\n")
        with connection.makefile(encoding="utf-8") as answer:
            line = answer.readline()
    return dict(json.loads(line)) if line else {}


def tell(app: App, command: str, **values: Any) -> None:
    """Give a command to the program that listens already; fail when it is refused."""
    answer = ask(app, command, **values)
    assert answer == {"ok": True}, f"{command}: {answer}\n{app.output}"


class Events:
    """What the program tells a watcher. Events from after its making are all there, none is missed."""

    def __init__(self, connection: socket.socket) -> None:
        """Ask for events and return when the program has agreed."""
        connection.settimeout(PATIENCE_S)
        self._lines = connection.makefile(encoding="utf-8")
        connection.sendall(b'{"command": "watch"}\n')
        assert json.loads(self._lines.readline()) == {"ok": True}

    def __iter__(self) -> Iterator[Status]:
        """Yield events as they come, until the program ends; raise TimeoutError when none comes."""
        yield from map(json.loads, self._lines)

    def next(self, kind: str) -> Status:
        """Return the next event of this type, passing over others."""
        found = next((event for event in self if event["type"] == kind), None)
        assert found is not None, f"the program ended before the event {kind}"
        return found


@contextmanager
def events(app: App) -> Iterator[Events]:
    """Watch the program that listens already, from now on; the command `watch` takes a while to begin."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(app.listens_at))
        yield Events(connection)


def wait_for(
    app: App, fits: Callable[[Status], bool], what: str, timeout: float = PATIENCE_S, at: Path | None = None
) -> Status:
    """Return the first status that fits."""
    last: Status = {}

    def look() -> Status | None:
        nonlocal last
        last = ask(app, "status", at=at)
        return last if last and fits(last) else None

    try:
        found = app.wait_until(look, timeout, what)
    except AssertionError as error:
        raise AssertionError(f"{error}\nlast status: {last}\n{app.output}") from None
    assert found is not None
    return found


def wait_for_state(app: App, state: str, timeout: float = PATIENCE_S) -> Status:
    """Return the first status in that state."""
    return wait_for(app, lambda status: status["state"] == state, f"state {state}", timeout)


def wait_for_step(app: App, timeout: float = PATIENCE_S, **wanted: object) -> Status:
    """Return the first status whose step has these values: `index=1, phase="active"`."""

    def fits(status: Mapping[str, Any]) -> bool:
        step = status["step"]
        return step is not None and all(step[key] == value for key, value in wanted.items())

    return wait_for(app, fits, f"step {wanted}", timeout)
