"""The Settings page and what lies behind it: the country's number, and the person's own data."""

from functools import cached_property
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal
from PySide6.QtWidgets import QWidget

from relief_app.ui.pages.country import CountryPage
from relief_app.ui.pages.own_data import OwnDataPage
from relief_app.ui.pages.settings import SettingsPage

if TYPE_CHECKING:
    from relief_app.ports import SettingsDesk


class SettingsDoor(QObject):
    """Makes the pages when they are first shown, and asks for each to be shown."""

    page_wanted = Signal(object)
    """The page (Themed) to show."""

    def __init__(self, desk: "SettingsDesk", parent: QWidget) -> None:
        super().__init__(parent)
        self._desk, self._parent = desk, parent

    @cached_property
    def page(self) -> SettingsPage:
        """The Settings page."""
        page = SettingsPage(self._desk, self._parent)
        page.country_wanted.connect(self._open_country)
        page.data_wanted.connect(self._open_data)
        return page

    def open(self) -> None:
        """Show the settings as they are now."""
        self.page.begin()
        self.page_wanted.emit(self.page)

    @cached_property
    def _country(self) -> CountryPage:
        page = CountryPage(self._desk, self._parent)
        page.closed.connect(self._back)
        return page

    @cached_property
    def _data(self) -> OwnDataPage:
        page = OwnDataPage(self._desk, self._parent)
        page.closed.connect(self._back)
        return page

    def _open_country(self) -> None:
        self._country.begin()
        self.page_wanted.emit(self._country)

    def _open_data(self, job: str) -> None:
        self._data.begin(job)
        self.page_wanted.emit(self._data)

    def _back(self) -> None:
        self.page.follow()
        self.page_wanted.emit(self.page)
