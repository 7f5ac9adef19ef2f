"""Renew the README's pictures in docs/screenshots: the real program, real commands, a virtual screen."""

import json
import time
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.support.app import App
from tests.support.private_desktop import ROOT, PrivateDesktop

FOLDER = ROOT / "docs/screenshots"
_NOW = ("now", "--leg", "left", "--position", "bed")
_BEDTIME = ("start", "bedtime", "--leg", "left")
_SETTLED_S = 4.0
"""Long enough for the figure to reach its position (at most three seconds) and the ring to have moved."""


@dataclass(frozen=True)
class Shot:
    """One picture: the arguments that open what it shows, and the window's size."""

    name: str
    args: tuple[str, ...]
    width: int = 1280
    height: int = 800
    keys: tuple[str, ...] = ()
    """What is pressed before the picture is taken."""
    is_pack: bool = False
    """All that is asked before it is answered, so that the pack is on."""

    def is_there(self, status: dict[str, Any]) -> bool:
        """Say whether the program shows what the picture begins with: home, or a hold that has begun."""
        if self.args[0].startswith("--"):
            return bool(status["state"] == "idle")
        step = status["step"]
        return step is not None and step["phase"] == "active" and step["elapsed_s"] >= _SETTLED_S


SHOTS = (
    Shot("home-light", ("--theme", "light")),
    Shot("anatomy-light", ("--theme", "light"), keys=("a", "Down", "Down", "Down", "Down")),
    Shot("guide-light", (*_BEDTIME, "--theme", "light")),
    Shot("guide-night", (*_NOW, "--theme", "night")),
    Shot("guide-small", (*_NOW, "--theme", "light"), 480, 640),
    Shot("pack-light", ("start", "heat", "--theme", "light"), is_pack=True),
    Shot("settings-night", ("--theme", "night"), keys=("comma",)),
    Shot("wrong-light", ("--theme", "light"), keys=("w",)),
)


def take(shot: Shot) -> Path:
    """Start the program on a new desktop as the shot says and write the picture."""
    with PrivateDesktop(shot.width, shot.height, sound=True) as desktop:
        if shot.is_pack:
            _clear_profile(desktop)
        app = desktop.launch(*shot.args)
        app.resize(shot.width, shot.height)
        if shot.is_pack:
            _answer_all(app)
        app.wait_for_status(shot.is_there, what=shot.name)
        if shot.keys:
            app.key(*shot.keys)
            time.sleep(1.0)
        return app.screenshot(FOLDER / f"{shot.name}.png")


def _clear_profile(desktop: PrivateDesktop) -> None:
    rows = json.loads(desktop.command("profile", "list", "--json").stdout)
    for row in rows:
        desktop.command("profile", "set", row["key"], "no")


def _answer_all(app: App) -> None:
    app.wait_for_status(lambda status: status["question"] is not None, what="the first question")
    while (question := app.status()["question"]) is not None:
        app.command("answer", question["id"], question["choices"][0])


def main() -> None:
    """Take all pictures."""
    for shot in SHOTS:
        print(take(shot).relative_to(ROOT))


if __name__ == "__main__":
    main()
