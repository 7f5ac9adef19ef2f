"""A media player on a real bus, and what becomes of odd questions."""

from collections.abc import Iterator

import pytest
from jeepney import DBusAddress, MessageFlag, new_method_call
from PySide6.QtCore import QObject, QSocketNotifier, QTimer
from pytestqt.qtbot import QtBot

from relief_app.desktop.bus import SessionBus as Connection
from relief_app.desktop.media_player import Properties
from relief_app.desktop.mpris import NAME, PATH, PLAYER, PROPERTIES, ROOT, MediaPlayer, root_properties
from tests.support.bus_client import BusClient, BusError, plain
from tests.support.session_bus import SessionBus

SHOWN: Properties = {
    "PlaybackStatus": ("s", "Playing"),
    "Metadata": ("a{sv}", {"mpris:length": ("x", 20_000_000), "xesam:artist": ("as", ["Do pull."])}),
    "CanSeek": ("b", True),
}


class Deck:
    """Fits `Plays` and writes down what it is told."""

    def __init__(self) -> None:
        self.done: list[tuple[object, ...]] = []

    def raise_window(self) -> None:
        self.done.append(("raise",))

    def press(self, key: str) -> None:
        self.done.append((key,))

    def seek(self, offset_us: int) -> None:
        self.done.append(("seek", offset_us))

    def set_position(self, track: str, position_us: int) -> None:
        self.done.append(("place", track, position_us))

    def position_us(self) -> int:
        return 4_000_000_000


@pytest.fixture
def deck() -> Deck:
    return Deck()


def player_of(deck: Deck, own_id: int = 7) -> MediaPlayer:
    return MediaPlayer(deck, root_properties("Relief", "io.github.relief_app.Relief"), own_id)


@pytest.fixture
def player(qapp: object, bus: SessionBus, deck: Deck) -> Iterator[MediaPlayer]:
    player = player_of(deck)
    assert player.export(SHOWN)
    yield player
    player.withdraw()


@pytest.fixture
def client(player: MediaPlayer, qtbot: QtBot) -> Iterator[BusClient]:
    client = BusClient(qtbot)
    qtbot.waitUntil(lambda: client.names() == [NAME])
    yield client
    client.close()


def test_everything_about_it_can_be_asked(client: BusClient) -> None:
    found = client.player(NAME, "GetAll", "s", PLAYER, on=PROPERTIES)[0]
    assert found == SHOWN | {"Position": ("x", 4_000_000_000)}
    root = plain(client.player(NAME, "GetAll", "s", ROOT, on=PROPERTIES)[0])
    assert (root["Identity"], root["DesktopEntry"]) == ("Relief", "io.github.relief_app.Relief")
    assert (root["CanRaise"], root["CanQuit"], root["HasTrackList"]) == (True, False, False)
    assert client.get(NAME, "Position") == 4_000_000_000


def test_what_is_pressed_arrives(client: BusClient, deck: Deck) -> None:
    for key in ("PlayPause", "Play", "Pause", "Stop", "Next", "Previous"):
        client.player(NAME, key)
    client.player(NAME, "Seek", "x", -5_000_000)
    client.player(NAME, "SetPosition", "ox", "/t/1", 9_000_000)
    client.player(NAME, "Raise", on=ROOT)
    client.player(NAME, "Quit", on=ROOT)
    keys = [("PlayPause",), ("Play",), ("Pause",), ("Stop",), ("Next",), ("Previous",)]
    assert deck.done == [*keys, ("seek", -5_000_000), ("place", "/t/1", 9_000_000), ("raise",)]


@pytest.mark.parametrize(
    ("member", "types", "words", "on", "error"),
    [
        ("Dance", "", (), PLAYER, "UnknownMethod"),
        ("Raise", "", (), PLAYER, "UnknownMethod"),
        ("Seek", "s", ("far",), PLAYER, "InvalidArgs"),
        ("Seek", "", (), PLAYER, "InvalidArgs"),
        ("Next", "x", (1,), PLAYER, "InvalidArgs"),
        ("Get", "ss", (PLAYER, "Colour"), PROPERTIES, "UnknownProperty"),
        ("Get", "s", (PLAYER,), PROPERTIES, "InvalidArgs"),
        ("GetAll", "s", ("org.mpris.MediaPlayer2.TrackList",), PROPERTIES, "UnknownInterface"),
        ("Set", "ssv", (PLAYER, "CanSeek", ("b", False)), PROPERTIES, "PropertyReadOnly"),
        ("Set", "ssv", (PLAYER, "Colour", ("s", "red")), PROPERTIES, "UnknownProperty"),
        ("Forget", "", (), PROPERTIES, "UnknownMethod"),
        ("Next", "", (), "org.example.Other", "UnknownMethod"),
    ],
)
def test_what_cannot_be_done_is_refused_by_name(
    client: BusClient, deck: Deck, member: str, types: str, words: tuple[object, ...], on: str, error: str
) -> None:
    with pytest.raises(BusError) as caught:
        client.player(NAME, member, types, *words, on=on)
    assert str(caught.value) == error
    assert deck.done == []
    assert client.get(NAME, "PlaybackStatus") == "Playing"


def test_it_can_be_found_by_looking_around(client: BusClient) -> None:
    found = []
    for path in ("/", "/org", "/org/mpris", PATH, "/else"):
        where = DBusAddress(path, bus_name=NAME, interface="org.freedesktop.DBus.Introspectable")
        found.append(client.ask(where, "Introspect")[0])
    assert found[:3] == [f'<node><node name="{name}"/></node>' for name in ("org", "mpris", "MediaPlayer2")]
    assert all(f'<interface name="{name}">' in found[3] for name in (ROOT, PLAYER, PROPERTIES))
    assert found[4] == "<node/>"
    with pytest.raises(BusError, match="UnknownObject"):
        client.ask(DBusAddress("/org", bus_name=NAME, interface=PLAYER), "Next")


def test_only_what_changed_is_said_and_nothing_twice(
    client: BusClient, player: MediaPlayer, qtbot: QtBot
) -> None:
    player.show(SHOWN)
    player.show(SHOWN | {"PlaybackStatus": ("s", "Paused")})
    player.show(SHOWN | {"PlaybackStatus": ("s", "Paused")})
    player.moved(3_000_000)
    qtbot.waitUntil(lambda: len(client.heard) == 2)
    assert client.heard == [
        ("PropertiesChanged", (PLAYER, {"PlaybackStatus": "Paused"}, [])),
        ("Seeked", (3_000_000,)),
    ]


def test_a_second_one_takes_a_name_of_its_own(client: BusClient, qapp: object, qtbot: QtBot) -> None:
    second = player_of(Deck(), own_id=4242)
    assert second.export(SHOWN)
    qtbot.waitUntil(lambda: sorted(client.names()) == [NAME, f"{NAME}.instance4242"])
    second.withdraw()


def test_it_is_gone_when_it_is_withdrawn_and_can_come_back(
    client: BusClient, player: MediaPlayer, qtbot: QtBot
) -> None:
    player.withdraw()
    player.withdraw()
    assert not player.is_exported
    qtbot.waitUntil(lambda: client.names() == [])
    player.show(SHOWN)
    assert player.export(SHOWN)
    qtbot.waitUntil(lambda: client.names() == [NAME])


def test_who_wants_no_answer_gets_none(client: BusClient, deck: Deck, qtbot: QtBot) -> None:
    message = new_method_call(DBusAddress(PATH, bus_name=NAME, interface=PLAYER), "Next")
    message.header.flags = MessageFlag.no_reply_expected
    answers: list[object] = []
    client._bus.call(message, answers.append)
    client.player(NAME, "Pause")
    assert deck.done == [("Next",), ("Pause",)]
    assert answers == []


def test_without_a_bus_there_is_no_player(qapp: object, deck: Deck) -> None:
    player = player_of(deck)
    assert not player.export(SHOWN)
    assert not player.is_exported


def test_a_bus_that_dies_takes_the_player_along_and_nothing_else(
    bus: SessionBus, client: BusClient, player: MediaPlayer, qtbot: QtBot
) -> None:
    bus.kill()
    qtbot.waitUntil(lambda: not player.is_exported)
    player.show(SHOWN | {"CanSeek": ("b", False)})
    player.moved(1)
    bus.start()
    assert player.export(SHOWN)
    again = BusClient(qtbot)
    qtbot.waitUntil(lambda: again.names() == [NAME])
    again.close()


def test_between_two_messages_nothing_of_it_runs(client: BusClient, player: MediaPlayer) -> None:
    parts: list[QObject] = player.findChildren(QObject)
    assert any(isinstance(part, Connection) for part in parts)
    assert [part for part in parts if isinstance(part, QTimer)] == []
    assert all(not writer.isEnabled() for writer in _writers(player))


def _writers(player: MediaPlayer) -> list[QSocketNotifier]:
    """What would wake the program while there is room to write."""
    found = player.findChildren(QSocketNotifier)
    return [each for each in found if each.type() == QSocketNotifier.Type.Write]
