"""The sound of a pack that has to come off: it rises, it repeats, and only `stop` ends it."""

from __future__ import annotations

import functools
import logging
import math
import threading
import time
from array import array
from collections.abc import Callable
from pathlib import Path
from queue import Empty, SimpleQueue
from typing import NamedTuple

from relief_app.core.preferences import LEAST_ALARM
from relief_app.desktop.bell import Bell
from relief_app.desktop.ringing import FULL, Ringing, Rise, spare_call
from relief_app.desktop.sink import SinkState, open_up, sink_state
from relief_app.desktop.sound import CLOSE_S, SoundProblem, SoundProblemCode
from relief_app.desktop.sound_device import Device, MiniaudioDevice, decode
from relief_app.desktop.sound_mixer import Mixer

ALARM_NAMES = ("pack_alarm", "pack_test")
"""The sounds played here: one round of the alarm, and its two tones once, to be heard before a pack."""

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # without any handler Python would print on the terminal


class SoundCheck(NamedTuple):
    """What became of the test sound: whether a device played it, and what the system does with sound."""

    played: bool
    sink: SinkState


class AlarmSound:
    """Rings through the default sound device, apart from all other sounds.

    Neither mute nor the volumes of other sounds reach it, and its own `volume` goes no lower than
    LEAST_ALARM. An output of the system that is muted or at zero when the
    alarm begins is opened, and put back after it; the test sound leaves the system as it is.

    All that takes time happens on a daemon thread of its own, begun by the first `start` or `play_test`,
    asleep while nothing rings, ended by `close`. A device that dies is opened again; where none works, it is
    tried every two seconds for as long as the alarm lasts. No method raises, and only `close` waits.

    `path_of` returns the file of one of ALARM_NAMES; in place of one that cannot be read a plain tone rings.
    `on_problem` is called **from the worker thread**, each time no device works and once for an unreadable
    file. What `beside` mixes is played by the alarm's own device as long as that is open: the sum of both is
    never louder than either may be. `open_device`, `clock` (monotonic seconds), `ask_sink`, `open_sink` and
    `rise` are for tests.
    """

    def __init__(
        self,
        path_of: Callable[[str], Path],
        *,
        on_problem: Callable[[SoundProblem], None] | None = None,
        beside: Mixer | None = None,
        open_device: Callable[[], Device] = MiniaudioDevice,
        clock: Callable[[], float] = time.monotonic,
        ask_sink: Callable[[], SinkState] = sink_state,
        open_sink: Callable[[], Callable[[], None]] = open_up,
        rise: Rise | None = None,
    ) -> None:
        self._path_of = path_of
        self._on_problem = on_problem
        self._ask_sink, self._open_sink = ask_sink, open_sink
        self._put_back: Callable[[], None] | None = None
        self._rise = rise or Rise()
        self._beside = beside
        self._bell = Bell(open_device, clock, self._no_device, beside)
        self._volume = 1.0
        self._orders: SimpleQueue[Callable[[], None] | None] = SimpleQueue()
        self._worker: threading.Thread | None = None
        self._samples: dict[str, array[int]] = {}
        self._waiting: list[Callable[[SoundCheck], None]] = []
        self._ringing = self._closed = False

    @property
    def ringing(self) -> bool:
        """Whether the alarm is on, heard or not."""
        return self._ringing

    @property
    def volume(self) -> float:
        """How loud the alarm and its test sound get, LEAST_ALARM..1; a change is heard at once."""
        return self._volume

    @volume.setter
    def volume(self, volume: float) -> None:
        self._volume = min(1.0, max(LEAST_ALARM, volume))

    def start(self) -> None:
        """Ring from now on, quiet at first; an alarm that rings already goes on as it is."""
        if not self._ringing and not self._closed:
            self._ringing = True
            self._order(self._begin)

    def stop(self) -> None:
        """Fall silent."""
        if self._ringing:
            self._ringing = False
            self._order(self._end)

    def play_test(self, on_done: Callable[[SoundCheck], None]) -> None:
        """Play two tones as loud as the alarm gets; `on_done` is called once, **from the worker thread**.

        While the alarm itself rings nothing more is played.
        """
        self._order(functools.partial(self._try, on_done))

    def close(self) -> None:
        """Fall silent for good, give the device back and end the worker; may be called again.

        Waits for a sound server that does not answer for at most three seconds.
        """
        self._closed, self._ringing = True, False
        if self._worker is not None:
            self._orders.put(None)
            self._worker.join(CLOSE_S)

    def _order(self, order: Callable[[], None]) -> None:
        if self._closed:
            return
        self._orders.put(order)
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, name="relief-alarm", daemon=True)
            self._worker.start()

    # On the worker thread

    def _work(self) -> None:
        while True:
            try:
                order = self._orders.get(timeout=self._bell.wait_s)
                if order is None:
                    break
                order()
            except Empty:
                pass
            except Exception:
                _log.exception("the alarm sound")
            self._look()
        self._end()
        self._bell.close()

    def _begin(self) -> None:
        samples = self._decoded("pack_alarm")
        self._bell.ring(lambda at_s: self._rung(samples, self._rise, at_s=at_s), insist=True)

    def _end(self) -> None:
        self._bell.hush()
        put_back, self._put_back = self._put_back, None
        if put_back is not None:
            put_back()

    def _try(self, on_done: Callable[[SoundCheck], None]) -> None:
        self._waiting.append(on_done)
        if not self._bell.insists:
            samples = self._decoded("pack_test")
            self._bell.ring(lambda _: self._rung(samples, FULL, rounds=1), insist=False)

    def _rung(
        self, samples: array[int], rise: Rise, *, at_s: float = 0.0, rounds: float = math.inf
    ) -> Ringing:
        return Ringing(
            samples, rise, at_s=at_s, rounds=rounds, volume=lambda: self._volume, beside=self._beside
        )

    def _look(self) -> None:
        try:
            self._bell.check()
            if self._bell.insists and self._bell.heard and self._put_back is None:
                self._put_back = self._open_sink()
            if self._bell.is_told:
                self._tell()
        except Exception:
            _log.exception("the alarm sound")

    def _tell(self) -> None:
        """Tell those who wait what became of the test sound."""
        waiting, self._waiting = self._waiting, []
        if waiting:
            check = SoundCheck(self._bell.heard, self._ask_sink())
        for on_done in waiting:
            on_done(check)

    def _decoded(self, name: str) -> array[int]:
        """Return the samples of `name`, decoded once; a plain tone where that fails, which is said."""
        if name not in self._samples:
            try:
                self._samples[name] = decode(self._path_of(name))
            except Exception as error:  # `path_of` is not ours: whatever it raises, the alarm rings
                _log.warning("sound %r: %s", name, error)
                self._samples[name] = spare_call()
                self._say(SoundProblem(SoundProblemCode.SAMPLE_UNREADABLE, name))
        return self._samples[name]

    def _no_device(self) -> None:
        self._say(SoundProblem(SoundProblemCode.NO_DEVICE))

    def _say(self, problem: SoundProblem) -> None:
        """Tell the owner; a listener that raises must not silence the alarm."""
        try:
            if self._on_problem is not None:
                self._on_problem(problem)
        except Exception:
            _log.exception("the listener to sound problems failed")
