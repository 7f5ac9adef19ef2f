"""The session as a media player shows and steers it."""

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from relief_app.core.events import Event, Phase
from relief_app.core.session import Session
from relief_app.core.session_state import IllegalCommandError, State
from relief_app.core.steering import Steer, steer
from relief_app.desktop.media_player import (
    Playback,
    Press,
    Scene,
    Track,
    Words,
    length_ms,
    longer_ms,
    metadata,
    offset_us,
    playback,
    position_ms,
    properties,
    sought_after,
    steered,
)
from tests.core.sample import LEAN, LIE, PULL, PUMP, cramp, open_ended, session

KEYS = ("CanGoNext", "CanGoPrevious", "CanPlay", "CanPause", "CanSeek")
TRACK = Track("/t/1", Words("Pull, left leg", "Do pull.", "Sample"), "file:///p.png")


class Player:
    """A session, its clock, and how far it was sought: what the running app keeps."""

    def __init__(self, session: Session, *, urgent: bool = True) -> None:
        self.session, self.now, self.sought, self.phases = session, 0, 0, 0
        self._tell(session.start(0, urgent=urgent))

    @property
    def scene(self) -> Scene:
        return Scene(self.session.view(self.now), sought_ms=self.sought)

    @property
    def state(self) -> State:
        return self.session.view(self.now).state

    def move(self, ms: int) -> None:
        self.now += ms
        self._tell(self.session.advance(self.now))

    def give(self, command: Steer, by_ms: int = 30_000, *, seeking: bool = False) -> None:
        try:
            events = steer(self.session, command, self.now, by_ms=by_ms)
        except IllegalCommandError as refused:
            events = refused.events
        self._tell(events, seeking=seeking)

    def press(self, press: Press) -> Steer | None:
        command = steered(press, self.scene)
        if command is not None:
            self.give(command)
        return command

    def seek(self, ms: int) -> None:
        longer = longer_ms(self.scene, ms * 1000)
        if longer is not None:
            self.give(Steer.EXTEND, longer, seeking=True)

    def _tell(self, events: tuple[Event, ...], *, seeking: bool = False) -> None:
        for event in events:
            self.sought = sought_after(event, self.sought, by_seeking=seeking)
            self.phases += type(event).__name__ == "PhaseStarted"


# Keys


def test_play_and_pause_are_pause_and_resume() -> None:
    player = Player(session(PULL, LEAN))
    assert player.press(Press.PLAY) is None
    assert player.press(Press.PLAY_PAUSE) is Steer.PAUSE
    assert (player.state, playback(player.scene)) == (State.PAUSED, Playback.PAUSED)
    assert player.press(Press.PAUSE) is None
    assert player.press(Press.PLAY_PAUSE) is Steer.RESUME
    assert player.press(Press.PAUSE) is Steer.PAUSE
    assert player.press(Press.PLAY) is Steer.RESUME
    assert playback(player.scene) is Playback.PLAYING


def test_in_a_cramp_they_are_eased_and_back_again() -> None:
    player = Player(cramp(open_ended(PULL, rest_ms=5_000), LIE))
    player.move(7_000)
    assert player.press(Press.PLAY) is None
    assert player.press(Press.PLAY_PAUSE) is Steer.EASED
    view = player.session.view(player.now)
    assert (view.release_ms, view.hold.exercise.id, view.state) == (7_000, "lie", State.RUNNING)
    assert playback(player.scene) is Playback.PAUSED
    assert player.press(Press.PAUSE) is None
    assert player.press(Press.PLAY_PAUSE) is Steer.BACK_AGAIN
    assert playback(player.scene) is Playback.PLAYING
    assert player.press(Press.PAUSE) is Steer.EASED
    assert player.press(Press.PLAY) is Steer.BACK_AGAIN


def test_a_cramp_that_was_paused_goes_on_and_is_not_taken_for_eased() -> None:
    player = Player(cramp(open_ended(PULL, rest_ms=5_000), LIE))
    player.give(Steer.PAUSE)
    assert steered(Press.PAUSE, player.scene) is None
    for press in (Press.PLAY, Press.PLAY_PAUSE):
        assert steered(press, player.scene) is Steer.RESUME


def test_stop_pauses_also_in_a_cramp_and_loses_nothing() -> None:
    player = Player(cramp(open_ended(PULL, rest_ms=5_000), LIE))
    assert player.press(Press.STOP) is Steer.PAUSE
    assert player.press(Press.STOP) is None
    assert player.state is State.PAUSED


def test_next_and_previous() -> None:
    player = Player(session(PULL, LEAN, LIE))
    found = [player.press(press) for press in (Press.NEXT, Press.NEXT, Press.PREVIOUS)]
    assert found == [Steer.NEXT, Steer.NEXT, Steer.BACK]
    assert player.session.view(player.now).index == 1


def alarm() -> Scene:
    player = Player(cramp(open_ended(PULL, rest_ms=5_000), alarm_after_ms=60_000))
    player.move(60_000)
    assert player.state is State.ALARM
    return player.scene


def finished() -> Scene:
    player = Player(session(LIE))
    player.move(60_000)
    assert player.state is State.FINISHED
    return player.scene


def locked() -> Scene:
    return Player(session(PULL)).scene._replace(locked=True)


@pytest.mark.parametrize("scene", [alarm, finished, locked, lambda: Scene(None), lambda: Scene(None, True)])
def test_no_key_does_anything_in_an_alarm_after_the_end_and_with_a_pack_on(
    scene: Callable[[], Scene],
) -> None:
    assert {steered(press, scene()) for press in Press} == {None}
    assert longer_ms(scene(), 5_000_000) is None
    found = properties(scene(), TRACK)
    assert {found[key] for key in KEYS} == {("b", False)}


def test_a_pack_plays_an_alarm_of_a_cramp_does_not() -> None:
    assert [playback(scene()) for scene in (locked, alarm, finished)] == [
        Playback.PLAYING,
        Playback.PAUSED,
        Playback.STOPPED,
    ]


# What it says


def test_what_a_player_says_of_a_running_hold() -> None:
    player = Player(session(PULL, LEAN))
    player.move(4_000)
    assert properties(player.scene, TRACK) == {
        "PlaybackStatus": ("s", "Playing"),
        "Rate": ("d", 1.0),
        "MinimumRate": ("d", 1.0),
        "MaximumRate": ("d", 1.0),
        "Volume": ("d", 1.0),
        "Metadata": (
            "a{sv}",
            {
                "mpris:trackid": ("o", "/t/1"),
                "xesam:title": ("s", "Pull, left leg"),
                "xesam:artist": ("as", ["Do pull."]),
                "xesam:album": ("s", "Sample"),
                "xesam:trackNumber": ("i", 1),
                "mpris:length": ("x", 20_000_000),
                "mpris:artUrl": ("s", "file:///p.png"),
            },
        ),
        "CanControl": ("b", True),
        **dict.fromkeys(KEYS, ("b", True)),
    }
    assert position_ms(player.scene) == 4_000


def test_what_is_not_known_is_left_out() -> None:
    assert metadata(Scene(None, locked=True), Track("/t/1", Words("Take the pack off now"))) == {
        "mpris:trackid": ("o", "/t/1"),
        "xesam:title": ("s", "Take the pack off now"),
    }


def test_a_rehearsal_plays_faster() -> None:
    found = properties(Player(session(PULL)).scene._replace(rate=10), TRACK)
    assert found["Rate"] == found["MinimumRate"] == found["MaximumRate"] == ("d", 10.0)


def test_past_its_dose_a_hold_has_no_end_and_cannot_be_sought_in() -> None:
    player = Player(cramp(open_ended(PULL)))
    assert length_ms(player.scene) == 20_000
    player.move(25_000)
    assert (length_ms(player.scene), position_ms(player.scene)) == (None, 25_000)
    assert longer_ms(player.scene, 1_000_000) is None
    assert properties(player.scene, TRACK)["CanSeek"] == ("b", False)


# Seeking


def test_forward_leaves_less_back_leaves_more_and_the_length_stays() -> None:
    player = Player(session(PULL, LEAN))
    player.move(5_000)
    player.seek(6_000)
    assert (position_ms(player.scene), length_ms(player.scene)) == (11_000, 20_000)
    assert player.session.view(player.now).remaining_ms == 9_000
    player.seek(-4_000)
    assert (position_ms(player.scene), length_ms(player.scene)) == (7_000, 20_000)
    assert player.session.view(player.now).remaining_ms == 13_000


def test_back_stops_at_the_beginning() -> None:
    player = Player(session(PULL, LEAN))
    player.move(5_000)
    player.seek(-60_000)
    assert (position_ms(player.scene), player.session.view(player.now).remaining_ms) == (0, 20_000)


def test_forward_past_the_end_goes_on_to_the_next() -> None:
    player = Player(session(PULL, LEAN))
    player.move(5_000)
    player.seek(60_000)
    view = player.session.view(player.now)
    assert (view.hold.exercise.id, view.phase, position_ms(player.scene)) == ("lean", Phase.GET_READY, 0)


def test_thirty_seconds_more_by_another_key_are_a_longer_track() -> None:
    player = Player(session(PULL, LEAN))
    player.move(5_000)
    player.seek(6_000)
    player.give(Steer.EXTEND)
    assert (position_ms(player.scene), length_ms(player.scene)) == (11_000, 50_000)


@pytest.mark.parametrize(
    ("path", "to_us", "offset"),
    [
        ("/t/1", 9_000_000, 4_000_000),
        ("/t/1", 0, -5_000_000),
        ("/t/1", 20_000_000, 15_000_000),
        ("/t/1", 20_000_001, None),
        ("/t/1", -1, None),
        ("/t/0", 9_000_000, None),
    ],
)
def test_a_place_is_gone_to_only_in_this_track(path: str, to_us: int, offset: int | None) -> None:
    player = Player(session(PULL, LEAN))
    player.move(5_000)
    assert offset_us(player.scene, path, "/t/1", to_us) == offset


MOVES = st.lists(
    st.one_of(
        st.integers(0, 40_000),
        st.sampled_from((Steer.PAUSE, Steer.RESUME, Steer.NEXT, Steer.BACK, Steer.EXTEND, Steer.EASED)),
        st.tuples(st.integers(-40_000, 40_000)),
        st.sampled_from(Press),
    ),
    max_size=30,
)
MAKERS: tuple[Callable[[], Session], ...] = (
    lambda: session(PULL, PUMP, LEAN),
    lambda: cramp(open_ended(PULL, rest_ms=5_000), LEAN, LIE),
    lambda: cramp(open_ended(LEAN), LIE, alarm_after_ms=100_000),
)


@given(make=st.sampled_from(MAKERS), moves=MOVES, urgent=st.booleans())
def test_the_position_stays_in_the_track_and_what_is_left_is_left(
    make: Callable[[], Session], moves: list[int | Steer | tuple[int] | Press], urgent: bool
) -> None:
    player = Player(make(), urgent=urgent)
    for move in moves:
        before, phases = position_ms(player.scene), player.phases
        if isinstance(move, Press):
            player.press(move)
        elif isinstance(move, Steer):
            player.give(move)
        elif isinstance(move, tuple):
            player.seek(move[0])
        else:
            player.move(move)
            assert player.phases > phases or position_ms(player.scene) >= before
        length, position = length_ms(player.scene), position_ms(player.scene)
        assert position >= 0
        if length is not None:
            assert position <= length
            assert length - position == player.session.view(player.now).remaining_ms
