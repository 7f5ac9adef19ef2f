"""A picture as PNG. Paths on an image need no application object, hence no display either."""

from PySide6.QtCore import QBuffer, QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from relief_app.pictures.painting import paint
from relief_app.pictures.palette import Palette
from relief_app.pictures.shapes import Picture


class PngError(Exception):
    """The picture cannot be made; the text is the reason."""


def png(picture: Picture, palette: Palette, width: int) -> bytes:
    """`picture` in the colours of `palette`, `width` pixels wide. Raises PngError."""
    _, _, box_width, box_height = picture.view_box
    height = round(width * box_height / box_width)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    if image.isNull():
        raise PngError(f"there is not enough memory for {width} x {height} pixels")
    image.fill(QColor(palette["background"]))
    painter = QPainter(image)
    paint(painter, picture, palette, QRectF(0, 0, width, height))
    painter.end()
    buffer = QBuffer()
    buffer.open(QBuffer.OpenModeFlag.WriteOnly)
    if not image.save(buffer, "PNG"):  # type: ignore[call-overload] # the stub wants bytes, Qt takes text
        raise PngError("the picture cannot be written as PNG")
    return bytes(buffer.data().data())
