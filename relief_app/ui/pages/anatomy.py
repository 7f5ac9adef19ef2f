"""The Anatomy page: the calf in layers, what each structure is, and what knee and ankle do to it."""

from collections.abc import Callable, Mapping
from itertools import pairwise

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import NO_PRESS_ZONES, TRICEPS_SURAE, Leg, Structure, StructureFacts
from relief_app.core.biomechanics import relative_lengthening
from relief_app.core.preferences import SkinTone
from relief_app.pictures.calf import CalfState
from relief_app.pictures.moving_leg import LegState
from relief_app.ui.pages.anatomy_layout import arrange
from relief_app.ui.plates import PlateOf
from relief_app.ui.theme import Theme
from relief_app.ui.widgets.anatomy_plate import AnatomyPlate
from relief_app.ui.widgets.calf_inset import LengthBars
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.leg_view import LegView
from relief_app.ui.widgets.themed import Themed
from relief_app.ui.widgets.touch_button import TouchButton, Weight
from relief_app.ui.widgets.touch_slider import TouchSlider
from relief_app.ui.words import content, leg_name, structure_name

DEPTH_STEPS = 100
"""Positions of the layer slider between two layers."""
KNEE_SPAN, ANKLE_SPAN = (0, 90), (-30, 30)
"""Degrees of knee flexion and of dorsiflexion that can be tried."""
TONES = tuple(SkinTone)


class AnatomyPage(Themed):
    """Look, point, move."""

    closed = Signal()
    leg_chosen = Signal(object)
    skin_tone_chosen = Signal(object)
    demonstration_wanted = Signal()
    night_wanted = Signal()
    something_wrong = Signal()
    help_wanted = Signal()

    def __init__(
        self,
        plate_of: PlateOf,
        facts: Mapping[Structure, StructureFacts],
        skin_tone: Callable[[], SkinTone],
        parent: QWidget | None = None,
    ) -> None:
        super().__init__(parent)
        self.setObjectName("anatomy_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._facts, self._skin_tone = facts, skin_tone
        self._calf = CalfState(depth=1.0)
        self._angles = LegState()
        self._selected: Structure | None = None
        self.shows_leg = False
        """Where there is room for one picture only: the leg instead of the plate."""
        self._make_buttons()
        self.plate = AnatomyPlate(plate_of, self._name, self)
        self.plate.chosen.connect(self.select)
        self.plate.hovered.connect(self._on_hovered)
        self.leg_view, self.bars = LegView(self), LengthBars(self)
        self._make_labels()
        self._make_sliders()
        self._order_focus()
        self.set_leg(Leg.RIGHT)
        self.select(None)

    @property
    def calf(self) -> CalfState:
        """What the plate shows."""
        return self._calf

    @property
    def angles(self) -> LegState:
        """What the leg shows."""
        return self._angles

    def set_leg(self, leg: Leg) -> None:
        """Show `leg`."""
        self.left_button.setChecked(leg is Leg.LEFT)
        self.right_button.setChecked(leg is Leg.RIGHT)
        self._angles = self._angles._replace(leg=leg)
        self._show_calf(leg=leg)
        self._show_angles()

    def select(self, structure: Structure | None) -> None:
        """Choose `structure`, or nothing: say what it is and draw its outline."""
        self._selected = structure
        self.plate.select(structure)
        self._tell(structure)

    def set_theme(self, theme: Theme) -> None:
        """Paint with `theme`, and tell its tone of skin to those who do not see it."""
        super().set_theme(theme)
        told = self.tr("%1 of %2").replace("%1", str(TONES.index(theme.skin_tone) + 1))
        self.skin_tone_button.setAccessibleDescription(told.replace("%2", str(len(TONES))))

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc: back; V: the other side; L: the other leg; P: no-press zones; T: tone of skin; M: the leg."""
        actions: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Escape: self.closed.emit,
            Qt.Key.Key_V: self._turn_view,
            Qt.Key.Key_L: lambda: self.leg_chosen.emit(self._calf.leg.other),
            Qt.Key.Key_P: self.no_press_button.click,
            Qt.Key.Key_T: self.skin_tone_button.click,
            Qt.Key.Key_M: self.move_button.click,
            Qt.Key.Key_D: self.demonstration_button.click,
            Qt.Key.Key_N: self.night_wanted.emit,
            Qt.Key.Key_W: self.something_wrong.emit,
            Qt.Key.Key_Question: self.help_wanted.emit,
            Qt.Key.Key_F1: self.help_wanted.emit,
        }
        arrows = (Qt.Key.Key_Up, Qt.Key.Key_Down, Qt.Key.Key_Left, Qt.Key.Key_Right)
        if event.key() in arrows:
            # Where the keyboard is, a screen reader says what is come to.
            self.plate.setFocus(Qt.FocusReason.OtherFocusReason)
            self.plate.keyPressEvent(event)
            return
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        action = actions.get(event.key())
        if action is None or held or event.isAutoRepeat():
            super().keyPressEvent(event)
            return
        action()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        arrange(self)

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page's ground."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.colour("window"))
        painter.end()

    # How it works inside

    def _make_buttons(self) -> None:
        self.back_button = self._button("back_button", self.tr("Back"), self.closed.emit)
        self.posterior_button = self._button(
            "view_posterior_button", self.tr("From behind"), lambda: self._show_calf(view="posterior")
        )
        self.medial_button = self._button(
            "view_medial_button", self.tr("From the inside"), lambda: self._show_calf(view="medial")
        )
        self.left_button = self._button(
            "leg_left_button", self.tr("Left leg"), lambda: self.leg_chosen.emit(Leg.LEFT)
        )
        self.right_button = self._button(
            "leg_right_button", self.tr("Right leg"), lambda: self.leg_chosen.emit(Leg.RIGHT)
        )
        self.no_press_button = self._button("no_press_button", self.tr("Never press"), self._toggle_no_press)
        self.skin_tone_button = self._button("skin_tone_button", self.tr("Skin tone"), self._next_tone)
        self.move_button = self._button("move_button", self.tr("Move the leg"), self._toggle_leg)
        self.demonstration_button = self._button(
            "demonstration_button", self.tr("Demo"), self.demonstration_wanted.emit
        )
        for button in (
            self.posterior_button,
            self.medial_button,
            self.left_button,
            self.right_button,
            self.no_press_button,
            self.move_button,
        ):
            button.setCheckable(True)

    def _button(self, name: str, text: str, action: Callable[[], object]) -> TouchButton:
        button = TouchButton(name, text, weight=Weight.QUIET, parent=self)
        button.clicked.connect(lambda: action())
        return button

    def _make_labels(self) -> None:
        self.text_sizes: list[tuple[CueLabel, float]] = []
        self.name_label = self._label("structure_name_label", 26, bold=True)
        self.action_label = self._label("structure_action_label", 18)
        self.place_label = self._label("structure_place_label", 16, role="muted")
        self.layer_label = self._label("layer_label", 16, role="muted")
        self.knee_label = self._label("knee_label", 16)
        self.ankle_label = self._label("ankle_label", 16)
        self.lengths_label = self._label("lengths_label", 17)
        self.shift_label = self._label("shift_label", 16, role="muted")
        self.shift_label.setText(
            self.tr("A straight knee lengthens gastrocnemius; a bent knee shifts the stretch toward soleus.")
        )

    def _label(self, name: str, pixels: float, *, role: str = "text", bold: bool = False) -> CueLabel:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        label = CueLabel(name, largest=pixels, role=role, bold=bold, align=left, parent=self)
        self.text_sizes.append((label, pixels))
        return label

    def _make_sliders(self) -> None:
        layers = range(0, 3 * DEPTH_STEPS + 1, DEPTH_STEPS)
        span = (0, 3 * DEPTH_STEPS)
        self.layer_slider = TouchSlider("layer_slider", self.tr("Layer"), span, marks=layers, parent=self)
        self.layer_slider.setSingleStep(DEPTH_STEPS // 4)
        self.layer_slider.setPageStep(DEPTH_STEPS)
        self.layer_slider.setValue(DEPTH_STEPS)
        self.layer_slider.valueChanged.connect(lambda value: self._show_calf(depth=value / DEPTH_STEPS))
        self.knee_slider = TouchSlider(
            "knee_slider", self.tr("Knee, degrees bent"), KNEE_SPAN, marks=(0, 45, 90), parent=self
        )
        self.ankle_slider = TouchSlider(
            "ankle_slider", self.tr("Ankle, degrees toes up"), ANKLE_SPAN, marks=(-30, 0, 30), parent=self
        )
        for slider in (self.knee_slider, self.ankle_slider):
            slider.setAccessibleDescription(self.tr("Moves the leg and shows each muscle's length."))
            slider.setPageStep(15)
            slider.valueChanged.connect(self._on_angle)

    def _order_focus(self) -> None:
        chain: list[QWidget] = [
            self.back_button,
            self.posterior_button,
            self.medial_button,
            self.left_button,
            self.right_button,
            self.no_press_button,
            self.skin_tone_button,
            self.move_button,
            self.demonstration_button,
            self.plate,
            self.layer_slider,
            self.knee_slider,
            self.ankle_slider,
        ]
        for one, following in pairwise(chain):
            QWidget.setTabOrder(one, following)

    def _show_calf(
        self,
        *,
        view: str | None = None,
        leg: Leg | None = None,
        depth: float | None = None,
        no_press: bool | None = None,
    ) -> None:
        now = self._calf
        self._calf = CalfState(
            view=now.view if view is None else view,
            leg=now.leg if leg is None else leg,
            depth=now.depth if depth is None else depth,
            no_press=now.no_press if no_press is None else no_press,
        )
        self.posterior_button.setChecked(self._calf.view == "posterior")
        self.medial_button.setChecked(self._calf.view == "medial")
        self.no_press_button.setChecked(self._calf.no_press)
        self.plate.show_calf(self._calf)
        self._tell_plate()

    def _tell_plate(self) -> None:
        view = self.tr("The calf from behind")
        if self._calf.view == "medial":
            view = self.tr("The calf from the inside")
        self.plate.setAccessibleName(f"{view}, {leg_name(self._calf.leg)}")
        layers = (self.tr("Skin"), self.tr("Gastrocnemius"), self.tr("Soleus"), self.tr("Bones"))
        layer = layers[min(max(round(self._calf.depth or 0.0), 0), 3)]
        self.layer_label.setText(self.tr("Layer: %1").replace("%1", layer))
        self.layer_slider.setAccessibleDescription(layer)

    def _turn_view(self) -> None:
        self._show_calf(view="posterior" if self._calf.view == "medial" else "medial")

    def _toggle_no_press(self) -> None:
        shown = not self._calf.no_press
        self._show_calf(no_press=shown)
        if shown:
            self._tell_no_press()
        else:
            self.select(None)
            self.no_press_button.setAccessibleDescription("")

    def _toggle_leg(self) -> None:
        self.shows_leg = not self.shows_leg
        self.move_button.setChecked(self.shows_leg)
        arrange(self)

    def _next_tone(self) -> None:
        now = TONES.index(self._skin_tone())
        self.skin_tone_chosen.emit(TONES[(now + 1) % len(TONES)])

    def _on_hovered(self, structure: Structure | None) -> None:
        self._tell(structure or self._selected)

    def _on_angle(self) -> None:
        self._angles = self._angles._replace(
            knee_deg=float(self.knee_slider.value()), dorsiflexion_deg=float(self.ankle_slider.value())
        )
        self._show_angles()

    def _show_angles(self) -> None:
        knee, ankle = self._angles.knee_deg, self._angles.dorsiflexion_deg
        self.leg_view.show_leg(self._angles)
        lengths = tuple((muscle, relative_lengthening(muscle, knee, ankle)) for muscle in TRICEPS_SURAE)
        self.bars.show_lengths(lengths)
        self.knee_label.setText(self.tr("Knee %1°").replace("%1", f"{knee:.0f}"))
        self.ankle_label.setText(self.tr("Ankle %1°").replace("%1", f"{ankle:+.0f}" if ankle else "0"))
        self.lengths_label.setText(self._lengths_text([value for _, value in lengths]))

    def _lengths_text(self, values: list[float]) -> str:
        text = self.tr(
            "Longer than when standing, in % of the shank: inner head %1, outer head %2, soleus %3."
        )
        for place, value in enumerate(values, 1):
            text = text.replace(f"%{place}", f"{value:+.1f}" if abs(value) >= 0.05 else "0")
        return text

    # What is said

    def _name(self, structure: Structure) -> str:
        return structure_name(structure, self._facts)

    def _tell(self, structure: Structure | None) -> None:
        facts = None if structure is None else self._facts.get(structure)
        if facts is None:
            self._say(
                self.tr("Point at a structure"), self.tr("or walk through them with the arrow keys."), ""
            )
            return
        warning = f" {content(facts.warning)}" if facts.warning else ""
        self._say(content(facts.name), content(facts.action) + warning, content(facts.place))

    def _tell_no_press(self) -> None:
        why = " ".join(
            f"{content(facts.name)}: {content(facts.action)}"
            for zone in NO_PRESS_ZONES
            if (facts := self._facts.get(zone)) is not None
        )
        self._say(self.tr("Never press here"), why, "")
        self.no_press_button.setAccessibleDescription(why)

    def _say(self, name: str, action: str, place: str) -> None:
        for label, text in (
            (self.name_label, name),
            (self.action_label, action),
            (self.place_label, place),
        ):
            label.setText(text)
        arrange(self)
        self.plate.setAccessibleDescription(f"{name}. {action} {place}".strip())
