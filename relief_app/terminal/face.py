"""What the guide shows itself on: a whole screen, or lines."""

from typing import Protocol

from relief_app.core.events import Event
from relief_app.core.session import Session
from relief_app.core.session_state import View


class Face(Protocol):
    """Told of every event in order, and shown every moment that the guide looks at."""

    @property
    def refresh_s(self) -> float | None:
        """How often it wants to be shown the session, None where events are enough."""
        ...

    def tell(self, event: Event, session: Session) -> None:
        """`event` has happened in `session`."""
        ...

    def show(self, view: View, *, wrong: int | None) -> None:
        """Here is the session now; `wrong` is the page of "Something is wrong", None while closed."""
        ...

    def show_wrong(self) -> None:
        """The page "Something is wrong" was asked for."""
        ...

    def note(self, text: str) -> None:
        """Say `text`, which is no event."""
        ...

    def pause(self) -> None:
        """The program is put into the background."""
        ...

    def go_on(self) -> None:
        """The program is back."""
        ...

    def close(self, view: View) -> None:
        """It is over."""
        ...
