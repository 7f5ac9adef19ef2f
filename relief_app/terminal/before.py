"""What is asked before a cool-down, in a line of text: whether it is cramping now."""

from typing import TextIO

from relief_app.i18n import translate
from relief_app.terminal.actions import Act, Keys

_ANSWERS = {Act.YES: True, Act.NO: False, Act.NEXT: False}
_ENDS = (Act.STOP, Act.ESCAPE, Act.INTERRUPT)


def ask_cramping(keys: Keys, out: TextIO) -> bool | None:
    """Whether it cramps now; None where the guide is ended instead. Where nobody can answer: no."""
    text = translate("terminal", "Is it cramping now? 1: cramping now, 2: cool down")
    out.write(f"{text}\n")
    out.flush()
    while keys.is_open:
        for action in keys.wait(None):
            if action.act in _ENDS:
                return None
            if action.act in _ANSWERS:
                return _ANSWERS[action.act]
    return False
