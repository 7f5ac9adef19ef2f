"""The "Something is wrong" page: the emergency number first, then the red flags. It never reassures."""

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QWidget

from relief_app.core.safety import RedFlag
from relief_app.ui.pages.list_page import ListPage
from relief_app.ui.widgets.touch_button import Weight
from relief_app.ui.words import content


class SomethingWrongPage(ListPage):
    """Opened by button, key or command; what ran stands still while it is read."""

    eased = Signal()
    ended = Signal()

    def __init__(self, flags: Sequence[RedFlag], parent: QWidget | None = None) -> None:
        super().__init__("something_wrong_page", parent)
        self._back = self.add_button("wrong_back_button", self.tr("Back"), self.closed.emit)
        self._eased = self.add_button("wrong_eased_button", self.tr("It let go"), self.eased.emit)
        self._end = self.add_button(
            "end_session_button", self.tr("End the session"), self.ended.emit, Weight.WARNING
        )
        self.list.set_entries([(content(flag.trigger), content(flag.action)) for flag in flags])

    def present(self, number: str | None, *, alarm: bool, session: bool) -> None:
        """Show the emergency `number` (None: not confirmed); `alarm` after ten minutes of cramp."""
        call = self.tr("Emergency: call %1").replace("%1", number or self.tr("your local emergency number"))
        self.heading.setText(call)
        ten = self.tr("This cramp has lasted ten minutes. Stop stretching. Get medical help urgently.")
        self.line.setText(ten if alarm else self.tr("If one of these is true, do what it says now."))
        self.may_close = not alarm
        self._back.setVisible(not alarm)
        self._eased.setVisible(alarm)
        self._end.setVisible(session)
        self.arrange()
        self.setFocus()
