"""Clips: speech trimmed, brought to one loudness, and written as small files with an index."""

from __future__ import annotations

import hashlib
import json
import subprocess
from collections.abc import Sequence
from pathlib import Path
from typing import Any, NamedTuple

import numpy as np

from tools.voice.loudness import Samples, loudness_lufs, peak_dbfs, speech
from tools.voice.texts import digest, slug

FOLDER = Path(__file__).resolve().parents[2] / "assets" / "voice" / "en"
INDEX = "index.json"
FORMAT = 1

LOUDNESS_LUFS = -20.0
TOLERANCE_LU = 0.5
PEAK_DBFS = -5.0
"""No sample is louder before encoding, which adds a little: -3 dBFS is the limit."""

LEAD_S, TAIL_S = 0.02, 0.06
"""So much is left of the silence before and after the speech."""
SENTENCE_PAUSE_S = 0.35
EDGE_S = 0.01


class Rendered(NamedTuple):
    """What the index says of a clip; `texts` are read alike, `words` is the digest of how."""

    id: str
    texts: tuple[str, ...]
    words: str
    seconds: float
    loudness_lufs: float
    peak_dbfs: float
    sha256: str


def by_clip(texts: Sequence[str]) -> dict[str, tuple[str, ...]]:
    """Return the ids of all clips that `texts` need, each with the texts that are read alike."""
    found: dict[str, list[str]] = {}
    for text in texts:
        found.setdefault(slug(text), []).append(text)
    return {clip: tuple(alike) for clip, alike in found.items()}


def mastered(sentences: Sequence[Samples], rate_hz: int) -> Samples:
    """Return `sentences` as one clip: trimmed, with calm pauses, at LOUDNESS_LUFS, under PEAK_DBFS."""
    pause = np.zeros(int(SENTENCE_PAUSE_S * rate_hz))
    parts: list[Samples] = []
    for sentence in sentences:
        parts += [_trimmed(sentence, rate_hz), pause]
    whole = np.concatenate(parts[:-1])
    for _ in range(4):  # holding the peaks down costs loudness, which is given back
        whole = _held(whole * 10 ** ((LOUDNESS_LUFS - loudness_lufs(whole, rate_hz)) / 20), rate_hz)
    return whole


def write(samples: Samples, rate_hz: int, path: Path) -> None:
    """Write `samples` as Ogg Vorbis; needs ffmpeg, raises CalledProcessError."""
    pcm = (np.clip(samples, -1.0, 1.0) * 32_767).astype("<i2").tobytes()
    source = ["-f", "s16le", "-ar", str(rate_hz), "-ac", "1", "-i", "-"]
    coder = ["-c:a", "libvorbis", "-q:a", "3", "-map_metadata", "-1", "-fflags", "+bitexact"]
    command = ["ffmpeg", "-loglevel", "error", "-y", *source, *coder, "-flags:a", "+bitexact", str(path)]
    subprocess.run(command, input=pcm, check=True)


def read(path: Path, rate_hz: int) -> Samples:
    """Return the clip in `path` as the program decodes it: mono, -1..1."""
    import miniaudio

    decoded: Any = miniaudio.decode(path.read_bytes(), nchannels=1, sample_rate=rate_hz)
    return np.array(decoded.samples, np.float64) / 32_768


def measured(clip: str, texts: tuple[str, ...], path: Path, rate_hz: int) -> Rendered:
    """Return the entry of the index for the clip in `path`."""
    samples = read(path, rate_hz)
    return Rendered(
        id=clip,
        texts=texts,
        words=digest(texts[0]),
        seconds=round(len(samples) / rate_hz, 3),
        loudness_lufs=round(loudness_lufs(samples, rate_hz), 2),
        peak_dbfs=round(peak_dbfs(samples), 2),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def load_index(folder: Path = FOLDER) -> dict[str, Rendered]:
    """Return the clips by id; nothing where there is no index yet."""
    path = folder / INDEX
    if not path.exists():
        return {}
    entries = json.loads(path.read_text(encoding="utf-8"))["clips"]
    return {each["id"]: Rendered(**{**each, "texts": tuple(each["texts"])}) for each in entries}


def save_index(clips: Sequence[Rendered], about: dict[str, object], folder: Path = FOLDER) -> None:
    """Write the index: `about` the voice, and every clip in the order of the catalogue."""
    content = {"format": FORMAT, **about, "clips": [clip._asdict() for clip in clips]}
    text = json.dumps(content, ensure_ascii=False, indent=1)
    (folder / INDEX).write_text(text + "\n", encoding="utf-8")


def _trimmed(sentence: Samples, rate_hz: int) -> Samples:
    """Return `sentence` without the silence around it, its edges soft."""
    start, end = speech(sentence, rate_hz)
    part = sentence[max(0, start - int(LEAD_S * rate_hz)) : end + int(TAIL_S * rate_hz)].copy()
    edge = np.linspace(0.0, 1.0, int(EDGE_S * rate_hz))
    part[: len(edge)] *= edge
    part[-len(edge) :] *= edge[::-1]
    return part


def _held(samples: Samples, rate_hz: int) -> Samples:
    """Return `samples` with peaks over PEAK_DBFS turned down smoothly, 5 ms around each of them."""
    ceiling = 10 ** (PEAK_DBFS / 20)
    size = int(0.005 * rate_hz) * 2 + 1
    wanted = np.minimum(1.0, ceiling / np.maximum(np.abs(samples), 1e-9))
    padded = np.pad(wanted, size - 1, constant_values=1.0)
    lowest = np.lib.stride_tricks.sliding_window_view(padded, size).min(axis=1)
    window = np.hanning(size + 2)[1:-1]
    gain = np.convolve(lowest, window / window.sum(), mode="valid")
    return np.asarray(samples * gain)
