"""A damaged database is set aside, and no interval is cut short, no pack on the skin forgotten by it."""

import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing, suppress
from dataclasses import replace
from pathlib import Path
from shutil import copytree
from tempfile import TemporaryDirectory

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from relief_app.core.exercise import Kind
from relief_app.core.exposure import Exposure
from relief_app.ports import LoadProblem, NotKept, ProblemCode
from relief_app.storage.database import is_pack_on
from relief_app.storage.sqlite_file import Damaged
from tests.storage.databases import DAY, NOW, PACK, clean, modes, names, store

JUST_OFF = {(Kind.HEAT, NOW), (Kind.ICE, NOW)}
"""Kind and end of the packs that are assumed where nobody knows."""


@pytest.fixture(name="file")
def _file(tmp_path: Path) -> Iterator[Path]:
    yield tmp_path / "data" / "relief.db"
    clean()


def ended(packs: tuple[Exposure, ...]) -> set[tuple[Kind, object]]:
    return {(pack.kind, pack.ended) for pack in packs}


def no_database(file: Path) -> None:
    file.write_bytes(b"no database at all" * 99)


def torn_header(file: Path) -> None:
    file.write_bytes(b"SQLite format 3\0" + b"\xff" * 4_096)


def zero_bytes(file: Path) -> None:
    file.write_bytes(b"")


def half(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def somebody_elses(file: Path) -> None:
    file.unlink()
    with closing(sqlite3.connect(file)) as other:
        other.execute("CREATE TABLE cramps (severity INTEGER)")


def without_its_table(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("DROP TABLE exposures")


def with_a_trap(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("CREATE TRIGGER t AFTER INSERT ON exposures BEGIN DELETE FROM exposures; END")


def never_ours(file: Path) -> None:
    with closing(sqlite3.connect(file)) as connection:
        connection.execute("PRAGMA user_version = -1")


Harm = Callable[[Path], None]
UNREADABLE: list[Harm] = [no_database, torn_header, zero_bytes, half, somebody_elses, without_its_table]


@pytest.mark.parametrize("harm", [*UNREADABLE, with_a_trap, never_ours])
def test_a_damaged_one_is_set_aside_and_packs_count_as_just_taken_off(file: Path, harm: Harm) -> None:
    store(file).add(replace(PACK, ended=NOW._replace(wall_s=5.0)))
    clean()
    harm(file)
    damaged = file.read_bytes()
    problems: list[LoadProblem] = []
    exposures = store(file, on_problem=problems.append)
    assert ended(exposures.since(NOW.wall_s - 1)) >= JUST_OFF
    aside = file.with_name(f"relief.db.damaged-{DAY}")
    assert problems == [LoadProblem(ProblemCode.DAMAGED, file, aside)]
    assert aside.read_bytes() == damaged
    assert modes(file.parent) == {0o600}
    assert exposures.add(PACK) == exposures.on_skin()
    clean()
    store(file, on_problem=problems.append).since(0)
    assert len(problems) == 1


def test_what_is_set_aside_takes_the_place_of_nothing(file: Path) -> None:
    store(file).add(PACK)
    for number in range(3):
        clean()
        file.write_text(f"damage {number}")
        store(file).since(0)
    assert sorted(entry.read_text() for entry in file.parent.glob("*.damaged-*")) == [
        f"damage {number}" for number in range(3)
    ]


@pytest.mark.parametrize("harm", [with_a_trap, never_ours])
def test_a_pack_that_can_still_be_read_stays_on_the_skin(file: Path, harm: Harm) -> None:
    store(file).add(replace(PACK, planned_ms=0, ended=NOW))
    kept = store(file).add(PACK)
    clean()
    harm(file)
    assert store(file).on_skin() == kept
    assert len(store(file).since(0)) == 4


def test_what_is_still_in_the_log_of_a_damaged_one_goes_with_it_and_is_read(file: Path) -> None:
    exposures = store(file)
    exposures.add(PACK)
    with_a_trap(file)
    with closing(sqlite3.connect(file)) as killed:
        kept = (killed.execute("SELECT count(*) FROM exposures").fetchone(), file.with_name("relief.db-wal"))
        assert kept[1].stat().st_size > 0
        copytree(file.parent, file.parent.parent / "killed")
    there = file.parent.parent / "killed" / "relief.db"
    assert store(there).on_skin() == replace(PACK, id=1)
    assert f"relief.db.damaged-{DAY}-wal" in names(there.parent)


class PowerCutError(BaseException):
    """Nothing after it happens."""


@pytest.mark.parametrize("changes", range(12))
def test_where_the_power_goes_while_it_is_set_aside_no_interval_is_forgotten(
    file: Path, changes: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    store(file).add(PACK)
    with_a_trap(file)
    clean()
    left = [changes]
    with monkeypatch.context() as patch:
        for name in ("replace", "unlink", "rename", "hardlink_to"):
            patch.setattr(Path, name, _cut(getattr(Path, name), left))
        with suppress(PowerCutError):
            store(file).since(0)
    clean()
    assert store(file).on_skin() == replace(PACK, id=1)
    assert ended(store(file).since(0)) >= JUST_OFF
    assert list(file.parent.glob("*.damaged-*"))


def _cut(whole: Callable[..., object], left: list[int]) -> Callable[..., object]:
    def cut(*values: object, **named: object) -> object:
        if left[0] == 0:
            raise PowerCutError
        left[0] -= 1
        return whole(*values, **named)

    return cut


@settings(max_examples=60)
@given(data=st.data())
def test_torn_or_changed_anywhere_it_opens_or_is_set_aside_and_says_so(data: st.DataObject) -> None:
    """And where nothing is said, the pack that was on is on."""
    with TemporaryDirectory() as folder:
        file = Path(folder) / "relief.db"
        store(file).add(PACK)
        clean()
        whole = file.read_bytes()
        at = data.draw(st.integers(0, len(whole) - 1))
        torn = data.draw(st.booleans())
        file.write_bytes(whole[:at] if torn else (whole[:at] + b"\xa5" * 16 + whole[at + 16 :])[: len(whole)])
        problems: list[LoadProblem] = []
        exposures = store(file, on_problem=problems.append)
        try:
            found = exposures.since(0)
        except NotKept:
            return  # as where the bytes changed are those of the version: no pack is put on
        finally:
            clean()
        assert ended(found) >= JUST_OFF if problems else len(found) == 1


def test_text_that_is_none_any_more_hides_no_pack(file: Path) -> None:
    """SQLite does not look whether text is text; the boot is then not known, and the wall clock counts."""
    kept = store(file).add(PACK)
    clean()
    file.write_bytes(file.read_bytes().replace(b"boot-1", b"boot\xff\xff"))
    found = store(file).on_skin()
    assert found == replace(kept, began=NOW._replace(boot_id="boot\ufffd\ufffd"))


def test_damage_that_shows_later_is_told_and_the_file_looked_over_again(file: Path) -> None:
    exposures = store(file)
    exposures.add(PACK)
    with pytest.raises(NotKept), exposures.database.writing():
        raise Damaged
    assert exposures.on_skin() == replace(PACK, id=1)


def test_from_outside_a_pack_on_the_skin_is_seen_and_nothing_changed(file: Path) -> None:
    assert is_pack_on(file) is False
    exposures = store(file)
    kept = exposures.add(PACK)
    assert is_pack_on(file) is True
    exposures.update(replace(kept, ended=NOW))
    assert is_pack_on(file) is False
    clean()
    assert is_pack_on(file) is False
    for harm in UNREADABLE:
        harm(file)
        before = file.read_bytes()
        assert is_pack_on(file) is None
        assert file.read_bytes() == before
        file.unlink()
        store(file).on_skin()
        clean()
