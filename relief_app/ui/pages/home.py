"""The Home page: "Cramp now" first, everything else quiet."""

from collections.abc import Callable

from PySide6.QtCore import QRect, Qt, Signal
from PySide6.QtGui import QKeyEvent, QPainter, QPaintEvent, QResizeEvent
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import Leg, Structure
from relief_app.desktop.session_host import Kept
from relief_app.pictures.calf import CalfState
from relief_app.ui.doorways import CARE, DOORWAYS, PREPARE, SHOW, doorway_hint, doorway_name
from relief_app.ui.plates import PlateOf
from relief_app.ui.widgets.cue_label import CueLabel
from relief_app.ui.widgets.hero_calf import HeroCalf
from relief_app.ui.widgets.icons import Icon
from relief_app.ui.widgets.themed import SMALLEST_TARGET, Themed, target_side, text_scale
from relief_app.ui.widgets.touch_button import TouchButton, Weight
from relief_app.ui.words import content, leg_name, spoken_time

MARGIN = 16
GAP = 6
LEAST_NOTICE = 120
MOST_NOTICE = 0.24
"""Share of the page's height that a notice may take."""
ROOM_FOR_HINTS = 250


class HomePage(Themed):
    """Where the app begins on a calm day, and where one key begins relief on a bad night."""

    routine_wanted = Signal(str)
    """The id of the routine to start on the chosen leg."""
    leg_chosen = Signal(object)
    go_on_wanted = Signal()
    let_be_wanted = Signal()
    night_wanted = Signal()
    something_wrong = Signal()
    help_wanted = Signal()
    questions_wanted = Signal()
    bedside_wanted = Signal()
    doors_wanted = Signal(str)
    """One of the doorways of `relief_app.ui.doorways`."""
    settings_wanted = Signal()
    anatomy_wanted = Signal(object)
    """The structure that was pointed at, or None."""

    def __init__(
        self, plate_of: PlateOf, name_of: Callable[[Structure], str], parent: QWidget | None = None
    ) -> None:
        """`name_of` gives a structure's name in the app's language."""
        super().__init__(parent)
        self.setObjectName("home_page")
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._leg = Leg.RIGHT
        self._kept: Kept | None = None
        self._is_unanswered = False
        self._calf = HeroCalf(plate_of, name_of, self)
        self._calf.pressed.connect(self.anatomy_wanted.emit)
        self._make_labels()
        self._make_cramp_buttons()
        self._make_doors()
        self._make_corner()
        self.set_leg(Leg.RIGHT)
        self.show_kept(None)

    @property
    def leg(self) -> Leg:
        """The chosen leg."""
        return self._leg

    def set_leg(self, leg: Leg) -> None:
        """Show `leg` as chosen."""
        self._leg = leg
        self._left.setChecked(leg is Leg.LEFT)
        self._right.setChecked(leg is Leg.RIGHT)
        self._calf.show_calf(CalfState(leg=leg))
        self.setAccessibleName(self.tr("Relief, first page, %1").replace("%1", leg_name(leg)))

    def show_kept(self, kept: Kept | None) -> None:
        """Offer to go on with `kept`, or stop offering."""
        self._kept = kept
        if kept is not None:
            text = self.tr("%1, %2: step %3 of %4, %5 ago. Go on where you were?")
            self._kept_label.setText(
                text.replace("%1", content(kept.routine.title))
                .replace("%2", leg_name(kept.entry.leg))
                .replace("%3", str(kept.index + 1))
                .replace("%4", str(kept.count))
                .replace("%5", spoken_time(kept.away_ms))
            )
        for part in (self._kept_label, self._go_on, self._let_be):
            part.setVisible(kept is not None)
        self._arrange()

    def show_unanswered(self, *, unanswered: bool) -> None:
        """Offer the safety questions, or stop offering."""
        self._is_unanswered = unanswered
        self._arrange()

    def say(self, line: str) -> None:
        """Show one line that a person should know."""
        self._notice.setText(line)
        self._arrange()

    # Qt

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Enter, C: in bed; S: standing; B, M, D, R: routines; the rest: pages; Z: bedside; L: leg."""
        actions: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Return: self._in_bed.click,
            Qt.Key.Key_Enter: self._in_bed.click,
            Qt.Key.Key_C: self._in_bed.click,
            Qt.Key.Key_S: self._standing.click,
            Qt.Key.Key_B: lambda: self.routine_wanted.emit("bedtime"),
            Qt.Key.Key_M: lambda: self.routine_wanted.emit("micro-break"),
            Qt.Key.Key_A: lambda: self.anatomy_wanted.emit(None),
            Qt.Key.Key_D: lambda: self.routine_wanted.emit("demonstration"),
            Qt.Key.Key_P: lambda: self.doors_wanted.emit(PREPARE),
            Qt.Key.Key_H: lambda: self.doors_wanted.emit(CARE),
            Qt.Key.Key_O: lambda: self.doors_wanted.emit(SHOW),
            Qt.Key.Key_R: lambda: self.routine_wanted.emit("post-run"),
            Qt.Key.Key_L: lambda: self.leg_chosen.emit(self._leg.other),
            Qt.Key.Key_N: self.night_wanted.emit,
            Qt.Key.Key_Q: self.questions_wanted.emit,
            Qt.Key.Key_W: self.something_wrong.emit,
            Qt.Key.Key_Z: self.bedside_wanted.emit,
            Qt.Key.Key_Question: self.help_wanted.emit,
            Qt.Key.Key_F1: self.help_wanted.emit,
            Qt.Key.Key_Comma: self.settings_wanted.emit,
        }
        if self._kept is not None:
            actions[Qt.Key.Key_G] = self._go_on.click
        action = actions.get(event.key())
        held = event.modifiers() & (Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.AltModifier)
        if action is None or held or event.isAutoRepeat():
            super().keyPressEvent(event)
            return
        action()

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Lay out anew."""
        self._arrange()

    def paintEvent(self, event: QPaintEvent) -> None:
        """The page's ground."""
        painter = QPainter(self)
        painter.fillRect(event.rect(), self.theme.colour("window"))
        painter.end()

    # How it works inside

    def _make_labels(self) -> None:
        left = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
        self._title = CueLabel("title_label", largest=22, bold=True, align=left, parent=self)
        self._title.setText(self.tr("Calf cramp?"))
        self._prepare = CueLabel("prepare_label", largest=16, role="muted", align=left, parent=self)
        self._prepare.setText(self.tr("Prepare and look"))
        self._kept_label = CueLabel("kept_label", largest=18, align=left, parent=self)
        self._notice = CueLabel("notice_label", largest=15, role="muted", align=left, parent=self)

    def _make_cramp_buttons(self) -> None:
        primary = Weight.PRIMARY
        self._in_bed = self._button("cramp_now_button", self.tr("Cramp now: in bed"), primary, Icon.BED)
        self._in_bed.set_words(self.tr("Cramp now: in bed"), self.tr("Enter"))
        self._standing = self._button(
            "cramp_standing_button", self.tr("Cramp now: standing"), primary, Icon.STANDING
        )
        self._standing.set_words(self.tr("Cramp now: standing"), "S")
        self._in_bed.clicked.connect(lambda: self.routine_wanted.emit("cramp-bed"))
        self._standing.clicked.connect(lambda: self.routine_wanted.emit("cramp-standing"))
        for button in (self._in_bed, self._standing):
            button.set_text_size(34)

    def _make_doors(self) -> None:
        self._doors = {name: self._door(name, key) for name, key in DOORWAYS.items()}
        self._questions = self._button("safety_questions_button", self.tr("A few questions"))
        self._questions.set_words(self.tr("A few questions"), "Q")
        self._questions.setAccessibleName(self.tr("A few questions unlock massage and standing stretches"))
        self._questions.clicked.connect(self.questions_wanted.emit)
        self._wrong = self._button(
            "something_wrong_button", self.tr("Something is wrong"), Weight.WARNING, Icon.WARNING
        )
        self._wrong.clicked.connect(self.something_wrong.emit)
        self._go_on = self._button("go_on_button", self.tr("Go on"), icon=Icon.PLAY)
        self._let_be = self._button("let_be_button", self.tr("Let it be"))
        self._go_on.clicked.connect(self.go_on_wanted.emit)
        self._let_be.clicked.connect(self.let_be_wanted.emit)

    def _door(self, doorway: str, key: str) -> TouchButton:
        button = self._button(f"{doorway}_button", doorway_name(doorway))
        button.set_words(doorway_name(doorway), key)
        button.setAccessibleDescription(doorway_hint(doorway))
        button.clicked.connect(lambda: self.doors_wanted.emit(doorway))
        return button

    def _make_corner(self) -> None:
        self._left = self._button("leg_left_button", self.tr("Left leg"))
        self._right = self._button("leg_right_button", self.tr("Right leg"))
        self._left.clicked.connect(lambda: self.leg_chosen.emit(Leg.LEFT))
        self._right.clicked.connect(lambda: self.leg_chosen.emit(Leg.RIGHT))
        for button in (self._left, self._right):
            button.setCheckable(True)
        self._settings = self._button("settings_button", self.tr("Settings"), Weight.BARE, Icon.GEAR)
        self._settings.clicked.connect(self.settings_wanted.emit)
        self._settings.icon_only = True

    def _button(
        self, name: str, text: str, weight: Weight = Weight.QUIET, icon: Icon | None = None
    ) -> TouchButton:
        return TouchButton(name, text, weight=weight, icon=icon, parent=self)

    def _arrange(self) -> None:
        width, height = self.width(), self.height()
        margin = MARGIN if min(width, height) >= 460 else MARGIN // 2
        top = self._arrange_corner(width, margin)
        top = self._arrange_kept(width, top, margin)
        foot = self._arrange_foot(top, margin)
        body = QRect(margin, top, width - 2 * margin, foot - margin - top)
        if width >= 760 and width > height:
            self._arrange_wide(body)
        else:
            self._arrange_narrow(body)

    def _arrange_foot(self, top: int, margin: int) -> int:
        """The warning, and what there is to say beside it or, where that is long, above; where it begins."""
        width, target = self.width(), target_side(self.height())
        foot = self.height() - margin - target
        wrong = min(round(264 * min(text_scale(), 1.8)), width - 2 * margin)
        self._wrong.setGeometry(width - margin - wrong, foot, wrong, target)
        beside = width - wrong - 3 * margin
        self._notice.setVisible(bool(self._notice.text()))
        if self._notice.isHidden():
            return foot
        if beside >= LEAST_NOTICE and self._notice.height_at(beside) <= target:
            self._notice.setGeometry(margin, foot, beside, target)
            return foot
        spare = foot - top - 2 * margin - 2 * SMALLEST_TARGET - GAP
        high = min(self._notice.height_at(width - 2 * margin), round(self.height() * MOST_NOTICE), spare)
        self._notice.setGeometry(margin, foot - high - GAP, width - 2 * margin, high)
        return foot - high - GAP

    def _arrange_corner(self, width: int, margin: int) -> int:
        side = target_side(self.height())
        room = width - 2 * margin - side - 20
        each = min(max(room // 2, side), round(150 * text_scale()))
        self._left.setGeometry(margin, margin, each, side)
        self._right.setGeometry(margin + each + 6, margin, each, side)
        self._settings.setGeometry(width - margin - side, margin, side, side)
        return 2 * margin + side

    def _arrange_kept(self, width: int, top: int, margin: int) -> int:
        """The offer: beside its buttons where the page is wide, above them where it is not."""
        if self._kept is None:
            return top
        each = min(round(130 * min(text_scale(), 1.8)), (width - 2 * margin - GAP) // 2)
        beside, target = width >= 760, target_side(self.height())
        words = width - 2 * margin - (2 * each + GAP + margin if beside else 0)
        high = min(self._kept_label.height_at(words), round(self.height() * 0.12))
        high = max(high, target) if beside else high
        self._kept_label.setGeometry(margin, top, words, high)
        row = top + (high - target) // 2 if beside else top + high + 2
        self._go_on.setGeometry(width - margin - 2 * each - GAP, row, each, target)
        self._let_be.setGeometry(width - margin - each, row, each, target)
        return top + high + margin if beside else row + target + margin

    def _arrange_wide(self, body: QRect) -> None:
        picture = min(round(body.width() * 0.36), round(body.height() * 0.62))
        self._calf.setGeometry(body.left(), body.top(), picture, body.height())
        self._calf.show()
        self._arrange_column(body.adjusted(picture + 2 * MARGIN, 0, 0, 0))

    def _arrange_narrow(self, body: QRect) -> None:
        picture = body.height() - 400
        self._calf.setVisible(picture >= 160)
        used = picture + MARGIN if picture >= 160 else 0
        self._calf.setGeometry(body.left(), body.top(), body.width(), max(picture, 1))
        self._arrange_column(body.adjusted(0, used, 0, 0))

    def _arrange_column(self, column: QRect) -> None:
        """Two big buttons, and two doors below them; headings only where there is room."""
        x, w, doors = column.x(), column.width(), self._doors_in_sight()
        roomy = column.height() >= 280
        title, label = (part.height_at(w) if roomy else 0 for part in (self._title, self._prepare))
        label = min(label, round(column.height() * 0.12))
        for part in (self._title, self._prepare):
            part.setVisible(roomy)
        scale = min(max(text_scale(), 1.0), 1.3)
        door = min(max(round(column.height() * 0.2 * scale), SMALLEST_TARGET), round(104 * scale))
        room = QRect(x, column.y() + title, w, column.height() - title - label - door - GAP)
        low = self._arrange_cramp_buttons(room, round(column.height() * 0.34)) + GAP
        self._title.setGeometry(x, column.y(), w, title)
        self._prepare.setGeometry(x, low, w, label)
        share = (w - 8 * (len(doors) - 1)) // len(doors)
        self._say_what_is_behind(in_full=share >= ROOM_FOR_HINTS * text_scale())
        for index, each_door in enumerate(doors):
            each_door.setGeometry(x + index * (share + 8), low + label, share, door)

    def _arrange_cramp_buttons(self, room: QRect, most: int) -> int:
        """One above the other, at most `most` high; beside each other on a very low page. Where they end."""
        each = min((room.height() - GAP) // 2, most)
        if each >= SMALLEST_TARGET:
            self._in_bed.setGeometry(room.x(), room.y(), room.width(), each)
            self._standing.setGeometry(room.x(), room.y() + each + GAP, room.width(), each)
            return room.y() + 2 * each + 2 * GAP
        half = (room.width() - GAP) // 2
        self._in_bed.setGeometry(room.x(), room.y(), half, room.height())
        self._standing.setGeometry(room.x() + half + GAP, room.y(), half, room.height())
        return room.y() + room.height()

    def _say_what_is_behind(self, *, in_full: bool) -> None:
        for name, key in DOORWAYS.items():
            self._doors[name].set_words(
                doorway_name(name), f"{key}: {doorway_hint(name)}" if in_full else key
            )

    def _doors_in_sight(self) -> list[TouchButton]:
        """The safety questions too while they are unanswered, but beside an offer less to choose from.

        More would be over ten things to press: the keys, and the calf, remain.
        """
        asked = self._kept is None and self._is_unanswered
        self._questions.setVisible(asked)
        self._doors[SHOW].setVisible(self._kept is None)
        unlock = self.tr("A few questions unlock massage and standing stretches")
        self._prepare.setText(unlock if asked else self.tr("At other times"))
        doors = [door for name, door in self._doors.items() if self._kept is None or name != SHOW]
        return [*doors, self._questions] if asked else doors
