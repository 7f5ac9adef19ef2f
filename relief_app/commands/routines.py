"""`routines list|show|check|import|export`: file jobs that need no display and no running app."""

import json
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from relief_app.commands.output import DONE, FAILED, complain, say
from relief_app.commands.routine_lines import detail_lines, routine_detail, routine_row
from relief_app.commands.routine_times import minutes, planned_ms
from relief_app.commands.verdict import verdict_now
from relief_app.commands.wording import not_kept_line, plain, refusal_line
from relief_app.commands.writing import write_out
from relief_app.core.gates import Verdict
from relief_app.core.refusal import RoutineRefused
from relief_app.ports import NotKept
from relief_app.storage.assets import AssetMissing
from relief_app.storage.catalogue import Catalogue, UnknownRoutine
from relief_app.storage.paths import find_paths

_NO_PLACE = "there is no folder for own routines"


def list_routines(*, as_json: bool) -> int:
    """Print every routine; own files that may not be used are named on stderr."""

    def job(catalogue: Catalogue) -> int:
        verdict = verdict_now()
        rows = [routine_row(catalogue.routine(key), catalogue, verdict) for key in catalogue.routine_ids()]
        if as_json:
            say(_json(rows))
        else:
            for row in rows:
                say(_row_line(row))
        for path, refusal in catalogue.own.refused() if catalogue.own else ():
            complain(refusal_line(path.name, refusal))
        return DONE

    return _with_catalogue(job)


def show(routine_id: str, *, as_json: bool) -> int:
    """Print one routine, step by step."""

    def job(catalogue: Catalogue) -> int:
        detail = routine_detail(catalogue.routine(routine_id), catalogue, verdict_now())
        for line in [_json(detail)] if as_json else detail_lines(detail):
            say(line)
        return DONE

    return _with_catalogue(job, routine_id)


def check(paths: list[str]) -> int:
    """Check routine files, one line each; fails if any is refused."""

    def job(catalogue: Catalogue) -> int:
        verdict = verdict_now()
        return max([_check_one(path, catalogue, verdict) for path in paths], default=DONE)

    return _with_catalogue(job)


def import_file(path: str) -> int:
    """Keep the routine in `path` among the own ones; an id in use is refused, nothing is overwritten."""

    def job(catalogue: Catalogue) -> int:
        if catalogue.own is None:
            return _fail(_NO_PLACE)
        routine = catalogue.own.import_file(Path(path))
        say(f"imported: {routine.id}")
        return DONE

    return _with_catalogue(job, path)


def export(routine_id: str, path: str) -> int:
    """Write a routine to `path`; a file that is there already is not overwritten."""

    def job(catalogue: Catalogue) -> int:
        from relief_app.storage.routine_text import routine_text

        routine = catalogue.routine(routine_id)
        problem = write_out(Path(path), routine_text(routine).encode(), replace=False)
        if problem is not None:
            return _fail(problem)
        say(f"exported: {plain(path)}")
        return DONE

    return _with_catalogue(job, routine_id)


def _with_catalogue(job: Callable[[Catalogue], int], asked: str = "") -> int:
    """Do `job`; what keeps it from being done becomes one line. `asked`: the id or file it is about."""
    try:
        return job(Catalogue(find_paths().own_routines_dir))
    except UnknownRoutine as unknown:
        return _fail(unknown_routine_line(unknown.routine))
    except RoutineRefused as refused:
        return _fail(refusal_line(asked or "exercises.toml", refused.refusal))
    except AssetMissing as missing:
        return _fail(f"a file of the program is missing: {missing.name}")
    except NotKept as problem:
        return _fail(not_kept_line(problem))


def unknown_routine_line(routine_id: str) -> str:
    """The line for an id that no routine has, with those that there are."""
    known = ", ".join(Catalogue(find_paths().own_routines_dir).routine_ids())
    return f'there is no routine "{plain(routine_id)}"; there are: {known}'


def _check_one(path: str, catalogue: Catalogue, verdict: Verdict) -> int:
    try:
        routine = catalogue.reader.read(Path(path))
    except RoutineRefused as refused:
        return _fail(refusal_line(path, refused.refusal))
    time = minutes(planned_ms(routine, catalogue.exercises, verdict))
    say(f"ok: {plain(path)}: {len(routine.steps)} {_steps(len(routine.steps))}, {time} min")
    return DONE


def _steps(count: int) -> str:
    return "step" if count == 1 else "steps"


def _row_line(row: Mapping[str, Any]) -> str:
    line = f"{row['id']:<16} {row['title']:<26} {row['minutes']:>3} min"
    return line if row["offered"] else f"{line}   ({row['why'].removeprefix(row['id'] + ' is ')})"


def _json(value: object) -> str:
    return json.dumps(value, ensure_ascii=False, indent=2)


def _fail(line: str) -> int:
    complain(line)
    return FAILED
