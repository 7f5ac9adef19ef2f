"""`terminal`, and `now` and `start` where there is no display: the guide without a window."""

import os
import sys
from collections.abc import Callable
from typing import TypeVar

from relief_app.commands.output import FAILED, REFUSED, USAGE, complain
from relief_app.commands.verdict import verdict_now
from relief_app.commands.wording import (
    load_problem_line,
    not_offered_line,
    our_fault_line,
    plain,
    refusal_line,
)
from relief_app.core.anatomy import Leg
from relief_app.core.preferences import Settings
from relief_app.core.refusal import RoutineRefused
from relief_app.core.routine import Routine
from relief_app.core.safety import CRAMPING_NOW, NotOffered, asks_for_cramp
from relief_app.desktop.clock import SystemClock
from relief_app.storage.assets import AssetMissing
from relief_app.storage.catalogue import Catalogue, UnknownRoutine
from relief_app.storage.emergency import number_to_call
from relief_app.storage.paths import find_paths
from relief_app.storage.red_flags import read_red_flags
from relief_app.storage.settings import SettingsFile
from relief_app.terminal.aid import Aid
from relief_app.terminal.guide import run_guide
from relief_app.terminal.keys import LineKeys, TerminalKeys
from relief_app.terminal.tty import Signals, descriptor_of, is_live, replace_what_cannot_be_shown

DEFAULT_ROUTINE = "cramp-bed"
RATES = (1, 60)
T = TypeVar("T")


def guide(routine_id: str | None, leg: Leg | None, *, rate: int = 1, urgent: bool = False) -> int:
    """Guide through a routine on the terminal; returns the exit status.

    `leg` None takes the last one used. `urgent` begins with the first hold at once; `rate` 1 to 60
    rehearses faster.
    """
    if not RATES[0] <= rate <= RATES[1]:
        complain(f"the rate {rate} is outside {RATES[0]} to {RATES[1]}")
        return USAGE
    if sys.stdout is None:
        complain("the guide has nowhere to write")
        return FAILED
    catalogue = Catalogue(find_paths().own_routines_dir)
    try:
        routine = catalogue.routine(routine_id or DEFAULT_ROUTINE)
        settings = _settings()
        return _run(routine, catalogue, leg or settings.leg, _aid(settings), rate=rate, urgent=urgent)
    except NotOffered as problem:
        complain(not_offered_line(problem))
        return REFUSED
    except Exception as problem:
        complain(_line(problem, routine_id or DEFAULT_ROUTINE, catalogue))
        return FAILED


def _run(routine: Routine, catalogue: Catalogue, leg: Leg, aid: Aid, *, rate: int, urgent: bool) -> int:
    live = is_live(sys.stdin, sys.stdout, os.environ.get("TERM", ""))
    replace_what_cannot_be_shown(sys.stdout)
    descriptor = descriptor_of(sys.stdin)
    with Signals(background=live) as signals:
        return run_guide(
            routine,
            catalogue.exercises,
            leg,
            verdict_now(),
            urgent=urgent,
            rate=rate,
            clock=SystemClock(),
            out=sys.stdout,
            keys=TerminalKeys(descriptor, signals) if live else LineKeys(descriptor, signals),
            aid=aid,
            live=live,
            terminal=descriptor if live else None,
            if_cramping=catalogue.routine(CRAMPING_NOW) if asks_for_cramp(routine) else None,
        )


def _line(problem: Exception, routine_id: str, catalogue: Catalogue) -> str:
    """The one line for what keeps the guide from guiding."""
    match problem:
        case UnknownRoutine():
            known = ", ".join(catalogue.routine_ids())
            return f'there is no routine "{plain(routine_id)}"; there are: {known}'
        case RoutineRefused():
            return refusal_line(routine_id, problem.refusal)
        case AssetMissing():
            return f"a file of the program is missing: {problem.name}"
        case OSError():
            return f"the guide cannot be written: {problem.strerror or problem}"
    return our_fault_line(problem)


def _settings() -> Settings:
    """The settings; the guide guides without them too."""
    file = SettingsFile(find_paths().settings_file)
    settings, problem = file.load(), file.take_problem()
    if problem is not None:
        complain(load_problem_line(problem))
    return settings


def _aid(settings: Settings) -> Aid:
    """What "Something is wrong" shows; a missing table takes nothing else with it."""
    return Aid(_or_told(lambda: number_to_call(settings), None), _or_told(read_red_flags, ()))


def _or_told(read: Callable[[], T], otherwise: T) -> T:
    try:
        return read()
    except AssetMissing as missing:
        complain(f"a file of the program is missing: {missing.name}")
    except RoutineRefused as refused:
        complain(refusal_line("a file of the program", refused.refusal))
    return otherwise
