"""A message bus on Qt's event loop: without a thread, and nothing here waits for the other side.

jeepney makes and reads the messages; its own connections wait, so the socket is handled here. To be imported
late: it takes some 40 ms.
"""

import contextlib
import socket
from collections.abc import Callable
from itertools import count

from jeepney import HeaderFields, Message, MessageType, Parser, message_bus
from jeepney.auth import BEGIN, Authenticator
from jeepney.bus import find_session_bus, find_system_bus
from jeepney.fds import FileDescriptor, fds_buf_size
from PySide6.QtCore import QObject, QSocketNotifier, Signal

_PIECE = 4096

Answered = Callable[[Message | None], None]
"""Called with the answer to a call, an error included; with None where there will be none."""


class Bus(QObject):
    """One connection, from `open` to `close`; where there is no bus every call is answered with None."""

    heard = Signal(object)
    """One `jeepney.Message`, a signal that a match rule asked for."""
    asked = Signal(object)
    """One `jeepney.Message`, a call from somebody else on the bus; nobody but its listener answers it."""

    def __init__(self, find: Callable[[], str], parent: QObject | None = None) -> None:
        """A connection to the bus whose socket `find` names."""
        super().__init__(parent)
        self._find = find
        self._socket: socket.socket | None = None
        self._auth = Authenticator(enable_fds=True)
        self._parser = Parser()
        self._serials = count(1)
        self._answers: dict[int, Answered] = {}
        self._waiting: list[bytes] = []
        self._to_send = b""
        self._reader: QSocketNotifier | None = None
        self._writer: QSocketNotifier | None = None

    @property
    def is_open(self) -> bool:
        """False before `open`, where there is no bus, and once it is lost or closed."""
        return self._socket is not None

    def open(self) -> None:
        """Begin to connect; calls may be made at once."""
        self._socket = _connected(self._find)
        if self._socket is None:
            return
        number = self._socket.fileno()
        self._reader = QSocketNotifier(number, QSocketNotifier.Type.Read, self)
        self._reader.activated.connect(self._read)
        self._writer = QSocketNotifier(number, QSocketNotifier.Type.Write, self)
        self._writer.activated.connect(self._flush)
        self._send(self._auth.data_to_send())
        self.call(message_bus.Hello())

    def call(self, message: Message, answered: Answered = lambda _: None) -> None:
        """Send a method call; `answered` is called later, at once only where there is no bus."""
        if self._socket is None:
            answered(None)
            return
        serial = next(self._serials)
        self._answers[serial] = answered
        self._post(message, serial)

    def send(self, message: Message) -> None:
        """Send what nobody answers: a signal, or the answer to what was `asked`."""
        if self._socket is not None:
            self._post(message, next(self._serials))

    def _post(self, message: Message, serial: int) -> None:
        data = message.serialise(serial)
        if self._auth.authenticated:
            self._send(data)
        else:
            self._waiting.append(data)

    def close(self) -> None:
        """End the connection; calls that were not answered never will be."""
        if self._socket is None or self._reader is None or self._writer is None:
            return
        self._reader.setEnabled(False)
        self._writer.setEnabled(False)
        self._socket.close()
        self._socket = None
        for descriptor in self._parser.fds:
            descriptor.close()
        answers, self._answers = self._answers, {}
        for answered in answers.values():
            answered(None)

    def _send(self, data: bytes) -> None:
        self._to_send += data
        self._flush()

    def _flush(self) -> None:
        if self._socket is None or self._writer is None:
            return
        try:
            sent = self._socket.send(self._to_send) if self._to_send else 0
        except BlockingIOError:
            sent = 0
        except OSError:
            self.close()
            return
        self._to_send = self._to_send[sent:]
        self._writer.setEnabled(bool(self._to_send))

    def _read(self) -> None:
        """Take everything that has come; what makes no sense ends the connection."""
        try:
            while self._socket is not None:
                self._take(self._socket)
        except BlockingIOError:
            return
        except Exception:
            # Whatever a broken bus says: it must not end up in the guide.
            self.close()

    def _take(self, connection: socket.socket) -> None:
        size = self._parser.bytes_desired() if self._auth.authenticated else _PIECE
        data, passed, _, _ = connection.recvmsg(size, fds_buf_size())
        descriptors = FileDescriptor.from_ancdata(passed)
        if not data:
            self.close()
        elif self._auth.authenticated:
            self._parser.add_data(data, descriptors)
            self._dispatch(self._parser.get_next_message())
        else:
            self._agree(data)

    def _agree(self, data: bytes) -> None:
        """One more line of the conversation before the first message."""
        self._auth.feed(data)
        if self._auth.authenticated:
            self._send(BEGIN + b"".join(self._waiting))
            self._waiting.clear()
        else:
            self._send(self._auth.data_to_send())

    def _dispatch(self, message: Message | None) -> None:
        if message is None:
            return
        kind, fields = message.header.message_type, message.header.fields
        if kind is MessageType.signal:
            self.heard.emit(message)
        elif kind is MessageType.method_call:
            self.asked.emit(message)
        elif kind in (MessageType.method_return, MessageType.error):
            answered = self._answers.pop(fields.get(HeaderFields.reply_serial), None)
            if answered is not None:
                answered(message)


class SystemBus(Bus):
    """The bus of the whole computer.

    `DBUS_SYSTEM_BUS_ADDRESS` says where it is, else it is where it always is.
    """

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(find_system_bus, parent)


class SessionBus(Bus):
    """The bus of the desktop session, where `DBUS_SESSION_BUS_ADDRESS` says."""

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(find_session_bus, parent)


def _connected(find: Callable[[], str]) -> socket.socket | None:
    """A socket to the bus, None where there is none."""
    try:
        address = find()
    except (LookupError, RuntimeError, ValueError, StopIteration):
        return None
    connection = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    connection.setblocking(False)  # noqa: FBT003 - the library has no keyword for it
    with contextlib.suppress(OSError, ValueError):
        connection.connect(address)
        return connection
    connection.close()
    return None
