"""What "Something is wrong" says about a sign: how urgent it is, what it forbids, and until when."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QDateTime, QLocale

from relief_app.core.gates import Block
from relief_app.core.safety import Urgency
from relief_app.ui.words import content

if TYPE_CHECKING:
    from collections.abc import Sequence

    from relief_app.core.safety import RedFlag


def urgency_text(urgency: Urgency) -> str:
    """How soon a sign needs help."""
    return {
        Urgency.EMERGENCY: _tr("An emergency: act now."),
        Urgency.URGENT: _tr("Urgent: get help now."),
        Urgency.TODAY: _tr("Today: do not leave it until tomorrow."),
        Urgency.DOCTOR: _tr("For a doctor to look at."),
    }[urgency]


def reported_text(at_s: float) -> str:
    """When a sign was reported, in local time."""
    at = QDateTime.fromSecsSinceEpoch(int(at_s))
    text = QLocale().toString(at, QLocale.FormatType.ShortFormat)
    return _tr("Reported %1").replace("%1", text)


def forbidden_text(flag: "RedFlag") -> str:
    """What is not offered while `flag` counts as reported."""
    until = _tr("It is kept with its date until a clinician has looked at it.")
    names = _blocked_names(flag.blocks)
    if not names:
        return until
    return f"{until} {_tr('Until then Relief does not offer: %1.').replace('%1', ', '.join(names))}"


def none_entries(flags: "Sequence[RedFlag]") -> list[tuple[str, str]]:
    """What is said to who finds none of the signs: never that all is well."""
    known = {flag.code: flag for flag in flags}
    doctor = [known[code] for code in ("often_or_severe", "over_ten_minutes") if code in known]
    return [
        (
            _tr("This list holds a few signs only."),
            _tr("Nobody has looked at your leg, and something can be wrong without any of these signs."),
        ),
        (_tr("Rising or sharp pain on stretching"), _tr("Stop.")),
        *((content(flag.trigger), content(flag.action)) for flag in doctor),
        (
            _tr("It gets worse, or one of the signs comes"),
            _tr("Come back to this page: key W, at any time. In an emergency call the number above."),
        ),
    ]


def _blocked_names(blocks: frozenset[Block]) -> list[str]:
    names = {
        Block.HOLD: _tr("stretching"),
        Block.MOVEMENT: _tr("exercises"),
        Block.MASSAGE: _tr("massage"),
        Block.HEAT: _tr("heat"),
        Block.ICE: _tr("ice"),
        Block.HYDRATION: _tr("reminders to drink"),
    }
    return [name for block, name in names.items() if block in blocks]


def _tr(text: str) -> str:
    return QCoreApplication.translate("signs", text)
