"""Reading files nobody vouches for: bounded in size, in depth and in time, before any parser runs."""

import errno
import os
import re
import stat
from pathlib import Path
from typing import Any

from relief_app.core.refusal import Refusal, RefusalCode, RoutineRefused

FILE_LIMIT = 64 * 1024
"""Bytes of a routine, settings or session file."""

KEY_PARTS = 8
"""Parts of a dotted key or table name: tomllib needs 0.9 s for one of 20 KB, and all memory for 256 KB."""

NESTING = 8
"""Levels of brackets; a routine needs three."""

VALUES = 4_000
"""Signs of one kind between values (= , [ .) in one file; 200 steps with every key in use need 3,400."""

_ERRORS = {
    errno.ENOENT: RefusalCode.MISSING,
    errno.ENOTDIR: RefusalCode.MISSING,
    errno.EACCES: RefusalCode.NO_PERMISSION,
    errno.EPERM: RefusalCode.NO_PERMISSION,
    errno.ENXIO: RefusalCode.NOT_A_FILE,
    errno.EISDIR: RefusalCode.NOT_A_FILE,
}
# Possessive repeats and ends at \Z: no text makes them look at a character more than a few times.
_STRINGS_AND_COMMENTS = re.compile(
    r'"""(?:[^"\\]|\\.|"(?!""))*+(?:"{3,5}|\\?\Z)'
    r"|'''(?:[^']|'(?!''))*+(?:'{3,5}|\Z)"
    r'|"(?:[^"\\\n]|\\[^\n])*+"?'
    r"|'[^'\n]*+'?"
    r"|\#[^\n]*+",
    re.DOTALL,
)
_PART = r"(?:[A-Za-z0-9_-]++|\")"
_DEEP_KEY = re.compile(rf"(?<![A-Za-z0-9_-]){_PART}(?:[ \t]*+\.[ \t]*+{_PART}){{{KEY_PARTS}}}")
_BRACKET = re.compile(r"[\[\]{}]")
_LINE = re.compile(r"at line (\d+), column")


def read_bytes(path: Path, limit: int = FILE_LIMIT) -> bytes:
    """All of the regular file `path`.

    Never waits: pipes and devices are refused unread. Raises RoutineRefused for what cannot be read
    and for more than `limit` bytes.
    """
    try:
        data = _read_regular(path, limit + 1)
    except ValueError:  # a NUL in the name
        raise RoutineRefused(Refusal(RefusalCode.MISSING)) from None
    except OSError as error:
        code = _ERRORS.get(error.errno or 0, RefusalCode.UNREADABLE)
        name = errno.errorcode.get(error.errno or 0, "")
        raise RoutineRefused(Refusal(code, value=name)) from error
    if len(data) > limit:
        raise RoutineRefused(Refusal(RefusalCode.FILE_TOO_LARGE, bound=limit))
    return data


def _read_regular(path: Path, size: int) -> bytes:
    """At most `size` bytes; looks before it opens, as opening some devices has effects."""
    if not stat.S_ISREG(path.stat().st_mode):
        raise RoutineRefused(Refusal(RefusalCode.NOT_A_FILE))
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_CLOEXEC", 0)
    descriptor = os.open(path, flags | getattr(os, "O_BINARY", 0))
    try:
        if not stat.S_ISREG(os.fstat(descriptor).st_mode):
            raise RoutineRefused(Refusal(RefusalCode.NOT_A_FILE))
        with os.fdopen(descriptor, "rb", closefd=False) as file:
            return file.read(size)
    finally:
        os.close(descriptor)


def decode_text(data: bytes) -> str:
    """UTF-8 text of `data`, without a leading byte order mark, which some editors write."""
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise RoutineRefused(Refusal(RefusalCode.NOT_UTF8, value=error.start)) from None


def parse_toml(text: str) -> dict[str, Any]:
    """The tables of `text`, which is weighed first; raises RoutineRefused."""
    import tomllib  # 4 ms, and a cramp's first picture does without

    _weigh(text)
    try:
        return tomllib.loads(text)
    except (ValueError, RecursionError) as error:  # ValueError also from over-long integers and dates
        line = _LINE.search(str(error))
        found = int(line[1]) if line else None
        raise RoutineRefused(Refusal(RefusalCode.NOT_TOML, line=found)) from None


def _weigh(text: str) -> None:
    """Refuse what would cost the parser too much: deep keys, deep nesting, too many values.

    Strings become one mark each, so that every run of dotted parts left is a key, a table name or a
    number. Where this reading parts from the parser's the file is not TOML, and the parser stops there.
    """
    bare = _STRINGS_AND_COMMENTS.sub(_mark, text)
    deep = _DEEP_KEY.search(bare)
    if deep:
        _refuse(RefusalCode.KEY_TOO_DEEP, bare, deep.start(), KEY_PARTS)
    _weigh_nesting(bare)
    if any(bare.count(sign) > VALUES for sign in "=,[."):
        raise RoutineRefused(Refusal(RefusalCode.TOO_MANY_VALUES, bound=VALUES))


def _mark(found: re.Match[str]) -> str:
    """What stands for a string or a comment; line breaks stay, so that lines keep their numbers."""
    text = found[0]
    return ("" if text.startswith("#") else '"') + "\n" * text.count("\n")


def _weigh_nesting(bare: str) -> None:
    depth = 0
    for bracket in _BRACKET.finditer(bare):
        depth = depth + 1 if bracket[0] in "[{" else max(0, depth - 1)
        if depth > NESTING:
            _refuse(RefusalCode.NESTED_TOO_DEEP, bare, bracket.start(), NESTING)


def _refuse(code: RefusalCode, text: str, position: int, bound: int) -> None:
    line = text.count("\n", 0, position) + 1
    raise RoutineRefused(Refusal(code, bound=bound, line=line))
