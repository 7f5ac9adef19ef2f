"""Media keys, lock screen and phone: the running session as a media player on the bus, where that is wanted.

Off until somebody switches it on: a player that appears takes the play button from the music. It is there
only while a session runs or a pack is on, and what is behind it is imported then.
"""

import os
from collections.abc import Callable
from contextlib import suppress
from functools import cached_property
from typing import TYPE_CHECKING, NamedTuple

from PySide6.QtCore import QEvent, QObject, Qt, QTimer
from PySide6.QtGui import QKeyEvent

from relief_app import APPLICATION_ID
from relief_app.core.events import Event, PhaseStarted
from relief_app.core.posture import PostureError
from relief_app.core.preferences import NightColour, SkinTone
from relief_app.core.session_state import IllegalCommandError, View
from relief_app.core.steering import Steer
from relief_app.desktop import media_player
from relief_app.desktop.alarm_words import alarm_reason, take_it_off, where
from relief_app.desktop.media_player import Press, Scene, Track, Words
from relief_app.pictures.figure import PoseState, pose_picture
from relief_app.pictures.palette import palette
from relief_app.pictures.png import PngError, png
from relief_app.storage.media_pictures import MediaPictures
from relief_app.ui import problem_words
from relief_app.ui.words import content, leg_name, massage_place, phase_word

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief
    from relief_app.core.preferences import Settings
    from relief_app.core.routine import Hold
    from relief_app.desktop.mpris import MediaPlayer

FIRST_MS = 400
"""How long after the beginning the player appears: the pictures of a cramp go before."""
PICTURE_MS = 150
"""How long after its words the picture follows: it takes some 15 ms to paint."""
PICTURE_WIDTH = 512
_TRACKS = "/io/github/relief_app/Relief/phase"

_KEYS = {
    Qt.Key.Key_MediaTogglePlayPause: Press.PLAY_PAUSE,
    Qt.Key.Key_MediaPlay: Press.PLAY_PAUSE,
    Qt.Key.Key_MediaPause: Press.PAUSE,
    Qt.Key.Key_MediaStop: Press.STOP,
    Qt.Key.Key_MediaNext: Press.NEXT,
    Qt.Key.Key_MediaPrevious: Press.PREVIOUS,
}
"""The one key of most keyboards is called play, and means both."""


class MediaKeys(QObject):
    """Follows driver and packs; fits `desktop.mpris.Plays`."""

    def __init__(self, relief: "Relief") -> None:
        super().__init__(relief)
        self._relief = relief
        self._wanted = False
        self._phases = self._sought_ms = 0
        self._is_seeking = False
        self._pictures = MediaPictures(relief.paths.media_pictures, str(os.getpid()))
        self._plate: Plate | None = None
        self._art = ""
        self._soon = self._single_shot(self._follow)
        self._paint = self._single_shot(self._paint_picture)
        relief.driver.happened.connect(self._on_event)
        relief.driver.dropped.connect(self._look)
        relief.packs.changed.connect(self._look)
        relief.packs.happened.connect(self._look)
        relief.window.looks_changed.connect(self._look)
        self.use(relief.settings)

    def use(self, settings: "Settings") -> None:
        """Answer to media keys, or no more; says so where they are just wanted and cannot come."""
        asked, self._wanted = settings.media_keys and not self._wanted, settings.media_keys
        if asked and not self._is_live and not _has_bus():
            self._relief.say(problem_words.no_media_keys())
        # Installed again it is still one.
        self._relief.window.removeEventFilter(self)
        if self._wanted:
            self._relief.window.installEventFilter(self)
        self._look()

    def close(self) -> None:
        """Leave the bus."""
        self._wanted = False
        self._soon.stop()
        self._withdraw()

    # What others ask of the player

    def raise_window(self) -> None:
        """Bring the window to the front."""
        self._relief.window.raise_up()

    def press(self, key: str) -> None:
        """A key of a player, by its method's name."""
        command = media_player.steered(Press(key), self._scene)
        if command is not None:
            self._steer(command)

    def seek(self, offset_us: int) -> None:
        """Move by this much, as far as the session allows."""
        by_ms = media_player.longer_ms(self._scene, offset_us)
        if by_ms is None:
            return
        self._is_seeking = True
        phase = self._phases
        self._steer(Steer.EXTEND, by_ms)
        self._is_seeking = False
        if phase == self._phases and self._is_exported:
            self._follow()
            self._player.moved(self.position_us())

    def set_position(self, track: str, position_us: int) -> None:
        """Move to a place in `track`; one that is over, and a place outside of it, are ignored."""
        offset = media_player.offset_us(self._scene, track, self._track_path, position_us)
        if offset is not None:
            self.seek(offset)

    def position_us(self) -> int:
        """Where in the phase it is, in microseconds."""
        return media_player.position_ms(self._scene) * media_player.US

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt names it
        """The keys themselves, which reach the window where no desktop takes them for its players."""
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            press = _KEYS.get(Qt.Key(event.key()))
            if press is not None and not event.isAutoRepeat():
                self.press(press)
                return True
        return super().eventFilter(watched, event)

    # How it works inside

    def _single_shot(self, action: Callable[[], object]) -> QTimer:
        timer = QTimer(self)
        timer.setSingleShot(True)
        timer.timeout.connect(action)
        return timer

    @cached_property
    def _player(self) -> "MediaPlayer":
        from relief_app.desktop.mpris import MediaPlayer, root_properties

        return MediaPlayer(self, root_properties("Relief", APPLICATION_ID), os.getpid(), self)

    @property
    def _is_exported(self) -> bool:
        return "_player" in self.__dict__ and self._player.is_exported

    @property
    def _is_live(self) -> bool:
        return self._relief.driver.is_live or self._relief.packs.is_on

    @property
    def _scene(self) -> Scene:
        """A pack, its alarm and what is asked about it answer to no key; a cramp beside them does."""
        relief = self._relief
        view = relief.driver.view() if relief.driver.is_live else None
        about_pack = relief.packs.is_on or relief.packs.question is not None
        locked = about_pack and not (view is not None and view.is_cramp)
        return Scene(view, locked, self._sought_ms, relief.driver.rate)

    def _on_event(self, event: Event) -> None:
        sought, by_seeking = self._sought_ms, self._is_seeking
        self._sought_ms = media_player.sought_after(event, sought, by_seeking=by_seeking)
        self._phases += isinstance(event, PhaseStarted)
        self._look()

    def _look(self) -> None:
        """Something may be different: all of it is looked at once, when everybody has heard."""
        if not self._wanted or not self._is_live:
            self._soon.stop()
            self._withdraw()
        elif not self._soon.isActive():
            self._soon.start(0 if self._is_exported else FIRST_MS)

    def _follow(self) -> None:
        scene = self._scene
        track = Track(self._track_path, self._words(scene.view), self._art_of(scene.view))
        found = media_player.properties(scene, track)
        if self._is_exported:
            self._player.show(found)
        elif not self._export(found):
            self._relief.say(problem_words.no_media_keys())

    def _export(self, found: media_player.Properties) -> bool:
        self._pictures.clear()
        return self._player.export(found)

    def _withdraw(self) -> None:
        self._paint.stop()
        if "_player" in self.__dict__:
            self._player.withdraw()
            self._pictures.clear()
        self._plate, self._art = None, ""

    @property
    def _track_path(self) -> str:
        return f"{_TRACKS}/{self._phases}"

    def _steer(self, command: Steer, by_ms: int = 0) -> None:
        """What is not possible just now does nothing."""
        try:
            self._relief.driver.steer(command, by_ms=by_ms)
        except IllegalCommandError:
            return

    # Words and picture

    def _words(self, view: View | None) -> Words:
        """An alarm goes before everything else but a cramp."""
        exposure = self._relief.packs.exposure
        if exposure is not None and (view is None or (exposure.alarm and not view.is_cramp)):
            reason = alarm_reason(exposure.reason)
            return Words(take_it_off() if exposure.alarm else where(exposure.kind, exposure.leg), reason)
        if view is None:
            return Words("Relief")
        routine = self._relief.host.routine
        return Words(_title(view), content(view.hold.cue), content(routine.title) if routine else "")

    def _art_of(self, view: View | None) -> str:
        """The address of the picture; where there is none yet it is painted a moment later."""
        plate = None if view is None else Plate(_pose(view.hold), *self._looks)
        if plate != self._plate:
            self._plate, self._art = plate, ""
            self._paint.start(PICTURE_MS)
        return self._art

    @property
    def _looks(self) -> tuple[str, SkinTone]:
        settings, theme = self._relief.settings, self._relief.window.theme_name
        amber = theme == "night" and settings.night_colour is NightColour.AMBER
        return "amber" if amber else theme, settings.skin_tone

    def _paint_picture(self) -> None:
        """Without a picture the words say it all."""
        plate = self._plate
        if plate is None:
            return
        with suppress(PngError, PostureError):
            colours = palette(plate.theme, plate.tone)
            self._art = self._pictures.put(png(pose_picture(plate.pose), colours, PICTURE_WIDTH))
        self._look()


class Plate(NamedTuple):
    """What a picture shows, and how it looks."""

    pose: PoseState
    theme: str
    tone: SkinTone


def _pose(hold: "Hold") -> PoseState:
    """The pose of `hold` as it is held."""
    usual = hold.exercise
    return PoseState(
        usual.id,
        leg=hold.leg,
        knee_deg=None if hold.knee_deg == usual.knee_deg else hold.knee_deg,
        dorsiflexion_deg=None if hold.dorsiflexion_deg == usual.dorsiflexion_deg else hold.dorsiflexion_deg,
        zone=hold.zone,
    )


def _title(view: View) -> str:
    """As in "Rest: Towel stretch, left leg"."""
    hold, phase = view.hold, phase_word(view.phase)
    name = content(hold.exercise.name)
    parts = [name, massage_place(hold), leg_name(hold.leg)] if hold.zone else [name, leg_name(hold.leg)]
    title = ", ".join(parts)
    return f"{phase[:1].upper()}{phase[1:]}: {title}" if phase else title


def _has_bus() -> bool:
    """Whether a session bus can be reached."""
    from relief_app.desktop.bus import SessionBus

    bus = SessionBus()
    bus.open()
    found = bus.is_open
    bus.close()
    return found
