"""Words for numbers and codes, translated at the edge."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from relief_app.core.anatomy import Leg, Structure

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relief_app.core.anatomy import StructureFacts
    from relief_app.core.events import Phase
    from relief_app.core.routine import Hold


def content(text: str) -> str:
    """A text of the catalogue (cue, title, name) in the app's language."""
    return QCoreApplication.translate("catalogue", text)


def structure_name(structure: Structure, facts: "Mapping[Structure, StructureFacts]") -> str:
    """The name of a structure; its plain id where the facts could not be read."""
    known = facts.get(structure)
    return content(known.name) if known is not None else structure.replace("_", " ")


def leg_name(leg: Leg) -> str:
    """The leg in words."""
    if leg is Leg.LEFT:
        return QCoreApplication.translate("words", "left leg")
    return QCoreApplication.translate("words", "right leg")


def next_text(exercise: str) -> str:
    """What comes next, by the exercise's name in English."""
    return QCoreApplication.translate("words", "Next: %1").replace("%1", content(exercise))


def step_text(number: int, count: int, leg: Leg) -> str:
    """Where in the session: step `number` (from 1) of `count`, and the leg."""
    text = QCoreApplication.translate("words", "Step %1 of %2, %3")
    return text.replace("%1", str(number)).replace("%2", str(count)).replace("%3", leg_name(leg))


def massage_place(hold: "Hold") -> str:
    """Where `hold` rubs the calf."""
    if hold.zone is None:
        strokes = hold.exercise.id == "stroke-massage"
        return (
            QCoreApplication.translate("words", "Upward, to below the knee")
            if strokes
            else QCoreApplication.translate("words", "Calf belly")
        )
    return {
        "medial": QCoreApplication.translate("words", "Inner calf"),
        "lateral": QCoreApplication.translate("words", "Outer calf"),
    }.get(hold.zone.value, QCoreApplication.translate("words", "Lower calf"))


def next_hold(hold: "Hold") -> str:
    """As in "Next: Slow circles, outer calf"."""
    text = next_text(hold.exercise.name)
    return text if hold.zone is None else f"{text}, {massage_place(hold)}"


def phase_word(phase: "Phase") -> str:
    """What the person does now, in a word or two; "" while holding."""
    return {
        "get_ready": QCoreApplication.translate("words", "get ready"),
        "rest": QCoreApplication.translate("words", "rest"),
        "switch": QCoreApplication.translate("words", "change legs"),
    }.get(phase.value, "")


def sentence(text: str) -> str:
    """`text` with an end, so that it is told apart from what is said after it."""
    return text if text.endswith((".", "!", "?", ":", ")")) else f"{text}."


def seconds_up(ms: int) -> int:
    """Whole seconds left, so that the last one shown is 1."""
    return -(-ms // 1000)


def clock_time(seconds: int) -> str:
    """24 as "24", 95 as "1:35"."""
    return str(seconds) if seconds < 60 else f"{seconds // 60}:{seconds % 60:02d}"


def spoken_time(ms: int) -> str:
    """A duration in words, as in 2 min 5 s."""
    minutes, seconds = divmod(round(ms / 1000), 60)
    if not minutes:
        return QCoreApplication.translate("words", "%1 s").replace("%1", str(seconds))
    text = QCoreApplication.translate("words", "%1 min %2 s")
    return text.replace("%1", str(minutes)).replace("%2", str(seconds))
