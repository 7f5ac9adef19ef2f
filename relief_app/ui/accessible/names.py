"""The name of each widget: what it says, and where it stands if that alone would not tell it from others."""

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QAbstractButton, QLabel, QWidget

from relief_app.ui.widgets.setting_row import SettingRow
from relief_app.ui.words import sentence


def name_of(widget: QWidget) -> str:
    """What `widget` is called."""
    row = widget.parentWidget()
    own = widget.accessibleName() or _text(widget)
    if own and isinstance(row, SettingRow) and own != row.title and row.title not in own:
        return f"{row.title}: {own}"
    if not own and isinstance(widget, SettingRow):
        return widget.title
    return own


def page_name(page: QWidget) -> str:
    """What a page is called: what it says of itself, else its heading, for the guide the step."""
    own = page.accessibleName()
    if own:
        return own
    if page.objectName() == "guide_page":
        return _label(page, "step_label") or _tr("Guide")
    if page.objectName() == "anatomy_page":
        return _tr("Anatomy")
    words = (_label(page, "heading_label"), _label(page, "line_label"))
    return " ".join(sentence(part) for part in words if part)


def _text(widget: QWidget) -> str:
    if widget.isWindow():
        return widget.windowTitle()
    return widget.text() if isinstance(widget, QAbstractButton | QLabel) else ""


def _label(page: QWidget, name: str) -> str:
    label = page.findChild(QLabel, name)
    return label.text() if label is not None else ""


def _tr(text: str) -> str:
    return QCoreApplication.translate("accessible", text)
