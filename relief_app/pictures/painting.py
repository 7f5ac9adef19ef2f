"""Paint shapes with a QPainter."""

from collections.abc import Iterable
from functools import lru_cache
from typing import NamedTuple

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPainterPath, QPen, QTransform

from relief_app.pictures.palette import Palette
from relief_app.pictures.shapes import Path, Picture, Shape


class Stroke(NamedTuple):
    """A shape ready to be painted in one place and one palette; nothing of it lies outside `bounds`."""

    shape: Shape
    path: QPainterPath
    pen: QPen
    brush: QBrush
    clip: QPainterPath | None
    bounds: QRectF


def paint(painter: QPainter, picture: Picture, palette: Palette, target: QRectF) -> None:
    """Paint `picture` into `target` (device units), as large as fits, centred."""
    place = placement(picture, target)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in picture.shapes:
        paint_stroke(painter, stroke_of(shape, palette, place))
    painter.restore()


def paint_within(painter: QPainter, strokes: Iterable[Stroke], area: QRectF) -> None:
    """Paint those `strokes` that reach into `area`, from back to front; the painter is clipped to it."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for stroke in strokes:
        if stroke.bounds.intersects(area):
            paint_stroke(painter, stroke)


def placement(picture: Picture, target: QRectF) -> QTransform:
    """The way from picture units into `target`."""
    left, top, width, height = picture.view_box
    scale = min(target.width() / width, target.height() / height)
    centre = target.center()
    place = QTransform.fromTranslate(centre.x(), centre.y())
    across = -scale if picture.is_turned else scale
    return place.scale(across, scale).translate(-left - width / 2, -top - height / 2)


def stroke_of(shape: Shape, palette: Palette, place: QTransform) -> Stroke:
    """`shape` ready to be painted. Points are brought into the painter's own units first.

    A scaled painter would stroke in picture units, far finer than any pixel: fourteen times slower.
    """
    path = place.map(painter_path(shape.path))
    reach = shape.width * place.m22() / 2 + 1
    return Stroke(
        shape,
        path,
        _pen(shape, palette, place.m22()),
        _brush(shape, palette, place),
        None if shape.clip is None else place.map(painter_path(shape.clip)),
        path.controlPointRect().adjusted(-reach, -reach, reach, reach),
    )


def paint_stroke(painter: QPainter, stroke: Stroke) -> None:
    """Paint one shape that is ready."""
    if stroke.clip is not None:
        painter.save()
        painter.setClipPath(stroke.clip, Qt.ClipOperation.IntersectClip)
    painter.setOpacity(stroke.shape.opacity)
    painter.setPen(stroke.pen)
    painter.setBrush(stroke.brush)
    painter.drawPath(stroke.path)
    if stroke.clip is not None:
        painter.restore()


def painter_path(path: Path) -> QPainterPath:
    """`path` as Qt draws it."""
    result = QPainterPath()
    result.setFillRule(Qt.FillRule.WindingFill)
    for command, points in path:
        match command:
            case "M":
                result.moveTo(*points[0])
            case "L":
                result.lineTo(*points[0])
            case "C":
                result.cubicTo(*points[0], *points[1], *points[2])
            case _:
                result.closeSubpath()
    return result


@lru_cache(maxsize=256)
def _colour(name: str) -> QColor:
    return QColor(name)


def _pen(shape: Shape, palette: Palette, scale: float) -> QPen:
    if not shape.stroke:
        return QPen(Qt.PenStyle.NoPen)
    return QPen(
        _colour(palette[shape.stroke]),
        shape.width * scale,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )


def _brush(shape: Shape, palette: Palette, place: QTransform) -> QBrush:
    if not shape.fill:
        return QBrush(Qt.BrushStyle.NoBrush)
    if shape.gradient is None:
        return QBrush(_colour(palette[shape.fill]))
    start, end = QPointF(*shape.gradient.start), QPointF(*shape.gradient.end)
    gradient = QLinearGradient(place.map(start), place.map(end))
    near = _colour(palette[shape.fill])
    gradient.setColorAt(0, near)
    gradient.setColorAt(1, _colour(palette[shape.gradient.to]) if shape.gradient.to else _clear(near))
    return QBrush(gradient)


def _clear(colour: QColor) -> QColor:
    return QColor(colour.red(), colour.green(), colour.blue(), 0)
