"""Hands what happens to a screen reader, in words; imported after the first paint."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QObject
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent

from relief_app.desktop.announcements import Announcements

if TYPE_CHECKING:
    from relief_app.desktop.pack_care import PackCare
    from relief_app.desktop.session_driver import SessionDriver
    from relief_app.ui.main_window import MainWindow

Tell = Callable[[str, Mapping[str, Any]], object]
POLITE, ASSERTIVE = "polite", "assertive"


class Announcer(QObject):
    """A listener beside the window. `tell` reaches the watchers, whether a screen reader listens or not."""

    def __init__(
        self, window: "MainWindow", driver: "SessionDriver", packs: "PackCare", tell: Tell, parent: QObject
    ) -> None:
        super().__init__(parent)
        self._window, self._packs, self._tell = window, packs, tell
        self._words = Announcements(driver, self)
        self._words.announced.connect(self._announce)
        packs.happened.connect(self._words.hear_pack)
        packs.changed.connect(self._ask)
        window.said.connect(self._words.say)
        self._words.catch_up()
        exposure = packs.exposure
        if exposure is not None and exposure.reason is not None:
            self._words.alarm(exposure.reason)

    def _ask(self) -> None:
        """The page may put a question the other way round than it is kept: its words are told."""
        page = self._window.page
        on_page = page is not None and page.objectName() == "pack_questions_page"
        self._words.ask(self._packs.question, page.accessibleName() if page is not None and on_page else "")

    def _announce(self, text: str, urgent: bool) -> None:
        self._tell("announcement", {"text": text, "priority": ASSERTIVE if urgent else POLITE})
        if not QAccessible.isActive():
            return
        event = QAccessibleAnnouncementEvent(self._window, text)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)
