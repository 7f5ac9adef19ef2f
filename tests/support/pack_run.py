"""A rehearsed pack in the real program, killed at given moments, and what became of its alarm.

Many run side by side on one desktop, each with a home of its own: `look` takes one short look and moves the
run on. What is known about the alarm comes from outside: from `watch` and from the database.
"""

import json
import os
import resource
import signal
import socket
import sqlite3
import sys
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from typing import Any

from relief_app.core.gates import Asked
from relief_app.storage.gates import read_gates
from tests.support.app import App
from tests.support.control import Status, ask
from tests.support.isolation import own_home
from tests.support.private_desktop import ROOT, PrivateDesktop
from tests.support.waiting import PATIENCE_S

RATE = 60
MAIN = str(ROOT / "main.py")


class PackRun:
    """One rehearsal of heat at 60 times real speed, killed once `kill_after_s` after the pack was put on.

    `rate` is another speed; at 1 it is no rehearsal. Skin checks are answered with *fine* as soon as they
    are seen while fewer than `answers` were. `muted` turns all sounds off in the settings. A guarded program
    is killed alone and comes back by itself; else its guard dies with it, and it is started again.
    """

    def __init__(
        self,
        desktop: PrivateDesktop,
        home: Path,
        kill_after_s: float,
        answers: int = 2,
        *,
        rate: int = RATE,
        muted: bool = False,
        guarded: bool = True,
    ) -> None:
        self.kill_after_s, self.answers, self._guarded = kill_after_s, answers, guarded
        self._desktop, self._home, self._rate = desktop, home, rate
        self.alarms: list[Status] = []
        self.killed_at: float | None = None
        self.back_at: float | None = None
        """Seconds since boot at which the program answered again."""
        self._watch: socket.socket | None = None
        self._heard = b""
        self._environment = own_home(home)
        self.state_dir = Path(self._environment["XDG_STATE_HOME"]) / "relief"
        self._write_profile()
        if muted:
            for words in (("sounds", "no"), ("volume", "0")):
                done = desktop.command("settings", "set", *words, timeout=PATIENCE_S, **self._environment)
                assert done.returncode == 0, done.stderr
        self.app = self._launch("start", "heat", "--rate", str(rate))
        self.apps = [self.app]

    def look(self) -> bool:
        """Move on; True once the alarm stands, after the kill."""
        status = self.ask("status")
        if not status:
            self._come_back()
            return False
        if self.killed_at is not None and self.back_at is None:
            self.back_at = self.now_s()
            if status["pid"] != self.app.pid:
                self.app = self._desktop.adopt(status["pid"], self.app)
                self.apps.append(self.app)
        self._listen()
        question = status["question"]
        if question is not None and (question["id"] != "skin_check" or self.answers > 0):
            self.answers -= question["id"] == "skin_check"
            self.ask("answer", question=question["id"], value=question["choices"][0])
        return self._kill_in_time(status)

    def ask(self, command: str, **values: Any) -> Status:
        """The program's answer, empty while it does not listen."""
        try:
            return ask(self.app, command, **values)
        except OSError:
            return {}

    def exposure(self) -> Status | None:
        """The pack as the program tells of it, None where there is none or nobody answers."""
        return self.ask("status").get("exposure")

    def start_again(self) -> None:
        """Start the program as its menu entry does."""
        self._close_watch()
        self.app = self._launch()
        self.apps.append(self.app)

    @contextmanager
    def stopped(self) -> Iterator[None]:
        """The program stands still meanwhile."""
        os.kill(self.app.pid, signal.SIGSTOP)
        try:
            yield
        finally:
            os.kill(self.app.pid, signal.SIGCONT)

    @contextmanager
    def no_space(self) -> Iterator[None]:
        """The program can write no byte more to any file meanwhile."""
        resource.prlimit(self.app.pid, resource.RLIMIT_FSIZE, (0, resource.RLIM_INFINITY))
        try:
            yield
        finally:
            unlimited = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)
            resource.prlimit(self.app.pid, resource.RLIMIT_FSIZE, unlimited)

    def now_s(self) -> float:
        """Seconds since boot."""
        return time.clock_gettime(time.CLOCK_BOOTTIME)

    def row(self) -> dict[str, Any]:
        """The only pack that was kept."""
        with closing(sqlite3.connect(self.state_dir / "rehearsal.db")) as connection:
            connection.row_factory = sqlite3.Row
            (row,) = connection.execute("SELECT * FROM exposures").fetchall()
        return dict(row)

    def due_s(self) -> float:
        """When the alarm was due, in seconds since boot, by the answers that were kept."""
        row = self.row()
        exposed_min = 15 if row["checked"] == 2 else 5 * (row["checked"] + 1) + 1
        return float(row["began_boot_ms"]) / 1000 + exposed_min * 60 / self._rate

    def told_s(self) -> float:
        """When the alarm was told, in seconds since boot."""
        (alarm,) = self.alarms
        return float(alarm["boot_s"])

    def expected_s(self) -> float:
        """When it could be told: when due, or once the program was back."""
        assert self.killed_at is not None
        assert self.back_at is not None
        was_gone = self.killed_at < self.due_s() < self.back_at
        return self.back_at if was_gone else self.due_s()

    def end(self) -> None:
        """End the program, and close what listens."""
        self._close_watch()
        for app in self.apps:
            if app.process.poll() is None:
                app.terminate()

    def _kill_in_time(self, status: Status) -> bool:
        exposure = status["exposure"]
        if self.killed_at is None:
            if exposure is not None and exposure["elapsed_s"] / self._rate >= self.kill_after_s:
                self.app.crash() if self._guarded else self.app.kill()
                self.killed_at = self.now_s()
            return False
        return exposure is not None and exposure["alarm"] and bool(self.alarms)

    def _come_back(self) -> None:
        """The program is not there: unless its guard does, the person starts it again."""
        self._listen()
        if not self._guarded and self.killed_at is not None and self.app.process.poll() is not None:
            self.start_again()

    def _launch(self, *words: str) -> App:
        return self._desktop.launch_program([sys.executable, MAIN, *words], **self._environment)

    def _listen(self) -> None:
        """Take what the watcher heard; begin to watch where nobody does."""
        if self._watch is None and not self._begin_to_watch():
            return
        assert self._watch is not None
        try:
            while data := self._watch.recv(65_536):
                self._heard += data
        except BlockingIOError:
            pass
        else:
            self._close_watch()
        *lines, self._heard = self._heard.split(b"\n")
        told = [json.loads(line) for line in lines]
        self.alarms += [event for event in told if event.get("type") == "exposure_alarm"]

    def _begin_to_watch(self) -> bool:
        watch = socket.socket(socket.AF_UNIX)
        try:
            watch.connect(str(self.app.listens_at))
            watch.sendall(b'{"command": "watch"}\n')
        except OSError:
            watch.close()
            return False
        watch.setblocking(False)
        self._watch = watch
        return True

    def _close_watch(self) -> None:
        if self._watch is not None:
            self._watch.close()
        self._watch, self._heard = None, b""

    def _write_profile(self) -> None:
        """Nothing stands in the way of heat."""
        answers = {gate.key: "no" for gate in read_gates() if gate.asked is Asked.PROFILE}
        folder = Path(self._environment["XDG_DATA_HOME"]) / "relief"
        folder.mkdir(parents=True, mode=0o700)
        (folder / "profile.json").write_text(json.dumps({"format": 1, "answers": answers, "facts": {}}))
