"""The log file: small, rotating, for its owner's eyes only.

What is written there is never about health: no legs, routines, answers or times of cramps.
Import this late: logging takes 10 ms or more, and only faults need it.
"""

import io
import logging
import os
from contextlib import suppress
from logging.handlers import RotatingFileHandler
from pathlib import Path

from relief_app.storage.atomic import make_private_dir, not_kept

BYTES = 256 * 1024
BACKUPS = 2
_FORMAT = "%(asctime)s %(levelname)s %(name)s: %(message)s"


class PrivateLogHandler(RotatingFileHandler):
    """Rotates files of mode 0600 and stays silent when the disk is full."""

    def _open(self) -> io.TextIOWrapper:
        flags = os.O_WRONLY | os.O_CREAT | os.O_APPEND | getattr(os, "O_CLOEXEC", 0)
        raw = os.fdopen(os.open(self.baseFilename, flags, 0o600), "ab")
        return io.TextIOWrapper(raw, encoding="utf-8", errors="backslashreplace")

    def handleError(self, record: logging.LogRecord) -> None:  # noqa: N802 - as logging calls it
        """Losing a log line is no reason to print a traceback."""

    def close(self) -> None:
        """Close the file, whether or not its last lines still fit."""
        with suppress(OSError):
            super().close()


def start_log(path: Path, name: str = "relief_app", level: int = logging.INFO) -> PrivateLogHandler:
    """Send what the logger `name` says to `path`; close the handler with `stop_log`. Raises NotKept."""
    try:
        make_private_dir(path.parent)
        handler = PrivateLogHandler(path, maxBytes=BYTES, backupCount=BACKUPS, encoding="utf-8")
    except OSError as error:
        raise not_kept(path, error) from error
    handler.setFormatter(logging.Formatter(_FORMAT))
    logger = logging.getLogger(name)
    logger.setLevel(level)
    logger.propagate = False
    logger.addHandler(handler)
    return handler


def stop_log(handler: PrivateLogHandler, name: str = "relief_app") -> None:
    """Close the file and leave the logger as if it had never been."""
    logger = logging.getLogger(name)
    logger.removeHandler(handler)
    logger.propagate = True
    handler.close()
