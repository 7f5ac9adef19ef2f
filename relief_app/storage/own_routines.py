"""A person's own routines: one file each, never overwritten unless asked to."""

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

from relief_app.core.refusal import Refusal, RefusalCode, RoutineRefused
from relief_app.core.routine import Routine
from relief_app.storage.atomic import not_kept, write_atomic, write_new
from relief_app.storage.routine_files import RoutineReader


class OwnRoutines:
    """The folder of own routines. A file that may not be used is left alone and told of."""

    def __init__(self, folder: Path, reader: RoutineReader, taken: frozenset[str]) -> None:
        self._folder = folder
        self._reader = reader
        self._taken = taken

    def ids(self) -> tuple[str, ...]:
        """Ids of the routines that may be used, in the order of their files' names."""
        return tuple(self._usable())

    def find(self, routine_id: str) -> Routine | None:
        """The routine with this id, or None. Raises RoutineRefused if the file named after it is refused."""
        found = self._usable().get(routine_id)
        if found is not None:
            return found[1]
        for path, result in self._files():
            if path.stem == routine_id and isinstance(result, Refusal):
                raise RoutineRefused(result)
        return None

    def refused(self) -> tuple[tuple[Path, Refusal], ...]:
        """Files that may not be used, and why."""
        return tuple((path, result) for path, result in self._files() if isinstance(result, Refusal))

    def import_file(self, path: Path, *, new_id: str | None = None) -> Routine:
        """Check the file `path` and keep its routine, as `new_id` if given.

        Raises RoutineRefused, with ID_TAKEN where the id is in use, and NotKept. Nothing is overwritten.
        """
        routine = self._reader.read(path)
        return self.add(routine if new_id is None else replace(routine, id=new_id))

    def add(self, routine: Routine) -> Routine:
        """Keep a new routine; raises as `import_file` does."""
        data = self._checked_bytes(routine)
        taken = RoutineRefused(Refusal(RefusalCode.ID_TAKEN, field="id", value=routine.id))
        if routine.id in self._taken or routine.id in self._usable():
            raise taken
        try:
            write_new(self._folder / f"{routine.id}.toml", data)
        except FileExistsError:
            raise taken from None
        return routine

    def update(self, routine: Routine) -> None:
        """Replace the own routine of the same id; raises KeyError, RoutineRefused and NotKept."""
        path = self._usable()[routine.id][0]
        write_atomic(path, self._checked_bytes(routine), durable=True)

    def remove(self, routine_id: str) -> None:
        """Delete the own routine; raises KeyError where there is none, and NotKept."""
        path = self._usable()[routine_id][0]
        try:
            path.unlink(missing_ok=True)
        except OSError as error:
            raise not_kept(path, error) from error

    def free_id(self, wanted: str) -> str:
        """`wanted`, or the first of `wanted-2`, `wanted-3` ... that is not in use."""
        used = self._taken | self._usable().keys() | {path.stem for path, _ in self._files()}
        if wanted not in used:
            return wanted
        numbered = (f"{wanted[:59]}-{number}" for number in range(2, 10_000))
        return next(name for name in numbered if name not in used)

    def _checked_bytes(self, routine: Routine) -> bytes:
        """The text of the routine, refused as a file with that text would be."""
        from relief_app.storage.routine_text import routine_text

        data = routine_text(routine).encode("utf-8", "surrogatepass")
        self._reader.check(data)
        return data

    def _usable(self) -> dict[str, tuple[Path, Routine]]:
        found: dict[str, tuple[Path, Routine]] = {}
        for path, result in self._files():
            if isinstance(result, Routine) and result.id not in self._taken:
                found.setdefault(result.id, (path, result))
        return found

    def _files(self) -> Iterator[tuple[Path, Routine | Refusal]]:
        """Every routine file of the folder, read now: the person may edit them by hand."""
        try:
            paths = sorted(self._folder.glob("*.toml"))
        except OSError:
            return
        for path in paths:
            try:
                yield path, self._reader.read(path)
            except RoutineRefused as refused:
                yield path, refused.refusal
