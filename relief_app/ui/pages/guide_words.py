"""What the Guide page says at one moment of a session."""

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication

from relief_app.core.events import MassageLimitReached, Phase
from relief_app.core.limits import is_for_one_leg
from relief_app.core.routine import Hold
from relief_app.core.safety import COOL_DOWN
from relief_app.core.session_state import State, View
from relief_app.ui.pages.guide_text import GuideWords
from relief_app.ui.words import (
    clock_time,
    content,
    leg_name,
    next_hold,
    phase_word,
    seconds_up,
    spoken_time,
    step_text,
)


def guide_words(view: View) -> GuideWords:
    """Words for `view`, translated."""
    number, word = _number(view)
    return GuideWords(
        cue=content(view.hold.cue),
        following=_following(view),
        number=number,
        word=word,
        fraction=view.remaining_ms / view.duration_ms if view.duration_ms else 0.0,
        step=step_text(view.index + 1, view.count, view.hold.leg),
    )


def ending_words(view: View, holds: Sequence[Hold] = ()) -> GuideWords:
    """An ending, not a stop: words for a finished session of `holds`."""
    if view.release_ms is not None:
        text = _tr("It let go after %1.").replace("%1", spoken_time(view.release_ms))
        after = _tr("Standing may be unsteady just after a cramp. Hold on.")
        return GuideWords(text, after, "✓", "", 1.0, "")
    return GuideWords(_tr("All done."), _after(view, holds), "✓", "", 1.0, "")


def _after(view: View, holds: Sequence[Hold]) -> str:
    """What may follow a finished session."""
    if view.routine == COOL_DOWN:
        return _tr("Drink to thirst.")
    if is_for_one_leg(holds):
        return _tr("L: the same for the %1.").replace("%1", leg_name(view.hold.leg.other))
    return ""


def massage_limit(event: MassageLimitReached) -> str:
    """Why a massage ended before its time, or did not begin."""
    text = _tr("Massage: at most five minutes a leg. The %1 has had them.")
    return text.replace("%1", leg_name(event.leg))


def _number(view: View) -> tuple[str, str]:
    if view.state is State.PAUSED:
        return clock_time(seconds_up(view.remaining_ms)), _tr("paused")
    counted = view.hold.count is not None and view.phase is Phase.ACTIVE
    if counted:
        done = view.elapsed_ms // view.hold.tempo_ms
        return str(done), _tr("of %1").replace("%1", str(view.hold.count))
    if view.remaining_ms == 0 and view.hold.open_ended:
        return clock_time(view.elapsed_ms // 1000), _tr("until it lets go")
    word = phase_word(view.phase)
    if not word and view.hold.open_ended:
        word = _tr("until it lets go")
    return clock_time(seconds_up(view.remaining_ms)), word or _tr("seconds")


def _following(view: View) -> str:
    """What comes next; said during rests and holds alike, so that nothing surprises."""
    coming = view.following
    if view.release_ms is not None:
        return _tr("It let go after %1.").replace("%1", spoken_time(view.release_ms))
    if view.phase is Phase.ACTIVE and view.hold.open_ended:
        return _tr("Hold, rest, hold again, until it lets go.")
    if coming is None:
        return _tr("The last one.")
    again = coming.exercise.id == view.hold.exercise.id and coming.zone is view.hold.zone
    if again and coming.leg is view.hold.leg:
        return _tr("Next: once more")
    text = next_hold(coming)
    return f"{text}, {leg_name(coming.leg)}" if coming.leg is not view.hold.leg else text


def _tr(text: str) -> str:
    return QCoreApplication.translate("guide", text)
