"""The command line: a file job, a message to the running app, the terminal guide, or the window.

Only what a command needs is imported: a message to the running app imports no Qt.
"""

import gc
import os
import sys
from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from relief_app.commands.parser import STEERING, build_parser, plain_now
from relief_app.core.anatomy import Leg
from relief_app.opening import Opening, Recovered, take_recovered

if TYPE_CHECKING:
    from argparse import Namespace

FAILED, REFUSED = 1, 4


def main(arguments: Sequence[str] | None = None) -> int:
    """Run one command; returns the exit status. Usage errors end in SystemExit(2)."""
    words = sys.argv[1:] if arguments is None else arguments
    options = plain_now(words) or build_parser().parse_args(words)
    command = options.command or "window"
    job = _JOBS.get(command, _steer)
    try:
        return job(options)
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:
        # Whoever read our output has gone: not worth a word, and nothing more can be flushed.
        sys.stdout = None
        return 0
    except Exception as problem:
        from relief_app.commands.wording import our_fault_line

        print(f"relief-app: {our_fault_line(problem)}", file=sys.stderr)  # noqa: T201 - the one clear line
        return FAILED


def _window(options: "Namespace", recovered: Recovered | None = None) -> int:
    opening = Opening(theme=_theme(options), recovered=recovered)
    return _open(opening, {"command": "raise"})


def _now(options: "Namespace") -> int:
    routine = f"cramp-{options.position}"
    if not _display():
        return _guide(routine, options.leg, urgent=True)
    opening = Opening(routine, _leg(options.leg), urgent=True, theme=_theme(options))
    return _open(opening, {"command": "now", "leg": options.leg, "position": options.position})


def _bedside(options: "Namespace") -> int:
    if not _display():
        print("relief-app: bedside: there is no screen here; try: relief-app terminal", file=sys.stderr)  # noqa: T201
        return FAILED
    return _open(Opening(theme=_theme(options), bedside=True), {"command": "bedside"})


def _start(options: "Namespace") -> int:
    if not _display():
        return _guide(options.routine, options.leg, rate=options.rate)
    opening = Opening(options.routine, _leg(options.leg), rate=options.rate, theme=_theme(options))
    request = {"command": "start", "routine": options.routine, "leg": options.leg, "rate": options.rate}
    return _open(opening, request)


def _bare(options: "Namespace") -> int:
    recovered = take_recovered(os.environ)
    if _display():
        return _window(options, recovered)
    return _guide(None, None) if recovered is None else FAILED


def _open(opening: Opening, request: Mapping[str, Any]) -> int:
    """Open the window, or hand `request` to the one that is open.

    Until the first picture the garbage collector stands still: there is no garbage yet, only modules.
    """
    gc.disable()
    from relief_app import launching

    return launching.open_or_send(opening, request)


def _guide(routine: str | None, leg: str | None, *, rate: int = 1, urgent: bool = False) -> int:
    from relief_app.commands.terminal import guide

    return guide(routine, _leg(leg), rate=rate, urgent=urgent)


def _terminal(options: "Namespace") -> int:
    return _guide(options.routine, options.leg, rate=options.rate)


def _status(options: "Namespace") -> int:
    from relief_app.commands import client

    return client.status(as_json=options.json)


def _watch(_: "Namespace") -> int:
    from relief_app.commands import client

    return client.watch()


def _steer(options: "Namespace") -> int:
    from relief_app.commands import client

    values = {
        key: getattr(options, key) for key in ("seconds", "leg", "question", "value") if hasattr(options, key)
    }
    return client.steer(options.command, **values)


def _routines(options: "Namespace") -> int:
    from relief_app.commands import routines

    jobs: dict[str, Callable[[], int]] = {
        "list": lambda: routines.list_routines(as_json=options.json),
        "show": lambda: routines.show(options.routine, as_json=options.json),
        "check": lambda: routines.check(options.files),
        "import": lambda: routines.import_file(options.file),
        "export": lambda: routines.export(options.routine, options.file),
    }
    return jobs[options.job]()


def _settings(options: "Namespace") -> int:
    from relief_app.commands import settings

    jobs: dict[str, Callable[[], int]] = {
        "list": lambda: settings.list_settings(as_json=options.json),
        "get": lambda: settings.get(options.key),
        "set": lambda: settings.set_value(options.key, options.value),
        "reset": lambda: settings.reset(options.key),
    }
    done = jobs[options.job]()
    if done == 0 and options.job in ("set", "reset"):
        settings.tell_app()
    return done


def _profile(options: "Namespace") -> int:
    from relief_app.commands import profile

    jobs: dict[str, Callable[[], int]] = {
        "list": lambda: profile.list_profile(as_json=options.json),
        "get": lambda: profile.get(options.key),
        "set": lambda: profile.set_answer(options.key, options.value),
    }
    return jobs[options.job]()


def _data(options: "Namespace") -> int:
    from relief_app.commands import data

    jobs: dict[str, Callable[[], int]] = {
        "where": data.where,
        "backup": lambda: data.backup(options.file),
        "restore": lambda: data.restore_from(options.file),
        "erase": lambda: data.erase_all(yes=options.yes),
    }
    return jobs[options.job]()


def _draw(options: "Namespace") -> int:
    from relief_app.commands import draw

    leg = Leg(options.leg)
    if options.what == "pose":
        return draw.draw_pose(
            options.exercise,
            phase=options.phase,
            leg=leg,
            theme=options.theme,
            skin_tone=options.skin_tone,
            out=options.out,
            width=options.width,
            knee_deg=options.knee_deg,
            dorsiflexion_deg=options.dorsiflexion_deg,
        )
    return draw.draw_calf(
        options.view,
        layers=options.layers.split(",") if options.layers is not None else None,
        highlight=[part for part in options.highlight.split(",") if part],
        leg=leg,
        theme=options.theme,
        skin_tone=options.skin_tone,
        out=options.out,
        width=options.width,
    )


def _display() -> bool:
    from relief_app.desktop.display import has_display

    return has_display()


def _leg(text: str | None) -> Leg | None:
    return Leg(text) if text in ("left", "right") else None


def _theme(options: "Namespace") -> str | None:
    return getattr(options, "theme", None)


_JOBS: dict[str, Callable[["Namespace"], int]] = {
    "window": _bare,
    "now": _now,
    "bedside": _bedside,
    "start": _start,
    "terminal": _terminal,
    "status": _status,
    "watch": _watch,
    "routines": _routines,
    "settings": _settings,
    "profile": _profile,
    "data": _data,
    "draw": _draw,
    **dict.fromkeys((*STEERING, "extend", "leg", "answer", "acknowledge"), _steer),
}

if __name__ == "__main__":
    sys.exit(main())
