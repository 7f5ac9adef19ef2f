"""Values of settings in words, and the next ones up and down."""

from collections.abc import Mapping

from PySide6.QtCore import QCoreApplication, QLocale

MINUTES = 15
"""A step of the night's hours."""


def country_name(code: str) -> str:
    """The name of a country by its ISO 3166 code; the code where it has none."""
    return QLocale.territoryToString(QLocale.codeToTerritory(code)) if code != "ZZ" else code


def country_text(country: str | None, own: str | None, numbers: Mapping[str, str]) -> str:
    """Whom to call, and why."""
    if own is not None:
        return _tr("Own number: %1").replace("%1", own)
    if country is None:
        return _tr("Not confirmed: choose")
    number = numbers.get(country, "")
    return f"{country_name(country)}: {number or _tr('no number known')}"


def clock_later(clock: str, way: int) -> str:
    """A local time "HH:MM" a step earlier (-1) or later (1), round the clock."""
    hours, minutes = clock.split(":")
    now = int(hours) * 60 + int(minutes)
    later = (now // MINUTES + way if way > 0 or now % MINUTES == 0 else now // MINUTES) * MINUTES
    return f"{later % 1440 // 60:02d}:{later % 60:02d}"


def louder(volume: float, way: int, least: float = 0.0) -> float:
    """A volume `least` to 1 a tenth quieter (-1) or louder (1)."""
    return min(max(round(volume * 10 + way) / 10, least), 1.0)


def _tr(text: str) -> str:
    return QCoreApplication.translate("settings", text)
