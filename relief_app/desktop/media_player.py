"""A session as a media player shows and steers it: no Qt, no bus.

A track is one phase of a hold. Its length is as it was planned, so moving forward in it leaves less of it,
and moving back leaves more. Times are milliseconds here, and microseconds where they leave for the bus
(Media Player Remote Interfacing Specification 2.2).
"""

from enum import StrEnum
from typing import NamedTuple

from relief_app.core.events import Event, Extended, Phase, PhaseStarted
from relief_app.core.session_state import State, View
from relief_app.core.steering import Steer

US = 1_000
"""Microseconds in a millisecond."""


class Playback(StrEnum):
    """What a player does, in the words of the specification."""

    PLAYING = "Playing"
    PAUSED = "Paused"
    STOPPED = "Stopped"


class Press(StrEnum):
    """A key of a player, by its method's name in the specification."""

    PLAY_PAUSE = "PlayPause"
    PLAY = "Play"
    PAUSE = "Pause"
    STOP = "Stop"
    NEXT = "Next"
    PREVIOUS = "Previous"


class Scene(NamedTuple):
    """What there is to show and to steer.

    `locked`: no key does anything, as while a pack is on the skin, its alarm stands, or something is asked.
    `sought_ms`: how far the running phase was moved forward by seeking. `rate`: that of a rehearsal.
    """

    view: View | None
    locked: bool = False
    sought_ms: int = 0
    rate: int = 1


class Words(NamedTuple):
    """What a player says, translated."""

    title: str
    artist: str = ""
    album: str = ""


class Track(NamedTuple):
    """What is played, as the bus names it; `art` is the address of a picture, or empty."""

    path: str
    words: Words
    art: str = ""


def steered(press: Press, scene: Scene) -> Steer | None:
    """What a key asks of the session, None for nothing.

    In a cramp play and pause are what Space is there: it let go, and it is back. Stop pauses everywhere:
    a key pressed by mistake loses nothing. An alarm hears no key.
    """
    view = scene.view
    if view is None or not is_steerable(scene):
        return None
    if press in (Press.NEXT, Press.PREVIOUS):
        return Steer.NEXT if press is Press.NEXT else Steer.BACK
    paused = view.state is State.PAUSED
    if press is Press.STOP:
        return None if paused else Steer.PAUSE
    plays = playback(scene) is Playback.PLAYING
    if press is (Press.PLAY if plays else Press.PAUSE):
        return None
    if paused:
        return Steer.RESUME
    if view.is_cramp:
        return Steer.EASED if plays else Steer.BACK_AGAIN
    return Steer.PAUSE


def is_steerable(scene: Scene) -> bool:
    """Whether any key does anything."""
    return not scene.locked and scene.view is not None and scene.view.state in (State.RUNNING, State.PAUSED)


def playback(scene: Scene) -> Playback:
    """A cramp that let go counts as paused, so that play brings the stretch back."""
    view = scene.view
    if view is None or scene.locked:
        return Playback.PLAYING if scene.locked else Playback.STOPPED
    if view.state is State.FINISHED:
        return Playback.STOPPED
    eased = view.is_cramp and view.release_ms is not None
    return Playback.PLAYING if view.state is State.RUNNING and not eased else Playback.PAUSED


def length_ms(scene: Scene) -> int | None:
    """How long the track is; None where it has no end, as a hold that counts up until it lets go."""
    view = scene.view
    if view is None or view.state is State.ALARM or is_past_dose(view):
        return None
    return max(view.duration_ms + scene.sought_ms, 0)


def position_ms(scene: Scene) -> int:
    """Where in the track: never before its beginning, never past its end."""
    view = scene.view
    if view is None:
        return 0
    length, position = length_ms(scene), max(view.elapsed_ms + scene.sought_ms, 0)
    return position if length is None else min(position, length)


def is_past_dose(view: View) -> bool:
    """Whether the hold counts up with no end in sight."""
    endless = view.hold.open_ended and not view.hold.rest_ms and view.phase is Phase.ACTIVE
    return endless and view.remaining_ms == 0


def may_seek(scene: Scene) -> bool:
    """Whether the running phase has an end that can be moved."""
    return is_steerable(scene) and length_ms(scene) is not None


def sought_after(event: Event, sought_ms: int, *, by_seeking: bool) -> int:
    """How far the running phase is moved forward after `event`; `by_seeking`: a seek brought it about.

    A phase that was made longer by any other key is a longer track.
    """
    if isinstance(event, PhaseStarted):
        return 0
    return sought_ms - event.by_ms if by_seeking and isinstance(event, Extended) else sought_ms


def longer_ms(scene: Scene, offset_us: int) -> int | None:
    """By how much the phase gets longer when the position moves by `offset_us`; None for not at all."""
    if not may_seek(scene):
        return None
    offset = max(round(offset_us / US), -position_ms(scene))
    return -offset or None


def offset_us(scene: Scene, path: str, track: str, position_us: int) -> int | None:
    """How far it is to `position_us` of the track `path`; None where that is stale or outside of it."""
    length = length_ms(scene)
    if length is None or path != track or not 0 <= position_us <= length * US:
        return None
    return position_us - position_ms(scene) * US


Variant = tuple[str, object]
"""A value with its type in D-Bus's signs."""
Properties = dict[str, Variant]


def properties(scene: Scene, track: Track) -> Properties:
    """Everything a player says of itself but the position."""
    steerable, rate = is_steerable(scene), float(scene.rate)
    return {
        "PlaybackStatus": ("s", playback(scene).value),
        "Rate": ("d", rate),
        "MinimumRate": ("d", rate),
        "MaximumRate": ("d", rate),
        "Volume": ("d", 1.0),
        "Metadata": ("a{sv}", metadata(scene, track)),
        "CanGoNext": ("b", steerable),
        "CanGoPrevious": ("b", steerable),
        "CanPlay": ("b", steerable),
        "CanPause": ("b", steerable),
        "CanSeek": ("b", may_seek(scene)),
        "CanControl": ("b", True),
    }


def metadata(scene: Scene, track: Track) -> Properties:
    """What the track is; what is not known is left out."""
    length, words, view = length_ms(scene), track.words, scene.view
    found: Properties = {"mpris:trackid": ("o", track.path), "xesam:title": ("s", words.title)}
    if words.artist:
        found["xesam:artist"] = ("as", [words.artist])
    if words.album:
        found["xesam:album"] = ("s", words.album)
    if view is not None:
        found["xesam:trackNumber"] = ("i", view.index + 1)
    if length is not None:
        found["mpris:length"] = ("x", length * US)
    if track.art:
        found["mpris:artUrl"] = ("s", track.art)
    return found
