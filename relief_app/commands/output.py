"""What the commands print: lines that no terminal can choke on and no closed pipe turns into a traceback."""

import os
import sys
from contextlib import suppress
from typing import TextIO

DONE, FAILED, USAGE, NO_APP, REFUSED = 0, 1, 2, 3, 4
"""Exit statuses, as promised in the README."""


def say(line: str) -> None:
    """Print `line` on stdout at once; ends the program where it cannot be written, as on a full disk."""
    try:
        write_line(line)
    except BrokenPipeError:
        write_to_nowhere(sys.stdout)


def complain(line: str) -> None:
    """Print `line` on stderr, free of anything that could steer a terminal."""
    # Who closed stderr wants to hear nothing.
    if sys.stderr is not None:
        with suppress(OSError):
            sys.stderr.write(fits(printable(line), sys.stderr.encoding) + "\n")
            sys.stderr.flush()


def printable(text: str) -> str:
    """`text` with control and other invisible characters spelled out."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def fits(text: str, encoding: str | None) -> str:
    """`text` as `encoding` can write it; what it cannot is spelled out."""
    return text.encode(encoding or "utf-8", "backslashreplace").decode(encoding or "utf-8")


def write_line(line: str) -> None:
    """As `say`, but a reader that has gone is told with BrokenPipeError."""
    if sys.stdout is None:
        return
    try:
        sys.stdout.write(fits(line, sys.stdout.encoding) + "\n")
        sys.stdout.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        write_to_nowhere(sys.stdout)
        complain(f"the output cannot be written ({error.strerror})")
        raise SystemExit(FAILED) from None


def write_to_nowhere(stream: TextIO) -> None:
    """What `stream` still holds, and what comes, goes to the null device.

    Without this the interpreter would complain at its last flush.
    """
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, stream.fileno())
        finally:
            os.close(nowhere)
