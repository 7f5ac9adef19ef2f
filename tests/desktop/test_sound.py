from __future__ import annotations

import shutil
import subprocess
import sys
import threading
import time
from array import array
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from relief_app.desktop import sound_output
from relief_app.desktop.sound import PAUSE_S, SOUND_NAMES, SoundPlayer, SoundProblem, SoundProblemCode
from relief_app.desktop.sound_device import DeviceError, MiniaudioDevice, SampleError, decode
from relief_app.desktop.sound_kinds import SoundKind
from relief_app.desktop.sound_mixer import Mixer
from tests.desktop.sound_fakes import Clock, FakeDevice
from tests.support.sound_server import SoundServer

SAMPLES = Path(__file__).resolve().parents[2] / "assets" / "sounds"
NO_DEVICE = SoundProblem(SoundProblemCode.NO_DEVICE)


def path_of(name: str) -> Path:
    return SAMPLES / f"{name}.wav"


def until(condition: Callable[[], object], *, deadline_s: float = 15.0) -> None:
    """Wait for `condition`, looking again and again; fail at the deadline."""
    end = time.monotonic() + deadline_s
    while not condition():
        assert time.monotonic() < end, "the condition did not come true"
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def no_thread_left() -> Iterator[None]:
    before = set(threading.enumerate())
    yield
    assert set(threading.enumerate()) == before


class Stage:
    """Players whose devices are made up; every player made here is closed after the test."""

    def __init__(self) -> None:
        self.devices: list[FakeDevice] = []
        self.said: list[tuple[SoundProblem, str]] = []
        self.players: list[SoundPlayer] = []
        self.broken = False

    def open(self) -> FakeDevice:
        if self.broken:
            raise DeviceError("no device")
        self.devices.append(FakeDevice())
        return self.devices[-1]

    def hear(self, problem: SoundProblem) -> None:
        self.said.append((problem, threading.current_thread().name))

    def player(
        self, find: Callable[[str], Path] = path_of, on_problem: Callable[[SoundProblem], None] | None = None
    ) -> SoundPlayer:
        player = SoundPlayer(find, on_problem=on_problem or self.hear, open_device=self.open, clock=Clock())
        self.players.append(player)
        return player

    def playing(self) -> bool:
        return bool(self.devices) and self.devices[-1].stream is not None


@pytest.fixture
def stage(monkeypatch: pytest.MonkeyPatch) -> Iterator[Stage]:
    monkeypatch.setattr(sound_output, "RETRY_AFTER_S", (0.0, 0.0, 0.0))
    stage = Stage()
    yield stage
    for player in stage.players:
        player.close()


def peak(samples: array[int]) -> int:
    return max(abs(sample) for sample in samples)


def test_a_sound_reaches_the_device_at_its_gain_and_volume(stage: Stage) -> None:
    player = stage.player()
    player.set_volume(SoundKind.CUE, 0.5)
    player.play("step_end", gain=0.5)
    until(stage.playing)
    assert peak(stage.devices[0].ask(1.0)) == pytest.approx(peak(decode(path_of("step_end"))) / 4, abs=2)
    assert (player.available, player.problem, stage.said) == (True, None, [])


def test_the_sounds_of_a_row_never_lie_over_one_another_and_one_that_is_missing_is_left_out(
    stage: Stage,
) -> None:
    player = stage.player()
    player.play_row(("tick", "no such sound", "halfway"))
    until(stage.playing)
    tick, halfway = decode(path_of("tick")), decode(path_of("halfway"))
    pause = array("h", bytes(2 * round(PAUSE_S * 44_100)))
    row = tick + pause + halfway
    assert stage.devices[0].ask(len(row) / 44_100) == row
    assert not any(stage.devices[0].ask(0.1))


def test_hushing_ends_what_sounds_and_what_was_asked_for_but_nothing_later(stage: Stage) -> None:
    player = stage.player()
    player.hush(SoundKind.CUE)
    assert stage.devices == []
    player.play("alarm")
    until(stage.playing)
    assert any(stage.devices[-1].ask(0.1))
    player.hush(SoundKind.CUE)
    player.play("eased", gain=lambda: 0.5)
    until(lambda: player._wishes.empty())
    device, eased = stage.devices[-1], decode(path_of("eased"))
    until(lambda: any(device.ask(0.1)[-2_000:]))
    late = [int(sample * 0.5) for sample in eased]
    heard = device.ask(0.1).tolist()
    assert any(late[start : start + len(heard)] == heard for start in range(0, 44_100 * 2, 4_410))


def test_play_returns_at_once_while_the_device_is_being_opened(stage: Stage) -> None:
    opening, go_on = threading.Event(), threading.Event()

    def slow() -> FakeDevice:
        opening.set()
        assert go_on.wait(30)
        return FakeDevice()

    player = SoundPlayer(path_of, open_device=slow)
    stage.players.append(player)
    took_s = []
    for _ in range(20):
        before = time.perf_counter()
        player.play("tick")
        took_s.append(time.perf_counter() - before)
        if len(took_s) == 1:
            assert opening.wait(30)
    go_on.set()
    assert sorted(took_s)[10] < 0.002  # the median: a busy machine may hold back single ones


def test_without_a_device_the_problem_is_said_once_from_the_worker(stage: Stage) -> None:
    stage.broken = True
    player = stage.player()
    for _ in range(3):
        player.play("tick")
    until(lambda: (player.available, player.problem) == (False, NO_DEVICE))
    stage.broken = False
    player.play("tick")
    until(lambda: (player.available, player.problem) == (True, None))
    player.close()
    assert stage.said == [(NO_DEVICE, "relief-sound")]


def test_unreadable_samples_are_silent_and_said_once_and_the_others_play(
    stage: Stage, tmp_path: Path
) -> None:
    (tmp_path / "tick.wav").write_bytes(b"RIFF....WAVEdamaged")
    shutil.copy(path_of("eased"), tmp_path)
    player = stage.player(lambda name: tmp_path / f"{name}.wav")
    for name in ("tick", "tick", "alarm", "eased"):
        player.play(name)
    until(stage.playing)
    damaged = SoundProblem(SoundProblemCode.SAMPLE_UNREADABLE, "tick")
    assert stage.said == [(damaged, "relief-sound")]
    assert (player.available, player.problem) == (True, damaged)
    assert peak(stage.devices[0].ask(3.0)) == peak(decode(path_of("eased")))


def test_a_finder_or_a_listener_that_raises_does_not_silence_the_rest(stage: Stage) -> None:
    def find(name: str) -> Path:
        return {"tick": path_of("tick")}[name]

    def listen(problem: SoundProblem) -> None:
        raise RuntimeError("a fault of the listener")

    player = stage.player(find, listen)
    player.play("no such sound")
    player.play("tick")
    until(stage.playing)
    assert player.problem == SoundProblem(SoundProblemCode.SAMPLE_UNREADABLE, "no such sound")


def test_muting_silences_what_sounds_and_opens_nothing(stage: Stage) -> None:
    player = stage.player()
    player.muted = True
    player.play("tick")
    player.muted = False
    player.play("eased")
    until(stage.playing)
    player.muted = True
    stage.devices[0].ask(0.05)  # the slope down
    assert peak(stage.devices[0].ask(0.5)) == 0
    player.muted = False
    stage.devices[0].ask(0.05)
    assert peak(stage.devices[0].ask(0.5)) > 1000
    assert len(stage.devices) == 1


def test_at_volume_zero_no_thread_is_begun(stage: Stage) -> None:
    before = threading.active_count()
    player = stage.player()
    player.set_volume(SoundKind.CUE, -1.0)
    assert player.volume(SoundKind.CUE) == 0.0
    player.play("tick")
    assert threading.active_count() == before
    player.set_volume(SoundKind.CUE, 7.0)
    assert player.volume(SoundKind.CUE) == 1.0


def test_preparing_reads_every_sound_and_opens_no_device(stage: Stage) -> None:
    asked: list[str] = []

    def find(name: str) -> Path:
        asked.append(name)
        return path_of(name)

    player = stage.player(find)
    player.prepare()
    until(lambda: asked == list(SOUND_NAMES))
    player.close()
    assert stage.devices == []


def test_closing_ends_everything_and_can_be_repeated(stage: Stage) -> None:
    player = stage.player()
    player.close()
    player.play("tick")
    second = stage.player()
    second.play("eased")
    until(stage.playing)
    second.close()
    second.close()
    second.play("tick")
    assert [device.closed for device in stage.devices] == [True]


def test_decoding_says_which_file_is_unreadable(tmp_path: Path) -> None:
    (tmp_path / "empty.wav").write_bytes(b"")
    for name in ("empty.wav", "missing.wav", "."):
        with pytest.raises(SampleError, match=r"\w"):
            decode(tmp_path / name)


def test_importing_the_player_brings_in_neither_qt_nor_miniaudio() -> None:
    code = (
        "import sys, relief_app.desktop.sound; print({'PySide6', 'miniaudio', 'ctypes'} & set(sys.modules))"
    )
    assert subprocess.check_output([sys.executable, "-c", code], text=True) == "set()\n"


# --- for real, on a sound server of the test's own


@pytest.fixture
def real() -> Iterator[SoundPlayer]:
    player = SoundPlayer(path_of)
    yield player
    player.close()


def test_a_sound_arrives_at_the_sink_and_the_silent_device_is_given_back(
    server: SoundServer, real: SoundPlayer
) -> None:
    real.play("step_end")
    until(lambda: server.hears(659))
    assert "Relief" in (server.ask("list", "clients") or "")
    assert not server.hears(587)
    real.play("halfway")
    until(lambda: server.hears(587))
    until(lambda: "Relief" not in (server.ask("list", "clients") or "Relief"))
    assert (real.available, real.problem) == (True, None)


def test_it_plays_again_after_the_server_was_killed_in_the_middle_of_a_sound(
    server: SoundServer, real: SoundPlayer
) -> None:
    real.play("eased")
    until(lambda: server.hears(392))
    server.kill()
    server.start()
    real.play("step_end")
    until(lambda: server.hears(659), deadline_s=30)
    assert (real.available, real.problem) == (True, None)


def test_a_server_that_comes_later_is_found(server: SoundServer, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ALSA_CONFIG_PATH", "/nonexistent")
    monkeypatch.setattr(sound_output, "RETRY_AFTER_S", (0.0, 0.0, 0.0))
    said: list[SoundProblem] = []
    server.kill()
    player = SoundPlayer(path_of, on_problem=said.append)
    player.play("step_end")
    until(lambda: not player.available)
    server.start()
    player.play("step_end")
    until(lambda: server.hears(659))
    player.close()
    assert (player.available, said) == (True, [NO_DEVICE])


def test_opening_and_closing_leaks_no_connection(server: SoundServer) -> None:
    def cycle() -> int:
        device = MiniaudioDevice()
        device.start(Mixer().stream())
        device.close()
        return len(list(Path("/proc/self/fd").iterdir()))

    first = cycle()
    assert {cycle() for _ in range(10)} == {first}


def test_without_any_device_nothing_reaches_the_terminal(tmp_path: Path) -> None:
    code = """if True:
        import sys, threading
        from pathlib import Path
        from relief_app.desktop import sound, sound_output
        sound_output.RETRY_AFTER_S = (0.0, 0.0, 0.0)
        said = threading.Event()
        player = sound.SoundPlayer(lambda n: Path(sys.argv[1], n + ".wav"), on_problem=lambda p: said.set())
        player.play("tick")
        print(said.wait(20), player.problem.code)
        player.close()
        print(threading.active_count())
    """
    environment = {"PULSE_SERVER": f"unix:{tmp_path}/none", "ALSA_CONFIG_PATH": f"{tmp_path}/none"}
    command = [sys.executable, "-c", code, str(SAMPLES)]
    done = subprocess.run(command, check=False, env=environment, capture_output=True, text=True, timeout=60)
    assert (done.stdout, done.stderr, done.returncode) == ("True no_sound_device\n1\n", "", 0)
