"""The settings desk of the real app: what is chosen counts at once and is kept; data is exchanged whole."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication

from relief_app.bootstrap import Relief
from relief_app.commands import settings as command
from relief_app.core.anatomy import Leg
from relief_app.core.archives import ArchiveProblem, ArchiveRefused, DataInUse
from relief_app.core.preferences import Settings, Theme
from relief_app.core.profile import Answer, Profile
from relief_app.core.steering import Steer
from relief_app.desk import Desk, anew
from relief_app.opening import Opening
from relief_app.ports import SettingsDesk
from relief_app.services import Services
from relief_app.storage.paths import find_paths
from relief_app.storage.profile import ProfileFile
from relief_app.storage.settings import SettingsFile
from relief_app.ui.widgets.cue_label import CueLabel


class Place:
    """The running app, with its services, as the person has it before them."""

    def __init__(self, opening: Opening = Opening()) -> None:  # noqa: B008 - a plain value
        self.relief = Relief(find_paths(), opening)
        self.start()

    def start(self) -> None:
        self.relief.window.first_painted.disconnect()
        self.relief.open()
        self.relief.services = Services(self.relief)
        self.desk: SettingsDesk = Desk(self.relief)

    def end(self) -> None:
        if self.relief.driver.is_live:
            self.relief.driver.steer(Steer.STOP)
        self.relief.window.close()
        self.relief.close()
        # An asked-for end would end the next test's event loop; one turn of a loop takes it up.
        QTimer.singleShot(0, QApplication.quit)
        QApplication.exec()

    def begin_anew(self) -> str:
        """What the program does once the event loop has ended; returns what the new window says."""
        job = self.relief.afterwards
        assert job is not None
        self.relief.close()
        self.relief = anew(self.relief, job)
        self.start()
        QApplication.processEvents()
        notice = self.relief.window.findChild(CueLabel, "notice_label")
        assert notice is not None
        return notice.text()


@pytest.fixture
def place(qapp: QApplication, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    monkeypatch.setattr(Path, "home", lambda: tmp_path)
    found = Place()
    yield found
    found.end()


def on_disk() -> Settings:
    return SettingsFile(find_paths().settings_file).load()


def test_a_choice_counts_at_once_and_is_kept(place: Place) -> None:
    place.desk.change(place.desk.settings._replace(theme=Theme.DARK), "theme")
    place.desk.change(place.desk.settings._replace(leg=Leg.LEFT), "leg")
    place.desk.change(place.desk.settings._replace(sounds=False), "sounds")
    assert on_disk() == Settings(theme=Theme.DARK, leg=Leg.LEFT, sounds=False) == place.desk.settings
    assert (place.relief.window.theme_name, place.relief.leg, place.relief.muted) == ("dark", Leg.LEFT, True)


def test_the_emergency_number_follows(place: Place) -> None:
    number = place.relief._emergency_number
    assert number() is None
    place.desk.change(place.desk.settings._replace(country="GB"), "country")
    assert number() == "999"
    place.desk.change(place.desk.settings._replace(emergency_number="+110"), "emergency_number")
    assert number() == "+110"
    assert place.desk.numbers()["AU"] == "000"


def test_what_the_command_line_wrote_meanwhile_is_not_lost(place: Place) -> None:
    assert command.set_value("country", "JP") == 0
    place.desk.change(place.desk.settings._replace(volume=0.3), "volume")
    assert on_disk() == Settings(country="JP", volume=0.3)
    place.relief.choose_leg(Leg.LEFT)
    assert on_disk() == Settings(country="JP", volume=0.3, leg=Leg.LEFT)
    place.desk.refresh()
    assert place.desk.settings.country == "JP"


def test_mute_for_this_run_outlives_other_changes(place: Place) -> None:
    place.relief.toggle_mute()
    place.desk.refresh()
    place.desk.change(place.desk.settings._replace(volume=0.3), "volume")
    assert place.relief.muted
    place.desk.change(place.desk.settings, "sounds")
    assert not place.relief.muted


def test_settings_that_cannot_be_written_count_for_this_run_and_that_is_said(
    place: Place, capsys: pytest.CaptureFixture[str]
) -> None:
    folder = find_paths().config_dir
    folder.parent.mkdir(parents=True, exist_ok=True)
    folder.write_text("in the way")
    place.desk.change(place.desk.settings._replace(theme=Theme.NIGHT), "theme")
    assert place.relief.window.theme_name == "night"
    assert capsys.readouterr().err.startswith("relief-app: Not kept, the guide goes on: ")
    folder.unlink()
    place.desk.change(place.desk.settings._replace(volume=0.3), "volume")
    assert on_disk() == Settings(theme=Theme.NIGHT, volume=0.3)


def kept_answers() -> Profile:
    return ProfileFile(find_paths().profile).load()


def test_a_backup_is_restored_and_the_window_opens_anew(place: Place, tmp_path: Path) -> None:
    place.desk.change(place.desk.settings._replace(theme=Theme.DARK), "theme")
    place.relief.safety.answer("unsteady", Answer.YES)
    file = place.desk.new_archive()
    assert file.parent == tmp_path
    place.desk.back_up(file)
    assert file.stat().st_mode & 0o777 == 0o600
    with pytest.raises(FileExistsError):
        place.desk.back_up(file)
    assert place.desk.archives() == [file]
    assert place.desk.new_archive() != file
    place.desk.change(Settings(), "theme")
    place.relief.safety.answer("unsteady", Answer.NO)
    place.desk.restore(file)
    said = place.begin_anew()
    assert said.startswith("Restored. What was there before lies in ")
    assert place.desk.settings == on_disk() == Settings(theme=Theme.DARK)
    assert place.relief.window.theme_name == "dark"
    assert kept_answers().answer("unsteady") is Answer.YES
    assert place.desk.archives()[0].name.startswith("before-restore-")


def test_erased_means_gone(place: Place) -> None:
    place.desk.change(place.desk.settings._replace(theme=Theme.NIGHT), "theme")
    place.relief.safety.report("pop_or_gap")
    assert {path.name for path, _ in place.desk.kept_files()} == {"settings.json", "profile.json"}
    place.desk.erase()
    assert place.begin_anew() == "Erased: nothing is kept any more."
    assert place.desk.kept_files() == ()
    assert place.desk.settings == Settings()
    assert dict(kept_answers().facts) == {}
    assert place.relief.window.theme_name == "night"  # no white frame out of a red one


def test_nothing_is_exchanged_while_a_session_runs(place: Place, tmp_path: Path) -> None:
    file = tmp_path / "archive.zip"
    place.desk.back_up(file)
    place.relief.begin("bedtime", Leg.LEFT)
    for job in (place.desk.erase, lambda: place.desk.restore(file)):
        with pytest.raises(DataInUse):
            job()
    assert place.relief.afterwards is None


@pytest.mark.parametrize(
    ("content", "problem"),
    [
        (None, ArchiveProblem.UNREADABLE_FILE),
        (b"nothing of the kind", ArchiveProblem.NOT_AN_ARCHIVE),
    ],
)
def test_what_is_no_archive_is_refused_before_anything_closes(
    place: Place, tmp_path: Path, content: bytes | None, problem: ArchiveProblem
) -> None:
    file = tmp_path / "archive.zip"
    if content is not None:
        file.write_bytes(content)
    with pytest.raises(ArchiveRefused) as refused:
        place.desk.restore(file)
    assert refused.value.problem is problem
    assert place.relief.afterwards is None


def test_the_settings_file_stays_plain_json(place: Place) -> None:
    place.desk.change(place.desk.settings._replace(emergency_number="*31#110"), "emergency_number")
    assert json.loads(find_paths().settings_file.read_text())["emergency_number"] == "*31#110"
