"""How the window opens: a plain value, made before anything of Qt is imported."""

from collections.abc import MutableMapping
from typing import NamedTuple

from relief_app.core.anatomy import Leg

RECOVERED, CHANNEL, WAS = "RELIEF_RECOVERED", "RELIEF_GUARD_FD", "RELIEF_WAS"
"""Variables by which the recovery guard starts a dead program again: the how-manieth time, where it
listens, and what was true, words out of `SESSION`, `MUTED`, `FULL_SCREEN`, `BEDSIDE` and spaces between."""
SESSION, MUTED, FULL_SCREEN, BEDSIDE = "session", "muted", "full-screen", "bedside"
LONGEST_NUMBER = 7
"""Digits: no count and no descriptor of ours has more."""


class Recovered(NamedTuple):
    """A start by the recovery guard: nothing is asked, and what was running goes on.

    `times` is the how-manieth it is, `channel` the descriptor behind which the guard listens, if any.
    """

    times: int
    channel: int | None
    was: frozenset[str]


class Opening(NamedTuple):
    """A routine that starts at once, or where `routine` is None the Home page or the bedside mode."""

    routine: str | None = None
    leg: Leg | None = None
    urgent: bool = False
    rate: int = 1
    theme: str | None = None
    recovered: Recovered | None = None
    bedside: bool = False


def take_recovered(environment: MutableMapping[str, str]) -> Recovered | None:
    """What the guard said to this start, None where nobody recovers; taken out, so that none inherits it."""
    count, channel, was = (environment.pop(name, "") for name in (RECOVERED, CHANNEL, WAS))
    if not _is_number(count):
        return None
    return Recovered(int(count), int(channel) if _is_number(channel) else None, frozenset(was.split()))


def _is_number(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) <= LONGEST_NUMBER
