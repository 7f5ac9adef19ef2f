"""After a pack: what to do where the skin is not fine, what not to do now, and when the next one may come."""

from collections.abc import Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.exercise import Kind
from relief_app.ui.pages.list_page import ListPage
from relief_app.ui.widgets.touch_button import Weight


class PackAfterPage(ListPage):
    """A few lines and one way on."""

    something_wrong = Signal()
    night_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pack_after_page", parent)
        self.add_button("pack_done_button", self.tr("Done"), self.closed.emit, Weight.PRIMARY)
        self.add_button(
            "something_wrong_button",
            self.tr("Something is wrong"),
            self.something_wrong.emit,
            Weight.WARNING,
        )

    def present(self, kind: Kind, *, fine: bool | None, next_lines: Sequence[str]) -> None:
        """Show what follows a pack of `kind`; `fine` is what was said of the skin, None where nobody said."""
        self.heading.setText(self.tr("The pack stays off") if fine is False else self.tr("The pack is off"))
        self.line.setText("")
        entries = []
        if fine is not True:
            entries.append((self._not_fine(), self._no_more()))
        if kind is Kind.ICE:
            entries.append((self.tr("No running for 30 minutes."), self.tr("(Source: MacAuley 2001)")))
        entries.append((self.tr("The next pack"), " ".join(line for line in next_lines if line)))
        self.list.set_entries([entry for entry in entries if entry[1]])
        self.setAccessibleName(". ".join([self.heading.text(), *(" ".join(entry) for entry in entries)]))
        self.arrange()
        self.setFocus()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter and Esc go on; N is night, W something wrong."""
        keys = {Qt.Key.Key_N: self.night_wanted.emit, Qt.Key.Key_W: self.something_wrong.emit}
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.closed.emit()
        elif event.key() in keys:
            keys[Qt.Key(event.key())]()
        else:
            super().keyPressEvent(event)

    def _not_fine(self) -> str:
        return self.tr("Burning, numb, blotches, blisters, white or waxy skin")

    def _no_more(self) -> str:
        return self.tr(
            "Stop, and keep the pack off. No more packs: after a bad reaction there is no heat or ice. "
            "A leg that is suddenly cold, pale and numb is an emergency."
        )
