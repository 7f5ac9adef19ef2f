"""Renew the reference pictures in tests/pictures/reference and lay old beside new in one sheet."""

import time
from collections.abc import Iterator
from typing import NamedTuple

import numpy as np
from PIL import Image, ImageDraw

from tests.support.pixels import Pixels
from tests.support.reference_pictures import BUILD, FOLDER, REFERENCES, ROOT, difference, save

SHEET = BUILD / "sheet.png"
_SIDE, _LINE, _GAP, _COLUMNS = 150, 14, 6, 6
_GROUND, _WORDS, _CHANGED = "#808080", "#ffffff", "#ff00ff"


class Pair(NamedTuple):
    """A picture as it was kept, None where it is new, and as it is painted now."""

    name: str
    old: Pixels | None
    new: Pixels

    @property
    def word(self) -> str:
        """What became of it: "" where nothing did."""
        if self.old is None:
            return "new"
        found = difference(self.old, self.new)
        return "" if found.is_allowed else str(found)


def renew() -> list[Pair]:
    """Paint everything, and write what is new or has changed. What has not keeps its file as it is."""
    pairs = [Pair(reference.name, reference.kept(), reference.paint()) for reference in REFERENCES]
    for pair in pairs:
        if pair.word:
            save(pair.new, FOLDER / f"{pair.name}.png")
    return pairs


def drop_strangers() -> Iterator[str]:
    """Remove what is kept and no longer on the list; gives the names."""
    names = {reference.path.name for reference in REFERENCES}
    for path in sorted(FOLDER.iterdir()):
        if path.name not in names:
            path.unlink()
            yield path.name


def sheet(pairs: list[Pair]) -> Image.Image:
    """All pairs, old on the left and new on the right; a frame round what is new or has changed."""
    wide, high = 2 * _SIDE + 2 * _GAP, _SIDE + _LINE + 2 * _GAP
    rows = -(-len(pairs) // _COLUMNS)
    image = Image.new("RGB", (_COLUMNS * wide, rows * high), _GROUND)
    for number, pair in enumerate(pairs):
        row, column = divmod(number, _COLUMNS)
        _lay(image, pair, column * wide, row * high)
    return image


def _lay(image: Image.Image, pair: Pair, left: int, top: int) -> None:
    draw = ImageDraw.Draw(image)
    draw.text((left + _GAP, top + 1), pair.name, fill=_CHANGED if pair.word else _WORDS)
    for place, pixels in enumerate((pair.old, pair.new)):
        if pixels is not None:
            image.paste(_small(pixels), (left + _GAP + place * _SIDE, top + _LINE + _GAP))
    if pair.word:
        draw.rectangle(
            (left, top, left + 2 * _SIDE + 2 * _GAP - 2, top + _SIDE + _LINE + 8), outline=_CHANGED
        )


def _small(pixels: Pixels) -> Image.Image:
    image = Image.fromarray(np.ascontiguousarray(pixels))
    image.thumbnail((_SIDE - _GAP, _SIDE), Image.Resampling.LANCZOS)
    return image


def main() -> None:
    """Renew, say what changed, and lay the sheet."""
    began = time.monotonic()
    FOLDER.mkdir(exist_ok=True)
    pairs = renew()
    for pair in pairs:
        if pair.word:
            print(f"{pair.name}: {pair.word}")
    for name in drop_strangers():
        print(f"{name}: removed, it is not on the list")
    BUILD.mkdir(parents=True, exist_ok=True)
    sheet(pairs).save(SHEET)
    changed = sum(bool(pair.word) for pair in pairs)
    print(f"{len(pairs)} pictures, {changed} new or changed, {time.monotonic() - began:.0f} s")
    print(SHEET.relative_to(ROOT))


if __name__ == "__main__":
    main()
