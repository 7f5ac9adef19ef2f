"""The log is small, private and never in the way."""

import logging
import os
import stat
from pathlib import Path

import pytest

from relief_app.ports import NotKept
from relief_app.storage import log
from relief_app.storage.log import start_log, stop_log

NAME = "relief_app.test_log"


def test_what_is_logged_is_in_the_file_and_nowhere_else(
    tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "state" / "relief.log"
    handler = start_log(file, NAME)
    logging.getLogger(f"{NAME}.sound").warning("no device \u202e \ud800")
    logging.getLogger(NAME).debug("not this")
    stop_log(handler, NAME)
    assert file.read_text().endswith(f"WARNING {NAME}.sound: no device \u202e \\ud800\n")
    assert len(file.read_text().splitlines()) == 1
    assert capfd.readouterr() == ("", "")


def test_an_earlier_log_is_continued(tmp_path: Path) -> None:
    for word in ("first", "second"):
        handler = start_log(tmp_path / "relief.log", NAME)
        logging.getLogger(NAME).info(word)
        stop_log(handler, NAME)
    lines = (tmp_path / "relief.log").read_text().splitlines()
    assert [line.rpartition(" ")[2] for line in lines] == ["first", "second"]


def test_every_file_of_the_rotation_is_private_and_small(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(log, "BYTES", 1_000)
    before = os.umask(0)
    try:
        handler = start_log(tmp_path / "relief.log", NAME)
        for number in range(200):
            logging.getLogger(NAME).info("line %d", number)
        stop_log(handler, NAME)
    finally:
        os.umask(before)
    found = sorted(tmp_path.iterdir())
    assert [path.name for path in found] == ["relief.log", "relief.log.1", "relief.log.2"]
    assert {stat.S_IMODE(path.stat().st_mode) for path in found} == {0o600}
    assert all(path.stat().st_size <= 1_000 for path in found)
    assert "line 199" in found[0].read_text()


def test_a_full_disk_prints_no_traceback(tmp_path: Path, capfd: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "relief.log").symlink_to("/dev/full")
    handler = start_log(tmp_path / "relief.log", NAME)
    logging.getLogger(NAME).info("lost")
    stop_log(handler, NAME)
    assert capfd.readouterr() == ("", "")


def test_a_place_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "state").touch()
    with pytest.raises(NotKept) as caught:
        start_log(tmp_path / "state" / "relief.log", NAME)
    assert caught.value.path == tmp_path / "state" / "relief.log"
