"""Whom to call in an emergency: the country one is in, chosen by hand, or a number of one's own."""

from collections.abc import Callable
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.preferences import is_number_to_call
from relief_app.ui.pages.list_page import ListPage
from relief_app.ui.setting_words import country_name
from relief_app.ui.widgets.button_grid import ButtonGrid
from relief_app.ui.widgets.themed import target_side
from relief_app.ui.widgets.touch_button import TouchButton
from relief_app.ui.widgets.touch_field import TouchField

if TYPE_CHECKING:
    from relief_app.ports import SettingsDesk

GAP = 8


class CountryPage(ListPage):
    """The heading says what "Something is wrong" will say."""

    def __init__(self, desk: "SettingsDesk", parent: QWidget | None = None) -> None:
        super().__init__("country_page", parent)
        self._desk = desk
        self.list.hide()
        self._field = TouchField("own_number_field", self.tr("Own emergency number"), self)
        self._field.setPlaceholderText(self.tr("Own number"))
        self._field.returnPressed.connect(self._use_own)
        self._use = TouchButton("own_number_button", self.tr("Use this number"), parent=self)
        self._use.clicked.connect(self._use_own)
        self._grid = ButtonGrid("countries_view", self)
        self.add_button("country_back_button", self.tr("Back"), self.closed.emit)

    def begin(self) -> None:
        """Show what is confirmed now."""
        self._field.setText(self._desk.settings.emergency_number or "")
        self._field.setAccessibleDescription("")
        self._follow()
        self._grid.verticalScrollBar().setValue(0)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; arrows and Page keys scroll."""
        bar = self._grid.verticalScrollBar()
        ways = {Qt.Key.Key_Down: 60, Qt.Key.Key_Up: -60}
        ways |= {Qt.Key.Key_PageDown: bar.pageStep(), Qt.Key.Key_PageUp: -bar.pageStep()}
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        elif event.key() in ways:
            bar.setValue(bar.value() + ways[Qt.Key(event.key())])
        else:
            super().keyPressEvent(event)

    def arrange(self) -> None:
        """The field on top, the countries below it."""
        super().arrange()
        body = self.list.geometry()
        use = min(self._use.sizeHint().width(), body.width() // 2)
        high = target_side(self.height())
        self._field.setGeometry(body.x(), body.y(), body.width() - use - GAP, high)
        self._use.setGeometry(body.x() + body.width() - use, body.y(), use, high)
        self._grid.setGeometry(body.adjusted(0, high + 2 * GAP, 0, 0))

    # How it works inside

    def _follow(self, problem: str = "") -> None:
        settings, numbers = self._desk.settings, self._desk.numbers()
        number = settings.emergency_number or numbers.get(settings.country or "")
        text = self.tr("Emergency: call %1")
        self.heading.setText(text.replace("%1", number or self.tr("your local emergency number")))
        asked = self.tr("Which country are you in? It is never guessed. Or type a number of your own.")
        self.line.setText(problem or asked)
        chosen = None if settings.emergency_number is not None else settings.country
        countries = sorted((country_name(code), code) for code in numbers)
        choices = [
            (f"country_{code}_button", f"{name}  {numbers[code]}", code == chosen, self._choice(code))
            for name, code in countries
        ]
        nowhere = settings.country is None and settings.emergency_number is None
        unconfirmed = ("country_none_button", self.tr("Not confirmed"), nowhere, self._choice(None))
        self._grid.set_choices([unconfirmed, *choices])
        self.arrange()

    def _choice(self, code: str | None) -> Callable[[], None]:
        return lambda: self._choose(code)

    def _choose(self, code: str | None) -> None:
        """Take the number of the country `code`, None for none; a number of one's own gives way."""
        self._desk.change(self._desk.settings._replace(country=code, emergency_number=None), "country")
        self._field.clear()
        self._follow()

    def _use_own(self) -> None:
        number = "".join(self._field.text().split())
        if not is_number_to_call(number):
            problem = self.tr("Not taken: a number has 1 to 15 of the digits 0 to 9, and may have + * #.")
            self._follow(problem)
            # Where it is mended, and where a screen reader says why.
            self._field.setAccessibleDescription(problem)
            self._field.setFocus()
            return
        self._desk.change(self._desk.settings._replace(emergency_number=number), "emergency_number")
        self._field.setText(number)
        self._field.setAccessibleDescription("")
        self._follow()
