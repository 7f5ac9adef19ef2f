"""A desktop of its own for each end-to-end test: screen, session bus, home, window manager, sound.

Nothing on it is shared with the machine's own desktop or with another test, and every process started on it
is ended by its own id.
"""

import os
import select
import shutil
import signal
import subprocess
import sys
import tempfile
from collections.abc import Sequence
from contextlib import ExitStack, suppress
from pathlib import Path
from types import TracebackType
from typing import Self

from PIL import Image

from tests.support.app import App
from tests.support.isolation import own_home
from tests.support.processes import OtherProcess, Process, state
from tests.support.screen import Screen
from tests.support.waiting import PATIENCE_S, wait_until
from tests.support.watch import Watch

ROOT = Path(__file__).parents[2]
"""The checkout."""

_KEPT = ("PATH", "TZ")
_GRACE_S = 5.0
_MARK = "PRIVATE_DESKTOP"
"""By this variable, which only we give out, every process on a desktop is known."""
_GUIDED = b"RELIEF_RECOVERED="
_CONNECTED = "03"
"""The state of a connected local socket in /proc/net/unix."""

# The machine's own configuration would start whatever daemons are installed; a test brings what it wants.
BUS_CONFIG = """<!DOCTYPE busconfig PUBLIC "-//freedesktop//DTD D-Bus Bus Configuration 1.0//EN"
 "http://www.freedesktop.org/standards/dbus/1.0/busconfig.dtd">
<busconfig>
  <type>session</type>
  <listen>unix:path={socket}</listen>
  <policy context="default">
    <allow send_destination="*" eavesdrop="true"/>
    <allow eavesdrop="true"/>
    <allow own="*"/>
  </policy>
</busconfig>
"""
_PULSE = (
    *("pulseaudio", "-n", "--exit-idle-time=-1", "--use-pid-file=no"),
    *("-L", "module-native-protocol-unix auth-anonymous=1 socket={socket}"),
    *("-L", "module-null-sink sink_name=relief"),
)


class PrivateDesktop:
    """A context manager: the desktop is there inside it and gone after it.

    `width` and `height` are the screen's, in pixels; `window_manager` starts openbox, needed where focus or
    raising matters; `sound` starts a sound server with a sink that nobody hears and `record` can write to a
    file; without it there is no sound device at all.
    """

    def __init__(
        self, width: int = 1280, height: int = 800, *, window_manager: bool = False, sound: bool = False
    ) -> None:
        self._size = (width, height)
        self._window_manager = window_manager
        self._sound = sound
        self._stack = ExitStack()
        self._count = 0
        self.apps: list[App] = []

    def __enter__(self) -> Self:
        with ExitStack() as stack:
            self._start(stack)
            self._stack = stack.pop_all()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._stack.close()

    def launch(self, *args: str, **env: str) -> App:
        """Start `main.py` with these arguments; `env` adds to the desktop's variables or replaces some."""
        return self.launch_program([sys.executable, str(ROOT / "main.py"), *args], **env)

    def launch_program(self, command: Sequence[str], **env: str) -> App:
        """Start any program that shows windows."""
        log = self._log("app")
        process = self._spawn(command, log, env)
        app = App(process, log, self.screen, self.environment | env, managed=self._window_manager)
        self.apps.append(app)
        return app

    def started_again(self, app: App) -> App:
        """Return the program that a guard started in place of `app`; its window and socket may be to come."""
        known = {known.pid for known in self.apps}

        def look() -> int | None:
            return next((pid for pid in self._guided() - known), None)

        pid = wait_until(look, what="the program to be started again")
        assert pid is not None
        return self.adopt(pid, app)

    def adopt(self, pid: int, app: App) -> App:
        """Return the program with this process id, which somebody else started like `app`."""
        again = App(OtherProcess(pid), app.log, self.screen, app.environment, managed=self._window_manager)
        self.apps.append(again)
        return again

    def command(
        self, *args: str, timeout: float = PATIENCE_S, **env: str
    ) -> subprocess.CompletedProcess[str]:
        """Run `main.py` with these arguments to its end and return its output."""
        command = [sys.executable, str(ROOT / "main.py"), *args]
        variables = self.environment | env
        return subprocess.run(
            command, env=variables, cwd=ROOT, capture_output=True, text=True, timeout=timeout, check=False
        )

    def watch(self) -> Watch:
        """Start the `watch` command on the running app and return when it hears; its errors go to a log."""
        command = [sys.executable, str(ROOT / "main.py"), "watch"]
        before = self._heard()
        with self._log("watch").open("wb") as errors:
            process = subprocess.Popen(
                command,
                env=self.environment,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=errors,
            )
        assert process.stdout is not None
        self._stack.callback(process.stdout.close)
        self._stack.callback(_end, process)
        # Connected and asleep again: it has said what it wants and waits for the answer.
        wait_until(lambda: self._heard() - before and _sleeps(process.pid), what="watch to connect")
        return Watch(process)

    def image(self) -> Image.Image:
        """Return the whole screen."""
        return self.screen.image()

    def record(self, path: Path) -> "subprocess.Popen[bytes]":
        """Start writing what is played to a wave file; terminate the process returned to finish the file."""
        return self._spawn(
            ["parec", "-d", "relief.monitor", "--file-format=wav", str(path)], self._log("parec")
        )

    def restart_sound(self) -> None:
        """End the sound server without a farewell, and start another in its place."""
        self.sound_server.kill()
        self.sound_server.wait()
        (self.folder / "pulse").unlink(missing_ok=True)
        self._start_sound(self._stack)

    def processes(self) -> set[int]:
        """Return the ids of all processes on the desktop, helpers that left their parent included."""
        mark = f"{_MARK}={self.folder}".encode()
        pids = (int(entry.name) for entry in Path("/proc").iterdir() if entry.name.isdigit())
        return {pid for pid in pids if mark in _environment_of(pid)}

    def logs(self) -> str:
        """Return what all programs on the desktop printed, for the report of a failed test."""
        files = sorted(self.folder.glob("*.log"))
        return "\n".join(f"--- {file.name}\n{file.read_text(errors='replace')}" for file in files)

    def end(self, pids: set[int]) -> None:
        """End these processes with SIGKILL; none gets the time to start another."""
        for number in (signal.SIGSTOP, signal.SIGKILL):
            for pid in pids:
                with suppress(ProcessLookupError):
                    os.kill(pid, number)

    def _guided(self) -> set[int]:
        """Return the programs whose window a guard has asked for."""
        return {
            pid for pid in self.processes() if any(line.startswith(_GUIDED) for line in _environment_of(pid))
        }

    def _heard(self) -> set[str]:
        """Return the connections the app has accepted; the kernel lists local sockets by path."""
        path = str(Path(self.environment["XDG_RUNTIME_DIR"]) / "relief/socket")
        rows = [line.split() for line in Path("/proc/net/unix").read_text(encoding="utf-8").splitlines()]
        return {row[6] for row in rows if row[5] == _CONNECTED and row[-1] == path and row[6] != "0"}

    def _start(self, stack: ExitStack) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="relief-desktop-"))
        stack.callback(shutil.rmtree, self.folder, ignore_errors=True)
        self.home = self.folder / "home"
        self.environment = self._variables()
        stack.callback(self._end_stragglers)
        self.display = self._start_screen(stack)
        self.environment["DISPLAY"] = self.display
        self.screen = Screen(self.display)
        stack.callback(self.screen.close)
        self._start_bus(stack)
        if self._sound:
            self._start_sound(stack)
        if self._window_manager:
            self._start_window_manager(stack)
        stack.callback(self._end_apps)

    def _variables(self) -> dict[str, str]:
        """Return a whole environment: what is not named here does not reach the programs."""
        variables = {name: os.environ[name] for name in _KEPT if name in os.environ}
        variables |= own_home(self.home)
        nothing = self.folder / "nothing"
        variables |= {
            _MARK: str(self.folder),
            "LC_ALL": "C.UTF-8",
            "QT_QPA_PLATFORM": "xcb",
            "QT_ACCESSIBILITY": "0",
            "PYTHONUNBUFFERED": "1",
            # A closed lid or a screen saver of the developer's is none of a test's business.
            "DBUS_SYSTEM_BUS_ADDRESS": f"unix:path={nothing}",
            # libpulse would start a server by itself, and ALSA would play on the developer's loudspeakers.
            "PULSE_SERVER": f"unix:{nothing}",
            "ALSA_CONFIG_PATH": str(nothing),
        }
        return variables

    def _start_screen(self, stack: ExitStack) -> str:
        """Start the X server on a free number of its own choosing; return the display's name."""
        width, height = self._size
        reader, writer = os.pipe()
        command = ["Xvfb", "-displayfd", str(writer), "-screen", "0", f"{width}x{height}x24"]
        try:
            server = self._spawn(
                [*command, "-nolisten", "tcp", "-noreset"], self._log("xvfb"), keep=(writer,)
            )
        finally:
            os.close(writer)
        stack.callback(_end, server)
        with os.fdopen(reader) as pipe:
            ready, _, _ = select.select([pipe], [], [], PATIENCE_S)
            number = pipe.readline().strip() if ready else ""
        if not number:
            raise AssertionError(f"Xvfb did not start:\n{self.logs()}")
        return f":{number}"

    def _start_bus(self, stack: ExitStack) -> None:
        socket = Path(self.environment["XDG_RUNTIME_DIR"]) / "bus"
        config = self.folder / "bus.conf"
        config.write_text(BUS_CONFIG.format(socket=socket), encoding="utf-8")
        command = ["dbus-daemon", "--nofork", "--nopidfile", f"--config-file={config}"]
        stack.callback(_end, self._spawn(command, self._log("bus")))
        wait_until(socket.is_socket, what="the session bus")
        self.environment["DBUS_SESSION_BUS_ADDRESS"] = f"unix:path={socket}"

    def _start_sound(self, stack: ExitStack) -> None:
        socket = self.folder / "pulse"
        command = [part.format(socket=socket) for part in _PULSE]
        self.sound_server = self._spawn(command, self._log("pulse"))
        stack.callback(_end, self.sound_server)
        wait_until(socket.is_socket, what="the sound server")
        self.environment["PULSE_SERVER"] = f"unix:{socket}"

    def _start_window_manager(self, stack: ExitStack) -> None:
        stack.callback(_end, self._spawn(["openbox", "--sm-disable"], self._log("openbox")))
        wait_until(self.screen.has_window_manager, what="the window manager")

    def _spawn(
        self,
        command: Sequence[str],
        log: Path,
        env: dict[str, str] | None = None,
        keep: tuple[int, ...] = (),
    ) -> "subprocess.Popen[bytes]":
        """Start a program on this desktop, its output in a file, `keep` the descriptors it inherits."""
        variables = self.environment | (env or {})
        with log.open("wb") as output:
            return subprocess.Popen(
                command,
                env=variables,
                cwd=ROOT,
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=subprocess.STDOUT,
                pass_fds=keep,
            )

    def _log(self, name: str) -> Path:
        self._count += 1
        return self.folder / f"{self._count:02}-{name}.log"

    def _end_apps(self) -> None:
        for app in self.apps:
            _end(app.process)

    def _end_stragglers(self) -> None:
        """End what our programs left behind."""

        def none_left() -> bool:
            self.end(self.processes())
            return not self.processes()

        wait_until(none_left, what="the end of what the programs left behind")


def _sleeps(pid: int) -> bool:
    return state(pid) == "S"


def _environment_of(pid: int) -> list[bytes]:
    try:
        return Path(f"/proc/{pid}/environ").read_bytes().split(b"\0")
    except OSError:  # gone, or somebody else's
        return []


def _end(process: Process) -> None:
    """Ask the process to end, and make it end."""
    if process.poll() is None:
        process.terminate()
    try:
        process.wait(_GRACE_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
