"""Asking the running program over its socket: a client command takes a twentieth of a second to start,
and a rehearsal at rate 60 goes through three seconds meanwhile.
"""

import json
import socket
from collections.abc import Callable, Mapping
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
