"""Where packs are kept: real ones in the database, rehearsed ones apart, each opened when first asked.

SQLite is imported then, not before: opening the window needs none of it.
"""

from collections.abc import Callable
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from relief_app.core.exposure import Exposure, Stamp
from relief_app.ports import ExposureStores
from relief_app.storage.paths import Paths

if TYPE_CHECKING:
    from relief_app.storage.database import Exposures


class LateExposures:
    """A store that opens its database when it is first asked; fits `relief_app.ports.ExposureStore`."""

    def __init__(self, path: Path, now: Callable[[], Stamp]) -> None:
        self.path = path
        self._now = now

    @cached_property
    def _store(self) -> "Exposures":
        from relief_app.storage.database import Database, Exposures

        return Exposures(Database(self.path, now=self._now))

    def close(self) -> None:
        """Let go of the file; the next use opens it again."""
        if "_store" in self.__dict__:
            self._store.database.close()

    def add(self, exposure: Exposure) -> Exposure:
        """Keep a new pack; the answer carries its id. Raises NotKept."""
        return self._store.add(exposure)

    def update(self, exposure: Exposure) -> None:
        """Keep `exposure` in place of the one with its id. Raises NotKept."""
        self._store.update(exposure)

    def on_skin(self) -> Exposure | None:
        """The newest pack that nobody has said is off. Raises NotKept."""
        return self._store.on_skin() if self.path.exists() else None

    def since(self, wall_s: float) -> tuple[Exposure, ...]:
        """Packs that began or ended after `wall_s` (Unix seconds), and those on the skin. Raises NotKept."""
        return self._store.since(wall_s)


def exposure_stores(paths: Paths, now: Callable[[], Stamp]) -> ExposureStores:
    """The stores of whoever runs this."""
    return ExposureStores(
        real=LateExposures(paths.database, now), rehearsed=LateExposures(paths.rehearsals, now)
    )


def close_stores(stores: ExposureStores) -> None:
    """Let go of the files, so that others can take their place."""
    for store in stores:
        if isinstance(store, LateExposures):
            store.close()
