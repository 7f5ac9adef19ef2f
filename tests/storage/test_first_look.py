"""The first look says what the catalogue and the session say a moment later."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.anatomy import Leg
from relief_app.core.gates import Asked
from relief_app.core.profile import Answer, Profile
from relief_app.core.refusal import RoutineRefused
from relief_app.core.safety import is_seated, performed
from relief_app.storage.assets import AssetMissing, asset_path
from relief_app.storage.catalogue import Catalogue
from relief_app.storage.first_look import FirstStep, first_step
from relief_app.storage.gates import read_gates
from relief_app.storage.profile import ProfileFile, Safety

CATALOGUE = Catalogue()
ROUTINES = ["cramp-bed", "cramp-standing"]


def begins(routine: str, profile: Path) -> FirstStep:
    """The first step by the catalogue and the law of the gates."""
    verdict = Safety(ProfileFile(profile), lambda: 0.0).verdict()
    holds = performed(CATALOGUE.routine(routine), CATALOGUE.exercises, Leg.LEFT, verdict)
    return FirstStep(
        exercise=holds[0].exercise.id,
        cue=holds[0].cue,
        seconds=holds[0].duration_ms // 1000,
        following=holds[1].exercise.name,
        holds=len(holds),
    )


@pytest.mark.parametrize("routine", ROUTINES)
def test_it_is_what_the_session_begins_with(routine: str, tmp_path: Path) -> None:
    nothing = tmp_path / "profile.json"
    assert first_step(routine) == first_step(routine, nothing) == begins(routine, nothing)


def test_where_nothing_was_answered_the_gates_are_not_read() -> None:
    def find(*parts: str) -> Path:
        assert parts != ("gates.toml",)
        return asset_path(*parts)

    assert first_step("cramp-bed", Path("nowhere", "profile.json"), find_asset=find).holds == 4


KEYS = [gate.key for gate in read_gates() if gate.asked is Asked.PROFILE]
ANSWERS = st.dictionaries(st.sampled_from(KEYS), st.sampled_from(Answer)) | st.dictionaries(
    st.sampled_from(KEYS), st.just(Answer.NO), min_size=len(KEYS) - 2
)


@given(answers=ANSWERS, routine=st.sampled_from(ROUTINES))
def test_whatever_was_answered_it_begins_the_same(
    tmp_path_factory: pytest.TempPathFactory, answers: dict[str, Answer], routine: str
) -> None:
    """Where the answers change the steps themselves, the catalogue is waited for."""
    file = ProfileFile(tmp_path_factory.getbasetemp() / "look" / "profile.json")
    file.save(Profile(answers, {"cream_used_at": 0.0}))
    verdict = Safety(file, lambda: 0.0).verdict()
    if routine == "cramp-standing" and is_seated(CATALOGUE.routine(routine), verdict):
        with pytest.raises(LookupError):
            first_step(routine, file.path)
    else:
        assert first_step(routine, file.path) == begins(routine, file.path)


UNFIT = ['{"answers"', "[]", '{"answers": []}', '{"answers": {"unsteady": "maybe"}}', "{}", '{"a":' * 60_000]


@pytest.mark.parametrize("text", UNFIT, ids=["torn", "list", "no table", "no answer", "nothing", "deep"])
def test_an_unfit_profile_is_left_to_the_store(tmp_path: Path, text: str) -> None:
    profile = tmp_path / "profile.json"
    profile.write_text(text[:60_000])
    with pytest.raises((LookupError, ValueError)):
        first_step("cramp-bed", profile)


def test_a_profile_that_cannot_be_read_is_left_to_the_store(tmp_path: Path) -> None:
    with pytest.raises(RoutineRefused):
        first_step("cramp-bed", tmp_path)


def test_gates_written_in_another_way_are_left_to_their_reader(tmp_path: Path) -> None:
    (tmp_path / "gates.toml").write_text("format = 1\n[gates]\nunsteady = {}\n")
    (tmp_path / "profile.json").write_text('{"answers": {}}')

    def find(*parts: str) -> Path:
        return asset_path(*parts) if parts[0] != "gates.toml" else tmp_path / parts[0]

    with pytest.raises(LookupError):
        first_step("cramp-bed", tmp_path / "profile.json", find_asset=find)


def test_a_missing_file_is_named() -> None:
    with pytest.raises(AssetMissing, match="no-such-routine"):
        first_step("no-such-routine")


@pytest.mark.parametrize(
    "text",
    [
        "",
        "format = 1",
        "[[steps]]\nduration_s = 3",
        '[[steps]]\nexercise = "dance"\nduration_s = 3\n',
        '[[steps]]\nexercise = "rest"\nduration_s = 3\n',
        "[[steps]]\nexercise = 'rest'\n[[steps]]\nexercise = 'rest'\n",
    ],
)
def test_a_file_written_in_another_way_is_left_to_the_catalogue(tmp_path: Path, text: str) -> None:
    (tmp_path / "mine.toml").write_text(text)

    def find(*parts: str) -> Path:
        return asset_path(*parts) if parts[0] != "routines" else tmp_path / parts[1]

    with pytest.raises((LookupError, ValueError)):
        first_step("mine", find_asset=find)


@pytest.mark.parametrize(
    "kept", [Profile(facts={"often_or_severe": 5.0}), Profile({"chest_or_breath": Answer.YES})]
)
def test_a_reported_sign_is_never_passed_by(kept: Profile, tmp_path: Path) -> None:
    file = ProfileFile(tmp_path / "relief" / "profile.json")
    file.save(kept)
    with pytest.raises(LookupError):
        first_step("cramp-bed", file.path)
