"""The chosen tone of skin is worn at once, by whatever page is on screen."""

import pytest
from PySide6.QtWidgets import QApplication

from relief_app.core.preferences import SkinTone
from relief_app.pictures.palette import palette
from tests.ui.conftest import MakeStage
from tests.ui.stage import channels


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_chosen_tone_is_worn_at_once_and_can_be_undone(make_stage: MakeStage, theme: str) -> None:
    stage = make_stage(forced=theme).guide("cramp-bed")
    usual = channels(stage.picture("pose_view"))
    for tone in (SkinTone.TONE_6, SkinTone.TONE_1):
        stage.choose_skin_tone(tone)
        QApplication.processEvents()
        skin = bytes.fromhex(palette(theme, tone)["skin"][1:])[::-1]
        assert (channels(stage.picture("pose_view")) == list(skin)).all(axis=2).sum() > 200
    stage.choose_skin_tone(SkinTone.TONE_3)
    assert (channels(stage.picture("pose_view")) == usual).all()
