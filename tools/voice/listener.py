"""Somebody who has never heard the voice: a small speech recogniser that knows only what may be said.

It is used to choose among takes while rendering, and by the test of all clips.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from tools.voice.loudness import Samples
from tools.voice.texts import words_of

RATE_HZ = 16_000
SILENCE_S = 0.3

PRONOUNCED = {"salicylate": "S AH L IH S AH L EY T"}
"""Words that the recogniser's dictionary lacks, in its own alphabet."""


class Listener:
    """Decides which of `texts` it hears, or which `several` after one another.

    Its dictionary and its model of sounds come with it.
    """

    def __init__(self, texts: Iterable[str], *, several: bool = False) -> None:
        from pocketsphinx import Decoder

        sentences = {words_of(text) for text in texts}
        self._decoder: Any = Decoder(samprate=RATE_HZ, lm=None, loglevel="FATAL")
        for word in {word for sentence in sentences for word in sentence} & set(PRONOUNCED):
            self._decoder.add_word(word, PRONOUNCED[word])
        cues = " | ".join(sorted(" ".join(sentence) for sentence in sentences))
        rule = f"({cues})+" if several else cues
        self._decoder.add_jsgf_string("cues", f"#JSGF V1.0;\ngrammar cues;\npublic <cue> = {rule};\n")
        self._decoder.activate_search("cues")
        self._level = self._decoder.get_cmn(update=False)

    def hear(self, samples: Samples) -> tuple[str, ...]:
        """Return the words heard in `samples` (-1..1 at RATE_HZ); what was heard before changes nothing."""
        silence = np.zeros(int(SILENCE_S * RATE_HZ))
        pcm = (np.concatenate([silence, samples, silence]) * 32_767).astype("<i2").tobytes()
        self._decoder.set_cmn(self._level)
        self._decoder.start_utt()
        self._decoder.process_raw(pcm, full_utt=True)
        self._decoder.end_utt()
        heard = self._decoder.hyp()
        return () if heard is None else tuple(heard.hypstr.split())

    def understands(self, samples: Samples, text: str) -> bool:
        """Return whether `samples` are heard as `text`."""
        return self.hear(samples) == words_of(text)
