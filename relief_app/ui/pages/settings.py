"""The Settings page: what people change, each at once, each with a way back to the usual."""

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from PySide6.QtCore import QCoreApplication, QRectF, Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPainterPath, QPen
from PySide6.QtWidgets import QWidget

from relief_app.core.anatomy import Leg
from relief_app.core.preferences import LEAST_ALARM, NightColour, Settings, SkinTone, Theme, VoiceMode
from relief_app.pictures.palette import palette
from relief_app.ui.pages.list_page import ListPage
from relief_app.ui.setting_words import clock_later, country_text, louder
from relief_app.ui.widgets.icons import Icon, draw_icon
from relief_app.ui.widgets.setting_row import Chips, Control, Doors, SettingRow, SettingRows, Stepper
from relief_app.ui.widgets.touch_button import TouchButton

if TYPE_CHECKING:
    from relief_app.ports import SettingsDesk

EMERGENCY = "emergency"
SCROLL = 60


class SettingsPage(ListPage):
    """Reads from and writes to the desk it is handed; what leads elsewhere is signalled."""

    questions_wanted = Signal()
    country_wanted = Signal()
    data_wanted = Signal(str)
    """One of where, backup, restore and erase."""
    help_wanted = Signal()
    night_wanted = Signal()

    def __init__(self, desk: "SettingsDesk", parent: QWidget | None = None) -> None:
        super().__init__("settings_page", parent)
        self._desk = desk
        self.heading.setText(self.tr("Settings"))
        self.list.hide()
        self._rows: dict[str, SettingRow] = {}
        self._make_rows()
        self._view = SettingRows("settings_view", list(self._rows.values()), self)
        self.add_button("settings_back_button", self.tr("Back"), self.closed.emit)

    def begin(self) -> None:
        """Show the settings as they are now."""
        self._desk.refresh()
        self.line.setText(self.tr("Changed at once, and kept on this computer."))
        self.follow()
        self._view.verticalScrollBar().setValue(0)

    def follow(self) -> None:
        """Show every value anew."""
        settings, usual = self._desk.settings, Settings()
        for key, row in self._rows.items():
            if key == EMERGENCY:
                pair = (settings.country, settings.emergency_number)
                row.show_value(pair, usual=pair == (None, None))
            elif key in Settings._fields:
                value = getattr(settings, key)
                row.show_value(value, usual=value == getattr(usual, key))
        self._view.restack()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Esc closes; arrows and Page keys scroll; N is night, ? the keys."""
        bar = self._view.verticalScrollBar()
        actions: dict[int, Callable[[], object]] = {
            Qt.Key.Key_Escape: self.closed.emit,
            Qt.Key.Key_N: self.night_wanted.emit,
            Qt.Key.Key_Question: self.help_wanted.emit,
            Qt.Key.Key_F1: self.help_wanted.emit,
            Qt.Key.Key_Down: lambda: bar.setValue(bar.value() + SCROLL),
            Qt.Key.Key_Up: lambda: bar.setValue(bar.value() - SCROLL),
            Qt.Key.Key_PageDown: lambda: bar.setValue(bar.value() + bar.pageStep()),
            Qt.Key.Key_PageUp: lambda: bar.setValue(bar.value() - bar.pageStep()),
        }
        action = actions.get(event.key())
        if action is not None:
            action()

    def arrange(self) -> None:
        """The rows where a list would stand."""
        super().arrange()
        self._view.setGeometry(self.list.geometry())

    # How it works inside

    def _make_rows(self) -> None:
        """Whom to call comes first: until it is confirmed, no number can be shown."""
        country = [("country_button", "", self.country_wanted.emit)]
        self._add(EMERGENCY, self.tr("Emergency number"), Doors(country, self._country_words))
        questions = [("settings_questions_button", self.tr("Safety questions"), self.questions_wanted.emit)]
        self._add_theme()
        self._add("safety", self.tr("About you"), Doors(questions))
        legs = [(Leg.LEFT, self.tr("Left")), (Leg.RIGHT, self.tr("Right"))]
        self._add("leg", self.tr("Leg"), self._chips("leg", legs))
        self._add_look()
        self._add_sounds()
        self._add("data", self.tr("Your data"), Doors(self._data_doors()))
        keys = [("settings_help_button", self.tr("Keys and about"), self.help_wanted.emit)]
        self._add("help", self.tr("Help"), Doors(keys))

    def _add_theme(self) -> None:
        themes = [
            (Theme.SYSTEM, self.tr("System")),
            (Theme.LIGHT, self.tr("Light")),
            (Theme.DARK, self.tr("Dark")),
            (Theme.NIGHT, self.tr("Night")),
        ]
        self._add("theme", self.tr("Theme"), self._chips("theme", themes))

    def _add_look(self) -> None:
        self._add("night_from", self.tr("Night for cramps from"), self._clock("night_from"))
        self._add("night_until", self.tr("Night until"), self._clock("night_until"))
        nights = [(NightColour.RED, self.tr("Red")), (NightColour.AMBER, self.tr("Amber"))]
        self._add("night_colour", self.tr("Colour of the night"), self._chips("night_colour", nights))
        tones = [(tone, tone.value.rpartition("-")[2]) for tone in SkinTone]
        chips = Chips("skin_tone", tones, lambda tone: self._set("skin_tone", tone), _ToneButton)
        self._add("skin_tone", self.tr("Skin of the figures"), chips)
        motion = [(False, self.tr("Moving pictures")), (True, self.tr("Key poses only"))]
        self._add("reduced_motion", self.tr("Motion"), self._chips("reduced_motion", motion))

    def _add_sounds(self) -> None:
        sounds = [(True, self.tr("On")), (False, self.tr("Off"))]
        self._add("sounds", self.tr("Sounds"), self._chips("sounds", sounds))
        self._add("volume", self.tr("Volume of cues"), self._volume("volume"))
        self._add("tick_volume", self.tr("Volume of three, two, one"), self._volume("tick_volume"))
        voices = [
            (VoiceMode.ON, self.tr("On")),
            (VoiceMode.STEPS, self.tr("Only at changes")),
            (VoiceMode.OFF, self.tr("Off")),
        ]
        self._add("voice", self.tr("Voice"), self._chips("voice", voices))
        self._add("voice_volume", self.tr("Volume of the voice"), self._volume("voice_volume"))
        self._add("chime_volume", self.tr("Volume of reminders"), self._volume("chime_volume"))
        alarm = self._volume("alarm_volume", LEAST_ALARM)
        self._add("alarm_volume", self.tr("Volume of alarms"), alarm, _alarm_note())
        keys = [(True, self.tr("On")), (False, self.tr("Off"))]
        self._add("media_keys", self.tr("Media keys"), self._chips("media_keys", keys), _media_note())

    def _volume(self, key: str, least: float = 0.0) -> Stepper:
        return Stepper(
            key,
            (self.tr("Quieter"), self.tr("Louder")),
            lambda value: self.tr("%1 %").replace("%1", str(round(100 * float(str(value))))),
            lambda way: self._set(key, louder(getattr(self._desk.settings, key), way, least)),
        )

    def _data_doors(self) -> list[tuple[str, str, Callable[[], object]]]:
        words = {
            "where": self.tr("Where it lies"),
            "backup": self.tr("Back up…"),
            "restore": self.tr("Restore…"),
            "erase": self.tr("Erase…"),
        }
        return [(f"data_{key}_button", text, self._data_door(key)) for key, text in words.items()]

    def _data_door(self, key: str) -> Callable[[], object]:
        return lambda: self.data_wanted.emit(key)

    def _chips(self, key: str, choices: Sequence[tuple[object, str]]) -> Chips:
        return Chips(key, choices, lambda value: self._set(key, value))

    def _clock(self, key: str) -> Stepper:
        return Stepper(
            key,
            (self.tr("Earlier"), self.tr("Later")),
            str,
            lambda way: self._set(key, clock_later(getattr(self._desk.settings, key), way)),
        )

    def _add(self, key: str, title: str, control: Control, note: str = "") -> None:
        row = SettingRow(key, title, control, note)
        row.reset.connect(lambda: self._reset(key))
        self._rows[key] = row

    def _set(self, key: str, value: Any) -> None:
        self._desk.change(self._desk.settings._replace(**{key: value}), key)
        self.follow()

    def _reset(self, key: str) -> None:
        if key == EMERGENCY:
            settings = self._desk.settings._replace(country=None, emergency_number=None)
            self._desk.change(settings, "country")
        else:
            settings = self._desk.settings._replace(**{key: getattr(Settings(), key)})
            self._desk.change(settings, key)
        self.follow()

    def _country_words(self, _: object) -> str:
        settings = self._desk.settings
        return country_text(settings.country, settings.emergency_number, self._desk.numbers())


def _media_note() -> str:
    """What is taken, and what others see."""
    return QCoreApplication.translate(
        "settings",
        "The buttons of headset, keyboard, lock screen and phone then steer a session instead of your music. "
        "Its step, cue and picture stand on the lock screen too.",
    )


def _alarm_note() -> str:
    """Why it cannot be silent."""
    return QCoreApplication.translate(
        "settings", "Never below half, and never muted while a pack is on: it keeps your skin from harm."
    )


class _ToneButton(TouchButton):
    """A tone of skin as it is painted; by night, which knows no tone, its number alone."""

    def _paint_words(self, painter: QPainter) -> None:
        if self._theme.name == "night":
            super()._paint_words(painter)
            return
        tone = SkinTone(f"tone-{self.text()}")
        side = min(self.width(), self.height()) - 18.0
        path = QPainterPath()
        path.addEllipse(QRectF((self.width() - side) / 2, (self.height() - side) / 2, side, side))
        painter.fillPath(path, QColor(palette(self._theme.name, tone)["skin"]))
        painter.setPen(QPen(self._theme.colour("edge"), 1))
        painter.drawPath(path)
        if self.isChecked():
            light = QColor(palette(self._theme.name, tone)["skin"]).lightnessF() > 0.5
            box = path.boundingRect().adjusted(side * 0.2, side * 0.2, -side * 0.2, -side * 0.2)
            draw_icon(painter, Icon.CHECK, box, QColor("#000000" if light else "#ffffff"))
