"""The first look says what the catalogue and the session say a moment later."""

from pathlib import Path

import pytest

from relief_app.core.anatomy import Leg
from relief_app.core.routine import plan
from relief_app.core.safety import skipped_kinds
from relief_app.storage.assets import AssetMissing, asset_path
from relief_app.storage.catalogue import Catalogue
from relief_app.storage.first_look import FirstStep, first_step


@pytest.mark.parametrize("routine", ["cramp-bed", "cramp-standing"])
def test_it_is_what_the_session_begins_with(routine: str) -> None:
    catalogue = Catalogue()
    holds = plan(catalogue.routine(routine), catalogue.exercises, Leg.LEFT, skip=skipped_kinds())
    assert first_step(routine) == FirstStep(
        exercise=holds[0].exercise.id,
        cue=holds[0].cue,
        seconds=holds[0].duration_ms // 1000,
        following=holds[1].exercise.name,
        holds=len(holds),
    )


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
