"""The composition root: the only place where concrete objects meet.

What the first picture needs is made here at once; everything else is made by `services` after the
first paint.
"""

import gc
import sys
import time
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QGuiApplication, QPalette
from PySide6.QtWidgets import QApplication

from relief_app import APPLICATION_ID, __version__
from relief_app.core.anatomy import Leg
from relief_app.desktop.end_signals import EndSignals
from relief_app.desktop.single_instance import InstanceLock
from relief_app.first_look import FirstLook, first_look
from relief_app.opening import Opening
from relief_app.storage.paths import Paths
from relief_app.storage.settings import SettingsFile
from relief_app.ui.main_window import MainWindow
from relief_app.ui.surroundings import Surroundings
from relief_app.ui.theme_choice import ThemeChoice

if TYPE_CHECKING:
    from collections.abc import Callable

    from relief_app.core.anatomy import Structure, StructureFacts
    from relief_app.core.preferences import SkinTone
    from relief_app.core.safety import RedFlag
    from relief_app.desktop.pack_care import PackCare
    from relief_app.pictures.plate_file import Plate
    from relief_app.ports import LoadProblem, SettingsDesk
    from relief_app.services import Services

MID_GREY = 128


class Relief(QObject):
    """Everything that lives while the window does."""

    def __init__(self, paths: Paths, opening: Opening) -> None:
        super().__init__()
        self.paths = paths
        self.settings_file = SettingsFile(paths.settings_file)
        self.settings = self.kept_settings = self.settings_file.load()
        self.leg = opening.leg or self.settings.leg
        self.muted = not self.settings.sounds
        self.is_program = False
        """True where this process is the app and nothing else, and may be started again."""
        self.opening = opening
        self._plates: dict[str, Plate | None] = {}
        self._said: set[str] = set()
        self.services: Services | None = None
        self._look: FirstLook | None = None
        self._has_engine = False
        self.lock_problem: OSError | None = None
        self.failure: Exception | None = None
        """What went wrong after the first picture, for `run` to raise."""
        self.afterwards: Callable[[], str] | None = None
        """What is done once this window is closed and before the next one opens; it returns a line to say."""
        self.themes = self._theme_choice(opening.theme)
        self.window = MainWindow(None, self.themes, self._surroundings())
        self.window.first_painted.connect(self._after_first_paint)

    def open(self) -> None:
        """Show the first picture. Raises what `SessionHost.start` raises, before anything is shown."""
        self._look = first_look(self)
        if self._look is not None:
            self._look.show_words()
        else:
            self._load_engine()
            self._show_opening()
        self.window.show()

    def _load_engine(self) -> None:
        """Everything behind the picture: clock, driver, catalogue, journal."""
        from relief_app.desktop.clock import SystemClock
        from relief_app.desktop.session_driver import SessionDriver
        from relief_app.desktop.session_host import SessionHost
        from relief_app.storage.catalogue import Catalogue
        from relief_app.storage.journal import JournalFile
        from relief_app.storage.profile import ProfileFile, Safety

        self._has_engine = True
        self.clock = SystemClock()
        self.journal = JournalFile(self.paths.journal)
        self.driver = SessionDriver(self.clock, self)
        catalogue = Catalogue(self.paths.own_routines_dir)
        self.safety = Safety(ProfileFile(self.paths.profile), self.clock.wall_s)
        self.host = SessionHost(self.driver, catalogue, self.safety, self.journal, self.clock, self)
        self.packs = self._make_packs()
        self.window.attach(self.host)
        self.window.closing.connect(self.host.leaving)

    def _make_packs(self) -> "PackCare":
        from relief_app.desktop.exposure_host import ExposureHost, stamp
        from relief_app.desktop.pack_care import PackCare
        from relief_app.storage.stores import Stores

        self.stores = Stores(self.paths, lambda: stamp(self.clock), self._say_not_loaded)
        self.exposures = ExposureHost(self.clock, self.stores.exposures, self)
        return PackCare(self.host, self.exposures, self.safety, self)

    def _show_opening(self) -> None:
        opening = self.opening
        if opening.recovered is not None:
            from relief_app.recovering import take_up

            take_up(self, opening.recovered)
        elif opening.routine is None:
            self.window.bedside.enter() if opening.bedside else self.window.show_home()
        else:
            self._begin_opening(opening.routine)

    def _begin_opening(self, routine: str) -> None:
        """The routine asked for at the start; Home behind what is asked before it."""
        if self.host.start(routine, self.leg, urgent=self.opening.urgent, rate=self.opening.rate):
            self.window.show_guide()
        elif self.host.before.question is not None:
            self.window.before.refresh()
        else:
            self.window.show_home()

    def _after_first_paint(self) -> None:
        """The picture to the words, where only those stand; then what is behind them."""
        if self._look is not None:
            self._look.show_picture()
        QTimer.singleShot(0, self, self._load_rest)

    def _load_rest(self) -> None:
        """The engine first where only a first look stands; then everything else."""
        gc.enable()
        try:
            if not self._has_engine:
                self._load_engine()
                self._show_opening()
        except Exception as problem:  # whatever it is, `run` has to say it
            self.failure = problem
            QApplication.exit(1)
            return
        from relief_app.services import Services

        self.services = Services(self)

    def begin(self, routine: str, leg: Leg | None, *, urgent: bool = False, rate: int = 1) -> bool:
        """Start a routine in the open window, as a command from outside asks.

        A second cry for help in the same cramp does not begin it anew: it corrects the leg and goes on.
        False where something is asked first.
        """
        begun = True
        if urgent and self.host.is_guiding(routine):
            self._guide_on(leg)
        else:
            begun = self._start(routine, leg or self.leg, urgent=urgent, rate=rate)
        if leg is not None:
            self.choose_leg(leg)
        self.window.raise_up()
        return begun

    def _start(self, routine: str, leg: Leg, *, urgent: bool, rate: int) -> bool:
        """Start `routine`; where a reported sign forbids it, the window says what to do instead.

        False where something is asked first.
        """
        from relief_app.core.safety import NotOffered
        from relief_app.ui.starting import sign_against

        try:
            begun = self.host.start(routine, leg, urgent=urgent, rate=rate)
        except NotOffered as problem:
            sign = sign_against(problem)
            if sign is not None:
                self.window.show_wrong(sign)
                self.window.raise_up()
            raise
        if begun:
            self.window.show_guide()
        return begun

    def _guide_on(self, leg: Leg | None) -> None:
        """Go on with the cramp that is being guided; its alarm is not passed by."""
        from relief_app.core.session_state import State
        from relief_app.core.steering import Steer

        if leg is not None:
            self.driver.steer(Steer.LEG, leg=leg)
        session = self.driver.session
        if session is not None and session.state is State.ALARM:
            self.window.show_wrong()
            return
        if session is not None and session.state is State.PAUSED:
            self.driver.steer(Steer.RESUME)
        self.window.show_guide()

    def choose_leg(self, leg: Leg) -> None:
        """Remember `leg` as the last one."""
        self.leg = leg
        self.window.update_leg()
        if self.settings.leg is not leg:
            self.settings = self.settings._replace(leg=leg)
            self.keep_settings()

    def toggle_mute(self) -> None:
        """Sounds off, or on again, for this run."""
        self.muted = not self.muted
        if self.services is not None:
            self.services.use_sound()

    def choose_skin_tone(self, tone: "SkinTone") -> None:
        """Draw every figure in this tone from now on."""
        if self.settings.skin_tone is not tone:
            self.settings = self.settings._replace(skin_tone=tone)
            self.window.update_skin_tone()
            self.keep_settings()

    def take_up_settings(self) -> None:
        """Take up what the command line wrote to the settings file."""
        self._desk().refresh()

    def keep_settings(self) -> None:
        """Write what was changed; before the services stand, it waits for the next change."""
        if self.services is not None:
            self.services.keep_settings()

    def say(self, line: str) -> None:
        """Tell the person one line, once, on the page and on the terminal."""
        if line not in self._said:
            self._said.add(line)
            print(f"relief-app: {line}", file=sys.stderr)  # noqa: T201 - said where it was started
            self.window.say(line)

    def _say_not_loaded(self, problem: "LoadProblem") -> None:
        from relief_app.ui import problem_words

        self.say(problem_words.not_loaded(problem))

    def end(self) -> None:
        """Leave the event loop, as the system asks: nothing may keep it waiting, not even a pack.

        `quit` would ask the window first, and that one asks for the pack to come off.
        """
        QApplication.exit(0)

    def close(self) -> None:
        """Keep the session and end every service."""
        if self._has_engine:
            self.host.leaving.emit()
            self.exposures.leave()
        if self.services is not None:
            self.services.close()
        if self._has_engine:
            self.stores.close()

    def _theme_choice(self, forced: str | None) -> ThemeChoice:
        return ThemeChoice(
            self.settings, minute_now=_minute_now, system_is_dark=_system_is_dark, forced=forced
        )

    def _surroundings(self) -> Surroundings:
        return Surroundings(
            plate_of=self._plate_of,
            emergency_number=self._emergency_number,
            red_flags=self._red_flags,
            structures=self._structures,
            leg=lambda: self.leg,
            choose_leg=self.choose_leg,
            muted=lambda: self.muted,
            toggle_mute=self.toggle_mute,
            skin_tone=lambda: self.settings.skin_tone,
            choose_skin_tone=self.choose_skin_tone,
            questions=lambda: self.safety,
            desk=self._desk,
            reduced_motion=self.settings.reduced_motion,
        )

    def _desk(self) -> "SettingsDesk":
        from relief_app.desk import Desk

        return Desk(self)

    def _plate_of(self, view: str) -> "Plate | None":
        """The anatomical plate `view`, read once; None, said once, where it cannot be read."""
        if view not in self._plates:
            self._plates[view] = self._read_plate(view)
        return self._plates[view]

    def _read_plate(self, view: str) -> "Plate | None":
        from relief_app.pictures.plate_file import PlateError, read_plate
        from relief_app.storage.assets import AssetMissing, asset_path

        try:
            return read_plate(asset_path("anatomy", f"{view}.svg").read_text("utf-8"), f"{view}.svg")
        except (AssetMissing, OSError, UnicodeDecodeError, PlateError) as problem:
            self.say(self.tr("A picture is missing: %1").replace("%1", str(problem)))
            return None

    def _red_flags(self) -> "tuple[RedFlag, ...]":
        from relief_app.core.refusal import RoutineRefused
        from relief_app.storage.assets import AssetMissing
        from relief_app.storage.red_flags import read_red_flags

        try:
            return read_red_flags()
        except (AssetMissing, RoutineRefused) as problem:
            self.say(self.tr("The list of warning signs is missing: %1").replace("%1", str(problem)))
            return ()

    def _structures(self) -> "dict[Structure, StructureFacts]":
        from relief_app.core.refusal import RoutineRefused
        from relief_app.storage.assets import AssetMissing
        from relief_app.storage.structures import read_structures

        try:
            return read_structures()
        except (AssetMissing, RoutineRefused) as problem:
            self.say(self.tr("The names of the structures are missing: %1").replace("%1", str(problem)))
            return {}

    def _emergency_number(self) -> str | None:
        from relief_app.core.refusal import RoutineRefused
        from relief_app.storage.assets import AssetMissing
        from relief_app.storage.emergency import number_to_call

        try:
            return number_to_call(self.settings)
        except (AssetMissing, RoutineRefused) as problem:
            self.say(self.tr("The table of emergency numbers is missing: %1").replace("%1", str(problem)))
            return None


def run(
    paths: Paths, opening: Opening, lock: InstanceLock | None, lock_problem: OSError | None = None
) -> int:
    """Open the window and stay until it closes; returns the exit status.

    `lock_problem` is why there is no lock, where there should be one.

    Raises what `SessionHost.start` raises, before any window is shown.
    """
    app = QApplication(sys.argv[:1])
    app.setApplicationName("relief")
    app.setApplicationVersion(__version__)
    QGuiApplication.setDesktopFileName(APPLICATION_ID)
    end_signals = EndSignals()
    end_signals.asked_to_end.connect(lambda: QApplication.exit(0))
    try:
        relief = Relief(paths, opening)
        relief.lock_problem = lock_problem
        status = _stay(app, relief)
        while relief.afterwards is not None:
            from relief_app.desk import anew

            relief = anew(relief, relief.afterwards)
            status = _stay(app, relief)
        return status
    finally:
        end_signals.close()
        if lock is not None:
            lock.release()


def _stay(app: QApplication, relief: Relief) -> int:
    """Show the window of `relief` until it closes."""
    relief.is_program = True
    relief.open()
    try:
        status = app.exec()
        if relief.failure is not None:
            raise relief.failure
        return status
    finally:
        relief.close()


def _minute_now() -> int:
    local = time.localtime()
    return local.tm_hour * 60 + local.tm_min


def _system_is_dark() -> bool:
    """By the ground of the system's palette: its name for the scheme would cost the first cue 15 ms."""
    return QGuiApplication.palette().color(QPalette.ColorRole.Window).lightness() < MID_GREY
