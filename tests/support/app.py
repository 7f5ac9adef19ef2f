"""The running program as a test sees it: its window, its keys, its status, its end."""

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any, TypeVar

from PIL import Image

from tests.support.processes import Process, kill_for_good
from tests.support.screen import Screen
from tests.support.waiting import PATIENCE_S, wait_until

T = TypeVar("T")

_MAIN = str(Path(__file__).parents[2] / "main.py")


class App:
    """A program started on a private desktop; `process` is its own, `log` the file its output goes to."""

    def __init__(
        self,
        process: Process,
        log: Path,
        screen: Screen,
        environment: dict[str, str],
        *,
        managed: bool,
    ) -> None:
        self.process = process
        self.log = log
        self._screen = screen
        self.environment = environment
        self._focus = "windowactivate" if managed else "windowfocus"

    @property
    def pid(self) -> int:
        """The process's id."""
        return self.process.pid

    @property
    def listens_at(self) -> Path:
        """The socket that client commands reach the program by."""
        return Path(self.environment["XDG_RUNTIME_DIR"]) / "relief/socket"

    @property
    def output(self) -> str:
        """What the program has printed so far, to stdout and stderr."""
        return self.log.read_text(encoding="utf-8", errors="replace")

    def command(self, *args: str, timeout: float = PATIENCE_S) -> "subprocess.CompletedProcess[str]":
        """Run a client command (`pause`, `next` ...) on the same desktop to its end."""
        return self._run([sys.executable, _MAIN, *args], timeout)

    def status(self) -> dict[str, Any]:
        """Return what `status --json` says; raise AssertionError when it says nothing."""
        answer = self.command("status", "--json")
        if answer.returncode != 0:
            raise AssertionError(f"status ended with {answer.returncode}: {answer.stderr}\n{self.output}")
        status: dict[str, Any] = json.loads(answer.stdout)
        return status

    def wait_until(self, look: Callable[[], T], timeout: float = PATIENCE_S, what: str = "") -> T:
        """Return the first true value of `look()`; fail at once when the program has ended."""

        def look_while_alive() -> T:
            if self.process.poll() is not None:
                raise AssertionError(f"the program ended with {self.process.returncode}:\n{self.output}")
            return look()

        return wait_until(look_while_alive, timeout, what)

    def wait_for_status(
        self,
        fits: Callable[[dict[str, Any]], bool],
        timeout: float = PATIENCE_S,
        what: str = "a status that fits",
    ) -> dict[str, Any]:
        """Return the first status that fits; the program may be starting still."""

        def look() -> dict[str, Any] | None:
            answer = self.command("status", "--json")
            status: dict[str, Any] = json.loads(answer.stdout) if answer.returncode == 0 else {}
            return status if status and fits(status) else None

        found = self.wait_until(look, timeout, what)
        assert found is not None
        return found

    def wait_for_state(self, state: str, timeout: float = PATIENCE_S) -> dict[str, Any]:
        """Return the first status in that state (`idle`, `running` ...)."""
        return self.wait_for_status(lambda status: status["state"] == state, timeout, f"state {state}")

    def window(self, timeout: float = PATIENCE_S) -> int:
        """Return the id of the program's largest window, as soon as it is shown."""
        return self.wait_until(lambda: self._screen.windows(self.pid), timeout, "a window")[0]

    def title(self) -> str:
        """Return the window's title."""
        return self._screen.title(self.window())

    def put_out_of_sight(self) -> None:
        """Take the window off the screen, as another workspace does; the program is not asked."""
        self._xdotool("windowunmap", "--sync", str(self.window()))

    def key(self, *keys: str) -> None:
        """Press and release keys by their X names: `space`, `Return`, `ctrl+q`."""
        self._xdotool("key", *keys)

    def key_down(self, key: str) -> None:
        """Press a key and keep it down."""
        self._xdotool("keydown", key)

    def key_up(self, key: str) -> None:
        """Let a key go."""
        self._xdotool("keyup", key)

    def click(self, x: int, y: int) -> None:
        """Click at a place in the window, in pixels from its top left."""
        self._xdotool("mousemove", "--window", str(self.window()), str(x), str(y), "click", "1")

    def move_mouse(self, x: int, y: int) -> None:
        """Move the mouse to a place in the window, in pixels from its top left."""
        self._xdotool("mousemove", "--window", str(self.window()), str(x), str(y))

    def resize(self, width: int, height: int) -> None:
        """Give the window another size and wait until it has it."""
        window = self.window()

        def has_it() -> bool:
            # A program that is just showing its window may answer with the size it had in mind.
            if self._screen.size(window) != (width, height):
                self._xdotool("windowsize", str(window), str(width), str(height))
                return False
            return True

        self.wait_until(has_it, what=f"{width}x{height}")

    def image(self) -> Image.Image:
        """Return what the window shows now."""
        return self.image_of(self.window())

    def image_of(self, window: int, box: tuple[int, int, int, int] | None = None) -> Image.Image:
        """Return what a window shows whose id is known already, or the part of it in `box`."""
        return self._screen.image(window, box)

    def screenshot(self, path: Path) -> Path:
        """Write what the window shows now to a PNG file and return its path."""
        path.parent.mkdir(parents=True, exist_ok=True)
        self.image().save(path)
        return path

    def kill(self) -> None:
        """End the program with SIGKILL, its guard with it, and wait until it is gone."""
        kill_for_good(self.process)

    def crash(self) -> None:
        """End the program alone with SIGKILL: a guard starts it again."""
        self.process.kill()
        self.process.wait()

    def terminate(self, timeout: float = PATIENCE_S) -> int:
        """Ask the program to end with SIGTERM; return its exit status."""
        self.process.terminate()
        return self.wait(timeout)

    def close(self) -> None:
        """Ask the window to close, as its close button does."""
        self._screen.ask_to_close(self.window())

    def wait(self, timeout: float = PATIENCE_S) -> int:
        """Wait for the program's own end; return its exit status."""
        return self.process.wait(timeout)

    def _xdotool(self, *args: str) -> None:
        """Act on the focused window; keys go nowhere else."""
        self._run(
            ["xdotool", self._focus, "--sync", str(self.window()), *args], PATIENCE_S
        ).check_returncode()

    def _run(self, command: list[str], timeout: float) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            command, env=self.environment, capture_output=True, text=True, timeout=timeout, check=False
        )
