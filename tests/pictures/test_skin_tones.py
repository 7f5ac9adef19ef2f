"""The tones of skin: even steps, each with its light and shade, and none at night or in print."""

import itertools

import pytest

from relief_app.core.preferences import SkinTone
from relief_app.pictures.palette import PALETTES, palette

COLOURED = ("light", "dark")


def lightness(colour: str) -> float:
    """CIE L* (0 to 100) of "#rrggbb"."""
    red, green, blue = (value / 255 for value in bytes.fromhex(colour[1:]))
    linear = [c / 12.92 if c <= 0.04045 else ((c + 0.055) / 1.055) ** 2.4 for c in (red, green, blue)]
    luminance: float = sum(w * c for w, c in zip((0.2126, 0.7152, 0.0722), linear, strict=True))
    return 116 * float(luminance ** (1 / 3)) - 16


@pytest.mark.parametrize("theme", COLOURED)
def test_the_tones_are_even_steps_from_light_to_dark(theme: str) -> None:
    steps = [lightness(palette(theme, tone)["skin"]) for tone in SkinTone]
    falls = [one - other for one, other in itertools.pairwise(steps)]
    assert max(falls) - min(falls) < 1.5
    assert min(falls) > 6


@pytest.mark.parametrize("theme", COLOURED)
@pytest.mark.parametrize("tone", SkinTone)
def test_skin_keeps_its_order_of_light_and_shade(theme: str, tone: SkinTone) -> None:
    colours = palette(theme, tone)
    order = ["skin_light", "skin", "skin_soft", "skin_shade", "skin_line", "ink"]
    steps = [lightness(colours[role]) for role in order]
    assert all(one > other + 1 for one, other in itertools.pairwise(steps)), dict(
        zip(order, steps, strict=True)
    )


@pytest.mark.parametrize("theme", PALETTES)
@pytest.mark.parametrize("tone", SkinTone)
def test_a_tone_changes_skin_and_nothing_that_is_not_seen_with_it(theme: str, tone: SkinTone) -> None:
    usual, toned = PALETTES[theme], palette(theme, tone)
    changed = {role for role in usual if usual[role] != toned[role]}
    assert usual.keys() == toned.keys()
    assert all(role.startswith("skin") or role in ("hair", "ink") for role in changed)
    if theme not in COLOURED or tone is SkinTone.TONE_3:
        assert not changed


def test_no_theme_no_palette() -> None:
    with pytest.raises(KeyError):
        palette("pink", SkinTone.TONE_1)
