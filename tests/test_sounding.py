"""The sounds of the real app: each kind as loud as it is set, soft at night, the alarm never silent."""

import json
from collections.abc import Iterator
from typing import Any

import pytest
from PySide6.QtWidgets import QApplication

from relief_app.core.preferences import LEAST_ALARM, Settings, Theme
from relief_app.desktop.night_level import UNKNOWN_DB, WHISPER_DB
from relief_app.desktop.sound import CLIP, Gain, SoundPlayer
from relief_app.desktop.sound_kinds import SoundKind
from relief_app.sounding import SWELL_S, Sounding, sound_file
from relief_app.storage.assets import asset_path
from relief_app.storage.settings import with_setting
from tests.test_desk import Place

VOLUMES = {
    "volume": SoundKind.CUE,
    "tick_volume": SoundKind.TICK,
    "chime_volume": SoundKind.CHIME,
    "voice_volume": SoundKind.VOICE,
    "alarm_volume": SoundKind.ALARM,
}


@pytest.fixture
def place(qapp: QApplication) -> Iterator[Place]:
    found = Place()
    yield found
    found.end()


@pytest.fixture
def sounding(place: Place) -> Sounding:
    assert place.relief.services is not None
    return place.relief.services.sounding


@pytest.fixture
def played(monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, SoundKind, float, float]]:
    """What is asked of the player: name, kind, gain as it is asked for then, and how long it swells."""
    found: list[tuple[str, SoundKind, float, float]] = []

    def play(_: SoundPlayer, name: str, kind: SoundKind, *, gain: Gain = 1.0, swell_s: float = 0.0) -> None:
        found.append((name, kind, gain() if callable(gain) else gain, swell_s))

    monkeypatch.setattr(SoundPlayer, "play", play)
    return found


@pytest.mark.parametrize("key", VOLUMES)
def test_each_kind_has_its_own_volume_that_counts_at_once(place: Place, sounding: Sounding, key: str) -> None:
    place.desk.change(with_setting(place.desk.settings, key, "0.55"), key)
    usual = {VOLUMES[each]: getattr(Settings(), each) for each in VOLUMES}
    assert {kind: sounding.player.volume(kind) for kind in SoundKind} == usual | {VOLUMES[key]: 0.55}


def test_mute_reaches_every_kind_but_a_packs_alarm_and_that_has_a_floor(
    place: Place, sounding: Sounding
) -> None:
    place.relief.toggle_mute()
    assert {sounding.player.level(kind) for kind in SoundKind} == {0.0}
    place.desk.change(place.desk.settings._replace(alarm_volume=0.0), "alarm_volume")
    assert sounding.alarm.volume == LEAST_ALARM > 0.0


def test_by_day_a_sound_is_played_as_it_is(
    sounding: Sounding, played: list[tuple[str, SoundKind, float, float]]
) -> None:
    for name in ("step_end", "tick", "chime"):
        sounding.chime(name)
    assert played == [
        ("step_end", SoundKind.CUE, 1.0, 0.0),
        ("tick", SoundKind.TICK, 1.0, 0.0),
        ("chime", SoundKind.CHIME, 1.0, 0.0),
    ]


def test_at_night_cues_begin_at_a_whisper_and_come_up_softly_and_an_alarm_does_not(
    place: Place, sounding: Sounding, played: list[tuple[str, SoundKind, float, float]]
) -> None:
    place.desk.change(place.desk.settings._replace(theme=Theme.NIGHT), "theme")
    sounding.chime("step_end")
    sounding.chime("alarm")
    whisper = 10 ** ((WHISPER_DB - UNKNOWN_DB) / 20)
    assert played == [
        ("step_end", SoundKind.CUE, pytest.approx(whisper, rel=0.01), SWELL_S),
        ("alarm", SoundKind.ALARM, 1.0, 0.0),
    ]


def test_watchers_hear_of_each_sound_and_whether_it_can_be_heard(
    place: Place, sounding: Sounding, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[dict[str, Any]] = []
    monkeypatch.setattr(sounding, "_tell", lambda kind, data: told.append({kind: data}))
    sounding.chime("tick")
    place.desk.change(place.desk.settings._replace(tick_volume=0.0), "tick_volume")
    sounding.chime("tick")
    sounding.chime("step_end")
    assert [entry["sound"]["muted"] for entry in told] == [False, True, False]


def test_every_clip_of_the_voice_has_a_file_the_player_finds() -> None:
    clips = json.loads(asset_path("voice", "en", "index.json").read_text(encoding="utf-8"))["clips"]
    assert clips
    assert all(sound_file(f"{CLIP}{clip['id']}").is_file() for clip in clips)
