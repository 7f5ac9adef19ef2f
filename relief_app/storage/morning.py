"""Which cramp was asked about on the morning after it, so that nobody is asked twice."""

from pathlib import Path

from relief_app.storage.fields import FORMAT
from relief_app.storage.json_files import JsonFile

_NEVER = 0.0
_LATEST = 1e11


class MorningFile:
    """One moment for each question, by its id; fits `relief_app.ports.MorningMemory`."""

    def __init__(self, path: Path) -> None:
        self._file = JsonFile(path)

    def asked_until(self, question: str) -> float:
        """Cramps up to this moment (Unix seconds) were asked about; 0 where none was."""
        found = self._file.peek().get(question, _NEVER)
        if isinstance(found, bool) or not isinstance(found, int | float):
            return _NEVER
        return float(found) if 0 <= found <= _LATEST else _NEVER

    def note_asked(self, question: str, wall_s: float) -> None:
        """The cramp that ended at `wall_s` was asked about with `question`. Raises NotKept."""
        self._file.save(self._file.peek() | {"format": FORMAT, question: wall_s}, durable=False)
