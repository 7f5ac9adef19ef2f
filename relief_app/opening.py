"""How the window opens: a plain value, made before anything of Qt is imported."""

from typing import NamedTuple

from relief_app.core.anatomy import Leg


class Opening(NamedTuple):
    """A routine that starts at once, or the Home page where `routine` is None."""

    routine: str | None = None
    leg: Leg | None = None
    urgent: bool = False
    rate: int = 1
    theme: str | None = None
