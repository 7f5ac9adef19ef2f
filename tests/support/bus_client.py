"""Somebody else on the session bus, in this very process: asks, listens, and waits in Qt's loop alone."""

from typing import Any

from jeepney import (
    DBusAddress,
    HeaderFields,
    MatchRule,
    Message,
    MessageType,
    message_bus,
    new_method_call,
)
from pytestqt.qtbot import QtBot

from relief_app.desktop.bus import SessionBus

_BUS = DBusAddress("/org/freedesktop/DBus", bus_name="org.freedesktop.DBus", interface="org.freedesktop.DBus")
PLAYER_PATH = "/org/mpris/MediaPlayer2"
PROPERTIES = "org.freedesktop.DBus.Properties"


class BusError(Exception):
    """The last part of a D-Bus error's name."""


class BusClient:
    """One connection; `close` it."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot
        self._bus = SessionBus()
        self._bus.open()
        self.heard: list[tuple[str, tuple[Any, ...]]] = []
        """Name and values of every signal of a player."""
        self._bus.heard.connect(self._hear)
        self._bus.call(message_bus.AddMatch(MatchRule(type="signal", path=PLAYER_PATH)))
        self.names()

    def close(self) -> None:
        self._bus.close()

    def names(self) -> list[str]:
        """The players on the bus."""
        return [name for name in self.ask(_BUS, "ListNames")[0] if name.startswith("org.mpris.")]

    def player(self, name: str, member: str, types: str = "", *words: object, on: str = "") -> Any:
        """Call a method of a player, of its Player interface unless `on` says another."""
        interface = on or "org.mpris.MediaPlayer2.Player"
        where = DBusAddress(PLAYER_PATH, bus_name=name, interface=interface)
        return self.ask(where, member, types, words)

    def get(self, name: str, key: str) -> Any:
        """A property of a player, without its types."""
        interface = "org.mpris.MediaPlayer2.Player"
        return plain(self.player(name, "Get", "ss", interface, key, on=PROPERTIES)[0])

    def ask(self, where: DBusAddress, member: str, types: str = "", words: tuple[object, ...] = ()) -> Any:
        """The answer's values; raises BusError."""
        found: list[Message | None] = []
        self._bus.call(new_method_call(where, member, types or None, words), found.append)
        self._qtbot.waitUntil(lambda: bool(found))
        reply = found[0]
        assert reply is not None
        if reply.header.message_type is MessageType.error:
            raise BusError(str(reply.header.fields[HeaderFields.error_name]).rpartition(".")[2])
        return tuple(reply.body)

    def _hear(self, message: Message) -> None:
        fields = message.header.fields
        if fields.get(HeaderFields.path) == PLAYER_PATH:
            self.heard.append((str(fields[HeaderFields.member]), tuple(map(plain, message.body))))


def plain(value: Any) -> Any:
    """`value` without the types that D-Bus's variants carry."""
    if isinstance(value, tuple):
        return plain(value[1])
    if isinstance(value, dict):
        return {key: plain(inner) for key, inner in value.items()}
    return value
