"""A media player on the session bus (MPRIS 2.2): what is asked of it, and what it says by itself.

To be imported late, as the bus is. jeepney rather than QtDBus: it sends every type of the specification as it
is (a length is 64 bits wide), and the bus of the notifications is there already. Between two messages nothing
here runs: no timer, no thread.
"""

from collections.abc import Callable
from typing import Protocol

from jeepney import (
    DBusAddress,
    HeaderFields,
    Message,
    MessageFlag,
    MessageType,
    message_bus,
    new_error,
    new_method_return,
    new_signal,
)
from PySide6.QtCore import QObject

from relief_app.desktop.bus import SessionBus
from relief_app.desktop.media_player import Properties

NAME = "org.mpris.MediaPlayer2.relief"
PATH = "/org/mpris/MediaPlayer2"
ROOT = "org.mpris.MediaPlayer2"
PLAYER = "org.mpris.MediaPlayer2.Player"
PROPERTIES = "org.freedesktop.DBus.Properties"
INTROSPECTABLE = "org.freedesktop.DBus.Introspectable"
PEER = "org.freedesktop.DBus.Peer"

_DO_NOT_QUEUE, _OWNER = 4, 1
_ERROR = "org.freedesktop.DBus.Error."

Answer = tuple[str, tuple[object, ...]]
"""Types and values of an answer."""
NOTHING: Answer = ("", ())


class Plays(Protocol):
    """What is behind the player."""

    def raise_window(self) -> None:
        """Bring the window to the front."""
        ...

    def press(self, key: str) -> None:
        """A key of the player, by its method's name."""
        ...

    def seek(self, offset_us: int) -> None:
        """Move by this much."""
        ...

    def set_position(self, track: str, position_us: int) -> None:
        """Move to a place in `track`."""
        ...

    def position_us(self) -> int:
        """Where in the track it is."""
        ...


class Refused(Exception):  # noqa: N818 - an answer, not an accident
    """A call that is not done; the text is the last part of D-Bus's name for why."""


class MediaPlayer(QObject):
    """On the bus from `export` to `withdraw`."""

    def __init__(self, plays: Plays, root: Properties, own_id: int, parent: QObject | None = None) -> None:
        """`root` is what the program says of itself; `own_id` tells it from another one like it."""
        super().__init__(parent)
        self._plays, self._root, self._own_id = plays, root, own_id
        self._player: Properties = {}
        self._bus: SessionBus | None = None

    @property
    def is_exported(self) -> bool:
        """Whether it is on the bus, or on the way there."""
        return self._bus is not None and self._bus.is_open

    def export(self, player: Properties) -> bool:
        """Go on the bus with these properties; False where there is no bus."""
        self.withdraw()
        bus = SessionBus(self)
        bus.open()
        if not bus.is_open:
            bus.deleteLater()
            return False
        self._bus, self._player = bus, player
        bus.asked.connect(self._answer)
        bus.call(message_bus.RequestName(NAME, _DO_NOT_QUEUE), self._take_name)
        return True

    def withdraw(self) -> None:
        """Leave the bus; may be called again."""
        bus, self._bus = self._bus, None
        if bus is not None:
            bus.close()
            bus.deleteLater()

    def show(self, player: Properties) -> None:
        """Say what has changed, and nothing where nothing has."""
        changed = {name: value for name, value in player.items() if self._player.get(name) != value}
        self._player = player
        if changed:
            self._say(PROPERTIES, "PropertiesChanged", "sa{sv}as", (PLAYER, changed, []))

    def moved(self, position_us: int) -> None:
        """Say that the position jumped."""
        self._say(PLAYER, "Seeked", "x", (position_us,))

    def _say(self, interface: str, signal: str, types: str, words: tuple[object, ...]) -> None:
        if self._bus is not None:
            self._bus.send(new_signal(DBusAddress(PATH, interface=interface), signal, types, words))

    def _take_name(self, reply: Message | None) -> None:
        """A name that somebody else has is told apart as the specification says."""
        if self._bus is None or reply is None or reply.header.message_type is not MessageType.method_return:
            return
        if reply.body[0] != _OWNER:
            self._bus.call(message_bus.RequestName(f"{NAME}.instance{self._own_id}", _DO_NOT_QUEUE))

    # What others ask

    def _answer(self, message: Message) -> None:
        try:
            types, words = self._done(message)
            answer = new_method_return(message, types or None, words)
        except Refused as refused:
            answer = new_error(message, f"{_ERROR}{refused}")
        if self._bus is not None and not message.header.flags & MessageFlag.no_reply_expected:
            self._bus.send(answer)

    def _done(self, message: Message) -> Answer:
        """Do what a call asks; raises Refused."""
        fields = message.header.fields
        interface, member = fields.get(HeaderFields.interface), str(fields.get(HeaderFields.member))
        path, types = str(fields.get(HeaderFields.path)), str(fields.get(HeaderFields.signature, ""))
        if interface == PEER and member == "Ping":
            return NOTHING
        if interface == INTROSPECTABLE and member == "Introspect":
            return "s", (_introspection(path),)
        if path != PATH:
            raise Refused("UnknownObject")
        if interface == PROPERTIES:
            return self._of_properties(member, types, tuple(message.body))
        known = self._methods().get((interface or PLAYER, member))
        if known is None:
            raise Refused("UnknownMethod")
        wanted, do = known
        if types != wanted:
            raise Refused("InvalidArgs")
        do(*message.body)
        return NOTHING

    def _methods(self) -> dict[tuple[str, str], tuple[str, Callable[..., None]]]:
        """What can be asked, with the types that go with it; what a player of ours cannot do does nothing."""
        plays = self._plays
        keys = {(PLAYER, key): ("", _pressing(plays, key)) for key in _KEYS}
        return keys | {
            (PLAYER, "Seek"): ("x", plays.seek),
            (PLAYER, "SetPosition"): ("ox", plays.set_position),
            (PLAYER, "OpenUri"): ("s", _nothing),
            (ROOT, "Raise"): ("", plays.raise_window),
            (ROOT, "Quit"): ("", _nothing),
        }

    def _of_properties(self, member: str, types: str, words: tuple[object, ...]) -> Answer:
        match member, types, words:
            case "Get", "ss", (interface, name):
                found = self._properties(interface)
                if name not in found:
                    raise Refused("UnknownProperty")
                return "v", (found[str(name)],)
            case "GetAll", "s", (interface,):
                return "a{sv}", (self._properties(interface),)
            case "Set", "ssv", (interface, name, _):
                raise Refused(
                    "PropertyReadOnly" if name in self._properties(interface) else "UnknownProperty"
                )
        raise Refused("UnknownMethod" if member not in ("Get", "GetAll", "Set") else "InvalidArgs")

    def _properties(self, interface: object) -> Properties:
        if interface == ROOT:
            return self._root
        if interface == PLAYER:
            return self._player | {"Position": ("x", self._plays.position_us())}
        raise Refused("UnknownInterface")


_KEYS = ("PlayPause", "Play", "Pause", "Stop", "Next", "Previous")


def _pressing(plays: Plays, key: str) -> Callable[[], None]:
    return lambda: plays.press(key)


def _nothing(*_: object) -> None:
    """The specification asks for these, and a session has no use for them."""


def root_properties(identity: str, desktop_entry: str) -> Properties:
    """What the program says of itself: it can be raised, not quit, and has no list to show."""
    return {
        "CanQuit": ("b", False),
        "CanRaise": ("b", True),
        "HasTrackList": ("b", False),
        "Identity": ("s", identity),
        "DesktopEntry": ("s", desktop_entry),
        "SupportedUriSchemes": ("as", []),
        "SupportedMimeTypes": ("as", []),
    }


def _introspection(path: str) -> str:
    """What can be asked at `path`, in D-Bus's own XML."""
    if path == PATH:
        return f"<node>{_INTERFACES}</node>"
    below = PATH.removeprefix(path.rstrip("/")).lstrip("/").partition("/")[0]
    known = PATH.startswith(path.rstrip("/") + "/")
    return f'<node><node name="{below}"/></node>' if known else "<node/>"


def _interface(name: str, methods: dict[str, str], properties: dict[str, str], more: str = "") -> str:
    """XML of an interface whose methods take, and whose properties have, these types."""
    rows = [
        f'<method name="{method}">{"".join(f"""<arg type="{each}" direction="in"/>""" for each in types)}'
        "</method>"
        for method, types in methods.items()
    ]
    rows += [f'<property name="{each}" type="{kind}" access="read"/>' for each, kind in properties.items()]
    return f'<interface name="{name}">{"".join(rows)}{more}</interface>'


_PLAYER_PROPERTIES = {
    "PlaybackStatus": "s",
    "Metadata": "a{sv}",
    "Position": "x",
    **dict.fromkeys(("Rate", "MinimumRate", "MaximumRate", "Volume"), "d"),
    **dict.fromkeys(("CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanSeek", "CanControl"), "b"),
}
_ROOT_PROPERTIES = {
    **dict.fromkeys(("CanQuit", "CanRaise", "HasTrackList"), "b"),
    **dict.fromkeys(("Identity", "DesktopEntry"), "s"),
    **dict.fromkeys(("SupportedUriSchemes", "SupportedMimeTypes"), "as"),
}
_STANDARD = (
    f'<interface name="{PROPERTIES}"><method name="Get"><arg type="s" direction="in"/>'
    '<arg type="s" direction="in"/><arg type="v" direction="out"/></method><method name="GetAll">'
    '<arg type="s" direction="in"/><arg type="a{sv}" direction="out"/></method>'
    '<signal name="PropertiesChanged"><arg type="s"/><arg type="a{sv}"/><arg type="as"/></signal></interface>'
    f'<interface name="{INTROSPECTABLE}"><method name="Introspect"><arg type="s" direction="out"/></method>'
    f'</interface><interface name="{PEER}"><method name="Ping"/></interface>'
)
_INTERFACES = (
    _interface(ROOT, {"Raise": "", "Quit": ""}, _ROOT_PROPERTIES)
    + _interface(
        PLAYER,
        {**dict.fromkeys(_KEYS, ""), "Seek": "x", "SetPosition": "ox", "OpenUri": "s"},
        _PLAYER_PROPERTIES,
        '<signal name="Seeked"><arg name="Position" type="x"/></signal>',
    )
    + _STANDARD
)
