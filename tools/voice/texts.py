"""Every English sentence the voice can say, gathered from the catalogue, and how each is read aloud."""

from __future__ import annotations

import hashlib
import re

from relief_app.desktop.voice_words import every_sentence
from relief_app.storage.catalogue import BUILT_IN, Catalogue
from relief_app.storage.gates import read_gates

WORDS_IN_NAME = 6

_ONES = ("zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine")
_TEENS = ("ten", "eleven", "twelve", "thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen")
_BELOW_20 = (*_ONES, *_TEENS, "nineteen")
_TENS = ("", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety")


def every_text() -> tuple[str, ...]:
    """Return all sentences, in the order of the catalogue."""
    catalogue = Catalogue()
    routines = [catalogue.routine(routine) for routine in BUILT_IN]
    return every_sentence(catalogue.exercises.values(), routines, read_gates())


def number_word(value: int) -> str:
    """Return `value` (0 to 100) in words, as in twenty-one."""
    if value == 100:
        return "one hundred"
    if value < len(_BELOW_20):
        return _BELOW_20[value]
    tens, ones = divmod(value, 10)
    return f"{_TENS[tens]}-{_ONES[ones]}" if ones else _TENS[tens]


def read_aloud(text: str) -> str:
    """Return `text` as an engine reads it best: numbers in words, a whole sentence with its full stop."""
    words = re.sub(r"\d+", lambda found: number_word(int(found[0])), text)
    whole = words[:1].upper() + words[1:]
    return whole if whole[-1] in ".?!" else f"{whole}."


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of `text` as a recogniser knows them: small letters, apostrophes inside words."""
    return tuple(re.findall(r"[a-z]+(?:'[a-z]+)*", read_aloud(text).lower()))


def slug(text: str) -> str:
    """Return the name of the clip of `text`: its first words, for people who look into the folder.

    Texts that are read alike share a clip, and no others do.
    """
    words = words_of(text)
    name = "-".join(words[:WORDS_IN_NAME]).replace("'", "")
    return name if len(words) <= WORDS_IN_NAME else f"{name}-{digest(text)[:6]}"


def digest(text: str) -> str:
    """Return the SHA-256 of how `text` is read, in hexadecimal: another reading needs another clip."""
    return hashlib.sha256(" ".join(words_of(text)).encode()).hexdigest()
