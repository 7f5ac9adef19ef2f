from __future__ import annotations

from collections.abc import Callable
from itertools import product

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import QObject

from relief_app.core.anatomy import Leg
from relief_app.core.exercise import Kind
from relief_app.core.exposure import (
    ExposureAlarm as Alarm,
)
from relief_app.core.exposure import (
    ExposureEnded,
    ExposureEvent,
    ExposureResumed,
    ExposureStarted,
    Pack,
    PackReason,
    SkinCheckDue,
    SkinChecked,
)
from relief_app.desktop.exposure_alarm import ExposureAlarm

HEAT_LEFT = (Kind.HEAT, Leg.LEFT)
PACKS = list(product((Kind.HEAT, Kind.ICE), Leg))


class Room:
    """Who is in it hears a ringing and sees a notification."""

    def __init__(self) -> None:
        self.rings = False
        self.seen: tuple[str, str, bool] | None = None
        self.notified = 0

    def start(self) -> None:
        self.rings = True

    def stop(self) -> None:
        self.rings = False

    def notify(self, title: str, body: str, *, critical: bool) -> bool:
        self.seen = (title, body, critical)
        self.notified += 1
        return True

    def withdraw(self) -> None:
        self.seen = None


class Scene:
    def __init__(self) -> None:
        self.room = Room()
        self.alarm = ExposureAlarm(self.room, self.room)

    def hear(self, *events: ExposureEvent) -> Room:
        for event in events:
            self.alarm.hear(event)
        return self.room


@pytest.fixture
def scene(qapp: QObject) -> Scene:
    return Scene()


def test_an_alarm_rings_and_shows_until_the_pack_is_off(scene: Scene) -> None:
    room = scene.hear(ExposureStarted(0, *HEAT_LEFT, 900_000), Alarm(900_000, *HEAT_LEFT, PackReason.TIME_UP))
    assert (room.rings, scene.alarm.is_on) == (True, True)
    seen = room.seen
    scene.hear(ExposureEnded(960_000, *HEAT_LEFT))
    assert (room.rings, scene.alarm.is_on) == (False, False)
    assert (seen, room.seen) == (
        ("Take the pack off now", "Heat pack, left leg\nThe time is up.", True),
        None,
    )


@pytest.mark.parametrize(("kind", "leg"), PACKS)
def test_each_pack_and_leg_is_named(scene: Scene, kind: Kind, leg: Leg) -> None:
    room = scene.hear(Alarm(0, kind, leg, PackReason.SKIN))
    assert room.seen is not None
    assert room.seen[1].lower().startswith(f"{kind.value} pack, {leg.value} leg\n")


@pytest.mark.parametrize("reason", PackReason)
def test_each_reason_is_said(scene: Scene, reason: PackReason) -> None:
    room = scene.hear(Alarm(0, *HEAT_LEFT, reason))
    assert room.seen is not None
    assert room.seen[1].splitlines()[1].endswith(".")


def test_one_that_comes_back_in_alarm_rings_at_once(scene: Scene) -> None:
    room = scene.hear(ExposureResumed(0, *HEAT_LEFT, PackReason.LEFT))
    assert (room.rings, room.notified) == (True, 1)


def test_one_that_comes_back_before_its_time_is_silent(scene: Scene) -> None:
    room = scene.hear(ExposureResumed(0, *HEAT_LEFT, None), SkinCheckDue(1, 1), SkinChecked(2, 1, fine=True))
    assert (room.rings, room.notified) == (False, 0)


def test_an_alarm_said_twice_is_shown_once(scene: Scene) -> None:
    room = scene.hear(
        ExposureResumed(0, *HEAT_LEFT, PackReason.TIME_UP), Alarm(0, *HEAT_LEFT, PackReason.TIME_UP)
    )
    assert (room.rings, room.notified) == (True, 1)


def test_a_corrected_leg_is_shown(scene: Scene) -> None:
    room = scene.hear(Alarm(0, *HEAT_LEFT, PackReason.SKIN), Alarm(0, Kind.HEAT, Leg.RIGHT, PackReason.SKIN))
    assert room.seen is not None
    assert room.seen[1].startswith("Heat pack, right leg")


steps: st.SearchStrategy[Callable[[Pack], tuple[ExposureEvent, ...]]] = st.one_of(
    st.integers(0, 1_500_000).map(lambda now: lambda pack: pack.advance(now)),
    st.sampled_from(PackReason).map(lambda reason: lambda pack: pack.raise_alarm(0, reason)),
    st.just(lambda pack: pack.acknowledge(0) if pack.is_on else ()),
)


@given(st.sampled_from(PACKS), st.lists(steps, max_size=8))
def test_it_rings_exactly_while_the_machine_says_so(
    which: tuple[Kind, Leg], doings: list[Callable[[Pack], tuple[ExposureEvent, ...]]]
) -> None:
    scene, pack = Scene(), Pack(*which, 900_000)
    scene.hear(*pack.start())
    for do in doings:
        scene.hear(*do(pack))
        assert scene.room.rings == scene.alarm.is_on == (pack.is_on and pack.reason is not None)
        assert (scene.room.seen is not None) == scene.room.rings
