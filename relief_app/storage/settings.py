"""The settings file, and settings by key for the command line."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING

from relief_app.core.anatomy import Leg
from relief_app.core.preferences import (
    LEAST_ALARM,
    NightColour,
    Settings,
    SkinTone,
    Theme,
    VoiceMode,
    is_number_to_call,
)
from relief_app.core.refusal import Refusal, RefusalCode
from relief_app.ports import LoadProblem, NotKept, NotKeptReason, ProblemCode
from relief_app.storage.fields import (
    FORMAT,
    Check,
    Field,
    FieldRefused,
    check_field,
    check_format,
    flag,
    number,
    one_of,
    refuse,
)
from relief_app.storage.fields import read_table as read
from relief_app.storage.json_files import JsonFile, parse_json

if TYPE_CHECKING:
    from datetime import date

_TIME = re.compile(r"(?:[01][0-9]|2[0-3]):[0-5][0-9]")
_COUNTRY = re.compile(r"[A-Z]{2}")
_WORDS = {"yes": True, "true": True, "on": True, "no": False, "false": False, "off": False}


class SettingRefused(Exception):  # noqa: N818 - an answer, not an accident
    """A key or a value that is not one of ours; `refusal` has the code, the key and the value."""

    def __init__(self, refusal: Refusal) -> None:
        super().__init__(refusal.code.value, refusal.field)
        self.refusal = refusal


class SettingsFile:
    """Settings in a JSON file; fits `relief_app.ports.SettingsStore`."""

    def __init__(self, path: Path, today: "Callable[[], date] | None" = None) -> None:
        self._file = JsonFile(path, today)

    def load(self) -> Settings:
        """The settings kept. A damaged file is set aside and the defaults are used."""
        return self._file.load(_decode) or Settings()

    def save(self, settings: Settings) -> None:
        """Keep `settings`, and the keys of a newer version beside them. Raises NotKept."""
        strange = {key: value for key, value in self._file.peek().items() if key not in _CHECKS}
        self._file.save(strange | {"format": FORMAT} | settings._asdict(), durable=True)

    def change(self, before: Settings, now: Settings) -> Settings:
        """Keep what differs between `before` and `now`; the rest stays as the file says meanwhile.

        The command line writes the same file. Returns what is kept; raises NotKept, also where the file
        only cannot be read: saving would put defaults in place of it.
        """
        found = self._file.load(_decode) or Settings()
        problem = self._file.take_problem()
        if problem is not None and problem.code is ProblemCode.UNREADABLE:
            raise NotKept(problem.path, NotKeptReason.OTHER)
        was, wanted = before._asdict(), now._asdict()
        changed = {key: value for key, value in wanted.items() if value != was[key]}
        kept = found._replace(**changed)
        self.save(kept)
        return kept

    def take_problem(self) -> LoadProblem | None:
        """What the last load had to say, once."""
        return self._file.take_problem()


def read_settings(data: bytes) -> Settings:
    """The settings in a file's bytes; raises ValueError, RecursionError or FieldRefused."""
    return _decode(parse_json(data))


def setting_text(settings: Settings, key: str) -> str:
    """The value of `key` as the command line says it; None is "none". Raises SettingRefused."""
    _known(key)
    value = getattr(settings, key)
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "none" if value is None else str(value)


def with_setting(settings: Settings, key: str, text: str) -> Settings:
    """`settings` with `key` set from the command line's `text`. Raises SettingRefused."""
    _known(key)
    try:
        value = check_field(key, _CHECKS[key], _from_text(key, text.strip()))
    except FieldRefused as refused:
        raise SettingRefused(refused.refusal) from None
    return settings._replace(**{key: value})


def without_setting(settings: Settings, key: str) -> Settings:
    """`settings` with `key` back at its default. Raises SettingRefused."""
    _known(key)
    return settings._replace(**{key: getattr(Settings(), key)})


def _known(key: str) -> None:
    if key not in _CHECKS:
        raise SettingRefused(Refusal(RefusalCode.UNKNOWN_KEY, field=key, bound=KEYS))


def _from_text(key: str, text: str) -> object:
    """What JSON would hold for `text`; what it cannot be is left for the check to refuse."""
    default = getattr(Settings(), key)
    if isinstance(default, bool):
        return _WORDS.get(text.lower(), text)
    if isinstance(default, float):
        return _float(text)
    if default is None:
        return None if text.lower() == "none" else text.upper()
    return text


def _float(text: str) -> object:
    try:
        return float(text)
    except ValueError:
        return text


def _matching(pattern: re.Pattern[str], name: str, *, optional: bool = False) -> Check:
    """A check for text of one shape, called `name`; `optional` lets None pass."""

    def check(value: object) -> str | None:
        if value is None and optional:
            return None
        if not isinstance(value, str) or not pattern.fullmatch(value):
            refuse(RefusalCode.WRONG_TYPE, value, name)
        return value

    return check


def _number_to_call(value: object) -> str | None:
    """A check for a telephone number of the person's own, or none."""
    if value is not None and not (isinstance(value, str) and is_number_to_call(value)):
        refuse(RefusalCode.WRONG_TYPE, value, "number of at most 15 digits, + * #")
    return value


_CHECKS: dict[str, Check] = {
    "leg": one_of(Leg),
    "theme": one_of(Theme),
    "night_from": _matching(_TIME, "time as HH:MM"),
    "night_until": _matching(_TIME, "time as HH:MM"),
    "sounds": flag,
    "volume": number(0, 1),
    "reduced_motion": flag,
    "country": _matching(_COUNTRY, "country code of two letters", optional=True),
    "skin_tone": one_of(SkinTone),
    "emergency_number": _number_to_call,
    "night_colour": one_of(NightColour),
    "voice": one_of(VoiceMode),
    "voice_volume": number(0, 1),
    "tick_volume": number(0, 1),
    "alarm_volume": number(LEAST_ALARM, 1),
    "media_keys": flag,
    "chime_volume": number(0, 1),
}
KEYS = Settings._fields
"""Documented keys of the settings file, in the order they are listed."""


def _decode(raw: dict[str, object]) -> Settings:
    check_format(raw)
    ours = {key: value for key, value in raw.items() if key in _CHECKS}
    return Settings(**read(ours, {key: Field(check) for key, check in _CHECKS.items()}))
