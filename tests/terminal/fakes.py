"""A clock, keys and a face that a test drives: time passes only when the guide waits."""

from collections.abc import Sequence

from relief_app.core.events import Event
from relief_app.core.safety import RedFlag, Urgency
from relief_app.core.session import Session
from relief_app.core.session_state import View
from relief_app.terminal.actions import Act, Action
from relief_app.terminal.aid import Aid

AID = Aid("112", (RedFlag("gap", "A gap", "Get help.", Urgency.URGENT),))
Script = Sequence[tuple[float, Action | Act | type[BaseException]]]


class FakeClock:
    """Milliseconds since boot; begins at an odd time, so that nothing relies on zero."""

    def __init__(self) -> None:
        self.now = 12_345
        self.asleep = 0

    def boot_ms(self) -> int:
        return int(self.now)

    def asleep_ms(self) -> int:
        return self.asleep

    def sleep(self, ms: int) -> None:
        """The computer is suspended for `ms`."""
        self.now += ms
        self.asleep += ms

    def wall_s(self) -> float:
        return 0.0

    def boot_id(self) -> str:
        return "boot"


class ScriptedKeys:
    """Actions at their times, in seconds of the clock since the beginning; waiting moves the clock."""

    def __init__(self, clock: FakeClock, script: Script = (), *, stays_open: bool = True) -> None:
        self._clock = clock
        self._start = clock.now
        self._script = list(script)
        self._stays_open = stays_open
        self.waits: list[float | None] = []

    @property
    def is_open(self) -> bool:
        return self._stays_open or bool(self._script)

    def wait(self, timeout_s: float | None) -> Sequence[Action]:
        self.waits.append(timeout_s)
        until = None if timeout_s is None else self._clock.now + max(1, -int(-timeout_s * 1000 // 1))
        if self._script:
            at = self._start + int(self._script[0][0] * 1000)
            if until is None or at <= until:
                return self._act(at)
        if until is None:
            raise AssertionError("the guide would wait for ever")
        self._clock.now = until
        return ()

    def _act(self, at: int) -> Sequence[Action]:
        self._clock.now = max(at, self._clock.now)
        what = self._script.pop(0)[1]
        if isinstance(what, type):
            raise what
        return (what if isinstance(what, Action) else Action(what),)


class RecordingFace:
    """Keeps what it is told; `refresh_s` as of a face that is repainted, None as of lines."""

    def __init__(self, refresh_s: float | None = None) -> None:
        self.refresh_s = refresh_s
        self.events: list[Event] = []
        self.notes: list[str] = []
        self.pages: list[int | None] = []
        self.calls: list[str] = []

    def tell(self, event: Event, session: Session) -> None:
        self.events.append(event)

    def show(self, view: View, *, wrong: int | None) -> None:
        if not self.pages or self.pages[-1] != wrong:
            self.pages.append(wrong)

    def show_wrong(self) -> None:
        self.calls.append("wrong")

    def note(self, text: str) -> None:
        self.notes.append(text)

    def pause(self) -> None:
        self.calls.append("pause")

    def go_on(self) -> None:
        self.calls.append("go_on")

    def close(self, view: View) -> None:
        self.calls.append("close")
