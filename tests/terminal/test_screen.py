import io
import itertools
import re

import pytest
from rich.console import Console, RenderableType

from relief_app.core.routine import Side, Step
from relief_app.core.session import Session
from relief_app.core.session_state import View
from relief_app.storage.red_flags import read_red_flags
from relief_app.terminal.aid import Aid
from relief_app.terminal.digits import large
from relief_app.terminal.live import LiveFace
from relief_app.terminal.screen import guide_screen, wrong_screen
from relief_app.terminal.words import Words, guide_keys, ten_minutes, words_of, wrong_keys
from tests.core.sample import LEAN, LIE, PULL, PUMP, cramp, open_ended, planned, session
from tests.terminal.fakes import AID, FakeClock, RecordingFace, ScriptedKeys

CUE = "Pull your toes toward your shin. Don't point them."
WORDS = Words("Cramp, in bed", "Step 2 of 5, left leg", CUE, "1:05", "seconds", 0.5, "Next: Towel stretch")
ON_AND_OFF = "Hold, rest, hold again, until it lets go."
IF_ONE = "If one of these is true, do what it says now."
SIZES = [*itertools.product((20, 33, 80, 200), (6, 10, 15, 24, 60)), (20, 9), (500, 9)]


def console(width: int, height: int, encoding: str = "utf-8") -> Console:
    file = io.TextIOWrapper(io.BytesIO(), encoding=encoding, errors="replace")
    return Console(file=file, width=width, height=height, highlight=False, markup=False, emoji=False)


def painted(screen: RenderableType, on: Console) -> list[str]:
    with on.capture() as captured:
        on.print(screen, end="")
    return captured.get().splitlines()


def keys_of(subject: Session, *, is_cramp: bool = True) -> tuple[str, ...]:
    return guide_keys(subject.view(0), cramp=is_cramp)


def in_one_line(lines: list[str]) -> str:
    return re.sub(r"\s+", " ", " ".join(lines))


def letters(text: str) -> str:
    return re.sub(r"[^a-z]", "", text.lower())


@pytest.mark.parametrize(("width", "height"), SIZES)
def test_cue_number_and_something_is_wrong_stand_at_every_size(width: int, height: int) -> None:
    on = console(width, height)
    lines = painted(guide_screen(WORDS, keys_of(cramp(PULL)), "", on), on)
    assert len(lines) <= height
    assert max(map(len, lines)) <= width
    text = in_one_line(lines)
    assert CUE in text
    assert "w something is wrong" in text
    assert "1:05" in text or "██████" in text


def test_everything_stands_where_there_is_room() -> None:
    on = console(80, 24)
    text = in_one_line(painted(guide_screen(WORDS, keys_of(cramp(PULL)), "no", on), on))
    for part in ("Cramp, in bed · Step 2 of 5, left leg", "seconds", "Next: Towel stretch", "━", "─", " no "):
        assert part in text
    for key in ("Space it let go", "p pause", "Enter next", "b back", "+/- 30 s", "l other leg", "q leave"):
        assert key in text


def test_the_large_number_is_straight() -> None:
    rows = large("16")
    assert rows == (
        "  ██    ██████",
        "████    ██    ",
        "  ██    ██████",
        "  ██    ██  ██",
        "██████  ██████",
    )
    on = console(40, 24)
    words = Words("", "", "Hold.", "16", "", 0, "")
    lines = [line for line in painted(guide_screen(words, ("", ""), "", on), on) if "█" in line]
    assert [line.rstrip() for line in lines] == [" " * 13 + row.rstrip() for row in rows]


def test_a_terminal_without_unicode_gets_plain_signs() -> None:
    on = console(60, 24, "ascii")
    lines = painted(guide_screen(WORDS, ("", ""), "", on), on)
    text = "\n".join(line for line in lines if "·" not in line)
    assert text.isascii()
    assert "######" in text
    assert "=====" in text


@pytest.mark.parametrize(("done", "filled"), [(0.0, 0), (0.5, 19), (1.0, 38)])
def test_the_bar_fills(done: float, filled: int) -> None:
    on = console(40, 24)
    lines = painted(guide_screen(Words("", "", "", "5", "", done, ""), ("", ""), "", on), on)
    bar = next(line for line in lines if "━" in line or "─" in line)
    assert (bar.count("━"), bar.count("─")) == (filled, 38 - filled)


@pytest.mark.parametrize(("width", "height"), SIZES)
@pytest.mark.parametrize("alarm", [False, True])
def test_every_red_flag_can_be_read_at_every_size(width: int, height: int, alarm: bool) -> None:
    aid, on = Aid("112", read_red_flags()), console(width, height)
    keys = wrong_keys(alarm=alarm)
    found = ""
    for page in itertools.count():
        lines = painted(wrong_screen(aid, keys, page, on, alarm=alarm), on)
        text = in_one_line(lines)
        assert "Emergency: call 112" in text
        shown = re.search(r"\((\d+)/(\d+)\)", text)
        assert shown is not None
        count = int(shown[2])
        assert int(shown[1]) == page + 1
        if height >= 10:
            assert len(lines) <= height
            assert max(map(len, lines)) <= width
        flags = letters(re.sub(r"Enter more.*", "", text))
        for around in ("Emergency: call 112", IF_ONE, ten_minutes()):
            flags = flags.removeprefix(letters(around))
        found += flags
        if page + 1 == count:
            break
    for trigger, action in aid.entries():
        assert letters(trigger + action) in found


def test_pages_go_round() -> None:
    aid, on = Aid(None, read_red_flags()), console(60, 16)
    pages = [
        painted(wrong_screen(aid, wrong_keys(alarm=False), page, on, alarm=False), on) for page in (0, 3, -3)
    ]
    assert pages[0] == pages[1] == pages[2]
    assert "your local emergency number" in in_one_line(pages[0])


def test_the_alarm_says_what_to_do_first() -> None:
    on = console(80, 24)
    text = in_one_line(painted(wrong_screen(AID, wrong_keys(alarm=True), 0, on, alarm=True), on))
    assert "This cramp has lasted ten minutes. Stop stretching. Get medical help urgently." in text
    assert "e it let go" in text
    assert "w back" not in text


def view_at(subject: Session, now: int) -> View:
    subject.start(0, urgent=True)
    subject.advance(now)
    return subject.view(now)


@pytest.mark.parametrize(
    ("subject", "now", "number", "word", "following"),
    [
        (session(PULL, LEAN), 500, "20", "seconds", "Next: Lean"),
        (session(PULL, LEAN), 19_999, "1", "seconds", "Next: Lean"),
        (session(PULL, LEAN), 20_000, "5", "get ready", "Next: Lean"),
        (session(LIE), 0, "3", "seconds", "The last one."),
        (session(PUMP), 4_500, "2", "of 3", "The last one."),
        (session(Step("pull", duration_ms=90_000)), 1, "1:30", "seconds", "The last one."),
        (
            cramp(open_ended(PULL)),
            5_000,
            "15",
            "until it lets go",
            "Hold, rest, hold again, until it lets go.",
        ),
        (
            cramp(open_ended(PULL)),
            95_400,
            "1:35",
            "until it lets go",
            "Hold, rest, hold again, until it lets go.",
        ),
        (cramp(open_ended(PULL, 10_000)), 22_000, "8", "rest", "Next: Pull"),
    ],
)
def test_words(subject: Session, now: int, number: str, word: str, following: str) -> None:
    words = words_of(view_at(subject, now), "Sample")
    assert (words.number, words.word, words.following) == (number, word, following)
    assert 0 <= words.done <= 1


def test_the_leg_is_named_where_it_changes() -> None:
    subject = Session("both", planned(Step("lean", duration_ms=4_000), side=Side.BOTH))
    assert words_of(view_at(subject, 1_000), "").following == "Next: Lean, right leg"
    words = words_of(view_at(subject, 4_000), "")
    assert (words.word, words.following, words.step) == (
        "change legs",
        "Next: Lean, right leg",
        "Step 2 of 2, right leg",
    )


def test_keys_follow_the_session() -> None:
    subject = cramp(PULL, LIE)
    subject.start(0)
    assert keys_of(subject)[0] == "Space it let go"
    subject.pause(1)
    assert "p go on" in keys_of(subject)
    subject.eased(2)
    assert keys_of(subject)[0] == "Space it is back"
    other = session(PULL)
    assert keys_of(other, is_cramp=False)[0] == "Space pause"
    other.start(0)
    other.pause(1)
    assert keys_of(other, is_cramp=False)[0] == "Space go on"


@pytest.mark.parametrize(
    ("subject", "end", "line"),
    [
        (session(LIE), None, "All done. Rest a little. Drink if you are thirsty."),
        (session(LIE), "stop", "Stopped."),
        (cramp(PULL, LIE), "eased", "It let go after 2 s. Stand up slowly when you do."),
        (
            cramp(open_ended(PULL), alarm_after_ms=2_000),
            "stop",
            f"{ten_minutes()} Emergency: call 112",
        ),
    ],
)
def test_a_screen_ends_with_one_line(subject: Session, end: str | None, line: str) -> None:
    out = io.StringIO()
    face = LiveFace("Sample", AID, out, cramp=subject.is_cramp)
    for event in subject.start(0, urgent=True) + subject.advance(2_000):
        face.tell(event, subject)
    face.show(subject.view(2_000), wrong=None)
    last = getattr(subject, end)(2_000) if end else ()
    for event in (*last, *subject.advance(60_000)):
        face.tell(event, subject)
    face.close(subject.view(60_000))
    assert out.getvalue().splitlines()[-1].endswith(line)


class Terminal(io.StringIO):
    """Takes itself for one."""

    def isatty(self) -> bool:
        return True


def test_a_note_stands_until_something_happens(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm")
    out = Terminal()
    face = LiveFace("Sample", AID, out, cramp=False)
    subject = session(PULL)
    events = subject.start(0)
    face.note("not now")
    face.show(subject.view(0), wrong=None)
    assert "not now" in out.getvalue()
    face.tell(events[0], subject)
    out.truncate(0)
    face.show(subject.view(0), wrong=None)
    face.close(subject.view(0))
    assert "Do pull." in out.getvalue()
    assert "not now" not in out.getvalue()


def test_fakes_fit_the_protocols() -> None:
    from relief_app.ports import Clock
    from relief_app.terminal.actions import Keys
    from relief_app.terminal.face import Face

    clock: Clock = FakeClock()
    keys: Keys = ScriptedKeys(FakeClock())
    face: Face = RecordingFace()
    assert (clock.boot_ms(), keys.is_open, face.refresh_s) == (12_345, True, None)
