"""How loud a session sounds: by day as it was set, at night from a whisper to calm."""

import time
from collections.abc import Callable

from relief_app.desktop.sink import volume_db

WHISPER_DB, CALM_DB = -38.0, -26.0
"""How loud the loudest clips leave the system at night, relative to an output at full: a person in the same
bed need not wake of the first words. A volume of 40 % is 24 dB below full, so calm is a little less than
usual."""

RISE_S = 60.0
"""From the first sound at night to calm."""

FORGOTTEN_S = 300.0
"""After so long a silence the next sound is the first one."""

UNKNOWN_DB = -18.0
"""Where nobody knows how loud the system is set, half its volume is taken for granted."""

ASK_EVERY_S = 20.0


class NightLevel:
    """A gain for each line and cue, 1 by day.

    `ask_db` is how far below full the system's output is, and may take a moment.

    `gain` and `guess` may be called on any thread.
    """

    def __init__(
        self,
        is_night: Callable[[], bool],
        *,
        ask_db: Callable[[], float | None] = volume_db,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._is_night, self._ask_db, self._clock = is_night, ask_db, clock
        self._first_s = self._last_s = self._asked_s = -1e9
        self._system_db = UNKNOWN_DB

    def gain(self) -> float:
        """How loud what sounds now is to be, 0..1; asks the system at night where it has not for long."""
        if self._clock() - self._asked_s > ASK_EVERY_S:
            self.ask()
        return self.guess()

    def ask(self) -> None:
        """Ask the system at night how loud it is set, ahead of a sound that has no time for it."""
        if self._is_night():
            self._asked_s = self._clock()
            found = self._ask_db()
            self._system_db = UNKNOWN_DB if found is None else found

    def guess(self) -> float:
        """The same, by what the system last answered: at once."""
        now = self._clock()
        if now - self._last_s > FORGOTTEN_S:
            self._first_s = now
        self._last_s = now
        if not self._is_night():
            return 1.0
        return night_gain(self._system_db, now - self._first_s)


def night_gain(system_db: float, since_s: float) -> float:
    """The gain with which clips leave a system set to `system_db` as loud as the night wants them.

    Where the system itself is set lower than that, clips are played as they are.
    """
    share = min(1.0, max(0.0, since_s / RISE_S))
    wanted = WHISPER_DB + share * (CALM_DB - WHISPER_DB)
    return float(10 ** (min(0.0, wanted - system_db) / 20))
