"""Writing the file a person named: all of it or nothing, and never onto a device."""

from pathlib import Path

from relief_app.commands.wording import not_kept_line, plain
from relief_app.ports import NotKept


def write_out(path: Path, data: bytes, *, replace: bool) -> str | None:
    """Write `data` to `path`; the line that says why it could not be, or None.

    `replace`: a file that is there already may be overwritten.
    """
    problem = _problem(path, replace=replace)
    if problem is not None:
        return f"{plain(path)}: {problem}"
    from relief_app.storage.atomic import write_atomic

    try:
        write_atomic(path, data)
    except NotKept as refused:
        return not_kept_line(refused)
    except ValueError:  # a NUL in the name
        return f"{plain(path)}: this is no name for a file"
    return None


def _problem(path: Path, *, replace: bool) -> str | None:
    try:
        if not path.parent.is_dir():
            return "there is no such folder"
        if path.exists() and not path.is_file():
            return "this is not a regular file"
        if not replace and (path.exists() or path.is_symlink()):
            return "there is a file already; nothing was overwritten"
    except OSError as error:
        return f"it cannot be written ({error.strerror})"
    return None
