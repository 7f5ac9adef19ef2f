"""The sounds of a session: asked for by name, heard at once, and never in the way of anything else."""

from __future__ import annotations

import logging
import threading
import time
from array import array
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from queue import Empty, SimpleQueue

from relief_app.desktop.sound_device import SAMPLE_RATE_HZ, Device, MiniaudioDevice, decode
from relief_app.desktop.sound_kinds import SoundKind
from relief_app.desktop.sound_mixer import Mixer
from relief_app.desktop.sound_output import Output

SOUND_NAMES = ("get_ready", "tick", "halfway", "step_end", "set_end", "finished", "alarm", "eased")
"""Every sound there is: a hold is about to begin; three, two, one; half of it is done; a step has ended, a
set has ended; all is done; the alarm (one round of 1.5 s, to be repeated); the cramp has let go."""

CHIME = "chime"
"""The sound of a reminder."""

CLIP = "voice/"
"""Stands before the name of a clip of the voice."""

CLOSE_S = 3.0
"""How long `close` waits for a sound server that does not answer."""

_log = logging.getLogger(__name__)
_log.addHandler(logging.NullHandler())  # without any handler Python would print on the terminal


class SoundProblemCode(StrEnum):
    """Why something cannot be heard."""

    NO_DEVICE = "no_sound_device"
    SAMPLE_UNREADABLE = "sound_unreadable"


@dataclass(frozen=True)
class SoundProblem:
    """What cannot be heard: `sound` names the missing or damaged sample, None means all of them."""

    code: SoundProblemCode
    sound: str | None = None


Gain = float | Callable[[], float]
"""How loud, 0..1; or what is asked when it comes to it, **on the worker thread**."""

PAUSE_S = 0.2
"""Between the sounds of a row."""


@dataclass(frozen=True)
class _Wish:
    """A row of sounds that was asked for, and what takes care of it on the worker thread."""

    serve: Callable[[_Wish], object]
    asked_s: float
    names: tuple[str, ...] = ()
    kind: SoundKind = SoundKind.CUE
    gain: Gain = 1.0
    swell_s: float = 0.0


class SoundPlayer:
    """Plays sounds by their name, overlapping ones mixed, through the default sound device.

    Each kind has a volume of its own; the sum of all is held below the limiter's ceiling.

    All that can take time (the first import of the library, decoding, opening the device) happens on a daemon
    thread of its own, begun with the first sound and ended by `close`. The device is open only while a sound
    plays and two seconds longer; it is opened again if it dies or the sound server is restarted.

    `path_of` returns the file of a sound; `on_problem` is called at most once for each SoundProblemCode,
    **from the worker thread**: whoever touches widgets with it must hand it over to the main thread first.
    `open_device` and `clock` (monotonic seconds) are for tests.
    """

    def __init__(
        self,
        path_of: Callable[[str], Path],
        *,
        on_problem: Callable[[SoundProblem], None] | None = None,
        open_device: Callable[[], Device] = MiniaudioDevice,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._path_of = path_of
        self._on_problem = on_problem
        self._clock = clock
        self._mixer = Mixer()
        self._output = Output(
            self._mixer, open_device, clock, gave_up=self._no_device, opened=self._device_works
        )
        self._wishes: SimpleQueue[_Wish | None] = SimpleQueue()
        self._samples: dict[str, array[int] | None] = {}
        self._worker: threading.Thread | None = None
        self._closed = False
        self._volumes = dict.fromkeys(SoundKind, 1.0)
        self._muted = False
        self._device_problem: SoundProblem | None = None
        self._sample_problem: SoundProblem | None = None
        self._said: set[SoundProblemCode] = set()

    @property
    def available(self) -> bool:
        """Whether a device works, as far as is known: False from giving up until one opens after all."""
        return self._device_problem is None

    @property
    def problem(self) -> SoundProblem | None:
        """What cannot be heard now: everything (no device), else the first unreadable sample, else None."""
        return self._device_problem or self._sample_problem

    @property
    def mixer(self) -> Mixer:
        """What the sounds are mixed by, for a stream that takes them along."""
        return self._mixer

    def volume(self, kind: SoundKind) -> float:
        """How loud sounds of a kind are, 0..1, beside the volume of the system."""
        return self._volumes[kind]

    def set_volume(self, kind: SoundKind, volume: float) -> None:
        """Play sounds of a kind at `volume`, held within 0..1; a change is heard at once."""
        self._volumes[kind] = _unit(volume)
        self._mixer.set_level(kind, self.level(kind))

    def level(self, kind: SoundKind) -> float:
        """How loud sounds of a kind are now, 0..1: their volume, or nothing while all is muted."""
        return 0.0 if self._muted else self._volumes[kind]

    @property
    def muted(self) -> bool:
        """Whether all is silent: what sounds ends at once, what is asked for meanwhile is dropped."""
        return self._muted

    @muted.setter
    def muted(self, muted: bool) -> None:
        self._muted = muted
        for kind in SoundKind:
            self._mixer.set_level(kind, self.level(kind))

    def play(
        self, name: str, kind: SoundKind = SoundKind.CUE, *, gain: Gain = 1.0, swell_s: float = 0.0
    ) -> None:
        """Play the sound `name`, `gain` (0..1) times as loud as it is, and `swell_s` in coming up.

        Returns at once and never raises.
        """
        self.play_row((name,), kind, gain=gain, swell_s=swell_s)

    def play_row(
        self,
        names: Sequence[str],
        kind: SoundKind = SoundKind.CUE,
        *,
        gain: Gain = 1.0,
        swell_s: float = 0.0,
    ) -> None:
        """Play the sounds `names` one after the other, never over one another, else as `play`."""
        if self.level(kind) > 0.0 and names:
            self._wish(_Wish(self._play, self._clock(), tuple(names), kind, gain, swell_s))

    def hush(self, kind: SoundKind) -> None:
        """End what sounds of a kind, and what of it was asked for before; returns at once."""
        if self._worker is not None:
            self._wish(_Wish(lambda wish: self._mixer.fade(wish.kind), self._clock(), kind=kind))

    def prepare(self, names: Sequence[str] = SOUND_NAMES) -> None:
        """Import and decode what the first sound would have to wait for (about 0.2 s); opens no device."""
        self._wish(_Wish(self._read, self._clock(), tuple(names)))

    def wake(self, first: Callable[[], object] = lambda: None) -> None:
        """Have a device open for a cue that is due within two seconds: opening one can take 0.2 s.

        `first` is called before, **on the worker thread**.
        """
        if self.level(SoundKind.CUE) > 0.0:
            self._wish(_Wish(lambda _: self._wake(first), self._clock()))

    def close(self) -> None:
        """Fall silent for good, give the device back and end the worker; may be called again.

        Waits for a sound server that does not answer for at most three seconds.
        """
        self._closed = True
        if self._worker is not None:
            self._wishes.put(None)
            self._worker.join(CLOSE_S)

    def _wish(self, wish: _Wish) -> None:
        if self._closed:
            return
        self._wishes.put(wish)
        if self._worker is None:
            self._worker = threading.Thread(target=self._work, name="relief-sound", daemon=True)
            self._worker.start()

    def _work(self) -> None:
        """Serve wishes until `close`; sleep between them, without a device for as long as it takes."""
        while True:
            try:
                wish = self._wishes.get(timeout=self._output.wait_s)
                if wish is None:
                    break
                wish.serve(wish)
            except Empty:
                pass
            except Exception:
                _log.exception("a sound could not be played")
            self._output.check()
        self._output.close()

    def _read(self, wish: _Wish) -> None:
        for name in wish.names:
            self._decoded(name)

    def _wake(self, first: Callable[[], object]) -> None:
        first()
        self._output.wake()

    def _play(self, wish: _Wish) -> None:
        samples = _row([self._decoded(name) for name in wish.names])
        if samples:
            gain = wish.gain() if callable(wish.gain) else wish.gain
            swell = round(wish.swell_s * SAMPLE_RATE_HZ)
            self._output.play(samples, _unit(gain), wish.asked_s, wish.kind, swell)

    def _decoded(self, name: str) -> array[int] | None:
        """Return the samples of `name`, decoded once; None if they are missing or damaged, which is said."""
        if name not in self._samples:
            try:
                self._samples[name] = decode(self._path_of(name))
            except Exception as error:  # `path_of` is not ours: whatever it raises, the sound has no file
                _log.warning("sound %r: %s", name, error)
                self._samples[name] = None
                problem = SoundProblem(SoundProblemCode.SAMPLE_UNREADABLE, name)
                self._sample_problem = self._sample_problem or problem
                self._say(problem)
        return self._samples[name]

    def _no_device(self) -> None:
        self._device_problem = SoundProblem(SoundProblemCode.NO_DEVICE)
        self._say(self._device_problem)

    def _device_works(self) -> None:
        self._device_problem = None

    def _say(self, problem: SoundProblem) -> None:
        """Tell the owner, once for each code; a listener that raises must not silence the sounds."""
        if self._on_problem is None or problem.code in self._said:
            return
        self._said.add(problem.code)
        try:
            self._on_problem(problem)
        except Exception:
            _log.exception("the listener to sound problems failed")


def _row(parts: Sequence[array[int] | None]) -> array[int]:
    """Return the parts there are as one, with pauses; a part alone is returned as it is."""
    known = [part for part in parts if part is not None]
    if len(known) == 1:
        return known[0]
    pause = array("h", bytes(2 * round(PAUSE_S * SAMPLE_RATE_HZ)))
    row = array("h")
    for part in known:
        row += part if not row else pause + part
    return row


def _unit(value: float) -> float:
    """Return `value` held within 0..1; not a number counts as 0."""
    return min(1.0, max(0.0, value))
