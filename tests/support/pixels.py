"""Pictures as arrays of pixels."""

import numpy as np
import numpy.typing as npt
from PySide6.QtCore import QRectF
from PySide6.QtGui import QColor, QImage, QPainter

from relief_app.pictures.painting import paint
from relief_app.pictures.palette import Palette
from relief_app.pictures.shapes import Picture

Pixels = npt.NDArray[np.uint8]
"""Red, green and blue of every pixel, shape (height, width, 3)."""


def pixels(picture: Picture, colours: Palette, width: int) -> Pixels:
    """`picture` painted `width` pixels wide on its background, as `draw` writes it to a PNG."""
    _, _, box_width, box_height = picture.view_box
    height = round(width * box_height / box_width)
    image = QImage(width, height, QImage.Format.Format_RGB32)
    image.fill(QColor(colours["background"]))
    painter = QPainter(image)
    paint(painter, picture, colours, QRectF(0, 0, width, height))
    painter.end()
    rows = np.frombuffer(image.constBits(), np.uint8).reshape(height, -1, 4)
    return rows[:, :width, 2::-1].copy()
