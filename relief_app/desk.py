"""What the Settings page changes, in the running app: settings at once, and the person's own files.

Files are exchanged only while nothing else runs. So restoring and erasing close the window first, are
done while the lock of the one running app is still held, and open the window anew.
"""

from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from datetime import date
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication, QTimer

from relief_app import __version__
from relief_app.core.archives import ArchiveProblem, ArchiveRefused, DataInUse
from relief_app.core.preferences import Settings
from relief_app.core.refusal import RoutineRefused
from relief_app.opening import Opening
from relief_app.ports import NotKept
from relief_app.storage import own_data
from relief_app.storage.archive import ARCHIVE_LIMIT, make_archive, read_archive
from relief_app.storage.assets import AssetMissing
from relief_app.storage.atomic import write_new
from relief_app.storage.emergency import emergency_numbers
from relief_app.storage.paths import Paths
from relief_app.storage.reading import read_bytes

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief

Job = Callable[[], str]
"""Done between two windows; returns the line that the second one says."""


class Desk:
    """Fits `relief_app.ports.SettingsDesk`."""

    def __init__(self, relief: "Relief") -> None:
        self._relief = relief

    @property
    def settings(self) -> Settings:
        """The settings as they count now."""
        return self._relief.settings

    def refresh(self) -> None:
        """Take up what the command line wrote meanwhile."""
        file = self._relief.settings_file
        found = file.load()
        if file.take_problem() is None:
            self._relief.kept_settings = found
            self._use(found)

    def change(self, settings: Settings, key: str) -> None:
        """Apply `settings`, of which `key` was chosen, at once, and keep them; says what cannot be kept."""
        self._use(settings, chosen=key)
        self._relief.keep_settings()

    def numbers(self) -> Mapping[str, str]:
        """Emergency numbers by country; none where the table is missing."""
        try:
            return emergency_numbers()
        except (AssetMissing, RoutineRefused):
            return {}

    # The person's own files

    def kept_files(self) -> Sequence[tuple[Path, int]]:
        """Every file that is kept, with its size in bytes; raises OSError."""
        return own_data.kept_files(self._relief.paths)

    def archives(self) -> Sequence[Path]:
        """Archives in the home folder and among the data, the newest first."""
        folders = {Path.home(): "relief-backup-*.zip", self._relief.paths.data_dir: "before-restore-*.zip"}
        found: list[tuple[float, Path]] = []
        for folder, names in folders.items():
            with suppress(OSError):
                found += [(path.stat().st_mtime, path) for path in folder.glob(names)]
        return [path for _, path in sorted(found, reverse=True)]

    def new_archive(self) -> Path:
        """A free name in the home folder."""
        day = date.today().isoformat()  # noqa: DTZ011 - the day of the person who reads the name
        names = (f"relief-backup-{day}{'' if n == 1 else f'-{n}'}.zip" for n in count(1))
        return next(path for path in map(Path.home().joinpath, names) if not path.exists())

    def back_up(self, file: Path) -> None:
        """Write all that is kept to `file`; raises ArchiveRefused, NotKept or FileExistsError."""
        write_new(file, make_archive(self._relief.paths, __version__))

    def restore(self, file: Path) -> None:
        """Put what is in `file` in place of what is kept; raises ArchiveRefused and DataInUse."""
        try:
            archive = read_bytes(file, ARCHIVE_LIMIT)
        except RoutineRefused:
            raise ArchiveRefused(ArchiveProblem.UNREADABLE_FILE, str(file)) from None
        read_archive(archive)
        self._exchange(lambda: _restored(self._relief.paths, archive))

    def erase(self) -> None:
        """Remove all that is kept; raises DataInUse."""
        self._exchange(lambda: _erased(self._relief.paths))

    # How it works inside

    def _use(self, settings: Settings, chosen: str = "") -> None:
        """Apply `settings`. What key N or M turned for this run stays, unless that was `chosen`."""
        relief, before = self._relief, self._relief.settings
        values = settings._asdict().items()
        anew = {key for key, value in values if value != getattr(before, key)} | {chosen}
        relief.settings = settings
        relief.themes.use(settings, chosen="theme" in anew)
        if "leg" in anew:
            relief.leg = settings.leg
        if "sounds" in anew:
            relief.muted = not settings.sounds
        if relief.services is not None:
            relief.services.use_sound()
            relief.services.media_keys.use(settings)
        relief.window.use_settings(settings)

    def _exchange(self, job: Job) -> None:
        """Close, do `job` while no file is open, and open the window anew."""
        if self._relief.driver.is_live or self._relief.packs.is_on:
            raise DataInUse
        self._relief.afterwards = job
        self._relief.end()


def anew(before: "Relief", job: Job) -> "Relief":
    """Do `job` in place of the closed `before`; returns the next one, which says what came of it."""
    night = before.window.theme_name == "night"
    before.window.hide()
    said = job()
    relief = type(before)(before.paths, Opening(theme="night" if night else before.opening.theme))
    relief.lock_problem = before.lock_problem
    QTimer.singleShot(0, relief, lambda: relief.say(said))
    before.window.deleteLater()
    before.deleteLater()
    return relief


def _restored(paths: Paths, archive: bytes) -> str:
    try:
        aside = own_data.restore(paths, archive)
    except (ArchiveRefused, DataInUse, NotKept):
        return _tr("Not restored: nothing was changed.")
    if aside is None:
        return _tr("Restored.")
    return _tr("Restored. What was there before lies in %1").replace("%1", str(aside))


def _erased(paths: Paths) -> str:
    try:
        own_data.erase(paths)
    except DataInUse:
        return _tr("Nothing was erased: a pack counts as on the skin.")
    except NotKept as problem:
        return _tr("Not everything could be erased: %1").replace("%1", str(problem.path))
    return _tr("Erased: nothing is kept any more.")


def _tr(text: str) -> str:
    return QCoreApplication.translate("desk", text)
