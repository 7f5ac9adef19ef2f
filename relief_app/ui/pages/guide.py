"""The Guide page: one picture, one cue, one number, and what to press."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject, Qt, QTimer, Signal
from PySide6.QtGui import (
    QAccessible,
    QHideEvent,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QResizeEvent,
    QShowEvent,
)
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import Leg
from relief_app.core.events import (
    AlarmRaised,
    CameBack,
    Eased,
    Event,
    MassageLimitReached,
    PhaseStarted,
    SessionEnded,
)
from relief_app.core.limits import is_for_one_leg
from relief_app.core.routine import Audience, Hold
from relief_app.core.session_state import IllegalCommandError, State, View
from relief_app.core.steering import EXTEND_MS, Steer
from relief_app.desktop.session_host import SessionHost
from relief_app.pictures.figure import PoseState, drawn_angles
from relief_app.ui.pages.guide_controls import Action
from relief_app.ui.pages.guide_face import GuideFace
from relief_app.ui.pages.guide_keys import GuideKey, guide_key
from relief_app.ui.pages.guide_layout import GuidePlaces
from relief_app.ui.pages.guide_motion import GuideMotion
from relief_app.ui.pages.guide_text import GuideWords
from relief_app.ui.pages.guide_words import ending_words, guide_words, massage_limit
from relief_app.ui.plates import PlateOf
from relief_app.ui.widgets.themed import is_seen, text_scale

QUIET_AFTER_MS = 6_000
DARK_AFTER_MS = 20_000


class GuidePage(GuideFace):
    """Shows the driven session and steers it."""

    left = Signal()
    something_wrong = Signal()
    night_wanted = Signal()
    mute_wanted = Signal()
    full_screen_wanted = Signal()
    help_wanted = Signal()
    pack_off_wanted = Signal()

    def __init__(self, host: SessionHost, plate_of: PlateOf, parent: QWidget | None = None) -> None:
        self._actions: dict[GuideKey, Action] = {}
        super().__init__(self._actions, parent)
        self._actions |= self._make_actions()
        self.setMouseTracking(True)
        self._host = host
        self._plate_of = plate_of
        self._motion = GuideMotion()
        self._inset: QWidget | None = None
        self._cover: QWidget | None = None
        self._notice = ""
        self._noticed_at: int | None = None
        self._has_pack = False
        self.pack_words: Callable[[View], GuideWords | None] | None = None
        """What to say while a pack is on the skin; None from it where this session is not about one."""
        self._frames = QTimer(self)
        self._frames.timeout.connect(self.refresh)
        self._quiet = self._single_shot(QUIET_AFTER_MS, self._hide_small)
        self._dark = self._single_shot(DARK_AFTER_MS, self._go_dark)
        host.driver.happened.connect(self.on_event)

    @property
    def is_dark(self) -> bool:
        """True once the screen has gone black after it let go."""
        return self._cover is not None and self._cover.isVisible()

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
        self._motion.begin(self._host.driver.view())
        self._notice = ""
        self._uncover()
        self._arrange()
        self._show_small(shown=not self._is_cramp)
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
        self.pose.show_pose(pose, veil=veil)
        self._show_inset(view, pose)
        self._run_frames(view)

    def set_muted(self, muted: bool) -> None:
        """Show whether sounds are off."""
        self.controls.show_muted(muted=muted)

    def say(self, line: str) -> None:
        """Show one line about something that does not work; it goes with the next step."""
        self._notice = line
        self.refresh()

    # What happens

    def on_event(self, event: Event) -> None:
        """Follow the session."""
        session = self._host.driver.session
        if isinstance(event, PhaseStarted) and session is not None:
            self._motion.phase_started(event, session.holds)
            # What was told of this very moment is still to be read.
            self._notice = self._notice if event.at == self._noticed_at else ""
        if isinstance(event, MassageLimitReached):
            self._notice, self._noticed_at = massage_limit(event), event.at
        if isinstance(event, SessionEnded):
            self._show_small(shown=True)
        if isinstance(event, AlarmRaised | CameBack):
            self._uncover()
        if isinstance(event, Eased):
            self._await_dark()
        self.controls.follow(session)
        if self.isVisible():
            self.refresh()

    def steer(self, command: Steer, by_ms: int = EXTEND_MS) -> None:
        """Give a command; one that is not possible just now does nothing."""
        try:
            self._host.driver.steer(command, by_ms=by_ms)
        except IllegalCommandError:
            return

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Every key of the list; the rest is the window's."""
        self._wake()
        action = guide_key(event)
        if action is None:
            super().keyPressEvent(event)
            return
        if not event.isAutoRepeat() or action in (GuideKey.LONGER, GuideKey.SHORTER):
            self._actions[action]()

    def focusNextPrevChild(self, forward: bool) -> bool:
        """Tab also shows the buttons that a cramp hides."""
        self._show_small(shown=True)
        return super().focusNextPrevChild(forward)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Moving the mouse shows the buttons for a while."""
        self._wake()
        self._show_small(shown=True)
        super().mouseMoveEvent(event)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A click on the black cover lights the page again and presses nothing; an unseen window rests."""
        if event.type() in (QEvent.Type.WindowStateChange, QEvent.Type.Expose) and self.isVisible():
            self.refresh()
        if watched is self._cover and event.type() == QEvent.Type.MouseButtonPress:
            self._wake()
            return True
        return super().eventFilter(watched, event)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        self._arrange()

    def showEvent(self, event: QShowEvent) -> None:
        """Run frames only while visible; after it let go at night it goes dark again."""
        for watched in (self.window(), self.window().windowHandle()):
            watched.installEventFilter(self)
        self.refresh()
        self._await_dark()

    def hideEvent(self, event: QHideEvent) -> None:
        """No frames for nobody."""
        self._frames.stop()
        self._dark.stop()
        self._quiet.stop()

    # How it works inside

    @property
    def _holds(self) -> tuple[Hold, ...]:
        session = self._host.driver.session
        return () if session is None else session.holds

    @property
    def _is_cramp(self) -> bool:
        session = self._host.driver.session
        return session is not None and session.is_cramp

    def _make_actions(self) -> dict[GuideKey, Action]:
        return {
            GuideKey.MAIN: self._press_main,
            GuideKey.PAUSE: self._press_pause,
            GuideKey.NEXT: lambda: self.steer(Steer.NEXT),
            GuideKey.BACK: lambda: self.steer(Steer.BACK),
            GuideKey.LONGER: lambda: self.steer(Steer.EXTEND),
            GuideKey.SHORTER: lambda: self.steer(Steer.EXTEND, -EXTEND_MS),
            GuideKey.LEG: self._press_leg,
            GuideKey.LEAVE: self.left.emit,
            GuideKey.FULL: self.full_screen_wanted.emit,
            GuideKey.MUTE: self.mute_wanted.emit,
            GuideKey.NIGHT: self.night_wanted.emit,
            GuideKey.HELP: self.help_wanted.emit,
            GuideKey.WRONG: self.something_wrong.emit,
        }

    def _single_shot(self, after_ms: int, action: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.setInterval(after_ms)
        timer.timeout.connect(action)
        return timer

    def _press_main(self) -> None:
        """Space: "it let go" and "it's back" in a cramp, pause and go on elsewhere."""
        session = self._host.driver.session
        if session is None or not session.is_cramp:
            self._press_pause()
        elif session.state is State.ALARM:
            self.something_wrong.emit()
        elif session.state is State.FINISHED:
            # The cramp is back after the end.
            self._start_again(self._host.leg, urgent=True)
        else:
            self.steer(Steer.BACK_AGAIN if session.may_come_back() else Steer.EASED)

    def _press_pause(self) -> None:
        session = self._host.driver.session
        if session is not None and session.state is State.FINISHED:
            self.left.emit()
            return
        paused = session is not None and session.state is State.PAUSED
        self.steer(Steer.RESUME if paused else Steer.PAUSE)

    def _press_leg(self) -> None:
        """The other leg; after a massage of one leg, the same for the other."""
        session = self._host.driver.session
        if session is None or session.state is not State.FINISHED:
            self.steer(Steer.LEG)
        elif is_for_one_leg(session.holds):
            self._start_again(self._host.leg.other, urgent=False)

    def _start_again(self, leg: Leg, *, urgent: bool) -> None:
        """Guide the routine from its beginning."""
        routine, rate = self._host.routine, self._host.driver.rate
        if routine is not None and self._host.start(routine.id, leg, urgent=urgent, rate=rate):
            self.begin()

    def _show_words(self, view: View) -> None:
        over = view.state is State.FINISHED
        pack = self.pack_words(view) if self.pack_words is not None and not over else None
        words = pack or (ending_words(view, self._holds) if over else guide_words(view))
        if self._has_pack is not (pack is not None):
            self._has_pack = pack is not None
            self.controls.show_pack_off(shown=self._has_pack, action=self.pack_off_wanted.emit)
            self._arrange()
        self.show_words(words._replace(following=self._notice or words.following))
        self.progress.show_progress(view.count if over else view.index, view.count)

    def _show_inset(self, view: View, pose: PoseState) -> None:
        if self._inset is None or not self._inset.isVisible():
            return
        from relief_app.ui.widgets.calf_inset import CalfInset

        if isinstance(self._inset, CalfInset):
            routine = self._host.routine
            numbers = routine is not None and routine.audience is Audience.THERAPIST
            self._inset.show_hold(view.hold, *drawn_angles(pose), numbers=numbers)

    def _run_frames(self, view: View) -> None:
        seen = is_seen(self) and not self.is_dark
        # A pack's time runs on while the picture stands still.
        wanted = (view.state is State.RUNNING or self._has_pack) and seen
        interval = self._motion.frame_ms(view, self._host.driver.now())
        if not wanted:
            self._frames.stop()
        elif not self._frames.isActive() or self._frames.interval() != interval:
            self._frames.start(interval)

    def _show_small(self, *, shown: bool) -> None:
        """In a cramp the small buttons come only when asked for; the warning always stands."""
        session = self._host.driver.session
        over = session is not None and session.state is State.FINISHED
        shown = shown or not self._is_cramp or over or QAccessible.isActive()
        if not shown and self.controls.have_focus:
            return
        self.controls.show_small(shown=shown, session=session)
        if self._cover is not None:
            self._cover.raise_()
        if shown and self._is_cramp and not over and self.isVisible():
            self._quiet.start()

    def _hide_small(self) -> None:
        self._show_small(shown=False)

    def _go_dark(self) -> None:
        """It let go and it is night: the screen goes black, the guide runs on below."""
        if self._cover is None:
            self._cover = _Black(self)
            self._cover.installEventFilter(self)
        self._cover.setGeometry(self.rect())
        self._cover.raise_()
        self._cover.show()
        self._frames.stop()
        self.setFocus()

    def _await_dark(self) -> None:
        """After it let go at night nobody needs light for long."""
        session = self._host.driver.session
        eased = session is not None and session.may_come_back()
        if eased and self.theme.name == "night":
            self._dark.start()

    def _wake(self) -> None:
        """Somebody is there: light, and the time until dark begins anew."""
        self._uncover()
        self._await_dark()

    def _uncover(self) -> None:
        self._dark.stop()
        if self._cover is not None and self._cover.isVisible():
            self._cover.hide()
            self.refresh()

    def _arrange(self) -> None:
        # A pack wants what a cramp wants: number and button large, no muscles.
        plain = self._is_cramp or self._has_pack
        spots = self.arrange(cramp=plain)
        if self._has_pack:
            self._make_room_for_following(spots)
        self.controls.show_eased(shown=self._is_cramp)
        self._arrange_inset(spots, cramp=plain)
        if self._cover is not None:
            self._cover.setGeometry(self.rect())
        self.controls.follow(self._host.driver.session)

    def _make_room_for_following(self, spots: GuidePlaces) -> None:
        """What to do about skin and lid is longer than what comes next: the picture gives way a little."""
        more = round(min(32 * text_scale(), spots.picture.height() * 0.2))
        self.pose.setGeometry(spots.picture.adjusted(0, 0, 0, -more))
        self.words_place.adjust(0, -more, 0, 0)
        self.share_words()

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


class _Black(QWidget):
    """Nothing but black."""

    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.setObjectName("dark_cover")

    def paintEvent(self, event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.fillRect(event.rect(), Qt.GlobalColor.black)
        painter.end()
