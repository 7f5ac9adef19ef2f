"""Tells the recovery guard what there is to guard: the composition around `desktop.guard`."""

import sys
from pathlib import Path
from typing import TYPE_CHECKING

from relief_app.desktop.guard import Looks, PackOn, Programs, RecoveryGuard, is_possible, started_by
from relief_app.storage.assets import AssetMissing, asset_path

if TYPE_CHECKING:
    from relief_app.bootstrap import Relief

ALARM = ("-m", "relief_app.desktop.last_alarm")


def guard_of(relief: "Relief") -> RecoveryGuard | None:
    """The guard of this app, None where there can be none, or where it is no program of its own."""
    if not relief.is_program or not is_possible():
        return None
    guard = RecoveryGuard(_programs(relief), relief.opening.recovered, relief)

    def look() -> None:
        looks = Looks(
            relief.themes.asked,
            muted=relief.muted,
            full_screen=relief.window.isFullScreen(),
            bedside=relief.window.bedside.is_on,
        )
        guard.looks(looks)
        guard.guards(pack=_pack_on(relief), session=relief.driver.is_live)

    look()
    relief.driver.happened.connect(look)
    relief.host.kept_changed.connect(look)
    relief.packs.changed.connect(look)
    relief.window.looks_changed.connect(look)
    relief.window.bedside.changed.connect(look)
    return guard


def _programs(relief: "Relief") -> Programs:
    return Programs(
        again=started_by(sys.orig_argv, sys.argv, sys.executable),
        alarm=(sys.executable, *ALARM),
        sound=_sound(),
        root=Path(__file__).parents[1],
        lock=relief.paths.lock if relief.lock_problem is None else None,
    )


def _pack_on(relief: "Relief") -> PackOn | None:
    due, pack = relief.packs.alarm_at_ms, relief.packs.exposure
    return PackOn(due, pack.kind, pack.leg) if due is not None and pack is not None else None


def _sound() -> Path | None:
    try:
        return asset_path("sounds", "pack_alarm.wav")
    except AssetMissing:
        return None
