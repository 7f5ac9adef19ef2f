import errno
import io
from dataclasses import replace

import pytest

from relief_app.core.anatomy import Leg
from relief_app.core.gates import CAUTIOUS
from relief_app.core.routine import Routine, Side, Step
from relief_app.terminal.actions import Act, Action
from relief_app.terminal.aid import Aid
from relief_app.terminal.guide import run_guide
from tests.core.sample import CATALOGUE, LEAN, LIE, PULL, PUMP, open_ended, routine
from tests.terminal.fakes import AID, FakeClock, Script, ScriptedKeys


class CountingOut(io.StringIO):
    """Counts how often it is flushed."""

    flushes = 0

    def flush(self) -> None:
        self.flushes += 1


def lines(
    subject: Routine, script: Script = (), *, urgent: bool = False, aid: Aid = AID, stays_open: bool = False
) -> list[str]:
    clock, out = FakeClock(), CountingOut()
    keys = ScriptedKeys(clock, script, stays_open=stays_open)
    options = {"urgent": urgent, "rate": 1, "clock": clock, "out": out, "keys": keys, "aid": aid}
    assert run_guide(subject, CATALOGUE, Leg.LEFT, CAUTIOUS, **options) == 0  # type: ignore[arg-type]
    written = out.getvalue().splitlines()
    assert out.flushes >= len(written)
    return written


def test_every_event_has_its_line() -> None:
    subject = routine(Step("pull", duration_ms=20_000, repetitions=2, rest_ms=10_000), PUMP, LIE)
    assert lines(subject) == [
        "0:00 Sample",
        "0:00 get ready 5 s, next: Pull, left leg",
        "0:02 3",
        "0:03 2",
        "0:04 1",
        "0:05 left leg: Do pull. (20 s, 1 of 2)",
        "0:15 halfway",
        "0:22 3",
        "0:23 2",
        "0:24 1",
        "0:25 rest 10 s, next: Pull",
        "0:32 3",
        "0:33 2",
        "0:34 1",
        "0:35 left leg: Do pull. (20 s, 2 of 2)",
        "0:45 halfway",
        "0:52 3",
        "0:53 2",
        "0:54 1",
        "0:55 get ready 5 s, next: Pump, left leg",
        "0:57 3",
        "0:58 2",
        "0:59 1",
        "1:00 left leg: Do pump. (3 times)",
        "1:02 1",
        "1:04 2",
        "1:06 3",
        "1:06 left leg: Do lie. (3 s)",
        "1:09 done",
    ]


def test_both_legs_say_when_they_change() -> None:
    written = lines(routine(Step("lean", duration_ms=4_000), side=Side.BOTH), urgent=True)
    assert written == [
        "0:00 Sample",
        "0:00 left leg: Do lean. (4 s)",
        "0:04 change legs 5 s, next: Lean, right leg",
        "0:06 3",
        "0:07 2",
        "0:08 1",
        "0:09 right leg: Do lean. (4 s)",
        "0:13 done",
    ]


def test_what_is_done_to_the_session_is_said() -> None:
    script: Script = [
        (1, Act.PAUSE),
        (2, Act.RESUME),
        (3, Action(Act.EXTEND, 61_000)),
        (4, Action(Act.EXTEND, -60_000)),
        (5, Act.LEG),
        (6, Act.EASED),
        (7, Act.BACK_AGAIN),
        (8, Act.STOP),
    ]
    written = lines(routine(LEAN, LIE, side=Side.CRAMPED), script, urgent=True)
    assert written == [
        "0:00 Sample",
        "0:00 left leg: Do lean. (10 s)",
        "0:01 paused",
        "0:02 going on",
        "0:03 1 min 1 s longer",
        "0:04 1 min shorter",
        "0:05 right leg",
        "0:06 it let go after 6 s",
        "0:06 right leg: Do lie. (3 s)",
        "0:07 it is back",
        "0:07 right leg: Do lean. (10 s)",
        "0:08 stopped",
    ]


@pytest.mark.parametrize(
    ("number", "call"), [("112", "call 112"), (None, "call your local emergency number")]
)
def test_the_alarm_has_the_last_word(number: str | None, call: str) -> None:
    subject = replace(routine(open_ended(PULL, 10_000), LIE, side=Side.CRAMPED), alarm_after_ms=600_000)
    written = lines(subject, aid=Aid(number, ()), urgent=True)
    alarm = f"it has lasted ten minutes: stop stretching, get medical help urgently (Emergency: {call})"
    assert written[-1] == f"10:00 {alarm}"
    assert written.count("0:30 left leg: Do pull. (20 s, until it lets go)") == 1
    assert written[1] == "0:00 left leg: Do pull. (20 s, until it lets go)"


def test_a_dose_without_a_rest_is_held_on() -> None:
    subject = replace(routine(open_ended(PULL), LIE, side=Side.CRAMPED), alarm_after_ms=60_000)
    assert "0:20 hold on until it lets go" in lines(subject, urgent=True)


def test_the_red_flags_come_with_whom_to_call() -> None:
    written = lines(routine(LEAN), [(1, Act.WRONG), (3, Act.RESUME)], urgent=True)
    at = written.index("0:01 paused")
    assert written[at + 1 : at + 4] == ["Emergency: call 112", "- A gap: Get help.", "0:03 going on"]


def test_ctrl_c_ends_with_one_line() -> None:
    assert lines(routine(LEAN), [(4, KeyboardInterrupt)], urgent=True)[-2:] == [
        "0:00 left leg: Do lean. (10 s)",
        "0:04 stopped",
    ]


class Broken(io.StringIO):
    """Fails with `code` at the third line."""

    def __init__(self, code: int) -> None:
        super().__init__()
        self._code = code
        self._left = 2

    def write(self, text: str) -> int:
        if not self._left:
            raise OSError(self._code, "gone")
        self._left -= 1
        return super().write(text)


def broken_guide(code: int) -> int:
    clock = FakeClock()
    return run_guide(
        routine(LEAN),
        CATALOGUE,
        Leg.LEFT,
        CAUTIOUS,
        urgent=False,
        rate=1,
        clock=clock,
        out=Broken(code),
        keys=ScriptedKeys(clock),
        aid=AID,
    )


@pytest.mark.parametrize("code", [errno.EPIPE, errno.EIO])
def test_a_reader_that_has_gone_ends_it_quietly(code: int) -> None:
    assert broken_guide(code) == 0


def test_a_full_disk_is_no_quiet_end() -> None:
    with pytest.raises(OSError, match="gone"):
        broken_guide(errno.ENOSPC)
