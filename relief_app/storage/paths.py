"""Where everything lies on disk.

Linux is done by hand after the XDG base directory specification: platformdirs takes 10 ms to import,
and `now` reads the settings before its first picture. Elsewhere platformdirs knows the places.
"""

import os
import stat
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import NamedTuple

FOLDER = "relief"


class Paths(NamedTuple):
    """Folders of one person; none is made before something is written there."""

    config_dir: Path
    data_dir: Path
    state_dir: Path
    runtime_dir: Path

    @property
    def settings_file(self) -> Path:
        """Settings as JSON."""
        return self.config_dir / "settings.json"

    @property
    def profile(self) -> Path:
        """The safety profile as JSON: health data, so not with the settings."""
        return self.data_dir / "profile.json"

    @property
    def own_routines_dir(self) -> Path:
        """Folder of the person's own routine files."""
        return self.data_dir / "routines"

    @property
    def database(self) -> Path:
        """Diary and drinks (SQLite)."""
        return self.data_dir / "relief.db"

    @property
    def rehearsals(self) -> Path:
        """Rehearsed packs (SQLite): they limit no real ones."""
        return self.state_dir / "rehearsal.db"

    @property
    def has_database(self) -> bool:
        """True where something was kept in a database before, or nobody can tell."""
        return may_exist(self.database) or may_exist(self.rehearsals)

    @property
    def journal(self) -> Path:
        """The running session."""
        return self.state_dir / "session.json"

    @property
    def mornings(self) -> Path:
        """Which cramps were asked about on the morning after."""
        return self.state_dir / "morning.json"

    @property
    def unfinished(self) -> Path:
        """The note of a restore or an erasure that was cut short."""
        return self.state_dir / "unfinished"

    @property
    def log_file(self) -> Path:
        """The log; it holds no health data."""
        return self.state_dir / "relief.log"

    @property
    def lock(self) -> Path:
        """Taken by the one running app."""
        return self.runtime_dir / "lock"

    @property
    def socket(self) -> Path:
        """Where the running app listens."""
        return self.runtime_dir / "socket"

    @property
    def media_pictures(self) -> Path:
        """Pictures for whoever shows a player, while a session runs and media keys are on."""
        return self.runtime_dir / "media"


def may_exist(path: Path) -> bool:
    """False where nothing lies at `path`; what cannot be looked at may be there."""
    try:
        path.lstat()
    except (FileNotFoundError, NotADirectoryError):
        return False
    except OSError:
        return True
    return True


def find_paths(environment: Mapping[str, str] | None = None, platform: str = sys.platform) -> Paths:
    """The folders of whoever runs this; `environment` is `os.environ` unless given."""
    env = os.environ if environment is None else environment
    return _xdg_paths(env) if platform.startswith("linux") else _platform_paths()


def _xdg_paths(env: Mapping[str, str]) -> Paths:
    home = Path(env.get("HOME") or Path.home())
    state = _base(env, "XDG_STATE_HOME", home / ".local" / "state") / FOLDER
    runtime = env.get("XDG_RUNTIME_DIR", "")
    return Paths(
        config_dir=_base(env, "XDG_CONFIG_HOME", home / ".config") / FOLDER,
        data_dir=_base(env, "XDG_DATA_HOME", home / ".local" / "share") / FOLDER,
        state_dir=state,
        runtime_dir=Path(runtime) / FOLDER if _is_ours(runtime) else state,
    )


def _base(env: Mapping[str, str], name: str, otherwise: Path) -> Path:
    """The folder named by the environment; the specification says to ignore relative ones."""
    value = env.get(name, "")
    return Path(value) if Path(value).is_absolute() else otherwise


def _is_ours(runtime: str) -> bool:
    """True for an existing folder that belongs to us and that nobody else may write to."""
    try:
        found = Path(runtime).stat()
    except (OSError, ValueError):
        return False
    owned = Path(runtime).is_absolute() and found.st_uid == os.geteuid()
    return owned and stat.S_ISDIR(found.st_mode) and not found.st_mode & 0o022


def _platform_paths() -> Paths:
    import platformdirs

    def place(kind: str) -> Path:
        return Path(getattr(platformdirs, kind)(FOLDER, appauthor=False))

    return Paths(
        config_dir=place("user_config_dir"),
        data_dir=place("user_data_dir"),
        state_dir=place("user_state_dir"),
        runtime_dir=place("user_runtime_dir"),
    )
