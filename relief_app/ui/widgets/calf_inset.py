"""The inset of the guide: the calf with the working structures lit, and bars for how long they are."""

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import TRICEPS_SURAE, Structure, Zone
from relief_app.core.biomechanics import relative_lengthening
from relief_app.core.exercise import Kind
from relief_app.core.routine import Hold
from relief_app.pictures.bars import bar_rows, bars_picture
from relief_app.pictures.calf import CalfState
from relief_app.pictures.painting import paint
from relief_app.ui.plates import PlateOf
from relief_app.ui.widgets.calf_view import CalfView
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.themed import SMALLEST_TEXT, Themed, fitting_font, text_scale
from relief_app.ui.words import massage_place

LEAST_HEIGHT_FOR_CALF = 200
BARS_SHARE = 0.26
PLACE_SHARE = 0.13
NAMES_SHARE = 0.42
AIR_BESIDE, AIR_ABOVE = 0.4, 0.15
"""Above and below a bar, in heights of it."""
NAME_SIZE = 15.0
ABOVE_SHARE, LEAST_LINE = 0.58, 16.0
"""A name above its bar takes this share of its row; lower than this many pixels it stays beside it."""
LARGEST_ROW = 40.0
PLACE_SIZE = 22.0
NUMBERS_SHARE, LEAST_NUMBER = 0.2, 52.0
FINEST = 0.1
"""Bars and numbers move in tenths of a percent, as fine as a number is told."""
TINT_STEP = 3.0
"""The plate, whose painting takes 30 ms, changes its tint in such steps of percent."""

Lengths = tuple[tuple[Structure, float], ...]


class CalfInset(Themed):
    """Calf above bars; a strip of bars alone where there is no room for both.

    Where the calf is massaged no length matters: the place that is rubbed is named instead.
    """

    def __init__(self, plate_of: PlateOf, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("calf_inset")
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self._calf = CalfView(plate_of, self)
        self._bars = LengthBars(self)
        self._place = CueLabel("massage_place_label", largest=PLACE_SIZE, bold=True, parent=self)
        self._place.hide()

    def show_hold(self, hold: Hold, knee_deg: float, dorsiflexion_deg: float, *, numbers: bool) -> None:
        """Light what `hold` works on; the angles are those the figure has just now.

        `numbers`: the therapist's figures beside the bars.
        """
        massaged = hold.exercise.kind is Kind.MASSAGE
        if massaged:
            self._calf.show_calf(_massaged(hold))
            self._place.setText(massage_place(hold))
        else:
            lit = frozenset(hold.exercise.targets) & frozenset(Structure)
            tint = _tint(_lengths(knee_deg, dorsiflexion_deg))
            self._calf.show_calf(CalfState(leg=hold.leg, highlight=lit, lengthening=tint))
            self._bars.show_lengths(_lengths(knee_deg, dorsiflexion_deg), numbers=numbers)
        if massaged is self._place.isHidden():
            self._bars.setVisible(not massaged)
            self._place.setVisible(massaged)
            self._arrange()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Calf above, bars below."""
        self._arrange()

    def _arrange(self) -> None:
        height = self.height()
        roomy = height >= LEAST_HEIGHT_FOR_CALF
        large = min(max(text_scale(), 1.0), 1.7)
        below = (BARS_SHARE if self._place.isHidden() else PLACE_SHARE) * large
        bars = round(height * below) if roomy else height
        self._calf.setVisible(roomy)
        self._calf.setGeometry(0, 0, self.width(), height - bars)
        self._place.set_largest(PLACE_SIZE * _growth(self))
        for part in (self._bars, self._place):
            part.setGeometry(0, height - bars, self.width(), bars)


class LengthBars(Themed):
    """How much longer each muscle is than when standing, in % of the shank."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("length_bars")
        self._values: Lengths = ()
        self._numbers = self._is_above = False

    def show_lengths(self, values: Lengths, *, numbers: bool = False) -> None:
        """Show (muscle, % of the shank) pairs; `numbers` in figures too."""
        if (values, numbers) != (self._values, self._numbers):
            self._values, self._numbers = values, numbers
            told = ", ".join(f"{self._name(muscle)} {percent_text(value)}" for muscle, value in values)
            self.setAccessibleName(self.tr("Length compared with standing: %1").replace("%1", told))
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Names on the left, bars on the right, a row each."""
        if not self._values:
            return
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        high = min(self.height() / len(self._values), LARGEST_ROW * text_scale() * _growth(self))
        self._is_above = self._names_stand_above(high)
        top = (self.height() - high * len(self._values)) / 2
        for number, (muscle, percent) in enumerate(self._values):
            self._paint_row(painter, QRectF(0, top + number * high, self.width(), high), muscle, percent)
        painter.end()

    def _paint_row(self, painter: QPainter, row: QRectF, muscle: Structure, percent: float) -> None:
        painter.setOpacity(1.0)
        right = self._paint_number(painter, row, percent) if self._numbers else 0.0
        place = self._paint_name(painter, row.adjusted(0, 0, -right, 0), muscle)
        picture = bars_picture([(str(muscle), percent)])
        _, top, _, height = bar_rows(1)[0].bar
        left, _, width, _ = picture.view_box
        air = height * (AIR_ABOVE if self._is_above else AIR_BESIDE)
        cropped = picture._replace(view_box=(left, top - air, width, height + 2 * air))
        paint(painter, cropped, self.theme.pictures, place)

    def _paint_name(self, painter: QPainter, room: QRectF, muscle: Structure) -> QRectF:
        """The name left of the bar, above it where it would be small there; the place of the bar."""
        name, wanted = self._name(muscle), NAME_SIZE * _growth(self)
        beside = QRectF(room.left() + 4, room.top(), self.width() * NAMES_SHARE - 8, room.height())
        above = QRectF(room.left() + 4, room.top(), room.width() - 8, room.height() * ABOVE_SHARE)
        place = above if self._is_above else beside
        font = fitting_font(name, place.width(), place.height(), wanted)
        if font.pixelSize() <= SMALLEST_TEXT:
            name = self._short_name(muscle)
            font = fitting_font(name, place.width(), place.height(), wanted)
        painter.setPen(self.theme.colour("muted"))
        painter.setFont(font)
        flags = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter | Qt.TextFlag.TextWordWrap
        painter.drawText(place, int(flags), name)
        if self._is_above:
            return room.adjusted(0, above.height(), 0, 0)
        return room.adjusted(self.width() * NAMES_SHARE, 0, 0, 0)

    def _paint_number(self, painter: QPainter, row: QRectF, percent: float) -> float:
        """The figure at the right end of `row`; how wide its place is."""
        text = percent_text(percent)
        width = max(row.width() * NUMBERS_SHARE * min(max(text_scale(), 1.0), 1.5), LEAST_NUMBER)
        place = row.adjusted(row.width() - width, 0, -4, 0)
        painter.setPen(self.theme.colour("text"))
        painter.setFont(fitting_font(text, place.width(), place.height(), 24 * _growth(self)))
        painter.drawText(place, int(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter), text)
        return width

    def _name(self, muscle: Structure) -> str:
        return {
            Structure.GASTROCNEMIUS_MEDIAL: self.tr("Gastrocnemius, inner"),
            Structure.GASTROCNEMIUS_LATERAL: self.tr("Gastrocnemius, outer"),
        }.get(muscle, self.tr("Soleus"))

    def _names_stand_above(self, high: float) -> bool:
        """Whether one of the names would be small beside its bar, in rows `high` pixels high."""
        wanted = NAME_SIZE * _growth(self)
        beside = self.width() * NAMES_SHARE - 8
        names = [self._name(muscle) for muscle, _ in self._values]
        smallest = min(fitting_font(name, beside, high, wanted).pixelSize() for name in names)
        return smallest < 0.85 * wanted * text_scale() and high * ABOVE_SHARE >= LEAST_LINE

    def _short_name(self, muscle: Structure) -> str:
        return {
            Structure.GASTROCNEMIUS_MEDIAL: self.tr("Inner head"),
            Structure.GASTROCNEMIUS_LATERAL: self.tr("Outer head"),
        }.get(muscle, self.tr("Soleus"))


def _growth(widget: QWidget) -> float:
    """How much larger than usual words may be in a large window."""
    return min(max(widget.window().height() / 800, 1.0), 1.8)


def percent_text(value: float) -> str:
    """As in "+4.3 %"; never a zero with a sign."""
    return f"{value:+.1f} %" if abs(value) >= FINEST / 2 else "0.0 %"


def _lengths(knee_deg: float, dorsiflexion_deg: float) -> Lengths:
    """Change of length of each muscle in % of the shank, to the tenth."""
    return tuple(
        (muscle, round(relative_lengthening(muscle, knee_deg, dorsiflexion_deg), 1))
        for muscle in TRICEPS_SURAE
    )


def _tint(lengths: Lengths) -> Lengths:
    return tuple((muscle, TINT_STEP * round(value / TINT_STEP)) for muscle, value in lengths)


def _massaged(hold: Hold) -> CalfState:
    """The calf with the place that `hold` rubs, and the places that are never pressed."""
    lit = frozenset(_UNDER.get(hold.zone, TRICEPS_SURAE)) if hold.zone else frozenset(TRICEPS_SURAE)
    strokes = hold.exercise.id == STROKES
    return CalfState(leg=hold.leg, highlight=lit, no_press=True, zone=hold.zone, strokes=strokes)


STROKES = "stroke-massage"
_UNDER = {
    Zone.MEDIAL: (Structure.GASTROCNEMIUS_MEDIAL,),
    Zone.LATERAL: (Structure.GASTROCNEMIUS_LATERAL,),
}
"""What is lit under a zone; the lower one lies where all three become tendon."""
