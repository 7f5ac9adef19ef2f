"""Before a cool-down: is the cramp there now? Two large pictures to choose from."""

from typing import TYPE_CHECKING

from PySide6.QtCore import QRect, QRectF, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter
from PySide6.QtWidgets import QWidget

from relief_app.pictures.cramping import cool_down_picture, cramping_picture
from relief_app.pictures.painting import paint
from relief_app.ui.pages.plain_page import GAP, PlainPage, is_plain, shares
from relief_app.ui.widgets.answer_buttons import AnswerButton
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.icons import Icon
from relief_app.ui.widgets.themed import fitting_font, target_side
from relief_app.ui.widgets.touch_button import TouchButton, Weight

if TYPE_CHECKING:
    from relief_app.core.anatomy import Leg
    from relief_app.pictures.shapes import Picture

WORDS_SHARE = 0.2
"""Of a picture's button, for its words below the picture."""


class PictureButton(AnswerButton):
    """A picture, words below it, and the key in small."""

    def __init__(self, name: str, text: str, hint: str, parent: QWidget | None = None) -> None:
        super().__init__(name, text, hint=hint, parent=parent)
        self._picture: Picture | None = None
        self._key = hint

    def show_picture(self, picture: "Picture") -> None:
        """Show `picture`."""
        self._picture = picture
        self.update()

    def _paint_words(self, painter: QPainter) -> None:
        face = self._face_rect().adjusted(10, 10, -10, -8)
        words = face.adjusted(0, face.height() * (1 - WORDS_SHARE), 0, 0)
        key = words.adjusted(0, words.height() * 0.62, 0, 0)
        if self._picture is not None:
            room = face.adjusted(0, 0, 0, -words.height())
            paint(painter, self._picture, self._theme.pictures, room)
        painter.setPen(self._theme.colour("text"))
        self._write(painter, words.adjusted(0, 0, 0, -key.height()), self.text(), 34, bold=True)
        painter.setPen(self._theme.colour("muted"))
        self._write(painter, key, self._key, 18)

    def _write(
        self, painter: QPainter, place: QRectF, text: str, largest: float, *, bold: bool = False
    ) -> None:
        painter.setFont(fitting_font(text, place.width(), place.height(), largest, bold=bold))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap), text)


class CrampingPage(PlainPage):
    """Keys 1 and 2 choose, or arrows and Enter; Esc goes back."""

    answered = Signal(str)
    """"yes" where it cramps now, "no" for the cool-down."""
    closed = Signal()
    something_wrong = Signal()
    night_wanted = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__("cramping_page", parent)
        self._heading = CueLabel("heading_label", largest=34, bold=True, parent=self)
        self._heading.setText(self.tr("After a run: is it cramping now?"))
        self._cramping = PictureButton("cramping_now_button", self.tr("Cramping now"), "1", self)
        self._cool_down = PictureButton("cool_down_button", self.tr("Cool down"), "2", self)
        self._cramping.clicked.connect(lambda: self.answered.emit("yes"))
        self._cool_down.clicked.connect(lambda: self.answered.emit("no"))
        self._back = TouchButton("cramping_back_button", self.tr("Back"), parent=self)
        self._back.clicked.connect(self.closed.emit)
        self._wrong = TouchButton(
            "something_wrong_button",
            self.tr("Something is wrong"),
            weight=Weight.WARNING,
            icon=Icon.WARNING,
            parent=self,
        )
        self._wrong.clicked.connect(self.something_wrong.emit)
        self.setAccessibleName(self._heading.text())

    def present(self, leg: "Leg") -> None:
        """Ask; the pictures show `leg`."""
        self._cramping.show_picture(cramping_picture(leg))
        self._cool_down.show_picture(cool_down_picture(leg))
        self.arrange()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """1 and 2 choose; arrows walk; Enter presses what the keyboard is on; Esc, N and W as ever."""
        if not is_plain(event):
            return
        match event.key():
            case Qt.Key.Key_1:
                self._cramping.click()
            case Qt.Key.Key_2:
                self._cool_down.click()
            case Qt.Key.Key_Left | Qt.Key.Key_Up:
                self._cramping.setFocus(Qt.FocusReason.TabFocusReason)
            case Qt.Key.Key_Right | Qt.Key.Key_Down:
                self._cool_down.setFocus(Qt.FocusReason.TabFocusReason)
            case Qt.Key.Key_Escape:
                self.closed.emit()
            case Qt.Key.Key_N:
                self.night_wanted.emit()
            case Qt.Key.Key_W:
                self.something_wrong.emit()

    def arrange(self) -> None:
        """Both pictures beside each other, or one above the other on a high page."""
        body, growth = self.body(), self.growth()
        self._heading.set_largest(34 * growth)
        heading = min(self._heading.height_at(body.width()) + GAP, round(body.height() * 0.25))
        target = target_side(self.height())
        foot = body.bottom() + 1 - target
        self._heading.setGeometry(body.x(), body.y(), body.width(), heading)
        top = body.y() + heading + GAP
        room = QRect(body.x(), top, body.width(), foot - GAP - top)
        for button, place in zip((self._cramping, self._cool_down), _places(room), strict=True):
            button.setGeometry(place)
        row = QRect(body.x(), foot, body.width(), target)
        back, wrong = shares(row, 2)
        self._back.setGeometry(back)
        self._wrong.setGeometry(wrong)


def _places(room: QRect) -> tuple[QRect, ...]:
    if room.width() >= room.height() * 0.8:
        return shares(room, 2)
    each = (room.height() - GAP) // 2
    return tuple(QRect(room.x(), room.y() + i * (each + GAP), room.width(), each) for i in range(2))
