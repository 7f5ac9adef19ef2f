"""What is said when a pack has to come off, with or without Qt: window, notification, last alarm."""

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import PackReason
from relief_app.i18n import translate


def take_it_off() -> str:
    """What to do."""
    return translate("packs", "Take the pack off now")


def where(kind: Kind, leg: Leg) -> str:
    """Which pack, and on which leg."""
    return {
        (Kind.HEAT, Leg.LEFT): translate("packs", "Heat pack, left leg"),
        (Kind.HEAT, Leg.RIGHT): translate("packs", "Heat pack, right leg"),
        (Kind.ICE, Leg.LEFT): translate("packs", "Ice pack, left leg"),
        (Kind.ICE, Leg.RIGHT): translate("packs", "Ice pack, right leg"),
    }[(kind, leg)]


def alarm_reason(reason: PackReason | None) -> str:
    """Why the pack has to come off."""
    return {
        PackReason.TIME_UP: translate("packs", "The time is up."),
        PackReason.SKIN: translate("packs", "The skin is not fine."),
        PackReason.UNANSWERED: translate("packs", "Nobody answered when the skin was to be looked at."),
        PackReason.CLOCK: translate(
            "packs", "The computer's clock cannot be trusted: nobody knows how long it has been on."
        ),
        PackReason.LEFT: translate("packs", "Relief was not running: nobody watched the time."),
        None: "",
    }[reason]
