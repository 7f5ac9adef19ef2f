"""The sound device behind a ringing: opened, looked after, opened again when it dies. Its owner drives it."""

from __future__ import annotations

import logging
from collections.abc import Callable

from relief_app.desktop.ringing import Ringing
from relief_app.desktop.sound_device import Device
from relief_app.desktop.sound_mixer import Mixer

CHECK_S = 0.25
"""An open device is looked at this often."""
STALL_S = 2.5
"""A device that asks for nothing for so long is dead. Not shorter: some ask every 2 s only."""
RETRY_S = 2.0
"""Without a device the next attempt comes so much later, for as long as it rings."""
FADE_S = 0.15
"""A faded ringing has left the device by then."""
LINGER_S = 1.0
"""A ringing that has come to its end is heard by then, also from a slow device."""
SAY_AFTER = 2
"""So many failures in a row are no sound server that is just being restarted."""

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # without any handler Python would print on the terminal


class Bell:
    """One ringing at a time.

    `clock` returns monotonic seconds. `no_device` is called once for each time that no device works. What is
    mixed `beside` it has no device of its own while this one is open.
    """

    def __init__(
        self,
        open_device: Callable[[], Device],
        clock: Callable[[], float],
        no_device: Callable[[], None],
        beside: Mixer | None = None,
    ) -> None:
        self._beside = beside
        self._open_device = open_device
        self._clock = clock
        self._no_device = no_device
        self._make: Callable[[float], Ringing] | None = None
        self._insists = False
        self._ringing: Ringing | None = None
        self._device: Device | None = None
        self._began_s = self._asked_s = 0.0
        self._calls = self._failures = 0
        self._retry_at: float | None = None
        self._close_at: float | None = None
        self.heard = False

    @property
    def wait_s(self) -> float | None:
        """In how many seconds `check` is due; None: not before the next `ring`."""
        due = self._retry_at if self._close_at is None else self._close_at
        if due is not None:
            return max(0.0, due - self._clock())
        return None if self._device is None else CHECK_S

    @property
    def insists(self) -> bool:
        """Whether it rings, heard or not, until it is hushed."""
        return self._make is not None and self._insists

    @property
    def is_told(self) -> bool:
        """Whether `heard` says by now what becomes of the ringing."""
        return self._make is None or (self._insists and (self.heard or self._failures > 0))

    def ring(self, make: Callable[[float], Ringing], *, insist: bool) -> None:
        """Ring what `make` returns for the seconds since now; it is asked again for each device.

        Without `insist` the first failure ends it. `heard` tells whether a device plays it, or has played it.
        """
        self.close()
        self._make, self._insists = make, insist
        self._began_s = self._clock()
        self._failures, self.heard = 0, False
        self._open()

    def check(self) -> None:
        """Do what is due: try again, replace a dead device, close a silent one."""
        now = self._clock()
        if self._close_at is not None:
            if now >= self._close_at:
                self.close()
        elif self._retry_at is not None:
            if now >= self._retry_at:
                self._open()
        elif self._ringing is not None:
            self._look(self._ringing, now)

    def hush(self) -> None:
        """Fall silent, without a click."""
        self._make = self._retry_at = None
        if self._ringing is None:
            self.close()
        else:
            self._ringing.fade()
            self._close_at = self._clock() + FADE_S

    def close(self) -> None:
        """Be silent and give the device back."""
        self._make = self._retry_at = self._close_at = None
        self._shut()

    def _look(self, ringing: Ringing, now: float) -> None:
        if ringing.calls != self._calls:
            self._calls, self._asked_s = ringing.calls, now
            self._failures, self.heard = 0, True
        if ringing.over:
            self._make, self._close_at = None, now + LINGER_S
        elif now - self._asked_s > STALL_S:
            self._failed()

    def _open(self) -> None:
        if self._make is None:
            return
        self._retry_at = None
        if self._beside is not None:
            self._beside.carried = True
        try:
            self._device = self._open_device()
            self._asked_s, self._calls = self._clock(), 0
            self._ringing = self._make(self._asked_s - self._began_s)
            self._device.start(self._ringing.stream())
        except Exception as error:  # whatever it is, an alarm tries again
            _log.warning("no sound device: %s", error)
            self._failed()

    def _failed(self) -> None:
        self._shut()
        self._failures += 1
        if not self._insists:
            self.heard = False
            self._make = None
            return
        self._retry_at = self._clock() + RETRY_S
        if self._failures == SAY_AFTER:
            self._no_device()

    def _shut(self) -> None:
        self._ringing = None
        if self._device is not None:
            self._device.close()
            self._device = None
        if self._beside is not None:
            self._beside.carried = False
