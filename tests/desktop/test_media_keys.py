"""Media keys in the running app: there only when wanted, and only while there is something to steer."""

import stat
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from relief_app.bootstrap import Relief
from relief_app.commands import profile
from relief_app.core.session_state import State, View
from relief_app.core.steering import Steer
from relief_app.desktop.mpris import NAME
from relief_app.opening import Opening
from relief_app.remote import Remote
from relief_app.services import Services
from relief_app.storage.gates import read_gates
from relief_app.storage.paths import find_paths
from relief_app.storage.settings import SettingsFile
from tests.desktop.desk import HandClock
from tests.support.bus_client import BusClient
from tests.support.session_bus import SessionBus

MIN = 60_000
NO_BUS = "Media keys reach Relief only in its own window"


class Place:
    """The running app with its services, its clock moved by hand."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock
        self.relief = Relief(find_paths(), Opening(theme="light"))
        self.relief.window.first_painted.disconnect()
        self.relief.open()
        self.relief.services = Services(self.relief)
        self._remote = Remote(self.relief)

    def ask(self, command: str, **values: object) -> dict[str, object]:
        return dict(self._remote.handle({"command": command, **values}))

    def set(self, *, media_keys: bool) -> None:
        """As the command line does it."""
        file = SettingsFile(find_paths().settings_file)
        file.save(file.load()._replace(media_keys=media_keys))
        assert self.ask("settings") == {"ok": True}

    def start(self, routine: str) -> None:
        assert self.ask("now" if routine == "now" else "start", routine=routine) == {"ok": True}

    def move(self, ms: int) -> None:
        self.clock.move(ms)
        self.relief.driver.advance()
        self.relief.packs.advance()

    def view(self) -> View:
        view = self.relief.driver.view()
        assert view is not None
        return view

    def put_pack_on(self, kind: str) -> None:
        assert self.ask("start", routine=kind) == {"ok": True}
        while self.relief.packs.question is not None:
            assert self.ask("answer", question=self.relief.packs.question.id, value="no") == {"ok": True}
        self.move(self.view().remaining_ms)
        assert self.relief.packs.is_on

    def end(self) -> None:
        if self.relief.packs.is_on:
            self.relief.packs.acknowledge()
        if self.relief.driver.is_live:
            self.relief.driver.force(Steer.STOP)
        self.relief.window.must_close = True
        self.relief.window.close()
        self.relief.close()
        self.relief.window.deleteLater()
        QTimer.singleShot(0, QApplication.quit)
        QApplication.exec()


Make = Callable[[], Place]


@pytest.fixture
def make(qapp: QApplication, monkeypatch: pytest.MonkeyPatch) -> Iterator[Make]:
    clock, places = HandClock(), list[Place]()
    monkeypatch.setattr("relief_app.desktop.clock.SystemClock", lambda: clock)
    # What keeps the screen awake would be on the bus too, on a thread of its own.
    monkeypatch.setattr("relief_app.desktop.wakefulness.SOON_MS", 10**8)
    for gate in read_gates():
        if gate.asked.value == "profile" and not gate.is_dated:
            assert profile.set_answer(gate.key, "no") == 0

    def open_one() -> Place:
        places.append(Place(clock))
        return places[-1]

    yield open_one
    for place in places:
        place.end()


@pytest.fixture
def place(bus: SessionBus, make: Make) -> Place:
    return make()


@pytest.fixture
def client(place: Place, qtbot: QtBot) -> Iterator[BusClient]:
    client = BusClient(qtbot)
    yield client
    client.close()


def on(place: Place, client: BusClient, qtbot: QtBot, routine: str = "bedtime") -> None:
    place.set(media_keys=True)
    if routine in ("heat", "ice"):
        place.put_pack_on(routine)
    else:
        place.start(routine)
    qtbot.waitUntil(lambda: client.names() == [NAME])


def test_off_there_is_no_player_and_no_module_of_it(place: Place, client: BusClient, qtbot: QtBot) -> None:
    place.start("bedtime")
    keys = place.relief.services.media_keys if place.relief.services else None
    assert keys is not None
    assert [timer for timer in keys.findChildren(QTimer) if timer.isActive()] == []
    assert client.names() == []
    assert not keys._is_exported


def test_it_comes_with_a_session_and_goes_with_it(place: Place, client: BusClient, qtbot: QtBot) -> None:
    place.set(media_keys=True)
    assert client.names() == []
    place.start("bedtime")
    qtbot.waitUntil(lambda: client.names() == [NAME])
    place.ask("stop")
    qtbot.waitUntil(lambda: client.names() == [])
    place.start("now")
    qtbot.waitUntil(lambda: client.names() == [NAME])
    place.relief.host.leave()
    qtbot.waitUntil(lambda: client.names() == [])


def test_the_setting_counts_at_once(place: Place, client: BusClient, qtbot: QtBot) -> None:
    on(place, client, qtbot)
    place.set(media_keys=False)
    qtbot.waitUntil(lambda: client.names() == [])
    place.set(media_keys=True)
    qtbot.waitUntil(lambda: client.names() == [NAME])


def test_title_cue_and_place(place: Place, client: BusClient, qtbot: QtBot) -> None:
    on(place, client, qtbot)
    place.move(2_000)
    found = client.get(NAME, "Metadata")
    assert found["xesam:title"] == "Get ready: Towel stretch, right leg"
    assert found["xesam:artist"] == [place.view().hold.cue]
    assert found["xesam:album"] == "Before bed"
    assert (found["mpris:length"], client.get(NAME, "Position")) == (5_000_000, 2_000_000)


def test_each_phase_is_another_track(place: Place, client: BusClient, qtbot: QtBot) -> None:
    on(place, client, qtbot)
    first = client.get(NAME, "Metadata")["mpris:trackid"]
    place.move(5_000)
    qtbot.waitUntil(lambda: client.get(NAME, "Metadata")["mpris:trackid"] != first)
    assert client.get(NAME, "Metadata")["xesam:title"] == "Towel stretch, right leg"
    assert any("Metadata" in words[1] for name, words in client.heard if name == "PropertiesChanged")


def test_play_pause_pauses(place: Place, client: BusClient, qtbot: QtBot) -> None:
    on(place, client, qtbot)
    client.player(NAME, "PlayPause")
    assert place.view().state is State.PAUSED
    qtbot.waitUntil(lambda: client.get(NAME, "PlaybackStatus") == "Paused")
    client.player(NAME, "PlayPause")
    assert place.view().state is State.RUNNING


def test_in_a_cramp_it_means_that_it_let_go_and_is_back(
    place: Place, client: BusClient, qtbot: QtBot
) -> None:
    on(place, client, qtbot, "now")
    place.move(9_000)
    client.player(NAME, "PlayPause")
    assert place.view().release_ms == 9_000
    client.player(NAME, "PlayPause")
    assert place.view().release_ms is None


def test_a_seek_is_said_and_one_too_far_goes_on(place: Place, client: BusClient, qtbot: QtBot) -> None:
    on(place, client, qtbot)
    place.move(5_000)
    qtbot.waitUntil(lambda: client.get(NAME, "Metadata")["mpris:length"] > 5_000_000)
    length = client.get(NAME, "Metadata")["mpris:length"]
    client.player(NAME, "Seek", "x", 7_000_000)
    qtbot.waitUntil(lambda: ("Seeked", (7_000_000,)) in client.heard)
    assert place.view().remaining_ms == length / 1000 - 7_000
    assert client.get(NAME, "Metadata")["mpris:length"] == length
    track = client.get(NAME, "Metadata")["mpris:trackid"]
    client.player(NAME, "SetPosition", "ox", track, 3_000_000)
    assert place.view().remaining_ms == length / 1000 - 3_000
    client.player(NAME, "SetPosition", "ox", "/stale", 0)
    assert client.get(NAME, "Position") == 3_000_000
    client.player(NAME, "Seek", "x", 10**15)
    assert place.view().repetition == 2 or place.view().index == 1


def test_the_picture_is_for_its_owner_only_and_goes_with_the_session(
    place: Place, client: BusClient, qtbot: QtBot
) -> None:
    on(place, client, qtbot)
    qtbot.waitUntil(lambda: "mpris:artUrl" in client.get(NAME, "Metadata"))
    path = Path(client.get(NAME, "Metadata")["mpris:artUrl"].removeprefix("file://"))
    assert path.parent == find_paths().media_pictures
    assert path.read_bytes().startswith(b"\x89PNG")
    modes = [stat.S_IMODE(each.stat().st_mode) for each in (path, path.parent)]
    assert modes == [0o600, 0o700]
    place.ask("stop")
    assert not path.parent.exists()


def test_pictures_of_a_run_that_was_cut_off_are_taken_away(
    place: Place, client: BusClient, qtbot: QtBot
) -> None:
    folder = find_paths().media_pictures
    folder.mkdir(parents=True)
    (folder / "1-1.png").write_bytes(b"old")
    on(place, client, qtbot)
    assert not (folder / "1-1.png").exists()


def test_another_theme_is_another_picture(place: Place, client: BusClient, qtbot: QtBot) -> None:
    on(place, client, qtbot)
    qtbot.waitUntil(lambda: "mpris:artUrl" in client.get(NAME, "Metadata"))
    first = client.get(NAME, "Metadata")["mpris:artUrl"]
    place.relief.window.toggle_night()
    qtbot.waitUntil(lambda: client.get(NAME, "Metadata").get("mpris:artUrl", first) != first)


@pytest.mark.parametrize("kind", ["heat", "ice"])
def test_a_pack_is_shown_and_no_key_moves_it(
    place: Place, client: BusClient, qtbot: QtBot, kind: str
) -> None:
    on(place, client, qtbot, kind)
    before = place.view()
    _press_everything(client)
    assert place.view() == before
    assert place.relief.packs.question is None
    assert not client.get(NAME, "CanGoNext")


def test_an_alarm_of_a_pack_hears_no_key_and_says_what_to_do(
    place: Place, client: BusClient, qtbot: QtBot
) -> None:
    on(place, client, qtbot, "heat")
    while not place.relief.packs.exposure or not place.relief.packs.exposure.alarm:
        place.move(5 * MIN)
        if place.relief.packs.question is not None:
            place.relief.packs.answer(place.relief.packs.question.id, "fine")
    qtbot.waitUntil(lambda: client.get(NAME, "Metadata")["xesam:title"] == "Take the pack off now")
    _press_everything(client)
    exposure = place.relief.packs.exposure
    assert exposure is not None
    assert exposure.alarm
    place.relief.packs.acknowledge()
    qtbot.waitUntil(lambda: client.names() == [])


def test_a_cramp_beside_a_pack_is_steered(place: Place, client: BusClient, qtbot: QtBot) -> None:
    on(place, client, qtbot, "heat")
    place.start("now")
    client.player(NAME, "PlayPause")
    assert place.view().release_ms == 0
    assert place.relief.packs.is_on


def test_nothing_runs_while_nothing_changes(place: Place, client: BusClient, qtbot: QtBot) -> None:
    on(place, client, qtbot)
    qtbot.waitUntil(lambda: "mpris:artUrl" in client.get(NAME, "Metadata"))
    services = place.relief.services
    assert services is not None
    qtbot.waitUntil(lambda: not any(t.isActive() for t in services.media_keys.findChildren(QTimer)))
    said = len(client.heard)
    place.move(1_000)
    client.names()
    assert len(client.heard) == said


def test_without_a_bus_that_is_said_once_and_only_to_who_wants_it(
    make: Make, capsys: pytest.CaptureFixture[str]
) -> None:
    place = make()
    place.start("bedtime")
    place.ask("stop")
    assert NO_BUS not in capsys.readouterr().err
    place.set(media_keys=True)
    assert capsys.readouterr().err.count(NO_BUS) == 1
    place.set(media_keys=False)
    place.set(media_keys=True)
    place.start("bedtime")
    place.relief.services.media_keys._follow() if place.relief.services else None
    assert NO_BUS not in capsys.readouterr().err
    assert place.view().state is State.RUNNING


def _press_everything(client: BusClient) -> None:
    for key in ("PlayPause", "Play", "Pause", "Stop", "Next", "Previous"):
        client.player(NAME, key)
    client.player(NAME, "Seek", "x", 5_000_000)
    client.player(NAME, "Seek", "x", -5_000_000)
    client.player(NAME, "SetPosition", "ox", client.get(NAME, "Metadata")["mpris:trackid"], 0)
