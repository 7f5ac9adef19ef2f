"""Keeps screen and system awake through wakepy, which asks whatever service this desktop has.

wakepy takes some 80 ms to import and waits up to two seconds for each service on the bus, so all of it
happens on a thread of its own, which ends with the wish. Where everybody refuses, a session is guided all the
same, and who wants to say so is told.
"""

import logging
import threading
from collections.abc import Callable
from contextlib import AbstractContextManager

CLOSE_S = 1.0
"""How long `close` waits for a service that does not answer."""

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # without any handler Python would print on the terminal


def presenting() -> AbstractContextManager[object]:
    """What keeps the screen on while it is entered; entering and leaving it may take seconds."""
    logging.getLogger("wakepy").addHandler(logging.NullHandler())
    from wakepy import keep

    return keep.presenting(on_fail="pass")


class StayAwake:
    """Awake from `hold` to `release`; both return at once."""

    def __init__(
        self,
        awake: Callable[[], AbstractContextManager[object]] = presenting,
        on_refused: Callable[[], None] | None = None,
    ) -> None:
        """`awake` is called, entered and left on one and the same thread.

        `on_refused` is called **from that thread** where nobody keeps the computer awake: where it raises,
        or gives something that is not `active`.
        """
        self._awake, self._on_refused = awake, on_refused
        self._done: threading.Event | None = None
        self._threads: list[threading.Thread] = []

    def hold(self) -> None:
        """Keep awake from now on."""
        if self._done is not None:
            return
        self._done = threading.Event()
        self._threads = [thread for thread in self._threads if thread.is_alive()]
        thread = threading.Thread(target=self._stay, args=(self._done,), name="relief-awake", daemon=True)
        self._threads.append(thread)
        thread.start()

    def release(self) -> None:
        """Let the computer rest again."""
        if self._done is not None:
            self._done.set()
            self._done = None

    def close(self) -> None:
        """Release, and wait until that is so, but never long: who does not answer frees it with our end."""
        self.release()
        for thread in self._threads:
            thread.join(CLOSE_S)

    def _stay(self, done: threading.Event) -> None:
        try:
            with self._awake() as mode:
                if not getattr(mode, "active", True):
                    self._refused(done)
                done.wait()
        except Exception:
            _log.info("screen and system could not be kept awake", exc_info=True)
            self._refused(done)

    def _refused(self, done: threading.Event) -> None:
        """Say so, unless nobody waits for it any more."""
        if self._on_refused is not None and not done.is_set():
            self._on_refused()
