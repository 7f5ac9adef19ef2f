import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from relief_app.desktop.clock import SystemClock


def test_time_since_boot_is_whole_and_never_runs_backwards() -> None:
    clock = SystemClock()
    times = [clock.boot_ms() for _ in range(100)]
    assert times == sorted(times)
    assert all(type(moment) is int for moment in times)


def test_time_since_boot_counts_suspended_time_where_the_system_can_tell() -> None:
    since_boot = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
    before = time.clock_gettime(since_boot) * 1000 - 1
    assert before <= SystemClock().boot_ms() <= time.clock_gettime(since_boot) * 1000 + 1


def test_time_asleep_is_what_the_boot_clock_is_ahead_of_the_one_that_stops(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    times = {time.CLOCK_MONOTONIC: 70_000_000_000, time.CLOCK_BOOTTIME: 75_400_900_000}
    monkeypatch.setattr(time, "clock_gettime_ns", times.__getitem__)
    assert SystemClock().asleep_ms() == 5_400


def test_a_program_held_up_between_two_clocks_did_not_sleep(monkeypatch: pytest.MonkeyPatch) -> None:
    ten_seconds = 10_000_000_000
    readings: Iterator[int] = iter([0, ten_seconds, ten_seconds, ten_seconds, ten_seconds, ten_seconds])
    monkeypatch.setattr(time, "clock_gettime_ns", lambda clock: next(readings))
    assert SystemClock().asleep_ms() == 0


def test_where_no_clock_counts_suspension_nothing_is_known_of_it(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("relief_app.desktop.clock._SINCE_BOOT", time.CLOCK_MONOTONIC)
    assert SystemClock().asleep_ms() == 0


def test_the_wall_clock_is_unix_time() -> None:
    before = time.time()
    assert before <= SystemClock().wall_s() <= time.time()


def test_one_boot_has_one_id() -> None:
    boot = SystemClock().boot_id()
    assert boot == SystemClock().boot_id()
    assert boot == boot.strip()
    # A journal entry takes 64 characters.
    assert len(boot) <= 64
    if Path("/proc/sys/kernel/random/boot_id").exists():
        assert boot
