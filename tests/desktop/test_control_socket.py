import json
import socket
import stat
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QCoreApplication

from relief_app.desktop.control_socket import LONGEST_BACKLOG, LONGEST_REQUEST, ControlSocket
from tests.support.waiting import wait_until

pytestmark = pytest.mark.usefixtures("qapp")


def echo(request: Mapping[str, Any]) -> dict[str, Any]:
    return {"got": request.get("command")}


class Client:
    """The other end: sends bytes, reads lines, lets the app's loop turn while it waits."""

    def __init__(self, path: Path) -> None:
        self.socket = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
        self.socket.connect(str(path))
        self.socket.setblocking(False)
        self._received = b""
        self.ended = False

    def send(self, data: bytes) -> None:
        self.socket.sendall(data)

    def read(self) -> None:
        QCoreApplication.processEvents()
        try:
            data = self.socket.recv(1 << 20)
        except BlockingIOError:
            return
        except ConnectionResetError:
            data = b""
        self.ended = self.ended or not data
        self._received += data

    def line(self) -> Any:
        """The next answer, or None where the app has hung up."""

        def whole() -> bool:
            self.read()
            return b"\n" in self._received or self.ended

        wait_until(whole, 10.0, "an answer")
        line, newline, self._received = self._received.partition(b"\n")
        return json.loads(line) if newline else None

    def ask(self, request: object) -> Any:
        self.send(json.dumps(request).encode() + b"\n")
        return self.line()

    def hung_up(self) -> bool:
        def over() -> bool:
            self.read()
            return self.ended

        return wait_until(over, 10.0, "the end of the connection")


Connect = Callable[[], Client]


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "s"


@pytest.fixture
def control(place: Path) -> Iterator[ControlSocket]:
    control = ControlSocket(place, echo)
    yield control
    control.close()


@pytest.fixture
def connect(control: ControlSocket, place: Path) -> Iterator[Connect]:
    clients: list[Client] = []

    def make() -> Client:
        clients.append(Client(place))
        return clients[-1]

    yield make
    for client in clients:
        client.socket.close()


def test_a_request_is_answered_on_the_same_connection_again_and_again(connect: Connect) -> None:
    client = connect()
    assert client.ask({"command": "status"}) == {"got": "status"}
    assert client.ask({"command": "next"}) == {"got": "next"}


def test_two_lines_in_one_packet_make_two_answers_in_order(connect: Connect) -> None:
    client = connect()
    client.send(b'{"command": "a"}\n{"command": "b"}\n')
    assert [client.line(), client.line()] == [{"got": "a"}, {"got": "b"}]


def test_a_line_in_two_packets_is_one_request(connect: Connect) -> None:
    client = connect()
    client.send(b'{"comm')
    client.read()
    client.send(b'and": "a"}\n')
    assert client.line() == {"got": "a"}


def test_words_in_any_language_pass(connect: Connect) -> None:
    assert connect().ask({"command": "łydka 腓"}) == {"got": "łydka 腓"}


@pytest.mark.parametrize(
    "line",
    [b"hello", b"", b"[]", b"3", b'"status"', b"null", b"\xff\xfe", b'{"command": ', b"[" * 60_000, b"\x00"],
    ids=["word", "empty", "list", "number", "text", "null", "no utf-8", "half", "nested", "zero"],
)
def test_garbage_is_told_so_and_the_next_request_answered(connect: Connect, line: bytes) -> None:
    client = connect()
    client.send(line + b"\n")
    assert client.line() == {"error": "expected one JSON object a line", "exit": 1}
    assert client.ask({"command": "status"}) == {"got": "status"}


def test_a_request_that_never_ends_is_hung_up_on(connect: Connect) -> None:
    client, other = connect(), connect()
    for _ in range(3):
        client.send(b"x" * (LONGEST_REQUEST // 2))
        client.read()
        if client.ended:
            break
    assert client.hung_up()
    assert other.ask({"command": "status"}) == {"got": "status"}


def test_who_hangs_up_without_reading_does_no_harm(connect: Connect) -> None:
    client = connect()
    client.send(b'{"command": "status"}\n' * 50)
    client.socket.close()
    assert connect().ask({"command": "status"}) == {"got": "status"}


def test_watchers_get_what_happens_others_do_not(connect: Connect, control: ControlSocket) -> None:
    watcher, other = connect(), connect()
    assert watcher.ask({"command": "watch"}) == {"got": "watch"}
    assert other.ask({"command": "status"}) == {"got": "status"}
    for seq in (1, 2, 3):
        control.tell_watchers({"seq": seq})
    assert [watcher.line()["seq"] for _ in range(3)] == [1, 2, 3]
    assert other.ask({"command": "status"}) == {"got": "status"}


def test_a_watcher_may_still_ask(connect: Connect, control: ControlSocket) -> None:
    watcher = connect()
    watcher.ask({"command": "watch"})
    assert watcher.ask({"command": "next"}) == {"got": "next"}
    control.tell_watchers({"seq": 1})
    assert watcher.line() == {"seq": 1}


def test_a_watcher_that_reads_late_gets_everything_in_order(connect: Connect, control: ControlSocket) -> None:
    watcher = connect()
    watcher.ask({"command": "watch"})
    filling = "x" * 1_000
    for seq in range(700):  # more than a socket holds, less than is kept back
        control.tell_watchers({"seq": seq, "filling": filling})
    assert [watcher.line()["seq"] for _ in range(700)] == list(range(700))


def test_a_watcher_that_never_reads_is_let_go_and_the_others_are_not(
    connect: Connect, control: ControlSocket
) -> None:
    deaf, watcher = connect(), connect()
    for client in (deaf, watcher):
        client.ask({"command": "watch"})
    filling = "x" * 100_000
    count = 3 * LONGEST_BACKLOG // 100_000
    for seq in range(count):
        control.tell_watchers({"seq": seq, "filling": filling})
        assert watcher.line()["seq"] == seq
    assert deaf.hung_up()
    control.tell_watchers({"seq": count})
    assert watcher.line() == {"seq": count}


@pytest.mark.usefixtures("control")
def test_only_its_owner_may_open_it(place: Path) -> None:
    mode = place.stat().st_mode
    assert stat.S_ISSOCK(mode)
    assert stat.S_IMODE(mode) == 0o600


@pytest.mark.parametrize("leftover", ["socket", "file"])
def test_what_a_killed_app_left_behind_is_replaced(place: Path, leftover: str) -> None:
    if leftover == "socket":
        with socket.socket(socket.AF_UNIX, socket.SOCK_STREAM) as dead:
            dead.bind(str(place))
    else:
        place.write_text("left")
    control = ControlSocket(place, echo)
    client = Client(place)
    assert client.ask({"command": "status"}) == {"got": "status"}
    client.socket.close()
    control.close()


def test_closing_hangs_up_and_leaves_no_file(control: ControlSocket, connect: Connect, place: Path) -> None:
    client = connect()
    client.ask({"command": "watch"})
    control.close()
    assert client.hung_up()
    assert not place.exists()


def test_where_it_cannot_listen_it_says_so(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        ControlSocket(tmp_path / "nowhere" / "s", echo)
