"""Play the bed routines at 60x on a virtual screen and leave a picture of every step in build/demo.

That is the cramp in bed, whose open-ended hold is left once it was held, rested and held again, and the
stretches before bed.

A step lasts a sixth of a second at that rate. So the program is asked over its socket what it does between
any two looks at the window; a look counts for a step when the answers before and after it name that step,
and the last one is kept. A machine too busy for that misses steps: then the routine is played again.
"""

import json
import shutil
import socket
import sys
from pathlib import Path
from typing import Any

from PIL import Image

from tests.support.app import App
from tests.support.private_desktop import ROOT, PrivateDesktop

FOLDER = ROOT / "build/demo"
ROUTINES, RATE = ("cramp-bed", "bedtime"), 60
_PLAYS = 10

Looks = dict[str, Image.Image]


def play(folder: Path) -> list[Path]:
    """Play the routines until every step has been seen; return the pictures in the order of the steps."""
    with PrivateDesktop(sound=True) as desktop:
        app = desktop.launch()
        app.wait_for_state("idle")
        looks = {name: look for routine in ROUTINES for name, look in _play_one(app, routine).items()}
    return _save(looks, folder)


def _play_one(app: App, routine: str) -> Looks:
    """Play one routine, again and again until each of its steps was looked at."""
    looks: Looks = {}
    steps = 0
    for _ in range(_PLAYS):
        # To the program that runs already: while one starts, the first steps would be over unseen.
        app.command("start", routine, "--rate", str(RATE)).check_returncode()
        steps = _look_on(app, looks)
        if len(looks) == steps:
            looks["finished"] = app.image()
            return {f"{routine}-{name}": look for name, look in looks.items()}
    raise SystemExit(f"demo: saw {len(looks)} of {steps} steps of {routine}; the machine is too busy")


def _look_on(app: App, looks: Looks) -> int:
    """Look until the end of the routine, adding to `looks`; return the number of its steps."""
    window = app.window()
    steps = 0
    before = _ask(app)
    while before["state"] != "finished":
        image = app.image_of(window)
        after = _ask(app)
        name = _name(after)
        if name and name == _name(before):
            looks[name] = image
        steps = max(steps, after["step"]["count"] if after["step"] else 0)
        if after["step"] and after["step"]["repetition"] > 2 and after["step"]["open_ended"]:
            _ask(app, "next")
        before = after
    return steps


def _ask(app: App, command: str = "status") -> dict[str, Any]:
    """Return the answer to `command`, without starting a client, which takes most of a step."""
    with socket.socket(socket.AF_UNIX) as connection:
        connection.connect(str(app.listens_at))
        connection.sendall(json.dumps({"command": command}).encode() + b"\n")
        with connection.makefile() as answer:
            status: dict[str, Any] = json.loads(answer.readline())
    return status


def _name(status: dict[str, Any]) -> str:
    """Name a picture after the step that is held, numbered from 1; empty between steps."""
    step = status["step"]
    if step is None or step["phase"] != "active":
        return ""
    return f"{step['index'] + 1:02}-{step['exercise']}-{step['leg']}"


def _save(looks: Looks, folder: Path) -> list[Path]:
    shutil.rmtree(folder, ignore_errors=True)
    folder.mkdir(parents=True)
    paths = [folder / f"{name}.png" for name in sorted(looks)]
    for path in paths:
        looks[path.stem].save(path)
    return paths


def main() -> int:
    """Play and list what was left."""
    for picture in play(FOLDER):
        print(picture.relative_to(ROOT))
    return 0


if __name__ == "__main__":
    sys.exit(main())
