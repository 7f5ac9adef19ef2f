"""A desktop notification as the bus carries it (Desktop Notifications Specification 1.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from relief_app import APPLICATION_ID

if TYPE_CHECKING:
    from jeepney import Message

APP_NAME = "Relief"
DEFAULT_ACTION = "default"
"""What a click on the notification itself is called."""

_NORMAL, _CRITICAL = 1, 2
_SERVICE_DECIDES, _NEVER = -1, 0


class Notice(NamedTuple):
    """What a notification says; `open_label` names what a click on it does."""

    title: str
    body: str
    critical: bool = False
    open_label: str = ""


def address() -> Any:
    """Where the notification service lives."""
    from jeepney import DBusAddress

    return DBusAddress(
        "/org/freedesktop/Notifications",
        bus_name="org.freedesktop.Notifications",
        interface="org.freedesktop.Notifications",
    )


def show(notice: Notice, replaces: int) -> Message:
    """The call that shows `notice`, in place of the one with id `replaces` (0: as a new one).

    A critical one passes do-not-disturb and stays until it is withdrawn. The service plays no sound of its
    own: ours says enough.
    """
    from jeepney import new_method_call

    actions = [DEFAULT_ACTION, notice.open_label] if notice.open_label else []
    hints: dict[str, tuple[str, object]] = {
        "urgency": ("y", _CRITICAL if notice.critical else _NORMAL),
        "resident": ("b", notice.critical),
        "suppress-sound": ("b", True),
        "desktop-entry": ("s", APPLICATION_ID),
    }
    icon = "dialog-warning" if notice.critical else "dialog-information"
    expires = _NEVER if notice.critical else _SERVICE_DECIDES
    words = (APP_NAME, replaces, icon, notice.title, notice.body, actions, hints, expires)
    return new_method_call(address(), "Notify", "susssasa{sv}i", words)


def close(shown: int) -> Message:
    """The call that takes the notification with id `shown` away."""
    from jeepney import new_method_call

    return new_method_call(address(), "CloseNotification", "u", (shown,))


def listen() -> Message:
    """The call to the bus that lets us hear what becomes of notifications."""
    from jeepney import MatchRule, message_bus

    rule = MatchRule(type="signal", interface=address().interface, path=address().object_path)
    return message_bus.AddMatch(rule)


def shown_id(reply: Message | None) -> int | None:
    """The id in the answer to `show`; None for an error or nonsense."""
    from jeepney import MessageType

    if reply is None or reply.header.message_type is not MessageType.method_return:
        return None
    return reply.body[0] if reply.body and isinstance(reply.body[0], int) else None


class Heard(NamedTuple):
    """What became of the notification `id`: it was closed, or clicked."""

    id: int
    closed: bool


def heard(message: Message) -> Heard | None:
    """What a signal tells of a notification; None where it is about anything else."""
    from jeepney import HeaderFields

    fields = message.header.fields
    if fields.get(HeaderFields.interface) != address().interface:
        return None
    match fields.get(HeaderFields.member), message.body:
        case "NotificationClosed", (int(shown), *_):
            return Heard(shown, closed=True)
        case "ActionInvoked", (int(shown), "default"):
            return Heard(shown, closed=False)
        case _:
            return None
