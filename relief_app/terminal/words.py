"""What the terminal says of one moment of a session.

Where the window says the same, the context is the window's, so that one translation serves both.
"""

from dataclasses import dataclass

from relief_app.core.anatomy import Leg, Zone
from relief_app.core.events import Phase
from relief_app.core.routine import Hold
from relief_app.core.session_state import State, View
from relief_app.i18n import translate


@dataclass(frozen=True, slots=True)
class Words:
    """Texts, and how much of the phase is done (0..1)."""

    title: str
    step: str
    cue: str
    number: str
    word: str
    done: float
    following: str


def words_of(view: View, title: str) -> Words:
    """Words for `view` of the routine called `title`."""
    number, word = _number(view)
    over = view.duration_ms == 0 or view.remaining_ms == 0
    return Words(
        title=content(title),
        step=_step(view),
        cue=cue_of(view.hold),
        number=number,
        word=word,
        done=1.0 if over else min(1.0, view.elapsed_ms / view.duration_ms),
        following=_following(view),
    )


def content(text: str) -> str:
    """A text of the catalogue in the app's language."""
    return translate("catalogue", text)


def leg_name(leg: Leg) -> str:
    """The leg in words."""
    return translate("words", "left leg") if leg is Leg.LEFT else translate("words", "right leg")


def exercise_name(hold: Hold) -> str:
    """The exercise of `hold`, with the part of the calf where it has one."""
    name = content(hold.exercise.name)
    return name if hold.zone is None else f"{name}, {_zone_name(hold.zone)}"


def cue_of(hold: Hold) -> str:
    """What to do now, with the part of the calf where it has one."""
    cue = content(hold.cue)
    return cue if hold.zone is None else f"{_zone_name(hold.zone)}: {cue}"


def _zone_name(zone: Zone) -> str:
    return {
        Zone.MEDIAL: translate("words", "Inner calf"),
        Zone.LATERAL: translate("words", "Outer calf"),
        Zone.LOWER: translate("words", "Lower calf"),
    }[zone]


def massage_limit(leg: Leg) -> str:
    """Why a massage ended before its time, or did not begin."""
    text = translate("guide", "Massage: at most five minutes a leg. The %1 has had them.")
    return text.replace("%1", leg_name(leg))


def phase_word(phase: Phase) -> str:
    """What is done now, in a word or two; "" while holding."""
    return {
        Phase.GET_READY: translate("words", "get ready"),
        Phase.REST: translate("words", "rest"),
        Phase.SWITCH: translate("words", "change legs"),
        Phase.ACTIVE: "",
    }[phase]


def clock_time(ms: int) -> str:
    """65 s as "1:05"."""
    minutes, seconds = divmod(ms // 1000, 60)
    return f"{minutes}:{seconds:02d}"


def spoken_time(ms: int) -> str:
    """A duration in words, as in 2 min 5 s."""
    minutes, seconds = divmod(round(ms / 1000), 60)
    if not minutes:
        return translate("words", "%1 s").replace("%1", str(seconds))
    if not seconds:
        return translate("words", "%1 min").replace("%1", str(minutes))
    text = translate("words", "%1 min %2 s")
    return text.replace("%1", str(minutes)).replace("%2", str(seconds))


def emergency_line(number: str | None) -> str:
    """Whom to call; never guessed from the language."""
    call = translate("terminal", "Emergency: call %1")
    return call.replace("%1", number or translate("terminal", "your local emergency number"))


def ten_minutes() -> str:
    """What the ten-minute alarm says."""
    lasted = translate("terminal", "This cramp has lasted ten minutes.")
    return f"{lasted} {translate('terminal', 'Stop stretching. Get medical help urgently.')}"


def ending(view: View) -> str:
    """An ending, not a stop."""
    if view.release_ms is not None:
        text = translate("terminal", "It let go after %1. Stand up slowly when you do.")
        return text.replace("%1", spoken_time(view.release_ms))
    return translate("terminal", "All done. Rest a little. Drink if you are thirsty.")


def _number(view: View) -> tuple[str, str]:
    """The one big number and the word under it."""
    hold, active = view.hold, view.phase is Phase.ACTIVE
    if active and hold.count is not None:
        of = translate("guide", "of %1").replace("%1", str(hold.count))
        return str(view.elapsed_ms // hold.tempo_ms), of
    if active and hold.open_ended and view.remaining_ms == 0:
        return _up_to_a_minute(view.elapsed_ms // 1000), translate("guide", "until it lets go")
    word = phase_word(view.phase) or translate("guide", "seconds")
    if active and hold.open_ended:
        word = translate("guide", "until it lets go")
    if view.state is State.PAUSED:
        word = translate("guide", "paused")
    return _up_to_a_minute(-(-view.remaining_ms // 1000)), word


def _up_to_a_minute(seconds: int) -> str:
    return str(seconds) if seconds < 60 else clock_time(seconds * 1000)


def _step(view: View) -> str:
    text = translate("guide", "Step %1 of %2, %3")
    number, count = str(view.index + 1), str(view.count)
    return text.replace("%1", number).replace("%2", count).replace("%3", leg_name(view.hold.leg))


def _following(view: View) -> str:
    if view.phase is Phase.ACTIVE and view.hold.open_ended:
        return translate("terminal", "Hold, rest, hold again, until it lets go.")
    if view.phase is not Phase.ACTIVE:
        return next_name(view.hold, with_leg=view.phase is Phase.SWITCH)
    if view.following is None:
        return translate("guide", "The last one.")
    return next_name(view.following, with_leg=view.following.leg is not view.hold.leg)


def next_name(hold: Hold, *, with_leg: bool) -> str:
    """As in "Next: Towel stretch", with the leg where it changes."""
    text = translate("guide", "Next: %1").replace("%1", exercise_name(hold))
    return f"{text}, {leg_name(hold.leg)}" if with_leg else text


def guide_keys(view: View, *, cramp: bool) -> tuple[str, ...]:
    """The keys of the guide: the most needed one, "something is wrong", and the rest."""
    paused = view.state is State.PAUSED
    go_on = translate("terminal", "p go on") if paused else translate("terminal", "p pause")
    first: tuple[str, ...]
    if not cramp:
        first = (translate("terminal", "Space go on") if paused else translate("terminal", "Space pause"),)
    elif view.release_ms is None:
        first = (translate("terminal", "Space it let go"), go_on)
    else:
        first = (translate("terminal", "Space it is back"), go_on)
    rest = (
        *first[1:],
        translate("terminal", "Enter next"),
        translate("terminal", "b back"),
        translate("terminal", "+/- 30 s"),
        translate("terminal", "l other leg"),
        translate("terminal", "q leave"),
    )
    return (first[0], translate("terminal", "w something is wrong"), *rest)


def wrong_keys(*, alarm: bool) -> tuple[str, ...]:
    """The keys of "Something is wrong"; %1 is for the page."""
    more = translate("terminal", "Enter more (%1)")
    back = translate("terminal", "e it let go") if alarm else translate("terminal", "w back")
    return (more, back, translate("terminal", "q end"))
