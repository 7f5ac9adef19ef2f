"""The Guide page: one picture, one cue, one number, and what to press."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import QHideEvent, QKeyEvent, QMouseEvent, QPainter, QPaintEvent, QResizeEvent, QShowEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.events import AlarmRaised, Event, PhaseStarted, SessionEnded
from relief_app.core.session_state import IllegalCommandError, State, View
from relief_app.core.steering import EXTEND_MS, Steer
from relief_app.desktop.session_host import SessionHost
from relief_app.ui.pages.guide_keys import GuideKey, guide_key
from relief_app.ui.pages.guide_layout import GuidePlaces, places
from relief_app.ui.pages.guide_motion import GuideMotion
from relief_app.ui.pages.guide_words import ending_words, guide_words
from relief_app.ui.theme import Theme
from relief_app.ui.widgets.countdown_ring import CountdownRing
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.icons import Icon
from relief_app.ui.widgets.pose_view import PoseView
from relief_app.ui.widgets.progress_dots import ProgressDots
from relief_app.ui.plates import PlateOf
from relief_app.ui.widgets.themed import Themed, text_scale
from relief_app.ui.widgets.touch_button import TouchButton, Weight

FRAME_MS = 83
"""Twelve frames a second: slow motion needs no more, and a processor stays cool at night."""

QUIET_AFTER_MS = 6_000
DARK_AFTER_MS = 20_000


class GuidePage(Themed):
    """Shows the driven session and steers it."""

    left = Signal()
    something_wrong = Signal()
    night_wanted = Signal()
    mute_wanted = Signal()
    full_screen_wanted = Signal()
    help_wanted = Signal()

    def __init__(self, host: SessionHost, plate_of: PlateOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("guide_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._host = host
        self._plate_of = plate_of
        self._motion = GuideMotion()
        self._inset: QWidget | None = None
        self._shown_cue = ""
        self._make_parts()
        self._frames = QTimer(self)
        self._frames.setInterval(FRAME_MS)
        self._frames.timeout.connect(self.refresh)
        self._quiet = self._single_shot(QUIET_AFTER_MS, lambda: self._show_controls(shown=False))
        self._dark = self._single_shot(DARK_AFTER_MS, lambda: self._cover.show())
        host.driver.happened.connect(self.on_event)

    @property
    def is_dark(self) -> bool:
        """True once the screen has gone black after it let go."""
        return self._cover.isVisible()

    @property
    def reduced_motion(self) -> bool:
        """Key poses instead of motion."""
        return self._motion.reduced

    @reduced_motion.setter
    def reduced_motion(self, reduced: bool) -> None:
        self._motion.reduced = reduced

    # What it shows

    def begin(self) -> None:
        """Show the driven session from its first picture on."""
        self._motion.begin()
        self._cover.hide()
        self._dark.stop()
        self._arrange()
        self._show_controls(shown=not self._is_cramp)
        self.refresh()
        self.setFocus()

    def refresh(self) -> None:
        """Show the present moment."""
        view = self._host.driver.view()
        if view is None:
            self._frames.stop()
            return
        self._show_words(view)
        pose, veil = self._motion.pose(view, self._host.driver.now())
        self._pose.show_pose(pose, veil=veil)
        if self._inset is not None and self._inset.isVisible():
            self._show_inset(view)
        self._run_frames(view)

    def set_muted(self, muted: bool) -> None:
        """Show whether sounds are off."""
        self._mute.set_icon(Icon.MUTED if muted else Icon.SOUND)
        self._mute.setChecked(muted)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme`; in the dark the screen may go black after the end."""
        super().set_theme(theme)
        self.setCursor(Qt.CursorShape.BlankCursor if theme.name == "night" else Qt.CursorShape.ArrowCursor)

    def say(self, line: str) -> None:
        """Show one line about something that does not work; it goes with the next step."""
        self._following.setText(line)
        self._shown_cue = ""
        self._notice = line

    # What happens

    def on_event(self, event: Event) -> None:
        """Follow the session."""
        if isinstance(event, PhaseStarted):
            self._motion.phase_started(event)
            self._notice = ""
        if isinstance(event, SessionEnded):
            self._show_controls(shown=True)
        if isinstance(event, AlarmRaised):
            self._uncover()
        self._update_steering()
        if self.isVisible():
            self.refresh()

    def steer(self, command: Steer, by_ms: int = EXTEND_MS) -> None:
        """Give a command; one that is not possible just now does nothing."""
        try:
            self._host.driver.steer(command, by_ms=by_ms)
        except IllegalCommandError:
            return
        if command is Steer.EASED and self.theme.name == "night":
            self._dark.start()
        if command is Steer.BACK_AGAIN:
            self._uncover()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key of the list; the rest is the window's."""
        if self._cover.isVisible():
            self._uncover()
        if event.key() == Qt.Key.Key_Tab:
            self._show_controls(shown=True)
        action = guide_key(event)
        if action is None:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat() or action in (GuideKey.LONGER, GuideKey.SHORTER):
            self._actions()[action]()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab also shows the buttons that a cramp hides."""
        self._show_controls(shown=True)
        return super().focusNextPrevChild(forward)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moving the mouse shows the buttons for a while."""
        self._uncover()
        self._show_controls(shown=True)
        super().mouseMoveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the black cover lights the page again."""
        if watched is self._cover and event.type() == QEvent.Type.MouseButtonPress:
            self._uncover()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Run frames only while visible."""
        self.refresh()

    def hideEvent(self, event: QHideEvent) -> None:
        """No frames for nobody."""
        self._frames.stop()
        self._dark.stop()
        self._quiet.stop()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page's ground."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.colour("window"))
        painter.end()

    # How it works inside

    @property
    def _is_cramp(self) -> bool:
        session = self._host.driver.session
        return session is not None and session.is_cramp

    def _make_parts(self) -> None:
        self._notice = ""
        self._progress = ProgressDots(self)
        self._step = CueLabel(
            "step_label", largest=16, role="muted", align=Qt.AlignmentFlag.AlignLeft, parent=self
        )
        self._pose = PoseView(self)
        self._pose.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._cue = CueLabel("cue_label", largest=52, bold=True, parent=self)
        self._following = CueLabel("next_label", largest=24, role="muted", parent=self)
        self._ring = CountdownRing(self)
        self._eased = self._button("eased_button", self.tr("It let go"), self._press_eased, Weight.PRIMARY)
        self._eased.set_text_size(34)
        self._make_steering()
        self._make_tools()
        self._cover = QWidget(self)
        self._cover.setObjectName("dark_cover")
        self._cover.setAutoFillBackground(True)
        self._cover.setStyleSheet("background:#000000")
        self._cover.installEventFilter(self)
        self._cover.hide()

    def _make_steering(self) -> None:
        self._back = self._button(
            "back_button", self.tr("Back"), lambda: self.steer(Steer.BACK), icon=Icon.BACK
        )
        self._pause = self._button("pause_button", self.tr("Pause"), self._press_pause, icon=Icon.PAUSE)
        self._next = self._button(
            "next_button", self.tr("Next"), lambda: self.steer(Steer.NEXT), icon=Icon.NEXT
        )
        self._extend = self._button(
            "extend_button", self.tr("30 s"), lambda: self.steer(Steer.EXTEND), icon=Icon.PLUS
        )
        self._extend.setAccessibleName(self.tr("30 seconds longer"))
        self._leg = self._button("other_leg_button", self.tr("Other leg"), lambda: self.steer(Steer.LEG))
        self._steering = (self._back, self._pause, self._next, self._extend, self._leg)
        self._wrong = self._button(
            "something_wrong_button",
            self.tr("Something is wrong"),
            self.something_wrong.emit,
            Weight.WARNING,
            Icon.WARNING,
        )

    def _make_tools(self) -> None:
        self._night = self._tool("night_button", self.tr("Night"), self.night_wanted.emit, Icon.MOON)
        self._mute = self._tool("mute_button", self.tr("Mute"), self.mute_wanted.emit, Icon.SOUND)
        self._full = self._tool(
            "full_screen_button", self.tr("Full screen"), self.full_screen_wanted.emit, Icon.FULL
        )
        self._help = self._tool("help_button", self.tr("Keys"), self.help_wanted.emit, Icon.HELP)
        self._leave = self._tool("leave_button", self.tr("Leave"), self.left.emit, Icon.CLOSE)
        self._tools = (self._night, self._mute, self._full, self._help, self._leave)

    def _button(
        self,
        name: str,
        text: str,
        action: Callable[[], object],
        weight: Weight = Weight.QUIET,
        icon: Icon | None = None,
    ) -> TouchButton:
        button = TouchButton(name, text, weight=weight, icon=icon, parent=self)
        button.clicked.connect(lambda: action())
        return button

    def _tool(self, name: str, text: str, action: Callable[[], object], icon: Icon) -> TouchButton:
        button = self._button(name, text, action, Weight.BARE, icon)
        button.icon_only = True
        return button

    def _single_shot(self, after_ms: int, action: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(lambda: action())
        return timer

    def _actions(self) -> dict[GuideKey, Callable[[], object]]:
        return {
            GuideKey.MAIN: self._press_eased if self._is_cramp else self._press_pause,
            GuideKey.PAUSE: self._press_pause,
            GuideKey.NEXT: lambda: self.steer(Steer.NEXT),
            GuideKey.BACK: lambda: self.steer(Steer.BACK),
            GuideKey.LONGER: lambda: self.steer(Steer.EXTEND),
            GuideKey.SHORTER: lambda: self.steer(Steer.EXTEND, -EXTEND_MS),
            GuideKey.LEG: lambda: self.steer(Steer.LEG),
            GuideKey.LEAVE: self.left.emit,
            GuideKey.FULL: self.full_screen_wanted.emit,
            GuideKey.MUTE: self.mute_wanted.emit,
            GuideKey.NIGHT: self.night_wanted.emit,
            GuideKey.HELP: self.help_wanted.emit,
            GuideKey.WRONG: self.something_wrong.emit,
        }

    def _press_pause(self) -> None:
        session = self._host.driver.session
        if session is not None and session.state is State.FINISHED:
            self.left.emit()
            return
        paused = session is not None and session.state is State.PAUSED
        self.steer(Steer.RESUME if paused else Steer.PAUSE)

    def _press_eased(self) -> None:
        session = self._host.driver.session
        if session is None:
            return
        if session.state is State.FINISHED:
            self._start_again()
        elif session.may_come_back():
            self.steer(Steer.BACK_AGAIN)
        else:
            self.steer(Steer.EASED)

    def _start_again(self) -> None:
        """The cramp is back after the end: guide it again at once."""
        routine = self._host.routine
        if routine is not None:
            self._host.start(routine.id, self._host.leg, urgent=True)
            self.begin()

    def _update_steering(self) -> None:
        session = self._host.driver.session
        if session is None:
            return
        over = session.state is State.FINISHED
        back = session.may_come_back() or over
        self._eased.set_words(self.tr("It's back") if back else self.tr("It let go"), self.tr("Space"))
        paused = session.state is State.PAUSED
        self._pause.set_words(self.tr("Done") if over else self.tr("Go on") if paused else self.tr("Pause"))
        self._pause.set_icon(Icon.CHECK if over else Icon.PLAY if paused else Icon.PAUSE)
        for button in (self._back, self._next, self._extend, self._leg):
            button.setEnabled(not over)

    def _show_words(self, view: View) -> None:
        words = ending_words(view) if view.state is State.FINISHED else guide_words(view)
        if words.cue != self._shown_cue:
            self._shown_cue = words.cue
            self._cue.setText(words.cue)
        self._following.setText(self._notice or words.following)
        self._step.setText(words.step)
        self._ring.show_time(words.number, words.word, words.fraction)
        done = view.count if view.state is State.FINISHED else view.index
        self._progress.show_progress(done, view.count)

    def _show_inset(self, view: View) -> None:
        from relief_app.ui.widgets.calf_inset import CalfInset

        if isinstance(self._inset, CalfInset):
            self._inset.show_hold(view.hold, self._motion.ankle_share(view))

    def _run_frames(self, view: View) -> None:
        wanted = view.state is State.RUNNING and self.isVisible() and not self._cover.isVisible()
        if wanted != self._frames.isActive():
            self._frames.start() if wanted else self._frames.stop()

    def _show_controls(self, *, shown: bool) -> None:
        """In a cramp the small buttons come only when asked for; the warning always stands."""
        shown = shown or not self._is_cramp
        focused = any(button.hasFocus() for button in (*self._steering, *self._tools))
        if not shown and focused:
            return
        for button in (*self._steering, *self._tools):
            button.setVisible(shown)
        if shown and self._is_cramp and self.isVisible():
            self._quiet.start()

    def _uncover(self) -> None:
        if self._cover.isVisible():
            self._cover.hide()
            self.refresh()
        self._dark.stop()

    def _arrange(self) -> None:
        cramp = self._is_cramp
        spots = places(
            self.width(),
            self.height(),
            cramp=cramp,
            tools=len(self._tools),
            steering=len(self._steering),
            scale=text_scale(),
        )
        self._place(spots)
        self._arrange_inset(spots, cramp=cramp)
        self._eased.setVisible(cramp)
        self._cover.setGeometry(self.rect())
        self._cover.raise_()
        self._update_steering()

    def _place(self, spots: GuidePlaces) -> None:
        for button, rect in zip(self._tools, spots.tools, strict=True):
            button.setGeometry(rect)
        for button, rect in zip(self._steering, spots.steering, strict=True):
            button.icon_only = rect.width() < 104 * text_scale()
            button.setGeometry(rect)
        half = spots.progress.height() // 2
        self._progress.setGeometry(spots.progress.adjusted(0, 0, 0, -half))
        self._step.setGeometry(spots.progress.adjusted(0, half, 0, 0))
        self._pose.setGeometry(spots.picture)
        self._cue.setGeometry(spots.cue)
        self._following.setGeometry(spots.following)
        self._ring.setGeometry(spots.ring)
        self._eased.setGeometry(spots.eased)
        self._wrong.setGeometry(spots.wrong)

    def _arrange_inset(self, spots: GuidePlaces, *, cramp: bool) -> None:
        """The inset is made when a routine first shows it: a cramp never pays for it."""
        if cramp:
            if self._inset is not None:
                self._inset.hide()
            return
        if self._inset is None:
            from relief_app.ui.widgets.calf_inset import CalfInset

            self._inset = CalfInset(self._plate_of, self)
            self._inset.set_theme(self.theme)
        self._inset.setGeometry(spots.inset.united(spots.bars))
        self._inset.show()
