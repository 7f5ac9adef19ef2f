"""Words for numbers and codes, translated at the edge."""

from PySide6.QtCore import QCoreApplication

from relief_app.core.anatomy import Leg
from relief_app.core.events import Phase


def content(text: str) -> str:
    """A text of the catalogue (cue, title, name) in the app's language."""
    return QCoreApplication.translate("catalogue", text)


def leg_name(leg: Leg) -> str:
    """The leg in words."""
    if leg is Leg.LEFT:
        return QCoreApplication.translate("words", "left leg")
    return QCoreApplication.translate("words", "right leg")


def phase_word(phase: Phase) -> str:
    """What the person does now, in a word or two; "" while holding."""
    return {
        Phase.GET_READY: QCoreApplication.translate("words", "get ready"),
        Phase.REST: QCoreApplication.translate("words", "rest"),
        Phase.SWITCH: QCoreApplication.translate("words", "change legs"),
        Phase.ACTIVE: "",
    }[phase]


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
