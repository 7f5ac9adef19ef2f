"""A person's own routines: found, kept, never overwritten unasked."""

import stat
from pathlib import Path

import pytest

from relief_app.core.refusal import Refusal, RefusalCode, RoutineRefused
from relief_app.ports import NotKept, RoutineSource
from relief_app.storage.catalogue import BUILT_IN, Catalogue, UnknownRoutine
from relief_app.storage.own_routines import OwnRoutines
from tests.storage.samples import document


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data" / "routines"


def put(folder: Path, name: str, text: str) -> Path:
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / name
    path.write_text(text)
    return path


def own(folder: Path) -> OwnRoutines:
    found = Catalogue(folder).own
    assert found is not None
    return found


def refused(act: object) -> Refusal:
    assert callable(act)
    with pytest.raises(RoutineRefused) as caught:
        act()
    return caught.value.refusal


def test_without_a_folder_there_are_the_built_in_routines(folder: Path) -> None:
    catalogue: RoutineSource = Catalogue(folder)
    assert catalogue.routine_ids() == BUILT_IN
    assert not folder.exists()


def test_own_routines_follow_the_built_in_ones(folder: Path) -> None:
    put(folder, "b.toml", document(id='"second"'))
    put(folder, "a.toml", document(id='"first"', title='"First"'))
    put(folder, "note.txt", "no routine")
    catalogue = Catalogue(folder)
    assert catalogue.routine_ids() == (*BUILT_IN, "first", "second")
    assert catalogue.routine("first").title == "First"


def test_a_built_in_routine_wins_over_an_own_one(folder: Path) -> None:
    put(folder, "heat.toml", document(id='"heat"', title='"Mine"'))
    assert Catalogue(folder).routine_ids() == BUILT_IN
    assert Catalogue(folder).routine("heat").title == "Heat"


def test_of_two_files_with_one_id_the_first_by_name_is_used(folder: Path) -> None:
    put(folder, "b.toml", document(title='"B"'))
    put(folder, "a.toml", document(title='"A"'))
    assert Catalogue(folder).routine("mine").title == "A"


def test_a_file_that_may_not_be_used_is_told_of_and_left(folder: Path) -> None:
    bad = put(folder, "bad.toml", "format = 2")
    good = put(folder, "good.toml", document())
    assert own(folder).ids() == ("mine",)
    assert own(folder).refused() == ((bad, Refusal(RefusalCode.WRONG_FORMAT, None, "format", 2, 1)),)
    assert refused(lambda: Catalogue(folder).routine("bad")).code is RefusalCode.WRONG_FORMAT
    assert bad.exists()
    assert good.exists()


def test_an_unknown_routine_is_unknown(folder: Path) -> None:
    put(folder, "a.toml", document())
    with pytest.raises(UnknownRoutine):
        Catalogue(folder).routine("a")


def test_an_imported_routine_is_kept_for_its_owner_only(folder: Path, tmp_path: Path) -> None:
    source = put(tmp_path, "from-a-friend.toml", document() + "# a comment\n")
    assert own(folder).import_file(source).id == "mine"
    kept = folder / "mine.toml"
    assert [stat.S_IMODE(path.stat().st_mode) for path in (kept, folder)] == [0o600, 0o700]
    assert Catalogue(folder).routine("mine") == own(folder).find("mine")


@pytest.mark.parametrize("taken", ["mine", "heat"])
def test_importing_never_overwrites(folder: Path, tmp_path: Path, taken: str) -> None:
    old = put(folder, "x.toml", document(title='"Old"'))
    source = put(tmp_path, "new.toml", document(id=f'"{taken}"', title='"New"'))
    found = refused(lambda: own(folder).import_file(source))
    assert (found.code, found.value) == (RefusalCode.ID_TAKEN, taken)
    assert list(folder.iterdir()) == [old]
    assert Catalogue(folder).routine("mine").title == "Old"


def test_importing_leaves_a_damaged_file_of_that_name_alone(folder: Path, tmp_path: Path) -> None:
    damaged = put(folder, "mine.toml", "damaged")
    source = put(tmp_path, "new.toml", document())
    assert refused(lambda: own(folder).import_file(source)).code is RefusalCode.ID_TAKEN
    assert damaged.read_text() == "damaged"


def test_importing_under_a_new_id(folder: Path, tmp_path: Path) -> None:
    source = put(tmp_path, "new.toml", document(id='"heat"'))
    assert own(folder).free_id("heat") == "heat-2"
    assert own(folder).import_file(source, new_id="heat-2").id == "heat-2"
    assert own(folder).ids() == ("heat-2",)
    assert own(folder).free_id("heat") == "heat-3"
    assert own(folder).free_id("new") == "new"


def test_a_free_id_is_never_too_long(folder: Path) -> None:
    put(folder, "long.toml", document(id=f'"{"a" * 64}"'))
    assert own(folder).free_id("a" * 64) == "a" * 59 + "-2"


@pytest.mark.parametrize("new_id", ["", "../heat", "a/b", "A"])
def test_a_new_id_is_checked_like_any_other(folder: Path, tmp_path: Path, new_id: str) -> None:
    source = put(tmp_path, "new.toml", document())
    found = refused(lambda: own(folder).import_file(source, new_id=new_id))
    assert found.where == "id"
    assert not folder.exists()


def test_a_refused_file_changes_nothing(folder: Path, tmp_path: Path) -> None:
    source = put(tmp_path, "new.toml", document(title='""'))
    assert refused(lambda: own(folder).import_file(source)).where == "title"
    assert not folder.exists()


def test_a_routine_is_updated_where_it_lies_and_removed(folder: Path) -> None:
    path = put(folder, "odd-name.toml", document())
    catalogue = Catalogue(folder)
    other = Catalogue(folder).routine("mine")
    own(folder).update(other)
    assert list(folder.iterdir()) == [path]
    assert catalogue.routine("mine") == other
    own(folder).remove("mine")
    assert list(folder.iterdir()) == []
    with pytest.raises(KeyError):
        own(folder).remove("mine")
    with pytest.raises(KeyError):
        own(folder).update(other)


def test_what_cannot_be_kept_is_said(folder: Path, tmp_path: Path) -> None:
    (tmp_path / "data").touch()
    source = put(tmp_path, "new.toml", document())
    with pytest.raises(NotKept):
        own(folder).import_file(source)
    assert own(folder).ids() == ()
