"""Settings outlive the app, a damaged file and a newer version."""

import json
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg
from relief_app.core.preferences import LEAST_ALARM, NightColour, Settings, SkinTone, Theme, VoiceMode
from relief_app.core.refusal import RefusalCode
from relief_app.ports import LoadProblem, NotKept, NotKeptReason, ProblemCode, SettingsStore
from relief_app.storage.settings import (
    KEYS,
    SettingRefused,
    SettingsFile,
    setting_text,
    with_setting,
    without_setting,
)

CHANGED = Settings(
    Leg.LEFT,
    Theme.NIGHT,
    "22:30",
    "06:15",
    False,
    0.25,
    True,
    "AU",
    SkinTone.TONE_5,
    "+110",
    NightColour.AMBER,
)
CHANGED = CHANGED._replace(voice=VoiceMode.STEPS, voice_volume=0.5, media_keys=True)
CHANGED = CHANGED._replace(tick_volume=0.4, alarm_volume=0.6, chime_volume=0.3)


def store(tmp_path: Path) -> SettingsFile:
    return SettingsFile(tmp_path / "relief" / "settings.json", lambda: date(2026, 1, 31))


def put(tmp_path: Path, content: object) -> Path:
    file = tmp_path / "relief" / "settings.json"
    file.parent.mkdir(exist_ok=True)
    if isinstance(content, bytes):
        file.write_bytes(content)
    else:
        file.write_text(json.dumps(content))
    return file


def test_without_a_file_the_defaults_hold_and_nothing_is_said(tmp_path: Path) -> None:
    found: SettingsStore = store(tmp_path)
    assert (found.load(), found.take_problem()) == (Settings(), None)
    assert list(tmp_path.iterdir()) == []


def test_the_defaults() -> None:
    assert Settings() == Settings(
        Leg.RIGHT,
        Theme.SYSTEM,
        "21:00",
        "07:00",
        True,
        0.7,
        False,
        None,
        SkinTone.TONE_3,
        None,
        NightColour.RED,
    )


def test_what_is_saved_is_loaded(tmp_path: Path) -> None:
    store(tmp_path).save(CHANGED)
    assert store(tmp_path).load() == CHANGED


def test_the_file_is_plain_json_for_its_owner_only(tmp_path: Path) -> None:
    store(tmp_path).save(CHANGED)
    file = tmp_path / "relief" / "settings.json"
    assert json.loads(file.read_text()) == {
        "format": 1,
        "leg": "left",
        "theme": "night",
        "night_from": "22:30",
        "night_until": "06:15",
        "sounds": False,
        "volume": 0.25,
        "reduced_motion": True,
        "country": "AU",
        "skin_tone": "tone-5",
        "emergency_number": "+110",
        "night_colour": "amber",
        "voice": "steps",
        "voice_volume": 0.5,
        "tick_volume": 0.4,
        "alarm_volume": 0.6,
        "media_keys": True,
        "chime_volume": 0.3,
    }
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]


TIMES = st.times().map(lambda time: time.strftime("%H:%M"))
COUNTRIES = st.none() | st.text("ABCDEFGHIJKLMNOPQRSTUVWXYZ", min_size=2, max_size=2)
SETTINGS = st.builds(
    Settings,
    leg=st.sampled_from(Leg),
    theme=st.sampled_from(Theme),
    night_from=TIMES,
    night_until=TIMES,
    sounds=st.booleans(),
    volume=st.floats(0, 1),
    reduced_motion=st.booleans(),
    country=COUNTRIES,
    skin_tone=st.sampled_from(SkinTone),
    emergency_number=st.none()
    | st.from_regex(r"[+*#]?[0-9]{1,14}", fullmatch=True, alphabet="+*#0123456789"),
    voice=st.sampled_from(VoiceMode),
    voice_volume=st.floats(0, 1),
    tick_volume=st.floats(0, 1),
    alarm_volume=st.floats(LEAST_ALARM, 1),
    media_keys=st.booleans(),
    chime_volume=st.floats(0, 1),
)


@given(settings=SETTINGS)
def test_any_settings_come_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, settings: Settings
) -> None:
    folder = tmp_path_factory.getbasetemp() / "settings-law"
    store(folder).save(settings)
    assert store(folder).load() == settings


@given(settings=SETTINGS)
def test_what_the_command_line_says_can_be_set_again(settings: Settings) -> None:
    found = Settings()
    for key in KEYS:
        found = with_setting(found, key, setting_text(settings, key))
    assert found == settings


GOOD = {"format": 1, "leg": "left", "volume": 0.5}
DAMAGED = {
    "nothing": b"",
    "torn": b'{"format": 1, "leg": "le',
    "not JSON": b"leg = left",
    "not UTF-8": b'{"format": 1, "country": "\xff"}',
    "a list": [GOOD],
    "a number": 7,
    "no format": {"leg": "left"},
    "another format": GOOD | {"format": 2},
    "a format that is true": GOOD | {"format": True},
    "an unknown leg": GOOD | {"leg": "third"},
    "a wrong type": GOOD | {"sounds": "yes"},
    "a number for true": GOOD | {"sounds": 1},
    "true for a number": GOOD | {"volume": True},
    "too loud": GOOD | {"volume": 1.01},
    "negative": GOOD | {"volume": -0.1},
    "not a number": b'{"format": 1, "volume": NaN}',
    "infinite": b'{"format": 1, "volume": Infinity}',
    "too large a number": b'{"format": 1, "volume": 1e999}',
    "a newer key that is not a number": b'{"format": 1, "newer": NaN}',
    "a newer key too large a number": b'{"format": 1, "newer": [1e999]}',
    "no time": GOOD | {"night_from": "24:00"},
    "a time and more": GOOD | {"night_from": "21:00\n"},
    "no country": GOOD | {"country": "Germany"},
    "nested": b"[" * 60_000,
    "an endless integer": b'{"format": ' + b"1" * 5_000 + b"}",
    "too large": b'{"format": 1}' + b" " * 65_536,
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_set_aside_said_once_and_defaults_used(tmp_path: Path, content: object) -> None:
    file = put(tmp_path, content)
    before = file.read_bytes()
    settings = store(tmp_path)
    aside = file.with_name("settings.json.damaged-2026-01-31")
    assert settings.load() == Settings()
    assert settings.take_problem() == LoadProblem(ProblemCode.DAMAGED, file, aside)
    assert settings.take_problem() is None
    assert aside.read_bytes() == before
    assert not file.exists()
    assert (settings.load(), settings.take_problem()) == (Settings(), None)


def test_no_file_set_aside_earlier_is_overwritten(tmp_path: Path) -> None:
    for content in (b"one", b"two", b"three"):
        put(tmp_path, content)
        store(tmp_path).load()
    name = "settings.json.damaged-2026-01-31"
    found = {path.name: path.read_bytes() for path in (tmp_path / "relief").iterdir()}
    assert found == {name: b"one", f"{name}-2": b"two", f"{name}-3": b"three"}


def test_a_damaged_file_that_cannot_be_moved_is_left(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    file = put(tmp_path, b"{")

    def refuse(self: Path, target: Path) -> None:
        raise PermissionError(13, "no")

    monkeypatch.setattr(Path, "replace", refuse)
    settings = store(tmp_path)
    assert settings.load() == Settings()
    assert settings.take_problem() == LoadProblem(ProblemCode.DAMAGED, file)
    assert file.read_bytes() == b"{"


def test_what_cannot_be_read_is_left_where_it_is(tmp_path: Path) -> None:
    file = tmp_path / "relief" / "settings.json"
    file.mkdir(parents=True)
    settings = store(tmp_path)
    assert settings.load() == Settings()
    assert settings.take_problem() == LoadProblem(ProblemCode.UNREADABLE, file)
    assert file.is_dir()


def test_keys_of_a_newer_version_are_kept(tmp_path: Path) -> None:
    newer = {"speech": {"language": "fr", "volume": 0.3}, "text_size": 2}
    put(tmp_path, GOOD | newer)
    settings = store(tmp_path)
    found = settings.load()
    assert (found.leg, found.volume, settings.take_problem()) == (Leg.LEFT, 0.5, None)
    settings.save(CHANGED)
    kept = json.loads((tmp_path / "relief" / "settings.json").read_text())
    assert {key: kept[key] for key in newer} == newer
    assert kept["leg"] == "left"
    assert store(tmp_path).load() == CHANGED


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "relief").touch()
    settings = store(tmp_path)
    assert (settings.load(), settings.take_problem()) == (Settings(), None)
    with pytest.raises(NotKept) as caught:
        settings.save(CHANGED)
    assert caught.value.path == tmp_path / "relief" / "settings.json"


def test_what_would_not_be_read_again_is_not_written(tmp_path: Path) -> None:
    put(tmp_path, (json.dumps(GOOD | {"newer": "ä" * 30_000}, ensure_ascii=False)).encode())
    with pytest.raises(NotKept) as caught:
        store(tmp_path).save(CHANGED)
    assert caught.value.reason is NotKeptReason.TOO_LARGE


@pytest.mark.parametrize(
    ("key", "text", "value"),
    [
        ("leg", "left", Leg.LEFT),
        ("theme", " dark ", Theme.DARK),
        ("night_from", "23:59", "23:59"),
        ("sounds", "no", False),
        ("sounds", "ON", True),
        ("volume", "1", 1.0),
        ("voice", "off", VoiceMode.OFF),
        ("voice_volume", "0.3", 0.3),
        ("media_keys", "on", True),
        ("reduced_motion", "true", True),
        ("country", "us", "US"),
        ("skin_tone", "tone-6", SkinTone.TONE_6),
        ("country", "none", None),
        ("emergency_number", " +49110 ", "+49110"),
        ("emergency_number", "*31#112", "*31#112"),
        ("emergency_number", "none", None),
    ],
)
def test_settings_are_set_by_key(key: str, text: str, value: object) -> None:
    found = with_setting(CHANGED, key, text)
    assert getattr(found, key) == value
    assert type(getattr(found, key)) is type(value)
    assert all(getattr(found, other) == getattr(CHANGED, other) for other in KEYS if other != key)


@pytest.mark.parametrize(
    ("key", "text", "code"),
    [
        ("colour", "red", RefusalCode.UNKNOWN_KEY),
        ("leg", "both", RefusalCode.UNKNOWN_CHOICE),
        ("theme", "", RefusalCode.UNKNOWN_CHOICE),
        ("skin_tone", "tone-7", RefusalCode.UNKNOWN_CHOICE),
        ("night_from", "9pm", RefusalCode.WRONG_TYPE),
        ("sounds", "maybe", RefusalCode.WRONG_TYPE),
        ("volume", "loud", RefusalCode.WRONG_TYPE),
        ("volume", "1.5", RefusalCode.OUT_OF_RANGE),
        ("alarm_volume", "0.4", RefusalCode.OUT_OF_RANGE),
        ("chime_volume", "-0.1", RefusalCode.OUT_OF_RANGE),
        ("voice", "loud", RefusalCode.UNKNOWN_CHOICE),
        ("voice_volume", "1.5", RefusalCode.OUT_OF_RANGE),
        ("media_keys", "1", RefusalCode.WRONG_TYPE),
        ("volume", "nan", RefusalCode.NOT_FINITE),
        ("country", "Germany", RefusalCode.WRONG_TYPE),
        ("emergency_number", "", RefusalCode.WRONG_TYPE),
        ("emergency_number", "+*#", RefusalCode.WRONG_TYPE),
        ("emergency_number", "1234567890123456", RefusalCode.WRONG_TYPE),
        ("emergency_number", "112;ls", RefusalCode.WRONG_TYPE),
        ("emergency_number", "\u0661\u0661\u0662", RefusalCode.WRONG_TYPE),
    ],
)
def test_a_wrong_key_or_value_is_refused_by_code(key: str, text: str, code: RefusalCode) -> None:
    with pytest.raises(SettingRefused) as caught:
        with_setting(CHANGED, key, text)
    assert (caught.value.refusal.code, caught.value.refusal.field) == (code, key)


def test_the_keys_are_those_documented() -> None:
    assert KEYS == (
        "leg",
        "theme",
        "night_from",
        "night_until",
        "sounds",
        "volume",
        "reduced_motion",
        "country",
        "skin_tone",
        "emergency_number",
        "night_colour",
        "voice",
        "voice_volume",
        "tick_volume",
        "alarm_volume",
        "media_keys",
        "chime_volume",
    )


def test_values_are_said_as_a_person_would() -> None:
    said = [setting_text(CHANGED, key) for key in KEYS]
    rest = ["amber", "steps", "0.5", "0.4", "0.6", "yes", "0.3"]
    assert said == ["left", "night", "22:30", "06:15", "no", "0.25", "yes", "AU", "tone-5", "+110", *rest]
    assert setting_text(Settings(), "country") == "none"


def test_a_setting_goes_back_to_its_default() -> None:
    assert without_setting(CHANGED, "theme").theme is Theme.SYSTEM
    for unknown in (without_setting, setting_text):
        with pytest.raises(SettingRefused):
            unknown(CHANGED, "colour")


def test_a_change_leaves_alone_what_the_command_line_wrote_meanwhile(tmp_path: Path) -> None:
    file = store(tmp_path)
    mine = Settings(volume=0.4)
    file.save(mine._replace(country="GB", theme=Theme.DARK))
    kept = file.change(mine, mine._replace(theme=Theme.NIGHT))
    assert kept == file.load() == Settings(volume=0.4, country="GB", theme=Theme.NIGHT)


def test_a_change_never_puts_defaults_in_place_of_what_only_cannot_be_read(tmp_path: Path) -> None:
    file = tmp_path / "relief" / "settings.json"
    file.mkdir(parents=True)
    with pytest.raises(NotKept):
        store(tmp_path).change(Settings(), Settings(volume=0.1))
    assert file.is_dir()
