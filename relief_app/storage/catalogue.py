"""What the app knows to do: exercises, sources, built-in routines and a person's own.

Everything is read when first asked for, so that `now` pays for one routine and not for nine.
"""

from collections.abc import Callable, Mapping
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, Any

from relief_app.core.anatomy import Structure
from relief_app.core.exercise import Exercise, Kind, Position, SafetyMark
from relief_app.core.refusal import RefusalCode, RoutineRefused
from relief_app.core.routine import Routine
from relief_app.core.sources import Source, SourceKind
from relief_app.storage import fields
from relief_app.storage.assets import asset_path
from relief_app.storage.fields import Field, FieldRefused, check_format
from relief_app.storage.reading import decode_text, parse_toml, read_bytes
from relief_app.storage.routine_files import LINE, RoutineReader

if TYPE_CHECKING:
    from relief_app.storage.own_routines import OwnRoutines

BUILT_IN = (
    "cramp-bed",
    "cramp-standing",
    "post-run",
    "bedtime",
    "heat",
    "ice",
    "massage",
    "micro-break",
    "demonstration",
)
"""Ids of the built-in routines in the order of clinical content, section 8."""


class UnknownRoutine(Exception):  # noqa: N818 - an answer, not an accident
    """No routine has this id."""

    def __init__(self, routine: str) -> None:
        super().__init__(routine)
        self.routine = routine


class Catalogue:
    """Exercises, sources and routines by id; a built-in routine wins over an own one of the same id."""

    def __init__(
        self, own_routines_dir: Path | None = None, *, find_asset: Callable[..., Path] = asset_path
    ) -> None:
        self._own_dir = own_routines_dir
        self._find_asset = find_asset

    @property
    def exercises(self) -> Mapping[str, Exercise]:
        """All exercises by id, in the order of the file."""
        return self._loaded[0]

    @property
    def sources(self) -> Mapping[str, Source]:
        """All sources by key."""
        return self._loaded[1]

    @cached_property
    def reader(self) -> RoutineReader:
        """Checks routine files against this catalogue."""
        return RoutineReader(self.exercises, self.sources)

    @cached_property
    def own(self) -> "OwnRoutines | None":
        """The person's own routines; None where there is no place for them."""
        from relief_app.storage.own_routines import OwnRoutines

        return None if self._own_dir is None else OwnRoutines(self._own_dir, self.reader, frozenset(BUILT_IN))

    def routine_ids(self) -> tuple[str, ...]:
        """Built-in ids, then those of own routines that may be used."""
        own = () if self.own is None else self.own.ids()
        return BUILT_IN + own

    def routine(self, routine_id: str) -> Routine:
        """The routine `routine_id`.

        Raises UnknownRoutine, RoutineRefused for an own file that may not be used, and AssetMissing.
        """
        if routine_id in BUILT_IN:
            return self.reader.read(self._find_asset("routines", f"{routine_id}.toml"))
        routine = None if self.own is None else self.own.find(routine_id)
        if routine is None:
            raise UnknownRoutine(routine_id)
        return routine

    @cached_property
    def _loaded(self) -> tuple[dict[str, Exercise], dict[str, Source]]:
        raw = parse_toml(decode_text(read_bytes(self._find_asset("exercises.toml"))))
        try:
            return _read_catalogue(raw)
        except FieldRefused as refused:
            raise RoutineRefused(refused.refusal) from None


def _read_catalogue(raw: dict[str, Any]) -> tuple[dict[str, Exercise], dict[str, Source]]:
    check_format(raw)
    sources = _read_tables(raw, "sources", _SOURCE, lambda key, values: Source(key=key, **values))
    source = Field(fields.known(sources, RefusalCode.UNKNOWN_SOURCE), required=True)
    exercise = _EXERCISE | {"source": source}
    exercises = _read_tables(raw, "exercises", exercise, lambda key, values: Exercise(id=key, **values))
    return exercises, sources


def _read_tables(
    raw: dict[str, Any], name: str, spec: Mapping[str, Field], make: Callable[[str, dict[str, Any]], Any]
) -> dict[str, Any]:
    """Every `[name.key]` table as an object; a refusal names the table."""
    made = {}
    for key, table in fields.check_field(name, fields.mapping, raw.get(name)).items():
        try:
            made[fields.identifier(key)] = make(key, fields.read_table(table, spec))
        except FieldRefused as refused:
            place = ".".join(filter(None, (name, key, refused.refusal.field)))
            raise FieldRefused(refused.refusal._replace(field=place)) from None
    return made


_MARKS = fields.several(fields.one_of(SafetyMark))
_ANGLE = Field(fields.number(0, 150), required=True)
_SOURCE = {
    "title": Field(fields.text(LINE), required=True),
    "id": Field(fields.text(LINE), "reference", required=True),
    "kind": Field(fields.one_of(SourceKind), required=True),
}
_EXERCISE = {
    "letter": Field(fields.text(1), required=True),
    "name": Field(fields.text(LINE), required=True),
    "kind": Field(fields.one_of(Kind), required=True),
    "position": Field(fields.one_of(Position), required=True),
    "targets": Field(fields.several(fields.one_of(Structure)), required=True),
    "knee_deg": _ANGLE,
    "dorsiflexion_deg": _ANGLE,
    "dorsiflexion_max_deg": _ANGLE,
    "safety": Field(lambda value: frozenset(_MARKS(value)), required=True),
    "cue": Field(fields.text(LINE), required=True),
    "prescribed_only": Field(fields.flag),
}
