"""The messages to and from logind, the system's own word for suspension and lid."""

from typing import Protocol

from jeepney import DBusAddress, HeaderFields, MatchRule, Message, MessageType, message_bus, new_method_call

_NAME = "org.freedesktop.login1"
_PATH = "/org/freedesktop/login1"
_MANAGER = "org.freedesktop.login1.Manager"
_SLEEP = "PrepareForSleep"


class Descriptor(Protocol):
    """An open file of this process."""

    def close(self) -> None:
        """Close it."""
        ...


def tell_of_sleep() -> Message:
    """Asks the bus to pass on what logind says of suspension."""
    rule = MatchRule(type="signal", sender=_NAME, path=_PATH, interface=_MANAGER, member=_SLEEP)
    return message_bus.AddMatch(rule)


def falls_asleep(message: Message) -> bool | None:
    """True where the signal says that the computer falls asleep, False where it woke, None for another."""
    fields = message.header.fields
    if fields.get(HeaderFields.member) != _SLEEP or fields.get(HeaderFields.interface) != _MANAGER:
        return None
    return bool(message.body[0])


def hold_lid(why: str) -> Message:
    """Asks that closing the lid does nothing for as long as the descriptor in the answer is open."""
    manager = DBusAddress(_PATH, bus_name=_NAME, interface=_MANAGER)
    return new_method_call(manager, "Inhibit", "ssss", ("handle-lid-switch", "Relief", why, "block"))


def descriptor_in(answer: Message | None) -> Descriptor | None:
    """The descriptor in an answer, None in a refusal."""
    if answer is None or answer.header.message_type is not MessageType.method_return or not answer.body:
        return None
    descriptor: Descriptor = answer.body[0]
    return descriptor
