"""Files are whole or not there, and nobody else's to read."""

import errno
import os
import resource
import stat
from pathlib import Path

import pytest

from relief_app.ports import NotKept, NotKeptReason
from relief_app.storage.atomic import make_private_dir, write_atomic, write_new


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


@pytest.fixture(autouse=True)
def _open_umask() -> object:
    """The most careless umask, so that modes are ours and not the umask's."""
    before = os.umask(0)
    yield
    os.umask(before)


@pytest.mark.parametrize("durable", [False, True])
def test_a_file_is_written_whole_and_private(tmp_path: Path, durable: bool) -> None:
    file = tmp_path / "a" / "b" / "file"
    write_atomic(file, b"one", durable=durable)
    assert file.read_bytes() == b"one"
    assert [mode(path) for path in (file, file.parent, file.parent.parent)] == [0o600, 0o700, 0o700]


def test_a_file_is_replaced_and_nothing_is_left_beside_it(tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"one")
    file.chmod(0o644)
    write_atomic(file, b"two")
    assert (file.read_bytes(), mode(file), list(tmp_path.iterdir())) == (b"two", 0o600, [file])


def test_folders_that_are_there_keep_their_mode(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir(mode=0o755)
    make_private_dir(folder)
    assert mode(folder) == 0o755


@pytest.mark.parametrize(
    ("number", "reason"),
    [
        (errno.ENOSPC, NotKeptReason.NO_SPACE),
        (errno.EDQUOT, NotKeptReason.NO_SPACE),
        (errno.EROFS, NotKeptReason.READ_ONLY),
        (errno.EACCES, NotKeptReason.NO_PERMISSION),
        (errno.EIO, NotKeptReason.OTHER),
    ],
)
@pytest.mark.parametrize("call", ["open", "fsync", "replace"])
def test_a_failure_at_any_moment_leaves_what_was_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, number: int, reason: NotKeptReason, call: str
) -> None:
    file = tmp_path / "file"
    file.write_bytes(b"one")

    def fail(*args: object, **more: object) -> None:
        raise OSError(number, "no")

    with monkeypatch.context() as patch:
        patch.setattr(Path if call == "replace" else os, call, fail)
        with pytest.raises(NotKept) as caught:
            write_atomic(file, b"two", durable=True)
    assert (caught.value.path, caught.value.reason) == (file, reason)
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"one", [file])


@pytest.mark.parametrize("durable", [False, True])
def test_a_write_that_ends_half_way_leaves_what_was_there(tmp_path: Path, durable: bool) -> None:
    """A limit on the size of files stands for the full disk: the system takes some bytes and no more."""
    file = tmp_path / "file"
    file.write_bytes(b"one")
    limits = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (4_096, limits[1]))
    try:
        with pytest.raises(NotKept) as caught:
            write_atomic(file, b"x" * 100_000, durable=durable)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert caught.value.path == file
    assert (file.read_bytes(), list(tmp_path.iterdir())) == (b"one", [file])


def test_a_file_where_a_folder_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(NotKept) as caught:
        write_atomic(tmp_path / "file" / "below" / "it", b"one")
    assert caught.value.reason is NotKeptReason.OTHER


def test_a_folder_where_the_file_should_be(tmp_path: Path) -> None:
    (tmp_path / "file").mkdir()
    with pytest.raises(NotKept):
        write_atomic(tmp_path / "file", b"one")
    assert list(tmp_path.iterdir()) == [tmp_path / "file"]


def test_a_new_file_takes_no_name_in_use(tmp_path: Path) -> None:
    file = tmp_path / "file"
    write_new(file, b"one")
    with pytest.raises(FileExistsError):
        write_new(file, b"two")
    assert (file.read_bytes(), mode(file), list(tmp_path.iterdir())) == (b"one", 0o600, [file])
