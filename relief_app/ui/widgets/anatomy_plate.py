"""The calf plate that answers: pointed at, touched or walked through by keys, with names beside it."""

from collections.abc import Callable, Mapping
from itertools import product
from typing import NamedTuple

from PySide6.QtCore import QEvent, QPointF, QRectF, QSize, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPixmap,
    QTransform,
)
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import NO_PRESS_ZONES, TRICEPS_SURAE, Structure
from relief_app.pictures.calf import CalfState, calf_picture, label_anchors
from relief_app.pictures.labels import REACH, Label, place_labels
from relief_app.pictures.painting import paint, painter_path, placement
from relief_app.pictures.picking import outline_of, structure_at
from relief_app.pictures.plate_file import Plate
from relief_app.pictures.shapes import Picture, Point
from relief_app.ui.plates import PlateOf
from relief_app.ui.theme import Theme
from relief_app.ui.widgets.themed import Themed, scaled_font

LABEL_TEXT, MOST_GROWTH = 15.0, 1.5
"""Size of the names in pixels; on a large picture they grow, up to this much."""
USUAL_HEIGHT = 700
PADDING = 5.0
"""Between a name and the end of its line."""
WIDEST_LABEL, NARROWEST_LABEL = 0.34, 96.0
"""A label is at most this share of the width; narrower than this many pixels it is not worth its room."""
SCALES = (1.0, 0.92, 0.84, 0.76, 0.68, 0.6)
"""How far the picture shrinks, in turn, so that every name finds room beside it."""
MARGIN = 6.0

SQUEEZES = (1.0, 0.8, 0.65)
"""How far the names shrink, in turn, where large text leaves muscles without one."""


Anchors = tuple[tuple[Structure, Point], ...]


class Layout(NamedTuple):
    """Where picture and labels stand in the widget, and the share of the usual size the names have."""

    picture: QRectF
    labels: tuple[Label, ...]
    squeeze: float


class AnatomyPlate(Themed):
    """Paints a plate with leader-line labels; says which structure is pointed at and which is chosen."""

    hovered = Signal(object)
    """The structure under the pointer, or None."""
    chosen = Signal(object)
    """The structure that was pressed or reached by keys."""

    def __init__(self, plate_of: PlateOf, name_of: Callable[[Structure], str], parent: QWidget) -> None:
        """`name_of` gives a structure's name in the app's language."""
        super().__init__(parent)
        self.setObjectName("anatomy_plate")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setMouseTracking(True)
        self._plate_of, self._name_of = plate_of, name_of
        self._state = CalfState(depth=1.0)
        self._selected: Structure | None = None
        self._pointed: Structure | None = None
        self._kept: tuple[CalfState, Theme, QRectF, float] | None = None
        self._pixels = QPixmap()
        self._laid: tuple[object, Layout] | None = None

    @property
    def state(self) -> CalfState:
        """What is shown."""
        return self._state

    @property
    def labels(self) -> tuple[Label, ...]:
        """The labels in sight."""
        plate = self._plate_of(self._state.view)
        return () if plate is None else self._layout(plate).labels

    def show_calf(self, state: CalfState) -> None:
        """Show `state`."""
        if state != self._state:
            self._state, self._pointed = state, None
            self.update()

    def select(self, structure: Structure | None) -> None:
        """Draw the outline of `structure` strongly."""
        if structure is not self._selected:
            self._selected = structure
            self.update()

    def sizeHint(self) -> QSize:
        """As large as it is let."""
        return QSize(400, 400)

    def place_of(self, point: Point) -> QPointF:
        """Where a point of the picture (as painted, in its units) is in the widget."""
        plate = self._plate_of(self._state.view)
        return QPointF() if plate is None else self._way(plate).map(QPointF(*point))

    # Qt

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Name what is under the pointer."""
        pointed = self._at(event.position())
        if pointed is not self._pointed:
            self._pointed = pointed
            self.setCursor(
                Qt.CursorShape.PointingHandCursor if pointed is not None else Qt.CursorShape.ArrowCursor
            )
            self.update()
            self.hovered.emit(pointed)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose what is under the pointer, by its picture or by its name."""
        touched = self._at(event.position())
        if touched is not None:
            self.chosen.emit(touched)

    def leaveEvent(self, event: QEvent) -> None:
        """The pointer is gone."""
        if self._pointed is not None:
            self._pointed = None
            self.update()
            self.hovered.emit(None)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Down and right: the next structure; up and left: the one before."""
        steps = {Qt.Key.Key_Down: 1, Qt.Key.Key_Right: 1, Qt.Key.Key_Up: -1, Qt.Key.Key_Left: -1}
        step = steps.get(Qt.Key(event.key()))
        plate = self._plate_of(self._state.view)
        if step is None or plate is None:
            event.ignore()
            return
        names = [name for name, _ in self._anchors(plate)]
        if names:
            self.chosen.emit(_next(names, self._selected, step))

    def paintEvent(self, event: QPaintEvent) -> None:
        """The plate as it was kept, the chosen outline, the labels."""
        plate = self._plate_of(self._state.view)
        if plate is None:
            return
        rect, labels, squeeze = self._layout(plate)
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.drawPixmap(rect.topLeft(), self._painted(plate, rect))
        for structure in (self._pointed, self._selected):
            if structure is not None:
                self._paint_outline(painter, plate, structure)
        painter.setFont(self._font(squeeze))
        for label in labels:
            self._paint_label(painter, label)
        if self.hasFocus():
            painter.setPen(QPen(self.theme.colour("focus"), 2.5))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1.3, 1.3, -1.3, -1.3), 14, 14)
        painter.end()

    # How it works inside

    def _at(self, position: QPointF) -> Structure | None:
        plate = self._plate_of(self._state.view)
        if plate is None:
            return None
        for label in self._layout(plate).labels:
            if QRectF(*label.box).adjusted(-4, -4, 4, 4).contains(position):
                return label.structure
        back, _ = self._way(plate).inverted()
        point = back.map(position)
        return structure_at(self._state, plate, (point.x(), point.y()))

    def _way(self, plate: Plate) -> QTransform:
        return placement(Picture(plate.view_box, (), ()), self._layout(plate).picture)

    def _layout(self, plate: Plate) -> Layout:
        """Where picture and labels stand; the largest picture beside which every name finds room."""
        key = (self._state, self._selected, self.size(), self._font().key())
        if self._laid is None or self._laid[0] != key:
            self._laid = (key, self._laid_out(plate))
        return self._laid[1]

    def _anchors(self, plate: Plate) -> Anchors:
        """Where the lines end. What is covered there is not named, unless it is chosen."""
        return tuple(
            (name, at)
            for name, at in label_anchors(self._state, plate)
            if name in (self._selected, Structure.SKIN) or structure_at(self._state, plate, at) is name
        )

    def _font(self, squeeze: float = 1.0) -> QFont:
        return scaled_font(squeeze * LABEL_TEXT * min(max(self.height() / USUAL_HEIGHT, 1.0), MOST_GROWTH))

    def _laid_out(self, plate: Plate) -> Layout:
        anchors = self._anchors(plate)
        tried: list[Layout] = []
        for squeeze, scale in product(SQUEEZES, SCALES):
            tried.append(self._tried(plate, anchors, scale, squeeze))
            if len(tried[-1].labels) == len(anchors):
                return tried[-1]
        # Where not even a small picture leaves room for every name: the most muscles, then the most names.
        return max(tried, key=_worth)

    def _tried(self, plate: Plate, anchors: Anchors, scale: float, squeeze: float) -> Layout:
        area = QRectF(self.rect()).adjusted(MARGIN, MARGIN, -MARGIN, -MARGIN)
        _, _, width, height = plate.view_box
        ratio = min(area.width() / width, area.height() / height) * scale
        rect = QRectF(0, 0, width * ratio, height * ratio)
        rect.moveCenter(area.center())
        # Whole pixels, or the kept picture would be blurred.
        rect = QRectF(rect.toRect())
        way = placement(Picture(plate.view_box, (), ()), rect)
        points = [(name, _pair(way.map(QPointF(*at)))) for name, at in sorted(anchors, key=_rank)]
        room = (area.width() - rect.width()) / 2 - REACH
        sizes = self._sizes([name for name, _ in anchors], room, self._font(squeeze))
        return Layout(rect, place_labels(points, sizes, _four(rect), _four(area), self._selected), squeeze)

    def _sizes(
        self, names: list[Structure], room: float, font: QFont
    ) -> Mapping[Structure, tuple[float, float]]:
        """How large each name is, word-wrapped into `room` pixels."""
        metrics = QFontMetricsF(font)
        most = max(min(room, self.width() * WIDEST_LABEL) - 2 * PADDING, NARROWEST_LABEL)
        wrap = int(Qt.TextFlag.TextWordWrap)
        boxes = {
            name: metrics.boundingRect(QRectF(0, 0, most, 10_000), wrap, self._name_of(name))
            for name in names
        }
        return {name: (box.width() + 2 * PADDING, box.height() + 2) for name, box in boxes.items()}

    def _painted(self, plate: Plate, rect: QRectF) -> QPixmap:
        """The plate without what changes under the pointer, painted when it is first needed."""
        ratio = self.devicePixelRatioF()
        wanted = (self._state, self.theme, rect, ratio)
        if self._kept != wanted:
            self._kept = wanted
            self._pixels = QPixmap((rect.size() * ratio).toSize() + QSize(1, 1))
            self._pixels.setDevicePixelRatio(ratio)
            self._pixels.fill(QColor(self.theme.window))
            painter = QPainter(self._pixels)
            target = QRectF(QPointF(0, 0), rect.size())
            paint(painter, calf_picture(self._state, plate), self.theme.pictures, target)
            painter.end()
        return self._pixels

    def _paint_outline(self, painter: QPainter, plate: Plate, structure: Structure) -> None:
        path = self._way(plate).map(painter_path(outline_of(self._state, plate, structure)))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        for role, width in (("window", 7.0), ("focus", 4.0)):
            painter.setPen(
                QPen(self.theme.colour(role), width, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap)
            )
            painter.drawPath(path)

    def _paint_label(self, painter: QPainter, label: Label) -> None:
        strong = label.structure in (self._selected, self._pointed)
        painter.setPen(QPen(self.theme.colour("text" if strong else "muted"), 2.2 if strong else 1.2))
        painter.drawPolyline([QPointF(*point) for point in label.line])
        painter.setBrush(self.theme.colour("text"))
        painter.drawEllipse(QPointF(*label.line[-1]), 2.5, 2.5)
        painter.setPen(self.theme.colour("text" if strong else "muted"))
        left, top, width, height = label.box
        on_left = label.line[0][0] > left + width / 2
        side = Qt.AlignmentFlag.AlignRight if on_left else Qt.AlignmentFlag.AlignLeft
        # Names stand at their lines whatever way the language runs: the anatomy is not mirrored.
        flags = (
            side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        )
        painter.drawText(
            QRectF(left + PADDING, top, width - 2 * PADDING, height),
            int(flags),
            self._name_of(label.structure),
        )


def _rank(anchor: tuple[Structure, Point]) -> bool:
    """Where not every name finds room, those of the muscles and of what is never pressed do first."""
    return anchor[0] not in (*TRICEPS_SURAE, Structure.ACHILLES_TENDON, *NO_PRESS_ZONES)


def _worth(layout: Layout) -> tuple[int, int]:
    named = [label.structure for label in layout.labels]
    return sum(muscle in named for muscle in TRICEPS_SURAE), len(named)


def _next(names: list[Structure], now: Structure | None, step: int) -> Structure:
    if now not in names:
        return names[0 if step > 0 else -1]
    return names[(names.index(now) + step) % len(names)]


def _pair(point: QPointF) -> tuple[float, float]:
    return (point.x(), point.y())


def _four(rect: QRectF) -> tuple[float, float, float, float]:
    return (rect.left(), rect.top(), rect.width(), rect.height())
