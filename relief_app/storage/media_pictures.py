"""Pictures that other programs of this person look at while a session runs, and not after it."""

from contextlib import suppress
from pathlib import Path

from relief_app.ports import NotKept
from relief_app.storage.atomic import write_atomic


class MediaPictures:
    """Files in a folder of their own, readable by their owner only."""

    def __init__(self, folder: Path, mark: str) -> None:
        """`mark` goes into every name: who has read a picture by its address does not read it again."""
        self._folder, self._mark, self._count = folder, mark, 0

    def put(self, png: bytes) -> str:
        """Write a picture and return its address; "" where that cannot be done."""
        self._count += 1
        path = self._folder / f"{self._mark}-{self._count}.png"
        try:
            write_atomic(path, png)
        except NotKept:
            return ""
        return path.as_uri()

    def clear(self) -> None:
        """Take all pictures away, those of a run that was cut off too."""
        with suppress(OSError):
            for path in self._folder.glob("*.png"):
                path.unlink(missing_ok=True)
            self._folder.rmdir()
