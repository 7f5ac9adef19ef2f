"""The guide on a whole terminal screen, with rich."""

from typing import TextIO

from rich.console import Console
from rich.live import Live

from relief_app.core.events import AlarmRaised, Event, MassageLimitReached, Outcome, SessionEnded
from relief_app.core.session import Session
from relief_app.core.session_state import State, View
from relief_app.i18n import translate
from relief_app.terminal.aid import Aid
from relief_app.terminal.screen import guide_screen, wrong_screen
from relief_app.terminal.words import ending, guide_keys, massage_limit, ten_minutes, words_of, wrong_keys

REFRESH_S = 0.1


class LiveFace:
    """Repaints the screen; the terminal's own screen comes back when it is closed."""

    refresh_s = REFRESH_S

    def __init__(self, title: str, aid: Aid, out: TextIO, *, cramp: bool) -> None:
        self._title = title
        self._aid = aid
        self._out = out
        self._cramp = cramp
        self._note = ""
        self._noted_at: int | None = None
        self._alarm = False
        self._outcome: Outcome | None = None
        self._console = Console(file=out, highlight=False, markup=False, emoji=False)
        self._live = self._new_live()
        self._live.start()

    def tell(self, event: Event, session: Session) -> None:
        """Nothing of its own: the screen shows the session as it is."""
        del session
        if isinstance(event, MassageLimitReached):
            self._note, self._noted_at = massage_limit(event.leg), event.at
        elif event.at != self._noted_at:
            self._note = ""
        if isinstance(event, AlarmRaised):
            self._alarm = True
        if isinstance(event, SessionEnded):
            self._outcome = event.outcome

    def show(self, view: View, *, wrong: int | None) -> None:
        """Paint `view`, or page `wrong` of what to do when something is wrong."""
        if wrong is not None:
            alarm = view.state is State.ALARM
            screen = wrong_screen(self._aid, wrong_keys(alarm=alarm), wrong, self._console, alarm=alarm)
        else:
            keys = guide_keys(view, cramp=self._cramp)
            screen = guide_screen(words_of(view, self._title), keys, self._note, self._console)
        self._live.update(screen, refresh=True)

    def show_wrong(self) -> None:
        """Nothing: the next `show` paints it."""

    def note(self, text: str) -> None:
        """Show `text` until something happens."""
        self._note, self._noted_at = text, None

    def pause(self) -> None:
        """Give the terminal back for a while."""
        self._live.stop()

    def go_on(self) -> None:
        """Take the terminal again."""
        self._live = self._new_live()
        self._live.start()

    def close(self, view: View) -> None:
        """Give the terminal back and say in one line how it ended."""
        self._live.stop()
        self._out.write(self._last_line(view) + "\n")
        self._out.flush()

    def _last_line(self, view: View) -> str:
        if self._alarm and view.release_ms is None:
            return f"{ten_minutes()} {self._aid.emergency}"
        if self._outcome is Outcome.COMPLETED or view.release_ms is not None:
            return ending(view)
        return translate("terminal", "Stopped.")

    def _new_live(self) -> Live:
        return Live(
            console=self._console,
            screen=True,
            auto_refresh=False,
            redirect_stdout=False,
            redirect_stderr=False,
            vertical_overflow="crop",
        )
