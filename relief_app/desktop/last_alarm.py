"""The alarm of a pack when the app itself cannot be started any more: without Qt, without a window.

`python -m relief_app.desktop.last_alarm --kind heat --leg left`

The recovery guard starts it when the pack has to come off. It says so on the terminal and in a notification,
and rings for ten minutes or until SIGTERM. Exit status 0: it has rung; 1: it cannot, somebody else has to.
"""

import argparse
import contextlib
import shutil
import signal
import subprocess
import sys
import threading
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.desktop import notice as notices
from relief_app.desktop.alarm_sound import AlarmSound
from relief_app.desktop.alarm_words import take_it_off, where
from relief_app.desktop.sound_device import library
from relief_app.i18n import translate

if TYPE_CHECKING:
    from jeepney import Message

RING_S = 600.0
"""It rings so long at most: who has not heard it by then will not."""
BELL_EVERY_S = 2.0
ANSWER_S = 2.0
"""How long the notification service may take."""

_PACKAGE = Path(__file__).resolve().parents[1]


def main(arguments: Sequence[str]) -> int:
    """Tell and ring; returns the exit status."""
    kind, leg = _read(arguments)
    ended = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda *_: ended.set())
    notice = notices.Notice(take_it_off(), f"{where(kind, leg)}\n{_how_to_end()}", critical=True)
    _say(f"relief-app: {notice.title}: {where(kind, leg)}. {_how_to_end()}\n")
    shown = _Shown(notice)
    try:
        if not _can_play():
            return 1
        _ring(ended)
        return 0
    finally:
        shown.withdraw()


def _read(arguments: Sequence[str]) -> tuple[Kind, Leg]:
    """The pack; argparse ends the program with status 2 where it is none."""
    parser = argparse.ArgumentParser(prog="last_alarm")
    parser.add_argument("--kind", choices=[Kind.HEAT.value, Kind.ICE.value], required=True)
    parser.add_argument("--leg", choices=[leg.value for leg in Leg], required=True)
    options = parser.parse_args(arguments)
    return Kind(options.kind), Leg(options.leg)


def _can_play() -> bool:
    try:
        library()
    except (ImportError, OSError):
        return False
    return True


def _ring(ended: threading.Event) -> None:
    """Ring until `ended` or for the longest time; without a sound device with the terminal's bell."""
    silent = threading.Event()
    sound = AlarmSound(_sound_file, on_problem=lambda _: silent.set())
    sound.start()
    left_s = RING_S
    while left_s > 0 and not ended.wait(BELL_EVERY_S):
        left_s -= BELL_EVERY_S
        if silent.is_set():
            _say("\a")
    sound.close()


def _sound_file(name: str) -> Path:
    """Where the sound lies: in the package, or beside it in a checkout."""
    places = [root / "assets" / "sounds" / f"{name}.wav" for root in (_PACKAGE, _PACKAGE.parent)]
    return next((place for place in places if place.exists()), places[0])


def _how_to_end() -> str:
    return translate("packs", "Open Relief to end this alarm.")


def _say(words: str) -> None:
    """Write `words` on the terminal, if there is one."""
    try:
        sys.stderr.write(words)
        sys.stderr.flush()
    except (OSError, ValueError, AttributeError):
        return


class _Shown:
    """The notification, shown and taken away on a thread of its own: a bus that hangs delays no sound."""

    def __init__(self, notice: notices.Notice) -> None:
        self._id: int | None = None
        self._thread = _begun(lambda: self._show(notice))

    def withdraw(self) -> None:
        """Take it away, if the service answers soon."""
        self._thread.join(ANSWER_S)
        if self._id is not None:
            _begun(lambda: self._close(self._id)).join(ANSWER_S)

    def _show(self, notice: notices.Notice) -> None:
        try:
            self._id = notices.shown_id(_asked(notices.show(notice, 0)))
        except Exception:  # jeepney missing, no bus, nonsense from it: the other way
            self._id = None
        if self._id is None:
            _send(notice)

    def _close(self, shown: int | None) -> None:
        if shown is not None:
            with contextlib.suppress(Exception):  # gone with its service or its bus
                _asked(notices.close(shown))


def _begun(work: Callable[[], None]) -> threading.Thread:
    thread = threading.Thread(target=work, daemon=True)
    thread.start()
    return thread


def _asked(message: "Message") -> "Message":
    """What the session bus answers; raises anything."""
    from jeepney.io.blocking import open_dbus_connection

    with open_dbus_connection("SESSION") as connection:
        return connection.send_and_get_reply(message, timeout=ANSWER_S)


def _send(notice: notices.Notice) -> None:
    """Show it with the desktop's own program, where there is one."""
    program = shutil.which("notify-send")
    if program is None:
        return
    words = ("--urgency=critical", f"--app-name={notices.APP_NAME}", notice.title, notice.body)
    with contextlib.suppress(OSError, subprocess.SubprocessError):
        subprocess.run([program, *words], check=False, timeout=ANSWER_S, capture_output=True)  # noqa: S603 - fixed program, our words


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
