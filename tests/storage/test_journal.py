"""A killed app comes back to its session: from a whole entry, and only while it is fresh."""

import json
import math
import stat
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg
from relief_app.ports import JournalEntry, JournalStore, LoadProblem, NotKept, NotKeptReason, ProblemCode
from relief_app.storage.journal import JournalFile

ENTRY = JournalEntry(
    version="0.1.0",
    saved_wall_s=1_770_000_000.25,
    boot_id="3f0c",
    boot_ms=123_456,
    routine="cramp-bed",
    leg=Leg.LEFT,
    rate=1.0,
    session={"state": "running", "index": 2, "marks": [1, 2.5, None, True], "deep": {"er": {}}},
)


def store(tmp_path: Path) -> JournalFile:
    return JournalFile(tmp_path / "relief" / "session.json", lambda: date(2026, 1, 31))


def file_of(tmp_path: Path) -> Path:
    return tmp_path / "relief" / "session.json"


def test_without_an_entry_there_is_nothing_to_come_back_to(tmp_path: Path) -> None:
    journal: JournalStore = store(tmp_path)
    assert (journal.load(), journal.take_problem()) == (None, None)


def test_an_entry_comes_back_as_it_was(tmp_path: Path) -> None:
    store(tmp_path).save(ENTRY._replace(leg=Leg.RIGHT))
    store(tmp_path).save(ENTRY)
    assert store(tmp_path).load() == ENTRY
    found = [file_of(tmp_path), file_of(tmp_path).parent]
    assert [stat.S_IMODE(path.stat().st_mode) for path in found] == [0o600, 0o700]
    assert list(file_of(tmp_path).parent.iterdir()) == [file_of(tmp_path)]


def test_when_a_session_began_is_kept_where_it_is_known(tmp_path: Path) -> None:
    """A journal of before that was noted has none, and is none the worse for it."""
    began = ENTRY._replace(began_wall_s=1_700_000_000.25)
    store(tmp_path).save(began)
    assert store(tmp_path).load() == began
    content = json.loads(file_of(tmp_path).read_text())
    del content["began_wall_s"]
    file_of(tmp_path).write_text(json.dumps(content))
    assert store(tmp_path).load() == ENTRY
    file_of(tmp_path).write_text(json.dumps(content | {"began_wall_s": "yesterday"}))
    assert store(tmp_path).load() is None


LEAVES = (
    st.none()
    | st.booleans()
    | st.integers(-(2**53), 2**53)
    | st.floats(allow_nan=False, allow_infinity=False)
)
VALUES = st.recursive(
    LEAVES | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(session=st.dictionaries(st.text(max_size=9), VALUES, max_size=4))
def test_any_session_of_primitives_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, session: dict[str, object]
) -> None:
    journal = store(tmp_path_factory.getbasetemp() / "journal-law")
    journal.save(ENTRY._replace(session=session))
    assert journal.load() == ENTRY._replace(session=session)


def test_an_entry_torn_at_any_byte_is_set_aside(tmp_path: Path) -> None:
    store(tmp_path).save(ENTRY)
    file = file_of(tmp_path)
    whole = file.read_bytes()
    assert whole.endswith(b"}\n")
    for length in range(len(whole) - 1):
        file.write_bytes(whole[:length])
        journal = store(tmp_path)
        assert journal.load() is None
        problem = journal.take_problem()
        assert problem is not None
        assert (problem.code, problem.path) == (ProblemCode.DAMAGED, file)
        assert problem.set_aside is not None
        assert problem.set_aside.read_bytes() == whole[:length]
        problem.set_aside.unlink()
    file.write_bytes(whole[:-1])
    assert store(tmp_path).load() == ENTRY


def test_an_entry_with_any_byte_zeroed_is_whole_or_set_aside(tmp_path: Path) -> None:
    store(tmp_path).save(ENTRY)
    file = file_of(tmp_path)
    whole = file.read_bytes()
    for place in range(len(whole)):
        file.write_bytes(whole[:place] + b"\0" + whole[place + 1 :])
        journal = store(tmp_path)
        assert journal.load() is None
        problem = journal.take_problem()
        assert problem is not None
        assert problem.set_aside is not None
        problem.set_aside.unlink()


@pytest.mark.parametrize(
    "change",
    [
        {"format": 2},
        {"format": None},
        {"version": 1},
        {"saved_wall_s": "now"},
        {"saved_wall_s": True},
        {"saved_wall_s": -1},
        {"boot_ms": 1.5},
        {"boot_ms": -1},
        {"boot_id": None},
        {"routine": "../heat"},
        {"routine": ""},
        {"leg": "both"},
        {"rate": 0},
        {"rate": 61},
        {"session": []},
        {"session": "running"},
        {"extra": 1},
    ],
)
def test_an_entry_that_says_what_it_cannot_is_set_aside(tmp_path: Path, change: dict[str, object]) -> None:
    store(tmp_path).save(ENTRY)
    file = file_of(tmp_path)
    file.write_text(json.dumps(json.loads(file.read_text()) | change))
    journal = store(tmp_path)
    assert journal.load() is None
    aside = file.with_name("session.json.damaged-2026-01-31")
    assert journal.take_problem() == LoadProblem(ProblemCode.DAMAGED, file, aside)
    assert aside.exists()


@pytest.mark.parametrize("number", ["NaN", "Infinity", "-Infinity", "1e999"])
def test_a_session_with_a_number_that_is_none_is_set_aside(tmp_path: Path, number: str) -> None:
    store(tmp_path).save(ENTRY)
    file = file_of(tmp_path)
    file.write_text(file.read_text().replace("2.5", number))
    assert store(tmp_path).load() is None


def nested(levels: int) -> dict[str, object]:
    found: dict[str, object] = {}
    for _ in range(levels):
        found = {"in": found}
    return found


@pytest.mark.parametrize(
    "session",
    [
        {"at": math.inf},
        {"at": math.nan},
        {"at": object()},
        {1: "one"},
        {"in": {1: 2}},
        nested(9),
        {"at": b"x"},
    ],
)
def test_what_is_no_data_is_never_written(tmp_path: Path, session: dict[str, object]) -> None:
    store(tmp_path).save(ENTRY)
    with pytest.raises(ValueError, match="session"):
        store(tmp_path).save(ENTRY._replace(session=session))
    assert store(tmp_path).load() == ENTRY


def test_a_session_too_large_to_read_again_is_not_kept(tmp_path: Path) -> None:
    with pytest.raises(NotKept) as caught:
        store(tmp_path).save(ENTRY._replace(session={"at": "x" * 70_000}))
    assert caught.value.reason is NotKeptReason.TOO_LARGE


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "relief").touch()
    with pytest.raises(NotKept) as caught:
        store(tmp_path).save(ENTRY)
    assert caught.value.path == file_of(tmp_path)


def test_clearing_forgets_and_may_be_done_twice(tmp_path: Path) -> None:
    store(tmp_path).save(ENTRY)
    for _ in range(2):
        store(tmp_path).clear()
        assert store(tmp_path).load() is None


def test_clearing_where_nothing_can_be_is_fine(tmp_path: Path) -> None:
    (tmp_path / "relief").touch()
    store(tmp_path).clear()


def test_an_entry_that_stays_is_said(tmp_path: Path) -> None:
    file_of(tmp_path).mkdir(parents=True)
    with pytest.raises(NotKept):
        store(tmp_path).clear()
