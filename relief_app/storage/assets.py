"""Finding what is delivered with the program: in the package, or beside it in a checkout."""

from pathlib import Path

_PACKAGE = Path(__file__).resolve().parent.parent
ASSET_ROOTS = (_PACKAGE / "assets", _PACKAGE.parent / "assets")
"""Searched in this order: editable installs do not carry the assets inside the package."""


class AssetMissing(Exception):  # noqa: N818 - says what is the matter
    """A file the program was delivered with is not there; `name` is its place under the assets."""

    def __init__(self, name: str) -> None:
        super().__init__(name)
        self.name = name


def asset_path(*parts: str, roots: tuple[Path, ...] = ASSET_ROOTS) -> Path:
    """Path of the asset `parts`, as in `asset_path("routines", "heat.toml")`.

    Raises AssetMissing naming it where no root has it.
    """
    for root in roots:
        path = root.joinpath(*parts)
        if path.exists():
            return path
    raise AssetMissing("/".join(parts))
