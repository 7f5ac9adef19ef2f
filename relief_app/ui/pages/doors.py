"""What lies behind a door of the first page, each with what stands in its way now."""

from collections.abc import Sequence
from typing import NamedTuple

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QWidget

from relief_app.ui.pages.plain_page import GAP, PlainPage, is_plain
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.themed import SMALLEST_TARGET, target_side, text_scale
from relief_app.ui.widgets.touch_button import TouchButton

DOOR_HIGH = 150
LARGE_TEXT = 1.4
"""From this text scale on what stands in the way gets more of the width."""


class Door(NamedTuple):
    """A routine or a page by its id, and why it cannot be opened now; "" where it can."""

    id: str
    title: str
    key: str
    problem: str = ""


class DoorsPage(PlainPage):
    """One large button a door; one that is not possible says why beside it."""

    chosen = Signal(str)
    questions_wanted = Signal()
    something_wrong = Signal()
    night_wanted = Signal()
    closed = Signal()

    def __init__(self, name: str, parent: QWidget | None = None) -> None:
        super().__init__(name, parent)
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._heading = CueLabel("heading_label", largest=34, bold=True, align=left, parent=self)
        self._doors: list[Door] = []
        self._buttons: dict[str, TouchButton] = {}
        self._lines: dict[str, CueLabel] = {}
        self._back = TouchButton("doors_back_button", self.tr("Back"), hint="Esc", parent=self)
        self._back.clicked.connect(self.closed.emit)
        self._questions = TouchButton(
            "safety_questions_button", self.tr("A few questions"), hint="Q", parent=self
        )
        self._questions.clicked.connect(self.questions_wanted.emit)

    def present(self, heading: str, doors: Sequence[Door]) -> None:
        """Show `doors` as they stand now."""
        self._heading.setText(heading)
        self._doors = list(doors)
        for door in doors:
            button, line = self._parts(door)
            button.setEnabled(not door.problem)
            button.setAccessibleDescription(door.problem)
            line.setText(door.problem)
        self.setAccessibleName(heading)
        self.arrange()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Each door's own key; Q: questions; Esc: back."""
        if not is_plain(event):
            return
        for door in self._doors:
            if event.text().upper() == door.key:
                self._buttons[door.id].click()
                return
        match event.key():
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case Qt.Key.Key_Q:
                self.questions_wanted.emit()
            case Qt.Key.Key_N:
                self.night_wanted.emit()
            case Qt.Key.Key_W:
                self.something_wrong.emit()

    def arrange(self) -> None:
        """The doors below each other, what stands in the way to the right of each, or below it."""
        body, growth = self.body(), self.growth()
        self._heading.set_largest(34 * growth)
        heading, target = self._heading.height_at(body.width()), target_side(self.height())
        self._heading.setGeometry(body.x(), body.y(), body.width(), heading)
        foot = body.bottom() + 1 - target
        half = (body.width() - GAP) // 2
        self._back.setGeometry(body.x(), foot, half, target)
        self._questions.setGeometry(body.x() + half + GAP, foot, half, target)
        room = QRect(body.x(), body.y() + heading + GAP, body.width(), foot - body.y() - heading - 2 * GAP)
        wide = room.width() >= 700  # words stand beside, not below: what is left of the height stays empty
        shares = [1 if wide or not door.problem else 2 for door in self._doors]
        each = (room.height() - GAP * (len(shares) - 1)) // max(sum(shares), 1)
        each = min(each, round(DOOR_HIGH * growth) + GAP) if wide else each
        top = room.y()
        for door, share in zip(self._doors, shares, strict=True):
            self._arrange_door(door, QRect(room.x(), top, room.width(), each * share))
            top += each * share + GAP

    # How it works inside

    def _parts(self, door: Door) -> tuple[TouchButton, CueLabel]:
        if door.id not in self._buttons:
            left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            button = TouchButton(f"{door.id}_button", door.title, hint=door.key, parent=self)
            button.set_text_size(26)
            button.clicked.connect(lambda: self.chosen.emit(door.id))
            line = CueLabel(f"{door.id}_line_label", largest=20, align=left, parent=self)
            for part in (button, line):
                part.set_theme(self.theme)
                part.show()
            self._buttons[door.id], self._lines[door.id] = button, line
        return self._buttons[door.id], self._lines[door.id]

    def _arrange_door(self, door: Door, room: QRect) -> None:
        button, line = self._buttons[door.id], self._lines[door.id]
        high = min(room.height(), round(DOOR_HIGH * self.growth()))
        line.set_largest(20 * self.growth())
        if not door.problem:
            button.setGeometry(room.x(), room.y(), room.width(), high)
            line.setGeometry(QRect())
        elif room.width() >= 700:
            share = round(room.width() * (0.4 if text_scale() < LARGE_TEXT else 0.32))
            button.setGeometry(room.x(), room.y(), share, high)
            line.setGeometry(room.x() + share + 2 * GAP, room.y(), room.width() - share - 2 * GAP, high)
        else:
            high = min(max(room.height() // 2, SMALLEST_TARGET), 90)
            button.setGeometry(room.x(), room.y(), room.width(), high)
            line.setGeometry(room.x(), room.y() + high + 4, room.width(), room.height() - high - 4)
