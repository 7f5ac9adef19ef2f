"""A button that can be hit with one eye open: large, plainly drawn, never a stock style's grey."""

from enum import StrEnum

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QEnterEvent,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
)
from PySide6.QtWidgets import QAbstractButton, QSizePolicy, QWidget

from relief_app.ui.theme import LIGHT, Theme
from relief_app.ui.widgets.icons import Icon, draw_icon
from relief_app.ui.widgets.themed import (
    SMALLEST_TARGET,
    SMALLEST_TEXT,
    fitting_font,
    scaled_font,
    target_side,
)

RADIUS = 14.0
HINT_TEXT, HINT_GAP = 14.0, 12.0
LONGEST_KEY = 5
FOCUS_WIDTH, FOCUS_GAP = 2.6, 3.0
MOST_GROWTH = 1.5
"""A large button speaks louder, up to this much."""


class Weight(StrEnum):
    """How loudly a button speaks."""

    PRIMARY = "primary"
    QUIET = "quiet"
    BARE = "bare"
    WARNING = "warning"


class TouchButton(QAbstractButton):
    """A push button with an optional icon and a small second line."""

    def __init__(
        self,
        name: str,
        text: str,
        *,
        weight: Weight = Weight.QUIET,
        icon: Icon | None = None,
        hint: str = "",
        parent: QWidget | None = None,
    ) -> None:
        """Make a button with object name `name`; `hint` is the second line, e.g. its key."""
        super().__init__(parent)
        self.setObjectName(name)
        self._theme = LIGHT
        self._weight, self._icon, self._hint = weight, icon, hint
        self._text_size = 17.0
        self.icon_only = False
        self.set_words(text, hint)
        # A click leaves the keyboard with the page, so that Space goes on meaning what it meant.
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        self.setMinimumSize(SMALLEST_TARGET, SMALLEST_TARGET)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme` from now on."""
        self._theme = theme
        self.update()

    def set_words(self, text: str, hint: str = "") -> None:
        """Change what it says; the same words are its accessible name."""
        self.setText(text)
        self._hint = hint
        self.setAccessibleName(text)
        self.update()

    @property
    def hint(self) -> str:
        """The second line."""
        return self._hint

    def set_icon(self, icon: Icon) -> None:
        """Change its picture."""
        self._icon = icon
        self.update()

    def set_text_size(self, pixels: float) -> None:
        """Largest size of its text, in pixels at usual text size."""
        self._text_size = pixels
        self.updateGeometry()

    def sizeHint(self) -> QSize:
        """As wide as its words, at least a target's size."""
        if self.icon_only:
            return QSize(SMALLEST_TARGET, SMALLEST_TARGET)
        font = scaled_font(self._text_size, bold=self.isCheckable() or self._is_loud)
        width = QFontMetricsF(font).horizontalAdvance(self.text()) + 32 + (30 if self._icon else 0)
        return QSize(round(max(width, SMALLEST_TARGET)), SMALLEST_TARGET)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Space and Enter press it; every other key is the page's (Qt would move the focus by arrows)."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.click()
        elif event.key() == Qt.Key.Key_Space:
            super().keyPressEvent(event)
        else:
            event.ignore()

    def enterEvent(self, event: QEnterEvent) -> None:
        """Show that it can be pressed."""
        self.update()
        super().enterEvent(event)

    def leaveEvent(self, event: QEvent) -> None:
        """Go quiet again."""
        self.update()
        super().leaveEvent(event)

    def paintEvent(self, event: QPaintEvent) -> None:
        """Face, focus ring, icon, words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._paint_face(painter)
        self._paint_focus(painter)
        self._paint_words(painter)
        painter.end()

    def _face_rect(self) -> QRectF:
        return QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)

    def _paint_face(self, painter: QPainter) -> None:
        roles = {
            Weight.PRIMARY: ("primary_hover", "primary"),
            Weight.QUIET: ("surface_hover", "surface"),
            Weight.BARE: ("surface_hover", ""),
            Weight.WARNING: ("surface_hover", "warning"),
        }[self._weight]
        lively = self.isEnabled() and (self.underMouse() or self.isDown() or self.isChecked())
        role = roles[0] if lively else roles[1]
        # Between the face and the ring of who has the keyboard stays a gap: both are seen, and told apart.
        gap = FOCUS_GAP if self.hasFocus() else 0.0
        path = QPainterPath()
        path.addRoundedRect(self._face_rect().adjusted(gap, gap, -gap, -gap), RADIUS, RADIUS)
        if role and self.isEnabled():
            painter.fillPath(path, self._theme.colour(role))
        edge = self._edge_role()
        if edge:
            pen = QPen(self._theme.colour(edge), 3.0 if self.isChecked() else 1.2)
            # What cannot be pressed is told by its shape: an outline of dashes, and nothing in it.
            pen.setStyle(Qt.PenStyle.SolidLine if self.isEnabled() else Qt.PenStyle.DashLine)
            painter.setPen(pen)
            painter.drawPath(path)

    def _edge_role(self) -> str:
        if self.isChecked():
            return "text"
        if not self.isEnabled():
            return "edge"
        if self._weight is Weight.PRIMARY:
            return "" if self._theme.name == "light" else "edge"
        return {Weight.QUIET: "edge", Weight.WARNING: "warning_text"}.get(self._weight, "")

    def _paint_focus(self, painter: QPainter) -> None:
        if self.hasFocus():
            painter.setPen(QPen(self._theme.colour("focus"), FOCUS_WIDTH))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            half = FOCUS_WIDTH / 2
            painter.drawRoundedRect(
                QRectF(self.rect()).adjusted(half, half, -half, -half), RADIUS + 1, RADIUS + 1
            )

    @property
    def _is_loud(self) -> bool:
        return self._weight in (Weight.PRIMARY, Weight.WARNING)

    def _text_role(self) -> str:
        if not self.isEnabled():
            return "muted"
        return {Weight.PRIMARY: "primary_text", Weight.WARNING: "warning_text"}.get(self._weight, "text")

    def _paint_words(self, painter: QPainter) -> None:
        colour = self._theme.colour(self._text_role())
        rect = self._face_rect().adjusted(8, 2, -8, -2)
        side = self._icon_side(rect)
        if self._icon is not None and (self.icon_only or not self.text()):
            draw_icon(painter, self._icon, _square(rect.center(), side), colour)
            return
        if self._icon is not None:
            draw_icon(
                painter,
                self._icon,
                _square(QPointF(rect.left() + side / 2 + 2, rect.center().y()), side),
                colour,
            )
            rect.setLeft(rect.left() + side + 8)
        self._paint_lines(painter, rect)

    def _icon_side(self, rect: QRectF) -> float:
        """A large button carries a large icon."""
        if self.icon_only:
            return min(rect.height() * 0.62, rect.width() * 0.62, 34.0)
        return min(max(26.0, rect.height() * 0.5), 76.0, rect.width() * 0.22, rect.height())

    def _paint_lines(self, painter: QPainter, rect: QRectF) -> None:
        centred = int(Qt.AlignmentFlag.AlignCenter | Qt.TextFlag.TextWordWrap)
        main = rect
        if self._hint:
            main, hint = self._places(rect)
            painter.setPen(self._theme.colour(self._text_role()))
            # A key by itself is one thin letter, which is drawn too pale between two columns of pixels.
            is_key = len(self._hint) <= LONGEST_KEY
            painter.setFont(fitting_font(self._hint, hint.width(), hint.height(), HINT_TEXT, bold=is_key))
            painter.drawText(hint, centred, self._hint)
        painter.setPen(self._theme.colour(self._text_role()))
        painter.setFont(self._font(main))
        painter.drawText(main, centred, self.text())

    def _font(self, place: QRectF) -> QFont:
        """Bold where it is loud, and for the choice where that costs no size."""
        largest = self._text_size * min(max(self.height() / target_side(), 1.0), MOST_GROWTH)
        width, height = place.width(), place.height()
        font = fitting_font(self.text(), width, height, largest, bold=self._is_loud)
        if self.isChecked() and not self._is_loud:
            bold = fitting_font(self.text(), width, height, largest, bold=True)
            font = bold if bold.pixelSize() >= font.pixelSize() > SMALLEST_TEXT else font
        return font

    def _places(self, rect: QRectF) -> tuple[QRectF, QRectF]:
        """Where words and hint stand: below each other, or beside each other on a low button."""
        metrics = QFontMetricsF(scaled_font(HINT_TEXT, bold=True))
        hint = metrics.horizontalAdvance(self._hint) + HINT_GAP
        spare = rect.width() - hint - metrics.horizontalAdvance(self.text())
        if rect.height() >= target_side() or spare < HINT_TEXT:
            high = rect.height()
            return rect.adjusted(0, high * 0.06, 0, -high * 0.34), rect.adjusted(0, high * 0.66, 0, 0)
        # In the middle of the button where that leaves room for the hint, else in the middle of the rest.
        left = hint if spare - hint >= HINT_TEXT else 0
        return rect.adjusted(left, 0, -hint, 0), rect.adjusted(rect.width() - hint + HINT_GAP / 2, 0, 0, 0)


def _square(centre: QPointF, side: float) -> QRectF:
    return QRectF(centre.x() - side / 2, centre.y() - side / 2, side, side)
