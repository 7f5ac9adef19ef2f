from pathlib import Path

import pytest

from relief_app.desktop.sink import SinkState, sink_state, state_of
from tests.support.sound_server import SoundServer

STEREO = "Volume: front-left: %s / %s%% / -6.00 dB,   front-right: %s / %s%% / -6.00 dB\n"


@pytest.mark.parametrize(
    ("mute", "volume", "state"),
    [
        ("Mute: no\n", STEREO % (32768, 50, 32768, 50), SinkState.OPEN),
        ("Mute: no\n", STEREO % (0, 0, 32768, 50), SinkState.OPEN),
        ("Mute: no\n", STEREO % (0, 0, 0, 0), SinkState.AT_ZERO),
        ("Mute: yes\n", STEREO % (0, 0, 0, 0), SinkState.MUTED),
        ("Mute: yes\n", "", SinkState.MUTED),
        ("", "", SinkState.UNKNOWN),
        ("Mute: no\n", "nothing known", SinkState.UNKNOWN),
        ("", STEREO % (32768, 50, 32768, 50), SinkState.UNKNOWN),
    ],
)
def test_what_the_server_answers_is_understood(mute: str, volume: str, state: SinkState) -> None:
    assert state_of(mute, volume) is state


def test_a_real_sink_tells_its_state(server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    assert sink_state() is SinkState.OPEN
    server.ask("set-sink-volume", "relief", "0")
    assert sink_state() is SinkState.AT_ZERO
    server.ask("set-sink-mute", "relief", "1")
    assert sink_state() is SinkState.MUTED
    server.ask("load-module", "module-null-sink", "sink_name=auto_null")
    server.ask("set-default-sink", "auto_null")
    assert sink_state() is SinkState.NOBODY
    server.kill()
    assert sink_state() is SinkState.UNKNOWN
    monkeypatch.setenv("PATH", "/nonexistent")
    assert sink_state() is SinkState.UNKNOWN


def test_a_server_that_never_answers_is_not_waited_for(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    program = tmp_path / "pactl"
    program.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    program.chmod(0o700)
    monkeypatch.setenv("PATH", f"{tmp_path}:/usr/bin:/bin")
    monkeypatch.setattr("relief_app.desktop.sink.ASK_S", 0.1)
    assert sink_state() is SinkState.UNKNOWN
