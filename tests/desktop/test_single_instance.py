import subprocess
import sys
from pathlib import Path

import pytest

from relief_app.desktop.single_instance import acquire, is_held

HOLDER = """
import sys
from pathlib import Path
from relief_app.desktop.single_instance import acquire
print("first" if acquire(Path(sys.argv[1])) else "second", flush=True)
sys.stdin.read()
"""


@pytest.fixture
def place(tmp_path: Path) -> Path:
    return tmp_path / "lock"


def test_the_second_gets_no_lock_until_the_first_lets_go(place: Path) -> None:
    first = acquire(place)
    assert first is not None
    assert acquire(place) is None
    assert is_held(place)
    first.release()
    assert not is_held(place)
    second = acquire(place)
    assert second is not None
    second.release()


def test_looking_takes_nothing_and_makes_nothing(place: Path) -> None:
    assert not is_held(place)
    assert not place.exists()
    lock = acquire(place)
    assert lock is not None
    assert is_held(place)
    assert is_held(place)
    lock.release()
    assert [is_held(place), is_held(place)] == [False, False]
    again = acquire(place)
    assert again is not None
    again.release()


def test_letting_go_twice_closes_nothing_of_others(place: Path, tmp_path: Path) -> None:
    lock = acquire(place)
    assert lock is not None
    lock.release()
    with (tmp_path / "other").open("w") as other:  # takes the number that has become free
        lock.release()
        other.write("whole")
        other.flush()


def test_only_its_owner_may_open_it(place: Path) -> None:
    lock = acquire(place)
    assert lock is not None
    assert place.stat().st_mode & 0o777 == 0o600
    lock.release()


def test_where_no_file_can_be_made_it_is_said_and_nobody_holds_it(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="No such file"):
        acquire(tmp_path / "nowhere" / "lock")
    assert not is_held(tmp_path / "nowhere" / "lock")


def test_a_lock_dies_with_its_process(place: Path) -> None:
    command = [sys.executable, "-c", HOLDER, str(place)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == "first\n"
        assert acquire(place) is None
        assert is_held(place)
        process.kill()
        process.wait()
    assert not is_held(place)
    lock = acquire(place)
    assert lock is not None
    lock.release()
