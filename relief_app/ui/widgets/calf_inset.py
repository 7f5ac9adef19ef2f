"""The inset of the guide: the calf with the working structures lit, and bars for how long they are."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import TRICEPS_SURAE, Structure
from relief_app.core.biomechanics import relative_lengthening
from relief_app.core.routine import Hold
from relief_app.pictures.bars import bar_rows, bars_picture
from relief_app.pictures.calf import CalfState
from relief_app.pictures.painting import paint
from relief_app.ui.plates import PlateOf
from relief_app.ui.widgets.calf_view import CalfView
from relief_app.ui.widgets.themed import Themed, fitting_font

LEAST_HEIGHT_FOR_CALF = 200
BARS_SHARE = 0.3
STEPS = 20
"""Bars move in twentieths of the way: finer would repaint the plate for nothing."""


class CalfInset(Themed):
    """Calf above bars; a strip of bars alone where there is no room for both."""

    def __init__(self, plate_of: PlateOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calf_inset")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._calf = CalfView(plate_of, self)
        self._bars = LengthBars(self)

    def show_hold(self, hold: Hold, share: float) -> None:
        """Light what `hold` works on; `share` 0..1 of its angles is reached."""
        share = round(share * STEPS) / STEPS
        knee = hold.knee_deg
        ankle = hold.dorsiflexion_deg * share
        lengths = tuple((muscle, relative_lengthening(muscle, knee, ankle)) for muscle in TRICEPS_SURAE)
        lit = frozenset(hold.exercise.targets) & frozenset(Structure)
        self._calf.show_calf(CalfState(leg=hold.leg, highlight=lit, lengthening=lengths))
        self._bars.show_lengths(lengths)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Calf above, bars below."""
        height = self.height()
        roomy = height >= LEAST_HEIGHT_FOR_CALF
        bars = round(height * BARS_SHARE) if roomy else height
        self._calf.setVisible(roomy)
        self._calf.setGeometry(0, 0, self.width(), height - bars)
        self._bars.setGeometry(0, height - bars, self.width(), bars)


class LengthBars(Themed):
    """How much longer each muscle is than when standing, in % of the shank."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("length_bars")
        self._values: tuple[tuple[Structure, float], ...] = ()

    def show_lengths(self, values: tuple[tuple[Structure, float], ...]) -> None:
        """Show (muscle, % of the shank) pairs."""
        if values != self._values:
            self._values = values
            told = ", ".join(f"{self._name(muscle)} {value:+.1f} %" for muscle, value in values)
            self.setAccessibleName(self.tr("Length compared with standing: %1").replace("%1", told))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Bars with their names."""
        if not self._values:
            return
        picture = bars_picture([(str(muscle), value) for muscle, value in self._values])
        painter = QPainter(self)
        box = QRectF(self.rect()).adjusted(4, 0, -4, 0)
        paint(painter, picture, self.theme.pictures, box)
        self._paint_names(painter, box, picture.view_box)
        painter.end()

    def _paint_names(
        self, painter: QPainter, box: QRectF, view_box: tuple[float, float, float, float]
    ) -> None:
        left, top, width, height = view_box
        scale = min(box.width() / width, box.height() / height)
        origin_x = box.center().x() - (left + width / 2) * scale
        origin_y = box.center().y() - (top + height / 2) * scale
        painter.setPen(self.theme.colour("muted"))
        for row, (muscle, _) in zip(bar_rows(len(self._values)), self._values, strict=True):
            x, y, w, h = row.label
            place = QRectF(origin_x + x * scale, origin_y + y * scale, w * scale, h * scale)
            painter.setFont(fitting_font(self._name(muscle), place.width(), place.height(), 13))
            flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(place, int(flags), self._name(muscle))

    def _name(self, muscle: Structure) -> str:
        return {
            Structure.GASTROCNEMIUS_MEDIAL: self.tr("Gastrocnemius, inner head"),
            Structure.GASTROCNEMIUS_LATERAL: self.tr("Gastrocnemius, outer head"),
        }.get(muscle, self.tr("Soleus"))
