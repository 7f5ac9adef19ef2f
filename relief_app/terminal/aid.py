"""What "Something is wrong" shows: whom to call, and the red flags. It never reassures."""

from collections.abc import Iterator
from dataclasses import dataclass

from relief_app.core.safety import RedFlag
from relief_app.i18n import translate
from relief_app.terminal.words import emergency_line


@dataclass(frozen=True, slots=True)
class Aid:
    """The emergency `number` of the confirmed country (None: not confirmed) and the red flags."""

    number: str | None
    flags: tuple[RedFlag, ...]

    @property
    def emergency(self) -> str:
        """Whom to call, in one line."""
        return emergency_line(self.number)

    def entries(self) -> tuple[tuple[str, str], ...]:
        """(what is seen or felt, what to do now) pairs, translated."""
        return tuple(
            (translate("red_flags", flag.trigger), translate("red_flags", flag.action)) for flag in self.flags
        )

    def lines(self) -> Iterator[str]:
        """All of it as plain lines."""
        yield self.emergency
        for trigger, action in self.entries():
            yield f"- {trigger}: {action}"
