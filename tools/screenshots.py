"""Renew the README's pictures in docs/screenshots: the real program, real commands, a virtual screen."""

import time
from dataclasses import dataclass
from pathlib import Path

from tests.support.app import App
from tests.support.private_desktop import ROOT, PrivateDesktop

FOLDER = ROOT / "docs/screenshots"
_NOW = ("now", "--leg", "left", "--position", "bed")
_SETTLED_S = 4.0
"""Long enough for the figure to reach its position (at most three seconds) and the ring to have moved."""


@dataclass(frozen=True)
class Shot:
    """One picture: the arguments that open what it shows, and the window's size."""

    name: str
    args: tuple[str, ...]
    width: int = 1280
    height: int = 800

    @property
    def state(self) -> str:
        """The state the program is in when it shows this."""
        return "running" if self.args[0] == "now" else "idle"


SHOTS = (
    Shot("home-light", ("--theme", "light")),
    Shot("guide-light", (*_NOW, "--theme", "light")),
    Shot("guide-night", (*_NOW, "--theme", "night")),
    Shot("guide-small", (*_NOW, "--theme", "light"), 480, 640),
)


def take(shot: Shot) -> Path:
    """Start the program on a new desktop as the shot says and write the picture."""
    with PrivateDesktop(shot.width, shot.height) as desktop:
        app = desktop.launch(*shot.args)
        app.wait_for_state(shot.state)
        app.resize(shot.width, shot.height)
        _settle(app)
        return app.screenshot(FOLDER / f"{shot.name}.png")


def _settle(app: App) -> None:
    app.window()
    time.sleep(_SETTLED_S)


def main() -> None:
    """Take all pictures."""
    for shot in SHOTS:
        print(take(shot).relative_to(ROOT))


if __name__ == "__main__":
    main()
