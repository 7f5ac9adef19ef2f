"""Our self-painted widgets as the system's accessibility sees them.

Qt knows nothing of a widget that paints itself: to it a picture and a page are alike. What is said here is
looked up when a screen reader asks, so that it costs nothing until then and is never out of date.
"""

from collections.abc import Callable, Mapping
from types import MappingProxyType

from PySide6.QtCore import QObject, QTimer
from PySide6.QtGui import QAccessible, QAccessibleActionInterface, QAccessibleInterface
from PySide6.QtWidgets import QAbstractButton, QAccessibleWidget, QWidget

from relief_app.ui.accessible import pictures
from relief_app.ui.accessible.descriptions import ANSWERS, description_of
from relief_app.ui.accessible.fresh import remember, tell_anew
from relief_app.ui.accessible.keys import key_of
from relief_app.ui.accessible.names import name_of, page_name
from relief_app.ui.widgets.hero_calf import HeroCalf

Role = QAccessible.Role
Text = QAccessible.Text
PRESS, TOGGLE = QAccessibleActionInterface.pressAction(), QAccessibleActionInterface.toggleAction()

_RADIO = ("leg_left_", "leg_right_", "view_", "set_", "country_")
"""Beginnings of the names of buttons of which one is chosen."""
_CHECK = ("no_press_button", "move_button")
_HEADINGS = ("heading_label", "title_label", "panel_title_label")


class Told(QAccessibleWidget):
    """A widget with a role; its name is found by `name`."""

    def __init__(self, widget: QWidget, role: Role, name: Callable[[QWidget], str] = name_of) -> None:
        super().__init__(widget, role)
        self._name = name
        self.answered: dict[QAccessible.Text, str] = {}
        """What a screen reader was told last."""

    def text(self, kind: QAccessible.Text) -> str:
        """Name, description and shortcut."""
        if not self.isValid():
            return ""
        widget = self.widget()
        ways = {Text.Name: self._name, Text.Description: description_of, Text.Accelerator: key_of}
        text = ways[kind](widget) if kind in ways else super().text(kind)
        remember(self, kind, text)
        return text

    def state(self) -> QAccessible.State:
        """As Qt sees it; what says nothing or lies below a question is not there."""
        state = super().state()
        if not self.isValid() or _is_covered(self.widget()) or not self.text(Text.Name):
            state.invisible = 1
        return state


class Pressed(Told):
    """What can be pressed; `press` does it."""

    def press(self) -> None:
        """Press the widget."""
        widget = self.widget()
        if isinstance(widget, QAbstractButton):
            widget.click()

    def actionNames(self) -> list[str]:
        """Press, where it can be pressed."""
        able = self.isValid() and self.widget().isEnabled() and not _is_covered(self.widget())
        return [*([PRESS] if able else []), *super().actionNames()]

    def doAction(self, name: str) -> None:
        """Press it, or give it the keyboard."""
        if name not in self.actionNames() and name != TOGGLE:
            return
        if name in (PRESS, TOGGLE):
            QTimer.singleShot(0, tell_anew)
            self.press()
        else:
            super().doAction(name)

    def keyBindingsForAction(self, name: str) -> list[str]:
        """The shortcut."""
        key = self.text(Text.Accelerator)
        return [key] if key and name in (PRESS, TOGGLE) else []


class Button(Pressed):
    """A TouchButton: pressed, switched, or one choice of several."""

    def __init__(self, widget: QWidget) -> None:
        super().__init__(widget, _button_role(widget))

    def state(self) -> QAccessible.State:
        """Whether it is the choice."""
        state, button = super().state(), self.widget()
        if isinstance(button, QAbstractButton):
            answer = button.objectName() in ANSWERS
            chosen = self.role() is Role.RadioButton or (button.isCheckable() and not answer)
            state.checkable = int(chosen)
            state.checked = int(button.isChecked() and chosen)
            state.pressed = int(button.isDown())
        return state


class Calf(Pressed):
    """The calf of the first page: pressed, it opens the anatomy."""

    def press(self) -> None:
        """As a press beside the leg."""
        widget = self.widget()
        if isinstance(widget, HeroCalf):
            widget.pressed.emit(None)


class Bedside(Pressed):
    """The black page: any key starts relief, and so does this."""

    def press(self) -> None:
        """As any key."""
        wanted = getattr(self.widget(), "relief_wanted", None)
        if wanted is not None:
            wanted.emit()


def _button_role(widget: QWidget) -> Role:
    name = widget.objectName()
    if name in _CHECK:
        return Role.CheckBox
    chosen = name.startswith(_RADIO) and name not in ("country_button",)
    return Role.RadioButton if chosen and not name.endswith("back_button") else Role.Button


def _is_covered(widget: QWidget) -> bool:
    """Whether a question lies over the page and `widget` is not of it."""
    panel = widget.window().findChild(QWidget, "pack_panel")
    if panel is None or not panel.isVisible() or widget is panel or widget.isWindow():
        return False
    return not panel.isAncestorOf(widget)


def _label(widget: QWidget) -> Told:
    return Told(widget, Role.Heading if widget.objectName() in _HEADINGS else Role.StaticText)


def _page(widget: QWidget) -> Told | None:
    """A page; what else has no kind of its own holds others together and says nothing."""
    return Told(widget, Role.Pane, page_name) if widget.objectName().endswith("_page") else None


def _picture(words: Callable[[QWidget], str]) -> Callable[[QWidget], Told]:
    return lambda widget: Told(widget, Role.Graphic, words)


def _of(role: Role) -> Callable[[QWidget], Told]:
    return lambda widget: Told(widget, role)


_KINDS: Mapping[str, Callable[[QWidget], Told | None]] = MappingProxyType(
    {
        "MainWindow": _of(Role.Window),
        "TouchButton": Button,
        "CueLabel": _label,
        "Paragraph": _of(Role.Paragraph),
        "CountdownRing": _of(Role.StaticText),
        "ProgressDots": _picture(pictures.dots_text),
        "PoseView": _picture(pictures.pose_text),
        "HeroCalf": lambda widget: Calf(widget, Role.Button),
        "CalfView": _picture(pictures.calf_text),
        "LegView": _picture(pictures.leg_text),
        "LengthBars": _of(Role.Graphic),
        "AnatomyPlate": _of(Role.Graphic),
        "SignView": _picture(pictures.sign_text),
        "_SignView": _picture(pictures.sign_text),
        "SettingRow": _of(Role.Grouping),
        "PackBanner": _of(Role.AlertMessage),
        "PackPanel": _of(Role.Dialog),
        "PackAlarmPage": lambda widget: Told(widget, Role.AlertMessage, page_name),
        "BedsidePage": lambda widget: Bedside(widget, Role.Button),
        "Themed": _page,
    }
)
"""By the name of a class; one that has none here is what the class above it is."""


def interface_of(kind: str, thing: QObject) -> QAccessibleInterface | None:
    """What is told of `thing` as a widget of the class `kind`; None where that is Qt's to tell.

    Qt asks for the class itself first, then for those above it.
    """
    make = _KINDS.get(kind)
    return make(thing) if make is not None and isinstance(thing, QWidget) else None
