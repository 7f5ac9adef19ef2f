"""Which page, panel or banner a pack wants on screen: one look at `PackCare` decides, whatever happened."""

import time
from collections.abc import Callable
from typing import TYPE_CHECKING, TypeVar

from PySide6.QtCore import QObject, QRect, Qt, Signal

from relief_app.core.events import SessionStarted
from relief_app.core.exercise import Kind
from relief_app.core.exposure import ExposureAlarm, ExposureEnded, PackReason, SkinCheckDue
from relief_app.core.gates import Block
from relief_app.core.pack_checks import PACKS
from relief_app.core.safety import NotOfferedReason
from relief_app.ports import NotKept
from relief_app.ui import pack_words
from relief_app.ui.door_pages import DoorPages
from relief_app.ui.heard_sound import HeardSound, PlayTest
from relief_app.ui.pages.pack_after import PackAfterPage
from relief_app.ui.pages.pack_alarm import PackAlarmPage
from relief_app.ui.pages.pack_panel import PackPanel
from relief_app.ui.pages.pack_questions import PackAsk, PackQuestionsPage, SoundState
from relief_app.ui.problem_words import not_offered
from relief_app.ui.widgets.pack_banner import PackBanner
from relief_app.ui.widgets.themed import Themed

if TYPE_CHECKING:
    from relief_app.core.events import Event
    from relief_app.core.exposure import ExposureEvent
    from relief_app.core.gates import Gate
    from relief_app.core.safety import NotOffered, RedFlag
    from relief_app.core.session import Session
    from relief_app.core.session_state import View
    from relief_app.desktop.pack_care import PackCare
    from relief_app.desktop.pack_questions import ExposureView, Question
    from relief_app.desktop.session_host import SessionHost
    from relief_app.ui.main_window import MainWindow
    from relief_app.ui.pages.guide_text import GuideWords
    from relief_app.ui.theme import Theme

PageT = TypeVar("PageT", bound=Themed)


class PackPages(QObject):
    """Lives beside the window: shows what packs ask on it, and hands the answers to `PackCare`."""

    _sound_tried = Signal(object)

    def __init__(
        self,
        window: "MainWindow",
        host: "SessionHost",
        care: "PackCare",
        play_test: PlayTest,
        *,
        lid_must_stay_open: Callable[[], bool] = lambda: False,
        wall_s: Callable[[], float] = time.time,
    ) -> None:
        super().__init__(window)
        self._window, self._host, self._care = window, host, care
        self._play_test, self._lid, self._wall_s = play_test, lid_must_stay_open, wall_s
        self._pages: dict[str, Themed] = {}
        self._kind = Kind.HEAT
        self._fine: bool | None = None
        self._rehearsed = self._is_after = self._is_busy = False
        self._before_after: Session | None = None
        self.doors = DoorPages(window, host, care, wall_s)
        self._panel = PackPanel(window)
        self._banner = PackBanner(window)
        self._connect()
        window.packs = self
        self.refresh()

    # What the window asks

    @property
    def is_on(self) -> bool:
        """True while a pack is on the skin, or counts as being there."""
        return self._care.is_on

    def page_area(self, whole: QRect) -> QRect:
        """The part of the window that its page may take: a banner stands above it."""
        return whole.adjusted(0, 0 if self._banner.isHidden() else self._banner.wanted_height(), 0, 0)

    def window_resized(self) -> None:
        """Banner and panel follow the window."""
        whole = self._window.rect()
        self._banner.setGeometry(0, 0, whole.width(), self._banner.wanted_height())
        self._panel.setGeometry(whole)

    def lets_close(self) -> bool:
        """Whether the window may close now; else it closes by itself once the pack is off and all is fine."""
        return self._care.ask_off(self._window.close)

    def page_changed(self) -> None:
        """Another page stands: what lies over it may have to go, or to come back."""
        if not self._is_busy:
            self.refresh()

    def set_theme(self, theme: "Theme") -> None:
        """Panel and banner wear what the page wears."""
        for part in (self._panel, self._banner):
            if part.theme != theme:
                part.set_theme(theme)

    # What has to be seen now

    def refresh(self) -> None:
        """Look at what is asked and what is on the skin, and show it."""
        self._is_busy = True
        try:
            question, pack = self._care.question, self._care.exposure
            if pack is not None:
                self._kind, self._rehearsed = pack.kind, pack.rate > 1
                self._teach_guide()
            aside = pack is not None and self._stands_aside
            self._show_banner(pack if pack is not None and not self._shows_itself(pack) else None)
            self._show_alarm(pack if pack is not None and pack.alarm and not aside else None)
            self._show_questions(question)
            self._show_panel(None if aside or self._window.page_name == "pack_alarm_page" else question)
            self._show_after(question, pack)
        finally:
            self._is_busy = False

    @property
    def _stands_aside(self) -> bool:
        """Whether the page has to stay usable although a pack is on: a cramp, or something is wrong."""
        session = self._host.driver.session
        cramp = self._host.driver.is_live and session is not None and session.is_cramp
        return cramp or self._window.page_name == "something_wrong_page"

    def _shows_itself(self, pack: "ExposureView") -> bool:
        """Whether the page is about the pack already."""
        if self._stands_aside:
            return False
        view = self._host.driver.view() if self._host.driver.is_live else None
        on_guide = self._window.page_name == "guide_page" and view is not None
        return pack.alarm or (on_guide and view is not None and view.hold.exercise.kind in PACKS)

    def _show_banner(self, pack: "ExposureView | None") -> None:
        was = self._banner.isHidden()
        if pack is not None:
            self._banner.present(urgent=pack.alarm)
        self._banner.setVisible(pack is not None)
        self._banner.raise_()
        if was is not self._banner.isHidden():
            self.window_resized()
            self._window.place_page()

    def _show_alarm(self, pack: "ExposureView | None") -> None:
        shown = self._window.page_name == "pack_alarm_page"
        if pack is None:
            if shown:
                self._show_guide_or_home()
            return
        page = self._alarm()
        page.present(pack.kind, pack.leg, pack.reason)
        if not shown:
            # The page first: a panel that hides with the keyboard in it hands that to its own button.
            self._window.show_page(page)
            self._panel.hide()

    def _show_questions(self, question: "Question | None") -> None:
        on_page = self._window.page_name == "pack_questions_page"
        if question is not None and question.gate is not None:
            page = self._questions()
            page.ask(self._ask_of(question, question.gate))
            if not on_page:
                self._window.show_page(page)
        elif on_page and self._questions().asks is not None:
            self._questions().forget()
            self._show_guide_or_home()

    def _show_panel(self, question: "Question | None") -> None:
        if question is None or question.gate is not None:
            if not self._panel.isHidden():
                self._focus_page()
                self._panel.hide()
            return
        ask = pack_words.off_ask(question.kind)
        if question.id != pack_words.PACK_OFF:
            ask = pack_words.skin_ask(question.id, question.kind)
        self.window_resized()
        self._panel.ask(ask, self._time_left)

    def _show_after(self, question: "Question | None", pack: "ExposureView | None") -> None:
        """Once the last look at the skin is answered: what follows, or on with what waited for it."""
        asked = question is not None and question.id == pack_words.SKIN_AFTER
        was, self._is_after = self._is_after, asked
        if asked and not was:
            self._before_after = self._host.driver.session
        if not was or asked or pack is not None:
            return
        if self._host.driver.is_live:
            if self._host.driver.session is not self._before_after:
                self._window.show_guide()
            self._window.say(" ".join(self._next_lines()))
            return
        page = self._after()
        # After a bad reaction there is no next one to name a time for.
        lines = [] if self._fine is False else self._next_lines()
        page.present(self._kind, fine=self._fine, next_lines=lines)
        self._window.show_page(page)

    # What happens

    def _connect(self) -> None:
        care, panel = self._care, self._panel
        care.changed.connect(self.refresh)
        care.happened.connect(self._on_event)
        care.refused.connect(self._on_refused)
        self._host.driver.happened.connect(self._on_session)
        panel.answered.connect(self._answer)
        panel.night_wanted.connect(self._window.toggle_night)
        panel.something_wrong.connect(self._window.show_wrong)
        self._banner.acknowledged.connect(self._acknowledge)
        self._sound_tried.connect(self._on_sound)
        self._window.sign_reported.connect(self._on_sign)

    def _on_event(self, event: "ExposureEvent") -> None:
        if isinstance(event, ExposureAlarm):
            self._fine = False if event.reason is PackReason.SKIN else self._fine
            self._window.raise_up()
        elif isinstance(event, SkinCheckDue):
            self._come_forward()
        elif isinstance(event, ExposureEnded):
            self._kind = event.kind

    def _on_session(self, event: "Event") -> None:
        if isinstance(event, SessionStarted):
            self.refresh()

    def _on_sign(self, flag: "RedFlag") -> None:
        """A sign that forbids the pack on the skin: it comes off first, and then its session stops."""
        pack = self._care.exposure
        if pack is not None and Block(pack.kind.value) in flag.blocks:
            self._care.ask_off(self._host.stop_what_is_blocked)

    def _on_refused(self, problem: "NotOffered") -> None:
        """A *yes* stays on its page; anything else is said."""
        page = self._questions()
        asked, gate = page.asks, problem.because[0] if problem.because else None
        if asked is not None and problem.reason is NotOfferedReason.GATED and gate is not None:
            page.refuse(gate, asked.kind)
            return
        page.forget()
        self._show_guide_or_home()
        self._window.say(not_offered(problem))

    def _answer(self, question: str, choice: str) -> None:
        """Hand an answer on; one that came too late is no answer."""
        asked = self._care.question
        if asked is None or asked.id != question:
            self.refresh()
            return
        if question in (pack_words.SKIN_CHECK, pack_words.SKIN_AFTER):
            # Once not fine is not fine, whatever is said of it later.
            self._fine = choice == "fine" and self._fine is not False
        self._care.answer(question, choice)

    def _answer_check(self, choice: str) -> None:
        asked = self._questions().asks
        if asked is not None:
            self._fine = None
            self._answer(asked.gate.key, choice)

    def _acknowledge(self) -> None:
        if self._care.exposure is not None:
            self._care.acknowledge()

    def _leave_questions(self) -> None:
        self._care.withdraw()
        if self._window.page_name == "pack_questions_page":
            self._questions().forget()
            self._window.show_home()

    def _try_sound(self) -> None:
        self._questions().show_sound(SoundState.TRYING)
        self._play_test(self._sound_tried.emit)

    def _on_sound(self, heard: HeardSound) -> None:
        state = SoundState.PLAYED
        if not heard.played or heard.sink == "nobody":
            state = SoundState.NO_DEVICE
        elif heard.sink in ("muted", "at_zero"):
            state = SoundState.MUTED
        self._questions().show_sound(state)

    def _show_guide_or_home(self) -> None:
        self._window.show_guide() if self._host.driver.is_live else self._window.show_home()

    def _focus_page(self) -> None:
        if self._window.page is not None:
            self._window.page.setFocus()

    def _come_forward(self) -> None:
        """Into sight for a look at the skin; the keyboard stays where it is typed on."""
        if self._window.isMinimized():
            self._window.setWindowState(self._window.windowState() & ~Qt.WindowState.WindowMinimized)
        self._window.show()
        self._window.raise_()

    # Words

    def _ask_of(self, question: "Question", gate: "Gate") -> PackAsk:
        source = self._host.routines.sources.get(gate.source)
        named = source.title.partition(",")[0] if source is not None and gate.source != "design" else ""
        leg = self._care.waiting_leg or self._host.leg
        return PackAsk(gate, question.kind, leg, question.number, question.out_of, named)

    def _guide_words(self, view: "View") -> "GuideWords | None":
        pack = self._care.exposure
        if pack is None or view.hold.exercise.kind not in PACKS:
            return None
        return pack_words.guide_words(view, pack, lid=self._lid())

    def _time_left(self) -> str:
        pack = self._care.exposure
        if pack is None:
            return ""
        if pack.check_left_ms is not None:
            return pack_words.seconds_to_answer(pack.check_left_ms)
        return pack_words.comes_off_in(pack.ends_in_ms)

    def _next_lines(self) -> list[str]:
        """From when which pack may be put on again; what cannot be read is not said."""
        try:
            found = [self._care.next_allowed(kind, rehearsed=self._rehearsed) for kind in PACKS]
        except NotKept:
            return []
        return [pack_words.next_allowed(each, self._wall_s()) for each in found if each is not None]

    # Pages

    def _teach_guide(self) -> None:
        """The Guide page shows the time of the pack, and a button to take it off."""
        from relief_app.ui.pages.guide import GuidePage

        page = self._window.page
        if isinstance(page, GuidePage) and page.pack_words is None:
            page.pack_words = self._guide_words
            page.pack_off_wanted.connect(lambda: self._care.ask_off())

    def _questions(self) -> PackQuestionsPage:
        page = self._pages.get("questions")
        if isinstance(page, PackQuestionsPage):
            return page
        page = PackQuestionsPage(self._window)
        page.answered.connect(self._answer_check)
        page.closed.connect(self._leave_questions)
        page.test_sound_wanted.connect(self._try_sound)
        page.night_wanted.connect(self._window.toggle_night)
        return self._add("questions", page)

    def _alarm(self) -> PackAlarmPage:
        page = self._pages.get("alarm")
        if isinstance(page, PackAlarmPage):
            return page
        page = PackAlarmPage(self._window)
        page.acknowledged.connect(self._acknowledge)
        return self._add("alarm", page)

    def _after(self) -> PackAfterPage:
        page = self._pages.get("after")
        if isinstance(page, PackAfterPage):
            return page
        page = PackAfterPage(self._window)
        page.closed.connect(self._window.show_home)
        page.something_wrong.connect(self._window.show_wrong)
        page.night_wanted.connect(self._window.toggle_night)
        return self._add("after", page)

    def _add(self, name: str, page: PageT) -> PageT:
        self._pages[name] = page
        self._window.keep_page(page)
        return page
