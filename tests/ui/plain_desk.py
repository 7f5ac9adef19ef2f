"""A settings desk in memory: what is chosen is applied, and what is done to the data is written down."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from relief_app.core.archives import ArchiveRefused, DataInUse
from relief_app.core.preferences import Settings
from relief_app.storage.emergency import emergency_numbers


class PlainDesk:
    """Fits `relief_app.ports.SettingsDesk`."""

    def __init__(self, settings: Settings, apply: Callable[[Settings, str], None]) -> None:
        self.settings = settings
        self.done: list[str] = []
        self.problem: ArchiveRefused | DataInUse | FileExistsError | OSError | None = None
        self.files: list[tuple[Path, int]] = [(Path("/home/me/relief/settings.json"), 120)]
        self.found: list[Path] = []
        self._apply = apply

    def refresh(self) -> None:
        """Nobody else changes anything."""

    def change(self, settings: Settings, key: str) -> None:
        self.settings = settings
        self.done.append(key)
        self._apply(settings, key)

    def numbers(self) -> Mapping[str, str]:
        return emergency_numbers()

    def kept_files(self) -> Sequence[tuple[Path, int]]:
        if isinstance(self.problem, OSError):
            raise self.problem
        return self.files

    def archives(self) -> Sequence[Path]:
        return self.found

    def new_archive(self) -> Path:
        return Path("/home/me/relief-backup.zip")

    def back_up(self, file: Path) -> None:
        self._do(f"back up {file}")

    def restore(self, file: Path) -> None:
        self._do(f"restore {file}")

    def erase(self) -> None:
        self._do("erase")

    def _do(self, what: str) -> None:
        if self.problem is not None:
            raise self.problem
        self.done.append(what)
