"""Small line icons, drawn in code so that they take the theme's colour exactly."""

from enum import StrEnum

from PySide6.QtCore import QPointF, QRectF, Qt
from PySide6.QtGui import QColor, QPainter, QPainterPath, QPen


class Icon(StrEnum):
    """What an icon shows; the values draw it on a 24 x 24 grid as M, L, C and Z commands."""

    BACK = "M15 5 L8 12 L15 19"
    NEXT = "M9 5 L16 12 L9 19"
    PAUSE = "M9 5 L9 19 M15 5 L15 19"
    PLAY = "M8 5 L19 12 L8 19 Z"
    PLUS = "M12 5 L12 19 M5 12 L19 12"
    MOON = (
        "M19 14.5 C15 17 8.5 14.5 9 8.5 C9.1 6.8 9.8 5.3 11 4 C6.5 4.6 4 8.3 4.2 12.3 C4.5 17 8 20 "
        "12.2 20 C15.4 20 18 18 19 14.5 Z"
    )
    SOUND = (
        "M4 9.5 L8 9.5 L13 5 L13 19 L8 14.5 L4 14.5 Z M16.5 9 C18 10.7 18 13.3 16.5 15 M18.8 6.5 "
        "C21.8 9.7 21.8 14.3 18.8 17.5"
    )
    MUTED = "M4 9.5 L8 9.5 L13 5 L13 19 L8 14.5 L4 14.5 Z M15.5 8.5 L22.5 15.5 M22.5 8.5 L15.5 15.5"
    FULL = "M4 9 L4 4 L9 4 M15 4 L20 4 L20 9 M20 15 L20 20 L15 20 M9 20 L4 20 L4 15"
    HELP = "M8.5 9 C8.5 4.5 15.5 4.5 15.5 9 C15.5 12 12 11.7 12 15 M12 18.6 L12 19"
    WARNING = "M12 4 L21 20 L3 20 Z M12 10 L12 15 M12 17.6 L12 17.9"
    CLOSE = "M6 6 L18 18 M18 6 L6 18"
    SWAP = "M4 9 L19 9 L15 5 M20 15 L5 15 L9 19"
    GEAR = (
        "M12 8.6 C13.9 8.6 15.4 10.1 15.4 12 C15.4 13.9 13.9 15.4 12 15.4 C10.1 15.4 8.6 13.9 8.6 12 "
        "C8.6 10.1 10.1 8.6 12 8.6 Z M10.3 3 L13.7 3 L14.3 5.6 L16.2 6.7 L18.7 5.9 L20.4 8.9 L18.5 10.7 "
        "L18.5 13.3 L20.4 15.1 L18.7 18.1 L16.2 17.3 L14.3 18.4 L13.7 21 L10.3 21 L9.7 18.4 L7.8 17.3 "
        "L5.3 18.1 L3.6 15.1 L5.5 13.3 L5.5 10.7 L3.6 8.9 L5.3 5.9 L7.8 6.7 L9.7 5.6 Z"
    )
    CHECK = "M5 12.5 L10 17.5 L19 7"
    BED = (
        "M3 6 L3 19 M3 16 L21 16 L21 19 M21 16 L21 13 C21 11.5 20 10.5 18.5 10.5 L9 10.5 L9 16 M6 "
        "12.6 L6 12.7"
    )
    STANDING = (
        "M12 3.2 C13.4 3.2 14.2 4.2 14.2 5.3 C14.2 6.5 13.3 7.4 12 7.4 C10.7 7.4 9.8 6.5 9.8 5.3 "
        "C9.8 4.2 10.6 3.2 12 3.2 Z M12 9.4 L12 14.5 M12 14.5 L9.6 21 M12 14.5 L14.4 21 M7.6 13 L9.4 "
        "9.8 L14.6 9.8 L16.4 13"
    )


def draw_icon(painter: QPainter, icon: Icon, rect: QRectF, colour: QColor) -> None:
    """Draw `icon` into the square `rect`."""
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / 24.0, rect.height() / 24.0)
    pen = QPen(colour, 2.1, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap, Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPath(_path(icon))
    painter.restore()


def _path(icon: Icon) -> QPainterPath:
    path = QPainterPath()
    words = icon.value.replace("Z", "Z ").split()
    numbers: list[float] = []
    command = ""
    for word in words:
        if word[0].isalpha():
            _add(path, command, numbers)
            command, numbers = word[0], [float(word[1:])] if len(word) > 1 else []
        else:
            numbers.append(float(word))
    _add(path, command, numbers)
    return path


def _add(path: QPainterPath, command: str, numbers: list[float]) -> None:
    points = [QPointF(x, y) for x, y in zip(numbers[::2], numbers[1::2], strict=True)]
    match command:
        case "M":
            path.moveTo(points[0])
        case "L":
            path.lineTo(points[0])
        case "C":
            path.cubicTo(points[0], points[1], points[2])
        case "Z":
            path.closeSubpath()
