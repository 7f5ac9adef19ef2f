"""The list of keys, and what the app is."""

from PySide6.QtWidgets import QWidget

from relief_app import __version__
from relief_app.ui.pages.list_page import ListPage


class KeysPage(ListPage):
    """Help in one look."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("keys_page", parent)
        self.heading.setText(self.tr("Keys"))
        self.add_button("keys_back_button", self.tr("Back"), self.closed.emit)
        self.list.set_entries(self._entries())

    def _entries(self) -> tuple[tuple[str, str], ...]:
        space = self.tr("Space")
        return (
            (space, self.tr("In a cramp: it let go, and again: it's back. Elsewhere: pause and go on.")),
            (
                self.tr("F5, full stop, B"),
                self.tr("As Space: the keys for show and black screen of a presentation clicker."),
            ),
            ("P", self.tr("Pause and go on.")),
            (self.tr("Enter, →, Page down"), self.tr("Next.")),
            (self.tr("←, Page up"), self.tr("Back.")),
            (self.tr("+ and -"), self.tr("30 seconds more or less.")),
            ("L", self.tr("The other leg; no time is lost.")),
            ("W", self.tr("Something is wrong.")),
            ("N", self.tr("Night on or off.")),
            ("M", self.tr("Sounds on or off.")),
            ("F", self.tr("Full screen.")),
            ("Esc", self.tr("Leave; a running session is kept and offered again.")),
            (self.tr("On the first page: Enter or C"), self.tr("Cramp now, in bed. S: standing.")),
            (
                self.tr("B, M, D, R"),
                self.tr("On the first page: before bed, micro-break, demonstration, after a run."),
            ),
            (self.tr("A"), self.tr("On the first page: anatomy. There: arrows, V, L, P and T.")),
            ("Q", self.tr("On the first page: the safety questions. There: Y, N, U, ← and Esc.")),
            ("P, H, O", self.tr("On the first page: prepare, care, show. Questions about a pack: 1 and 2.")),
            (self.tr("Enter, held for a second"), self.tr("In a pack's alarm: the pack is off.")),
            ("Z", self.tr("On the first page: bedside mode. There any key starts relief; Esc held leaves.")),
            (self.tr(", (comma)"), self.tr("On the first page: settings.")),
            (
                self.tr("About Relief %1").replace("%1", __version__),
                self.tr(
                    "Guidance, not diagnosis. Nothing here has been signed off by a clinician. "
                    "Everything stays on this computer."
                ),
            ),
        )
