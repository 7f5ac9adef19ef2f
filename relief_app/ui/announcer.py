"""Hands what happens to a screen reader, in words; imported after the first paint."""

from collections.abc import Callable, Mapping
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleAnnouncementEvent, QAccessibleEvent
from PySide6.QtWidgets import QApplication, QWidget

from relief_app.desktop.announcements import Announcements

if TYPE_CHECKING:
    from relief_app.desktop.pack_care import PackCare
    from relief_app.desktop.session_driver import SessionDriver
    from relief_app.ui.main_window import MainWindow

Tell = Callable[[str, Mapping[str, Any]], object]
RELEASED = (QEvent.Type.KeyRelease, QEvent.Type.MouseButtonRelease, QEvent.Type.TouchEnd)
"""A person has done something."""
POLITE, ASSERTIVE = "polite", "assertive"


class Announcer(QObject):
    """A listener beside the window. `tell` reaches the watchers, whether a screen reader listens or not."""

    def __init__(
        self,
        window: "MainWindow",
        driver: "SessionDriver",
        packs: "PackCare",
        muted: Callable[[], bool],
        tell: Tell,
        parent: QObject,
    ) -> None:
        super().__init__(parent)
        self._muted, self._was_muted = muted, muted()
        self._window, self._driver, self._packs, self._tell = window, driver, packs, tell
        self._words = Announcements(driver, self)
        self._words.announced.connect(self._announce)
        packs.happened.connect(self._words.hear_pack)
        packs.changed.connect(self._ask)
        window.said.connect(self._words.say)
        window.looks_changed.connect(self._follow_mute)
        self._panel = window.findChild(QWidget, "pack_panel")
        for watched in (self._panel, window.windowHandle()):
            if watched is not None:
                watched.installEventFilter(self)
        self._fresh = self._make_fresh()
        self._words.catch_up()
        exposure = packs.exposure
        if exposure is not None and exposure.reason is not None:
            self._words.alarm(exposure.reason)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What a question covers is gone, and back after it: screen readers keep what they once knew."""
        if event.type() in RELEASED:
            self._freshen()
        elif watched is self._panel and self._window.page is not None:
            if event.type() == QEvent.Type.Show:
                _tell_of(self._window.page, QAccessible.Event.ObjectHide)
            elif event.type() == QEvent.Type.Hide:
                _tell_of(self._window.page, QAccessible.Event.ObjectShow)
        return super().eventFilter(watched, event)

    def _make_fresh(self) -> QTimer:
        """Look again after whatever may have changed names that a screen reader keeps."""
        fresh = QTimer(self)
        fresh.setSingleShot(True)
        fresh.timeout.connect(_tell_anew)
        self._driver.happened.connect(self._freshen)
        self._packs.changed.connect(self._freshen)
        app = QApplication.instance()
        if isinstance(app, QApplication):
            app.focusChanged.connect(self._freshen)
        return fresh

    def _freshen(self) -> None:
        if QAccessible.isActive():
            self._fresh.start(0)

    def _ask(self) -> None:
        """The page may put a question the other way round than it is kept: its words are told."""
        page = self._window.page
        on_page = page is not None and page.objectName() == "pack_questions_page"
        self._words.ask(self._packs.question, page.accessibleName() if page is not None and on_page else "")

    def _follow_mute(self) -> None:
        """Silence by a key pressed unawares has to be told to whom it is nothing to be seen."""
        was, self._was_muted = self._was_muted, self._muted()
        if was is not self._was_muted:
            self._words.say(self.tr("Sounds off.") if self._was_muted else self.tr("Sounds on."))

    def _announce(self, text: str, urgent: bool) -> None:
        self._tell("announcement", {"text": text, "priority": ASSERTIVE if urgent else POLITE})
        if not QAccessible.isActive() or _is_read_out(text):
            return
        event = QAccessibleAnnouncementEvent(self._window, text)
        politeness = QAccessible.AnnouncementPoliteness
        event.setPoliteness(politeness.Assertive if urgent else politeness.Polite)
        QAccessible.updateAccessibility(event)


def _tell_anew() -> None:
    from relief_app.ui.accessible.fresh import tell_anew

    tell_anew()


def _is_read_out(text: str) -> bool:
    """Whether what has the keyboard is called so: then a screen reader reads it by itself."""
    widget = QApplication.focusWidget()
    return widget is not None and widget.accessibleName().rstrip(".") == text.rstrip(".")


def _tell_of(widget: QWidget, what: QAccessible.Event) -> None:
    if QAccessible.isActive():
        QAccessible.updateAccessibility(QAccessibleEvent(widget, what))
