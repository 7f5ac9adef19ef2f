"""The window: it navigates between pages and wears the theme, nothing else."""

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QSize, QTimer, Signal
from PySide6.QtGui import QCloseEvent, QKeyEvent, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.before_pages import BeforePages
from relief_app.ui.pointer import Pointer
from relief_app.ui.surroundings import Surroundings
from relief_app.ui.theme_choice import CRAMP, ThemeChoice, on_screen
from relief_app.ui.widgets.themed import Themed, put_on_ground, tell_screen_readers

if TYPE_CHECKING:
    from collections.abc import Mapping

    from relief_app.core.anatomy import Structure, StructureFacts
    from relief_app.core.events import Event
    from relief_app.core.preferences import Settings
    from relief_app.core.session import Session
    from relief_app.desktop.session_host import SessionHost
    from relief_app.ui.bedside import Bedside
    from relief_app.ui.pack_pages import PackPages
    from relief_app.ui.pages.anatomy import AnatomyPage
    from relief_app.ui.pages.guide import GuidePage
    from relief_app.ui.pages.home import HomePage
    from relief_app.ui.pages.keys import KeysPage
    from relief_app.ui.pages.safety_questions import SafetyQuestionsPage
    from relief_app.ui.settings_door import SettingsDoor
    from relief_app.ui.theme import Theme
    from relief_app.ui.wrong_door import WrongDoor

PageT = TypeVar("PageT", bound=Themed)
FIRST_SIZE = QSize(1024, 680)
"""Fits the small screen of an old laptop beside the bed (1366 x 768)."""
LEAST_SIZE = QSize(320, 420)


class MainWindow(QWidget):
    """Shows one page at a time; each is imported and made when it is first shown."""

    first_painted = Signal()
    closing = Signal()
    looks_changed = Signal()
    """A theme was put on, or sounds or the full screen were switched."""
    said = Signal(str)
    """One line that a person should know."""
    sign_reported = Signal(object)
    """A sign (RedFlag) that something is wrong was reported; a session that it forbids has stopped."""

    def __init__(self, host: "SessionHost | None", themes: ThemeChoice, surroundings: Surroundings) -> None:
        """Without a `host` only a first look can be shown, until `attach` brings one."""
        super().__init__()
        tell_screen_readers()
        self.setObjectName("main_window")
        self.setWindowTitle(self.tr("Relief"))
        self.setMinimumSize(LEAST_SIZE)
        self.resize(FIRST_SIZE)
        self._themes, self._around, self._pointer = themes, surroundings, Pointer(self)
        self._pages: dict[str, Themed] = {}
        self._page: Themed | None = None
        self._theme: Theme | None = None
        self.packs: PackPages | None = None
        self.must_close = False
        """The system ends the program: nothing is asked, and the next start opens on what stood."""
        self._painted = self._first_look = False
        if host is not None:
            self.attach(host)

    def attach(self, host: "SessionHost") -> None:
        """Follow the sessions of `host` from now on."""
        self._host = host
        host.driver.happened.connect(self._on_event)
        host.kept_changed.connect(self._show_kept)
        self.before = BeforePages(self, host, self._around.questions)

    @property
    def theme_name(self) -> str:
        """The theme on screen."""
        return self._theme.name if self._theme else "light"

    @property
    def page(self) -> Themed | None:
        """The page on screen."""
        return self._page

    @property
    def page_name(self) -> str:
        """Object name of the page on screen."""
        return self._page.objectName() if self._page else ""

    # Navigation

    def show_home(self) -> None:
        """Go to the Home page; in the bedside mode that is the black one."""
        if self._themes.bedside:
            self.bedside.show()
            return
        from relief_app.ui.questions import is_unanswered

        self._host.before.withdraw()
        home = self._home
        home.set_leg(self._around.leg())
        home.show_kept(self._host.kept)
        home.show_unanswered(unanswered=is_unanswered(self._around.questions()))
        self.show_page(home)

    def show_first(self, page: Themed) -> None:
        """Show what a cramp sees while the engine behind it is still loading."""
        self._first_look = True
        self.show_page(page)

    def show_guide(self) -> None:
        """Go to the Guide page and show the driven session from its beginning, or its alarm."""
        from relief_app.core.session_state import State

        guide = self.guide
        self._first_look = False
        if "something_wrong_page" in self._pages:
            self._wrong.forget()
        guide.set_muted(self._around.muted())
        guide.begin()  # before it is shown: then its first picture is built once
        self.show_page(guide)
        if self._session is not None and self._session.state is State.ALARM:
            self.show_wrong()

    def show_wrong(self, sign: str | None = None, *, now: bool = False) -> None:
        """Go to "Something is wrong", or to what to do about the reported `sign`; what runs stands still.

        `now`: it was reported just now, elsewhere; what it forbids stops.
        """
        self._wrong.open(sign, now=now)
        self.show_page(self.keep_page(self._wrong.page))

    def show_anatomy(self, structure: "Structure | None" = None) -> None:
        """Go to the Anatomy page, with `structure` chosen."""
        page = self._anatomy
        page.set_leg(self._around.leg())
        page.select(structure)
        self.show_page(page)

    def show_keys(self) -> None:
        """Go to the list of keys."""
        self.show_page(self._keys)

    def show_questions(self) -> None:
        """Go to the safety questions; never while a session runs."""
        if self._host.driver.is_live:
            return
        page = self._questions
        page.begin()
        self.show_page(page)

    def show_settings(self) -> None:
        """Go to the settings; never while a session runs."""
        if not self._host.driver.is_live:
            self._settings.open()

    def start(self, routine: str, *, urgent: bool = False) -> None:
        """Start `routine` on the chosen leg, as a page asks; or say why it may not be."""
        from relief_app.ui.starting import begin

        begin(self, self._host, self._around, routine, urgent=urgent)

    def say(self, line: str) -> None:
        """Show one line on whatever page stands."""
        self.said.emit(line)
        if self.page_name == "guide_page":
            self.guide.say(line)
        elif self.page_name == "bedside_page":
            self.bedside.page.say(line)
        else:
            self._home.say(line)

    def update_muted(self) -> None:
        """Show whether sounds are off."""
        if "guide_page" in self._pages:
            self.guide.set_muted(self._around.muted())

    def update_leg(self) -> None:
        """Show the chosen leg."""
        if "home_page" in self._pages:
            self._home.set_leg(self._around.leg())
        if "anatomy_page" in self._pages:
            self._anatomy.set_leg(self._around.leg())

    def update_skin_tone(self) -> None:
        """Paint every figure in the chosen tone of skin."""
        self._wear()

    def use_settings(self, settings: "Settings") -> None:
        """Look as `settings` say from now on."""
        self._around = self._around._replace(reduced_motion=settings.reduced_motion)
        if "guide_page" in self._pages:
            self.guide.reduced_motion = settings.reduced_motion
        self.update_leg()
        self.update_muted()
        self._wear()

    def raise_up(self) -> None:
        """Come to the front, without more force than the desktop allows."""
        self.showNormal() if self.isMinimized() else self.show()
        self.raise_()
        self.activateWindow()

    # Qt

    def resizeEvent(self, event: QResizeEvent) -> None:
        """The page fills the window."""
        if self.packs is not None:
            self.packs.window_resized()
        self.place_page()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Tell once when the first frame has gone out."""
        super().paintEvent(event)
        if not self._painted:
            self._painted = True
            QTimer.singleShot(0, self.first_painted.emit)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """N, where the page on screen has no other use for it."""
        from PySide6.QtCore import Qt  # late: see `text_flags`

        if event.key() == Qt.Key.Key_N and not event.isAutoRepeat():
            self.toggle_night()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab goes as the eye goes."""
        from relief_app.ui.tab_order import move_focus

        return move_focus(self, forward=forward)

    def closeEvent(self, event: QCloseEvent) -> None:
        """Closing asks nothing, a running session is kept; but a pack comes off first."""
        if self.packs is not None and not self.must_close and not self.packs.lets_close():
            event.ignore()
            return
        self.closing.emit()
        super().closeEvent(event)

    # How it works inside

    @property
    def _session(self) -> "Session | None":
        return self._host.driver.session

    def _on_event(self, event: "Event") -> None:
        from relief_app.core.events import AlarmRaised

        if isinstance(event, AlarmRaised):
            self.raise_up()
            self.show_wrong()

    def place_page(self) -> None:
        """The page fills the window, but for what a pack has to say above it."""
        if self._page is not None:
            self._page.setGeometry(self.rect() if self.packs is None else self.packs.page_area(self.rect()))

    def show_page(self, page: Themed) -> None:
        """Put `page` on screen in place of the one that stands."""
        previous, self._page = self._page, page
        self._wear()
        self.place_page()
        page.show()
        page.setFocus()
        if previous is not None and previous is not page:
            previous.hide()
            if previous not in self._pages.values():
                previous.deleteLater()
        if self.packs is not None:
            self.packs.page_changed()

    def _wear(self) -> None:
        """Put on the theme of the present page; the ground first, so that no frame is ever white."""
        theme = self._themes.theme(self._on_screen())._replace(skin_tone=self._around.skin_tone())
        self._theme = theme
        self._pointer.wear(theme, self.page_name)
        put_on_ground(self, theme)
        if self._page is not None and self._page.theme != theme:
            self._page.set_theme(theme)
        if self.packs is not None:
            self.packs.set_theme(theme)
        self.looks_changed.emit()

    def _on_screen(self) -> str:
        return CRAMP if self._first_look else on_screen(self._session, self.page_name)

    def toggle_night(self) -> None:
        """Key N."""
        self._themes.toggle_night(self._on_screen())
        self._wear()

    def _toggle_full_screen(self) -> None:
        from PySide6.QtCore import Qt  # late: see `text_flags`

        self.setWindowState(self.windowState() ^ Qt.WindowState.WindowFullScreen)
        self.looks_changed.emit()

    def _toggle_mute(self) -> None:
        self._around.toggle_mute()
        self.update_muted()
        self.looks_changed.emit()

    def _leave_guide(self) -> None:
        if self._host.leave():
            self.show_home()

    def back_to_guide_or_home(self) -> None:
        """Back to where a page was opened that stands beside everything."""
        self.show_page(self.guide) if self._session is not None else self.show_home()

    def _go_on(self) -> None:
        from relief_app.ui.starting import go_on

        problem = go_on(self._host)
        self.show_guide() if problem is None else self.say(problem)

    def _show_doors(self, doorway: str) -> None:
        if self.packs is not None:
            self.packs.doors.show(doorway, self._around.questions())

    def _show_kept(self) -> None:
        if "home_page" in self._pages:
            self._home.show_kept(self._host.kept)

    # Pages, made when first shown

    @cached_property
    def _home(self) -> "HomePage":
        from relief_app.ui.page_makers import home_page

        page = home_page(self._around, lambda: self._facts, self)
        page.go_on_wanted.connect(self._go_on)
        page.let_be_wanted.connect(self._host.let_be)
        page.doors_wanted.connect(self._show_doors)
        return self.keep_page(page)

    @cached_property
    def _facts(self) -> "Mapping[Structure, StructureFacts]":
        return self._around.structures()

    @cached_property
    def _anatomy(self) -> "AnatomyPage":
        from relief_app.ui.page_makers import anatomy_page

        return self.keep_page(anatomy_page(self._around, self._facts, self))

    @cached_property
    def guide(self) -> "GuidePage":
        """The Guide page."""
        from relief_app.ui.page_makers import guide_page

        page = guide_page(self._around, self._host, self)
        page.left.connect(self._leave_guide)
        page.mute_wanted.connect(self._toggle_mute)
        page.full_screen_wanted.connect(self._toggle_full_screen)
        return self.keep_page(page)

    @cached_property
    def _wrong(self) -> "WrongDoor":
        from relief_app.ui.page_makers import wrong_door

        return wrong_door(self._around, self._host, self)

    @cached_property
    def _questions(self) -> "SafetyQuestionsPage":
        from relief_app.ui.page_makers import questions_page

        return self.keep_page(questions_page(self._around, self._host, self))

    @cached_property
    def _settings(self) -> "SettingsDoor":
        from relief_app.ui.page_makers import settings_door

        return settings_door(self._around, self)

    @cached_property
    def bedside(self) -> "Bedside":
        """The bedside mode."""
        from relief_app.ui.bedside import Bedside

        return Bedside(self, self._host, self._themes, self._around.leg)

    @cached_property
    def _keys(self) -> "KeysPage":
        from relief_app.ui.page_makers import keys_page

        return self.keep_page(keys_page(self))

    def keep_page(self, page: PageT) -> PageT:
        """Keep `page`, to be shown again."""
        self._pages[page.objectName()] = page
        return page
