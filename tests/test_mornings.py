"""The morning after a cramp, in the real app with its services, on a clock moved by hand."""

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import datetime

import pytest
from PySide6.QtCore import QEvent, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication

from relief_app.bootstrap import Relief
from relief_app.core.anatomy import Leg
from relief_app.core.diary import SessionRecord
from relief_app.core.events import Outcome
from relief_app.core.steering import Steer
from relief_app.opening import Opening
from relief_app.remote import Remote
from relief_app.services import Services
from relief_app.storage.paths import find_paths
from relief_app.storage.stores import Stores
from relief_app.ui.widgets.cue_label import CueLabel
from tests.desktop.desk import HandClock

HOUR = 3_600
MORNING = datetime(2026, 6, 10, 8, 30).astimezone().timestamp()
CRAMP = SessionRecord(
    routine="cramp-bed",
    leg=Leg.LEFT,
    began_wall_s=MORNING - 5.5 * HOUR,
    ended_wall_s=MORNING - 5.4 * HOUR,
    utc_offset_s=0,
    outcome=Outcome.EASED,
    holds_done=1,
    holds=6,
    is_cramp=True,
)
Open = Callable[..., "Home"]


class Home:
    """The running app, opened on a morning."""

    def __init__(self, clock: HandClock) -> None:
        self.clock = clock
        self.relief = Relief(find_paths(), Opening())
        self.window = self.relief.window
        self.window.first_painted.disconnect()
        self.relief.open()
        self.relief.services = Services(self.relief)
        self._remote = Remote(self.relief)

    def ask(self, command: str, **values: object) -> dict[str, object]:
        return dict(self._remote.handle({"command": command, **values}))

    @property
    def asked(self) -> str | None:
        question = self._remote.handle({"command": "status"})["question"]
        return None if question is None else str(question["id"])

    def click(self, name: str) -> None:
        button = self.window.findChild(QAbstractButton, name)
        assert button is not None
        assert button.isVisible()
        button.click()

    def press(self, key: Qt.Key) -> None:
        assert self.window.page is not None
        QTest.keyClick(self.window.page, key)

    def come_back(self) -> None:
        QApplication.sendEvent(self.window, QEvent(QEvent.Type.WindowActivate))

    @property
    def heat_is_locked(self) -> bool:
        return "cream_used_at" in self.relief.safety.profile().facts

    def end(self) -> None:
        if self.relief.driver.is_live:
            self.relief.driver.steer(Steer.STOP)
        self.window.close()
        self.relief.close()
        self.window.deleteLater()


@pytest.fixture
def morning(qapp: object, monkeypatch: pytest.MonkeyPatch) -> Iterator[Open]:
    """Open the app `hours` after half past eight, with `records` of the night."""
    clock = HandClock(wall=MORNING)
    monkeypatch.setattr("relief_app.desktop.clock.SystemClock", lambda: clock)
    opened: list[Home] = []

    def open_at(hours: float = 0, *records: SessionRecord) -> Home:
        clock.move(round(hours * HOUR * 1_000))
        stores = Stores(find_paths(), lambda: pytest.fail("no stamp"), lambda _: None)
        for record in records:
            stores.sessions.add(record)
        stores.close()
        opened.append(Home(clock))
        return opened[-1]

    yield open_at
    for home in opened:
        home.end()


def test_two_questions_in_the_morning_and_never_again(morning: Open) -> None:
    home = morning(0, CRAMP)
    assert (home.window.page_name, home.asked) == ("morning_page", "still_sore")
    home.click("morning_no_button")
    assert (home.window.page_name, home.asked) == ("morning_page", "morning_cream")
    home.press(Qt.Key.Key_1)
    assert (home.window.page_name, home.asked) == ("home_page", None)
    assert not home.heat_is_locked
    again = morning()
    assert (again.window.page_name, again.asked) == ("home_page", None)


def test_a_cream_locks_heat_and_says_so(morning: Open) -> None:
    home = morning(0, CRAMP)
    home.press(Qt.Key.Key_1)
    home.click("morning_yes_button")
    assert home.heat_is_locked
    notice = home.window.findChild(CueLabel, "notice_label")
    assert notice is not None
    assert "No heat for 24 hours" in notice.text()


def test_still_sore_leads_to_the_warning_signs_and_the_cream_is_asked_after_them(morning: Open) -> None:
    home = morning(0, CRAMP)
    home.press(Qt.Key.Key_2)
    assert home.window.page_name == "something_wrong_page"
    home.window.show_home()
    home.come_back()
    assert (home.window.page_name, home.asked) == ("morning_page", "morning_cream")


def test_answers_from_the_command_line(morning: Open) -> None:
    home = morning(0, CRAMP)
    assert "error" in home.ask("answer", question="morning_cream", value="no")
    assert "error" in home.ask("answer", question="still_sore", value="perhaps")
    assert home.ask("answer", question="still_sore", value="no") == {"ok": True}
    assert home.ask("answer", question="morning_cream", value="yes") == {"ok": True}
    assert (home.window.page_name, home.heat_is_locked) == ("home_page", True)


def test_not_now_is_asked_when_it_is_opened_again(morning: Open) -> None:
    home = morning(0, CRAMP)
    home.press(Qt.Key.Key_Escape)
    home.come_back()
    assert (home.window.page_name, home.asked) == ("home_page", None)
    assert morning().asked == "still_sore"


@pytest.mark.parametrize(
    ("hours", "ended_s"), [(-3, CRAMP.ended_wall_s), (0, MORNING - 25 * HOUR), (13, CRAMP.ended_wall_s)]
)
def test_too_early_too_late_and_at_night_nobody_is_asked(morning: Open, hours: float, ended_s: float) -> None:
    home = morning(hours, replace(CRAMP, ended_wall_s=ended_s))
    assert (home.window.page_name, home.asked) == ("home_page", None)


def test_a_window_open_all_night_asks_when_it_is_come_back_to(morning: Open) -> None:
    home = morning(-3, CRAMP)
    home.clock.move(3 * HOUR * 1_000)
    home.come_back()
    assert home.asked == "still_sore"


@pytest.mark.parametrize("way", ["key", "command"])
def test_a_cramp_comes_first(morning: Open, way: str) -> None:
    home = morning(0, CRAMP)
    home.press(Qt.Key.Key_C) if way == "key" else home.ask("now", leg="left")
    assert home.window.page_name == "guide_page"
    assert home.asked is None
