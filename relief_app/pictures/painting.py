"""Paint shapes with a QPainter."""

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QBrush, QColor, QLinearGradient, QPainter, QPainterPath, QPen, QTransform

from relief_app.pictures.palette import Palette
from relief_app.pictures.shapes import Path, Picture, Shape


def paint(painter: QPainter, picture: Picture, palette: Palette, target: QRectF) -> None:
    """Paint `picture` into `target` (device units), as large as fits, centred."""
    place = placement(picture, target)
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    for shape in picture.shapes:
        paint_shape(painter, shape, palette, place)
    painter.restore()


def placement(picture: Picture, target: QRectF) -> QTransform:
    """The way from picture units into `target`."""
    left, top, width, height = picture.view_box
    scale = min(target.width() / width, target.height() / height)
    centre = target.center()
    place = QTransform.fromTranslate(centre.x(), centre.y())
    across = -scale if picture.is_turned else scale
    return place.scale(across, scale).translate(-left - width / 2, -top - height / 2)


def paint_shape(painter: QPainter, shape: Shape, palette: Palette, place: QTransform) -> None:
    """Paint one shape. Points are brought into the painter's own units first.

    A scaled painter would stroke in picture units, far finer than any pixel: fourteen times slower.
    """
    if shape.clip is not None:
        painter.save()
        painter.setClipPath(place.map(painter_path(shape.clip)), Qt.ClipOperation.IntersectClip)
    painter.setOpacity(shape.opacity)
    painter.setPen(_pen(shape, palette, place.m22()))
    painter.setBrush(_brush(shape, palette, place))
    painter.drawPath(place.map(painter_path(shape.path)))
    if shape.clip is not None:
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


def _pen(shape: Shape, palette: Palette, scale: float) -> QPen:
    if not shape.stroke:
        return QPen(Qt.PenStyle.NoPen)
    return QPen(
        QColor(palette[shape.stroke]),
        shape.width * scale,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )


def _brush(shape: Shape, palette: Palette, place: QTransform) -> QBrush:
    if not shape.fill:
        return QBrush(Qt.BrushStyle.NoBrush)
    if shape.gradient is None:
        return QBrush(QColor(palette[shape.fill]))
    start, end = QPointF(*shape.gradient.start), QPointF(*shape.gradient.end)
    gradient = QLinearGradient(place.map(start), place.map(end))
    gradient.setColorAt(0, QColor(palette[shape.fill]))
    gradient.setColorAt(1, QColor(palette[shape.gradient.to]))
    return QBrush(gradient)
