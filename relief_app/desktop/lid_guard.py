"""While a pack is on the skin, closing the lid must not suspend the computer: its alarm would be silent."""

from pathlib import Path

from jeepney import Message
from PySide6.QtCore import QObject, QTimer, Signal

from relief_app.desktop import logind
from relief_app.desktop.bus import SystemBus

PATIENCE_MS = 3_000
"""Who has not answered by then is taken to refuse; a later answer still counts."""

_LID_SWITCH = 0x01  # SW_LID of linux/input-event-codes.h


class LidGuard(QObject):
    """Holds the lid switch with logind from `hold` to `release`."""

    refused = Signal()
    """The lid is not held: it has to be left open."""

    def __init__(self, bus: SystemBus, why: str, parent: QObject | None = None) -> None:
        """`why` is shown by the system to whoever asks what holds the lid."""
        super().__init__(parent)
        self._bus, self._why = bus, why
        self._wanted = self._refused = False
        self._descriptors: list[logind.Descriptor] = []
        self._patience = QTimer(self)
        self._patience.setSingleShot(True)
        self._patience.setInterval(PATIENCE_MS)
        self._patience.timeout.connect(self._refuse)

    @property
    def is_held(self) -> bool:
        """True while closing the lid does nothing."""
        return bool(self._descriptors)

    @property
    def is_refused(self) -> bool:
        """True while the lid should be held and is not."""
        return self._refused

    def hold(self) -> None:
        """Ask for the lid switch, once."""
        if self._wanted:
            return
        self._wanted = True
        self._patience.start()
        self._bus.call(logind.hold_lid(self._why), self._on_answer)

    def release(self) -> None:
        """Give the lid switch back."""
        self._wanted = self._refused = False
        self._patience.stop()
        held, self._descriptors = self._descriptors, []
        for descriptor in held:
            descriptor.close()

    def _on_answer(self, answer: Message | None) -> None:
        descriptor = logind.descriptor_in(answer)
        if not self._wanted:
            if descriptor is not None:
                descriptor.close()
        elif descriptor is None:
            self._refuse()
        else:
            self._patience.stop()
            self._refused = False
            self._descriptors.append(descriptor)

    def _refuse(self) -> None:
        self._patience.stop()
        if not self._refused and self._wanted:
            self._refused = True
            self.refused.emit()


def has_lid(inputs: Path = Path("/sys/class/input")) -> bool:
    """Whether this computer has a lid: one of its input devices is a lid switch.

    logind cannot be asked: it calls a lid open that does not exist. A desktop computer has nothing to hold,
    and nobody there should be told to leave a lid open; where the devices cannot be read there may be a lid.
    """
    try:
        devices = sorted(inputs.glob("input*/capabilities/sw"))
        return not inputs.is_dir() or any(_has_lid_switch(device) for device in devices)
    except (OSError, ValueError, LookupError):
        return True


def _has_lid_switch(switches: Path) -> bool:
    """The file holds words of a bit field in hexadecimal, the lowest last."""
    return bool(int(switches.read_text("ascii").split()[-1], 16) & _LID_SWITCH)
