import io
import sys
from pathlib import Path

import pytest

from relief_app.commands import profile, terminal
from relief_app.commands.terminal import guide
from relief_app.core.anatomy import Leg
from relief_app.storage.assets import AssetMissing
from relief_app.storage.catalogue import BUILT_IN, Catalogue
from relief_app.storage.paths import find_paths
from tests.commands.test_routines import OWN, own_file

Captured = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def _no_time_passes(monkeypatch: pytest.MonkeyPatch) -> None:
    """Every wait is over at once and its time has passed."""

    class Hasty:
        is_open = False

        def __init__(self, *_: object) -> None:
            pass

        def wait(self, timeout_s: float | None) -> tuple[()]:
            assert timeout_s is not None
            HastyClock.now += round(timeout_s * 1000) + 1
            return ()

    class HastyClock:
        now = 0

        def boot_ms(self) -> int:
            return HastyClock.now

        def asleep_ms(self) -> int:
            return 0

    monkeypatch.setattr(terminal, "LineKeys", Hasty)
    monkeypatch.setattr(terminal, "SystemClock", HastyClock)


def lines(captured: Captured) -> tuple[list[str], list[str]]:
    found = captured.readouterr()
    return found.out.splitlines(), found.err.splitlines()


@pytest.mark.parametrize("key", ["cramp-bed", "cramp-standing", "bedtime", "micro-break"])
def test_what_is_offered_is_guided_to_its_end(key: str, capsys: Captured) -> None:
    assert guide(key, Leg.LEFT) == 0
    out, err = lines(capsys)
    assert err == []
    assert out[-1].startswith("10:00 it has lasted ten minutes") or out[-1].endswith(" done")
    assert not any("circles" in line for line in out)


@pytest.mark.parametrize("key", ["heat", "ice", "massage", "post-run"])
def test_what_is_not_offered_says_why(key: str, capsys: Captured) -> None:
    assert guide(key, Leg.LEFT) == 4
    out, err = lines(capsys)
    assert (out, len(err)) == ([], 1)
    assert err[0].startswith(f"{key} is not offered: ")


@pytest.mark.parametrize("key", ["nope", "../heat", "\x1b]0;x\x07"])
def test_an_unknown_routine_names_those_there_are(key: str, capsys: Captured) -> None:
    assert guide(key, None) == 1
    out, err = lines(capsys)
    assert (out, len(err)) == ([], 1)
    assert err[0].endswith(", ".join(BUILT_IN))
    assert "\x1b" not in err[0]


def test_the_last_leg_and_the_country_come_from_the_settings(capsys: Captured) -> None:
    path = find_paths().settings_file
    path.parent.mkdir()
    path.write_text('{"format": 1, "leg": "left", "country": "US"}')
    assert guide(None, None, urgent=True) == 0
    out, _ = lines(capsys)
    assert out[1] == "0:00 left leg: Pull your toes toward your shin. Don't point them. (30 s)"
    assert out[-1].endswith("(Emergency: call 911)")


def test_damaged_settings_are_told_and_the_guide_guides(capsys: Captured) -> None:
    path = find_paths().settings_file
    path.parent.mkdir()
    path.write_text("{")
    assert guide("micro-break", None) == 0
    out, err = lines(capsys)
    assert out[-1].endswith(" done")
    assert len(err) == 1
    assert "this file is damaged" in err[0]


@pytest.mark.parametrize("rate", [0, -1, 61])
def test_a_rate_out_of_bounds_is_wrong_usage(rate: int, capsys: Captured) -> None:
    assert guide(None, None, rate=rate) == 2
    assert lines(capsys) == ([], [f"the rate {rate} is outside 1 to 60"])


def test_a_damaged_own_routine_is_one_line(capsys: Captured) -> None:
    own_file(OWN.replace("90", "0"))
    assert guide("mine", None) == 1
    assert lines(capsys) == ([], ["mine, step 1, duration_s: 0 is outside 0.001 to 86400"])


def test_an_own_routine_is_guided(capsys: Captured) -> None:
    own_file()
    assert guide("mine", Leg.LEFT) == 0
    out, _ = lines(capsys)
    assert (out[0], out[-1]) == ("0:00 Mine", "1:30 done")


def test_a_routine_of_which_nothing_is_left_is_one_line(capsys: Captured) -> None:
    seated = OWN.replace('"rest"', '"wall-stretch-straight"\ninstead_seated = "circle-massage"')
    own_file(seated)
    assert guide("mine", None) == 4
    out, err = lines(capsys)
    assert (out, len(err)) == ([], 1)
    assert err[0].startswith("mine is not offered: not answered: blood_thinner, ")


def test_the_answers_bring_the_massage_in(capsys: Captured) -> None:
    for key in ("blood_thinner", "pregnancy", "poor_circulation"):
        assert profile.set_answer(key, "no") == 0
    assert guide("massage", Leg.LEFT) == 0
    out, err = lines(capsys)
    assert err == []
    assert sum("Rub slow circles, never behind the knee." in line for line in out) == 3
    assert out[-1].endswith(" done")


def test_who_is_unsteady_is_guided_sitting(capsys: Captured) -> None:
    assert profile.set_answer("unsteady", "yes") == 0
    assert guide("cramp-standing", Leg.LEFT, urgent=True) == 0
    out, _ = lines(capsys)
    assert "Knee straight. Pull the towel gently." in out[1]
    assert not any("flat" in line or "Lamp" in line or "Walk" in line for line in out)


@pytest.mark.parametrize("name", ["read_red_flags", "number_to_call"])
def test_a_missing_table_takes_nothing_else_with_it(
    name: str, monkeypatch: pytest.MonkeyPatch, capsys: Captured
) -> None:
    def missing(*_: object) -> None:
        raise AssetMissing("table.toml")

    monkeypatch.setattr(terminal, name, missing)
    assert guide("micro-break", None) == 0
    out, err = lines(capsys)
    assert out[-1].endswith(" done")
    assert err == ["a file of the program is missing: table.toml"]


def test_a_missing_catalogue_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    def missing(*parts: str, **_: object) -> Path:
        raise AssetMissing("/".join(parts))

    monkeypatch.setattr(terminal, "Catalogue", lambda folder: Catalogue(folder, find_asset=missing))
    assert guide(None, None) == 1
    assert lines(capsys) == ([], ["a file of the program is missing: exercises.toml"])


def test_a_disk_that_is_full_is_one_line(monkeypatch: pytest.MonkeyPatch, capsys: Captured) -> None:
    class Full(io.StringIO):
        def write(self, text: str) -> int:
            raise OSError(28, "No space left on device")

    monkeypatch.setattr(sys, "stdout", Full())
    assert guide(None, None) == 1
    assert capsys.readouterr().err == "the guide cannot be written: No space left on device\n"
