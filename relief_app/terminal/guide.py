"""The guide on a machine without a screen: a terminal, or plain lines where there is none either."""

import errno
import os
from collections.abc import Callable, Mapping
from contextlib import ExitStack, suppress
from typing import TextIO

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Exercise
from relief_app.core.gates import Verdict
from relief_app.core.routine import Routine
from relief_app.ports import Clock
from relief_app.terminal.actions import Keys
from relief_app.terminal.aid import Aid
from relief_app.terminal.before import ask_cramping
from relief_app.terminal.face import Face
from relief_app.terminal.loop import Loop, new_session
from relief_app.terminal.plain import PlainFace
from relief_app.terminal.tty import SingleKeys

DONE = 0
_GONE = (errno.EPIPE, errno.EIO)
"""Nobody reads any more: a closed pipe, a terminal that was hung up."""


def run_guide(
    routine: Routine,
    exercises: Mapping[str, Exercise],
    leg: Leg,
    verdict: Verdict,
    *,
    urgent: bool,
    rate: int,
    clock: Clock,
    out: TextIO,
    keys: Keys,
    aid: Aid,
    live: bool = False,
    terminal: int | None = None,
    if_cramping: Routine | None = None,
) -> int:
    """Guide through `routine` until it is over; 0, also when it was ended or its reader has gone.

    `live`: paint a whole screen on `out` instead of writing lines. `terminal`: descriptor whose keys
    are to come one by one. `if_cramping` is asked for first, and begun at once where it is wanted.
    Raises NotOffered where `verdict` does not allow the routine, and OSError where `out` cannot be
    written.
    """
    session = new_session(routine, exercises, leg, verdict)
    try:
        if if_cramping is not None:
            cramping = ask_cramping(keys, out)
            if cramping is None:
                return DONE
            if cramping:
                routine, urgent = if_cramping, True
                session = new_session(routine, exercises, leg, verdict)
        with ExitStack() as stack:
            background = None if terminal is None else _take(terminal, stack)
            face = _face(routine, aid, out, live=live)
            _run(Loop(session, face, keys, clock, rate=rate, background=background), urgent=urgent)
    except OSError as error:
        if error.errno not in _GONE:
            raise
        _write_to_nowhere(out)
    return DONE


def _run(loop: Loop, *, urgent: bool) -> None:
    """Run and close, whatever happens; Ctrl-C is a way to end."""
    try:
        loop.run(urgent=urgent)
    except KeyboardInterrupt:
        loop.stop()
    finally:
        loop.close()


def _take(terminal: int, stack: ExitStack) -> Callable[[], None]:
    """Take single keys from `terminal` until `stack` is left; the answer is the way into the background."""
    single = SingleKeys(terminal)
    stack.callback(single.give_back)
    single.take()
    return single.background


def _face(routine: Routine, aid: Aid, out: TextIO, *, live: bool) -> Face:
    if not live:
        return PlainFace(routine.title, aid, out)
    try:
        from relief_app.terminal.live import LiveFace
    except ImportError:  # without rich the guide still guides
        return PlainFace(routine.title, aid, out)
    return LiveFace(routine.title, aid, out, cramp=routine.is_cramp)


def _write_to_nowhere(out: TextIO) -> None:
    """What is still to be flushed goes to the null device, or the interpreter would complain at its end."""
    with suppress(OSError, ValueError):
        nowhere = os.open(os.devnull, os.O_WRONLY)
        try:
            os.dup2(nowhere, out.fileno())
        finally:
            os.close(nowhere)
