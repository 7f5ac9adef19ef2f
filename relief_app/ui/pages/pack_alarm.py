"""The alarm of a pack: one thing to do, and one thing to say once it is done."""

from PySide6.QtCore import QRect, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import PackReason
from relief_app.desktop.alarm_words import alarm_reason, take_it_off, where
from relief_app.pictures.figure import PoseState
from relief_app.ui.pack_words import POSES
from relief_app.ui.pages.plain_page import GAP, PlainPage
from relief_app.ui.widgets.answer_buttons import HeldButton
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.pose_view import PoseView
from relief_app.ui.widgets.themed import SMALLEST_TARGET, text_scale

LEAST_PICTURE = 150


class PackAlarmPage(PlainPage):
    """Stands until somebody says that the pack is off: by the button, or by Enter held for a second."""

    acknowledged = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("pack_alarm_page", parent)
        self._pose = PoseView(self)
        self._heading = CueLabel("heading_label", largest=96, bold=True, parent=self)
        self._heading.setText(take_it_off())
        self._reason = CueLabel("reason_label", largest=28, parent=self)
        self._where = CueLabel("where_label", largest=24, role="muted", parent=self)
        self._off = HeldButton(
            "acknowledge_button", self.tr("The pack is off"), self.tr("or hold Enter for a second"), self
        )
        self._off.set_text_size(40)
        self._off.clicked.connect(self.acknowledged.emit)

    def present(self, kind: Kind, leg: Leg, reason: PackReason | None) -> None:
        """Show which pack comes off, and why."""
        self._reason.setText(alarm_reason(reason))
        self._where.setText(where(kind, leg))
        self._pose.show_pose(PoseState(POSES[kind], leg=leg))
        words = (self._heading.text(), self._where.text(), self._reason.text())
        self.setAccessibleName(". ".join(part.rstrip(".") for part in words))

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, held; nothing else, and nothing goes on to the window."""
        event.accept()
        self._off.key_pressed(event)

    def keyReleaseEvent(self, event: QKeyEvent) -> None:
        """Enter was let go."""
        event.accept()
        self._off.key_released(event)

    def focusOutEvent(self, event: QFocusEvent) -> None:
        """A key that is let go elsewhere is held no longer."""
        self._off.let_go()
        super().focusOutEvent(event)

    def focusNextPrevChild(self, forward: bool) -> bool:
        """There is nothing to go to."""
        return False

    def arrange(self) -> None:
        """The words huge, the picture where there is room, the button large at the foot."""
        body = self.body()
        button = min(max(round(body.height() * 0.24), 2 * SMALLEST_TARGET), round(220 * self.growth()))
        self._off.setGeometry(body.x(), body.bottom() + 1 - button, body.width(), button)
        self._arrange_words(self._arrange_picture(body.adjusted(0, 0, 0, -button - GAP)))

    # How it works inside

    def _arrange_picture(self, room: QRect) -> QRect:
        wide = room.width() >= 700 and room.width() > room.height()
        high = round(room.height() * 0.42)
        self._pose.setVisible(wide or high >= LEAST_PICTURE)
        if self._pose.isHidden():
            return room
        if wide:
            side = round(room.width() * 0.4)
            self._pose.setGeometry(room.x(), room.y(), side, room.height())
            return room.adjusted(side + 2 * GAP, 0, 0, 0)
        self._pose.setGeometry(room.x(), room.bottom() + 1 - high, room.width(), high)
        return room.adjusted(0, 0, 0, -high - GAP)

    def _arrange_words(self, room: QRect) -> None:
        growth = self.growth()
        for label, size in ((self._heading, 96), (self._where, 24), (self._reason, 28)):
            label.set_largest(size * growth)
        scale = min(text_scale(), 1.6) * growth
        where_high = round(min(44 * scale, room.height() * 0.16))
        why = round(min(96 * scale, room.height() * 0.28))
        heading = room.height() - where_high - why
        self._heading.setGeometry(room.x(), room.y(), room.width(), heading)
        self._where.setGeometry(room.x(), room.y() + heading, room.width(), where_high)
        self._reason.setGeometry(room.x(), room.y() + heading + where_high, room.width(), why)
