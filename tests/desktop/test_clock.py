import time
from pathlib import Path

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
