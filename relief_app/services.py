"""What starts after the first paint: journal, sounds, socket, and what there is to say."""

import sys
from collections.abc import Mapping
from types import TracebackType
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QObject, QTimer

from relief_app import i18n
from relief_app.core.events import Event, LegChanged, PhaseStarted, SessionStarted
from relief_app.core.exposure import ExposureAlarm, ExposureEnded, ExposureEvent
from relief_app.desktop.control_socket import ControlSocket
from relief_app.desktop.exposure_alarm import ExposureAlarm as PackAlarm
from relief_app.desktop.journal_keeper import JournalKeeper
from relief_app.desktop.notifications import NotificationProblem, Notifications
from relief_app.desktop.session_host import Dropped
from relief_app.desktop.session_recorder import SessionRecorder
from relief_app.desktop.status import event_data, event_name
from relief_app.desktop.wakefulness import Wakefulness
from relief_app.guarding import guard_of
from relief_app.media_keys import MediaKeys
from relief_app.mornings import Mornings
from relief_app.nights import follow_bedside
from relief_app.ports import LoadProblem, NotKept, ProblemCode
from relief_app.remote import Remote
from relief_app.sounding import Sounding
from relief_app.storage.atomic import make_private_dir
from relief_app.ui import problem_words
from relief_app.ui.announcer import Announcer
from relief_app.ui.pack_pages import PackPages
from relief_app.voicing import Voicing

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief


class Services(QObject):
    """The listeners beside the window, each on its own: none calls another."""

    def __init__(self, relief: "Relief") -> None:
        super().__init__(relief)
        self._relief = relief
        self._seq = 0
        self._socket: ControlSocket | None = None
        self.wakefulness: Wakefulness | None = None
        self._alarm: dict[str, Any] | None = None
        i18n.install(QCoreApplication.translate)
        self._install_excepthook()
        relief.packs.happened.connect(self._on_pack)
        relief.packs.not_kept.connect(self._say_not_kept)
        self.sounding = sounding = Sounding(relief, self._tell)
        self._notifications = self._make_alarm()
        self._pages = self._show_packs()
        self._take_up_pack()
        self._say_load_problems()
        self._keeper = JournalKeeper(relief.host, relief.journal, self._say_not_kept, self)
        self._recorder = SessionRecorder(relief.driver, relief.stores.sessions, relief.clock, self)
        self._recorder.not_kept.connect(self._say_not_kept)
        self._socket = self._listen()
        self.wakefulness = self._watch_over()
        if relief.lock_problem is not None:
            relief.say(problem_words.no_lock(relief.lock_problem))
        relief.driver.happened.connect(self._on_event)
        sounding.follow_session()
        if relief.leg is not relief.settings.leg:
            self.choose_last_leg()
        self._voicing = Voicing(relief, self._tell, sounding.chime, sounding.player, sounding.night)
        Announcer(relief.window, relief.driver, relief.packs, lambda: relief.muted, self._tell, self)
        self._guard = guard_of(relief)
        self.mornings = Mornings(relief)
        self.media_keys = MediaKeys(relief)
        follow_bedside(relief, self.wakefulness, sounding.player.prepare)

    def use_sound(self) -> None:
        """Sound and speak as the settings say now, or not at all."""
        settings, muted = self._relief.settings, self._relief.muted
        self.sounding.use(settings, muted=muted)
        self._voicing.use(settings, muted=muted)

    def keep_settings(self) -> None:
        """Write what was changed; says so where it cannot be kept. What could not be read stays as it is."""
        if self._unread_settings:
            return
        relief = self._relief
        try:
            relief.settings_file.change(relief.kept_settings, relief.settings)
            relief.kept_settings = relief.settings
        except NotKept as problem:
            self._say_not_kept(problem)

    def choose_last_leg(self) -> None:
        """The leg that was asked for at the start becomes the last leg."""
        self._relief.choose_leg(self._relief.leg)
        self.keep_settings()

    def close(self) -> None:
        """End sounds and socket, and let the computer sleep."""
        if self.wakefulness is not None:
            self.wakefulness.close()
        self._voicing.close()
        self.media_keys.close()
        self.sounding.close()
        self._notifications.close()
        if self._socket is not None:
            self._socket.close()
        if self._guard is not None:
            self._guard.close()
        sys.excepthook = sys.__excepthook__

    # Journal and settings

    def _say_load_problems(self) -> None:
        """What the files had to say; a session that runs already is not asked about an older one."""
        problems: list[LoadProblem | Dropped | None] = [self._relief.settings_file.take_problem()]
        if not self._relief.driver.is_live:
            problems.append(self._relief.host.look_for_kept())
        unread = problems[0]
        self._unread_settings = isinstance(unread, LoadProblem) and unread.code is ProblemCode.UNREADABLE
        self._relief.safety.verdict()
        self._say_unread_profile()
        for problem in problems:
            if isinstance(problem, Dropped):
                self._relief.say(problem_words.dropped(problem))
            elif problem is not None:
                self._relief.say(problem_words.not_loaded(problem))

    def _say_unread_profile(self) -> None:
        """What a session had to be planned without."""
        problem = self._relief.safety.take_problem()
        if problem is not None:
            self._relief.say(problem_words.no_answers(problem))

    def _say_not_kept(self, problem: NotKept) -> None:
        self._relief.say(problem_words.not_kept(problem))

    # Suspension, screen and lid

    def _watch_over(self) -> Wakefulness:
        """Timers are late after a suspension, and nobody can say how late: all is looked at at once."""
        wakefulness = Wakefulness(self._relief.driver, problem_words.lid_held_for(), self)
        wakefulness.about_to_sleep.connect(self._keeper.keep)
        packs = self._relief.packs
        wakefulness.woke.connect(packs.advance)
        wakefulness.woke.connect(self._relief.driver.advance)
        packs.changed.connect(lambda: wakefulness.set_pack(on=packs.is_on))
        wakefulness.set_pack(on=packs.is_on)
        wakefulness.lid_refused.connect(self._say_lid_not_held)
        return wakefulness

    def _say_lid_not_held(self) -> None:
        self._relief.say(problem_words.lid_not_held())

    # Packs on screen

    def _show_packs(self) -> PackPages:
        relief = self._relief
        return PackPages(
            relief.window,
            relief.host,
            relief.packs,
            self.sounding.alarm.play_test,
            lid_must_stay_open=self._lid_must_stay_open,
            wall_s=relief.clock.wall_s,
        )

    def _lid_must_stay_open(self) -> bool:
        return self.wakefulness is not None and self.wakefulness.lid_is_refused

    # Sound

    def _make_alarm(self) -> Notifications:
        """What an alarm of a pack does beside the window: no mute reaches it."""
        notifications = Notifications(self._say_no_notification, self)
        notifications.activated.connect(self._relief.window.raise_up)
        alarm = PackAlarm(self.sounding.alarm, notifications, self)
        self._relief.packs.happened.connect(alarm.hear)
        return notifications

    def _say_no_notification(self, _: NotificationProblem) -> None:
        self._relief.say(problem_words.no_notification())

    # Watchers

    def _on_event(self, event: Event) -> None:
        if isinstance(event, LegChanged):
            self._relief.choose_leg(event.leg)
        elif isinstance(event, SessionStarted):
            # A moment later: its page comes only now, and the line belongs there.
            QTimer.singleShot(0, self, self._say_unread_profile)
        data = event_data(event)
        if isinstance(event, PhaseStarted):
            view = self._relief.driver.view()
            data["cue"] = view.hold.cue if view is not None else ""
        self._tell(event_name(event), data)

    def _take_up_pack(self) -> None:
        """A pack that an earlier run left on the skin comes before everything else."""
        found = False
        if self._relief.paths.has_database:
            try:
                found = self._relief.packs.recover()
            except NotKept as problem:
                self._say_not_kept(problem)
                return
        if not found and not self._relief.driver.is_live:
            self._go_on_before_a_pack()
        if found:
            self._relief.window.bedside.leave()
        if found and self._relief.driver.is_live and self._relief.window.page_name == "home_page":
            self._relief.window.show_guide()

    def _go_on_before_a_pack(self) -> None:
        """The session of a pack that was not on yet when an earlier run died."""
        recovered = self._relief.opening.recovered
        if recovered is not None:
            from relief_app.recovering import take_up_before_a_pack

            take_up_before_a_pack(self._relief, recovered)

    def _on_pack(self, event: ExposureEvent) -> None:
        told = self._tell(event_name(event), event_data(event))
        if isinstance(event, ExposureAlarm):
            self._alarm = told
        elif isinstance(event, ExposureEnded):
            self._alarm = None

    def _standing(self) -> list[Mapping[str, Any]]:
        """What a new watcher has to know: an alarm that was raised in this run and still stands."""
        return [] if self._alarm is None else [self._alarm]

    def _tell(self, kind: str, data: Mapping[str, Any]) -> dict[str, Any]:
        self._seq += 1
        boot_s = self._relief.clock.boot_ms() / 1000
        message = {"seq": self._seq, "boot_s": boot_s, "type": kind, "data": data}
        if self._socket is not None:
            self._socket.tell_watchers(message)
        return message

    def _listen(self) -> ControlSocket | None:
        try:
            make_private_dir(self._relief.paths.socket.parent)
            return ControlSocket(self._relief.paths.socket, Remote(self._relief).handle, self, self._standing)
        except OSError as error:
            self._relief.say(problem_words.no_socket(error))
            return None

    # Errors of ours

    def _install_excepthook(self) -> None:
        """An error of ours is logged, without health data, and said in one line; the guide goes on."""
        sys.excepthook = self._on_error

    def _on_error(self, kind: type[BaseException], _: BaseException, trace: TracebackType | None) -> None:
        place = problem_words.place_of(trace)
        self._relief.say(problem_words.our_fault(kind.__name__, place))
        self._log(f"{kind.__name__} at {place}")

    def _log(self, line: str) -> None:
        import logging

        from relief_app.storage.log import start_log, stop_log

        try:
            handler = start_log(self._relief.paths.log_file)
        except NotKept:
            return
        logging.getLogger("relief_app").error(line)
        stop_log(handler)
