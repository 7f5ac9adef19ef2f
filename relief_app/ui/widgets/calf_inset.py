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
from relief_app.ui.widgets.themed import Themed, fitting_font, text_scale

LEAST_HEIGHT_FOR_CALF = 200
BARS_SHARE = 0.26
NAMES_SHARE = 0.42
LARGEST_ROW = 40.0
STEPS, PLATE_STEPS = 20, 2
"""Bars move in twentieths of the way; the plate, whose painting takes 30 ms, changes its tint in halves."""

Lengths = tuple[tuple[Structure, float], ...]


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
        lit = frozenset(hold.exercise.targets) & frozenset(Structure)
        tint = _lengths(hold, share, PLATE_STEPS)
        self._calf.show_calf(CalfState(leg=hold.leg, highlight=lit, lengthening=tint))
        self._bars.show_lengths(_lengths(hold, share, STEPS))

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
        self._values: Lengths = ()

    def show_lengths(self, values: Lengths) -> None:
        """Show (muscle, % of the shank) pairs."""
        if values != self._values:
            self._values = values
            told = ", ".join(f"{self._name(muscle)} {value:+.1f} %" for muscle, value in values)
            self.setAccessibleName(self.tr("Length compared with standing: %1").replace("%1", told))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names on the left, bars on the right, a row each."""
        if not self._values:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = min(self.height() / len(self._values), LARGEST_ROW * text_scale())
        top = (self.height() - high * len(self._values)) / 2
        for number, (muscle, percent) in enumerate(self._values):
            self._paint_row(painter, QRectF(0, top + number * high, self.width(), high), muscle, percent)
        painter.end()

    def _paint_row(self, painter: QPainter, row: QRectF, muscle: Structure, percent: float) -> None:
        names = QRectF(row.left() + 4, row.top(), row.width() * NAMES_SHARE - 8, row.height())
        painter.setOpacity(1.0)
        painter.setPen(self.theme.colour("muted"))
        painter.setFont(fitting_font(self._name(muscle), names.width(), names.height(), 15))
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(names, int(flags), self._name(muscle))
        picture = bars_picture([(str(muscle), percent)])
        _, top, _, height = bar_rows(1)[0].bar
        left, _, width, _ = picture.view_box
        cropped = picture._replace(view_box=(left, top - height * 0.4, width, height * 1.8))
        paint(painter, cropped, self.theme.pictures, row.adjusted(row.width() * NAMES_SHARE, 0, 0, 0))

    def _name(self, muscle: Structure) -> str:
        return {
            Structure.GASTROCNEMIUS_MEDIAL: self.tr("Gastrocnemius, inner"),
            Structure.GASTROCNEMIUS_LATERAL: self.tr("Gastrocnemius, outer"),
        }.get(muscle, self.tr("Soleus"))


def _lengths(hold: Hold, share: float, steps: int) -> Lengths:
    """Change of length of each muscle in % of the shank, at `share` of the hold's angle in `steps`."""
    ankle = hold.dorsiflexion_deg * round(share * steps) / steps
    return tuple((muscle, relative_lengthening(muscle, hold.knee_deg, ankle)) for muscle in TRICEPS_SURAE)
