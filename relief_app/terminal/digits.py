"""Large digits for the one number, five lines high."""

HEIGHT = 5
_FONT = {
    "0": ("███", "█ █", "█ █", "█ █", "███"),
    "1": (" █ ", "██ ", " █ ", " █ ", "███"),
    "2": ("███", "  █", "███", "█  ", "███"),
    "3": ("███", "  █", "███", "  █", "███"),
    "4": ("█ █", "█ █", "███", "  █", "  █"),
    "5": ("███", "█  ", "███", "  █", "███"),
    "6": ("███", "█  ", "███", "█ █", "███"),
    "7": ("███", "  █", "  █", "  █", "  █"),
    "8": ("███", "█ █", "███", "█ █", "███"),
    "9": ("███", "█ █", "███", "  █", "███"),
    ":": (" ", "█", " ", "█", " "),
}


def large(number: str, ink: str = "█") -> tuple[str, ...]:
    """`number` (digits and colons) in rows of `ink`, every dot two columns wide."""
    rows = ("  ".join(_wide(_FONT[sign][row]) for sign in number) for row in range(HEIGHT))
    return tuple(row.replace("█", ink) for row in rows)


def _wide(row: str) -> str:
    return "".join(dot * 2 for dot in row)
