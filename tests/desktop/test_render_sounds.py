import array
import wave
from pathlib import Path

import numpy as np
import numpy.typing as npt
import pytest

from relief_app.desktop.alarm_sound import ALARM_NAMES
from relief_app.desktop.sound import CHIME, SOUND_NAMES
from tools import render_sounds

FOLDER = render_sounds.SOUNDS_FOLDER
RATE_HZ = 44_100
ALL_NAMES = (*SOUND_NAMES, CHIME, *ALARM_NAMES)
PITCHES_HZ = {
    "get_ready": 440,
    "tick": 880,
    "halfway": 587,
    "step_end": 659,
    "set_end": 784,
    "finished": 1047,
    "alarm": 520,
    "eased": 262,
    "chime": 880,
    "pack_alarm": 392,
    "pack_test": 392,
}
LENGTHS_S = {
    "get_ready": 0.75,
    "tick": 0.09,
    "halfway": 0.45,
    "step_end": 0.85,
    "set_end": 1.17,
    "finished": 1.90,
    "alarm": 1.46,
    "eased": 2.50,
    "chime": 1.55,
    "pack_alarm": 2.60,
    "pack_test": 1.00,
}

Samples = npt.NDArray[np.float64]


def load(name: str) -> Samples:
    """The committed sample in -1..1; its format is checked on the way."""
    with wave.open(str(FOLDER / f"{name}.wav"), "rb") as file:
        assert (file.getnchannels(), file.getsampwidth(), file.getframerate()) == (1, 2, RATE_HZ)
        return np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float) / 32_768


def dominant_hz(samples: Samples) -> float:
    size = 2**17
    return float(np.abs(np.fft.rfft(samples, size)).argmax() * RATE_HZ / size)


def test_every_sound_has_a_sample_and_nothing_else_lies_there() -> None:
    assert set(render_sounds.SOUNDS) == set(ALL_NAMES)
    assert {path.name for path in FOLDER.iterdir()} == {f"{name}.wav" for name in ALL_NAMES}


@pytest.mark.parametrize("name", ALL_NAMES)
def test_the_sample_is_what_its_score_renders_to(name: str, tmp_path: Path) -> None:
    assert render_sounds.write(name, tmp_path).read_bytes() == (FOLDER / f"{name}.wav").read_bytes()


def test_the_command_writes_every_sound(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    render_sounds.main([str(tmp_path / "new")])
    assert len(list((tmp_path / "new").glob("*.wav"))) == len(ALL_NAMES)
    assert len(capsys.readouterr().out.splitlines()) == len(ALL_NAMES)


@pytest.mark.parametrize("name", ALL_NAMES)
def test_the_sample_has_its_pitch_and_length(name: str) -> None:
    samples = load(name)
    assert dominant_hz(samples) == pytest.approx(PITCHES_HZ[name], rel=0.02)
    assert len(samples) / RATE_HZ == pytest.approx(LENGTHS_S[name], abs=0.001)


def test_no_two_sounds_can_be_taken_for_each_other() -> None:
    pitches = sorted(dominant_hz(load(name)) for name in (*SOUND_NAMES, "pack_alarm"))
    semitones = 12 * np.log2(np.array(pitches[1:]) / np.array(pitches[:-1]))
    assert semitones.min() > 1.9


@pytest.mark.parametrize("name", SOUND_NAMES)
def test_the_sample_is_calm(name: str) -> None:
    samples = load(name)
    peak_dbfs = 20 * np.log10(np.abs(samples).max())
    assert -20 < peak_dbfs <= -6
    assert samples[0] == samples[-1] == 0
    assert np.abs(samples[: RATE_HZ // 1000]).max() < 0.1 * np.abs(samples).max()  # a soft first millisecond
    assert abs(samples.mean()) < 0.001
    assert (FOLDER / f"{name}.wav").stat().st_size < 256 * 1024


@pytest.mark.parametrize("name", ALL_NAMES)
def test_no_click_hides_in_the_sample(name: str) -> None:
    """A click is a step between samples that is steeper than the highest partial at full level can be."""
    highest = max(n.pitch_hz * len(n.partials) for n in render_sounds.SOUNDS[name].notes)
    samples = load(name)
    steepest = 2 * np.pi * highest / RATE_HZ * np.abs(samples).max()
    assert np.abs(np.diff(samples)).max() < steepest


def test_the_alarm_is_three_pulses_that_rise_slowly_and_the_loudest_of_all() -> None:
    blocks = np.abs(load("alarm")[: RATE_HZ // 100 * 146].reshape(-1, RATE_HZ // 100)).max(axis=1)
    loud = blocks > 0.1 * blocks.max()
    assert int((np.diff(loud.astype(int)) == 1).sum()) + int(loud[0]) == 3
    assert int((blocks > 0.9 * blocks.max()).argmax()) >= 5  # 50 ms from the first sound to nine tenths
    energy = {name: float(np.square(load(name)).mean()) for name in SOUND_NAMES}
    assert max(energy, key=energy.__getitem__) == "alarm"


def test_the_packs_alarm_alternates_two_tones_and_its_test_sounds_alike() -> None:
    rounds, once = load("pack_alarm"), load("pack_test")
    tenths = rounds[: RATE_HZ // 10 * 19].reshape(19, -1) * np.hanning(RATE_HZ // 10)
    pitches = [round(dominant_hz(tenth) / 392, 1) for tenth in tenths]
    assert pitches == [1.0] * 5 + [1.3] * 4 + [0.0] + [1.0] * 5 + [1.3] * 4
    assert np.abs(rounds[RATE_HZ * 19 // 10 + 1 :]).max() == 0  # a rest, in which one can think
    assert np.abs(once[: RATE_HZ * 9 // 10] - rounds[: RATE_HZ * 9 // 10]).max() < 0.01
    assert -4.0 < 20 * np.log10(np.abs(rounds).max()) <= -3.0


def test_eased_falls_and_finished_rises() -> None:
    def melody(name: str) -> list[float]:
        samples = load(name)
        starts = [note.start_s for note in render_sounds.SOUNDS[name].notes]
        chunks = [samples[int((s + 0.03) * RATE_HZ) :][: RATE_HZ // 6] for s in starts]
        return [dominant_hz(chunk * np.hanning(len(chunk))) for chunk in chunks]

    assert melody("eased")[0] > 1.4 * melody("eased")[-1]
    assert melody("finished")[0] < 0.6 * melody("finished")[-1]


def test_a_note_is_silent_at_both_ends() -> None:
    note = render_sounds.Note(0.0, 440.0, 0.5)
    assert render_sounds.loudness(note, 0.0) == render_sounds.loudness(note, 0.5) == 0.0
    assert isinstance(render_sounds.render(render_sounds.Sound((note,))), array.array)
