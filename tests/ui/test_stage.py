from PySide6.QtWidgets import QApplication

from tests.ui.scenes import played


def test_a_stage_that_is_struck_leaves_no_window(qapp: QApplication) -> None:
    before = len(qapp.topLevelWidgets())
    for _ in range(2):
        with played("bedtime") as stage:
            assert len(qapp.topLevelWidgets()) > before
            stage.window.grab()
    assert len(qapp.topLevelWidgets()) == before
