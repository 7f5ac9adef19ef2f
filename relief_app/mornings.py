"""Looks on the first page, when it is opened or come back to, whether a night is to be asked about."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QEvent, QObject

from relief_app.core.events import SessionStarted
from relief_app.desktop.morning import Morning
from relief_app.storage.morning import MorningFile
from relief_app.ui import problem_words
from relief_app.ui.theme_choice import is_night, minutes_of

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief
    from relief_app.core.events import Event
    from relief_app.core.exposure import ExposureEvent
    from relief_app.ui.pages.morning import MorningPage

HOME, PAGE = "home_page", "morning_page"


class Mornings(QObject):
    """Puts the card over the first page, never over anything else."""

    def __init__(self, relief: "Relief") -> None:
        super().__init__(relief)
        self._relief = relief
        memory = MorningFile(relief.paths.mornings)
        sessions = relief.stores.sessions
        self.asks = Morning(sessions, memory, lambda: relief.safety, relief.clock, self)
        self.asks.changed.connect(self._refresh)
        self.asks.sore.connect(relief.window.show_wrong)
        self.asks.cream.connect(lambda: relief.say(problem_words.heat_is_locked()))
        self.asks.not_kept.connect(lambda problem: relief.say(problem_words.not_kept(problem)))
        relief.driver.happened.connect(self._on_event)
        relief.packs.happened.connect(self._on_pack)
        relief.window.installEventFilter(self)
        self.look()

    def look(self) -> None:
        """Ask where the first page stands and nothing is under way."""
        relief = self._relief
        free = relief.window.page_name == HOME and not relief.driver.is_live and not relief.packs.is_on
        if not free:
            return
        if self.asks.question is not None:
            self._refresh()
        elif relief.host.kept is None and relief.paths.has_database:
            hours = (minutes_of(relief.settings.night_from), minutes_of(relief.settings.night_until))
            self.asks.look(is_night=is_night(self._minute_now(), *hours))

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
        """Come back to in the morning: the window may have stood open all night."""
        if event.type() == QEvent.Type.WindowActivate:
            self.look()
        return super().eventFilter(watched, event)

    def _minute_now(self) -> int:
        from time import localtime

        local = localtime(self._relief.clock.wall_s())
        return local.tm_hour * 60 + local.tm_min

    @cached_property
    def _page(self) -> "MorningPage":
        from relief_app.ui.pages.morning import MorningPage

        window = self._relief.window
        page = window.keep_page(MorningPage(window))
        page.answered.connect(self._answer)
        page.let_be.connect(self.asks.let_be)
        page.routine_wanted.connect(window.start)
        page.something_wrong.connect(window.show_wrong)
        page.night_wanted.connect(window.toggle_night)
        return page

    def _refresh(self) -> None:
        window, question = self._relief.window, self.asks.question
        if window.page_name not in (HOME, PAGE):
            return
        if question is not None:
            self._page.present(question.id)
            window.show_page(self._page)
        elif window.page_name == PAGE:
            window.show_home()

    def _answer(self, choice: str) -> None:
        if self.asks.question is not None:
            self.asks.answer(self.asks.question.id, choice)

    def _on_event(self, event: "Event") -> None:
        if isinstance(event, SessionStarted):
            self.asks.withdraw()

    def _on_pack(self, _: "ExposureEvent") -> None:
        self.asks.withdraw()
