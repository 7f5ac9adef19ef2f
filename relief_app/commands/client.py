"""Messages to the running app over its socket. Imports no Qt: hotkeys and status bars call this often."""

import json
import socket
import sys
import time
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from relief_app.commands.output import DONE, FAILED, NO_APP, complain, say, write_line, write_to_nowhere
from relief_app.desktop.single_instance import is_held
from relief_app.storage.paths import Paths, find_paths

Reply = Mapping[str, Any]

PATIENCE_S = 5.0
"""How long a starting app may take to listen, and a running one to answer."""
LONGEST_REPLY = 1024 * 1024
_RETRY_S = 0.05


def send(
    request: Mapping[str, Any],
    paths: Paths | None = None,
    *,
    patience_s: float = PATIENCE_S,
    clock: Callable[[], float] = time.monotonic,
    wait: Callable[[float], object] = time.sleep,
) -> Reply | None:
    """The app's reply, or None where no app runs.

    An app that does not answer, or not with a JSON object, makes a reply with `error` and `exit`.
    """
    try:
        connection = _connected(paths or find_paths(), patience_s, clock, wait)
        if connection is None:
            return None
        with connection:
            deadline = clock() + patience_s
            connection.settimeout(patience_s)
            connection.sendall(json.dumps(request).encode() + b"\n")
            line = next(_lines(connection, lambda: deadline - clock()), b"")
    except TimeoutError:
        return _failure("the app does not answer")
    except OSError as error:
        return _failure(f"the app cannot be reached ({error.strerror or error})")
    return _reply(line)


def status(*, as_json: bool) -> int:
    """Print what the running app does."""
    reply = send({"command": "status"})
    code = _outcome(reply)
    if code == DONE and reply is not None:
        if as_json:
            say(json.dumps(reply, ensure_ascii=False))
        else:
            from relief_app.commands.status_lines import status_lines

            for line in status_lines(reply):
                say(line)
    return code


def steer(name: str, **values: object) -> int:
    """Give the running app the command `name` with `values`."""
    return _outcome(send({"command": name, **values}))


def watch(paths: Paths | None = None) -> int:
    """Print the app's events, one JSON line each, until the app goes or Ctrl-C."""
    try:
        connection = _connected(paths or find_paths(), PATIENCE_S, time.monotonic, time.sleep)
        if connection is None:
            return _outcome(None)
        with connection:
            connection.sendall(b'{"command": "watch"}\n')
            return _print_events(connection)
    except KeyboardInterrupt:
        return DONE
    except TimeoutError:
        return _outcome(_failure("the app does not answer"))
    except OSError as error:
        return _outcome(_failure(f"the app cannot be reached ({error.strerror or error})"))


def _print_events(connection: socket.socket) -> int:
    lines = _lines(connection, lambda: None)
    connection.settimeout(PATIENCE_S)
    first = next(lines, b"")
    connection.settimeout(None)  # nothing may happen for as long as it likes
    reply = _reply(first)
    if "error" in reply:
        return _outcome(reply)
    if "type" in reply:
        _print_line(first)
    try:
        for line in lines:
            _print_line(line)
    except BrokenPipeError:
        write_to_nowhere(sys.stdout)
    except ConnectionResetError:
        pass  # the app is gone
    return DONE


def _print_line(line: bytes) -> None:
    write_line(line.decode("utf-8", "replace"))


def _connected(
    paths: Paths, patience_s: float, clock: Callable[[], float], wait: Callable[[float], object]
) -> socket.socket | None:
    """A connection to the running app; None where there is none.

    An app that holds the lock but does not listen yet is given `patience_s`. Raises TimeoutError, OSError.
    """
    deadline = clock() + patience_s
    while True:
        connection = _try_connect(str(paths.socket))
        if connection is not None:
            return connection
        if not is_held(paths.lock):
            return None
        if clock() >= deadline:
            raise TimeoutError
        wait(_RETRY_S)


def _try_connect(path: str) -> socket.socket | None:
    """A connection to `path`, None where nobody listens there (yet)."""
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    try:
        connection.settimeout(PATIENCE_S)
        connection.connect(path)
    except (FileNotFoundError, NotADirectoryError, ConnectionRefusedError, BlockingIOError):
        connection.close()
        return None
    except OSError:
        connection.close()
        raise
    return connection


def _lines(connection: socket.socket, left_s: Callable[[], float | None]) -> Iterator[bytes]:
    """Whole lines as they come; ends where the other side does. Raises TimeoutError after `left_s()`."""
    received = b""
    while len(received) <= LONGEST_REPLY:
        line, newline, rest = received.partition(b"\n")
        if newline:
            received = rest
            yield line
            continue
        left = left_s()
        if left is not None:
            connection.settimeout(max(left, 0.001))
        data = connection.recv(65_536)
        if not data:
            return
        received += data


def _reply(line: bytes) -> Reply:
    try:
        reply = json.loads(line)
    except (ValueError, RecursionError):
        reply = None
    if not isinstance(reply, dict):
        return _failure("the app went away" if not line else "the app's answer cannot be read")
    return reply


def _failure(line: str) -> Reply:
    return {"error": line, "exit": FAILED}


def _outcome(reply: Reply | None) -> int:
    """The exit status of `reply`, its error told."""
    if reply is None:
        complain("no app is running")
        return NO_APP
    if reply.get("error"):
        complain(str(reply["error"]))
    code = reply.get("exit", FAILED if reply.get("error") else DONE)
    return code if type(code) is int and 0 <= code <= 255 else FAILED
