"""Play the bed routine at 60x on a virtual screen and leave a picture of every step in build/demo.

Driven by what `watch` tells, as any script could: nothing of the program is reached from inside.
"""

import shutil
import sys
from pathlib import Path
from typing import Any

from tests.support.app import App
from tests.support.private_desktop import ROOT, PrivateDesktop

FOLDER = ROOT / "build/demo"
ROUTINE, RATE = "bedtime", 60


def play(folder: Path) -> list[Path]:
    """Play the routine to its end; return the pictures in the order they were taken."""
    shutil.rmtree(folder, ignore_errors=True)
    pictures: list[Path] = []
    with PrivateDesktop() as desktop:
        app = desktop.launch()
        app.wait_for_state("idle")
        app.window()
        watch = desktop.watch()
        _start(app)
        for event in watch.events():
            if event["type"] == "phase_started" and event["data"]["phase"] == "active":
                pictures.append(app.screenshot(folder / _name(event["data"])))
            if event["type"] == "session_ended":
                break
        pictures.append(app.screenshot(folder / "finished.png"))
    return pictures


def _start(app: App) -> None:
    started = app.command("start", ROUTINE, "--rate", str(RATE))
    if started.returncode != 0:
        raise SystemExit(f"demo: {started.stderr.strip()}")


def _name(phase: dict[str, Any]) -> str:
    """Name a picture after the step it shows, numbered from 1."""
    return f"{phase['index'] + 1:02}-{phase['exercise']}-{phase['leg']}.png"


def main() -> int:
    """Play and list what was left."""
    for picture in play(FOLDER):
        print(picture.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
