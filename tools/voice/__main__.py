"""Renders the clips that are missing or whose text has changed, and takes away those no text needs.

`python -m tools.voice VOICE [--all]`; VOICE is the file of a Kokoro voice, see README.md.
"""

from __future__ import annotations

import argparse
from pathlib import Path

from tools.voice import clips
from tools.voice.listener import RATE_HZ, Listener
from tools.voice.texts import digest, every_text, read_aloud

SUFFIX = ".ogg"
SPEEDS = (0.9, 0.95, 0.85, 1.0, 0.8)
"""The engine's own pace is 1; a little slower is calm, and clear for someone half asleep."""
ABOUT: dict[str, object] = {
    "language": "en",
    "voice": "Kokoro-82M v1.0, am_michael",
    "licence": "Apache-2.0",
    "loudness_lufs": clips.LOUDNESS_LUFS,
}


def main(argv: list[str] | None = None) -> None:
    """Render what is to be rendered and say what became of it."""
    parser = argparse.ArgumentParser(prog="python -m tools.voice", description=__doc__)
    parser.add_argument("voice", type=Path, help="the file of a Kokoro voice, as in am_michael.bin")
    parser.add_argument("--all", action="store_true", help="render every clip anew")
    parser.add_argument("--folder", type=Path, default=clips.FOLDER)
    chosen = parser.parse_args(argv)
    chosen.folder.mkdir(parents=True, exist_ok=True)
    known = {} if chosen.all else clips.load_index(chosen.folder)
    wanted = clips.by_clip(every_text())
    entries = _render(wanted, known, chosen.voice, chosen.folder)
    clips.save_index(entries, ABOUT, chosen.folder)
    _take_away(set(wanted), chosen.folder)
    size = sum(path.stat().st_size for path in chosen.folder.iterdir())
    seconds = sum(entry.seconds for entry in entries)
    print(f"{len(entries)} clips, {seconds:.0f} s, {size / 1024:.0f} KiB")


def _render(
    wanted: dict[str, tuple[str, ...]], known: dict[str, clips.Rendered], voice: Path, folder: Path
) -> list[clips.Rendered]:
    studio: _Studio | None = None
    entries = []
    for clip, texts in wanted.items():
        path = folder / f"{clip}{SUFFIX}"
        if path.exists() and clip in known and known[clip].words == digest(texts[0]):
            entries.append(known[clip]._replace(texts=texts))
            continue
        studio = studio or _Studio(voice, [texts[0] for texts in wanted.values()])
        entries.append(studio.clip(clip, texts, path))
        print(f"{clip}: {entries[-1].seconds:.2f} s, {entries[-1].loudness_lufs} LUFS", flush=True)
    return entries


class _Studio:
    """An engine that reads and a listener that has to understand it."""

    def __init__(self, voice: Path, texts: list[str]) -> None:
        from tools.voice.engine import SAMPLE_RATE_HZ, Engine

        self._engine, self._rate_hz = Engine(voice), SAMPLE_RATE_HZ
        self._listener = Listener(texts)

    def clip(self, clip: str, texts: tuple[str, ...], path: Path) -> clips.Rendered:
        """Write the first take that is understood, the usual pace first; SystemExit where none is."""
        for speed in SPEEDS:
            samples = clips.mastered(self._engine.sentences(read_aloud(texts[0]), speed=speed), self._rate_hz)
            clips.write(samples, self._rate_hz, path)
            if self._listener.understands(clips.read(path, RATE_HZ), texts[0]):
                return clips.measured(clip, texts, path, self._rate_hz)
        path.unlink()
        raise SystemExit(f"no take of {texts[0]!r} is understood: say it in other words")


def _take_away(wanted: set[str], folder: Path) -> None:
    for path in folder.glob(f"*{SUFFIX}"):
        if path.stem not in wanted:
            path.unlink()
            print(f"{path.stem}: no text needs it")


if __name__ == "__main__":
    main()
