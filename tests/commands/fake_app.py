"""The other side of the control socket, as good or bad as a test wants it."""

import socket
import threading
from collections.abc import Callable, Sequence
from types import TracebackType

from relief_app.desktop.single_instance import acquire
from relief_app.storage.paths import Paths, find_paths


class FakeApp:
    """Holds the lock; after `listen` it sends `pieces` to everyone who asks, then hangs up.

    `requests` are the lines received. Without pieces it hangs up without an answer.
    """

    def __init__(self, pieces: Sequence[bytes] = (), *, answers: bool = True) -> None:
        self.paths: Paths = find_paths()
        self.requests: list[bytes] = []
        self._pieces = pieces
        self._answers = answers
        self._listener = socket.socket(socket.AF_UNIX)
        self._thread = threading.Thread(target=self._serve)
        self.paths.lock.parent.mkdir(exist_ok=True)
        self._lock = acquire(self.paths.lock)

    def __enter__(self) -> "FakeApp":
        self.listen()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def listen(self) -> None:
        self._listener.bind(str(self.paths.socket))
        self._listener.listen()
        if self._answers:
            self._thread.start()

    def close(self) -> None:
        if self._thread.is_alive():
            # Wakes the thread, which a close alone would not.
            self._listener.shutdown(socket.SHUT_RDWR)
            self._thread.join()
        self._listener.close()
        if self._lock is not None:
            self._lock.release()

    def _serve(self) -> None:
        while True:
            try:
                connection, _ = self._listener.accept()
            except OSError:
                return
            with connection, connection.makefile("rb") as received:
                self.requests.append(received.readline())
                for piece in self._pieces:
                    try:
                        connection.sendall(piece)
                    except OSError:
                        break


class Time:
    """A clock that moves when it is waited for; `then` is called at the wait with its number."""

    def __init__(self, then: Callable[[int], object] = lambda _: None) -> None:
        self.now = 100.0
        self.waits = 0
        self._then = then

    def clock(self) -> float:
        return self.now

    def wait(self, seconds: float) -> None:
        self.now += seconds
        self.waits += 1
        self._then(self.waits)
