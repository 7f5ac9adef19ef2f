"""The page of what is asked before a session: shown while it is asked, gone with the answer.

Everything but the look at what is asked is loaded when it is needed: the window has no time for it.
"""

from collections.abc import Callable
from functools import cached_property
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from relief_app.desktop.session_host import SessionHost
    from relief_app.ports import SafetyQuestions
    from relief_app.ui.main_window import MainWindow
    from relief_app.ui.pages.cramping import CrampingPage

PAGE = "cramping_page"


class BeforePages:
    """Lives beside the window."""

    def __init__(
        self, window: "MainWindow", host: "SessionHost", questions: "Callable[[], SafetyQuestions]"
    ) -> None:
        self._window, self._host, self._questions = window, host, questions
        host.before.changed.connect(self.refresh)

    def refresh(self) -> None:
        """Show what is asked; without a question, the session that began with the answer, or Home."""
        before, window = self._host.before, self._window
        if before.leg is not None:
            self._page.present(before.leg)
            window.show_page(self._page)
        elif window.page_name == PAGE:
            self._leave_page()

    @cached_property
    def _page(self) -> "CrampingPage":
        from relief_app.ui.pages.cramping import CrampingPage

        page = self._window.keep_page(CrampingPage(self._window))
        page.answered.connect(self._answer)
        page.closed.connect(self._window.show_home)
        page.something_wrong.connect(self._window.show_wrong)
        page.night_wanted.connect(self._window.toggle_night)
        return page

    def _leave_page(self) -> None:
        from relief_app.ui.starting import left_out

        if not self._host.driver.is_live:
            self._window.show_home()
            return
        self._window.show_guide()
        if left := left_out(self._host, self._questions()):
            self._window.say(left)

    def _answer(self, choice: str) -> None:
        from relief_app.core.safety import NotOffered
        from relief_app.ui.problem_words import not_offered

        question = self._host.before.question
        if question is None:
            return
        try:
            self._host.before.answer(question.id, choice)
        except NotOffered as problem:
            self._window.show_home()
            self._window.say(not_offered(problem))
