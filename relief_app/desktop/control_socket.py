"""The local socket over which scripts and a second launch steer the running app.

One JSON object a line in, one a line out. The socket lies in a folder that only its owner can enter
and is 0600 itself. Plain sockets with a notifier: QtNetwork would cost start-up time for nothing.
"""

import contextlib
import json
import socket
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

from PySide6.QtCore import QObject, QSocketNotifier

LONGEST_REQUEST = 64 * 1024
LONGEST_BACKLOG = 1024 * 1024
"""A watcher that reads slower than this many bytes is let go, so that it never slows the app."""

Request = Mapping[str, Any]
Handler = Callable[[Request], Mapping[str, Any]]


class ControlSocket(QObject):
    """Listens on a local socket, answers requests with `handler`, feeds watchers."""

    def __init__(
        self,
        path: Path,
        handler: Handler,
        parent: QObject | None = None,
        standing: Callable[[], Sequence[Mapping[str, Any]]] = tuple,
    ) -> None:
        """Start listening; raises OSError where `path` cannot be bound.

        `standing` are messages that still hold: whoever begins to watch is told them first.
        """
        super().__init__(parent)
        self._path = path
        self._handler = handler
        self._standing = standing
        self._peers: list[_Peer] = []
        self._socket = _listening(path)
        self._notifier = QSocketNotifier(self._socket.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._accept)

    def tell_watchers(self, message: Mapping[str, Any]) -> None:
        """Send `message` to everyone who watches."""
        line = _line(message)
        for peer in [peer for peer in self._peers if peer.watches]:
            peer.send(line)

    def close(self) -> None:
        """Stop listening, let everyone go and remove the socket file."""
        self._notifier.setEnabled(False)
        for peer in list(self._peers):
            peer.close()
        self._socket.close()
        self._path.unlink(missing_ok=True)

    def _accept(self) -> None:
        with contextlib.suppress(OSError):
            connection, _ = self._socket.accept()
            self._peers.append(_Peer(connection, self._answer, self._peers.remove, self))

    def _answer(self, request: Request) -> Sequence[Mapping[str, Any]]:
        """The lines for one request."""
        told = self._standing() if request.get("command") == "watch" else ()
        return (self._handler(request), *told)


class _Peer(QObject):
    """One connection."""

    def __init__(
        self,
        connection: socket.socket,
        handler: Callable[[Request], Sequence[Mapping[str, Any]]],
        gone: Callable[["_Peer"], None],
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        connection.setblocking(False)  # noqa: FBT003 - the library has no keyword for it
        self.watches = False
        self._connection, self._handler, self._gone = connection, handler, gone
        self._received = b""
        self._to_send = b""
        self._reader = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Read, self)
        self._reader.activated.connect(self._read)
        self._writer = QSocketNotifier(connection.fileno(), QSocketNotifier.Type.Write, self)
        self._writer.setEnabled(False)
        self._writer.activated.connect(self._flush)

    def send(self, line: bytes) -> None:
        """Send `line` now or as soon as the other side takes it."""
        self._to_send += line
        if len(self._to_send) > LONGEST_BACKLOG:
            self.close()
        else:
            self._flush()

    def close(self) -> None:
        """End the connection."""
        if self._connection.fileno() < 0:
            return
        self._reader.setEnabled(False)
        self._writer.setEnabled(False)
        self._connection.close()
        self._gone(self)
        self.deleteLater()

    def _read(self) -> None:
        try:
            data = self._connection.recv(LONGEST_REQUEST)
        except BlockingIOError:
            return
        except OSError:
            data = b""
        self._received += data
        if not data or len(self._received) > LONGEST_REQUEST:
            self.close()
            return
        while b"\n" in self._received and self._connection.fileno() >= 0:
            line, self._received = self._received.split(b"\n", 1)
            self._answer(line)

    def _answer(self, line: bytes) -> None:
        try:
            request = json.loads(line)
        except (ValueError, RecursionError):
            request = None
        if not isinstance(request, dict):
            self.send(_line({"error": "expected one JSON object a line", "exit": 1}))
            return
        self.watches = self.watches or request.get("command") == "watch"
        try:
            answers = self._handler(request)
        except Exception:
            self.send(_line({"error": "something in the app went wrong", "exit": 1}))
            raise
        for answer in answers:
            self.send(_line(answer))

    def _flush(self) -> None:
        with contextlib.suppress(BlockingIOError):
            try:
                sent = self._connection.send(self._to_send) if self._to_send else 0
                self._to_send = self._to_send[sent:]
            except (BrokenPipeError, ConnectionResetError):
                self.close()
                return
        self._writer.setEnabled(bool(self._to_send))


def _listening(path: Path) -> socket.socket:
    """A listening socket at `path`, 0600; the caller holds the instance lock, so leftovers may go."""
    path.unlink(missing_ok=True)
    listener = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM | socket.SOCK_CLOEXEC | socket.SOCK_NONBLOCK)
    try:
        listener.bind(str(path))
        path.chmod(0o600)
        listener.listen(16)
    except OSError:
        listener.close()
        raise
    return listener


def _line(message: Mapping[str, Any]) -> bytes:
    return json.dumps(message, ensure_ascii=False).encode() + b"\n"
