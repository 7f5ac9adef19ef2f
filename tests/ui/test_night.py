"""Every pixel of every page by night, in both its colours; and as much contrast as there can be."""

import numpy as np
import pytest

from relief_app.core.preferences import NightColour, Settings
from relief_app.pictures.palette import AMBER as AMBER_PICTURES
from relief_app.pictures.palette import GREEN_OF_AMBER, amber
from relief_app.pictures.palette import NIGHT as NIGHT_PICTURES
from relief_app.ui.theme import AMBER, NIGHT, Theme
from tests.support.figures import RecordFigure
from tests.support.film import LIGHT, SHARES, measure
from tests.ui.conftest import MakeStage
from tests.ui.scenes import SCENES, play
from tests.ui.stage import Stage, channels

BRIGHTEST = 0.04
READ = 200
"""Red, of 255, of something that can be read."""
ROUNDED = 6
"""So far, of 255, green may be from its share of red where many layers lie over each other."""
SHARE = {NightColour.RED: 0.0, NightColour.AMBER: GREEN_OF_AMBER}
SIZES = ((1280, 800), (480, 640))
TEXTS = ("text", "muted", "primary_text", "warning_text", "focus")
LEAST = 4.5
BEST = {NightColour.RED: 5.25, NightColour.AMBER: 7.5}
"""Contrast of the brightest red, and of amber with so much green, on black."""


def at_night(make_stage: MakeStage, scene: str, size: tuple[int, int], colour: NightColour) -> Stage:
    settings = dict(SCENES[scene].how).get("settings", Settings())
    assert isinstance(settings, Settings)
    stage = play(make_stage, scene, size, forced="night", settings=settings._replace(night_colour=colour))
    if stage.window.theme_name != "night":  # another theme is chosen in the scene
        stage.window.toggle_night()
    return stage


@pytest.mark.parametrize("colour", NightColour)
@pytest.mark.parametrize("size", SIZES)
def test_no_pixel_of_any_page_has_another_colour(
    make_stage: MakeStage, size: tuple[int, int], colour: NightColour, record_figure: RecordFigure
) -> None:
    brightest = (0.0, "")
    for scene in SCENES:
        stage = at_night(make_stage, scene, size, colour)
        image = stage.picture()
        blue, green, red = np.moveaxis(channels(image), 2, 0)
        assert blue.max() == 0, scene
        assert float(np.abs(green - SHARE[colour] * red).max()) <= (ROUNDED if SHARE[colour] else 0), scene
        assert red.max() > READ or scene.startswith("bedside"), scene
        brightest = max(brightest, (measure(bytes(image.constBits())).luminance, scene))
        stage.close()
    record_figure(f"brightest page by night, {colour}", 100 * brightest[0], keep="most", unit=" %")
    assert brightest[0] < BRIGHTEST, brightest


def luminance(colour: str) -> float:
    """Relative luminance, 0 to 1, as WCAG 2.2 defines it."""
    return float(
        sum(
            share * LIGHT[value]
            for share, value in zip(reversed(SHARES), bytes.fromhex(colour[1:]), strict=True)
        )
    )


def contrast(one: str, other: str) -> float:
    """Contrast ratio, 1 to 21, as WCAG 2.2 defines it."""
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


@pytest.mark.parametrize(("theme", "colour"), [(NIGHT, NightColour.RED), (AMBER, NightColour.AMBER)])
def test_what_is_read_stands_out_as_far_as_the_colour_allows(theme: Theme, colour: NightColour) -> None:
    assert contrast(theme.text, theme.window) >= BEST[colour]
    for role in TEXTS:
        for ground in ("window", "surface", "surface_hover", "primary", "primary_hover", "warning"):
            assert contrast(getattr(theme, role), getattr(theme, ground)) >= LEAST, (role, ground)


def test_amber_is_the_night_in_another_colour_and_no_brighter() -> None:
    assert (AMBER.name, AMBER._fields) == (NIGHT.name, NIGHT._fields)
    assert (AMBER.text, AMBER.window) == ("#ff7300", "#000000") == (amber("#ff0000"), amber("#000000"))
    for role, colour in NIGHT_PICTURES.items():
        assert luminance(AMBER_PICTURES[role]) == pytest.approx(luminance(colour), abs=0.012), role
