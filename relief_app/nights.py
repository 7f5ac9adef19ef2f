"""What the rest of the app does while the bedside mode is on: awake, ready to sound, and plugged in."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from relief_app.desktop.power import on_battery
from relief_app.ui import problem_words

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief
    from relief_app.desktop.wakefulness import Wakefulness


def follow_bedside(relief: "Relief", wakefulness: "Wakefulness", prepare_sounds: Callable[[], None]) -> None:
    """Follow the mode from now on; what a night cannot do without and is missing is said, once."""
    bedside = relief.window.bedside

    def look() -> None:
        wakefulness.set_bedside(on=bedside.is_on)
        if bedside.is_on:
            prepare_sounds()
            if on_battery():
                relief.say(problem_words.on_battery())

    wakefulness.awake_refused.connect(lambda: relief.say(problem_words.not_kept_awake()))
    bedside.changed.connect(look)
    look()
