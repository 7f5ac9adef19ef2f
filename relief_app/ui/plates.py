"""How pages get at anatomical plates: handed in, so that no screen reads the disk."""

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from relief_app.pictures.plate_file import Plate

PlateOf: TypeAlias = "Callable[[str], Plate | None]"
"""View name -> its plate, None where it cannot be read; reading it is not free, so ask when painting."""
