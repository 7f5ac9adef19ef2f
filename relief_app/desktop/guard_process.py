"""The recovery guard: a small process that starts a dead app again, and rings where that cannot be.

Run as `python -I -S guard_process.py` with one end of a local socket as its input, in a session of its own:
what kills the app and its process group does not reach it. The app tells it one JSON object a line, the
whole state each time, so only the last line counts and nothing is parsed while it waits:

    {"restarts": 0, "session": true, "again": PROGRAM, "alarm": null or
     {"deadline_ms": N, "run": PROGRAM, "text": "...", "sound": "/file.wav"}, "lock": "/file" or null}

with PROGRAM = {"arguments": [...], "environment": {...}} and N on the clock since boot; or `bye`. It is a
single file on the standard library, imports late, and sleeps in one blocking read.
"""

from __future__ import annotations

import os
import time

TYPE_CHECKING = False
"""Known to type checkers by its name: importing `typing` would cost more memory than all of this."""
if TYPE_CHECKING:
    from typing import TypedDict

    class Program(TypedDict):
        """What to run, and what its environment has beyond ours."""

        arguments: list[str]
        environment: dict[str, str]

    class Alarm(TypedDict):
        """A pack that is on: when it has to come off, and how to say so."""

        deadline_ms: int
        run: Program
        text: str
        sound: str

    class Said(TypedDict):
        """One line of the app's."""

        restarts: int
        session: bool
        again: Program
        alarm: Alarm | None
        lock: str | None


MOST_RESTARTS = 3
BYE = b"bye"
RECOVERED, CHANNEL = "RELIEF_RECOVERED", "RELIEF_GUARD_FD"
"""How often it was started again, and where it reaches this guard: the new app's environment."""

END, START, WAIT = "end", "start", "wait"
STEP_MS = 1_000
"""Between two looks at the clock, which goes on while the computer sleeps; sleeping does not."""
TAKEN_AFTER = 4
"""So many looks in a row have to find the lock held: commands hold it for a moment, an app keeps it."""
RING_FOR_MS = 30 * 60 * 1_000
PLAYERS = ("paplay", "pw-play", "aplay")
CANNOT_RUN = 127

_SINCE_BOOT = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)


class Guard:
    """What to do: events in, decisions out; it knows neither clocks nor processes."""

    def __init__(self) -> None:
        """A guard that was told nothing yet."""
        self.restarts = 0
        """How often the app was started again."""
        self._session = False
        self._deadline: int | None = None

    def told(self, *, restarts: int, session: bool, deadline_ms: int | None) -> None:
        """What the app said last; `deadline_ms` is when the pack that is on has to come off."""
        self.restarts, self._session, self._deadline = restarts, session, deadline_ms

    def gone(self, exit_status: int | None) -> str:
        """The app is gone without `bye`; `exit_status` where it is known, negative for a signal.

        START counts as one more restart. An app that was started again and ended well has found another
        one running: that one is in charge.
        """
        if exit_status == 0 or not (self._session or self._deadline is not None):
            return END
        if self.restarts < MOST_RESTARTS:
            self.restarts += 1
            return START
        return END if self._deadline is None else WAIT

    def left_ms(self, now_ms: int) -> int:
        """How long the alarm still has to wait; 0 where it is due."""
        return max((self._deadline or 0) - now_ms, 0)


class Takeover:
    """Says when another app has come: it holds the lock, again and again."""

    def __init__(self) -> None:
        """No look so far."""
        self.looks = 0
        """How many looks in a row found the lock held."""

    def saw(self, *, held: bool) -> bool:
        """Take one look into account; True once it is certain."""
        self.looks = self.looks + 1 if held else 0
        return self.looks >= TAKEN_AFTER


def last_line(read: bytes) -> bytes:
    """The last whole line in `read`, b"" where there is none."""
    whole, end, _ = read.rpartition(b"\n")
    return whole.rpartition(b"\n")[2] if end else b""


def main() -> None:
    """Guard the app at the other end of the input until it says bye or nothing is left to do."""
    channel, child, guard = _own_channel(), 0, Guard()
    said: Said | None = None
    while True:
        line = _hear(channel)
        os.close(channel)
        if line == BYE:
            return
        if line:
            said = _parsed(line)
            _tell(guard, said)
        decision = guard.gone(_exit_status(child))
        if said is None or decision == END:
            return
        if decision == WAIT:
            if said["alarm"] is not None:
                _watch_alone(guard, said["alarm"], said["lock"])
            return
        channel, child = _start_again(said["again"], guard.restarts)


def _tell(guard: Guard, said: Said) -> None:
    deadline = said["alarm"]["deadline_ms"] if said["alarm"] is not None else None
    guard.told(restarts=said["restarts"], session=said["session"], deadline_ms=deadline)


def _parsed(line: bytes) -> Said:
    import json

    said: Said = json.loads(line)
    return said


# The app


def _own_channel() -> int:
    """The input under another number: number 0 becomes a plain empty input, for us and those we start."""
    channel = os.dup(0)
    null = os.open(os.devnull, os.O_RDWR)
    os.dup2(null, 0)
    os.close(null)
    return channel


def _hear(channel: int) -> bytes:
    """Sleep until the app is gone or says bye; its last line."""
    read = line = b""
    while True:
        try:
            more = os.read(channel, 65536)
        except OSError:
            more = b""
        read += more
        line = last_line(read) or line
        if not more or line == BYE:
            return line
        read = read.rpartition(b"\n")[2]


def _start_again(program: Program, restarts: int) -> tuple[int, int]:
    """Start the app; the new channel to it and its process id, 0 where there is none."""
    import _socket

    ours, theirs = _socket.socketpair()
    told = {RECOVERED: str(restarts), CHANNEL: str(theirs.fileno())}
    child = _spawn(program["arguments"], program["environment"] | told, keep=theirs.fileno())
    theirs.close()
    return ours.detach(), child


def _spawn(arguments: list[str], environment: dict[str, str], keep: int = -1) -> int:
    """Start a program in a session of its own; 0 where the system has no room for it."""
    try:
        child = os.fork()
    except OSError:
        return 0
    if child:
        return child
    try:
        os.setsid()
        if keep >= 0:
            os.set_inheritable(keep, True)  # noqa: FBT003 - the library has no keyword for it
        os.execvpe(arguments[0], arguments, os.environ | environment)  # noqa: S606 - no shell is wanted
    finally:
        os._exit(CANNOT_RUN)


def _exit_status(child: int) -> int | None:
    """How the child ended, negative for a signal; None where the app was no child of ours."""
    if not child:
        return None
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])


# Without an app


def _watch_alone(guard: Guard, alarm: Alarm, lock: str | None) -> None:
    """Nobody can start the app: wait for the time the pack has to come off, and ring."""
    takeover = Takeover()
    while not takeover.saw(held=_is_held(lock)):
        left = guard.left_ms(_boot_ms())
        if not left and not takeover.looks:
            _ring(alarm, lock)
            return
        time.sleep(min(left or STEP_MS, STEP_MS) / 1000)


def _ring(alarm: Alarm, lock: str | None) -> None:
    """The pack has to come off: the app's own way of ringing, else whatever there is."""
    ringing = _spawn(alarm["run"]["arguments"], alarm["run"]["environment"])
    if not _rings_well(ringing, lock):
        _ring_somehow(alarm["text"], alarm["sound"], lock)


def _rings_well(ringing: int, lock: str | None) -> bool:
    """True once the alarm was acknowledged or another app has come, False where it failed."""
    takeover = Takeover()
    while ringing:
        pid, status = os.waitpid(ringing, os.WNOHANG)
        if pid:
            return status == 0
        time.sleep(STEP_MS / 1000)
        if takeover.saw(held=_is_held(lock)):
            os.kill(ringing, 15)
            os.waitpid(ringing, 0)
            return True
    return False


def _ring_somehow(text: str, sound: str, lock: str | None) -> None:
    """Tell and ring with whatever there is, until another app comes or the longest time is over."""
    takeover, until = Takeover(), _boot_ms() + RING_FOR_MS
    _succeeds("notify-send", "--urgency=critical", "--app-name=Relief", "Relief", text)
    _write_out(text + "\n")
    while _boot_ms() < until and not takeover.saw(held=_is_held(lock)):
        if not any(_succeeds(player, sound) for player in PLAYERS):
            _write_out("\a")
        time.sleep(STEP_MS / 1000)


def _succeeds(*arguments: str) -> bool:
    child = _spawn(list(arguments), {})
    return bool(child) and os.waitpid(child, 0)[1] == 0


def _write_out(text: str) -> None:
    try:
        os.write(2, text.encode())
    except OSError:
        return


def _is_held(lock: str | None) -> bool:
    """True where an app holds its lock."""
    if lock is None:
        return False
    import fcntl

    try:
        descriptor = os.open(lock, os.O_RDWR | os.O_CLOEXEC)
    except OSError:
        return False
    try:
        fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return True
    finally:
        os.close(descriptor)
    return False


def _boot_ms() -> int:
    return time.clock_gettime_ns(_SINCE_BOOT) // 1_000_000


if __name__ == "__main__":
    main()
