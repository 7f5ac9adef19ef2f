"""The command line in words: what may be asked, and how."""

import argparse
from collections.abc import Callable, Sequence

from relief_app import __version__

THEMES = ("system", "light", "dark", "night")
SKIN_TONES = ("tone-1", "tone-2", "tone-3", "tone-4", "tone-5", "tone-6")
PICTURE_THEMES = ("light", "dark", "night", "amber", "print")
STEERING = {
    "pause": "let the session stand still",
    "resume": "let it run on",
    "next": "go to the next step",
    "back": "go to the step before",
    "eased": "the cramp let go",
    "back-again": "the cramp is back",
    "wrong": 'open "Something is wrong"',
    "stop": "end the session",
}


def plain_now(words: Sequence[str]) -> argparse.Namespace | None:
    """`now` with its options spelled out, read without a parser; None for anything else.

    Making the parser takes 8 ms, and a cramp waits for no one who asks in the plain way.
    """
    known = {"leg": ("left", "right"), "position": ("bed", "standing"), "theme": THEMES}
    options = {key.removeprefix("--"): value for key, value in zip(words[1::2], words[2::2], strict=False)}
    plain = all(key.startswith("--") for key in words[1::2]) and len(words) == 2 * len(options) + 1
    if words[:1] != ["now"] or not plain:
        return None
    if any(value not in known.get(key, ()) for key, value in options.items()):
        return None
    return argparse.Namespace(**({"command": "now", "leg": None, "position": "bed"} | options))


def build_parser() -> argparse.ArgumentParser:
    """The parser of `relief-app`; the namespace's `command` is None for the bare window."""
    common = argparse.ArgumentParser(add_help=False)
    common.add_argument("--theme", choices=THEMES, default=argparse.SUPPRESS, help="how the window looks")
    parser = argparse.ArgumentParser(
        prog="relief-app",
        parents=[common],
        description="Guided relief of a calf cramp. Without a command the window opens.",
    )
    parser.add_argument("--version", action="version", version=f"relief-app {__version__}")
    commands = parser.add_subparsers(dest="command", metavar="COMMAND", title="commands")

    def add(name: str, text: str) -> argparse.ArgumentParser:
        return commands.add_parser(
            name, help=text, description=text[:1].upper() + text[1:] + ".", parents=[common]
        )

    _add_now(add)
    add("bedside", "a black screen through the night: any key starts relief, Esc held leaves")
    _add_start(add)
    _add_terminal(add)
    _add_client(add)
    _add_files(add)
    return parser


Add = Callable[..., argparse.ArgumentParser]


def _add_now(add: Add) -> None:
    now = add("now", "relief of a cramp at once, no dialog")
    now.add_argument("--leg", choices=("left", "right"))
    now.add_argument("--position", choices=("bed", "standing"), default="bed")


def _add_start(add: Add) -> None:
    start = add("start", "open and start a routine")
    start.add_argument("routine", metavar="ROUTINE")
    start.add_argument("--leg", choices=("left", "right", "both"))
    start.add_argument("--rate", type=_rate, default=1, metavar="N", help="1 to 60: rehearse faster")


def _add_terminal(add: Add) -> None:
    terminal = add("terminal", "the guide in a terminal, or as plain lines where there is none")
    terminal.add_argument("routine", metavar="ROUTINE", nargs="?")
    terminal.add_argument("--leg", choices=("left", "right"))
    terminal.add_argument("--rate", type=_rate, default=1, metavar="N", help="1 to 60: rehearse faster")


def _add_client(add: Add) -> None:
    status = add("status", "what the running app does")
    status.add_argument("--json", action="store_true")
    add("watch", "one JSON line an event, until the app closes")
    for name, text in STEERING.items():
        add(name, text)
    extend = add("extend", "make the running step longer")
    extend.add_argument("seconds", type=_seconds, nargs="?", default=30.0, metavar="SECONDS")
    answer = add("answer", 'answer what is asked: see "question" in the status')
    answer.add_argument("question", metavar="QUESTION")
    answer.add_argument("value", metavar="VALUE")
    add("acknowledge", "the pack is off, and nothing else")
    leg = add("leg", "the other leg, without losing time")
    leg.add_argument("leg", choices=("left", "right"))


def _add_files(add: Add) -> None:
    _add_routines(add("routines", "list, show, check, import and export routines"))
    _add_settings(add("settings", "list, read and change settings"))
    _add_profile(add("profile", "the safety questions and your answers: list, read, change"))
    _add_data(add("data", "your data: where it is, back it up, restore it, erase it"))
    _add_draw(add("draw", "draw the calf or a pose to a PNG or SVG file"))


def _add_routines(routines: argparse.ArgumentParser) -> None:
    jobs = routines.add_subparsers(dest="job", metavar="JOB", required=True)
    jobs.add_parser("list", help="all routines").add_argument("--json", action="store_true")
    show = jobs.add_parser("show", help="one routine, step by step")
    show.add_argument("routine", metavar="ID")
    show.add_argument("--json", action="store_true")
    check = jobs.add_parser("check", help="check routine files")
    check.add_argument("files", nargs="+", metavar="FILE")
    jobs.add_parser("import", help="add a routine file to your own").add_argument("file", metavar="FILE")
    export = jobs.add_parser("export", help="write a routine to a file")
    export.add_argument("routine", metavar="ID")
    export.add_argument("file", metavar="FILE")


def _add_settings(settings: argparse.ArgumentParser) -> None:
    jobs = settings.add_subparsers(dest="job", metavar="JOB", required=True)
    jobs.add_parser("list", help="all settings").add_argument("--json", action="store_true")
    for name, text in (("get", "one setting"), ("reset", "back to the usual value")):
        jobs.add_parser(name, help=text).add_argument("key", metavar="KEY")
    change = jobs.add_parser("set", help="change a setting")
    change.add_argument("key", metavar="KEY")
    change.add_argument("value", metavar="VALUE")


def _add_profile(profile: argparse.ArgumentParser) -> None:
    jobs = profile.add_subparsers(dest="job", metavar="JOB", required=True)
    jobs.add_parser("list", help="all questions").add_argument("--json", action="store_true")
    jobs.add_parser("get", help="one answer").add_argument("key", metavar="KEY")
    change = jobs.add_parser("set", help="answer a question")
    change.add_argument("key", metavar="KEY")
    change.add_argument("value", metavar="VALUE", help="yes, no or unknown; now for what has just happened")


def _add_data(data: argparse.ArgumentParser) -> None:
    jobs = data.add_subparsers(dest="job", metavar="JOB", required=True)
    jobs.add_parser("where", help="every file that is kept")
    jobs.add_parser("backup", help="all of it in one archive").add_argument("file", metavar="FILE")
    restore = jobs.add_parser("restore", help="an archive in place of what is kept, which is put aside")
    restore.add_argument("file", metavar="FILE")
    erase = jobs.add_parser("erase", help="remove all of it")
    erase.add_argument("--yes", action="store_true", help="yes, for good")


def _add_draw(draw: argparse.ArgumentParser) -> None:
    whats = draw.add_subparsers(dest="what", metavar="WHAT", required=True)
    calf = whats.add_parser("calf", help="an anatomical plate of the calf")
    calf.add_argument("--view", default="posterior", help="posterior or medial")
    calf.add_argument("--layers", help="skin,gastrocnemius,soleus,bones")
    calf.add_argument("--highlight", default="", metavar="ID,...")
    pose = whats.add_parser("pose", help="the figure in the pose of an exercise")
    pose.add_argument("exercise", metavar="EXERCISE")
    pose.add_argument("--phase", type=float, default=1.0, help="0 (before) to 1 (in the pose)")
    for name in ("--knee-deg", "--dorsiflexion-deg"):
        pose.add_argument(name, type=float, metavar="DEGREES")
    for what in (calf, pose):
        what.add_argument("--leg", choices=("left", "right"), default="right")
        what.add_argument("--theme", default="light", help=", ".join(PICTURE_THEMES))
        what.add_argument("--skin-tone", default="tone-3", help=", ".join(SKIN_TONES) + ", light to dark")
        what.add_argument("--out", required=True, metavar="FILE.png|.svg")
        what.add_argument("--width", type=int, default=800, metavar="PX", help="16 to 8192")


def _rate(text: str) -> int:
    if not text.isascii() or not text.isdigit() or not 1 <= int(text) <= 60:
        raise argparse.ArgumentTypeError(f"{text!r}: expected a whole number from 1 to 60")
    return int(text)


def _seconds(text: str) -> float:
    try:
        value = float(text)
    except ValueError:
        value = float("nan")
    if not abs(value) <= 3600:
        raise argparse.ArgumentTypeError(f"{text!r}: expected seconds from -3600 to 3600")
    return value
