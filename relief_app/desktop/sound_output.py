"""Decides when the sound device is opened, tried again, given up and closed. Its owner drives it."""

from __future__ import annotations

from array import array
from collections.abc import Callable

from relief_app.desktop.sound_device import Device, DeviceError
from relief_app.desktop.sound_kinds import SoundKind
from relief_app.desktop.sound_mixer import Mixer

IDLE_S = 2.0
"""The device is closed after so much silence: an open one wakes the processor 25 times a second."""
CHECK_S = 0.25
"""An open device is looked at this often."""
STALL_S = 2.5
"""A device that asks for nothing for so long while there is something to play is dead. Not shorter: a sink
without low latency may ask every 2 s only."""
DOUBT_S = 0.5
"""A silent device that has asked for nothing for so long is opened anew before the next sound: that costs
milliseconds, waiting for STALL_S would cost the sound."""
RETRY_AFTER_S = (0.25, 1.0, 2.0)
"""The pauses between attempts to open: a restarted sound server is back within them."""
LATE_S = 1.0
"""A sound that would come later than this no longer belongs to its moment."""


class Output:
    """The device behind a mixer: open while something sounds, closed otherwise.

    `clock` returns monotonic seconds. `gave_up` is called each time no device could be opened, `opened` each
    time one could. While another device carries the mixer's sounds, none is opened here.
    """

    def __init__(
        self,
        mixer: Mixer,
        open_device: Callable[[], Device],
        clock: Callable[[], float],
        *,
        gave_up: Callable[[], None],
        opened: Callable[[], None],
    ) -> None:
        self._mixer = mixer
        self._open_device = open_device
        self._clock = clock
        self._gave_up = gave_up
        self._opened = opened
        self._device: Device | None = None
        self._failures = 0
        self._patience = len(RETRY_AFTER_S)
        self._retry_at: float | None = None
        self._calls = 0
        self._asked_s = self._heard_s = 0.0

    @property
    def wait_s(self) -> float | None:
        """In how many seconds `check` is due; None: not before the next sound."""
        if self._retry_at is not None:
            return max(0.0, self._retry_at - self._clock())
        return CHECK_S if self._device is not None or self._mixer.sounding else None

    def play(
        self,
        samples: array[int],
        gain: float,
        asked_s: float,
        kind: SoundKind = SoundKind.CUE,
        swell: int = 0,
    ) -> None:
        """Add a sound that was asked for at `asked_s` and see to it that a device plays it."""
        self._drop_doubtful()
        self._mixer.add(samples, gain, asked_s, kind, swell)
        self._heard_s = now = self._clock()
        if now - asked_s > LATE_S:
            self._mixer.forget_late(now - LATE_S)
        if self._device is None and self._retry_at is None and not self._mixer.carried:
            self._open()

    def wake(self) -> None:
        """Have a device open and silent for a sound within IDLE_S; where none opens, it tries again."""
        self._drop_doubtful()
        if self._device is None and self._retry_at is None and not self._mixer.carried:
            try:
                self._device = self._open_device()
                self._begin(self._device)
            except DeviceError:
                self._shut()
        self._heard_s = self._clock()

    def check(self) -> None:
        """Do what is due: try again, replace a dead device, close a silent one."""
        self._look()
        now = self._clock()
        if self._mixer.carried:
            self._retry_at = None
            self._shut()
        elif self._device is None:
            if self._is_time_to_open(now):
                self._open()
        elif not self._mixer.sounding:
            self._close_if_idle(now)
        else:
            self._heard_s = now
            self._replace_if_dead(now)

    def close(self) -> None:
        """Close the device and forget what was to be played."""
        self._retry_at = None
        self._mixer.clear()
        self._shut()

    def _drop_doubtful(self) -> None:
        """Close a silent device that seems to be dead."""
        self._look()
        if self._device is not None and not self._mixer.sounding and self._clock() - self._asked_s > DOUBT_S:
            self._shut()

    def _look(self) -> None:
        """Note when the device last asked for samples; a device that asks is one that works."""
        if self._mixer.calls != self._calls:
            self._calls, self._asked_s = self._mixer.calls, self._clock()
            self._failures = 0

    def _is_time_to_open(self, now: float) -> bool:
        """Whether another attempt is due, or something is left that another device has carried so far."""
        return self._mixer.sounding if self._retry_at is None else now >= self._retry_at

    def _close_if_idle(self, now: float) -> None:
        if now - self._heard_s >= IDLE_S:
            self._shut()

    def _replace_if_dead(self, now: float) -> None:
        if now - self._asked_s > STALL_S:
            self._shut()
            self._failed()

    def _open(self) -> None:
        self._retry_at = None
        try:
            self._device = self._open_device()
            self._begin(self._device)
        except DeviceError:
            self._shut()
            self._failed()

    def _begin(self, device: Device) -> None:
        self._asked_s = self._heard_s = self._clock()
        self._mixer.forget_late(self._asked_s - LATE_S)
        device.start(self._mixer.stream())
        self._patience = len(RETRY_AFTER_S)
        self._opened()

    def _failed(self) -> None:
        """Plan the next attempt, or give up until the next sound, which then has one attempt only."""
        if self._failures < self._patience:
            self._retry_at = self._clock() + RETRY_AFTER_S[self._failures]
            self._failures += 1
            return
        self._failures = self._patience = 0
        self._mixer.clear()
        self._gave_up()

    def _shut(self) -> None:
        if self._device is not None:
            self._device.close()
            self._device = None
