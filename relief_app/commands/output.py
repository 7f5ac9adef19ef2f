"""What the commands print: lines that no terminal can choke on and no closed pipe turns into a traceback."""

import os
import sys
from typing import TextIO

DONE, FAILED, USAGE, NO_APP, REFUSED = 0, 1, 2, 3, 4
"""Exit statuses, as promised in the README."""


def say(line: str) -> None:
    """Print `line` on stdout at once."""
    _write(sys.stdout, line)


def complain(line: str) -> None:
    """Print `line` on stderr, free of anything that could steer a terminal."""
    _write(sys.stderr, printable(line))


def printable(text: str) -> str:
    """`text` with control and other invisible characters spelled out."""
    return "".join(sign if sign.isprintable() else f"\\u{ord(sign):04x}" for sign in text)


def fits(text: str, encoding: str | None) -> str:
    """`text` as `encoding` can write it; what it cannot is spelled out."""
    return text.encode(encoding or "utf-8", "backslashreplace").decode(encoding or "utf-8")


def _write(stream: TextIO, line: str) -> None:
    try:
        stream.write(fits(line, stream.encoding) + "\n")
        stream.flush()
    except BrokenPipeError:
        _give_up(stream)


def _give_up(stream: TextIO) -> None:
    """Nobody reads any more (`| head`): later writes, the interpreter's last flush included, go nowhere."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    try:
        os.dup2(nowhere, stream.fileno())
    finally:
        os.close(nowhere)
