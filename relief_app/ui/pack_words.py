"""Words of packs: what is asked, what counts as bad, why a pack comes off, and when the next may come."""

import time
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QCoreApplication

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import CHECK_EVERY_MS, PackReason
from relief_app.core.pack_limits import Limit, LimitReason
from relief_app.ui.pages.guide_face import GuideWords
from relief_app.ui.words import clock_time, content, seconds_up

if TYPE_CHECKING:
    from relief_app.core.session_state import View

POSES = {Kind.HEAT: "heat-pack", Kind.ICE: "ice-pack"}
"""The picture of each pack, where it goes."""


def question_number(kind: Kind, number: int, count: int) -> str:
    """Where in the row of questions."""
    text = _tr("Before heat: %1 of %2") if kind is Kind.HEAT else _tr("Before ice: %1 of %2")
    return text.replace("%1", str(number)).replace("%2", str(count))


def source_line(source: str) -> str:
    """Where a statement comes from, "" where that is not known."""
    return _tr("(Source: %1)").replace("%1", content(source)) if source else ""


def bad_signs(kind: Kind) -> str:
    """What ends a pack at once (clinical content, section 4)."""
    if kind is Kind.HEAT:
        return _tr("Not fine: burning, blotches or blisters.")
    return _tr("Not fine: numb, burning, or white or waxy skin.")


def where(kind: Kind, leg: Leg) -> str:
    """Which pack, and on which leg."""
    return {
        (Kind.HEAT, Leg.LEFT): _tr("Heat pack, left leg"),
        (Kind.HEAT, Leg.RIGHT): _tr("Heat pack, right leg"),
        (Kind.ICE, Leg.LEFT): _tr("Ice pack, left leg"),
        (Kind.ICE, Leg.RIGHT): _tr("Ice pack, right leg"),
    }[(kind, leg)]


def alarm_reason(reason: PackReason | None) -> str:
    """Why the pack has to come off."""
    return {
        PackReason.TIME_UP: _tr("The time is up."),
        PackReason.SKIN: _tr("The skin is not fine."),
        PackReason.UNANSWERED: _tr("Nobody answered when the skin was to be looked at."),
        PackReason.CLOCK: _tr("The computer's clock cannot be trusted: nobody knows how long it has been on."),
        None: "",
    }[reason]


def next_check_ms(elapsed_ms: int, ends_in_ms: int) -> int | None:
    """Milliseconds until the skin is looked at next; None where the pack comes off before."""
    left = CHECK_EVERY_MS - elapsed_ms % CHECK_EVERY_MS
    return left if left < ends_in_ms else None


def check_line(elapsed_ms: int, ends_in_ms: int) -> str:
    """When the skin is looked at next."""
    left = next_check_ms(elapsed_ms, ends_in_ms)
    if left is None:
        return _tr("Then the pack comes off and the skin is looked at.")
    return _tr("Next look at the skin in %1").replace("%1", clock_time(seconds_up(left)))


def seconds_to_answer(left_ms: int) -> str:
    """How long a skin check still waits."""
    return _tr("%1 s left to answer, then the alarm").replace("%1", str(seconds_up(left_ms)))


def lid_line() -> str:
    """What to do where the computer may fall asleep."""
    return _tr("Leave the lid open and set a second timer.")


def next_allowed(limit: Limit | None, now_s: float) -> str:
    """From when a pack may be put on again, at `now_s` (Unix seconds); "" where nothing forbids it now."""
    if limit is None:
        return ""
    text = _tr("Next heat from %1.") if limit.kind is Kind.HEAT else _tr("Next ice from %1.")
    return text.replace("%1", clock_of(now_s + limit.left_ms / 1000, now_s))


def why_limited(limit: Limit) -> str:
    """The rule behind a limit."""
    if limit.reason is LimitReason.DAILY:
        return _tr("At most three in 24 hours.")
    if limit.reason is LimitReason.OTHER_KIND:
        return _tr("Two hours between heat and ice.")
    return _tr("At least one hour between two heat packs.") if limit.kind is Kind.HEAT else _tr(
        "At least two hours between two ice packs."
    )


def clock_of(at_s: float, now_s: float) -> str:
    """The clock at `at_s`, rounded up to the minute; another day is said."""
    rounded = -(-at_s // 60) * 60
    then, today = time.localtime(rounded), time.localtime(now_s)
    text = "%1" if then[:3] == today[:3] else _tr("%1 tomorrow")
    return text.replace("%1", f"{then.tm_hour}:{then.tm_min:02d}")


def _tr(text: str) -> str:
    return QCoreApplication.translate("packs", text)
