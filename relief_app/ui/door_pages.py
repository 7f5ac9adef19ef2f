"""The three doors of the first page (prepare, care, show), each with a page of its own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from relief_app.ui.doors import ANATOMY, BEDSIDE, doors_behind
from relief_app.ui.doorways import doorway_name

if TYPE_CHECKING:
    from relief_app.desktop.pack_care import PackCare
    from relief_app.desktop.session_host import SessionHost
    from relief_app.ports import SafetyQuestions
    from relief_app.ui.main_window import MainWindow
    from relief_app.ui.pages.doors import DoorsPage


class DoorPages:
    """Makes each page when its door is first opened, and opens what is chosen there."""

    def __init__(
        self, window: "MainWindow", host: "SessionHost", care: "PackCare", wall_s: Callable[[], float]
    ) -> None:
        self._window, self._host, self._care, self._wall_s = window, host, care, wall_s
        self._pages: dict[str, DoorsPage] = {}

    def show(self, doorway: str, questions: "SafetyQuestions") -> None:
        """The page behind `doorway`, with what stands in the way of each of its doors now."""
        page = self._pages.get(doorway) or self._make(doorway)
        doors = doors_behind(doorway, self._host.routines, questions, self._care, self._wall_s())
        page.present(doorway_name(doorway), doors)
        self._window.show_page(page)

    def _make(self, doorway: str) -> "DoorsPage":
        from relief_app.ui.pages.doors import DoorsPage

        page = DoorsPage(f"{doorway}_page", self._window)
        page.chosen.connect(self._open)
        page.questions_wanted.connect(self._window.show_questions)
        page.something_wrong.connect(self._window.show_wrong)
        page.night_wanted.connect(self._window.toggle_night)
        page.closed.connect(self._window.show_home)
        self._pages[doorway] = page
        self._window.keep_page(page)
        return page

    def _open(self, door: str) -> None:
        if door == ANATOMY:
            self._window.show_anatomy(None)
        elif door == BEDSIDE:
            self._window.bedside.enter()
        else:
            self._window.start(door)
