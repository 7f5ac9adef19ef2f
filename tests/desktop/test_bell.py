from __future__ import annotations

from array import array
from collections.abc import Callable

import pytest

from relief_app.desktop.bell import FADE_S, LINGER_S, RETRY_S, STALL_S, Bell
from relief_app.desktop.ringing import FULL, Ringing
from relief_app.desktop.sound_device import DeviceError
from tests.desktop.sound_fakes import Clock, FakeDevice

ROUND = array("h", [1000] * 4410)


class Stage:
    """A bell whose clock and devices are made up."""

    def __init__(self) -> None:
        self.clock = Clock()
        self.devices: list[FakeDevice] = []
        self.opening = 0
        self.failing: Exception | None = None
        self.missed = 0
        self.began_at: list[float] = []
        self.bell = Bell(self.open, self.clock, self.miss)

    def open(self) -> FakeDevice:
        self.opening += 1
        if self.failing is not None:
            raise self.failing
        self.devices.append(FakeDevice())
        return self.devices[-1]

    def miss(self) -> None:
        self.missed += 1

    def make(self, rounds: float = float("inf")) -> Callable[[float], Ringing]:
        def made(at_s: float) -> Ringing:
            self.began_at.append(at_s)
            return Ringing(ROUND, FULL, rounds=rounds)

        return made

    def pass_s(self, seconds: float) -> None:
        """Let time pass as the owner does: check whenever it is due."""
        end = self.clock.now + seconds
        while (wait_s := self.bell.wait_s) is not None and self.clock.now + wait_s <= end:
            self.clock.now += wait_s
            self.bell.check()
        self.clock.now = end


@pytest.fixture
def stage() -> Stage:
    return Stage()


def test_a_device_that_asks_is_kept(stage: Stage) -> None:
    stage.bell.ring(stage.make(), insist=True)
    for _ in range(100):
        assert max(stage.devices[0].ask(0.25)) == 1000
        stage.pass_s(0.25)
    assert (stage.opening, stage.bell.heard, stage.missed) == (1, True, 0)


def test_a_device_that_falls_silent_is_replaced_where_the_alarm_is_by_now(stage: Stage) -> None:
    stage.bell.ring(stage.make(), insist=True)
    stage.pass_s(STALL_S + RETRY_S + 1)
    assert [device.closed for device in stage.devices] == [True, False]
    assert stage.began_at[0] == 0.0
    assert STALL_S + RETRY_S <= stage.began_at[1] <= STALL_S + RETRY_S + 1


def test_without_a_device_it_tries_for_ever_but_seldom_and_says_so_once(stage: Stage) -> None:
    stage.failing = DeviceError("none")
    stage.bell.ring(stage.make(), insist=True)
    assert stage.missed == 0  # a server that is just being restarted
    stage.pass_s(3600)
    assert stage.opening == pytest.approx(3600 / RETRY_S, abs=2)
    assert (stage.missed, stage.bell.heard, stage.bell.is_told) == (1, False, True)
    stage.failing = None
    stage.pass_s(RETRY_S)
    stage.devices[0].ask(0.1)
    stage.pass_s(0.3)
    assert stage.bell.heard
    assert stage.began_at == pytest.approx([3600], abs=RETRY_S)
    stage.failing = OSError("anything")
    stage.pass_s(60)
    assert stage.missed == 2


def test_a_test_that_fails_is_over_at_once(stage: Stage) -> None:
    stage.failing = DeviceError("none")
    stage.bell.ring(stage.make(1), insist=False)
    assert (stage.bell.is_told, stage.bell.heard, stage.bell.wait_s) == (True, False, None)


def test_a_test_whose_device_never_asks_was_not_heard(stage: Stage) -> None:
    stage.bell.ring(stage.make(1), insist=False)
    before = stage.bell.is_told
    stage.pass_s(STALL_S + 1)
    assert (before, stage.bell.is_told, stage.bell.heard) == (False, True, False)
    assert (stage.devices[0].closed, stage.opening, stage.missed) == (True, 1, 0)


def test_a_test_that_was_fetched_is_told_and_played_to_its_end(stage: Stage) -> None:
    stage.bell.ring(stage.make(1), insist=False)
    stage.devices[0].ask(0.2)
    stage.pass_s(0.25)
    assert (stage.bell.is_told, stage.bell.heard) == (True, True)
    before = stage.devices[0].closed
    stage.pass_s(LINGER_S)
    assert (before, stage.devices[0].closed) == (False, True)
    assert stage.bell.wait_s is None


def test_hushing_fades_and_then_gives_the_device_back(stage: Stage) -> None:
    stage.bell.ring(stage.make(), insist=True)
    stage.devices[0].ask(0.1)
    stage.bell.hush()
    assert not stage.bell.insists
    assert stage.devices[0].ask(0.1)[-1] < 2
    stage.pass_s(FADE_S)
    assert stage.devices[0].closed
    assert stage.bell.wait_s is None
    stage.pass_s(60)
    assert stage.opening == 1


def test_hushing_without_a_device_ends_the_attempts(stage: Stage) -> None:
    stage.failing = DeviceError("none")
    stage.bell.ring(stage.make(), insist=True)
    stage.bell.hush()
    stage.pass_s(60)
    assert (stage.opening, stage.bell.wait_s) == (1, None)


def test_ringing_anew_in_the_fade_is_not_cut_off(stage: Stage) -> None:
    stage.bell.ring(stage.make(), insist=True)
    stage.devices[0].ask(0.1)
    stage.bell.hush()
    stage.bell.ring(stage.make(), insist=True)
    stage.devices[1].ask(0.1)
    stage.pass_s(1)
    assert [device.closed for device in stage.devices] == [True, False]
    assert max(stage.devices[1].ask(0.1)) == 1000


def test_a_device_that_cannot_start_is_given_back(stage: Stage, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(device: FakeDevice, stream: object) -> None:
        raise DeviceError("no stream")

    monkeypatch.setattr(FakeDevice, "start", refuse)
    stage.bell.ring(stage.make(), insist=True)
    assert stage.devices[0].closed
    assert stage.bell.wait_s == pytest.approx(RETRY_S)
