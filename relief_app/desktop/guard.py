"""The app's end of the recovery guard (`guard_process`): started late, told what runs, dismissed with bye."""

import json
import os
import socket
import stat
import sys
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from PySide6.QtCore import QObject, QSocketNotifier

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.desktop.guard_process import BYE
from relief_app.opening import BEDSIDE, FULL_SCREEN, MUTED, SESSION, WAS, Recovered

if TYPE_CHECKING:
    import subprocess

SCRIPT = Path(__file__).with_name("guard_process.py")
MOST_LOST = 5
"""So many guards may be lost while one session runs: whatever ends them would end the next one too."""
PATIENCE_S = 1.0


class Programs(NamedTuple):
    """What the guard may have to run, and what it looks at.

    `again` starts this program, without arguments; `alarm` rings for a pack, `sound` is a wave file to ring
    with where even that fails; `root` is where this package lies; `lock` is held by whichever app runs.
    """

    again: tuple[str, ...]
    alarm: tuple[str, ...]
    sound: Path | None
    root: Path
    lock: Path | None


class Looks(NamedTuple):
    """What the window wears: `theme` only where it was asked for in this run."""

    theme: str | None = None
    muted: bool = False
    full_screen: bool = False
    bedside: bool = False
    """Black and waiting for a key, or guiding what that key began."""


class PackOn(NamedTuple):
    """A pack on the skin, and when its alarm is due, in milliseconds since boot; 0: at once."""

    alarm_at_ms: int
    kind: Kind
    leg: Leg


class RecoveryGuard(QObject):
    """Has a process look after the app while a session runs or a pack is on.

    Without one, for whatever reason, the app goes on unguarded.
    """

    def __init__(
        self, programs: Programs, recovered: Recovered | None = None, parent: QObject | None = None
    ) -> None:
        """`recovered` names the guard that started this app, which then stays its guard."""
        super().__init__(parent)
        self._programs = programs
        self._restarts = recovered.times if recovered is not None else 0
        self._session = False
        self._pack: PackOn | None = None
        self._looks = Looks()
        self._said = b""
        self._lost = 0
        self._process: subprocess.Popen[bytes] | None = None
        self._channel: socket.socket | None = None
        self._notifier: QSocketNotifier | None = None
        if recovered is not None and recovered.channel is not None:
            self._adopt(recovered.channel)

    @property
    def pid(self) -> int | None:
        """Process id of the guard that this app started, None without one."""
        return self._process.pid if self._process is not None else None

    def guards(self, *, session: bool, pack: PackOn | None = None) -> None:
        """What there is to guard from now on: a session, paused or not, a pack on the skin, or nothing.

        Beside these the bedside mode is guarded: a key would find nobody.
        """
        self._session, self._pack = session, pack
        self._tell()

    def looks(self, looks: Looks) -> None:
        """The window looks like this from now on."""
        was_needed, self._looks = self._is_needed, looks
        if was_needed or self._is_needed:
            self._tell()

    def close(self) -> None:
        """Say bye: the app ends in order, and the guard with it."""
        if self._channel is not None:
            self._send(BYE)
        self._let_go()

    # What it says

    @property
    def _is_needed(self) -> bool:
        return self._session or self._looks.bedside or self._pack is not None

    def _tell(self) -> None:
        """Tell the guard how things stand; one is started as soon as there is something to guard."""
        if not self._is_needed:
            self._restarts = self._lost = 0
        elif self._channel is None and self._lost < MOST_LOST:
            self._start()
        line = json.dumps(self._state()).encode()
        if self._channel is not None and line != self._said:
            self._said = line
            self._send(line)

    def _state(self) -> dict[str, Any]:
        lock = self._programs.lock
        return {
            "restarts": self._restarts,
            "session": self._session or self._looks.bedside,
            "again": {"arguments": self._again(), "environment": {WAS: " ".join(self._was())}},
            "alarm": self._alarm(),
            "lock": str(lock) if lock is not None else None,
        }

    def _again(self) -> list[str]:
        theme = self._looks.theme
        return [*self._programs.again, *(["--theme", theme] if theme is not None else [])]

    def _was(self) -> list[str]:
        looks = self._looks
        said = (
            (self._session, SESSION),
            (looks.muted, MUTED),
            (looks.full_screen, FULL_SCREEN),
            (looks.bedside, BEDSIDE),
        )
        return [word for is_so, word in said if is_so]

    def _alarm(self) -> dict[str, Any] | None:
        if self._pack is None:
            return None
        due, kind, leg = self._pack
        path = [str(self._programs.root), *filter(None, [os.environ.get("PYTHONPATH")])]
        return {
            "deadline_ms": due,
            "run": {
                "arguments": [*self._programs.alarm, "--kind", kind.value, "--leg", leg.value],
                "environment": {"PYTHONPATH": os.pathsep.join(path)},
            },
            "text": self.tr("The pack has to come off now. Open Relief to end this alarm."),
            "sound": str(self._programs.sound or ""),
        }

    def _send(self, line: bytes) -> None:
        """What a guard does not take whole does not reach it: that one is given up."""
        message = line + b"\n"
        try:
            whole = self._channel is not None and self._channel.send(message) == len(message)
        except OSError:
            whole = False
        if not whole and line != BYE:
            self._replace()

    # The process

    def _start(self) -> None:
        import subprocess

        ours, theirs = socket.socketpair()
        command = [sys.executable, "-I", "-S", str(SCRIPT)]
        try:
            self._process = subprocess.Popen(command, stdin=theirs.fileno(), start_new_session=True)  # noqa: S603 - our own file
        except OSError:
            ours.close()
            self._lost = MOST_LOST
            return
        finally:
            theirs.close()
        self._listen(ours)

    def _adopt(self, descriptor: int) -> None:
        """Take the channel that the guard gave this app on its way; what is none is left alone."""
        try:
            if not stat.S_ISSOCK(os.fstat(descriptor).st_mode):
                return
            os.set_inheritable(descriptor, False)  # noqa: FBT003 - the library has no keyword for it
            self._listen(socket.socket(fileno=descriptor))
        except OSError:
            return

    def _listen(self, channel: socket.socket) -> None:
        """The guard says nothing: what is there to read is its end."""
        channel.setblocking(False)  # noqa: FBT003 - the library has no keyword for it
        self._channel, self._said = channel, b""
        self._notifier = QSocketNotifier(channel.fileno(), QSocketNotifier.Type.Read, self)
        self._notifier.activated.connect(self._replace)

    def _replace(self) -> None:
        """The guard is gone or useless: another takes its place where there is something to guard."""
        if self._process is not None:
            self._process.kill()
        self._let_go()
        self._lost += 1
        if self._is_needed:
            self._tell()

    def _let_go(self) -> None:
        if self._notifier is not None:
            self._notifier.setEnabled(False)
            self._notifier.deleteLater()
        if self._channel is not None:
            self._channel.close()
        if self._process is not None:
            _reap(self._process)
        self._notifier = self._channel = self._process = None


def is_possible() -> bool:
    """True where the system has what the guard needs."""
    needed = hasattr(os, "fork") and hasattr(os, "setsid") and hasattr(socket, "AF_UNIX")
    return needed and bool(sys.executable) and not hasattr(sys, "frozen") and SCRIPT.exists()


def started_by(original: Sequence[str], arguments: Sequence[str], executable: str) -> tuple[str, ...]:
    """The command that started this program, without the program's own arguments.

    `original` is `sys.orig_argv`, interpreter and its options included, `arguments` is `sys.argv`. It may
    be a file, a module or an installed command: whatever it was, it is that again.
    """
    program = list(original[: len(original) - len(arguments) + 1])
    if Path(program[-1]).is_file():
        program[-1] = str(Path(program[-1]).absolute())
    return (executable, *program[1:])


def _reap(process: "subprocess.Popen[bytes]") -> None:
    """Leave no zombie; a guard that does not end by itself is ended."""
    import subprocess

    try:
        process.wait(PATIENCE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
