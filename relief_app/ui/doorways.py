"""The doors of the first page by name and key; what is behind them is looked at when one is opened."""

from PySide6.QtCore import QCoreApplication

PREPARE, CARE, SHOW = "prepare", "care", "show"

DOORWAYS = {PREPARE: "P", CARE: "H", SHOW: "O"}
"""The doors in order, each with its key."""


def doorway_name(doorway: str) -> str:
    """What is written on the door and above the page behind it."""
    return {PREPARE: _tr("Prepare"), CARE: _tr("Care"), SHOW: _tr("Show")}[doorway]


def doorway_hint(doorway: str) -> str:
    """What is behind the door, in a few words."""
    return {
        PREPARE: _tr("before bed, after a run, a break"),
        CARE: _tr("heat, ice, massage"),
        SHOW: _tr("demonstration, anatomy"),
    }[doorway]


def _tr(text: str) -> str:
    return QCoreApplication.translate("doors", text)
