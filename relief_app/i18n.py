"""Translation at the edge, with or without Qt.

The terminal and the command line have no Qt; the window installs Qt's translator here, so that both
speak alike. `translate` is a name that the extraction of texts knows.
"""

from collections.abc import Callable

_translator: list[Callable[[str, str], str]] = []


def install(translator: Callable[[str, str], str]) -> None:
    """Translate with `translator(context, text)` from now on."""
    _translator[:] = [translator]


def translate(context: str, text: str) -> str:
    """`text` in the app's language; the text itself where nothing is installed."""
    return _translator[0](context, text) if _translator else text
