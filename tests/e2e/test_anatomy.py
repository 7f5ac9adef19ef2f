"""The Anatomy page of the real program: keys, mouse, settings that are kept, night."""

import numpy as np
from PIL import Image, ImageChops

from tests.support.app import App
from tests.support.control import wait_for_state
from tests.support.private_desktop import PrivateDesktop

SIZE = (1024, 700)
DARKEST = 0.04
"""Mean luminance of a page at night, at most, as a share of white."""


def _open(stage: PrivateDesktop, *args: str) -> App:
    app = stage.launch(*args)
    wait_for_state(app, "idle")
    app.resize(*SIZE)
    _changes(app, "a")
    return app


def _changes(app: App, *keys: str) -> Image.Image:
    """Press `keys` and return the window as soon as it looks different."""
    before = app.image()
    app.key(*keys)

    def look() -> Image.Image | None:
        now = app.image()
        differs = now.size != before.size or ImageChops.difference(now, before).getbbox() is not None
        return now if differs else None

    found = app.wait_until(look, what=f"another picture after {' '.join(keys)}")
    assert found is not None
    return found


def test_keys_walk_turn_slide_and_go_home(stage: PrivateDesktop) -> None:
    app = _open(stage, "--theme", "light")
    for keys in (("Down",), ("Down",), ("v",), ("p",), ("l",)):
        _changes(app, *keys)
    assert app.status()["leg"] == "left"
    anatomy = app.image()
    home = _changes(app, "Escape")
    assert ImageChops.difference(anatomy, home).getbbox() is not None
    assert app.status()["state"] == "idle"


def test_a_tone_of_skin_is_kept_for_the_next_start(stage: PrivateDesktop) -> None:
    app = _open(stage)
    _changes(app, "t")
    app.close()
    app.wait()
    assert stage.command("settings", "get", "skin_tone").stdout.strip() == "tone-4"


def test_the_demonstration_starts_from_here(stage: PrivateDesktop) -> None:
    app = _open(stage)
    app.key("d")
    status = app.wait_for_status(lambda status: status["routine"] == "demonstration")
    assert status["step"]["exercise"] == "wall-stretch-straight"


def test_at_night_every_pixel_of_it_is_red_or_black(stage: PrivateDesktop) -> None:
    app = _open(stage, "--theme", "night")
    for key in ("Down", "v", "p", "Tab"):
        pixels = np.asarray(_changes(app, key).convert("RGB"))
        assert pixels[..., 0].max() > 0
        assert pixels[..., 1:].max() == 0
        assert 0.2126 * pixels[..., 0].mean() / 255 < DARKEST
