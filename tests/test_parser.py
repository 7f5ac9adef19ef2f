from collections.abc import Sequence

import pytest

from relief_app import __version__
from relief_app.commands.parser import SKIN_TONES, STEERING, THEMES, build_parser, plain_now
from relief_app.core.preferences import SkinTone
from relief_app.core.steering import Steer

COMMANDS = (
    "now",
    "start",
    "terminal",
    "status",
    "watch",
    "extend",
    "leg",
    "routines",
    "settings",
    "profile",
    "data",
    "draw",
    *STEERING,
)


def parsed(*words: str) -> dict[str, object]:
    return vars(build_parser().parse_args(words))


def refused(words: Sequence[str], capsys: pytest.CaptureFixture[str]) -> str:
    """What is said of a wrong use, which ends with status 2."""
    with pytest.raises(SystemExit) as end:
        build_parser().parse_args(words)
    assert end.value.code == 2
    said = capsys.readouterr()
    assert said.out == ""
    return said.err


def test_without_a_command_it_is_the_window() -> None:
    assert parsed() == {"command": None}


@pytest.mark.parametrize("theme", THEMES)
def test_the_theme_is_understood_before_and_after_every_command(theme: str) -> None:
    assert parsed("--theme", theme)["theme"] == theme
    assert parsed("--theme", theme, "now")["theme"] == theme
    assert parsed("now", "--theme", theme)["theme"] == theme
    assert parsed("status", "--theme", theme)["theme"] == theme


def test_now_needs_nothing() -> None:
    assert parsed("now") == {"command": "now", "leg": None, "position": "bed"}
    assert parsed("now", "--leg", "left", "--position", "standing") == {
        "command": "now",
        "leg": "left",
        "position": "standing",
    }


def test_the_tones_of_skin_are_those_there_are() -> None:
    assert tuple(tone.value for tone in SkinTone) == SKIN_TONES
    words = ("draw", "pose", "rest", "--out", "x.png")
    assert parsed(*words)["skin_tone"] == "tone-3"
    assert parsed(*words, "--skin-tone", "tone-6")["skin_tone"] == "tone-6"


def test_start() -> None:
    expected = {"command": "start", "routine": "bedtime", "leg": None, "rate": 1}
    assert parsed("start", "bedtime") == expected
    assert parsed("start", "bedtime", "--leg", "both", "--rate", "60") == expected | {
        "leg": "both",
        "rate": 60,
    }


def test_terminal() -> None:
    assert parsed("terminal") == {"command": "terminal", "routine": None, "leg": None, "rate": 1}
    assert parsed("terminal", "heat", "--rate", "2")["rate"] == 2


@pytest.mark.parametrize(
    ("words", "seconds"), [([], 30.0), (["12.5"], 12.5), (["-30"], -30.0), (["3600"], 3600.0)]
)
def test_extend_takes_seconds_thirty_by_itself(words: list[str], seconds: float) -> None:
    assert parsed("extend", *words)["seconds"] == seconds


@pytest.mark.parametrize("name", STEERING)
def test_every_steering_command_stands_alone(name: str) -> None:
    assert parsed(name) == {"command": name}


def test_every_command_to_a_session_can_be_given() -> None:
    assert set(Steer) == (set(STEERING) | {"extend", "leg"}) - {"wrong"}


@pytest.mark.parametrize(
    "words",
    [
        ["dance"],
        ["now", "--leg", "both"],
        ["now", "--position", "sitting"],
        ["start"],
        ["start", "bedtime", "--rate", "0"],
        ["start", "bedtime", "--rate", "61"],
        ["start", "bedtime", "--rate", "1.5"],
        ["start", "bedtime", "--rate", "٣"],
        ["leg"],
        ["leg", "both"],
        ["extend", "nan"],
        ["extend", "inf"],
        ["extend", "3601"],
        ["extend", "soon"],
        ["--theme", "pink"],
        ["routines"],
        ["routines", "check"],
        ["settings", "set", "leg"],
        ["profile"],
        ["data"],
        ["data", "backup"],
        ["profile", "set", "unsteady"],
        ["draw", "calf"],
        ["pause", "now"],
    ],
    ids=" ".join,
)
def test_wrong_use_is_told_with_how_to_use_it(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    said = refused(words, capsys)
    assert said.startswith("usage: relief-app")
    assert "Traceback" not in said


@pytest.mark.parametrize(
    "words",
    [[], *[[name] for name in COMMANDS], ["routines", "check"], ["draw", "pose"], ["profile", "set"]],
    ids=" ".join,
)
def test_help_on_every_level(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        build_parser().parse_args([*words, "--help"])
    assert end.value.code == 0
    assert capsys.readouterr().out.startswith(" ".join(["usage: relief-app", *words]))


def test_help_names_every_command(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit):
        build_parser().parse_args(["--help"])
    said = capsys.readouterr().out
    assert all(f"    {name} " in said for name in COMMANDS)


def test_the_version(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        build_parser().parse_args(["--version"])
    assert end.value.code == 0
    assert capsys.readouterr().out == f"relief-app {__version__}\n"


@pytest.mark.parametrize(
    "words",
    [
        ["now"],
        ["now", "--leg", "left"],
        ["now", "--leg", "right", "--position", "standing"],
        ["now", "--position", "bed", "--theme", "night"],
    ],
)
def test_a_plain_now_is_read_as_the_parser_reads_it(words: list[str]) -> None:
    assert plain_now(words) == build_parser().parse_args(words)


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["start", "bedtime"],
        ["now", "--help"],
        ["now", "--leg"],
        ["now", "--leg", "both"],
        ["now", "--leg=left"],
        ["now", "left", "--leg"],
        ["now", "--leg", "left", "--leg", "right"],
        ["now", "--rate", "2"],
        ["--theme", "night", "now"],
    ],
)
def test_anything_else_is_left_to_the_parser(words: list[str]) -> None:
    assert plain_now(words) is None
