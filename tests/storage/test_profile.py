"""The profile outlives the app; damage, loss and haste only ever make it more cautious."""

import json
import stat
import threading
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.gates import CAUTIOUS, Asked, Block
from relief_app.core.profile import Answer, Profile
from relief_app.ports import LoadProblem, NotKept, ProblemCode, ProfileStore, SafetyQuestions, SafetySource
from relief_app.storage.assets import AssetMissing, asset_path
from relief_app.storage.gates import read_gates
from relief_app.storage.profile import ProfileFile, Safety

KEPT = Profile({"blood_thinner": Answer.NO, "unsteady": Answer.YES}, {"cream_used_at": 1_700_000_000.5})
GOOD = {"format": 1, "answers": {"unsteady": "yes"}, "facts": {"cream_used_at": 5}}


def store(tmp_path: Path) -> ProfileFile:
    return ProfileFile(tmp_path / "relief" / "profile.json", lambda: date(2026, 1, 31))


def put(tmp_path: Path, content: object) -> Path:
    file = tmp_path / "relief" / "profile.json"
    file.parent.mkdir(exist_ok=True)
    file.write_bytes(content if isinstance(content, bytes) else json.dumps(content).encode())
    return file


def test_without_a_file_nothing_is_answered_and_nothing_is_said(tmp_path: Path) -> None:
    found: ProfileStore = store(tmp_path)
    assert (found.load(), found.take_problem()) == (Profile(), None)
    assert list(tmp_path.iterdir()) == []


def test_what_is_saved_is_loaded_and_for_its_owner_only(tmp_path: Path) -> None:
    (tmp_path / "relief").mkdir(mode=0o755)
    store(tmp_path).save(KEPT)
    file = tmp_path / "relief" / "profile.json"
    assert store(tmp_path).load() == KEPT
    assert [stat.S_IMODE(path.stat().st_mode) for path in (file, file.parent)] == [0o600, 0o700]
    assert [path.name for path in file.parent.iterdir()] == ["profile.json"]


KEYS = st.from_regex(r"[a-z][a-z0-9_]{0,20}", fullmatch=True)


@given(
    answers=st.dictionaries(KEYS, st.sampled_from(Answer)), facts=st.dictionaries(KEYS, st.floats(0, 1e12))
)
def test_any_profile_comes_back_the_same(
    tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Answer], facts: dict[str, float]
) -> None:
    folder = tmp_path_factory.getbasetemp() / "profile-law"
    store(folder).save(Profile(answers, facts))
    assert store(folder).load() == Profile(answers, facts)


def test_what_a_newer_version_keeps_beside_it_stays(tmp_path: Path) -> None:
    file = put(tmp_path, GOOD | {"signed": "later"})
    assert store(tmp_path).load().answer("unsteady") is Answer.YES
    store(tmp_path).save(KEPT)
    assert json.loads(file.read_text())["signed"] == "later"


DAMAGED = {
    "nothing": b"",
    "torn": b'{"format": 1, "answers": {"unst',
    "a list": [GOOD],
    "another format": GOOD | {"format": 2},
    "no answers": {"format": 1},
    "answers that are a list": GOOD | {"answers": ["unsteady"]},
    "a wrong answer": GOOD | {"answers": {"unsteady": "perhaps"}},
    "now for an answer": GOOD | {"answers": {"unsteady": "now"}},
    "true for yes": GOOD | {"answers": {"unsteady": True}},
    "an odd key": GOOD | {"answers": {"Unsteady": "no"}},
    "a time before time": GOOD | {"facts": {"cream_used_at": -1}},
    "a time without end": b'{"format": 1, "answers": {}, "facts": {"cream_used_at": 1e999}}',
    "a time that is none": b'{"format": 1, "answers": {}, "facts": {"cream_used_at": NaN}}',
    "a time far ahead": GOOD | {"facts": {"cream_used_at": 1e13}},
    "a text for a time": GOOD | {"facts": {"cream_used_at": "now"}},
    "too deep": b'{"format":' + b"[" * 30_000,
    "too much": b" " * 70_000,
}


@pytest.mark.parametrize("content", DAMAGED.values(), ids=DAMAGED.keys())
def test_a_damaged_file_is_set_aside_said_once_and_nothing_counts_as_answered(
    tmp_path: Path, content: object
) -> None:
    file = put(tmp_path, content)
    before = file.read_bytes()
    found = store(tmp_path)
    assert found.load() == Profile()
    aside = file.with_name("profile.json.damaged-2026-01-31")
    assert found.take_problem() == LoadProblem(ProblemCode.DAMAGED, file, aside)
    assert (found.load(), found.take_problem()) == (Profile(), None)
    assert aside.read_bytes() == before


def test_a_place_that_cannot_be_written_is_said(tmp_path: Path) -> None:
    (tmp_path / "relief").write_text("a file where the folder should be")
    with pytest.raises(NotKept):
        store(tmp_path).save(KEPT)
    with pytest.raises(NotKept), store(tmp_path).alone():
        pytest.fail("went on without a place")


def test_writers_wait_for_each_other(tmp_path: Path) -> None:
    """Each adds an answer of its own to what is there; none is lost."""

    def answer(key: str) -> None:
        file = store(tmp_path)
        for number in range(10):
            with file.alone():
                file.save(file.load().with_answer(f"{key}{number}", Answer.YES))

    writers = [threading.Thread(target=answer, args=(key,)) for key in "abc"]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert set(store(tmp_path).load().answers) == {f"{key}{number}" for key in "abc" for number in range(10)}


# The verdict


def test_the_verdict_follows_the_file_from_one_moment_to_the_next(tmp_path: Path) -> None:
    safety: SafetySource = Safety(store(tmp_path), lambda: 1_700_000_000.5 + 3_600)
    assert safety.verdict().blocks == {Block.MASSAGE, Block.HEAT, Block.ICE, Block.HYDRATION}
    denied = {gate.key: Answer.NO for gate in read_gates() if gate.asked is Asked.PROFILE}
    store(tmp_path).save(Profile(denied))
    assert safety.verdict().blocks == {Block.HEAT, Block.ICE}
    store(tmp_path).save(Profile(denied, KEPT.facts))
    because = [reason.gate.key for reason in safety.verdict().because(Block.HEAT)]
    assert because[0] == "cream_used_at"
    assert safety.take_problem() is None


def test_a_damaged_profile_is_told_once_by_who_asks(tmp_path: Path) -> None:
    file = put(tmp_path, b"{")
    safety = Safety(store(tmp_path), lambda: 0.0)
    assert safety.verdict().alters == CAUTIOUS.alters
    problem = safety.take_problem()
    assert problem is not None
    assert (problem.code, problem.path) == (ProblemCode.DAMAGED, file)
    safety.verdict()
    assert safety.take_problem() is None


@pytest.mark.parametrize("damage", ["missing", "torn"])
def test_without_the_questions_the_cautious_verdict_holds_and_it_is_told_once(
    tmp_path: Path, damage: str
) -> None:
    torn = tmp_path / "gates.toml"
    torn.write_text("format = 1")

    def find(*parts: str) -> Path:
        if damage == "missing":
            raise AssetMissing("/".join(parts))
        return torn

    safety = Safety(store(tmp_path), lambda: 0.0, find_asset=find)
    assert safety.verdict() == safety.verdict() == CAUTIOUS
    assert safety.take_problem() == LoadProblem(ProblemCode.UNREADABLE, Path("gates.toml"))
    assert safety.take_problem() is None


def test_the_delivered_questions_are_found() -> None:
    assert asset_path("gates.toml").is_file()


def test_an_answer_is_kept_beside_the_others_on_disk(tmp_path: Path) -> None:
    file = store(tmp_path)
    file.save(Profile({"pregnancy": Answer.NO}))
    questions: SafetyQuestions = Safety(file, lambda: 0.0)
    questions.answer("unsteady", Answer.YES)
    assert store(tmp_path).load().answers == {"pregnancy": Answer.NO, "unsteady": Answer.YES}


def test_an_answer_never_replaces_a_profile_that_cannot_be_read(tmp_path: Path) -> None:
    file = store(tmp_path)
    file.path.mkdir(parents=True)
    questions = Safety(file, lambda: 0.0)
    with pytest.raises(NotKept):
        questions.answer("unsteady", Answer.NO)
    assert file.path.is_dir()
    assert questions.profile().answer("unsteady") is Answer.NO


# Reported signs


def test_a_reported_sign_is_a_dated_fact_until_it_was_looked_at(tmp_path: Path) -> None:
    file = store(tmp_path)
    file.save(KEPT)
    safety: SafetyQuestions = Safety(file, lambda: 1_800_000_000.0)
    safety.report("pop_or_gap")
    assert file.load() == KEPT.with_fact("pop_or_gap", 1_800_000_000.0)
    assert Block.HOLD in safety.verdict().blocks
    assert stat.S_IMODE(file.path.stat().st_mode) == 0o600
    late = Safety(file, lambda: 9e9)
    assert Block.HOLD in late.verdict().blocks
    late.clear("pop_or_gap")
    assert file.load() == KEPT.with_answer("pop_or_gap", Answer.NO)
    assert Block.HOLD not in safety.verdict().blocks


def test_a_report_that_cannot_be_written_counts_and_is_written_with_the_next(tmp_path: Path) -> None:
    file = store(tmp_path)
    folder = file.path.parent
    folder.write_text("in the way")
    safety = Safety(file, lambda: 5.0)
    for code in ("pop_or_gap", "dirty_wound"):
        with pytest.raises(NotKept):
            safety.report(code)
    assert dict(safety.profile().facts) == {"pop_or_gap": 5.0, "dirty_wound": 5.0}
    assert Block.HOLD in safety.verdict().blocks
    with pytest.raises(NotKept):
        safety.clear("pop_or_gap")
    assert Block.HOLD in safety.verdict().blocks
    folder.unlink()
    safety.clear("pop_or_gap")
    assert dict(file.load().facts) == {"dirty_wound": 5.0}


def test_where_the_signs_cannot_be_read_a_reported_one_forbids_everything(tmp_path: Path) -> None:
    def find(*parts: str) -> Path:
        if parts == ("red_flags.toml",):
            raise AssetMissing("red_flags.toml")
        return asset_path(*parts)

    file = store(tmp_path)
    safety = Safety(file, lambda: 5.0, find_asset=find)
    file.save(Profile(dict.fromkeys((gate.key for gate in read_gates()), Answer.NO), {"cream_used_at": 5.0}))
    assert safety.verdict().blocks == {Block.HEAT}
    file.save(file.load().with_fact("often_or_severe", 1.0))
    assert safety.verdict().blocks == set(Block) - {Block.MASSAGE_SESSION}
