"""Words of packs: what is asked, what counts as bad, why a pack comes off, and when the next may come."""

import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from relief_app.core.exercise import Kind
from relief_app.core.exposure import CHECK_EVERY_MS
from relief_app.core.pack_limits import Limit, LimitReason
from relief_app.desktop.alarm_words import where
from relief_app.ui.pages.guide_text import GuideWords
from relief_app.ui.pages.pack_panel import Choice, PanelAsk
from relief_app.ui.widgets.touch_button import Weight
from relief_app.ui.words import clock_time, content, seconds_up

if TYPE_CHECKING:
    from relief_app.core.session_state import View
    from relief_app.desktop.pack_questions import ExposureView

SKIN_CHECK, SKIN_AFTER, PACK_OFF = "skin_check", "skin_after", "pack_off"
"""Questions that are asked over whatever page stands."""

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
        return _tr("Burning, blotches or blisters? That is not fine.")
    return _tr("Numb, burning, white or waxy skin? That is not fine.")


def next_check_ms(elapsed_ms: int, ends_in_ms: int) -> int | None:
    """Milliseconds until the skin is looked at next; None where the pack comes off before."""
    left = CHECK_EVERY_MS - elapsed_ms % CHECK_EVERY_MS
    return left if left < ends_in_ms else None


def check_line(elapsed_ms: int, ends_in_ms: int) -> str:
    """When the skin is looked at next."""
    left = next_check_ms(elapsed_ms, ends_in_ms)
    if left is None:
        return _tr("Then the pack comes off and the skin is looked at.")
    return _tr("Next look at the skin in %1.").replace("%1", clock_time(seconds_up(left)))


def seconds_to_answer(left_ms: int) -> str:
    """How long a skin check still waits."""
    return _tr("%1 s left to answer, then the alarm").replace("%1", str(seconds_up(left_ms)))


def comes_off_in(left_ms: int) -> str:
    """How long the pack may still lie there."""
    return _tr("It has to come off in %1").replace("%1", clock_time(seconds_up(left_ms)))


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
    return (
        _tr("At least one hour between two heat packs.")
        if limit.kind is Kind.HEAT
        else _tr("At least two hours between two ice packs.")
    )


def no_record() -> str:
    """Nobody knows which packs there were."""
    return _tr("What packs there were cannot be read or kept: none is started. Stretching stays possible.")


def clock_of(at_s: float, now_s: float) -> str:
    """The clock at `at_s`, rounded up to the minute; another day is said."""
    rounded = -(-at_s // 60) * 60
    then, today = time.localtime(rounded), time.localtime(now_s)
    text = "%1" if then[:3] == today[:3] else _tr("%1 tomorrow")
    return text.replace("%1", f"{then.tm_hour}:{then.tm_min:02d}")


def guide_words(view: "View", pack: "ExposureView", *, lid: bool) -> GuideWords:
    """What the Guide page says while a pack is on: the time that is left is the skin's, not the session's.

    `lid` adds that the lid has to stay open.
    """
    following = check_line(pack.elapsed_ms, pack.ends_in_ms)
    return GuideWords(
        cue=content(view.hold.cue),
        following=f"{following} {lid_line()}" if lid else following,
        number=clock_time(seconds_up(pack.ends_in_ms)),
        word=_tr("until it comes off"),
        fraction=pack.ends_in_ms / max(pack.elapsed_ms + pack.ends_in_ms, 1),
        step=where(pack.kind, pack.leg),
    )


def skin_ask(question: str, kind: Kind) -> PanelAsk:
    """A look at the skin: on the way, or once the pack is off."""
    title = _tr("Look at your skin now") if question == SKIN_CHECK else _tr("Look at your skin once more")
    fine = Choice("fine", "skin_fine_button", _tr("The skin is fine"))
    bad = Choice("not_fine", "skin_not_fine_button", _tr("Not fine"), Weight.WARNING)
    return PanelAsk(question, title, bad_signs(kind), fine, bad)


def off_ask(kind: Kind) -> PanelAsk:
    """The pack comes off before anything else."""
    line = _tr("Take the heat pack off, then say so. Until then its time goes on.")
    if kind is Kind.ICE:
        line = _tr("Take the ice pack off, then say so. Until then its time goes on.")
    on = Choice("still_on", "still_on_button", _tr("Keep it on"))
    off = Choice("off", "acknowledge_button", _tr("The pack is off"), Weight.PRIMARY)
    return PanelAsk(PACK_OFF, _tr("Pack off first"), line, on, off, escape="still_on")


def _tr(text: str) -> str:
    return QCoreApplication.translate("packs", text)
