from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.desktop.night_level import (
    CALM_DB,
    FORGOTTEN_S,
    RISE_S,
    UNKNOWN_DB,
    WHISPER_DB,
    NightLevel,
    night_gain,
)
from relief_app.desktop.sink import db_of, volume_db
from tests.desktop.sound_fakes import Clock
from tests.support.sound_server import SoundServer


def ratio(db: float) -> float:
    return float(10 ** (db / 20))


class Night:
    """A level at night (or by day) on a system set to what it is asked for."""

    def __init__(self, *answers: float | None, night: bool = True) -> None:
        self.clock, self.asked = Clock(), 0
        self.night, self._answers = night, answers
        self.level = NightLevel(lambda: self.night, ask_db=self._answer, clock=self.clock)

    def _answer(self) -> float | None:
        self.asked += 1
        return self._answers[min(self.asked, len(self._answers)) - 1]

    def gains(self, times_s: Sequence[float]) -> list[float]:
        start, found = self.clock.now, []
        for at in times_s:
            self.clock.now = start + at
            found.append(self.level.gain())
        return found


def test_by_day_it_is_as_loud_as_it_was_set_and_nobody_is_asked() -> None:
    day = Night(-24.0, night=False)
    assert day.gains([0, 5, 600]) == [1.0, 1.0, 1.0]
    assert day.asked == 0


@pytest.mark.parametrize("system_db", [0.0, -12.0, -24.0])
def test_at_night_it_rises_from_a_whisper_to_calm_whatever_the_systems_volume(system_db: float) -> None:
    gains = Night(system_db).gains([0, RISE_S / 2, RISE_S, 2 * RISE_S])
    heard = [gain * ratio(system_db) for gain in gains]
    whisper, calm = ratio(WHISPER_DB), ratio(CALM_DB)
    assert heard == pytest.approx([whisper, ratio((WHISPER_DB + CALM_DB) / 2), calm, calm])


def test_a_system_that_is_set_very_low_hears_the_clips_as_they_are() -> None:
    assert night_gain(-60.0, 0.0) == 1.0


def test_where_nobody_knows_half_the_volume_is_taken_for_granted() -> None:
    assert Night(None).level.gain() == pytest.approx(ratio(WHISPER_DB - UNKNOWN_DB))


def test_the_system_is_asked_now_and_then_and_a_guess_asks_nobody() -> None:
    night = Night(-6.0, -12.0)
    night.gains([0, 1, 2, 19])
    assert night.asked == 1
    night.gains([0, 3])
    assert night.asked == 2
    night.clock.now += 60
    night.level.guess()
    assert night.asked == 2


def test_after_a_long_silence_it_begins_at_a_whisper_again() -> None:
    first, calm, late = Night(0.0).gains([0, RISE_S, RISE_S + FORGOTTEN_S + 1])
    assert late == first < calm


@given(system_db=st.floats(-90, 12), earlier=st.floats(0, 300), later=st.floats(0, 300))
def test_it_never_falls_and_is_never_more_than_the_clip(
    system_db: float, earlier: float, later: float
) -> None:
    first, second = sorted((earlier, later))
    assert 0.0 < night_gain(system_db, first) <= night_gain(system_db, second) <= 1.0


def test_what_the_server_says_of_its_volume_is_understood() -> None:
    stereo = "Volume: front-left: 32768 /  50% / -18.06 dB,   front-right: 26214 /  40% / -23.88 dB\n"
    assert db_of(stereo) == -18.06
    assert db_of("Volume: mono: 0 /   0% / -inf dB") == -float("inf")
    assert db_of("") is None


def test_a_real_sink_tells_its_volume(server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    server.ask("set-sink-volume", "relief", "50%")
    assert volume_db() == pytest.approx(-18.06, abs=0.02)
    server.kill()
    assert volume_db() is None
