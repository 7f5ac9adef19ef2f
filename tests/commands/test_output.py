"""What the commands print, into whatever it is printed."""

import subprocess
import sys
from pathlib import Path

import pytest

from relief_app.commands.output import fits, printable

OUTPUT = "import sys; from relief_app.commands.output import complain, say; "
LIST = (
    "from relief_app.commands.routines import list_routines as job; import sys; sys.exit(job(as_json=False))"
)


def shell(program: str, redirection: str) -> "subprocess.CompletedProcess[str]":
    words = ["sh", "-c", f'exec "$@" {redirection}', "sh", sys.executable, "-c", program]
    return subprocess.run(words, capture_output=True, text=True, check=False)


def test_a_full_disk_is_one_line() -> None:
    if not Path("/dev/full").exists():
        pytest.skip("there is no device that is always full")
    done = shell(LIST, ">/dev/full")
    assert (done.returncode, done.stderr) == (1, "the output cannot be written (No space left on device)\n")


@pytest.mark.parametrize("redirection", [">&-", "2>&-", ">&- 2>&-", "<&-"])
def test_closed_streams_are_no_trouble(redirection: str) -> None:
    done = shell(LIST, redirection)
    assert (done.returncode, done.stderr) == (0, "")
    done = shell(
        "from relief_app.commands.client import steer; import sys; sys.exit(steer('next'))", redirection
    )
    assert done.returncode == 3


def test_the_guide_without_stdout_says_so() -> None:
    done = shell(
        "from relief_app.commands.terminal import guide; import sys; sys.exit(guide(None, None))", ">&-"
    )
    assert (done.returncode, done.stderr) == (1, "the guide has nowhere to write\n")


def test_a_reader_that_goes_away_is_no_trouble() -> None:
    program = f"{OUTPUT}[say('x' * 1000) for _ in range(1000)]; complain('end')"
    done = shell(program, "| head -n 1")
    assert (done.stdout, done.stderr) == ("x" * 1000 + "\n", "end\n")


def test_a_narrow_alphabet_is_no_trouble(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PYTHONIOENCODING", "ascii")
    done = shell(f"{OUTPUT}say('Fu\u00df'); complain('\u2191')", "")
    assert (done.stdout, done.stderr) == ("Fu\\xdf\n", "\\u2191\n")


@pytest.mark.parametrize(
    ("text", "encoding", "shown"),
    [
        ("Fuß", "utf-8", "Fuß"),
        ("Fuß", "ascii", "Fu\\xdf"),
        ("\ud800", "utf-8", "\\ud800"),
        ("…", "latin-1", "\\u2026"),
        ("a", None, "a"),
    ],
)
def test_text_fits_the_encoding(text: str, encoding: str | None, shown: str) -> None:
    assert fits(text, encoding) == shown


def test_nothing_printed_can_steer_a_terminal() -> None:
    assert printable("a\x1b[2J\x9b\r\n\u202eß") == "a\\u001b[2J\\u009b\\u000d\\u000a\\u202eß"
