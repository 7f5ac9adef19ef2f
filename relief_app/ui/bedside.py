"""Bedside mode: the screen black and awake all night, and any key starts relief at once.

It is a mode and not only a page: whatever begins in it ends in the black again, and the way home leads
there until Esc is held.
"""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QKeyEvent

from relief_app.core.events import Event, SessionEnded
from relief_app.pictures.figure import PoseState
from relief_app.ui.pages.bedside import BedsidePage
from relief_app.ui.pages.guide_words import guide_words
from relief_app.ui.widgets.held_key import Repeats

if TYPE_CHECKING:
    from relief_app.core.anatomy import Leg
    from relief_app.desktop.session_host import SessionHost
    from relief_app.ui.main_window import MainWindow
    from relief_app.ui.theme_choice import ThemeChoice

ROUTINE = "cramp-bed"
DARK_AFTER_MS = 20_000
"""So long the ending of a session stands."""
WARM_AFTER_MS = 400
"""The black comes first; then what the first cue needs is made ready."""
DEAF_MS = 1_000
"""A hand that grabs the keyboard presses more than one key: what follows so soon commands nothing."""

PRESSES = frozenset(
    {
        QEvent.Type.KeyPress,
        QEvent.Type.ShortcutOverride,
        QEvent.Type.MouseButtonPress,
        QEvent.Type.MouseButtonDblClick,
        QEvent.Type.TouchBegin,
    }
)


class Bedside(QObject):
    """Goes into the mode and out of it, starts relief, and comes back to the black when all is over."""

    changed = Signal()
    """It was entered or left."""

    def __init__(
        self, window: "MainWindow", host: "SessionHost", themes: "ThemeChoice", leg: "Callable[[], Leg]"
    ) -> None:
        """`leg` is the last leg."""
        super().__init__(window)
        self._window, self._host, self._themes, self._leg = window, host, themes, leg
        self._was_full = False
        self._repeats = Repeats()
        self.page = window.keep_page(BedsidePage(host.wall_s, window))
        self.page.relief_wanted.connect(self.start)
        self.page.left.connect(self.leave)
        self._warm_soon = self._single_shot(WARM_AFTER_MS, self._warm)
        self._dark_soon = self._single_shot(DARK_AFTER_MS, self._go_dark)
        self._deaf = self._single_shot(DEAF_MS, self._hear_again)
        host.driver.happened.connect(self._on_event)

    @property
    def is_on(self) -> bool:
        """True from `enter` to `leave`, whatever is on screen."""
        return self._themes.bedside

    def enter(self) -> bool:
        """Go black; False, and said, where a session or a pack on the skin is in the way."""
        problem = self._problem()
        if problem:
            self._window.say(problem)
            return False
        if not self.is_on:
            self._themes.begin_bedside()
            self._was_full = self._window.isFullScreen()
            self._window.setWindowState(self._window.windowState() | Qt.WindowState.WindowFullScreen)
            self.page.begin()
            self.changed.emit()
        if not self._host.driver.is_live:
            self._window.show_home()
        return True

    def show(self) -> None:
        """The black, in place of the Home page."""
        self._dark_soon.stop()
        self._window.show_page(self.page)
        self._warm_soon.start()

    def start(self) -> None:
        """Relief in bed on the last leg, at once."""
        self._window.windowHandle().installEventFilter(self)
        self._deaf.start()
        self._window.start(ROUTINE, urgent=True)

    def leave(self) -> None:
        """Back to the Home page, or to what is still shown, as the window was before."""
        if not self.is_on:
            return
        self._themes.end_bedside()
        for timer in (self._warm_soon, self._dark_soon):
            timer.stop()
        if not self._was_full:
            self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowFullScreen)
        if self._window.page is self.page:
            self._window.show_home()
        self.changed.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """For a moment after the first key no other one is heard, nor that one while it repeats itself."""
        if isinstance(event, QKeyEvent) and self._repeats.follow(event):
            self._deaf.start()
        return event.type() in PRESSES

    # How it works inside

    def _single_shot(self, after_ms: int, action: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(action)
        return timer

    def _problem(self) -> str:
        """What is in the way, "" where nothing is."""
        if self._window.packs is not None and self._window.packs.is_on:
            return self.tr("Bedside mode waits until the pack is off.")
        if self._host.driver.is_live and not self.is_on:
            return self.tr("Bedside mode waits until this session is over.")
        return ""

    def _on_event(self, event: Event) -> None:
        if self.is_on and isinstance(event, SessionEnded):
            self._dark_soon.start()

    def _go_dark(self) -> None:
        """All is over: black again. Who reads another page meanwhile is left alone."""
        if not self.is_on or self._host.driver.is_live:
            return
        if self._window.page_name != "guide_page":
            self._dark_soon.start()
        elif self._host.leave():
            self._window.show_home()

    def _hear_again(self) -> None:
        self._window.windowHandle().removeEventFilter(self)

    def _warm(self) -> None:
        """Read, lay out and paint out of sight what a key is going to show, so that it is there at once.

        What cannot be read now will be said when it is asked for.
        """
        if self._host.driver.is_live:
            return
        try:
            view = self._host.first_view(ROUTINE, self._leg())
        except Exception:
            return
        guide = self._window.guide
        guide.setGeometry(QRect(self._window.rect()))
        guide.set_theme(self.page.theme)
        guide.arrange(cramp=True)
        guide.show_words(guide_words(view))
        guide.pose.show_pose(PoseState(view.hold.exercise.id, phase=0.0, leg=view.hold.leg))
        guide.grab()
