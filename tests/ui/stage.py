"""The real window over the real catalogue, with a clock moved by hand and a journal in memory."""

from collections.abc import Callable, Iterator
from typing import NamedTuple

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QEvent, QPoint, QPointF, Qt, QTimer
from PySide6.QtGui import QImage, QMouseEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QApplication, QWidget

from relief_app.core.anatomy import Leg
from relief_app.core.gates import Asked
from relief_app.core.preferences import Settings, SkinTone
from relief_app.core.routine import Hold
from relief_app.core.session_state import State, View
from relief_app.core.steering import Steer
from relief_app.desktop.exposure_host import ExposureHost
from relief_app.desktop.pack_care import PackCare
from relief_app.desktop.session_driver import SessionDriver
from relief_app.desktop.session_host import SessionHost
from relief_app.pictures.plate_file import Plate, read_plate
from relief_app.ports import ExposureStores
from relief_app.storage.assets import asset_path
from relief_app.storage.catalogue import Catalogue
from relief_app.storage.gates import read_gates
from relief_app.storage.profile import Safety
from relief_app.storage.red_flags import read_red_flags
from relief_app.storage.structures import read_structures
from relief_app.ui.heard_sound import HeardSound
from relief_app.ui.main_window import MainWindow
from relief_app.ui.pack_pages import PackPages
from relief_app.ui.surroundings import Surroundings
from relief_app.ui.theme_choice import ThemeChoice, minutes_of
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.themed import Themed
from tests.desktop.desk import HandClock, MemoryExposures, MemoryJournal, MemoryProfile
from tests.ui.plain_desk import PlainDesk

QUIET_AFTER_MS = 6_000
DARK_AFTER_MS = 20_000
FRAMES_MS = (40, 66, 200, 500)
"""Intervals of the Guide page's timer for frames, with motion and with reduced motion."""

_plates: dict[str, Plate] = {}


def plate(view: str) -> Plate:
    """A real plate, read once for all tests."""
    if view not in _plates:
        _plates[view] = read_plate(asset_path("anatomy", f"{view}.svg").read_text("utf-8"), f"{view}.svg")
    return _plates[view]


class Heard(NamedTuple):
    """Fits `pack_pages.HeardSound`."""

    played: bool = True
    sink: str = "open"


def clear_profile() -> MemoryProfile:
    """Nothing stands in the way."""
    return MemoryProfile(**{gate.key: "no" for gate in read_gates() if gate.asked is Asked.PROFILE})


class Stage:
    """The window, and everything round it that a test may turn."""

    def __init__(
        self,
        *,
        minute: str = "12:00",
        forced: str | None = None,
        settings: Settings | None = None,
        number: str | None = "112",
        reduced_motion: bool = False,
        clear: bool = False,
    ) -> None:
        """`clear`: nothing of the safety profile stands in the way of anything."""
        self._is_struck = False
        self.clock = HandClock()
        self.journal = MemoryJournal()
        self.minute = minute
        self.leg = Leg.RIGHT
        self.muted = False
        self.skin_tone = SkinTone.TONE_3
        self.driver = SessionDriver(self.clock)
        self.catalogue = Catalogue()
        self.profile = clear_profile() if clear else MemoryProfile()
        self.safety = Safety(self.profile, self.clock.wall_s)
        self.host = SessionHost(self.driver, self.catalogue, self.safety, self.journal, self.clock)
        self.desk = PlainDesk(settings or Settings(), self._apply)
        self.themes = ThemeChoice(
            settings or Settings(),
            minute_now=lambda: minutes_of(self.minute),
            system_is_dark=lambda: False,
            forced=forced,
        )
        around = Surroundings(
            plate_of=plate,
            emergency_number=lambda: number,
            red_flags=read_red_flags,
            structures=read_structures,
            leg=lambda: self.leg,
            choose_leg=self._choose_leg,
            muted=lambda: self.muted,
            toggle_mute=self._toggle_mute,
            skin_tone=lambda: self.skin_tone,
            choose_skin_tone=self.choose_skin_tone,
            questions=lambda: self.safety,
            desk=lambda: self.desk,
            reduced_motion=reduced_motion,
        )
        self.window = MainWindow(self.host, self.themes, around)
        self.window.resize(900, 620)
        self.stores = ExposureStores(MemoryExposures(), MemoryExposures())
        self.exposures = ExposureHost(self.clock, self.stores, self.driver)
        self.care = PackCare(self.host, self.exposures, self.safety, self.driver)
        self.tests_played: list[Callable[[HeardSound], None]] = []
        self.heard: HeardSound | None = Heard()
        """What becomes of the test sound at once; None where that is told later."""
        self.lid_open = False
        self.packs = PackPages(
            self.window,
            self.host,
            self.care,
            self._play_test,
            lid_must_stay_open=lambda: self.lid_open,
            wall_s=self.clock.wall_s,
        )

    # Going somewhere

    def home(self) -> "Stage":
        self.window.show_home()
        return self._shown()

    def guide(
        self, routine: str = "cramp-bed", *, leg: Leg = Leg.RIGHT, urgent: bool | None = None
    ) -> "Stage":
        """Begin `routine` and show it; a cramp begins at once."""
        urgent = routine.startswith("cramp") if urgent is None else urgent
        self.host.start(routine, leg, urgent=urgent)
        self.window.show_guide()
        return self._shown()

    def _shown(self) -> "Stage":
        self.window.show()
        self.window.activateWindow()
        QApplication.processEvents()
        return self

    def resize(self, width: int, height: int) -> None:
        self.window.resize(width, height)
        QApplication.processEvents()

    def move(self, ms: int) -> None:
        """Let time pass; the page looks again as it does twelve times a second."""
        self.clock.move(ms)
        self.driver.advance()
        self.care.advance()
        for timer in self.timers(*FRAMES_MS):
            if timer.isActive():
                timer.timeout.emit()

    # What is there

    @property
    def page(self) -> QWidget:
        return self.find(self.window.page_name)

    def find(self, name: str) -> QWidget:
        """The widget `name` of the page on screen, or of the window."""
        own = self.window.findChild(QWidget, self.window.page_name)
        assert own is not None
        found = own if own.objectName() == name else own.findChild(QWidget, name)
        assert found is not None, f"no {name} on {self.window.page_name}"
        return found

    def sees(self, name: str) -> bool:
        """Whether `name` is on screen."""
        return any(widget.isVisible() for widget in self.window.findChildren(QWidget, name))

    def button(self, name: str) -> QAbstractButton:
        found = self.find(name)
        assert isinstance(found, QAbstractButton)
        return found

    def text(self, name: str) -> str:
        found = self.find(name)
        assert isinstance(found, CueLabel)
        return found.text()

    def told(self, name: str) -> str:
        """The accessible name of `name`."""
        return self.find(name).accessibleName()

    def entries(self) -> list[str]:
        """What the list of the page says, from top to bottom."""
        parts = [part for part in self.find("list_view").findChildren(Themed) if part.accessibleName()]
        return [part.accessibleName() for part in sorted(parts, key=lambda part: part.y())]

    def timers(self, *intervals: int) -> list[QTimer]:
        return [timer for timer in self.window.findChildren(QTimer) if timer.interval() in intervals]

    def timer(self, interval: int) -> QTimer:
        (timer,) = self.timers(interval)
        return timer

    def frames_run(self) -> bool:
        return any(timer.isActive() for timer in self.timers(*FRAMES_MS))

    def view(self) -> View:
        view = self.driver.view()
        assert view is not None
        return view

    def holds(self) -> tuple[Hold, ...]:
        session = self.driver.session
        assert session is not None
        return session.holds

    def state(self) -> State:
        return self.view().state

    def steer(self, command: Steer) -> None:
        self.driver.steer(command)
        QApplication.processEvents()

    # What a person does

    def press(self, key: Qt.Key, *, shift: bool = False, to: str = "") -> None:
        """Press a key where the keyboard is: on the page, or on the widget `to`."""
        held = Qt.KeyboardModifier.ShiftModifier if shift else Qt.KeyboardModifier.NoModifier
        target = self.find(to) if to else (QApplication.focusWidget() or self.page)
        QTest.keyClick(target, key, held)
        QApplication.processEvents()

    def click(self, name: str) -> None:
        """Press the left button where the middle of `name` is on screen, whatever lies there."""
        widget = self.find(name)
        assert widget.isVisible(), f"{name} is not on screen"
        place = widget.mapTo(self.window, widget.rect().center())
        hit = self.window.childAt(place)
        QTest.mouseClick(
            hit or self.window,
            Qt.MouseButton.LeftButton,
            pos=(hit or self.window).mapFrom(self.window, place),
        )
        QApplication.processEvents()

    def move_mouse(self) -> None:
        """Move the pointer over the page."""
        at = QPointF(QPoint(20, self.page.height() // 2))
        none = Qt.MouseButton.NoButton
        event = QMouseEvent(
            QMouseEvent.Type.MouseMove,
            at,
            self.page.mapToGlobal(at),
            none,
            none,
            Qt.KeyboardModifier.NoModifier,
        )
        QApplication.sendEvent(self.page, event)
        QApplication.processEvents()

    def picture(self, name: str = "") -> QImage:
        """The pixels of `name`, or of the whole window."""
        widget = self.find(name) if name else self.window
        return widget.grab().toImage().convertToFormat(QImage.Format.Format_RGB32)

    # The end

    def close(self) -> None:
        """Strike the stage, once."""
        if self._is_struck:
            return
        self._is_struck = True
        self.window.must_close = True
        self.window.close()
        self.driver.drop()
        self.exposures.leave()
        self.window.deleteLater()
        QApplication.processEvents()
        # Outside an event loop nothing else does it: every window of a run would live to its end.
        QApplication.sendPostedEvents(self.window, QEvent.Type.DeferredDelete)

    def _play_test(self, tell: Callable[[HeardSound], None]) -> None:
        self.tests_played.append(tell)
        if self.heard is not None:
            tell(self.heard)

    def _choose_leg(self, leg: Leg) -> None:
        self.leg = leg
        self.window.update_leg()

    def choose_skin_tone(self, tone: SkinTone) -> None:
        self.skin_tone = tone
        self.window.update_skin_tone()

    def _apply(self, settings: Settings, chosen: str) -> None:
        """As the running app does."""
        self.themes.use(settings, chosen=chosen == "theme")
        self.leg, self.skin_tone, self.muted = settings.leg, settings.skin_tone, not settings.sounds
        self.window.use_settings(settings)

    def _toggle_mute(self) -> None:
        self.muted = not self.muted


def targets(page: QWidget) -> Iterator[QAbstractButton]:
    """The buttons in sight of `page`."""
    return (button for button in page.findChildren(QAbstractButton) if button.isVisible())


def channels(image: QImage) -> npt.NDArray[np.uint8]:
    """Blue, green and red of every pixel, shape (height, width, 3)."""
    image = image.convertToFormat(QImage.Format.Format_RGB32)
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(image.height(), image.bytesPerLine() // 4, 4)
    return rows[:, : image.width(), :3].copy()
