"""One setting in a list: its name, what there is to choose, and the way back to the usual."""

from collections.abc import Callable, Sequence
from typing import Protocol

from PySide6.QtCore import QCoreApplication, QRect, QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.scrolled import Scrolled
from relief_app.ui.widgets.themed import Themed, target_side, text_scale
from relief_app.ui.widgets.touch_button import TouchButton, Weight

GAP = 8
BESIDE_FROM = 620
"""From this width on, at usual text size, the name stands beside what there is to choose."""


class Control(Protocol):
    """What a person acts on in a row."""

    def show_value(self, value: object) -> None:
        """Show `value` as chosen."""
        ...

    def parts(self) -> Sequence[QWidget]:
        """The widgets from left to right."""
        ...


class Chips:
    """One button for each value."""

    def __init__(
        self,
        key: str,
        choices: Sequence[tuple[object, str]],
        pick: Callable[[object], None],
        kind: type[TouchButton] = TouchButton,
    ) -> None:
        """`choices`: values with their words; `pick` is told the one that is pressed."""
        self._buttons: dict[object, TouchButton] = {}
        for value, words in choices:
            button = kind(f"set_{key}_{_name(value)}_button", words)
            button.setCheckable(True)
            button.clicked.connect(lambda _=False, value=value: pick(value))
            self._buttons[value] = button

    def show_value(self, value: object) -> None:
        """Show `value` as chosen; a second press on it changes nothing."""
        for each, button in self._buttons.items():
            button.setChecked(each == value)

    def parts(self) -> Sequence[QWidget]:
        """The buttons in the order of their values."""
        return tuple(self._buttons.values())


class Stepper:
    """Less, the value, more."""

    def __init__(
        self, key: str, told: tuple[str, str], words: Callable[[object], str], step: Callable[[int], None]
    ) -> None:
        """`told`: accessible names of less and more; `words` says a value; `step` is told -1 or 1."""
        self._words = words
        self._less = TouchButton(f"{key}_less_button", "−")
        self._more = TouchButton(f"{key}_more_button", "+")
        self._value = _Value(f"{key}_value", largest=20)
        for button, name, way in zip((self._less, self._more), told, (-1, 1), strict=True):
            button.setAccessibleName(name)
            button.set_text_size(24)
            button.clicked.connect(lambda _=False, way=way: step(way))

    def show_value(self, value: object) -> None:
        """Say `value`."""
        self._value.setText(self._words(value))
        # Who presses more hears what it is now.
        told = QCoreApplication.translate("accessible", "Now %1.").replace("%1", self._words(value))
        for button in (self._less, self._more):
            button.setAccessibleDescription(told)

    def parts(self) -> Sequence[QWidget]:
        """Less, value, more."""
        return (self._less, self._value, self._more)


class Doors:
    """Buttons that lead on; the first says the value."""

    def __init__(
        self,
        doors: Sequence[tuple[str, str, Callable[[], object]]],
        words: Callable[[object], str] | None = None,
    ) -> None:
        """`doors`: object name, words and what pressing does."""
        self._words = words
        self._buttons = [TouchButton(name, text) for name, text, _ in doors]
        for button, (_, _, action) in zip(self._buttons, doors, strict=True):
            button.clicked.connect(lambda _=False, action=action: action())

    def show_value(self, value: object) -> None:
        """Say `value` on the first door."""
        if self._words is not None:
            self._buttons[0].set_words(self._words(value))

    def parts(self) -> Sequence[QWidget]:
        """The buttons."""
        return tuple(self._buttons)


class SettingRow(Themed):
    """Name, control, and "Reset" where the setting is not as usual."""

    reset = Signal()

    def __init__(
        self, key: str, title: str, control: Control, note: str = "", parent: QWidget | None = None
    ) -> None:
        """`note` stands below the control: what to know before choosing."""
        super().__init__(parent)
        self.setObjectName(f"{key}_row")
        self.control, self.title = control, title
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._title = CueLabel(f"{key}_title", largest=18, bold=True, align=left, parent=self)
        self._title.setText(title)
        self._note = CueLabel(f"{key}_note", largest=15, role="muted", align=left, parent=self)
        self._note.setText(note)
        self._note.setVisible(bool(note))
        # Tab goes by the order of being made: first what there is to choose.
        for part in control.parts():
            part.setParent(self)
        self._reset = TouchButton(f"{key}_reset_button", self.tr("Reset"), weight=Weight.BARE, parent=self)
        self._reset.setAccessibleName(self.tr("Reset: %1").replace("%1", title))
        self._reset.clicked.connect(self.reset)
        self._reset.hide()

    def show_value(self, value: object, *, usual: bool) -> None:
        """Show `value`; a `usual` one has nothing to be reset."""
        self.control.show_value(value)
        self._reset.setVisible(not usual)

    def fit(self, width: int) -> int:
        """Take `width` and return the height needed, in device-independent pixels."""
        scale, high = min(text_scale(), 1.6), target_side()
        reset = max(self._reset.sizeHint().width(), high)
        if width >= BESIDE_FROM * scale:
            title = round(width * 0.3)
            room = QRect(title + GAP, GAP, width - title - reset - 2 * GAP, 0)
            bottom = self._write_note(room, self._flow(room))
            self._title.setGeometry(0, GAP, title, high)
        else:
            self._title.setGeometry(0, GAP, width - reset - GAP, high)
            room = QRect(0, GAP + high, width, 0)
            bottom = self._write_note(room, self._flow(room))
        self._reset.setGeometry(width - reset, GAP, reset, high)
        self.resize(width, bottom + GAP)
        return bottom + GAP

    def paintEvent(self, event: QPaintEvent) -> None:
        """The ground, and a thin line below."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self.theme.colour("window"))
        painter.setPen(self.theme.colour("line"))
        painter.drawLine(0, self.height() - 1, self.width(), self.height() - 1)
        painter.end()

    def _flow(self, room: QRect) -> int:
        """Put the parts in lines from the top of `room`; returns where they end."""
        x, y, high = room.x(), room.y(), target_side()
        for part in self.control.parts():
            wish = min(part.sizeHint().width(), room.width())
            if x > room.x() and x + wish > room.right() + 1:
                x, y = room.x(), y + high + GAP
            part.setGeometry(x, y, wish, high)
            x += wish + GAP
        return y + high

    def _write_note(self, room: QRect, top: int) -> int:
        """Put the note below `top`; returns where it ends."""
        high = self._note.height_at(room.width())
        self._note.setGeometry(room.x(), top + GAP // 2, room.width(), high)
        return top + GAP // 2 + high if high else top


class SettingRows(Scrolled):
    """Rows below each other."""

    def __init__(self, name: str, rows: Sequence[SettingRow], parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        self._rows = tuple(rows)
        for row in self._rows:
            row.setParent(self.ground)

    def stack(self, width: int) -> int:
        """Each row as high as it needs."""
        top = 0
        for row in self._rows:
            high = row.fit(width)
            row.move(0, top)
            top += high
        return top


class _Value(CueLabel):
    """A value between less and more."""

    def sizeHint(self) -> QSize:
        return QSize(round(92 * text_scale()), target_side())


def _name(value: object) -> str:
    """A value as part of an object name: tone-3 is tone_3, True is on."""
    if isinstance(value, bool):
        return "on" if value else "off"
    return str(value).replace("-", "_")
