"""What the voice says, sentence by sentence, with or without Qt: every sentence has a clip of its own.

A sentence is short and complete, so that clips can follow one another. Where the window says the same, the
context is the window's, so that one translation serves both.
"""

from collections.abc import Iterable, Iterator

from relief_app.core.anatomy import Leg, Zone
from relief_app.core.exercise import Exercise, Kind
from relief_app.core.exposure import PackReason
from relief_app.core.gates import Asked, Gate
from relief_app.core.routine import Hold, Routine
from relief_app.desktop.alarm_words import alarm_reason, take_it_off
from relief_app.desktop.pack_questions import PACK_OFF, SKIN_AFTER, SKIN_CHECK
from relief_app.i18n import translate

Sentences = tuple[str, ...]

EVERY_NUMBER_TO = 29
"""Counted movements are called out one by one up to here; from there on every tenth."""
LAST_NUMBER = 100


def content(text: str) -> str:
    """A text of the catalogue in the app's language."""
    return translate("catalogue", text)


def leg_name(leg: Leg) -> str:
    """The leg in words."""
    return translate("words", "left leg") if leg is Leg.LEFT else translate("words", "right leg")


def next_name(exercise: Exercise) -> str:
    """What comes next."""
    return translate("words", "Next: %1").replace("%1", content(exercise.name))


def once_more() -> str:
    """The same comes next."""
    return translate("guide", "Next: once more")


def zone_names(zone: Zone | None) -> Sentences:
    """Where on the calf, for what is done on one part of it."""
    if zone is None:
        return ()
    return (
        {
            Zone.MEDIAL: translate("words", "Inner calf"),
            Zone.LATERAL: translate("words", "Outer calf"),
            Zone.LOWER: translate("words", "Lower calf"),
        }[zone],
    )


def cue_of(hold: Hold) -> Sentences:
    """What to do now."""
    return (*zone_names(hold.zone), content(hold.cue))


def get_ready() -> str:
    """Before a hold."""
    return translate("words", "get ready")


def rest() -> str:
    """Between two holds."""
    return translate("words", "rest")


def change_legs() -> str:
    """Between the legs."""
    return translate("words", "change legs")


def stop_at_pain() -> str:
    """Mark P of clinical content, section 8."""
    return translate("voice", "Stop at sharp or rising pain.")


def hold_support() -> str:
    """Mark F of clinical content, section 8."""
    return translate("voice", "Hold support.")


def number(value: int) -> Sentences:
    """How many movements are done, or how many seconds are left; not every one of many.

    Tens are not called out alone: fifty is easily taken for fifteen.
    """
    if value <= EVERY_NUMBER_TO:
        return (str(value),)
    if value % 10 or value > LAST_NUMBER:
        return ()
    return (translate("voice", "%1 movements.").replace("%1", str(value)),)


def halfway() -> str:
    """Half of a hold is done."""
    return translate("voice", "Halfway.")


def until_it_lets_go() -> str:
    """An open-ended hold has lasted its dose."""
    return translate("voice", "Hold until it lets go.")


def let_go() -> str:
    """The cramp let go."""
    return translate("voice", "It let go.")


def paused() -> str:
    """Time stands still."""
    return translate("voice", "Paused.")


def going_on() -> str:
    """Time runs on."""
    return translate("voice", "Going on.")


def longer(by_ms: int) -> Sentences:
    """The running phase was made longer or shorter; only the usual half minute has words."""
    if by_ms == 30_000:
        return (translate("voice", "Thirty seconds more."),)
    return (translate("voice", "Thirty seconds less."),) if by_ms == -30_000 else ()


def massage_limit(leg: Leg) -> str:
    """Why a massage ended before its time, or did not begin."""
    text = translate("guide", "Massage: at most five minutes a leg. The %1 has had them.")
    return text.replace("%1", leg_name(leg))


def ten_minutes() -> Sentences:
    """The alarm of a cramp that lasts too long (clinical content, section 7)."""
    return (
        translate("terminal", "This cramp has lasted ten minutes."),
        translate("terminal", "Stop stretching. Get medical help urgently."),
    )


def all_done() -> str:
    """A session ended by itself."""
    return translate("guide", "All done.")


def unsteady() -> str:
    """After a cramp (clinical content, section 3)."""
    return translate("guide", "Standing may be unsteady just after a cramp. Hold on.")


def drink() -> str:
    """After a run (clinical content, section 8, routine 3)."""
    return translate("guide", "Drink to thirst.")


def bad_signs(kind: Kind) -> str:
    """What ends a pack at once (clinical content, section 4)."""
    if kind is Kind.HEAT:
        return translate("packs", "Burning, blotches or blisters? That is not fine.")
    return translate("packs", "Numb, burning, white or waxy skin? That is not fine.")


def pack_question(question: str, kind: Kind, gate: Gate | None = None) -> Sentences:
    """What is asked before, during or after a pack."""
    if gate is not None:
        return (content(gate.text),)
    if question == SKIN_CHECK:
        return (translate("packs", "Look at your skin now"), bad_signs(kind))
    if question == SKIN_AFTER:
        return (translate("packs", "Look at your skin once more"), bad_signs(kind))
    if question != PACK_OFF:
        return ()
    heat = translate("packs", "Take the heat pack off, then say so. Until then its time goes on.")
    ice = translate("packs", "Take the ice pack off, then say so. Until then its time goes on.")
    return (translate("packs", "Pack off first"), heat if kind is Kind.HEAT else ice)


def pack_alarm(reason: PackReason | None) -> Sentences:
    """A pack has to come off, and why."""
    return tuple(filter(None, (take_it_off(), alarm_reason(reason))))


def every_sentence(
    exercises: Iterable[Exercise], routines: Iterable[Routine], gates: Iterable[Gate]
) -> tuple[str, ...]:
    """All that the voice can say of this content, each sentence once: what there has to be a clip of."""
    asked = (gate for gate in gates if gate.asked is Asked.PACK)
    found = [*_of_exercises(exercises), *_of_routines(routines), *_of_sessions()]
    found += [*_of_packs(), *(content(gate.text) for gate in asked)]
    return tuple(dict.fromkeys(found))


def _of_exercises(exercises: Iterable[Exercise]) -> Iterator[str]:
    for exercise in exercises:
        yield content(exercise.name)
        yield next_name(exercise)
        yield content(exercise.cue)


def _of_routines(routines: Iterable[Routine]) -> Iterator[str]:
    for routine in routines:
        yield from (content(step.cue) for step in routine.steps if step.cue is not None)


def _of_sessions() -> Iterator[str]:
    yield from (get_ready(), rest(), change_legs(), once_more(), stop_at_pain(), hold_support())
    yield from (halfway(), until_it_lets_go(), let_go(), paused(), going_on())
    yield from (all_done(), unsteady(), drink())
    yield from (*longer(30_000), *longer(-30_000), *ten_minutes())
    for leg in Leg:
        yield from (leg_name(leg), massage_limit(leg))
    for zone in Zone:
        yield from zone_names(zone)
    for value in range(1, LAST_NUMBER + 1):
        yield from number(value)


def _of_packs() -> Iterator[str]:
    for kind in (Kind.HEAT, Kind.ICE):
        for question in (SKIN_CHECK, SKIN_AFTER, PACK_OFF):
            yield from pack_question(question, kind)
    for reason in PackReason:
        yield from pack_alarm(reason)
